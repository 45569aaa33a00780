"""What every page needs to know: the handbook looked up from all sides, and where each name leads."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handrail.dataclass import dataclass
from handrail.flows import beside_each_other, branches, flow_words, graph_of
from handrail.flows.handovers import HandOver, hand_overs
from handrail.graph import Graph
from handrail.index import Index, gathered
from handrail.matrices import raci_processes
from handrail.model import Document, Handbook, Step
from handrail.pages.file_names import file_name
from handrail.render import Markup, Sentence, escape, filled, is_own, sentence_with
from handrail.stamp import Stamp

if TYPE_CHECKING:
    from handrail.history import Story

_RUN_WORDS = (
    "begin", "reset", "end", "progress", "done", "begun", "changed", "gone", "keep", "forgetful", "tick", "sure", "yes",
    "no", "label", "save", "load", "aid", "wrong",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link stands in."""

    source: str
    """The id of a document, or the path of an ordinary page."""
    step: Step | None


@dataclass(frozen=True, eq=False)
class Site(Index):
    """One handbook on its way to pages; made once for a build."""

    name: str = ""
    """The handbook's name, under which a reader's runs are remembered."""
    own_templates: Path | None = None
    """The folder `handrail` in the user's `theme.custom_dir`, if there is one."""
    stamp: Stamp | None = None
    """What prints say about the handbook; None where it is not known."""
    story: Story | None = None
    """What is told of the handbook's past; None where nobody asked for it."""

    @functools.cached_property
    def say(self) -> Callable[..., Markup]:
        """The function by which templates say something in the site's language."""
        kinds = self.kinds
        table = {**self.words.site, **kinds}
        known: dict[str, Sentence] = {}
        plain: dict[str, Markup] = {}

        def say(key: str, /, **values: object) -> Markup:
            if key not in known:
                known[key] = sentence_with(table[key], kinds)
            if values:
                return filled(known[key], values)
            if key not in plain:
                plain[key] = filled(known[key], values)
            return plain[key]

        return say

    @functools.cached_property
    def blank_feet(self) -> dict[Hashable, Sequence[str]] | None:
        """What stands behind steps -> its HTML, with places for the words of a step; None where users make it."""
        return None if is_own("step_foot", self.own_templates) else {}

    @functools.cached_property
    def run_words(self) -> Markup:
        """What the script says around a run, as JSON; escaped, since it stands on each page with steps."""
        return escape(json.dumps({word: self.words.site[f"run.{word}"] for word in _RUN_WORDS}, ensure_ascii=False))

    @functools.cached_property
    def hand_overs(self) -> tuple[HandOver, ...]:
        """What processes give to each other."""
        return hand_overs(self.handbook)

    @functools.cached_property
    def side_by_side(self) -> Mapping[str, str]:
        """Id of the last of some procedures that different roles do side by side -> the id of the first."""
        groups = (group for path in self.handbook.by_path for group in beside_each_other(path, self.handbook))
        return {group[-1].id: group[0].id for group in groups if len(group) > 1}

    @functools.cached_property
    def flow(self) -> Callable[[Document, int], Graph]:
        """The function that gives a document's flow to a depth, made once: its nodes lead to ids, not to addresses."""
        handbook, words = self.handbook, flow_words(self.words.site)
        made: dict[tuple[str, str, int], Graph] = {}

        def flow(document: Document, depth: int) -> Graph:
            key = document.path, document.id, depth
            if key not in made:
                made[key] = graph_of(document, handbook, lambda name: name, words, depth)
            return made[key]

        return flow

    @functools.cached_property
    def flow_files(self) -> Mapping[str, str]:
        """Id of each document whose flow is drawn -> the name of its files, in the order of the handbook."""
        taken: set[str] = set()
        found: dict[str, str] = {}
        for document in (*self.handbook.processes, *self.handbook.procedures):
            if _is_drawn(document):
                file = file_name(document.id)
                while file.casefold() in taken:
                    file += "-"
                taken.add(file.casefold())
                found[document.id] = file
        return found

    @functools.cached_property
    def manned(self) -> frozenset[str]:
        """Ids of the processes in which some role has a part: their flow pages show who does what."""
        return frozenset(process.id for process in raci_processes(self))

    @functools.cached_property
    def linked(self) -> Mapping[str, tuple[Linked, ...]]:
        """Id of a document -> each link from elsewhere to it or to one of its steps, with what it stands in."""
        at = _StepsByLine(self.handbook)
        return gathered(
            (target, Linked(source, at.step(source, link.line)))
            for source, link in self.handbook.links
            if (target := link.target.partition("#")[0]) != source
        )

    @functools.cached_property
    def alone(self) -> frozenset[str]:
        """Ids of the documents whose steps are all done by one role, or by none."""
        return frozenset(document.id for document in self.flows if len(_doers(document)) <= 1)

    @functools.cached_property
    def railed(self) -> frozenset[str]:
        """Ids of the processes that say of any activity what holds it; in others, "unsaid" at each tells nothing."""
        said = (document for document in self.handbook.processes if any(map(_is_held, document.all_steps())))
        return frozenset(document.id for document in said)

    @functools.cached_property
    def small_words(self) -> frozenset[str]:
        """Every word that a step or a purpose of the handbook writes with a small letter: such a word is no name."""
        documents = self.handbook.documents.values()
        texts = (text for one in documents for text in (one.fact("purpose"), *(step.text for step in one.all_steps())))
        return frozenset(word.strip(".,;:!?()") for text in texts if text for word in text.split() if word[0].islower())


def _is_drawn(document: Document) -> bool:
    """Return whether a flow is drawn: of each process, and of a procedure that does more than go straight on."""
    return bool(document.steps) if document.kind == "process" else branches(document)


class _StepsByLine:
    """Finds the innermost step that holds a line; each document is taken apart once."""

    def __init__(self, handbook: Handbook) -> None:
        self._documents = handbook.documents
        self._lines: dict[str, dict[int, Step]] = {}

    def step(self, source: str, line: int) -> Step | None:
        """Return the step of a document that holds a line of its page."""
        if source not in self._lines:
            document = self._documents.get(source)
            steps = document.all_steps() if document is not None else ()
            self._lines[source] = {number: step for step in steps for number in range(step.line, step.end + 1)}
        return self._lines[source].get(line)


def _is_held(step: Step) -> bool:
    return step.rail in ("fixed", "judgement")


def _doers(document: Document) -> set[str]:
    return {use.role for step in document.all_steps() for use in step.roles if use.part == "does"}


@dataclass(frozen=True, slots=True)
class View:
    """One page that is being written: the site, and where names lead as seen from this page."""

    site: Site
    url: Callable[[str], str | None]
    """Address of an id, of `id#step`, of the path of an ordinary page, or of a generated page by its name."""
    line_url: Callable[[str, int], str | None] = lambda path, line: None
    """The forge's address of a line of a page, where known."""

    @property
    def handbook(self) -> Handbook:
        """The handbook."""
        return self.site.handbook
