"""Steps that are paragraphs: each calls itself a step, and what stands between two of them belongs to the first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from handrail.dataclass import dataclass
from handrail.documents import Block, Section
from handrail.reader.context import Context
from handrail.reader.headings import number_parts, steps_like
from handrail.reader.outlines import Outline, before_rule, miscount, sub_outlines, with_miscount


@dataclass(frozen=True, slots=True)
class _Call:
    """A paragraph that calls itself a step: where it stands, and what it says of itself."""

    place: int
    """Its index among the blocks."""
    word: str
    """What it calls itself, case-folded: `step`, `phase`; empty where a number alone counts it."""
    number: str
    parts: tuple[int, ...]
    sentence: str
    """Its Markdown without word and number."""
    block: Block


def calls_itself_step(block: Block, section: Section, context: Context) -> bool:
    """Whether a block is a paragraph that calls itself a step, or holds lines that do: `**Step 1:** ...`.

    Under a steps-like heading, a number is enough: `**1. Mix**`, `5.1 Mix`.
    """
    if _called(block, context) is not None:
        return not _words_run_on(block, context)
    return _counted(block, context) is not None and steps_like(section, context) and not _numbers_run_on(block, context)


def in_one_paragraph(section: Section, context: Context) -> Iterator[Block]:
    """Yield the paragraphs of a section in which several steps run on."""
    for block in section.blocks:
        if block.kind == "paragraph" and "\n" in block.text and _runs_on(block, steps_like(section, context), context):
            yield block


def _runs_on(block: Block, numbers: bool, context: Context) -> bool:
    """Whether several steps stand in one paragraph with no break between their lines, so that readers see one text."""
    return _words_run_on(block, context) or (numbers and _numbers_run_on(block, context))


def _words_run_on(block: Block, context: Context) -> bool:
    lines = block.text.split("\n") if _called(block, context) is not None else ()
    return any(
        context.grammar.called_step.match(line) and not _BREAK.search(before) for before, line in pairwise(lines)
    )


def _numbers_run_on(block: Block, context: Context) -> bool:
    """Whether a line's number goes on from the one before it: `1.5 kg` in a step 5.1 is none."""
    first = _counted(block, context)
    last = number_parts(_number_in(first, context)) if first is not None else ()
    for before, line in pairwise(block.text.split("\n")) if last else ():
        match = context.grammar.called_number.match(line) if line[:1] in _FIRST else None
        if match is None or number_parts(_number_in(match, context)) != (*last[:-1], last[-1] + 1):
            continue
        if not _BREAK.search(before):
            return True
        last = number_parts(_number_in(match, context))
    return False


_BREAK = re.compile(r"(?: {2,}|\\)\Z")
"""The end of a line behind which readers see a new one."""


def _called(block: Block, context: Context) -> re.Match[str] | None:
    return context.grammar.called_step.match(block.text) if block.kind == "paragraph" else None


def _counted(block: Block, context: Context) -> re.Match[str] | None:
    """Return the number that opens a paragraph, bold or of several parts; looked at only where there can be one."""
    may_be = block.kind == "paragraph" and (block.text[:1] in _FIRST)
    return context.grammar.called_number.match(block.text) if may_be else None


_FIRST = "*_<0123456789"


def _apart(blocks: Sequence[Block], numbers: bool, context: Context) -> list[Block]:
    """Return the blocks, each paragraph of several steps as one paragraph for each."""
    return [piece for block in blocks for piece in _pieces(block, numbers, context)]


def _pieces(block: Block, numbers: bool, context: Context) -> Sequence[Block]:
    if block.kind != "paragraph" or "\n" not in block.text or not _opens(block.text, numbers, context):
        return (block,)
    lines = block.text.split("\n")
    starts = [
        place
        for place, (before, line) in enumerate(pairwise(lines), 1)
        if _BREAK.search(before) and _opens(line, numbers, context)
    ]
    bounds = [0, *starts, len(lines)]
    return [
        Block(
            "paragraph",
            block.line + start,
            block.line + end - 1,
            block.line + end - 1,
            block.column,
            "\n".join(lines[start:end]).rstrip("\\ "),
        )
        for start, end in pairwise(bounds)
    ]


def _opens(text: str, numbers: bool, context: Context) -> bool:
    grammar = context.grammar
    return grammar.called_step.match(text) is not None or (numbers and grammar.called_number.match(text) is not None)


def all_called(block: Block, context: Context) -> bool:
    """Whether every item of a list calls itself a step: `- **Step 1:** ...`."""
    texts = [item.blocks[0].text if item.blocks else "" for item in block.items]
    return len(texts) > 1 and all(context.grammar.called_step.match(text) for text in texts)


def called_outlines(first: Block, section: Section, context: Context) -> tuple[list[Outline], frozenset[int]]:
    """Return the paragraphs of a section that call themselves steps, and the lines of all blocks that belong to them.

    `first` is the first of them. Nothing where no two of them share their word.
    """
    numbers = steps_like(section, context)
    behind = _apart(section.blocks[_place(first, section) :], numbers, context)
    calls = _leading(_calls(behind, numbers, context))
    blocks = before_rule(behind, calls[-1].place) if calls else ()
    outlines = list(_outlines(blocks, calls, "", 1, context))
    return outlines, frozenset(block.line for block in blocks[calls[0].place :]) if calls else frozenset()


def _place(block: Block, section: Section) -> int:
    return bisect_left(section.blocks, block.line, key=lambda other: other.line)


def _calls(blocks: Sequence[Block], numbers: bool, context: Context) -> list[_Call]:
    """Return the blocks that call themselves steps; with `numbers`, also those that a number counts."""
    found = []
    for place, block in enumerate(blocks):
        match = _called(block, context) or (_counted(block, context) if numbers else None)
        if match and not _runs_on(block, numbers, context):
            found.append(_call(place, block, match, context))
    return found


def _call(place: int, block: Block, match: re.Match[str], context: Context) -> _Call:
    said = match.groupdict()
    number = _number_in(match, context)
    parts = number_parts(number)
    opening = (said["open"] or "") if not (said.get("closed") or said.get("closing")) else ""
    rest = block.text[match.end() :]
    words = " ".join(part for part in (said.get("bracket"), f"{opening}{rest}") if part)
    return _Call(place, said.get("word", "").casefold(), number, parts, f"{said['anchors']}{words}".strip(), block)


def _number_in(match: re.Match[str], context: Context) -> str:
    """Return the number that a paragraph was found to open with, in digits."""
    said = match.groupdict()
    number = said["number"] or said["parts"]
    return context.grammar.step_numbers.get(number.casefold(), number)


def _leading(calls: Sequence[_Call]) -> list[_Call]:
    """Return the calls of the first kind that two of them are of: phases, and not the steps inside them."""
    for kind in dict.fromkeys(_kind(call) for call in calls):
        alike = [call for call in calls if _kind(call) == kind]
        if len(alike) > 1 and (alike[0].word or _count(alike)):
            return alike
    return []


def _kind(call: _Call) -> tuple[str, int]:
    """Return what calls that count together share: their word, else how many parts their numbers have."""
    return call.word, 0 if call.word else len(call.parts)


def _count(calls: Sequence[_Call]) -> bool:
    """Whether numbers without a word before them count from 1: `5.1`, `5.2`, and not `1.5 kg`, `2.5 kg`."""
    numbers = [call.parts for call in calls]
    steps = pairwise(numbers)
    return numbers[0][-1] <= 1 and all(b[-1] <= 1 or (b[:-1] == a[:-1] and b[-1] - a[-1] in (1, 2)) for a, b in steps)


def _outlines(
    blocks: Sequence[Block], calls: Sequence[_Call], above: str, flow: int, context: Context
) -> Iterator[Outline]:
    """Yield the steps that some calls open, each with the blocks up to the next call."""
    ends = [*(call.place for call in calls), len(blocks)][1:]
    before: _Call | None = None
    for call, end in zip(calls, ends, strict=False):
        again = before is not None and _begins_again(before, call)
        flow += again and not above
        odd = miscount(before.number, before.parts, call.number, call.parts) if before and not again else None
        yield with_miscount(_outline(call, blocks[call.place + 1 : end], above, flow, context), odd)
        before = call


def _outline(call: _Call, blocks: Sequence[Block], above: str, flow: int, context: Context) -> Outline:
    number = call.number if len(call.parts) > 1 else f"{above}{call.number}"
    sentence, own, inside = _sentence(call, blocks)
    end = max((block.end for block in inside), default=call.block.end)
    inner = _leading(_calls(inside, len(call.parts) > 1, context))
    under = call.block.line + call.block.text.count("\n") - call.sentence.count("\n")
    body = "\n".join([call.sentence.partition("\n")[0], *context.page.lines[under:end]]).strip("\n").rstrip()
    return Outline(
        number,
        flow,
        call.block.line,
        call.block.column,
        end,
        sentence,
        own,
        body,
        tuple(inside[: inner[0].place] if inner else inside),
        steps=tuple(
            _outlines(inside, inner, f"{number}.", flow, context)
            if inner
            else sub_outlines(inside, sentence, number, flow, context)
        ),
    )


def inner_outlines(
    blocks: Sequence[Block], number: str, flow: int, context: Context
) -> tuple[Sequence[Block], tuple[Outline, ...]] | None:
    """Return the paragraphs inside a heading step that call themselves steps, and the blocks before them.

    A number of several parts counts where it goes on from the heading's: `3.1` below `3. Mix`.
    """
    pieces = _apart(blocks, True, context)
    calls = [call for call in _calls(pieces, True, context) if len(call.parts) == 1 or _is_below(call.number, number)]
    leading = _leading([call for call in calls if call.word or len(call.parts) > 1])
    if not leading:
        return None
    return pieces[: leading[0].place], tuple(_outlines(pieces, leading, f"{number}.", flow, context))


def _is_below(number: str, above: str) -> bool:
    return number.startswith(f"{above}.")


_BOLD_LINE = re.compile(r"(?:<a\s[^<>]*+>\s*+(?:</a>\s*+)?+)*+(\*\*|__|\*|_)(?=\S)(?:(?!\1).)+\1[ \t:]*\\?")
"""A line that is bold as a whole."""


def _sentence(call: _Call, blocks: Sequence[Block]) -> tuple[str, int, Sequence[Block]]:
    """Return a step's sentence, the last line of it, and the blocks that stand under it.

    A bold line that opens a paragraph is the whole sentence, and what stands below it in the paragraph is a
    paragraph of its own; where nothing stands behind the number, it is the sentence, as in a heading.
    """
    block = call.block
    head, _, rest = call.sentence.partition("\n")
    if rest and _BOLD_LINE.fullmatch(head.rstrip()):
        under = Block("paragraph", block.end - rest.count("\n"), block.end, block.behind, block.column, rest)
        return head.rstrip("\\ "), block.line, (under, *blocks)
    return call.sentence or block.text, block.end, blocks


def _begins_again(before: _Call, call: _Call) -> bool:
    """Whether the numbers begin again, so that this step follows no other one."""
    return len(call.parts) == len(before.parts) and call.parts < before.parts and call.parts[-1] <= 1
