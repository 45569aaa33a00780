"""A language's table of words as patterns, made once for a whole handbook."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from handrail.dataclass import dataclass
from handrail.kept import kept
from handrail.words.table import Words

_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{1,3})*)(?![\d%])"


@kept(1024)
def key(text: str) -> str:
    """Return a label or heading in the form in which the tables of words have it."""
    return " ".join(text.split()).strip(" *_:.").casefold()


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


def _anyone(words: Iterable[str], before: str = r"\b", behind: str = r"\b") -> re.Pattern[str]:
    return re.compile(rf"{before}(?:{alternatives(words)}){behind}", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Grammar:
    """The words that a handbook is read with, and the patterns made from them."""

    words: Words

    @functools.cached_property
    def label_keys(self) -> dict[str, str]:
        """Spelling of a labelled line -> its key."""
        return {spelling: name for name, spellings in self.words.labels.items() for spelling in spellings}

    @functools.cached_property
    def column_keys(self) -> dict[str, str]:
        """Head of a column in a table of steps -> the key of the label that it stands for."""
        own = {spelling: name for name, spellings in self.words.columns.items() for spelling in spellings}
        return {**own, **self.label_keys}

    @functools.cached_property
    def fact_keys(self) -> dict[str, str]:
        """Spelling of a fact -> its name."""
        return {spelling: name for name, spellings in self.words.facts.items() for spelling in spellings}

    @functools.cached_property
    def no_role(self) -> frozenset[str]:
        """Labels, which are never names of roles."""
        return frozenset(self.label_keys) | frozenset(self.words.aspects)

    @functools.cached_property
    def before_link(self) -> re.Pattern[str]:
        """A jump word, with little words behind it, at the end of the text before a link."""
        return re.compile(
            rf"\b(?:{self._jump})\b(?:[\s:*“\"'(]+(?:{self._between})\b){{0,4}}[\s:“\"']*\Z", re.IGNORECASE
        )

    @functools.cached_property
    def unwritten(self) -> re.Pattern[str]:
        """A word that marks the place of a value, alone or at the head of a text."""
        words = "|".join(re.escape(word) for word in self.words.placeholders)
        return re.compile(rf"(?:{words})(?:\Z|[: ])")

    @functools.cached_property
    def to_number(self) -> re.Pattern[str]:
        """A jump to a step by its number: `go back to step 2`, `moves to the review stage (step 2)`.

        The number of a step in another list is none: `continue with step 5 of the manual process`.
        """
        step = alternatives(self.words.step)
        named = rf"(?:(?:{alternatives(self.words.articles)})\b|[\"“]|(?-i:[A-Z]))"
        own = rf"(?:{alternatives(self.words.this_place)})\b"
        elsewhere = rf"(?!\s+(?:{alternatives(self.words.of_place)})\s+(?!{own}){named})"
        return re.compile(
            rf"\b(?:(?:{self._jump})\b[^.!?\n]{{0,80}}?[\s(](?:{step})|{self._repeat_steps})\s+{_NUMBER}{elsewhere}",
            re.IGNORECASE,
        )

    @property
    def _repeat_steps(self) -> str:
        """`repeat steps`, before the first number of several."""
        steps, articles = alternatives(self.words.steps_headings), alternatives(self.words.articles)
        return rf"(?:{alternatives(self.words.repeat)})\s+(?:(?:{articles})\s+)?(?:{steps})"

    @functools.cached_property
    def repeats(self) -> re.Pattern[str]:
        """A word that sends the reader back, and then on again: `repeat step 3 twice`."""
        return _anyone(self.words.repeat)

    @functools.cached_property
    def to_end(self) -> re.Pattern[str]:
        """A jump to the end: `go to the end`."""
        nouns = [word for word in self.words.end if self.end in word and not word.startswith(f"{self.end}s")]
        return re.compile(
            rf"\b(?:{self._jump})\b(?:\s+(?:{self._between})\b){{0,3}}\s+(?:{alternatives(nouns)})\b", re.IGNORECASE
        )

    @functools.cached_property
    def end(self) -> str:
        """What every word for the end has in it."""
        return self.words.end[0]

    @functools.cached_property
    def pointing(self) -> re.Pattern[str]:
        """A word that only points at the link behind it."""
        return re.compile(rf"\b(?:{alternatives(self.words.mention)})\b[\s:“\"']*(?:the\s+|our\s+)?\Z", re.IGNORECASE)

    @functools.cached_property
    def condition(self) -> re.Pattern[str]:
        """A word that opens a condition."""
        return _anyone(self.words.condition, before="")

    @functools.cached_property
    def otherwise(self) -> re.Pattern[str]:
        """A word that opens the other branch, at the head of a sentence or clause."""
        words = alternatives(self.words.otherwise)
        return re.compile(rf"(?:\A|[.;,!?]\s+|\n)(?P<word>{words})\b[,:]?\s*", re.IGNORECASE)

    @functools.cached_property
    def bracket(self) -> re.Pattern[str]:
        """A word that begins a bracket that is a condition."""
        return _anyone(self.words.bracket, before="")

    @functools.cached_property
    def bracket_end(self) -> re.Pattern[str]:
        """A word that ends a bracket that is a condition: `patch only`."""
        return re.compile(rf"\s(?:{alternatives(self.words.bracket_end)})\Z", re.IGNORECASE)

    @functools.cached_property
    def optional(self) -> re.Pattern[str]:
        """A word that makes a step optional."""
        return _anyone(self.words.optional, before="")

    @functools.cached_property
    def optional_head(self) -> re.Pattern[str]:
        """Such a word at the head of a sentence: `Optional: ...`, `Optionally, ...`."""
        return re.compile(rf"(?:{alternatives(self.words.optional)})(?P<colon>\s*:)?[\s,]+(?=\S)", re.IGNORECASE)

    @functools.cached_property
    def time(self) -> re.Pattern[str]:
        """An amount of time: `3 calendar days`, `24 hours`."""
        units = alternatives(word for spellings in self.words.time_units.values() for word in spellings)
        kinds = alternatives(word for spellings in self.words.day_kinds.values() for word in spellings)
        return re.compile(
            rf"(?<!\d)(?P<amount>\d{{1,9}}(?:[.,]\d{{1,9}})?(?:\s*+(?:-|–|to|bis)\s*+\d{{1,9}})?)(?!\d)\s*+(?P<kind>(?:(?:{kinds})[\s-]*)+)?"
            rf"(?P<unit>{units})\b",
            re.IGNORECASE,
        )

    @functools.cached_property
    def from_event(self) -> re.Pattern[str]:
        """A word between an amount of time and the event from which it counts."""
        return re.compile(rf"[\s,]*\b(?:{alternatives(self.words.from_words)})\b\s+", re.IGNORECASE)

    @functools.cached_property
    def article(self) -> re.Pattern[str]:
        """An article at the head of a name."""
        return re.compile(rf"(?:{alternatives(self.words.articles)})\s+", re.IGNORECASE)

    @functools.cached_property
    def joining(self) -> re.Pattern[str]:
        """A word between two names."""
        words = (*self._plain(self.words.all_words), *self._plain(self.words.any_words))
        return re.compile(rf"(?<!\s)\s+(?:{alternatives(words)})\s+", re.IGNORECASE)

    @functools.cached_property
    def either(self) -> re.Pattern[str]:
        """A word that says that any one of several names is enough."""
        return _anyone(self.words.any_words)

    @functools.cached_property
    def subject_verb(self) -> re.Pattern[str]:
        """What stands behind the subject of a sentence."""
        return re.compile(rf"\s+{self.words.subject_verb}", re.IGNORECASE)

    @functools.cached_property
    def plural_verb(self) -> re.Pattern[str]:
        """What stands behind the subject of a sentence that is several: `The reviewers approve`."""
        verbs = alternatives(set(self.words.verbs) - set(self.words.verb_nouns))
        return re.compile(rf"\s+(?:{verbs})\b", re.IGNORECASE)

    @functools.cached_property
    def agent(self) -> re.Pattern[str]:
        """A word whose ending makes it a doer."""
        return re.compile(self.words.agent_ending, re.IGNORECASE)

    @functools.cached_property
    def for_role(self) -> re.Pattern[str]:
        """A heading that says whose steps stand under it: `Steps for Scribe`."""
        steps = alternatives(self.words.steps_headings)
        return re.compile(rf"(?:{steps})\s+(?:{alternatives(self.words.for_words)})\s+(?P<role>.+)\Z", re.IGNORECASE)

    @functools.cached_property
    def introduces(self) -> re.Pattern[str]:
        """A word, in a heading or before a list, that shows that the list is none of steps."""
        return _anyone(self.words.lead_ins)

    @functools.cached_property
    def opens_no_steps(self) -> re.Pattern[str]:
        """How a heading opens under which no steps stand: `Why we do this`, `Example 1`."""
        return _anyone(self.words.not_steps_openings, before="")

    @functools.cached_property
    def leaves_choice(self) -> re.Pattern[str]:
        """Words before a list of which the reader takes one: `one of the following`."""
        return _anyone(self.words.choices)

    @functools.cached_property
    def counts_up(self) -> re.Pattern[str]:
        """Words before a list that say what is counted up: `Two common mistakes:`, `for the following reasons:`."""
        numbers = [word for spellings in self.words.number_words.values() for word in spellings]
        counted = alternatives((*numbers, *self.words.counting_up))
        things = alternatives(self.words.enumerations)
        ends = alternatives(word for word in self.words.enumerating_ends if " " not in word)
        return re.compile(
            rf"\b(?:\d{{1,3}}|{counted})\s+(?:[^\W\d_]+[\s-]+){{0,3}}(?:{things})\b|\b(?:{things})(?:\s+(?:{ends}))?\s*:\Z"
        )

    @functools.cached_property
    def goes_on(self) -> re.Pattern[str]:
        """The end of a sentence before a list with which the list goes on: `It must be:`."""
        return re.compile(rf"\b(?:{alternatives(self.words.enumerating_ends)})\s*:\Z")

    @functools.cached_property
    def names_steps(self) -> re.Pattern[str]:
        """Words before a list that say that steps follow: `follow these steps:`."""
        return _anyone((*self.words.steps_headings, *self.words.step, *self.words.naming_steps))

    @functools.cached_property
    def of_law(self) -> re.Pattern[str]:
        """The head of a title that is a paragraph of a law or of bylaws: `§ 3 Board`, `Article IV`."""
        return re.compile(rf"(?:{alternatives(self.words.law_words)})\s*(?:\d|[IVXLC]+\b)", re.IGNORECASE)

    @functools.cached_property
    def when_to(self) -> re.Pattern[str]:
        """The head of a title that says what starts the page's work: `When to revise`, and not `When to escalate`."""
        others = alternatives(self.words.not_when_to)
        return re.compile(rf"(?:{alternatives(self.words.when_to)})\s+(?!(?:{others})\b)\w", re.IGNORECASE)

    @functools.cached_property
    def names_bullets(self) -> re.Pattern[str]:
        """Words before bullets that call them steps: `The steps to roll back are:`."""
        words = (*self.words.steps_headings, *self.words.naming_steps)
        return _anyone((*self.words.step, *(word for word in words if word.startswith(self.words.step))))

    @functools.cached_property
    def leaves_open(self) -> re.Pattern[str]:
        """Words before bullets that leave open which of them are done: `Other steps may include:`."""
        return _anyone((*self.words.leaving_open, *self.words.choices))

    @functools.cached_property
    def ends_in_verb(self) -> re.Pattern[str] | None:
        """The end of an item that tells somebody to act, in a language that has its verb there."""
        return re.compile(self.words.verb_at_end) if self.words.verb_at_end else None

    @functools.cached_property
    def steps_to(self) -> re.Pattern[str]:
        """A heading such as `Steps to roll back`, `How to roll back`."""
        steps = alternatives(self.words.steps_headings)
        return re.compile(
            rf"(?:{steps})\s+(?:{alternatives(self.words.to_words)})\b|(?:{alternatives(self.words.how_to)})\b",
            re.IGNORECASE,
        )

    @functools.cached_property
    def steps_end(self) -> re.Pattern[str]:
        """A heading such as `Rollback procedure`, `Manual steps`."""
        return re.compile(rf"(?<!next)\s(?:{alternatives(self.words.steps_endings)})\Z", re.IGNORECASE)

    @functools.cached_property
    def step_numbers(self) -> dict[str, str]:
        """Word for a step's number in a heading -> its digits: `Step One`, `Phase II`."""
        return {spelling: digits for digits, spellings in self.words.step_numbers.items() for spelling in spellings}

    @functools.cached_property
    def numbered(self) -> re.Pattern[str]:
        """A heading that opens with a number, or with the word for step and a number."""
        step = alternatives((*self.words.step, *self.words.numbered_words))
        words = alternatives(self.step_numbers)
        return re.compile(
            rf"(?:[^\w\s\\(\[<`*]{{1,4}}\s+)?"
            rf"(?:(?P<before>[^:\n]{{1,40}}:\s+)?(?P<step>{step})\s+(?P<of>\d{{1,5}}(?:\.\d{{1,2}})*[a-z]?|{words})\b[.):]?|(?P<number>\d{{1,3}}(?:\.\d{{1,2}})*[a-z]?)[.)](?=\s)"
            rf"|(?P<bare>\d{{1,2}}(?:\.\d{{1,2}})+))(?:\s*[–—-])?\s*(?P<title>.*)\Z",
            re.IGNORECASE | re.DOTALL,
        )

    @functools.cached_property
    def called_step(self) -> re.Pattern[str]:
        """The head of a paragraph that calls itself a step: `**Step 1:** ...`, `**Step 1 – Prepare**`."""
        step = alternatives((*self.words.step, *self.words.numbered_words))
        number = rf"\d{{1,3}}(?:\.\d{{1,2}})*[a-z]?|{alternatives(self.step_numbers)}"
        return re.compile(
            r"(?P<anchors>(?:<a\s[^<>]*+>\s*+(?:</a>\s*+)?+)*+)(?:[^\w\s\\(\[<`*]{1,4}\s+)?(?P<open>\*{1,3}|_{1,3})?"
            rf"(?P<word>{step})\s+(?P<number>{number})\b(?:\s*(?P<bracket>\([^()\n]{{1,40}}\)))?"
            r"(?:(?P<closed>(?P=open))\s*(?:[:.)]|[–—-](?=\s))?|\s*[:.)](?P<closing>(?P=open))?|\s*(?:[–—](?!\d)|-(?=\s)))"
            r"(?:\s+|\Z|(?<=[–—]))",
            re.IGNORECASE,
        )

    @functools.cached_property
    def called_number(self) -> re.Pattern[str]:
        """The head of a paragraph that a number of up to six parts counts: `**1. Open it**`, `5.1 Open it`."""
        return re.compile(
            r"(?P<anchors>(?:<a\s[^<>]*+>\s*+(?:</a>\s*+)?+)*+)(?P<open>\*\*|__)?"
            r"(?:(?P<parts>\d{1,2}(?:\.\d{1,2}){1,5})[.)]?[ \t]+(?=[^\W\d_])"
            r"|(?P<number>(?<=[*_])\d{1,2})[.)]\s+(?=\S))"
            r"(?(open)(?=[^\n]*(?P=open)))"
        )

    @functools.cached_property
    def own_number(self) -> re.Pattern[str]:
        """The number of a task, a bullet or an item, written by hand: `- [ ] 1. Freeze`, `1. **Step 1:** Freeze`."""
        step = alternatives(self.words.step)
        return re.compile(
            rf"(?P<step>(?:{step})\s+)?(?P<number>\d{{1,3}}(?:\.\d{{1,2}})*)(?(step)(?:[.):]|\s*[–—-])|[.)])\s+(?=\S)",
            re.IGNORECASE,
        )

    @property
    def _jump(self) -> str:
        return alternatives(self.words.jump)

    @property
    def _between(self) -> str:
        return alternatives(self.words.jump_between)

    def _plain(self, words: Iterable[str]) -> Iterable[str]:
        return (word for word in words if " " not in word)
