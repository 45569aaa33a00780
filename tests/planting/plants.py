"""Changes of steps that can be planted, and of the page that they stand on."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.planting.draft import MARKER, MARKUP, OPTIONS, ROLES, SENTENCES, Draft


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
    cut: int | None = None
    """Where the steps are parted between two documents."""


Plant = Callable[[Plot, random.Random], "Plot | None"]


def free_places(plot: Plot, plain: bool = True) -> list[int]:
    """Return the places of the steps that bear no change yet and can be changed."""
    return [
        place
        for place, first in enumerate(plot.after.order)
        if first >= 0 and first not in plot.used and (is_plain if plain else is_whole)(plot.after.chunks[place])
    ]


def is_whole(chunk: Sequence[str]) -> bool:
    """Whether a step has no step below it, and nothing that stands at the margin."""
    return not any(MARKER.match(line) or line[:1].strip() for line in chunk[1:])


def is_plain(chunk: Sequence[str]) -> bool:
    """Whether a step's sentence has at least five words on one line and no markup; there may be bullets below it."""
    ends = len(chunk) == 1 or not chunk[1].strip() or MARKER.match(chunk[1]) is not None
    numbered = any(mark["mark"][0].isdigit() or mark["box"] for line in chunk[1:] if (mark := MARKER.match(line)))
    return len(sentence_of(chunk).split()) >= 5 and ends and not numbered and not MARKUP.search(sentence_of(chunk))


def is_bare(chunk: Sequence[str]) -> bool:
    """Whether a step is a sentence and nothing else."""
    return not any(line.strip() for line in chunk[1:]) and not lead_of(chunk)


def lead_of(chunk: Sequence[str]) -> str:
    """Return the role in bold that leads a step."""
    mark = MARKER.match(chunk[0])
    lead = re.compile(r"\*\*[^*:]+:\*\* ").match(chunk[0], mark.end() if mark else 0)
    return lead[0] if lead else ""


def is_conditional(chunk: Sequence[str]) -> bool:
    """Whether a sentence opens with a condition: other words there would change the condition too."""
    return f"{sentence_of(chunk).casefold()} ".startswith(tuple(f"{word} " for word in OPTIONS.recognised().condition))


def sentence_of(chunk: Sequence[str]) -> str:
    mark = MARKER.match(chunk[0])
    return chunk[0][(mark.end() if mark else 0) + len(lead_of(chunk)) :]


def with_sentence(chunk: Sequence[str], sentence: str) -> tuple[str, ...]:
    mark = MARKER.match(chunk[0])
    return (f"{mark.group() if mark else ''}{lead_of(chunk)}{sentence}", *chunk[1:])


def taken(plot: Plot, after: Draft, kind: str, first: int, before: Draft | None = None) -> Plot:
    return replace(
        plot,
        before=before or plot.before,
        after=after,
        used=plot.used | {first},
        kinds=(*plot.kinds, (kind, first)),
    )


def put(draft: Draft, place: int, chunk: Sequence[str] | None, first: int | None = None) -> Draft:
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
    mark = MARKER.match(plot.after.chunks[place][0])
    new = -1 - sum(kind == "added" for kind, _ in plot.kinds)
    sentence = chance.choice(plot.before.strangers or SENTENCES).rstrip(".")
    chunk = (f"{mark.group() if mark else '1. '}{sentence}.",)
    if any(chunk[0] in other for other in plot.after.chunks):
        return None
    blank = ("",) if not plot.after.chunks[place - 1][-1].strip() else ()
    return taken(plot, put(plot.after, place, (*chunk, *blank), new), "added", new)


def delete(plot: Plot, chance: random.Random) -> Plot | None:
    """Take a step out, where no other step leads to one."""
    places = free_places(plot, plain=False)
    leads = any("](#" in line for chunk in plot.after.chunks for line in chunk)
    if not places or leads or len(plot.after.chunks) < 4:
        return None
    place = chance.choice(places)
    return taken(plot, put(plot.after, place, None), "removed", plot.after.order[place])


def move(plot: Plot, chance: random.Random) -> Plot | None:
    """Carry a step past at least two others."""
    places = free_places(plot, plain=False)
    if not places:
        return None
    place = chance.choice(places)
    chunk, first = plot.after.chunks[place], plot.after.order[place]
    without = put(plot.after, place, None)
    targets = [target for target in range(len(without.chunks)) if abs(target - place) >= 2]
    if not targets:
        return None
    return taken(plot, put(without, chance.choice(targets), chunk, first), "moved", first)


def reword_lightly(plot: Plot, chance: random.Random) -> Plot | None:
    """Change one word of a step."""
    return _reworded(plot, chance, lambda words: 1)


def reword_heavily(plot: Plot, chance: random.Random) -> Plot | None:
    """Keep 40 to 60 % of the words of a step."""
    return _reworded(plot, chance, lambda words: len(words) - round(len(words) * chance.uniform(0.4, 0.6)))


def _reworded(plot: Plot, chance: random.Random, how_many: Callable[[list[str]], int]) -> Plot | None:
    places = [place for place in free_places(plot) if not is_conditional(plot.after.chunks[place])]
    if not places:
        return None
    place = chance.choice(places)
    words = sentence_of(plot.after.chunks[place]).split()
    chunk = with_sentence(plot.after.chunks[place], others_for(words, how_many(words), plot.before, chance))
    return taken(plot, put(plot.after, place, chunk), "reworded", plot.after.order[place])


def others_for(words: Sequence[str], count: int, page: Draft, chance: random.Random) -> str:
    """Return a sentence in which so many words are others, out of the same page."""
    new = list(words)
    for at in chance.sample(range(len(words)), count):
        bare = words[at].rstrip(".,;").casefold()
        new[at] = chance.choice([word for word in page.words if word != bare])
    return " ".join(new)[:1].upper() + " ".join(new)[1:]


def re_role(plot: Plot, chance: random.Random) -> Plot | None:
    """Give a step to another role."""
    places = [place for place in free_places(plot) if not lead_of(plot.after.chunks[place])]
    if not places:
        return None
    place = chance.choice(places)
    first = plot.after.order[place]
    old, new = chance.sample(ROLES, 2)
    sentence = sentence_of(plot.after.chunks[place])
    before = put(plot.before, first, with_sentence(plot.before.chunks[first], f"**{old}:** {sentence}"))
    after = put(plot.after, place, with_sentence(plot.after.chunks[place], f"**{new}:** {sentence}"))
    return taken(plot, after, "role", first, before)


def re_target(plot: Plot, chance: random.Random) -> Plot | None:
    """Let a branch of a step lead elsewhere."""
    places = [place for place in free_places(plot) if is_bare(plot.after.chunks[place])]
    if len(places) < 3:
        return None
    place, one, two = chance.sample(places, 3)
    first = plot.after.order[place]
    before, after = plot.before, plot.after
    for target, name in ((one, "first-place"), (two, "second-place")):
        origin = after.order[target]
        before = put(before, origin, _anchored(before.chunks[origin], name))
        after = put(after, target, _anchored(after.chunks[target], name))
    before = put(before, first, _branching(before.chunks[first], "first-place"))
    after = put(after, place, _branching(after.chunks[place], "second-place"))
    found = taken(plot, after, "branch", first, before)
    return replace(found, used=found.used | {plot.after.order[one], plot.after.order[two]})


def _anchored(chunk: Sequence[str], name: str) -> tuple[str, ...]:
    return with_sentence(chunk, f'<a id="{name}"></a>{sentence_of(chunk)}')


def _branching(chunk: Sequence[str], target: str) -> tuple[str, ...]:
    """Return a step with two branches, one of which leads to the target."""
    mark = MARKER.match(chunk[0])
    indent = " " * (len(mark["indent"] + mark["mark"] + mark["space"]) if mark else 3)
    sentence = sentence_of(chunk).rstrip(". ")
    bullets = (f"{indent}- **No:** go back to [that step](#{target})", f"{indent}- **Yes:** all is well there")
    return (*with_sentence(chunk[:1], f"{sentence}?"), *bullets, *chunk[1:])


def to_other(plot: Plot, chance: random.Random) -> Plot | None:
    """Carry a step to another document."""
    chunks = plot.after.chunks
    places = [
        place for place in free_places(plot) if is_bare(chunks[place]) and len(sentence_of(chunks[place]).split()) > 5
    ]
    if not places or plot.other or len(plot.after.chunks) < 4:
        return None
    place = chance.choice(places)
    chunk, first = plot.after.chunks[place], plot.after.order[place]
    found = taken(plot, put(plot.after, place, None), "to another document", first)
    return replace(found, other=(chunk,))


def to_headings(plot: Plot, chance: random.Random) -> Plot | None:
    """Turn the list into numbered headings, where what stands behind it does not become part of the last one."""
    behind = next((line for line in plot.after.tail if line.strip()), "# ")
    if plot.after.headings or not re.match(r"#{1,3} ", behind):
        return None
    after = replace(plot.after, headings=True)
    return replace(plot, after=after, kinds=(*plot.kinds, ("form", -98)))


def rename(plot: Plot, chance: random.Random) -> Plot | None:
    """Give the page another name."""
    return None if any(kind == "renamed" for kind, _ in plot.kinds) else taken(plot, plot.after, "renamed", -99)


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
"""What can be planted on a page alone -> how.

`PLANTS` of the package has these and the others.
"""
