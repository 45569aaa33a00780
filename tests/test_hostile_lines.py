"""Lines written to hold a reader up: each page takes time in proportion to its size, and not to its square."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.reading import handbook

_LETTERS = 40_000
_SECONDS = 20
"""Processor time that one such page may take; it takes a small part of one second, and one that is read in the square of
its size takes more than a minute."""

_HEAD = "# T\n\n## Steps\n\n"


def _steps(text: str) -> str:
    return f"{_HEAD}{text}\n"


HOSTILE: dict[str, Callable[[int], str]] = {
    "blank lines": lambda n: _steps("1. a" + "\n" * n + "x"),
    "blank ordinary": lambda n: "# T\n" + "\n" * n + "x",
    "spaces in who": lambda n: _steps("1. x\n   - Who: A" + " " * n + "B"),
    "commas who": lambda n: _steps("1. x\n   - Who: " + "," * n),
    "commas+paren who": lambda n: _steps("1. x\n   - Who: " + "a,(b" * (n // 4)),
    "digits within": lambda n: _steps("1. x\n   - Within: " + "1" * n),
    "digits within2": lambda n: _steps("1. x\n   - Within: " + "1 " * (n // 2)),
    "within cal": lambda n: _steps("1. x\n   - Within: 1 " + "calendar " * (n // 9)),
    "within from": lambda n: _steps("1. x\n   - Within: 1 day" + " ," * (n // 2)),
    "wait then": lambda n: _steps("1. x\n   - Wait: " + ", then" * (n // 6)),
    "wait at most": lambda n: _steps("1. x\n   - Wait: a" + " " * n + "b"),
    "wait commas": lambda n: _steps("1. x\n   - Wait: " + ", " * (n // 2)),
    "hold": lambda n: _steps("1. x\n   - Hold: " + "a and " * (n // 6)),
    "hold N": lambda n: _steps("1. x\n   - Hold: " + "Nurse " * (n // 6)),
    "hold ;": lambda n: _steps("1. x\n   - Hold: " + "x " * (n // 2)),
    "jump para headings": lambda n: "# T\n\n## 1. A\n\n" + "Go to step 2. " * (n // 14) + "\n\n## 2. B\n\nx\n",
    "jump sentence": lambda n: _steps("1. " + "Go to step 2. " * (n // 14) + "\n2. b"),
    "jump go": lambda n: _steps("1. " + "go " * (n // 3) + "\n2. b"),
    "links para": lambda n: _steps("1. x\n\n    " + "[a](b.md) " * (n // 10)),
    "links lines para": lambda n: _steps("1. x\n\n" + "    [a](b.md)\n" * (n // 14)),
    "links parens": lambda n: _steps("1. " + "( [a](b.md) " * (n // 12)),
    "links sentence": lambda n: _steps("1. " + "[a](b.md) " * (n // 10)),
    "refs": lambda n: _steps("1. " + "[[nurse]] " * (n // 10)),
    "refs dead": lambda n: _steps("1. " + " ".join(f"[[nurs{i}]]" for i in range(n // 10))),
    "dead links": lambda n: _steps("\n".join(f"1. [a](x{i}.md)" for i in range(n // 14))),
    "dead anchors": lambda n: _steps("\n".join(f"1. go to [a](#x{i})" for i in range(n // 14))),
    "steprefs": lambda n: _steps("\n".join(f'1. <a id="s{i}"></a>Go to [[p#s{i}]].' for i in range(n // 34))),
    "substeps links": lambda n: _steps("1. x\n" + "\n".join(f"   1. [a](b.md) {i}" for i in range(n // 18))),
    "steps": lambda n: _steps("\n".join("1. step" for i in range(n // 8))),
    "branches": lambda n: _steps("1. ok?\n" + "\n".join(f"   - **B{i}:** go to [a](#x{i})" for i in range(n // 28))),
    "brackets head": lambda n: _steps("1. " + "(a" * (n // 2)),
    "brackets tail": lambda n: _steps("1. a" + " (a)" * (n // 4)),
    "brackets sp": lambda n: _steps("1. a &nbsp;" + "&#32;" * (n // 5) + "b"),
    "attr heading": lambda n: "# T\n\n## a {" + "# " * (n // 2) + "\n\n1. x\n",
    "attr heading2": lambda n: "# T\n\n## a {#" + "a" * n + "\n\n1. x\n",
    "attr heading3": lambda n: "# T\n\n## a " + "{ #a" * (n // 4) + "\n\n1. x\n",
    "attr heading sp": lambda n: "# T\n\n## a " + " " * n + "b\n\n1. x\n",
    "attr inline": lambda n: _steps("1. a {#" + "a" * n),
    "attr inline2": lambda n: _steps("1. a *b* {a=" + "a" * n),
    "attr inline3": lambda n: _steps("1. *b* " + "{#a " * (n // 4)),
    "attr inline sp": lambda n: _steps("1. *a* x\n   - *b*" + " " * n + "c"),
    "anchors": lambda n: _steps("1. " + '<a id="' * (n // 7)),
    "anchors sp": lambda n: _steps("1. <a" + " " * n),
    "anchor line": lambda n: _HEAD + "<a id=x>" * (n // 8) + "!\n\n## x\n",
    "anchor line2": lambda n: _HEAD + "<a id=" * (n // 6) + "!\n\n## x\n",
    "ref text": lambda n: _steps("1. " + "[a`" * (n // 3)),
    "ref text2": lambda n: _steps("1. " + "[a" * (n // 2)),
    "ref text3": lambda n: _steps("1. [" + "\\a" * (n // 2)),
    "ref text4": lambda n: _steps("1. [" + "`a" * (n // 2) + "*"),
    "ref text5": lambda n: _steps("1. " + "[`" * (n // 2)),
    "stars": lambda n: _steps("1. " + "*a **b " * (n // 7)),
    "html": lambda n: _steps("1. " + "<a" * (n // 2)),
    "htmlc": lambda n: _steps("1. " + "<!--" * (n // 4)),
    "html name": lambda n: _HEAD + "<div" + "a" * n + "\n\n1. x\n",
    "html name2": lambda n: _HEAD + "<div " + "<a " * (n // 3) + "\n\n1. x\n",
    "comment blank": lambda n: _HEAD + "<!--\n" + "\n" * n + "-->\n\n1. x\n",
    "comments": lambda n: _HEAD + "<!-- a\n\n" * (n // 8) + "\n1. x\n",
    "table wide": lambda n: _HEAD + "|" + "#|" * (n // 2) + "\n|" + "-|" * (n // 2) + "\n|" + "x|" * (n // 2) + "\n",
    "table ragged": lambda n: _HEAD + "| # | a |\n|-|-|\n" + "| x |\n" * (n // 6),
    "table clause": lambda n: _HEAD + "| Clause | a |\n|-|-|\n| " + "ISO 9001 " * (n // 9) + "| b |\n",
    "table std": lambda n: _HEAD + "| " + "ISO " * (n // 4) + "section| a |\n|-|-|\n| 1 | b |\n",
    "fact para": lambda n: "# T\n\n" + "Owner: x\n" * (n // 9) + "\n1. x\n",
    "fact para sp": lambda n: "# T\n\nOwner:" + " " * n + "x\n\n1. x\n",
    "label": lambda n: _steps("1. x\n\n    " + "\n    ".join(["Note: x"] * (n // 12))),
    "label stars": lambda n: _steps("1. x\n\n    Note" + "*_" * (n // 2) + ": x"),
    "record state": lambda n: _steps("1. x\n   - Record: " + "a (" * (n // 3)),
    "record sp": lambda n: _steps("1. x\n   - Record: a&#32;" + "&#32;" * (n // 5) + "b"),
    "headings": lambda n: "# T\n\n" + "\n\n".join(f"## {i}. x" for i in range(1, n // 9)),
    "headings same": lambda n: "# T\n\n" + "\n\n".join("## x" for i in range(n // 6)),
    "headings proc": lambda n: "# T\n\n" + "\n\n".join("## x\n\n1. a" for i in range(n // 12)),
    "heading num": lambda n: "# T\n\n## " + "1." * (n // 2) + "\n\nx\n\n## 2. b\n",
    "heading steps for": lambda n: "# T\n\n## Steps for " + "a " * (n // 2) + "\n\n1. x\n",
    "heading deep": lambda n: "# T\n\n## " + "Step " * (n // 5) + "1\n\nx\n",
    "nested list": lambda n: _steps("\n".join("  " * i + "- a" for i in range(min(90, n))) * (n // 9000)),
    "quote": lambda n: _HEAD + "> " * (n // 2) + "x\n\n1. a\n",
    "defs": lambda n: _HEAD + "\n".join(f"[a{i}]: b.md" for i in range(n // 11)) + "\n\n1. [x][a1]\n",
    "defs use": lambda n: (
        _HEAD
        + "\n".join(f"[a{i}]: b.md" for i in range(n // 22))
        + "\n\n"
        + "\n".join(f"1. [x][a{i}]" for i in range(n // 22))
        + "\n"
    ),
    "front keys": lambda n: "---\n" + "\n".join(f"k{i}: a" for i in range(n // 6)) + "\n---\n" + _steps("1. x"),
    "front unclosed": lambda n: "---\n" + "--- x\n" * (n // 6),
    "front deep": lambda n: "---\nhandrail: " + "[" * n + "\n---\n" + _steps("1. x"),
    "front long": lambda n: '---\nhandrail: {owner: "' + "<" * n + '"}\n---\n' + _steps("1. x"),
    "placeholder": lambda n: _steps("1. x\n   - Record: <" + "a" * n),
    "placeholder2": lambda n: _steps("1. x\n   - Record: [enter " + "[" * n),
    "if otherwise": lambda n: _steps("1. If a, b" + ". otherwise" * (n // 11)),
    "if": lambda n: _steps("1. If " + "a, " * (n // 3)),
    "sentences": lambda n: _steps("1. " + "a! " * (n // 3)),
    "e.g": lambda n: _steps("1. " + "e.g. " * (n // 5)),
    "dots": lambda n: _steps("1. " + "." * n),
    "quotes end": lambda n: _steps("1. ." + '"' * n + "x"),
    "long word": lambda n: _steps("1. **" + "a" * n + ":** b"),
    "roles recurring": lambda n: _steps("\n".join(f"1. **Role {'x' * (i % 50)} manager:** go" for i in range(n // 22))),
    "ordinary paras": lambda n: "# T\n\n" + "[a]\n\n" * (n // 5),
    "tasks": lambda n: _steps("- [ ] a\n" * (n // 8)),
    "bullets labels": lambda n: _steps("1. x\n" + "   - Record: a\n" * (n // 16)),
    "bullets warn": lambda n: _steps("1. x\n" + "   - Warning: a\n" * (n // 17)),
    "inputs ;": lambda n: _steps("1. x\n   - Input: " + ";" * n),
    "inputs ;2": lambda n: _steps("1. x\n   - Input: " + "a;" * (n // 2)),
    "admon": lambda n: _steps("1. x\n\n    !!! warning\n" + "        a\n\n" * (n // 11)),
    "strong": lambda n: _steps("1. " + "**a**" * (n // 5)),
    "who or": lambda n: _steps("1. x\n   - Who: " + "a or " * (n // 5)),
    "who articles": lambda n: _steps("1. x\n   - Who: " + "the " * (n // 4)),
    "two lists": lambda n: _HEAD + "x:\n\n1. a\n\n" * (n // 12),
    "broken lists": lambda n: _HEAD + "\n\nb\n\n".join(f"{i}. a" for i in range(1, n // 10)),
    "footnotes": lambda n: _HEAD + "1. a[^1]\n\n" + "\n".join(f"[^{i}]: b" for i in range(n // 9)),
    "lazy": lambda n: _HEAD + "> 1. a\n" + "b\n" * (n // 2),
    "called": lambda n: _HEAD + "**Step 1:** a\n\n" * (n // 15),
    "called anchors": lambda n: _HEAD + ("<a id=x></a> " * (n // 13) + "a\n\n") + "**Step 1:** a\n\n**Step 2:** b\n",
    "called sp": lambda n: _HEAD + "<a id=x>" + " " * n + "a\n\n**Step 1" + " " * n + "x\n",
    "called lines": lambda n: _HEAD + "Step 1: a\n" * (n // 10),
    "called words": lambda n: _HEAD + "Phase 1: a\n\nStep 1: a\n\n" * (n // 23),
    "called bold": lambda n: "# T\n\n## Steps\n\n" + "**1. a" * (n // 6) + "\n\n**1. a**" + "*" * n + "\n",
    "ids": lambda n: _HEAD + "<a" + " " * n + "<b " + "a " * n + "<c id" + " " * n + "\n\n[x](#y)\n",
    "foot": lambda n: _steps("1. x") + "\n---\n\n" + "Owner: a\n" * (n // 9),
    "foot sp": lambda n: _steps("1. x") + "\n---\n\nOwner: a" + " " * n + "b | **c" + " " * n + ":** d\n",
    "foot parts": lambda n: _steps("1. x") + "\n---\n\nOwner: a" + " | b: c" * (n // 7) + "\n",
    "foot rules": lambda n: _steps("1. x") + "\n---\n\nOwner: a\n" * (n // 15),
    "history": lambda n: _steps("1. x") + "\n## History\n\n| Version | Date |\n|-|-|\n" + "| 1.1 | 2 |\n" * (n // 12),
    "history version": lambda n: (
        _steps("1. x") + "\n## History\n\n| Version | Date |\n|-|-|\n| " + "1." * (n // 2) + " | 2 |\n"
    ),
    "heading pictures": lambda n: "# T\n\n## " + "⚡" * n + " Steps (" + "(" * n + ")\n\n- a\n",
    "numbers": lambda n: _HEAD + "\n".join(f"{i * 2}. a" for i in range(1, n // 10)),
    "tabs": lambda n: _HEAD + "1.\t" + "\t" * n + "a",
    "cr": lambda n: _HEAD + "\r" * n,
    "nul": lambda n: _HEAD + "\0" * n,
    "uni": lambda n: _HEAD + "1. " + "\u0301" * n,
    "step table br": lambda n: _HEAD + "| # | Action |\n|-|-|\n| 1 | " + "<br " * (n // 4) + " |\n",
    "step table br2": lambda n: _HEAD + "| # | Action |\n|-|-|\n| 1 | <br" + " " * n + "x |\n",
}


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """Fail where the code inside is still at work after this much processor time."""

    def too_long(*_: object) -> None:
        raise AssertionError(f"still reading after {seconds} seconds of processor time")

    before = signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize("roles", [["Nurse"], []], ids=["registered", "no register"])
@pytest.mark.parametrize("name", HOSTILE)
def test_no_line_holds_the_reader_up(name: str, roles: list[str]) -> None:
    with _at_most(_SECONDS):
        handbook({"page.md": HOSTILE[name](_LETTERS), "b.md": "# B\n"}, languages=["en", "de"], roles=roles)
