"""Names of roles: which words can be one, and which roles a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import islice

from handrail.dataclass import dataclass
from handrail.kept import kept
from handrail.reader.grammar import Grammar, key
from handrail.reader.wording import bracket_says

_SPLIT = re.compile(
    r"(?<!\s)\s*(?:[,;](?![^()]{0,200}\))|\n|<br\s*/?>|\s/\s|\s&\s|\s\+\s|\band/or\b)\s*", re.IGNORECASE
)
"""Between two names; a comma in brackets only goes on with what is said of one name."""
_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"\(([^)]{0,400})\)")
_NO_NAME = re.compile(r"[^\w\s&/,'’.()-]|\d")
_VARIANTS = {
    "organisation": "organization",
    "programme": "program",
    "centre": "center",
    "adviser": "advisor",
    "analyser": "analyzer",
}
_EXAMPLES = ("e.g", "for example", "such as", "z. b", "z.b", "etc")
_ARTICLES = ("the", "a", "an", "our", "your")
MOST_WORDS = 6
"""A name of more words is a sentence."""


@kept(8192)
def folded(name: str) -> str:
    """Return a role's name without case, number and spelling variant."""
    words = [_singular(word) for word in _WORD.findall(_BRACKETED.sub(" ", name).casefold().replace("-", ""))]
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def _singular(word: str) -> str:
    word = _VARIANTS.get(word, word.replace("isation", "ization"))
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ops")) and len(word) > 3:
        return word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Register:
    """The roles that a handbook registers, by the folded forms of their names."""

    names: frozenset[str] = field(default_factory=frozenset)

    @property
    def endings(self) -> frozenset[str]:
        """The last words of the names."""
        return _endings(self.names)

    def knows(self, name: str) -> bool:
        """Whether this is the name of a registered role."""
        return folded(name) in self.names


@kept(64)
def _endings(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name.rpartition(" ")[2] for name in names)


def register_of(names: Iterable[str]) -> Register:
    """Return a register of these names."""
    return Register(frozenset(folded(name) for name in names if folded(name)))


def role_like(name: str, grammar: Grammar) -> bool:
    """Whether words can be a role's name, where no register says so.

    A name has a few words, none of them an article, a digit or code, and does not open with a verb
    that tells somebody to act: `Release manager`, not `Clone the repository`.
    """
    bare = name.strip().rstrip(":").strip()
    parts = [part.strip(",.()") for part in bare.casefold().split()]
    if not parts or len(parts) > MOST_WORDS or _NO_NAME.search(bare) or not bare[0].isupper():
        return False
    if any(_in_no_role(word, grammar) for word in bare.split()) or key(bare) in grammar.no_role:
        return False
    if parts[0] in grammar.words.for_words:
        return False
    acts = parts[0] in grammar.words.verbs or parts[0].endswith("ing")
    return not acts or (parts[0] in grammar.words.verb_nouns and parts[-1] in grammar.words.agents)


def _in_no_role(word: str, grammar: Grammar) -> bool:
    """Whether a word stands in no role's name; `IT` may, though `it` does not."""
    bare = word.strip(",.()")
    is_short = len(bare) > 1 and bare.isupper() and bare.casefold() in grammar.words.agents
    return bare.casefold() in grammar.words.not_roles and not is_short


def names_doer(name: str, grammar: Grammar) -> bool:
    """Whether a name that is like a role's has a word in it that stands for somebody: `manager`, `approver`."""
    parts = [part.strip(",.()") for part in name.strip().rstrip(":").casefold().split()]
    first = grammar.words.agent_first
    ends = set(parts[-1:] if len(parts) > 1 and first and parts[1] not in first else (*parts[:1], *parts[-1:]))
    if ends & set(grammar.words.agents):
        return True
    things = grammar.words.not_agents
    return any(grammar.agent.fullmatch(word) and not {word, word.removesuffix("s")} & set(things) for word in ends)


def split_names(text: str, grammar: Grammar) -> Iterator[tuple[str, bool]]:
    """Yield each name of a list such as `QMO, Head of Development (optional)`, and whether it is optional."""
    for group in _SPLIT.split(text):
        for part in grammar.joining.split(group):
            bracket = _BRACKETED.search(part)
            optional = bracket is not None and any(bracket_says(bracket[1], grammar))
            name = _BRACKETED.sub("", part).strip(" .:*_\t")
            article = grammar.article.match(name)
            name = _without_either(name[article.end() :] if article else name, grammar)
            if name and not name.casefold().startswith(_EXAMPLES):
                yield name, optional


def _without_either(name: str, grammar: Grammar) -> str:
    """Return a name without the word that announces several: `either QA`."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.casefold() in (*grammar.words.any_words, *grammar.words.all_words) else name


def names_all(text: str, grammar: Grammar) -> tuple[str, ...]:
    """Return the names of a list, without what is said of them."""
    return tuple(name for name, _ in split_names(text, grammar))


def registered_in(text: str, register: Register) -> tuple[str, ...]:
    """Return the registered roles that a text names, in order, the longest name first where several fit."""
    if not register.names:
        return ()
    found: list[str] = []
    words = list(_WORD.finditer(text))
    place = 0
    while place < len(words):
        ends = range(min(place + MOST_WORDS, len(words)), place, -1)
        name = next(
            (
                text[words[place].start() : words[end - 1].end()]
                for end in ends
                if folded(text[words[place].start() : words[end - 1].end()]) in register.names
            ),
            None,
        )
        if name is not None:
            found.append(_without_article(name))
        place += len(_WORD.findall(name)) if name is not None else 1
    return tuple(dict.fromkeys(found))


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first.casefold() in _ARTICLES and rest else name


def _acts(name: str, text: str, end: int, grammar: Grammar) -> bool:
    """Whether a verb stands behind a name that ends at this place of a text: `The scribe notes`, `The scribes note`."""
    if grammar.subject_verb.match(text, end):
        return True
    return name.endswith("s") and grammar.plural_verb.match(text, end) is not None


def subject_of(text: str, register: Register, grammar: Grammar) -> str | None:
    """Return the registered role that is the subject of a text's first sentence: `The scribe notes ...`."""
    if not register.names:
        return None
    article = grammar.article.match(text)
    start = article.end() if article else 0
    spoken = list(islice(_WORD.finditer(text, start, start + 90), MOST_WORDS))
    endings = register.endings
    for word in reversed(spoken):
        if _singular(word.group().casefold()) in endings:
            name = text[start : word.end()]
            if folded(name) in register.names and _acts(name, text, word.end(), grammar):
                return name
    return None
