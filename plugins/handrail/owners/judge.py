"""Which documents a forge protects for their owners, which not, and the lines that mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from handrail.dataclass import dataclass
from handrail.model import Document, Handbook
from handrail.options import Options
from handrail.owners.file import PLACES, CodeOwners, Forge, Rule
from handrail.owners.patterns import matcher
from handrail.problems import Problem, in_order
from handrail.reader.roles import folded

_SECTION = "Handbook"
_APPROVERS = "Handbook approvers"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who has to approve a change of a page."""

    page: str
    """Its path below the root of the repository."""
    line: int
    owners: tuple[str, ...]
    """Handles of those who own it."""
    approvers: tuple[str, ...]
    """Handles of those who approve it beside them."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """What a CODEOWNERS file does for a handbook."""

    path: str
    """The file, below the root of the repository; where there is none, where it belongs."""
    forge: Forge
    problems: tuple[Problem, ...]
    lines: tuple[str, ...]
    """What to put in; empty where nothing is missing."""
    protected: int
    """How many pages nobody can change past their owner."""
    owned: int
    """How many pages state an owner."""
    unowned: int
    """How many documents state none."""


def ownership_of(
    handbook: Handbook, options: Options, docs: str, files: Collection[str], said: CodeOwners | None, forge: Forge
) -> Ownership:
    """Return how well a CODEOWNERS file protects the pages of a handbook.

    `docs` is the folder of the pages below the root of the repository, `files` are all files of the repository.
    """
    handles = {folded(name): given for name, given in options.handles}
    everything = _own(handbook)
    prefix = "" if docs in ("", ".") else f"{docs}/"
    wanted = [_wanted(prefix, documents, handles) for documents in _by_page(everything).values()]
    wanted = [one for one in wanted if one.owners]
    place = said.path if said is not None else PLACES[forge][0]
    rows = [(one, list(_of_page(one, said, place))) for one in wanted]
    problems = [problem for _, found in rows for problem in found]
    problems += _without_handle(everything, handles, prefix)
    problems += _of_file(said, files) if said is not None else []
    open_ = [one for one, found in rows if found and one.page.isprintable()]
    paths = {one.path for one in everything if one.values("owner")}
    unowned = sum(not one.values("owner") for one in everything if one.kind in ("process", "procedure"))
    lines, protected = tuple(_lines(open_, forge)), sum(not found for _, found in rows)
    return Ownership(place, forge, in_order(problems), lines, protected, len(paths), unowned)


def _own(handbook: Handbook) -> list[Document]:
    everything = (*handbook.processes, *handbook.procedures, *handbook.roles, *handbook.records)
    return sorted((one for one in everything if one.own_page), key=lambda one: (one.path, one.line))


def _by_page(documents: Sequence[Document]) -> Mapping[str, list[Document]]:
    pages: dict[str, list[Document]] = {}
    for document in documents:
        pages.setdefault(document.path, []).append(document)
    return pages


def _wanted(prefix: str, documents: Sequence[Document], handles: Mapping[str, tuple[str, ...]]) -> Wanted:
    page = f"{prefix}{documents[0].path}"
    owners, approvers = (
        dict.fromkeys(handle for one in documents for name in one.values(fact) for handle in _handles(name, handles))
        for fact in ("owner", "approved_by")
    )
    lines = [stated.line for one in documents for stated in one.facts.get("owner", ())]
    return Wanted(page, lines[0] if lines else 1, tuple(owners), tuple(one for one in approvers if one not in owners))


def _handles(name: str, handles: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return how the forge calls a role or a person; a name that is a handle itself is its own."""
    said = name.strip()
    return (said,) if _is_handle(said) else handles.get(folded(said), ())


def _is_handle(text: str) -> bool:
    return len(text.split()) == 1 and "@" in text and text.strip("@") != ""


def _without_handle(
    documents: Sequence[Document], handles: Mapping[str, tuple[str, ...]], prefix: str
) -> Iterator[Problem]:
    """Yield each name of which nobody knows what the forge calls it, where it stands first."""
    seen: set[str] = set()
    for document in documents:
        for stated in (*document.facts.get("owner", ()), *document.facts.get("approved_by", ())):
            name = " ".join(stated.text.split())
            if folded(name) not in seen and not _handles(name, handles):
                seen.add(folded(name))
                yield Problem(
                    "owners-handle", "warning", f"{prefix}{document.path}", stated.line, stated.column,
                    f"Nobody knows what the forge calls `{name}`, so its approval cannot be asked for.",
                    f"Add it to the option `handles`: `handles: {{{name}: '@name'}}`.",
                )  # fmt: skip


# ---- page by page ----


def _of_page(one: Wanted, said: CodeOwners | None, place: str) -> Iterator[Problem]:
    """Yield how a change of a page could pass its owner."""
    rules = [rule for rule in said.asked_for(one.page) if rule.owners] if said is not None else []
    needed = [rule for rule in rules if not rule.optional]
    names = ", ".join(one.owners)
    if said is not None and any(_only(rule, one) for rule in needed):
        return
    mend = f"Put in the line that `handrail owners` prints for it, below all others, into {place}."
    if not one.page.isprintable():
        mend = "Rename the page: no line of the file can hold a line break or a sign that is not seen."
    if not needed:
        asked = " It is asked for in an optional section alone." if rules else ""
        yield _problem(
            "owners-missing", one, f"A change needs nobody's approval; it should need that of {names}.{asked}", mend
        )
        return
    for rule in needed:
        strangers = ", ".join(owner for owner in rule.owners if not _is_one_of(owner, (*one.owners, *one.approvers)))
        if not any(_is_one_of(owner, rule.owners) for owner in one.owners):
            text = (
                f"Line {rule.line} of {place} asks {', '.join(rule.owners)} for approval, and not the owner, {names}."
            )
            yield _problem("owners-missing", one, text, mend)
        elif strangers:
            text = f"Line {rule.line} of {place} lets {strangers} approve a change as well, past the owner, {names}."
            yield _problem("owners-past", one, text, mend)


def _only(rule: Rule, one: Wanted) -> bool:
    """Whether nobody but the owners, and those who approve beside them, can approve, and an owner is among them."""
    allowed = (*one.owners, *one.approvers)
    return all(_is_one_of(owner, allowed) for owner in rule.owners) and any(
        _is_one_of(owner, rule.owners) for owner in one.owners
    )


def _is_one_of(handle: str, handles: Collection[str]) -> bool:
    return handle.casefold() in {other.casefold() for other in handles}


def _problem(rule: str, one: Wanted, message: str, mend: str) -> Problem:
    return Problem(rule, "warning", one.page, one.line, 1, message, mend)


# ---- the file itself ----


def _of_file(said: CodeOwners, files: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with the file: lines that the forge leaves out, that match nothing, and who guards it."""
    for line, why in said.wrong:
        yield Problem("owners-syntax", "warning", said.path, line, 1, f"{said.forge.title()} leaves this out: {why}.",
                      "Mend it, or take it out.")  # fmt: skip
    for rule in said.rules:
        if not any(map(matcher(rule.pattern, said.forge), files)):
            yield Problem("owners-stale", "warning", said.path, rule.line, 1,
                          f"`{rule.pattern}` matches no file.", "Take the line out, or mend the path.")  # fmt: skip
    if not any(rule.owners and not rule.optional for rule in said.asked_for(said.path)):
        why = "Anybody can change this file, and with it who approves."
        yield Problem("owners-past", "warning", said.path, 1, 1, why,
                      f"Add a last line such as `/{said.path} @owners`.")  # fmt: skip


# ---- the lines to put in ----


def _lines(wanted: Sequence[Wanted], forge: Forge) -> Iterator[str]:
    """Yield the lines that mend the file, to be put below all others."""
    if forge == "github":
        yield from (_line(one.page, (*one.owners, *one.approvers)) for one in wanted)
        return
    for section, rows in (
        (_SECTION, [(one.page, one.owners) for one in wanted]),
        (_APPROVERS, [(one.page, one.approvers) for one in wanted if one.approvers]),
    ):
        if rows:
            yield from (f"[{section}]", *(_line(page, owners) for page, owners in rows))


_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in " *?\\#"})


def _line(page: str, owners: Sequence[str]) -> str:
    return f"/{page.translate(_SIGNS)} {' '.join(owners)}"
