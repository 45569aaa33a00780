"""What a change is called for people, and what all changes together mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from handrail.decisions import Decision
from handrail.diff import CLASSES, WEIGHTS, Change, Diff, FieldChange
from handrail.options import Class
from handrail.reports.lines import cut
from handrail.reports.phrases import ENGLISH, Phrases, counted_as, listed, phrase, phrases_of

_PLAIN = ("text", "document", "words", "number")
"""Fields whose name says no more than the change does."""


def name_of(change: Change, phrases: Phrases = ENGLISH) -> str:
    """Return what a change is called: `Step removed`, `Hold point removed`, `Owner changed`."""
    fact = change.fact
    family, _, part = fact.name.partition(".")
    name = phrases.get(f"review.{fact.name}") or _part(family, part, phrases)
    if fact.name in ("text.row", "text.section") or fact.what == "field":
        return _with_verb(name, fact.how, phrases)
    if fact.how == "changed" and fact.what == "step":
        return _with_verb(name, direction(fact.fields[0]), phrases)
    return name


def _part(family: str, part: str, phrases: Phrases) -> str:
    """Return the name of a fact, an option, or of what a step says."""
    plain = part.removeprefix("aspects.").replace("_", " ").replace(".", " ")
    if family == "rules":
        return phrase(phrases, "option", what=plain)
    if family == "step":
        said = phrases.get(f"say.{part}", plain)
        return phrase(phrases, "aspect", what=said if phrases is not ENGLISH else plain)
    own = phrases.get(f"fact.{part}", plain) if phrases is not ENGLISH else plain
    return own[:1].upper() + own[1:]


def _with_verb(name: str, how: str, phrases: Phrases) -> str:
    verb = phrases.get(f"review.verb.{how}", phrases["review.verb.changed"])
    return phrase(phrases, "verb", what=name, verb=verb)


def decision_said(decision: Decision, phrases: Phrases) -> str:
    """Return what a reviewer decided about a change, in one line."""
    judged = [phrases[f"class.{decision.class_}"]] if decision.class_ else []
    judged += [phrases[f"weight.{decision.weight}"]] if decision.weight else []
    key = "decision.corrected" if judged else "decision.accepted"
    return phrase(phrases, key, judged=" ".join(judged), by=decision.by, on=decision.on, why=decision.why)


def direction(field: FieldChange) -> str:
    """Return whether a field came, went, or is another."""
    if field.before is None:
        return "added"
    return "removed" if field.after is None else "changed"


def part_of(change: Change, field: FieldChange, phrases: Phrases = ENGLISH) -> str:
    """Return the name of a field where it says more than the name of its change."""
    if field.name in _PLAIN or change.fact.name.endswith(f".{field.name}"):
        return ""
    plain = field.name.replace("_", " ")
    other = plain if phrases is ENGLISH else phrases.get(f"say.{field.name}", plain)
    return phrases.get(f"review.part.{field.name}", other)


def by_document(changes: Iterable[Change]) -> dict[tuple[str, str], list[Change]]:
    """Return the changes of each document, by title and id, in their order."""
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        found.setdefault((change.fact.title, change.fact.document), []).append(change)
    return found


def by_class(changes: Iterable[Change]) -> dict[Class, list[Change]]:
    """Return the changes of each class, classes in the order of what they touch, the heaviest changes first."""
    found: dict[Class, list[Change]] = {name: [] for name in CLASSES}
    for change in changes:
        found[change.class_].append(change)
    return {
        name: sorted(inside, key=lambda change: WEIGHTS.index(change.weight))
        for name, inside in found.items()
        if inside
    }


def meaning(diff: Diff) -> Iterator[str]:
    """Yield what all changes together mean, one sentence each; where it changes first, then what matters most."""
    phrases = phrases_of(diff)
    changes = diff.changes
    if not changes:
        yield phrases["review.nothing"]
    elif all(change.class_ == "editorial" for change in changes):
        yield phrase(phrases, "editorial", documents=_titles(changes, phrases))
    else:
        yield _where(changes, phrases)
        yield from _steps(changes, phrases)
    yield from _controls(changes, phrases)
    yield from _outcomes(changes, phrases)
    yield from _roles(changes, phrases)
    broken = [change for change in changes if change.class_ == "interface" and change.weight == "breaking"]
    if broken:
        yield counted_as(phrases, "interface", len(broken))
    rules = [change for change in changes if change.fact.name.startswith("rules.")]
    if rules:
        yield counted_as(phrases, "rules", len(rules))
    accepted = [change for change in changes if change.accepted]
    if accepted:
        roles = ", ".join(sorted({change.decision.by for change in accepted if change.decision}))
        yield counted_as(phrases, "accepted", len(accepted), roles=roles)
    if diff.other_pages:
        yield counted_as(phrases, "unread", len(diff.other_pages))


_NAMED = 3
"""So many documents or roles are named; the others are counted."""
_TITLE = 60
"""So much of a title or a sentence is named."""


def _titles(changes: Iterable[Change], phrases: Phrases) -> str:
    """Return the titles of the documents that change, by their ids each once."""
    found = {change.fact.document: _short(change.fact.title) for change in changes}
    return listed(phrases, found.values(), _NAMED)


def _short(text: str) -> str:
    return cut(text, _TITLE).rstrip(".:")


_PLACED = ("document.moved", "document.renamed", "document.form")


def _where(changes: Sequence[Change], phrases: Phrases) -> str:
    """Return in which documents steps, facts and the text around them change."""
    groups = (
        ("steps", [change for change in changes if change.fact.what == "step"]),
        ("text", [change for change in changes if change.fact.what == "text"]),
        ("facts", [change for change in changes if change.fact.what == "field" and _is_told_as_fact(change)]),
        ("new", [change for change in changes if change.fact.name in ("document.added", "document.copied")]),
        ("gone", [change for change in changes if change.fact.name in ("document.removed", "document.copy removed")]),
        ("placed", [change for change in changes if change.fact.name in _PLACED]),
    )
    titles = {name: _titles(found, phrases) for name, found in groups if found}
    if set(titles) <= {"steps", "text", "facts"} and len(set(titles.values())) == 1:
        said = listed(phrases, (phrases[f"review.only.{name}"] for name in titles), _NAMED)
        return phrase(phrases, "where.one", title=next(iter(titles.values())), parts=said)
    parts = [phrase(phrases, f"where.{name}", documents=found) for name, found in titles.items()]
    rest = [change for change in changes if change.fact.what == "document"]
    return phrase(phrases, "where", parts="; ".join(parts) or _titles(rest or changes, phrases))


_FATES = {"step.added": "new", "step.removed": "gone", "step.copied": "new", "step.copy removed": "gone"}


def _steps(changes: Sequence[Change], phrases: Phrases) -> Iterator[str]:
    """Yield how many steps are new, go, or change, each counted once."""
    fates: dict[tuple[str, str | None], str] = {}
    for change in changes:
        fact = change.fact
        if fact.what == "step" and change.class_ != "editorial":
            fates.setdefault((fact.document, fact.step), _FATES.get(fact.name, "changed"))
    counts = [(fate, sum(one == fate for one in fates.values())) for fate in ("new", "gone", "changed")]
    parts = [counted_as(phrases, f"steps.{fate}", count) for fate, count in counts if count]
    if parts:
        yield phrase(phrases, "sentence", text=listed(phrases, parts, len(counts)))


def _is_told_as_fact(change: Change) -> bool:
    """Whether a fact of a document changes, not a rule of the handbook, which is told by itself."""
    return not change.fact.name.startswith("rules.")


def _outcomes(changes: Sequence[Change], phrases: Phrases) -> Iterator[str]:
    """Yield of each process that changes whether its outcome does."""
    touched: dict[str, bool] = {}
    for change in changes:
        if change.fact.kind == "process" and change.fact.what != "document":
            touched[change.fact.title] = touched.get(change.fact.title, False) or change.class_ == "outcome"
    for title in [title for title, changed in touched.items() if changed]:
        yield phrase(phrases, "outcome.changes", title=_short(title))
    same = [_short(title) for title, changed in touched.items() if not changed]
    if len(same) == 1:
        yield phrase(phrases, "outcome.unchanged", title=same[0])
    elif same:
        yield phrase(phrases, "outcomes.unchanged", documents=listed(phrases, same, _NAMED))


def _controls(changes: Sequence[Change], phrases: Phrases) -> Iterator[str]:
    """Yield which approvals, checks and records go, then where others are touched."""
    controls = [
        change for change in changes if change.class_ == "control" and not change.fact.name.startswith("rules.")
    ]
    gone = [change for change in controls if change.weight == "breaking"]
    if gone:
        names = listed(phrases, dict.fromkeys(_control(change, phrases) for change in gone), _NAMED)
        yield counted_as(phrases, "control.goes", len(gone), names=names)
    rest = [change for change in controls if change.weight != "breaking"]
    if rest:
        key = "control.more" if gone else "control.touched"
        yield counted_as(phrases, key, len(rest), documents=_titles(rest, phrases))


def _control(change: Change, phrases: Phrases) -> str:
    """Return what goes, by its own words where there are any: `“QA releases it” in Release`."""
    fact = change.fact
    said = next((field.before for field in fact.fields if field.before and field.name != "number"), fact.sentence)
    what = phrase(phrases, "quoted", text=_short(said)) if said else name_of(change, phrases)
    return phrase(phrases, "in", what=what, title=_short(fact.title))


def _roles(changes: Sequence[Change], phrases: Phrases) -> Iterator[str]:
    """Yield who does something else than before: of one or two roles, in which documents too."""
    documents: dict[str, list[Change]] = {}
    for change in changes:
        if change.fact.what == "step" and change.class_ != "editorial":
            for role in change.fact.roles:
                documents.setdefault(role, []).append(change)
    ordered = sorted(documents, key=lambda role: (-len({one.fact.document for one in documents[role]}), role))
    if len(ordered) > 2:
        yield phrase(phrases, "roles.do", roles=listed(phrases, map(_short, ordered), 2 * _NAMED))
        return
    for role in ordered:
        yield phrase(phrases, "role.does", role=_short(role), documents=_titles(documents[role], phrases))
