"""States of records: what a step makes or takes may be an order that is approved, or one that is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from handrail.dataclass import dataclass
from handrail.model import Document
from handrail.reader.grammar import alternatives
from handrail.reader.roles import folded
from handrail.words.table import Words

_BETWEEN_STATES = re.compile(r"(?<!\s)\s*+(?:[,;/|\n]|→|⟶|=>|->)\s*")
_MOST_WORDS = 3
"""A state has no more words than these."""
_STATE = re.compile(r"(?P<name>.+?)\s*\((?P<state>[^()]+)\)\s*\Z", re.DOTALL)


def _before_state(words: Words) -> re.Pattern[str]:
    """Return the pattern of what stands between a record and its state: an arrow, a mark, or words."""
    in_, state = alternatives(words.in_words), alternatives(words.state_words)
    return re.compile(
        rf"(?<=\w)(?:\s*(?:→|⟶|=>|->|[:,])\s*|\s+[–—-]\s+|\s+(?=(?:{in_})\s+(?:{state})\s))"
        rf"(?:(?:{in_})\s+)?(?:(?:{state})\b\s*:?\s*)?",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class States:
    """The states that the pages of records name."""

    of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Id of a record -> its states, folded."""
    before: re.Pattern[str] = re.compile(r"(?!)")
    """What stands between a record and its state."""

    def in_brackets(self, texts: Sequence[str], find: Callable[[str], str | None]) -> tuple[str, ...]:
        """Return what a step makes or takes, with the state in brackets where a record's page names that state.

        `Order: approved`, `Order → approved`, `Order in state approved` and `approved order` are `Order (approved)`;
        where no page names the states of a record, its text stays as it is. `find` gives the id that a name stands for.
        """
        return tuple(self._in_brackets(text, find) for text in texts) if self.of else tuple(texts)

    def _in_brackets(self, text: str, find: Callable[[str], str | None]) -> str:
        name, rest = self._split(text.strip())
        if rest and (states := self.of.get(find(name) or "")):
            said = [part.strip(" .") for part in _BETWEEN_STATES.split(rest)]
            return f"{name} ({said[-1]})" if all(folded(part) in states for part in said) else text
        words = text.split()
        for count in range(1, min(_MOST_WORDS, len(words) - 1) + 1):
            state, name = " ".join(words[:count]), " ".join(words[count:])
            if folded(state) in self.of.get(find(name) or "", ()):
                return f"{name} ({_without_article(state).casefold()})"
        return text

    def _split(self, text: str) -> tuple[str, str]:
        """Return the words before and behind what stands between a record and its state."""
        match = self.before.search(text)
        return (text[: match.start()], text[match.end() :]) if match else (text, "")


def states_of(records: Iterable[Document], words: Words) -> States:
    """Return the states that pages of records name: `draft, approved`, `draft → approved`, one in each bullet."""
    found = {record.id: states for record in records if (states := _named_by(record))}
    return States(found, _before_state(words)) if found else States()


def _named_by(record: Document) -> frozenset[str]:
    said = (part for stated in record.values("states") for part in _BETWEEN_STATES.split(stated))
    return frozenset(folded(part) for part in said if folded(part) and len(part.split()) <= _MOST_WORDS)


def without_state(text: str) -> str:
    """Return a record's name without its state: `Document` for `Document (released)`."""
    match = _STATE.fullmatch(text.strip())
    return match["name"] if match else text.strip()


def _without_article(state: str) -> str:
    """Return a state without what its folded form leaves out: `approved` for `The approved`."""
    _, _, rest = state.partition(" ")
    return _without_article(rest) if rest and folded(rest) == folded(state) else state
