"""Front matter: YAML read as it is written, with the place of every key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from handrail.dataclass import dataclass
from handrail.problems import Problem

Value = str | tuple["Node", ...] | dict[str, "Node"] | None

_FENCED = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_BARE_LINE = re.compile(r"([A-Za-z0-9_-]+):\s*(.*)")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+:")
_DEPTH = 30
_TAGS = re.compile(r"tag:yaml\.org,2002:(?:str|map|seq|null|bool|int|float|timestamp|merge|value)\Z")
_NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the front matter: text as it is written, a list, a mapping, or nothing."""

    value: Value
    line: int
    column: int
    key: tuple[int, int] | None = None
    """Line and column of the key before it, in a mapping."""

    @property
    def begins(self) -> tuple[int, int]:
        """Line and column of its key; of itself, where it has none."""
        return self.key or (self.line, self.column)

    @property
    def text(self) -> str | None:
        """The value where it is a text that is not empty."""
        return self.value.strip() or None if isinstance(self.value, str) else None

    @property
    def items(self) -> tuple[Node, ...]:
        """The values of a list; a single value is a list of one, nothing is an empty list."""
        if isinstance(self.value, tuple):
            return self.value
        return () if self.value is None or isinstance(self.value, dict) else (self,)

    @property
    def mapping(self) -> dict[str, Node]:
        """The values by key; empty where this is no mapping."""
        return self.value if isinstance(self.value, dict) else {}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a page: its values, and how many lines it takes."""

    values: dict[str, Node]
    lines: int = 0
    """Lines of the file before the text begins."""
    fenced: bool = True
    """Whether it stands between `---` lines; a bare block of `key: value` lines does not."""


class _Refused(Exception):
    """YAML that Handrail does not accept, with its place and the mend."""

    def __init__(self, line: int, column: int, message: str, mend: str) -> None:
        super().__init__(message)
        self.line, self.column, self.message, self.mend = line, column, message, mend


def front_matter(path: str, text: str) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """Return the front matter at the head of a page's text, and what is wrong with it.

    `text` has its line ends as `\\n` and no byte-order mark. Broken front matter counts as none, and
    is then skipped, so that none of it is taken for text of the page.
    """
    if not text.startswith("---"):
        return _bare(text), ()
    fenced = _FENCED.match(text)
    if fenced is None:
        unclosed = re.match(r"---[ \t]*\n(?=[\w-]+:(?:\s|$))", text)
        return FrontMatter({}), (_unclosed(path),) if unclosed else ()
    lines = text[: fenced.end()].count("\n") + (0 if fenced.group().endswith("\n") else 1)
    try:
        node = yaml_node(fenced.group(1), 2)
    except _Refused as refused:
        problem = Problem("front-matter", "error", path, refused.line, refused.column, refused.message, refused.mend)
        return FrontMatter({}, lines), (problem,)
    if node.value is not None and not isinstance(node.value, dict):
        message = "The front matter is no mapping of keys to values."
        problem = Problem("front-matter", "error", path, 2, 1, message, "Write one `key: value` a line.")
        return FrontMatter({}, lines), (problem,)
    return FrontMatter(node.mapping, lines), ()


def comment_options(path: str, text: str, line: int, column: int) -> tuple[dict[str, Node], tuple[Problem, ...]]:
    """Return what a `<!-- handrail: {...} -->` comment says, and what is wrong with it."""
    try:
        node = yaml_node(text, line, column)
    except _Refused as refused:
        problem = Problem("comment", "error", path, refused.line, refused.column, refused.message, refused.mend)
        return {}, (problem,)
    said = node.mapping.get("handrail")
    if said is None or not isinstance(said.value, dict):
        message = "The Handrail comment holds no mapping."
        mend = "Write `<!-- handrail: {kind: procedure} -->`."
        return {}, (Problem("comment", "error", path, line, column, message, mend),)
    return said.mapping, ()


def block_options(path: str, text: str, line: int, column: int, rule: str) -> Node | Problem:
    """Return what the YAML of a fenced block says, or what is wrong with it under the name of this rule.

    `column` is where each of its lines begins: the block may stand further in.
    """
    try:
        return yaml_node(text, line, column, column)
    except _Refused as refused:
        return Problem(rule, "error", path, refused.line, refused.column, refused.message, refused.mend)


def _unclosed(path: str) -> Problem:
    return Problem(
        "front-matter",
        "error",
        path,
        1,
        1,
        "The front matter is not closed.",
        "End it with a line `---` of its own.",
    )


def _bare(text: str) -> FrontMatter:
    """Return a bare block of `key: value` lines at the head of the text, as MultiMarkdown writes it."""
    values: dict[str, Node] = {}
    if not _BARE_KEY.match(text):
        return FrontMatter({})
    for number, line in enumerate(text.split("\n", 64)[:64], 1):
        match = _BARE_LINE.fullmatch(line)
        if match is None:
            closed = bool(values) and (not line.strip() or line.strip() == "---")
            return FrontMatter(values, number, fenced=False) if closed else FrontMatter({})
        values.setdefault(match[1], Node(match[2].strip().strip("\"'"), number, match.start(2) + 1))
    return FrontMatter({})


def yaml_node(text: str, line: int = 1, column: int = 1, below: int = 1) -> Node:
    """Return YAML as nodes whose scalars are kept as written.

    `line` and `column` are where the text begins; its other lines begin at the column `below`.

    Raises `_Refused` for YAML that is malformed, has duplicate keys, anchors, aliases or tags, or is
    nested deeper than 30 levels.
    """
    try:
        events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return _Composer(events, line, column, below).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = _within(text, line, mark.line, mark.column + below) if mark else (line, column)
        raise _Refused(*at, f"This is not YAML: {error.problem}.", "Mind the indentation, colons and quotes.") from None
    except yaml.YAMLError as error:
        place = _control_character(text)
        raise _Refused(
            line + place[0],
            place[1],
            f"This is not YAML: {_first_line(error)}.",
            "Remove the control character.",
        ) from None


def _within(text: str, line: int, below: int, column: int) -> tuple[int, int]:
    """Return a place in the text; what YAML reports behind the text's end is the end of its last line."""
    lines = text.rstrip("\n").split("\n")
    return (line + below, column) if below < len(lines) else (line + len(lines) - 1, len(lines[-1]) + 1)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")


def _control_character(text: str) -> tuple[int, int]:
    """Return the line from 0 and the column from 1 of the first character that YAML forbids."""
    match = re.search(r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    before = text[: match.start()] if match else ""
    return before.count("\n"), len(before) - (before.rfind("\n") + 1) + 1


class _Composer:
    """YAML's events put together as nodes; the one place that keeps a position while it reads."""

    def __init__(self, events: Iterator[Any], line: int, column: int, below: int) -> None:
        self._events = events
        self._line = line
        self._column = column
        self._below = below

    def document(self) -> Node:
        """Return the first document; a second one is refused."""
        node = Node(None, self._line, self._column)
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refused(event, "There are two YAML documents.", "Keep one.")
            elif isinstance(event, yaml.NodeEvent):
                node = self._node(event, 0)
        return node

    def _node(self, event: Any, depth: int) -> Node:
        line, column = self._place(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._refused(event, "Anchors and aliases are not read.", "Write the value out.")
        if event.tag and not _TAGS.match(event.tag) and event.tag != "!":
            raise self._refused(event, f"The tag `{event.tag}` is not read.", "Remove the tag.")
        if depth > _DEPTH:
            raise self._refused(event, f"This is nested deeper than {_DEPTH} levels.", "Make it flatter.")
        if isinstance(event, yaml.ScalarEvent):
            nothing = not event.style and event.value in _NULLS
            return Node(None if nothing else event.value, line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(tuple(self._sequence(depth)), line, column)
        return Node(self._mapping(depth), line, column)

    def _sequence(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _mapping(self, depth: int) -> dict[str, Node]:
        values: dict[str, Node] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key.value, str):
                raise self._refused(event, "A key must be a word.", "Write `key: value`.")
            if key.value in values:
                raise self._refused(event, f"The key `{key.value}` stands here twice.", "Keep one of the two.")
            value = self._node(next(self._events), depth + 1)
            values[key.value] = Node(value.value, value.line, value.column, (key.line, key.column))
        return values

    def _place(self, event: Any) -> tuple[int, int]:
        mark = event.start_mark
        return self._line + mark.line, mark.column + (self._column if mark.line == 0 else self._below)

    def _refused(self, event: Any, message: str, mend: str) -> _Refused:
        return _Refused(*self._place(event), message, mend)
