"""Documents paired with documents, and what changed of a document as a whole."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from handrail.diff.data import Fact, FieldChange, Place
from handrail.diff.followed import Led, followed
from handrail.diff.paired import Pair
from handrail.diff.parted import with_parts
from handrail.matching import Entry, folded, paired, words_of
from handrail.model import Document, Handbook, PageRead

_FOLLOWED = 0.5
"""How sure it is that a document is the same whose words are others."""


def document_pairs(before: Handbook, after: Handbook, led: Led | None = None) -> tuple[Pair, ...]:
    """Return each document with its partner: by written id, by place, by likeness, by what leads to it."""
    ours, theirs = _own(before), _own(after)
    found: list[Pair] = []
    for key in (_written, _spot):
        for one, other in _equal(ours, theirs, key):
            found.append(Pair(one, other))
            ours.remove(one)
            theirs.remove(other)
    for one, other in _by_alias(ours, theirs):
        found.append(Pair(one, other))
        ours.remove(one)
        theirs.remove(other)
    matches = paired([_entry(one) for one in ours], [_entry(one) for one in theirs], neighbours=False).matches
    found += [Pair(ours[match.before], theirs[match.after], match.confidence) for match in matches]
    left = [one for place, one in enumerate(ours) if place not in {match.before for match in matches}]
    new = [one for place, one in enumerate(theirs) if place not in {match.after for match in matches}]
    renamed = followed(left, new, led or {})
    taken = {id(document) for pair in renamed for document in pair}
    found += [Pair(one, other, _FOLLOWED) for one, other in renamed]
    found += [Pair(one, None) for one in left if id(one) not in taken]
    found += [Pair(None, one) for one in new if id(one) not in taken]
    return with_parts(sorted(found, key=_place_of_pair))


def shown(pair: Pair) -> Document:
    """Return the document of a pair as it is after the change, else as it was."""
    found = pair.after or pair.before
    assert found is not None
    return found


def whose_page(page: PageRead, handbook: Handbook) -> Document | None:
    """Return the document that a page is, or the only one that it holds; None where it holds none or several."""
    found = [handbook.documents[id_] for id_ in page.documents if id_ in handbook.documents]
    return found[0] if len(found) == 1 and found[0].path == page.path else None


def _place_of_pair(pair: Pair) -> tuple[str, int, str]:
    document = shown(pair)
    return document.path, document.line, document.id


def _own(handbook: Handbook) -> list[Document]:
    everything = (*handbook.processes, *handbook.procedures, *handbook.roles, *handbook.records)
    return sorted((one for one in everything if one.own_page), key=lambda one: (one.path, one.line, one.id))


def _written(document: Document) -> Hashable:
    return document.id if document.written_id else None


def _spot(document: Document) -> Hashable:
    return document.path, document.anchor


def _equal(
    ours: Sequence[Document], theirs: Sequence[Document], key: Callable[[Document], Hashable]
) -> list[tuple[Document, Document]]:
    """Return the documents with equal keys, each once."""
    known: dict[Hashable, Document] = {}
    for other in theirs:
        known.setdefault(key(other), other)
    pairs: list[tuple[Document, Document]] = []
    for one in ours:
        name = key(one)
        partner = known.pop(name, None) if name is not None else None
        if partner is not None:
            pairs.append((one, partner))
    return pairs


def _by_alias(ours: Sequence[Document], theirs: Sequence[Document]) -> Iterator[tuple[Document, Document]]:
    """Yield the documents of which one keeps the other's id alive."""
    taken: set[int] = set()
    for one in ours:
        for other in theirs:
            if id(other) not in taken and (one.id in other.aliases or other.id in one.aliases):
                taken.add(id(other))
                yield one, other
                break


def _entry(document: Document) -> Entry:
    title = folded(words_of(document.title))
    steps = [word for step in document.steps for word in words_of(step.body or step.text)]
    rest = [word for part in document.rest for word in words_of(part.text)]
    return Entry(
        document.id if document.written_id else "", (document.kind, *title), (*title, *folded([*steps, *rest]))
    )


def document_facts(pair: Pair) -> Iterator[Fact]:
    """Yield what changed of a document as a whole."""
    before, after = pair.before, pair.after
    if before is None or after is None:
        if not pair.is_part:
            yield _copied(pair, pair.copy_of) if pair.copy_of else _appeared(pair)
        return
    yield from _parted(pair, before, after)
    if (before.path, before.anchor) != (after.path, after.anchor):
        yield from _elsewhere(pair, before, after)
    for name, one, other in _fields(before, after):
        if one != other:
            how = "added" if one is None else "removed" if other is None else "changed"
            yield _fact(pair, "field", how, f"field.{name}", (FieldChange(name, one, other),))
    if before.form and after.form and before.form != after.form:
        form = FieldChange("form", before.form, after.form)
        yield _fact(pair, "document", "changed", "document.form", (form,))


def _appeared(pair: Pair) -> Fact:
    how = "removed" if pair.after is None else "added"
    counted = len(shown(pair).all_steps())
    kind, steps = (shown(pair).kind, str(counted))
    texts = [FieldChange(name, *((value, None) if how == "removed" else (None, value)))
             for name, value in (("kind", kind), ("steps", steps))]  # fmt: skip
    return _fact(pair, "document", how, f"document.{how}", tuple(texts[: 2 if counted else 1]))


def _copied(pair: Pair, original: Document) -> Fact:
    """Return that a document says the same as another, or that only its copy went."""
    if pair.before is None:
        fields = (FieldChange("title", original.title, shown(pair).title),)
        fact = _fact(pair, "document", "copied", "document.copied", fields)
        return replace(fact, before=Place(original.path, original.line))
    fields = (FieldChange("title", shown(pair).title, original.title),)
    fact = _fact(pair, "document", "removed", "document.copy removed", fields)
    return replace(fact, after=Place(original.path, original.line))


def _parted(pair: Pair, before: Document, after: Document) -> Iterator[Fact]:
    """Yield that a document was split into several, and that several became one."""
    ways = (("split", pair.more_after), ("merged", pair.more_before))
    for how, parts in ways:
        if parts:
            titles = [FieldChange("title", before.title, after.title)]
            titles += [FieldChange("title", *((None, one.title) if how == "split" else (one.title, None)))
                       for one in parts]  # fmt: skip
            fact = _fact(pair, "document", how, f"document.{how}", tuple(titles))
            yield replace(fact, parts=tuple(Place(one.path, one.line) for one in parts))


def home_facts(pairs: Sequence[Pair], before: Handbook, after: Handbook) -> Iterator[Fact]:
    """Yield each procedure that went from one process to another: that it states, or that calls it."""
    same = {pair.before.id: pair.after.id for pair in pairs if pair.before and pair.after}
    for pair in pairs:
        if pair.before is None or pair.after is None or pair.after.kind != "procedure":
            continue
        ours, theirs = _homes(pair.before, before), _homes(pair.after, after)
        led = {id_: same.get(id_, "" if id_ in before.documents else id_) for id_ in ours}
        gone = [title for id_, title in ours.items() if led[id_] not in theirs]
        come = [title for id_, title in theirs.items() if id_ not in led.values()]
        if gone and come:
            field = FieldChange("process", "; ".join(gone), "; ".join(come))
            yield _fact(pair, "document", "changed", "document.re-homed", (field,))


def _homes(document: Document, handbook: Handbook) -> dict[str, str]:
    """Return id -> title of each process that holds a procedure."""
    ids = {*document.values("process"), *(process.id for process, _ in handbook.homes.get(document.id, ()))}
    known = handbook.documents
    return {id_: known[id_].title if id_ in known else id_ for id_ in sorted(ids)}


def _elsewhere(pair: Pair, before: Document, after: Document) -> Iterator[Fact]:
    """Yield that a document has another name or place."""
    fields = [FieldChange("path", before.path, after.path)] if before.path != after.path else []
    fields += [FieldChange("anchor", before.anchor, after.anchor)] if before.anchor != after.anchor else []
    fields += [FieldChange("id.made", before.id, after.id)] if _goes_with_the_place(before, after) else []
    if not _is_alone(before, after):
        how = "moved" if posixpath.dirname(before.path) != posixpath.dirname(after.path) else "renamed"
        yield _fact(pair, "document", how, f"document.{how}", tuple(fields))


def _is_alone(before: Document, after: Document) -> bool:
    """Whether a procedure was or is the only one of its page: its place is another because it has a neighbour."""
    return before.path == after.path and None in (before.anchor, after.anchor)


def _goes_with_the_place(before: Document, after: Document) -> bool:
    """Whether a document has another id only since it stands elsewhere, and that is told."""
    written = before.written_id or after.written_id
    elsewhere = (before.path, before.anchor) != (after.path, after.anchor)
    return before.id != after.id and not written and elsewhere and not _is_alone(before, after)


def _fields(before: Document, after: Document) -> Iterable[tuple[str, str | None, str | None]]:
    """Return what is said of a document outside of its facts."""
    name = "id" if before.written_id or after.written_id else "id.made"
    return (
        (name, before.id, before.id if _goes_with_the_place(before, after) else after.id),
        ("kind", before.kind, after.kind),
        ("title", before.title, after.title),
        ("order", before.order, after.order),
        ("variant_of", before.variant_of, after.variant_of),
        ("aliases", ", ".join(before.aliases) or None, ", ".join(after.aliases) or None),
    )


def _fact(pair: Pair, what: str, how: str, name: str, fields: tuple[FieldChange, ...]) -> Fact:
    document = shown(pair)
    return Fact(
        what=what,  # type: ignore[arg-type]  # one of the words above
        how=how,  # type: ignore[arg-type]  # one of the words above
        name=name,
        document=document.id,
        title=document.title,
        kind=document.kind,
        before=Place(pair.before.path, pair.before.line) if pair.before else None,
        after=Place(pair.after.path, pair.after.line) if pair.after else None,
        fields=fields,
        confidence=pair.confidence,
    )
