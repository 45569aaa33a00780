"""The Handbook put together from its pages, with every problem of the links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handrail.links.clauses import clause_problems
from handrail.links.dead import dead_links, step_links
from handrail.links.flow import after_arrows, numbers_of, steps_of
from handrail.links.ids import Place, document_ids, step_places
from handrail.links.leads import Flow
from handrail.links.names import Names, record_names, role_names, same_names
from handrail.links.reviews import due_day, review_problems
from handrail.links.targets import Targets, short_names, targets_of
from handrail.model import Document, Handbook, LinkTo, PageRead, Stated
from handrail.options import Options
from handrail.problems import Problem, did_you_mean, in_order
from handrail.reader.raw import RawDocument, RawLink, RawPage, every_step
from handrail.words.table import Words


def handbook_of(
    pages: Sequence[RawPage], options: Options, plugins: Sequence[str] = (), problems: Iterable[Problem] = ()
) -> Handbook:
    """Return the handbook that the pages make, every name led to what it names.

    `plugins` are the host's: with autorefs among them, an id that Handrail does not know is left to it.
    """
    raws = [document for page in pages for document in page.documents]
    by_path = {page.path: page for page in pages}
    ids, found = document_ids(raws)
    id_of = {id(raw): name for raw, name in zip(raws, ids, strict=True)}
    places: dict[int, Place] = {}
    used: dict[str, set[str]] = {}
    for raw in raws:
        own, more = step_places(raw, id_of[id(raw)], by_path[raw.path], used.setdefault(raw.path, set()))
        places |= own
        found += more
    words = options.recognised()
    bare = {id_of[id(raw)]: _bare(raw, id_of[id(raw)], words) for raw in raws}
    taken = set(bare)
    roles = role_names(pages, _of_kind("role", bare), options.roles, taken)
    records = record_names(pages, _of_kind("record", bare), options.records, taken, words)
    aliases, clashes = _aliases(raws, id_of, taken)
    others = {document.id: "" for document in (*roles.documents, *records.documents)}
    named = {document.title: document.id for document in (*roles.documents, *records.documents)}
    shorts = short_names({raw.path: id_of[id(raw)] for raw in raws if raw.heading_slug is None})
    targets = targets_of(pages, id_of, places, others, shorts | named | aliases)
    documents = dict(bare)
    processes = sorted(name for name, kind in targets.kinds.items() if kind == "process")
    for raw in raws:
        name = id_of[id(raw)]
        numbers, after = numbers_of(raw, places), after_arrows(raw, places, targets)
        flow = Flow(
            raw, name, by_path[raw.path], places, targets, roles, records, numbers, _anchors_of(raw, places), after
        )
        steps, more_problems = steps_of(flow)
        homes, unknown = _homes(raw, bare[name], targets, processes)
        homes = _in_states(homes, records)
        documents[name] = replace(bare[name], steps=steps, facts=homes)
        found += (*unknown, *more_problems, *review_problems(raw.facts, words))
    links = tuple(_links(pages, id_of, targets))
    found += [
        *clashes,
        *clause_problems(options.clauses),
        *dead_links(pages, targets, "autorefs" in plugins),
        *_circles(documents.values()),
        *_lost(documents),
        *same_names(_of_kind("role", bare), "role"),
        *same_names(_of_kind("record", bare), "record"),
    ]
    everything = (*documents.values(), *roles.documents, *records.documents)
    of_kind = {
        kind: tuple(document for document in everything if document.kind == kind)
        for kind in ("process", "procedure", "role", "record")
    }
    return Handbook(
        processes=of_kind["process"],
        procedures=of_kind["procedure"],
        roles=of_kind["role"],
        records=of_kind["record"],
        pages=tuple(_page_read(page, id_of) for page in pages),
        links=links,
        problems=in_order((*problems, *_of_pages(pages), *found)),
    )


def _anchors_of(document: RawDocument, places: Mapping[int, Place]) -> dict[str, str]:
    return {places[id(step)].id: places[id(step)].anchor for step in every_step(document.steps)}


def _of_pages(pages: Sequence[RawPage]) -> Iterator[Problem]:
    """Yield what the reading of the pages found."""
    for page in pages:
        yield from page.problems
        for raw in page.documents:
            for step in every_step(raw.steps):
                yield from step.problems


def _of_kind(kind: str, documents: Mapping[str, Document]) -> list[Document]:
    return [document for document in documents.values() if document.kind == kind]


def _bare(raw: RawDocument, name: str, words: Words) -> Document:
    """Return a document without its steps."""
    due = due_day(raw.facts, words)
    area = raw.area if raw.area is not None else raw.path.rpartition("/")[0]
    return Document(
        id=name,
        kind=raw.kind,
        title=raw.title,
        path=raw.path,
        line=raw.line,
        end=raw.end,
        anchor=raw.anchor,
        area=area,
        facts=raw.facts,
        aspects=raw.aspects,
        aliases=tuple(alias.text for alias in raw.aliases),
        variant_of=raw.variant_of.text if raw.variant_of else None,
        form=raw.form,
        order=raw.order,
        rest=raw.rest,
        written_id=raw.written_id is not None,
        due=due.isoformat() if due is not None else None,
    )


def _aliases(
    raws: Sequence[RawDocument], id_of: Mapping[int, str], taken: set[str]
) -> tuple[dict[str, str], list[Problem]]:
    """Return old ids with the ids that they stand for now; an old id that is another document's id is a problem."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for raw in raws:
        for alias in raw.aliases:
            name = alias.text.casefold()
            if (name in taken and name != id_of[id(raw)]) or name in found:
                problems.append(
                    Problem(
                        "duplicate-id",
                        "error",
                        raw.path,
                        alias.line,
                        alias.column,
                        f"The alias `{alias.text}` is the id of another document.",
                        "Remove it here.",
                    )
                )
            else:
                found[name] = id_of[id(raw)]
    return found, problems


def _homes(
    raw: RawDocument, document: Document, targets: Targets, processes: Sequence[str]
) -> tuple[Mapping[str, tuple[Stated, ...]], list[Problem]]:
    """Return the facts with the names of processes led to their ids, and a problem for each unknown one."""
    facts = dict(document.facts)
    problems: list[Problem] = []
    for fact in ("process", "part_of"):
        if fact not in facts:
            continue
        homes = [(stated, _process(stated.text, raw.path, targets)) for stated in facts[fact]]
        facts[fact] = tuple(replace(stated, text=home) if home else stated for stated, home in homes)
        problems += [_unknown_home(stated, fact, raw.path, processes) for stated, home in homes if home is None]
    return facts, problems


def _in_states(facts: Mapping[str, tuple[Stated, ...]], records: Names) -> Mapping[str, tuple[Stated, ...]]:
    """Return the facts with the states of what comes in and goes out in brackets, where a record's page names them."""
    both = [fact for fact in ("inputs", "outputs") if fact in facts] if records.states.of else []
    return {
        **facts,
        **{
            fact: tuple(
                replace(stated, text=text)
                for stated, text in zip(facts[fact], records.in_states([one.text for one in facts[fact]]), strict=True)
            )
            for fact in both
        },
    }


def _process(name: str, path: str, targets: Targets) -> str | None:
    """Return the id of the process that an id or an address names."""
    target = targets.by_id(name) or targets.by_address(name, path)
    if target is None or target.document is None or target.dead or target.step is not None:
        return None
    return target.document if targets.kinds.get(target.document) == "process" else None


def _unknown_home(stated: Stated, fact: str, path: str, processes: Sequence[str]) -> Problem:
    return Problem(
        "unknown-home",
        "error",
        path,
        stated.line,
        stated.column,
        f"There is no process `{stated.text}`.",
        did_you_mean(stated.text, processes, f"Name a process in `{fact}` by its id{_some(processes)}."),
    )


def _some(names: Sequence[str]) -> str:
    """Return the names behind a colon, where they are few."""
    return f": {', '.join(f'`{name}`' for name in names)}" if 0 < len(names) < 5 else ""


def _links(pages: Sequence[RawPage], id_of: Mapping[int, str], targets: Targets) -> Iterator[tuple[str, LinkTo]]:
    """Yield every link that leads to a document, with the document or page it stands in."""
    for page in pages:
        yield from _led(page.path, page.path, page.links, targets)
        for raw in page.documents:
            yield from _led(id_of[id(raw)], page.path, (*raw.links, *step_links(raw)), targets)


def _led(source: str, path: str, links: Iterable[RawLink], targets: Targets) -> Iterator[tuple[str, LinkTo]]:
    seen: set[tuple[str, int]] = set()
    for link in links:
        target = targets.of(link, path)
        if target is None or target.name is None or target.dead or (target.name, link.line) in seen:
            continue
        seen.add((target.name, link.line))
        yield source, LinkTo(target.name, link.text, path, link.line, link.column)


def _circles(documents: Iterable[Document]) -> Iterator[Problem]:
    """Yield a problem for each process that is, over others, a part of itself."""
    parents = {document.id: document.values("part_of") for document in documents if document.kind == "process"}
    by_id = {document.id: document for document in documents}
    for name in sorted(parents):
        chain = _chain(name, parents)
        if chain and name == min(chain):
            stated = by_id[name].facts["part_of"][0]
            way = " → ".join((*chain, name))
            yield Problem(
                "circle",
                "error",
                by_id[name].path,
                stated.line,
                stated.column,
                f"This process is part of itself: {way}.",
                "Remove one `part_of` of the circle.",
            )


def _chain(name: str, parents: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the processes from this one up to itself again, or nothing."""
    waiting = [(parent, [name]) for parent in parents.get(name, ())]
    seen: set[str] = set()
    while waiting:
        current, way = waiting.pop()
        if current == name:
            return way
        if current not in seen:
            seen.add(current)
            waiting += [(parent, [*way, current]) for parent in parents.get(current, ())]
    return []


def _lost(documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Yield a note for each procedure whose home process does not call it."""
    called: dict[str, set[str]] = {}
    for document in documents.values():
        for step in document.all_steps():
            for name in (*step.calls, *step.hands_over):
                called.setdefault(name, set()).add(document.id)
    for document in documents.values():
        if document.kind != "procedure":
            continue
        for stated in document.facts.get("process", ()):
            home = documents.get(stated.text)
            if (
                home is not None
                and home.kind == "process"
                and home.steps
                and not _reaches(home.id, document.id, called)
            ):
                yield Problem(
                    "not-in-flow",
                    "info",
                    document.path,
                    stated.line,
                    stated.column,
                    f"The flow of `{stated.text}` does not call `{document.id}`.",
                    "Link the procedure from the step of the process that it holds.",
                )


def _reaches(process: str, procedure: str, called: Mapping[str, set[str]]) -> bool:
    """Whether a process calls a procedure, by itself or over procedures that it calls."""
    waiting, seen = [procedure], {procedure}
    while waiting:
        for caller in called.get(waiting.pop(), ()):
            if caller == process:
                return True
            if caller not in seen:
                seen.add(caller)
                waiting.append(caller)
    return False


def _page_read(page: RawPage, id_of: Mapping[int, str]) -> PageRead:
    return PageRead(
        page.path,
        page.title,
        page.kind,
        tuple(id_of[id(raw)] for raw in page.documents),
        page.blocks,
        page.in_steps,
        page.in_facts,
        page.rest,
        page.asked_blocks,
    )
