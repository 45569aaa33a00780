"""Links and references that lead nowhere, each with the nearest name that is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handrail.kept import kept
from handrail.links.targets import Target, Targets
from handrail.problems import Problem, did_you_mean
from handrail.reader.raw import RawDocument, RawLink, RawPage, every_step

MOST_NAMED = 8
"""A mend names no more steps or anchors than these, and one."""


def dead_links(pages: Sequence[RawPage], targets: Targets, autorefs: bool) -> Iterator[Problem]:
    """Yield a problem for each reference to no known id, and each link of a typed page that leads nowhere."""
    for page in pages:
        outside = [link for raw in page.documents for link in raw.links]
        inside = [link for raw in page.documents for link in step_links(raw)]
        for link in dict.fromkeys((*page.links, *outside, *inside)):
            if link.kind != "reference" and not page.documents:
                continue
            target = targets.of(link, page.path)
            if link.kind == "reference":
                ours = not autorefs or link.text == link.target
                if (target is None and ours) or (target is not None and target.dead):
                    yield _dead_reference(link, target, page, targets)
            elif target is not None and target.dead:
                yield _dead_link(link, target, page, targets)


def _dead_reference(link: RawLink, target: Target | None, page: RawPage, targets: Targets) -> Problem:
    known, otherwise = list(targets.ids), "Write the id of a process, procedure, role or record, or a plain link."
    if target is not None and target.document is not None:
        places = targets.anchors.get(target.path, {}).values()
        steps = list(dict.fromkeys(step for name, step in places if step and name == target.document))
        known = [f"{target.document}#{step}" for step in steps]
        otherwise = f"`{target.document}` has no steps."
        if steps:
            otherwise = f"The steps of `{target.document}` are {_named(steps)}."
    mend = did_you_mean(link.target, known, otherwise)
    return Problem(
        "unknown-id",
        "warning",
        page.path,
        link.line,
        link.column,
        f"The reference `{link.target}` leads to no known id.",
        mend,
    )


def _dead_link(link: RawLink, target: Target, page: RawPage, targets: Targets) -> Problem:
    if target.path:
        anchor = link.target.partition("#")[2]
        anchors = (*targets.anchors.get(target.path, {}), *sorted(targets.pages[target.path].anchors))
        known = list(dict.fromkeys(anchors))
        message = f"There is no anchor `{anchor}` in {target.path}."
        otherwise = f'Write `<a id="{anchor}"></a>` where the link is to lead.'
        if known:
            otherwise = f"It has {_named(known)}. Link to one of them, or w{otherwise[1:]}"
        same = _by_words(anchor, known)
        mend = did_you_mean(anchor, known, f"Did you mean `{same}`?" if same else otherwise)
    else:
        message = f"The link `{link.target}` leads to no page."
        mend = did_you_mean(link.target, targets.pages, "Mend the address.")
    return Problem("dead-link", "warning", page.path, link.line, link.column, message, mend)


def _named(names: Sequence[str]) -> str:
    """Return the first names and how many more there are; never one more alone, which is named instead."""
    shown = names if len(names) <= MOST_NAMED + 1 else names[:MOST_NAMED]
    more = f" and {len(names) - len(shown)} more" if len(shown) < len(names) else ""
    return ", ".join(f"`{name}`" for name in shown) + more


_WORD = re.compile(r"[^\W\d_]+")


def _by_words(anchor: str, known: Iterable[str]) -> str | None:
    """Return the anchor that says the words of another one and the fewest beside them; None where none does.

    `freeze` is near to `4-freeze-the-branch`, though most of its letters are others.
    """
    said = _words(anchor)
    if not said:
        return None
    holding = _by_word(frozenset(known))
    others = frozenset.intersection(*(holding.get(word, frozenset()) for word in said))
    return min(others)[1] if others else None


def _words(anchor: str) -> frozenset[str]:
    return frozenset(_WORD.findall(anchor.casefold()))


@kept(4)
def _by_word(anchors: frozenset[str]) -> Mapping[str, frozenset[tuple[int, str]]]:
    """Return the anchors that hold each word, each behind the number of its words."""
    found: dict[str, set[tuple[int, str]]] = {}
    for anchor in anchors:
        words = _words(anchor)
        for word in words:
            found.setdefault(word, set()).add((len(words), anchor))
    return {word: frozenset(holders) for word, holders in found.items()}


def step_links(raw: RawDocument) -> Iterator[RawLink]:
    """Yield every link in a document's steps."""
    for step in every_step(raw.steps):
        yield from step.links
        for branch in step.branches:
            yield from branch.links
