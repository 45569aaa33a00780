"""All facts between two handbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace

from handrail.diff.data import Fact, FieldChange, Found, Place, Side, note
from handrail.diff.decided import decision_facts
from handrail.diff.documents import document_facts, document_pairs, home_facts, shown, whose_page
from handrail.diff.fields import field_facts
from handrail.diff.flow_changes import flow_changes
from handrail.diff.followed import led_elsewhere
from handrail.diff.formed import formed
from handrail.diff.leftover import leftover_facts
from handrail.diff.paired import Pair, Steps
from handrail.diff.partners import paired_steps
from handrail.diff.steps import step_facts
from handrail.diff.texts import Text, text_facts
from handrail.matching import folded, words_of
from handrail.matching.aspects import Names, titles_of
from handrail.model import Document, PageRead, Rest

_HEADING = re.compile(r"^(?: {0,3}#{1,6}[ \t].*|.+(?=\n {0,3}(?:=+|-+)[ \t]*$))", re.MULTILINE)
_RULES = "mkdocs.yml"
"""Where the rules stand that a change is judged by, as it is shown."""


def facts_between(before: Side, after: Side) -> Found:
    """Return every fact between two handbooks, by document and place."""
    pairs = document_pairs(before.handbook, after.handbook, led_elsewhere(before, after))
    touched = tuple(pair for pair in pairs if pair.before != pair.after or pair.before is None)
    steps = paired_steps(touched, pairs)
    names = _names(pairs, steps, before, after), Names(titles=titles_of(_documents(after)))
    facts = [fact for pair in touched for fact in (*document_facts(pair), *field_facts(pair))]
    facts = _re_homed(_each_once(facts), tuple(home_facts(pairs, before.handbook, after.handbook)))
    facts += step_facts(steps, *names)
    pages = _page_pairs(pairs, before, after)
    for text in (*_texts(touched), *_page_texts(pages, after)):
        facts += text_facts(_without_known_headings(text, before, after))
    facts = _named_as_now(formed(facts, pairs), pairs)
    facts += leftover_facts(facts, steps, before, after, pages)
    facts += [*_rule_facts(before, after), *decision_facts(before, after)]
    notes = (*before.notes, *after.notes, *(note("by blocks", title=title) for title in steps.by_blocks))
    flows = tuple(flow_changes(touched, steps, facts, before, after))
    ordered = tuple(sorted(facts, key=_order))
    return Found(ordered, tuple(_other_pages(before, after)), tuple(dict.fromkeys(notes)), flows)


def _names(pairs: Sequence[Pair], steps: Steps, side: Side, after: Side) -> Names:
    """Return what the ids of the side before mean, and what they are called after.

    What is gone is called so: something else may bear its id now.
    """
    documents = _documents(side)
    same = {one.id: one.id for one in documents if not one.own_page} | dict(_roles_named_alike(side, after))
    for pair in pairs:
        if pair.before and pair.after:
            same[pair.before.id] = pair.after.id
            if pair.before == pair.after:
                same |= {
                    f"{pair.before.id}#{step.id}": f"{pair.after.id}#{step.id}" for step in pair.before.all_steps()
                }
    for couple in steps.pairs:
        one, other = couple.before, couple.after
        same[f"{one.document.id}#{one.step.id}"] = f"{other.document.id}#{other.step.id}"
    titles = titles_of(documents)
    return Names({name: same.get(name, f"{name} that was") for name in titles}, titles)


def _roles_named_alike(before: Side, after: Side) -> Iterator[tuple[str, str]]:
    """Yield the two ids of each role that steps name as before, while its page came or went."""
    named = {folded(words_of(role.title)): role for role in after.handbook.roles}
    for role in before.handbook.roles:
        other = named.get(folded(words_of(role.title)))
        if other is not None and other.own_page != role.own_page:
            yield role.id, other.id


def _documents(side: Side) -> tuple[Document, ...]:
    book = side.handbook
    return (*book.processes, *book.procedures, *book.roles, *book.records)


def _each_once(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts, what several documents of a page share once: its front matter is said of each.

    Of these the surest stays: a document may be the page's, and another one only look like an earlier one.
    """
    known: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        place = (fact.name, fact.fields, fact.before, fact.after) if fact.name.startswith("field.") else id(fact)
        if fact.confidence > known.setdefault((place,), fact).confidence:
            known[place,] = fact
    return list(known.values())


def _re_homed(facts: Sequence[Fact], homes: Sequence[Fact]) -> list[Fact]:
    """Return the facts with those of new homes, which say what a changed `process` says."""
    told = {fact.document for fact in homes}
    return [*(fact for fact in facts if fact.name != "field.process" or fact.document not in told), *homes]


def _named_as_now(facts: Sequence[Fact], pairs: Sequence[Pair]) -> list[Fact]:
    """Return the facts, what went of a document that is called otherwise now under the name that it has now."""
    now = {
        pair.before.id: pair.after for pair in pairs if pair.before and pair.after and pair.before.id != pair.after.id
    }
    taken = {pair.after.id for pair in pairs if pair.after}
    return [
        replace(fact, document=new.id, title=new.title, kind=new.kind)
        if (new := now.get(fact.document)) is not None and fact.after is None and fact.document not in taken
        else fact
        for fact in facts
    ]


def _page_pairs(pairs: Sequence[Pair], before: Side, after: Side) -> list[tuple[PageRead, PageRead]]:
    """Return each page with its partner: of the same path, else where its documents went."""
    ours, theirs = ({page.path: page for page in side.handbook.pages} for side in (before, after))
    found = {path: path for path in ours if path in theirs}
    gone = [(pair.before.path, pair.after.path) for pair in pairs if pair.before and pair.after]
    for one, other in sorted(gone, key=sorted):
        if one not in theirs and other not in ours and one not in found and other not in found.values():
            found[one] = other
    return [(ours[one], theirs[other]) for one, other in sorted(found.items())]


def _texts(pairs: Sequence[Pair]) -> Iterator[Text]:
    """Yield what stands outside of the steps of each document, without what went over to its parts."""
    for pair in pairs:
        if pair.before and pair.after and (pair.before.rest != pair.after.rest or pair.more_before or pair.more_after):
            document = shown(pair)
            ours, theirs = _outside(pair.before), _outside(pair.after)
            paths = (pair.before.path, pair.after.path)
            gone, come = _said(pair.more_after), _said(pair.more_before)
            yield Text(document.id, document.title, document.kind, paths,
                       tuple(rest for rest in ours if rest.text not in gone),
                       tuple(rest for rest in theirs if rest.text not in come))  # fmt: skip
            for part in pair.more_after:
                new = tuple(rest for rest in _outside(part) if rest.text and rest.text not in _said([pair.before]))
                yield Text(part.id, part.title, part.kind, (part.path, part.path), (), new)
            for part in pair.more_before:
                old = tuple(rest for rest in _outside(part) if rest.text and rest.text not in _said([pair.after]))
                yield Text(part.id, part.title, part.kind, (part.path, part.path), old, ())


def _said(documents: Iterable[Document]) -> frozenset[str]:
    return frozenset(rest.text for document in documents for rest in document.rest if rest.text)


def _outside(document: Document) -> tuple[Rest, ...]:
    """Return what is in neither steps nor facts; a heading with nothing below it may be a step itself."""
    steps = {step.line for step in document.all_steps()}
    return tuple(rest for rest in document.rest if rest.text or rest.line not in steps)


def _without_known_headings(text: Text, before: Side, after: Side) -> Text:
    """Return the text without bare headings that the other side has too, with something below them."""
    ours, theirs = (_headings(side.texts.get(path, "")) for side, path in zip((before, after), text.paths, strict=True))
    return replace(
        text,
        before=tuple(rest for rest in text.before if rest.text or folded(words_of(rest.heading)) not in theirs),
        after=tuple(rest for rest in text.after if rest.text or folded(words_of(rest.heading)) not in ours),
        headings=(ours, theirs),
    )


def _headings(text: str) -> frozenset[tuple[str, ...]]:
    """Return the words of every heading of a page."""
    return frozenset(folded(words_of(line)) for line in _HEADING.findall(text.replace("\r", "")))


def _page_texts(pages: Sequence[tuple[PageRead, PageRead]], after: Side) -> Iterator[Text]:
    """Yield what stands on typed pages outside of all their documents."""
    for page, other in pages:
        if page.rest != other.rest and page.kind and other.kind:
            whose = whose_page(other, after.handbook)
            name, title = (whose.id, whose.title) if whose else (other.path, other.title)
            yield Text(name, title, other.kind, (page.path, other.path), page.rest, other.rest)


def _other_pages(before: Side, after: Side) -> Iterator[str]:
    """Yield the pages of no kind whose text is another."""
    ours, theirs = _ordinary(before), _ordinary(after)
    for path in sorted({*ours, *theirs}):
        both = path in before.texts and path in after.texts
        if before.texts.get(path) != after.texts.get(path) and (not both or (path in ours and path in theirs)):
            yield path


def _ordinary(side: Side) -> dict[str, PageRead]:
    return {page.path: page for page in side.handbook.pages if page.kind is None}


def _rule_facts(before: Side, after: Side) -> Iterator[Fact]:
    """Yield each option that is another: a change may not quietly change the rules that it is judged by."""
    for option in fields(before.options):
        one, other = getattr(before.options, option.name), getattr(after.options, option.name)
        if one != other:
            change = FieldChange(option.name, repr(one), repr(other))
            yield Fact("field", "changed", f"rules.{option.name}", _RULES, "The rules of the handbook", None,
                       Place(_RULES, 1), Place(_RULES, 1), (change,))  # fmt: skip


_ORDER = {"document": 0, "field": 1, "step": 2, "text": 3}


def _order(fact: Fact) -> tuple[object, ...]:
    place = fact.after or fact.before or Place("", 0)
    texts = [(one.name, one.before or "", one.after or "") for one in fact.fields]
    return fact.title, fact.document, _ORDER[fact.what], place.line, place.path, fact.name, texts
