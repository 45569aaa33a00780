"""The page on which any documents can be compared: the data that its script joins, and ready-made comparisons."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib.resources import files
from operator import attrgetter

from handrail.comparison import (
    DERIVED,
    MOST,
    Asked,
    Stepped,
    alignment_keys,
    answer_of,
    row_label,
    row_names,
    sections_of,
    stated_names,
    values_of,
)
from handrail.dataclass import dataclass
from handrail.index import PLURALS, by_title, clipped, title_of
from handrail.matching.aspects import Names
from handrail.model import Document, Step
from handrail.pages.comparison import comparison_html
from handrail.pages.download import Download
from handrail.pages.glance import procedures_of
from handrail.pages.site import Site, View
from handrail.pages.wording import Link, document_link
from handrail.render import Markup
from handrail.tables import piece_text

_SENTENCE, _TEXT, _SHORT = 400, 240, 140
"""So many characters of a step, of a section and of a fact are in the data; the pages have the rest."""
_SHOWN = ("role", "condition", "hold", "expect", "record", "within", "every", "takes", "judgement", "if_not")
"""What is told of a step beside its words."""
_STATED = attrgetter(
    "roles", "condition", "hold", "expect", "records", "within", "every", "takes", "judgement", "if_not"
)  # fmt: skip
"""What of a step says each of these: most steps say none."""
_WORDS = (
    "compare.row", "compare.facts", "compare.steps", "compare.count.one", "compare.count.many", "compare.absent",
    "compare.no_step", "compare.different", "compare.moves", "compare.elsewhere", "compare.pick", "compare.filter",
    "compare.drop", "compare.too_many", "compare.few", "compare.only", "compare.clear", "compare.copy",
    "compare.copied", "compare.address", "compare.region", "compare.sections", "compare.no_section",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """Documents that are worth comparing: those of a process, or the variants of a document."""

    title: Link
    members: tuple[Link, ...]
    ask: str
    """What the page's address ends with, so that the script shows them."""
    table: Markup | str
    """The comparison itself; empty where the process page has it."""


def data_path(site: Site) -> str:
    """Return where the data of the page lies."""
    return f"{site.options.folder}/compare-data.js"


def texts_path(site: Site) -> str:
    """Return where the text around the steps lies."""
    return f"{site.options.folder}/compare-texts.js"


def script_path(site: Site) -> str:
    """Return where the script of the page lies."""
    return f"{site.options.folder}/compare.js"


def has_compare_page(site: Site) -> bool:
    """Whether there is anything to compare."""
    return len(site.flows) > 1


def compare_page(view: View) -> Mapping[str, object]:
    """Return what the page shows."""
    site = view.site
    return {
        "data": view.url(data_path(site)),
        "texts": view.url(texts_path(site)),
        "script": view.url(script_path(site)),
        "words": _json({name.removeprefix("compare."): site.words.site[name] for name in _WORDS}),
        "kinds": tuple(_kinds(view)),
        "processes": tuple(_of_processes(view)),
        "variants": tuple(_of_variants(view)),
    }


def _kinds(view: View) -> Iterator[tuple[str, str, tuple[tuple[str, Link], ...]]]:
    """Yield each kind: what several and what one of it are called, and the id and link of each that can be picked."""
    site = view.site
    for kind in ("process", "procedure", "role", "record"):
        own = [one for one in _documents(site) if one.kind == kind]
        found = tuple(
            (one.id, document_link(one, view, one.id if title_of(one, site) in site.shared_titles else ""))
            for one in own
        )
        if found:
            yield site.kinds[PLURALS[kind]], site.kinds[kind], found


def compare_downloads(site: Site) -> Iterator[Download]:
    """Yield the files that only this page loads."""
    if has_compare_page(site):
        yield Download(data_path(site), partial(compare_data, site))
        yield Download(texts_path(site), partial(compare_texts, site))
        yield Download(script_path(site), _script)


def _script() -> str:
    return files("handrail.templates").joinpath("assets/handrail/handrail-compare.js").read_text(encoding="utf-8")


# ---- ready-made ----


def _of_processes(view: View) -> Iterator[ReadyMade]:
    for process in by_title(view.handbook.processes, view.site):
        procedures = procedures_of(process, view)
        if len(procedures) > 1:
            yield _ready(document_link(process, view), procedures, view)


def _of_variants(view: View) -> Iterator[ReadyMade]:
    """Yield the variants of each document, behind the document itself where it has steps too."""
    groups: dict[str, list[Document]] = {}
    for document in view.site.flows:
        if document.variant_of:
            groups.setdefault(document.variant_of, []).append(document)
    for number, (name, variants) in enumerate(sorted(groups.items()), 1):
        original = view.handbook.documents.get(name) or view.handbook.documents.get(name.casefold())
        members = tuple(variants) if original is None else (original, *variants)
        if len(members) > 1:
            title = document_link(original, view) if original is not None else Link(name)
            asked = Asked(members[:MOST], row_names(members[:MOST], view.handbook))
            yield _ready(title, members, view, comparison_html(asked, view, f"handrail-variants-{number}"))


def _ready(title: Link, members: Sequence[Document], view: View, table: Markup | str = "") -> ReadyMade:
    ask = f"#items={','.join(member.id for member in members[:MOST])}"
    return ReadyMade(title, tuple(document_link(member, view) for member in members), ask, table)


# ---- the data ----


def compare_data(site: Site) -> str:
    """Return every document with what it states and its steps, each with its key, as a script that only holds data.

    Addresses are not in it: the page has them, as it lists the documents.
    """
    keys = alignment_keys(site.flows)
    labels: dict[str, str] = {}
    items = [_json(_item(document, keys.get(document.id, ()), site, labels)) for document in _documents(site)]
    head = {
        "most": MOST,
        "labels": dict(sorted(labels.items())),
        "said": {name: site.words.site[f"say.{name}"] for name in _SHOWN},
    }
    lines = ",\n".join(items)
    text = f'window.handrailComparison={_json(head)[:-1]},"items":[\n{lines}\n]}};\n'
    return text.encode("utf-8", "replace").decode("utf-8")


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _documents(site: Site) -> tuple[Document, ...]:
    return (*site.flows, *by_title(site.handbook.roles, site), *by_title(site.handbook.records, site))


def _item(document: Document, keys: Sequence[int], site: Site, labels: dict[str, str]) -> Mapping[str, object]:
    """Return a document: id, former ids where it has any, what it states, what follows, and its steps."""
    facts: dict[str, str] = {}
    following: dict[str, str] = {}
    for name in dict.fromkeys(("kind", *DERIVED, *stated_names((document,)))):
        answer = answer_of(document, name, site)
        if answer.pieces:
            said = following if answer.state == "derived" or name == "kind" else facts
            said[name] = clipped("; ".join(map(piece_text, answer.pieces)), _SHORT)
            labels.setdefault(name, row_label(name, site))
    steps = [_step(step, key, document, site) for step, key in zip(document.all_steps(), keys, strict=False)]
    former = {"a": document.aliases} if document.aliases else {}
    return {"i": document.id, **former, "f": facts, "d": following, "s": steps}


def _step(step: Step, key: int, document: Document, site: Site) -> list[object]:
    said = {}
    for name, stated in zip(_SHOWN, _STATED(step), strict=True):
        values = _values(name, step, document, site) if stated else ()
        if values:
            said[name] = clipped("; ".join(values), _SHORT // 2)
    # Key, number, anchor, text, and what else is said.
    return [key, step.number, step.anchor, clipped(step.text, _SENTENCE), *([said] if said else [])]


def _values(name: str, step: Step, document: Document, site: Site) -> list[str]:
    return [shown for key, shown in values_of(name, Stepped(document, step), Names(titles=site.titles)) if key]


def compare_texts(site: Site) -> str:
    """Return what stands around the steps of every document, by its headings, as a script that only holds data.

    A number stands for all words of a heading, also those that are cut off here.
    """
    lines = ",\n".join(
        f"{_json(document.id)}:{_json(texts)}" for document in _documents(site) if (texts := _texts(document, site))
    )
    return f"window.handrailTexts={{\n{lines}\n}};\n".encode("utf-8", "replace").decode("utf-8")


def _texts(document: Document, site: Site) -> list[list[object]]:
    found: list[list[object]] = []
    for key, section in sections_of(document).items():
        text = " ".join(section.words)
        beginning = " ".join(section.words[:_TEXT])  # more than enough of them
        number = zlib.crc32(text.encode("utf-8", "replace"))
        found.append([key, section.title or row_label(f"section:{key}", site), clipped(beginning, _TEXT), number])
    return found
