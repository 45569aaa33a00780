"""Lines of text that Python-Markdown would take for the start of a block, and CommonMark does not."""

from __future__ import annotations

import re

STARTS_BLOCK = re.compile(
    r"(?:[*+-]|\d+[.)])(?:\s|$)"  # a list
    r"|#|>|:\s|[=-]+\s*$|(?:[*_-]\s*){3,}$"  # a heading, a quote, a definition, an underline, a rule
    r"|(?=[|: -]*$)[|: ]*-|\[[^\]]*\]:"  # a table, a reference
    r"|<[!?]|!!!|\?\?\?|={3}|/{3}|`{3}|~{3}"  # a comment, a note, a tab, a block, a fence
)

FIRST = re.compile(r"(?P<mark>#)|(?P<digits>\d+)\.(?=\s)|(?P<colon>:)(?=\s)")

INFO = re.compile(
    r"\.?[\w#.+-]*(?:[ \t]*\{[^\n]*\}"
    r'|(?:(?:^|[ \t]+)(?:title="[^"]*"|linenums="[\d ]+"|hl_lines="\d[\d -]*"))*)$'
)
"""What superfences understands after a fence; anything else and it sees no fence."""

WORD = re.compile(r"[\w#.+-]+(?=\s|$)")


def paragraph(content: str, line: int) -> list[tuple[str, int]]:
    """Return a paragraph's lines with their numbers; one that looks like a block joins the one before."""
    opening, *rest = content.split("\n")
    lines = [(first(opening), line)]
    for number, text in enumerate(rest, line + 1):
        text = text.lstrip()
        if not text[:1].isalpha() and STARTS_BLOCK.match(text):
            lines[-1] = (f"{lines[-1][0].rstrip()} {text}", lines[-1][1])
        else:
            lines.append((text, number))
    return lines


def first(text: str) -> str:
    """Return the first line of a paragraph so that it looks like no other block."""
    return FIRST.sub(_escaped, text, count=1) if not text[:1].isalpha() and FIRST.match(text) else text


def _escaped(match: re.Match[str]) -> str:
    if match["mark"]:
        return r"\#"
    return rf"{match['digits']}\." if match["digits"] else "&#58;"


def heading(content: str) -> str:
    """Return a heading's text in one line, its own closing hashes kept."""
    text = content.replace("\n", " ")
    return f"{text} #" if text.endswith("#") else text


def is_understood(info: str) -> bool:
    """Tell whether superfences takes a fence with this info for a fence."""
    return bool(INFO.match(info.strip()))


def info(written: str) -> str:
    """Return as much of a fence's info as superfences understands."""
    if is_understood(written):
        return written
    word = WORD.match(written.strip())
    return word[0] if word else ""


def fence_for(code: str, written: str = "```") -> str:
    """Return the fence as it was written, or longer if the code holds it."""
    runs = re.findall(rf"{re.escape(written)}+", code)
    longest = max((len(run) for run in runs), default=0)
    return written[0] * max(len(written), longest + 1)


def html(content: str, line: int) -> list[tuple[str, int]]:
    """Return the lines of an HTML block, none of them blank and none a block of its own.

    A comment becomes one line, since Python-Markdown would read lists in it.
    """
    lines = [(text.rstrip(), number) for number, text in enumerate(content.strip().split("\n"), line)]
    if content.lstrip().startswith("<!--"):
        return [(" ".join(text.strip() for text, _ in lines if text.strip()), line)]
    blank = "&#10;" if content.lstrip().lower().startswith("<pre") else ""
    filled = ((as_entity(text) or blank, number) for text, number in lines)
    return [(text, number) for text, number in filled if text]


def as_entity(text: str) -> str:
    """Return a line of HTML whose first sign no longer starts a block."""
    bare = text.lstrip()
    if not STARTS_BLOCK.match(bare):
        return text
    digits = len(bare) - len(bare.lstrip("0123456789"))
    return f"{text[: len(text) - len(bare)]}{bare[:digits]}&#{ord(bare[digits])};{bare[digits + 1 :]}"
