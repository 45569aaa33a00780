"""Plant known changes into copies of real pages, so that what is found can be held against what was done.

A page whose steps are one list is taken apart into what stands before the steps, the steps, and what stands behind
them. A plant changes the steps and says what should be found; noise changes how the page is written and nothing that
it says. Everything is chosen by chance from a seed: the same seed gives the same plants.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from handrail.handbook import read_handbook
from handrail.model import Document, Handbook
from handrail.options import options_of
from handrail.sources import Sources, folder_sources
from tests.conftest import ROOT

_ROLES = ("Night lead", "Duty clerk", "Yard keeper")
OPTIONS = options_of({"kinds": {"**": "procedure"}, "roles": list(_ROLES)})
"""How planted pages are read."""

_OWN = ("content/handbook", "content/guide", "tests/bakery", "tests/planted")
PAGE, OTHER = "page.md", "other.md"
_MARKER = re.compile(r"(?P<indent>\s*)(?P<mark>\d+[.)]|[-*+])(?P<space>\s+)(?P<box>\[[ xX]\]\s+)?")
_MARKUP = re.compile(r"[\[\]*`<>_|!:?#()\\{}&~]")
_LIST_FORMS = ("list", "tasks", "bullets")
_NEW_WORDS = """
    ledger bucket mirror garden copper signal harbour blanket market violin pencil orchard lantern compass velvet
    cinder meadow barrel thimble anchor ribbon saddle kettle marble walnut fabric tunnel candle basket hammer
    polish gather sketch measure borrow deliver arrange compare quietly gently brightly slowly amber silver narrow
    wooden distant ancient hollow crooked steady plain gentle heavy broad
""".split()
"""Words that mean nothing to the reader of a page: no label, no condition, no jump."""
_SENTENCES = tuple(
    f"{verb} the {adjective} {noun} {rest}"
    for verb, adjective, noun, rest in (
        ("Polish", "wooden", "lantern", "with a dry cloth every evening"),
        ("Measure", "narrow", "tunnel", "twice and paint both numbers on its gate"),
        ("Borrow", "silver", "kettle", "out of the harbour kitchen"),
        ("Sketch", "distant", "orchard", "on squared paper"),
        ("Gather", "copper", "thimbles", "into one velvet basket"),
        ("Deliver", "heavy", "barrels", "to the market hall by noon"),
    )
)


@dataclass(frozen=True)
class Expected:
    """What should be found: the kind of change, and the place of the step before and after, counted from 0."""

    kind: str
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Draft:
    """A page taken apart: the lines before its steps, of each of its steps, and behind them."""

    head: tuple[str, ...]
    chunks: tuple[tuple[str, ...], ...]
    tail: tuple[str, ...]
    order: tuple[int, ...]
    """For each step which one it was at first; -1 for a new one."""
    lazy: bool
    """Whether every step bears the same number or none."""
    headings: bool = False

    def text(self) -> str:
        """Return the page's Markdown, its steps numbered anew."""
        lines = list(self.head)
        for place, chunk in enumerate(self.chunks, 1):
            lines += _headed(chunk, place) if self.headings else _numbered(chunk, place, self.lazy)
        return "\n".join([*lines, *self.tail]) + "\n"


@dataclass(frozen=True)
class Planted:
    """Two versions of a handbook, and what should be found between them."""

    kind: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    expected: frozenset[Expected] = frozenset()


@dataclass(frozen=True)
class Plot:
    """A page before and after, while plants are put into it."""

    before: Draft
    after: Draft
    used: frozenset[int] = frozenset()
    """Which steps, by their first place, bear a change."""
    kinds: tuple[tuple[str, int], ...] = ()
    """Each kind of change with the first place of its step; of a new step its place among the new ones."""
    other: tuple[tuple[str, ...], ...] = field(default=())
    """Steps that went to another document."""


Plant = Callable[[Plot, random.Random], "Plot | None"]


def drafts(folder: Path, most: int = 400) -> list[Draft]:
    """Return the pages of a folder whose steps are one list of at least five steps, taken apart."""
    texts = folder_sources(folder).texts
    found = []
    for path, text in texts.items():
        draft = draft_of(text) if len(text) < 40_000 else None
        if draft is not None:
            found.append((path, draft))
    return [draft for _, draft in sorted(found, key=lambda pair: pair[0])][:most]


def own_drafts() -> list[Draft]:
    """Return the pages of Handrail's own handbook and of the samples of the tests."""
    return [draft for folder in _OWN for draft in drafts(ROOT / folder)]


def read(texts: Mapping[str, str]) -> Handbook:
    """Read a planted handbook."""
    return read_handbook(Sources(dict(texts)), OPTIONS)


def draft_of(text: str) -> Draft | None:
    """Return a page taken apart; None where its steps are not one list."""
    text = re.sub(r"(?m)^handrail:.*\n(?:[ \t]+.*\n)*", "", text.replace("\r\n", "\n"))
    documents = read({PAGE: text}).procedures
    if len(documents) != 1 or not _is_one_list(documents[0]):
        return None
    steps, lines = documents[0].steps, text.split("\n")
    starts = [step.line - 1 for step in steps]
    bounds = [*starts, steps[-1].end]
    chunks = tuple(tuple(lines[start:end]) for start, end in pairwise(bounds))
    marks = {mark["mark"] for chunk in chunks if (mark := _MARKER.match(chunk[0]))}
    draft = Draft(
        tuple(lines[: starts[0]]), chunks, tuple(lines[bounds[-1] :]), tuple(range(len(chunks))), len(marks) == 1
    )
    again = read({PAGE: draft.text()}).procedures
    same = len(again) == 1 and [step.text for step in again[0].all_steps()] == [
        step.text for step in documents[0].all_steps()
    ]
    return draft if same else None


def _is_one_list(document: Document) -> bool:
    steps = document.steps
    return (
        document.form in _LIST_FORMS
        and document.anchor is None
        and len(steps) >= 5
        and all(step.flow == 1 for step in steps)
        and all(before.end < behind.line for before, behind in pairwise(steps))
        and len({step.text for step in steps}) == len(steps)
    )


def _numbered(chunk: Sequence[str], place: int, lazy: bool) -> list[str]:
    mark = _MARKER.match(chunk[0])
    if lazy or mark is None or not mark["mark"][0].isdigit():
        return list(chunk)
    number = f"{place}{mark['mark'][-1]}"
    # The text of the item keeps its column, so that what stands below it stays inside.
    space = " " * max(1, len(mark["mark"]) + len(mark["space"]) - len(number))
    return [f"{mark['indent']}{number}{space}{chunk[0][mark.end('space') :]}", *chunk[1:]]


def _headed(chunk: Sequence[str], place: int) -> list[str]:
    """Return a step as a numbered heading, with what stood inside it below."""
    mark = _MARKER.match(chunk[0])
    cut = mark.end() if mark else 0
    box = len(mark["box"] or "") if mark else 0
    rest = [line[min(cut - box, len(line) - len(line.lstrip())) :] for line in chunk[1:]]
    first = chunk[0][cut:].strip()
    lead = re.match(r"\*\*([^*:]+):\*\* ", first)
    if lead and lead[1] in _ROLES:
        first = first[lead.end() :]
        rest = [f"- Who: {lead[1]}", *rest]
    sentence = [first]
    while (
        rest and rest[0].strip() and not _MARKER.match(rest[0]) and not rest[0].lstrip().startswith(("```", "|", ">"))
    ):
        sentence.append(rest.pop(0).strip())
    return [f"### {place}. {' '.join(sentence)}", "", *rest, ""]


# ---- plants ----


def _free(plot: Plot, plain: bool = True) -> list[int]:
    """Return the places of the steps that bear no change yet and can be changed."""
    return [
        place
        for place, first in enumerate(plot.after.order)
        if first >= 0 and first not in plot.used and (_is_plain if plain else _is_whole)(plot.after.chunks[place])
    ]


def _is_whole(chunk: Sequence[str]) -> bool:
    """Whether a step has no step below it, and nothing that stands at the margin."""
    return not any(_MARKER.match(line) or line[:1].strip() for line in chunk[1:])


def _is_plain(chunk: Sequence[str]) -> bool:
    """Whether a step's sentence has at least five words on one line and no markup; there may be bullets below it."""
    ends = len(chunk) == 1 or not chunk[1].strip() or _MARKER.match(chunk[1]) is not None
    numbered = any(mark["mark"][0].isdigit() or mark["box"] for line in chunk[1:] if (mark := _MARKER.match(line)))
    return len(_sentence(chunk).split()) >= 5 and ends and not numbered and not _MARKUP.search(_sentence(chunk))


def _is_bare(chunk: Sequence[str]) -> bool:
    """Whether a step is a sentence and nothing else."""
    return not any(line.strip() for line in chunk[1:]) and not _lead(chunk)


def _lead(chunk: Sequence[str]) -> str:
    """Return the role in bold that leads a step."""
    mark = _MARKER.match(chunk[0])
    lead = re.compile(r"\*\*[^*:]+:\*\* ").match(chunk[0], mark.end() if mark else 0)
    return lead[0] if lead else ""


def _is_conditional(chunk: Sequence[str]) -> bool:
    """Whether a sentence opens with a condition: other words there would change the condition too."""
    return f"{_sentence(chunk).casefold()} ".startswith(tuple(f"{word} " for word in OPTIONS.recognised().condition))


def _sentence(chunk: Sequence[str]) -> str:
    mark = _MARKER.match(chunk[0])
    return chunk[0][(mark.end() if mark else 0) + len(_lead(chunk)) :]


def _with_sentence(chunk: Sequence[str], sentence: str) -> tuple[str, ...]:
    mark = _MARKER.match(chunk[0])
    return (f"{mark.group() if mark else ''}{_lead(chunk)}{sentence}", *chunk[1:])


def _taken(plot: Plot, after: Draft, kind: str, first: int, before: Draft | None = None) -> Plot:
    return replace(
        plot,
        before=before or plot.before,
        after=after,
        used=plot.used | {first},
        kinds=(*plot.kinds, (kind, first)),
    )


def _put(draft: Draft, place: int, chunk: Sequence[str] | None, first: int | None = None) -> Draft:
    """Return the draft with one step replaced, put in (with `first`), or taken out (None)."""
    chunks, order = list(draft.chunks), list(draft.order)
    if chunk is None:
        del chunks[place], order[place]
    elif first is None:
        chunks[place] = tuple(chunk)
    else:
        chunks.insert(place, tuple(chunk))
        order.insert(place, first)
    return replace(draft, chunks=tuple(chunks), order=tuple(order))


def insert(plot: Plot, chance: random.Random) -> Plot | None:
    """Put a new step in."""
    place = chance.randrange(1, len(plot.after.chunks))
    mark = _MARKER.match(plot.after.chunks[place][0])
    new = -1 - sum(kind == "added" for kind, _ in plot.kinds)
    chunk = (f"{mark.group() if mark else '1. '}{chance.choice(_SENTENCES)}.",)
    if any(chunk[0] in other for other in plot.after.chunks):
        return None
    blank = ("",) if not plot.after.chunks[place - 1][-1].strip() else ()
    return _taken(plot, _put(plot.after, place, (*chunk, *blank), new), "added", new)


def delete(plot: Plot, chance: random.Random) -> Plot | None:
    """Take a step out, where no other step leads to one."""
    places = _free(plot, plain=False)
    leads = any("](#" in line for chunk in plot.after.chunks for line in chunk)
    if not places or leads or len(plot.after.chunks) < 4:
        return None
    place = chance.choice(places)
    return _taken(plot, _put(plot.after, place, None), "removed", plot.after.order[place])


def move(plot: Plot, chance: random.Random) -> Plot | None:
    """Carry a step past at least two others."""
    places = _free(plot, plain=False)
    if not places:
        return None
    place = chance.choice(places)
    chunk, first = plot.after.chunks[place], plot.after.order[place]
    without = _put(plot.after, place, None)
    targets = [target for target in range(len(without.chunks)) if abs(target - place) >= 2]
    if not targets:
        return None
    return _taken(plot, _put(without, chance.choice(targets), chunk, first), "moved", first)


def reword_lightly(plot: Plot, chance: random.Random) -> Plot | None:
    """Change one word of a step."""
    return _reworded(plot, chance, lambda words: 1)


def reword_heavily(plot: Plot, chance: random.Random) -> Plot | None:
    """Keep 40 to 60 % of the words of a step."""
    return _reworded(plot, chance, lambda words: len(words) - round(len(words) * chance.uniform(0.4, 0.6)))


def _reworded(plot: Plot, chance: random.Random, how_many: Callable[[list[str]], int]) -> Plot | None:
    places = [place for place in _free(plot) if not _is_conditional(plot.after.chunks[place])]
    if not places:
        return None
    place = chance.choice(places)
    words = _sentence(plot.after.chunks[place]).split()
    for at in chance.sample(range(len(words)), how_many(words)):
        words[at] = chance.choice(_NEW_WORDS)
    words[0] = words[0][:1].upper() + words[0][1:]
    chunk = _with_sentence(plot.after.chunks[place], " ".join(words))
    return _taken(plot, _put(plot.after, place, chunk), "reworded", plot.after.order[place])


def re_role(plot: Plot, chance: random.Random) -> Plot | None:
    """Give a step to another role."""
    places = [place for place in _free(plot) if not _lead(plot.after.chunks[place])]
    if not places:
        return None
    place = chance.choice(places)
    first = plot.after.order[place]
    old, new = chance.sample(_ROLES, 2)
    sentence = _sentence(plot.after.chunks[place])
    before = _put(plot.before, first, _with_sentence(plot.before.chunks[first], f"**{old}:** {sentence}"))
    after = _put(plot.after, place, _with_sentence(plot.after.chunks[place], f"**{new}:** {sentence}"))
    return _taken(plot, after, "role", first, before)


def re_target(plot: Plot, chance: random.Random) -> Plot | None:
    """Let a branch of a step lead elsewhere."""
    places = [place for place in _free(plot) if _is_bare(plot.after.chunks[place])]
    if len(places) < 3:
        return None
    place, one, two = chance.sample(places, 3)
    first = plot.after.order[place]
    before, after = plot.before, plot.after
    for target, name in ((one, "first-place"), (two, "second-place")):
        origin = after.order[target]
        before = _put(before, origin, _anchored(before.chunks[origin], name))
        after = _put(after, target, _anchored(after.chunks[target], name))
    before = _put(before, first, _branching(before.chunks[first], "first-place"))
    after = _put(after, place, _branching(after.chunks[place], "second-place"))
    taken = _taken(plot, after, "branch", first, before)
    return replace(taken, used=taken.used | {plot.after.order[one], plot.after.order[two]})


def _anchored(chunk: Sequence[str], name: str) -> tuple[str, ...]:
    return _with_sentence(chunk, f'<a id="{name}"></a>{_sentence(chunk)}')


def _branching(chunk: Sequence[str], target: str) -> tuple[str, ...]:
    """Return a step with two branches, one of which leads to the target."""
    mark = _MARKER.match(chunk[0])
    indent = " " * (len(mark["indent"] + mark["mark"] + mark["space"]) if mark else 3)
    sentence = _sentence(chunk).rstrip(". ")
    bullets = (f"{indent}- **No:** go back to [that step](#{target})", f"{indent}- **Yes:** all is well there")
    return (*_with_sentence(chunk[:1], f"{sentence}?"), *bullets, *chunk[1:])


def to_other(plot: Plot, chance: random.Random) -> Plot | None:
    """Carry a step to another document."""
    chunks = plot.after.chunks
    places = [place for place in _free(plot) if _is_bare(chunks[place]) and len(_sentence(chunks[place]).split()) > 5]
    if not places or plot.other or len(plot.after.chunks) < 4:
        return None
    place = chance.choice(places)
    chunk, first = plot.after.chunks[place], plot.after.order[place]
    taken = _taken(plot, _put(plot.after, place, None), "to another document", first)
    return replace(taken, other=(chunk,))


def to_headings(plot: Plot, chance: random.Random) -> Plot | None:
    """Turn the list into numbered headings, where what stands behind it does not become part of the last one."""
    behind = next((line for line in plot.after.tail if line.strip()), "# ")
    if plot.after.headings or not re.match(r"#{1,3} ", behind):
        return None
    after = replace(plot.after, headings=True)
    return replace(plot, after=after, kinds=(*plot.kinds, ("form", -98)))


def rename(plot: Plot, chance: random.Random) -> Plot | None:
    """Give the page another name."""
    return None if any(kind == "renamed" for kind, _ in plot.kinds) else _taken(plot, plot.after, "renamed", -99)


PLANTS: Mapping[str, Plant] = {
    "insert": insert,
    "delete": delete,
    "move": move,
    "reword lightly": reword_lightly,
    "reword heavily": reword_heavily,
    "list to headings": to_headings,
    "re-role": re_role,
    "re-target": re_target,
    "move to another document": to_other,
    "rename document": rename,
}


def planted(draft: Draft, names: Sequence[str], seed: int) -> Planted | None:
    """Return a page with these plants in it; None where it has no place for them."""
    chance = random.Random(f"{seed} {' '.join(names)} {len(draft.chunks)}")
    plot: Plot | None = Plot(draft, draft)
    for name in sorted(names, key=lambda name: name in ("list to headings", "rename document")):
        plot = PLANTS[name](plot, chance) if plot is not None else None
    if plot is None:
        return None
    before = _texts(plot.before, plot, ())
    after = _texts(plot.after, plot, plot.other)
    after = {("renamed-page.md" if path == PAGE and _renames(plot) else path): text for path, text in after.items()}
    found = Planted(" + ".join(names), before, after, _expected(plot))
    return found if _is_sound(found, plot) else None


def _renames(plot: Plot) -> bool:
    return any(kind == "renamed" for kind, _ in plot.kinds)


def _texts(draft: Draft, plot: Plot, moved: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the pages of one side: the page itself, and another procedure where a plant needs one."""
    texts = {PAGE: draft.text()}
    if plot.other:
        steps = [_SENTENCES[0], _SENTENCES[3], *(_sentence(chunk) for chunk in moved), _SENTENCES[4]]
        items = [f"{place}. {sentence}" for place, sentence in enumerate(steps, 1)]
        texts[OTHER] = "\n".join(["# Another procedure", "", "## Steps", "", *items, ""])
    return texts


def _expected(plot: Plot) -> frozenset[Expected]:
    found = set()
    for kind, first in plot.kinds:
        if kind in ("renamed", "form"):
            found.add(Expected(kind))
        elif kind == "to another document":
            found.add(Expected("moved", first, None))
        else:
            before = None if kind == "added" else first
            after = None if kind == "removed" else plot.after.order.index(first)
            found.add(Expected(kind, before, after))
    return frozenset(found)


def _is_sound(found: Planted, plot: Plot) -> bool:
    """Whether the pages are read as having the steps that were put there, so that nothing else was planted."""
    sides = ((found.before, plot.before), (found.after, plot.after))
    for texts, draft in sides:
        page = [one for one in read(texts).procedures if one.path != OTHER]
        if len(page) != 1 or len(page[0].steps) != len(draft.chunks):
            return False
    return True


# ---- noise ----


def reflow(text: str, chance: random.Random) -> str:
    """Wrap each plain paragraph and sentence of an item at another width."""
    width = chance.choice([40, 60, 100])
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fence = line.lstrip().startswith(("```", "~~~"))
        fenced = fenced != fence
        mark = _MARKER.match(line)
        indent = " " * (mark.end() - len(mark["box"] or "") if mark else len(line) - len(line.lstrip()))
        plain = (
            not fenced
            and not fence
            and (mark or not indent)
            and not re.search(r"[\[\]|`<>\\!:]|^[#\s>=-]", line[len(indent) :])
        )
        wraps = textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        begins = any(re.match(r"\s*(?:\d+[.)]|[-*+#=]|\w[^:]{0,40}:)", part) for part in wraps[1:])
        lines += wraps if plain and len(line) > width and not begins and not line.endswith("  ") else [line]
    return "\n".join(lines)


def renumber(text: str, chance: random.Random) -> str:
    """Give every item of a numbered list the number 1."""
    return _outside_code(text, lambda line: re.sub(r"^(\s*)\d([.)])(\s)", r"\g<1>1\2\3", line))


def re_indent(text: str, chance: random.Random) -> str:
    """Indent everything inside an item by one more column."""

    def wider(line: str) -> str:
        mark = _MARKER.match(line)
        indent = len(line) - len(line.lstrip())
        if mark and not indent:
            return f"{mark['mark']}{mark['space']} {line[mark.end('space') :]}"
        return f" {line}" if indent else line

    return "\n".join(wider(line) for line in text.split("\n"))


def other_marker(text: str, chance: random.Random) -> str:
    """Write `1)` for `1.` and `*` for `-`."""
    change = {"1": ")", "-": "*", "*": "-", "+": "-"}

    def marked(line: str) -> str:
        mark = _MARKER.match(line)
        if mark is None or re.fullmatch(r"\s*([-*_])(?:\s*\1){2,}\s*", line):
            return line
        sign = mark["mark"]
        new = f"{sign[:-1]}{')' if sign[-1] == '.' else '.'}" if sign[0].isdigit() else change[sign]
        return f"{mark['indent']}{new}{line[mark.start('space') :]}"

    return _outside_code(text, marked)


def renamed_key(text: str, chance: random.Random) -> str:
    """Write a front matter with another key that nobody asks for."""
    key = chance.choice(["layout", "audience", "tags"])
    if not text.startswith(("---\n", "#")):
        return text
    if text.startswith("---\n"):
        return text.replace("---\n", f"---\n{key}: plain\n", 1)
    return f"---\n{key}: plain\n---\n{text}"


def whitespace(text: str, chance: random.Random) -> str:
    """Put in blank lines before headings, blanks at the ends of lines, and other line ends."""
    lines = _outside_code(text, lambda line: f"\n{line}" if re.match(r"#+ ", line) else line)
    lines = "\n".join(
        f"{line} " if line.strip() and not line.endswith((" ", "\\")) else line for line in lines.split("\n")
    )
    body = lines.replace("--- \n", "---\n")
    return body.replace("\n", "\r\n") if chance.random() < 0.5 else body


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    lines, fenced = [], False
    for line in text.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        lines.append(line if fenced or line.startswith("---") else change(line))
    return "\n".join(lines)


NOISE: Mapping[str, Callable[[str, random.Random], str]] = {
    "reflow": reflow,
    "renumber": renumber,
    "re-indent": re_indent,
    "other list marker": other_marker,
    "renamed front-matter key": renamed_key,
    "whitespace": whitespace,
}


def noisy(draft: Draft, name: str, seed: int) -> Planted | None:
    """Return a page written otherwise; None where it cannot be without saying something else.

    Whether it says something else is judged by what the reader takes for its steps, never by the comparison.
    """
    before = draft.text()
    after = NOISE[name](before, random.Random(f"{seed} {name}"))
    pages = [read({PAGE: text}).procedures for text in (before, after)]
    said = [[(step.number.count("."), step.text) for one in page for step in one.all_steps()] for page in pages]
    if after == before or said[0] != said[1]:
        return None
    return Planted(name, {PAGE: before}, {PAGE: after})
