"""Every option of Handrail with its default and its manual, known to no host."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args

from pathspec.gitignore import GitIgnoreSpec

from handrail.days import Span, span_of
from handrail.problems import HandrailError, did_you_mean
from handrail.words import LANGUAGES, recognised_fields, words_of
from handrail.words.table import Words

KINDS = ("process", "procedure", "role", "record")

Class = Literal["outcome", "execution", "responsibility", "control", "interface", "compliance", "editorial"]
Weight = Literal["breaking", "notable", "minor"]
CLASSES: tuple[Class, ...] = get_args(Class)
"""What a change touches, as a review tells them apart."""
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
"""How much a change matters, from the heaviest to the lightest."""

BUILT_IN_KEYS: Mapping[str, tuple[str, ...]] = {
    "owner": ("owner", "owner_slack", "process_owner", "document_owner"),
    "review.last": (
        "last_reviewed_on",
        "last_reviewed_at",
        "last_review_date",
        "last_reviewed",
        "last_review",
    ),
    "review.every": ("review_in", "review_every", "review_cycle", "review_interval"),
    "review.next": ("next_review", "review_by", "next_review_date"),
    "version": ("version", "revision"),
    "effective": ("effective_date", "effective"),
    "approved_by": ("approved_by", "approver", "approvers"),
    "supersedes": ("supersedes",),
}
"""Fact -> the front-matter keys outside of `handrail:` that state it; from 78 real handbooks."""


@dataclass(frozen=True, slots=True)
class Register:
    """A role or record that the options name without a page of its own."""

    title: str
    aliases: tuple[str, ...] = ()
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a standard."""

    number: str
    title: str = ""
    excluded: str | None = None
    """Why it does not apply; None where it applies."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard with the clauses that the handbook has to cover."""

    name: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Glob:
    """What the pages that a pattern matches are."""

    pattern: str
    kind: str
    steps: str | None = None
    """`headings` where all headings one level down are steps."""


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """How a kind of change is judged where the handbook says so; None where it leaves it as it is."""

    name: str
    class_: Class | None = None
    weight: Weight | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What a handbook sets under `plugins: - handrail:`; each field is one row of `OPTIONS`."""

    kinds: tuple[Glob, ...] = ()
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    roles: tuple[Register, ...] = ()
    records: tuple[Register, ...] = ()
    languages: tuple[str, ...] = ("en",)
    recognise: tuple[tuple[str, object], ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    lists: str = "indent"
    folder: str = "handrail"
    navigation: bool = True
    runs: bool = True
    accessible: bool = True
    changes: tuple[ChangeRule, ...] = ()
    clauses: tuple[Standard, ...] = ()
    ask: str = ""
    valid_for: Span | None = None
    controlled: bool | str = False
    sanitize: str = "off"
    handles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    history: str = ""
    review: str = ""

    def recognised(self) -> Words:
        """Return the table of words that the handbook is read with."""
        return words_of(self.languages, dict(self.recognise))

    def spellings(self, fact: str) -> tuple[str, ...]:
        """Return the front-matter keys outside of `handrail:` that state a fact, the handbook's own first."""
        return (*dict(self.keys).get(fact, ()), *BUILT_IN_KEYS.get(fact, ()))


@dataclass(frozen=True, slots=True)
class Option:
    """One option: how its value is read, and its manual."""

    name: str
    read: Callable[[str, Any], Any]
    manual: str
    example: str


def options_of(given: Mapping[str, Any] | None) -> Options:
    """Return the options from what stands in `mkdocs.yml`.

    Raises HandrailError for an unknown option or a value of the wrong form.
    """
    values: dict[str, Any] = {}
    table = {option.name: option for option in OPTIONS}
    for written, value in (given or {}).items():
        name = str(written)
        if name in _HOST:
            continue
        if name not in table:
            mend = did_you_mean(name, table, f"The options are {', '.join(sorted(table))}.")
            raise HandrailError(f"plugins: handrail: there is no option `{name}`. {mend}")
        if value is not None:
            values[name] = table[name].read(name, value)
    return Options(**values)


_HOST = ("enabled",)
"""Options that the host reads for every plugin."""


def _wrong(name: str, wanted: str) -> HandrailError:
    return HandrailError(f"plugins: handrail: `{name}` wants {wanted}.")


def _mapping(name: str, value: Any, wanted: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(name, wanted)
    return {str(key): entry for key, entry in value.items()}


def _texts(name: str, value: Any, wanted: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Iterable) and not isinstance(value, Mapping):
        return tuple(str(entry) for entry in value)
    raise _wrong(name, wanted)


def _kinds(name: str, value: Any) -> tuple[Glob, ...]:
    wanted = 'globs and kinds, such as `"runbooks/**": procedure`'
    return tuple(_glob(glob, said, wanted) for glob, said in _mapping(name, value, wanted).items())


def _glob(pattern: str, said: Any, wanted: str) -> Glob:
    entry = _mapping("kinds", said, wanted) if isinstance(said, Mapping) else {"kind": said}
    try:
        GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        raise HandrailError(
            f"plugins: handrail: kinds: `{pattern}` is no glob. Write one such as `runbooks/**`."
        ) from None
    for word in entry:
        if word not in ("kind", "steps"):
            mend = did_you_mean(word, ("kind", "steps"), "There are `kind` and `steps`.")
            raise HandrailError(f"plugins: handrail: kinds: `{pattern}`: there is no `{word}`. {mend}")
    kind = str(entry.get("kind") or "none").casefold()
    if kind not in (*KINDS, "none"):
        mend = did_you_mean(kind, KINDS, f"The kinds are {', '.join(KINDS)} and none.")
        raise HandrailError(f"plugins: handrail: kinds: `{pattern}`: there is no kind `{kind}`. {mend}")
    if entry.get("steps") not in (None, "headings"):
        raise HandrailError(f"plugins: handrail: kinds: `{pattern}`: `steps` wants `headings`.")
    return Glob(pattern, kind, entry.get("steps"))


def _keys(name: str, value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    wanted = "facts and front-matter keys, such as `owner: owner_slack`"
    flat: list[tuple[str, tuple[str, ...]]] = []
    for fact, spelling in _mapping(name, value, wanted).items():
        if isinstance(spelling, Mapping):
            flat += [(f"{fact}.{part}", _texts(name, key, wanted)) for part, key in spelling.items()]
        else:
            flat.append((fact, _texts(name, spelling, wanted)))
    for fact, _ in flat:
        if fact not in LANGUAGES["en"].facts:
            mend = did_you_mean(fact, LANGUAGES["en"].facts, "The guide lists the facts.")
            raise HandrailError(f"plugins: handrail: keys: there is no fact `{fact}`. {mend}")
    return tuple(flat)


def _register(name: str, value: Any) -> tuple[Register, ...]:
    wanted = "a list of names, or names with their other names"
    if isinstance(value, Mapping):
        return tuple(_named(name, str(title), entry, wanted) for title, entry in value.items())
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise _wrong(name, wanted)
    entries: list[Register] = []
    for entry in value:
        if isinstance(entry, Mapping):
            entries += [_named(name, str(title), said, wanted) for title, said in entry.items()]
        else:
            entries.append(Register(str(entry)))
    return tuple(entries)


def _named(name: str, title: str, said: Any, wanted: str) -> Register:
    if said is None:
        return Register(title)
    if isinstance(said, Mapping):
        aliases = _texts(name, said.get("aliases") or (), wanted)
        return Register(title, aliases, str(said["id"]) if said.get("id") else None)
    return Register(title, _texts(name, said, wanted))


def _languages(name: str, value: Any) -> tuple[str, ...]:
    languages = _texts(name, value, "a language or a list of languages")
    for language in languages:
        if language not in LANGUAGES:
            raise HandrailError(
                f"plugins: handrail: languages: `{language}` is not there; there are {', '.join(sorted(LANGUAGES))}."
            )
    return languages or ("en",)


def _recognise(name: str, value: Any) -> tuple[tuple[str, object], ...]:
    given = _mapping(name, value, "tables of words, such as `steps_headings: [Work plan]`")
    for table in given:
        if table not in recognised_fields():
            mend = did_you_mean(table, recognised_fields(), f"The tables are {', '.join(recognised_fields())}.")
            raise HandrailError(f"plugins: handrail: recognise: there is no table `{table}`. {mend}")
        by_name = isinstance(getattr(LANGUAGES["en"], table), Mapping)
        entry = given[table]
        if by_name != isinstance(entry, Mapping):
            raise _wrong(f"recognise: {table}", "a list of words by name" if by_name else "a list of words")
        if isinstance(entry, Mapping) and any(isinstance(words, Mapping) for words in entry.values()):
            raise _wrong(f"recognise: {table}", "a list of words by name")
    return tuple((table, _folded(name, words)) for table, words in given.items())


def _folded(name: str, words: Any) -> object:
    if isinstance(words, Mapping):
        return {str(key): _folded(name, entry) for key, entry in words.items()}
    return tuple(word.casefold() for word in _texts(name, words, "lists of words"))


def _words(name: str, value: Any) -> tuple[tuple[str, str], ...]:
    given = _mapping(name, value, "kinds and their names, such as `procedure: Work instruction`")
    for kind in given:
        if kind not in KINDS:
            mend = did_you_mean(kind, KINDS, f"The kinds are {', '.join(KINDS)}.")
            raise HandrailError(f"plugins: handrail: words: there is no kind `{kind}`. {mend}")
    return tuple((kind, str(word)) for kind, word in given.items())


def _one_of(*allowed: str) -> Callable[[str, Any], str]:
    def read(name: str, value: Any) -> str:
        value = "off" if value is False and "off" in allowed else value
        if value not in allowed:
            raise _wrong(name, " or ".join(f"`{word}`" for word in allowed))
        return str(value)

    return read


def _folder(name: str, value: Any) -> str:
    folder = str(value).strip("/")
    if not re.fullmatch(r"[\w-]+(?:/[\w-]+)*", folder):
        raise _wrong(name, "the name of a folder, such as `handrail`")
    return folder


def _switch(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(name, "`true` or `false`")
    return value


def _line(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(name, "a line of text")
    return " ".join(value.split())


def _switch_or_line(name: str, value: Any) -> bool | str:
    return value if isinstance(value, bool) else _line(name, value)


def _span(name: str, value: Any) -> Span:
    spans = (span_of(str(value), table.time_units) for table in LANGUAGES.values())
    span = next(filter(None, spans), None)
    if span is None or span.amount < 1:
        raise _wrong(name, "a span of time, such as `30 days`, `6 weeks` or `3 months`")
    return span


def _changes(name: str, value: Any) -> tuple[ChangeRule, ...]:
    given = _mapping(name, value, "kinds of change and how they are judged, such as `step.moved: execution minor`")
    return tuple(_change_rule(kind, str(said).split()) for kind, said in given.items())


def _change_rule(kind: str, words: Iterable[str]) -> ChangeRule:
    rule = ChangeRule(kind)
    for word in words:
        if word in CLASSES:
            rule = replace(rule, class_=word)
        elif word in WEIGHTS:
            rule = replace(rule, weight=word)
        else:
            known = (*CLASSES, *WEIGHTS)
            mend = did_you_mean(word, known, f"There are {', '.join(known)}.")
            raise HandrailError(f"plugins: handrail: changes: `{kind}`: there is no `{word}`. {mend}")
    return rule


def _handles(name: str, value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    wanted = 'roles and what the forge calls them, such as `Release manager: "@acme/release"`'
    given = [(role, _texts(name, said, wanted)) for role, said in _mapping(name, value, wanted).items()]
    for role, handles in given:
        for handle in handles:
            if not re.fullmatch(r"@[\w@./-]+|[^\s@]+@[^\s@]+", handle):
                mend = "Write it like `@name`, `@group/team` or an address, in quotation marks."
                raise HandrailError(f"plugins: handrail: handles: `{role}`: `{handle}` is no handle. {mend}")
    return tuple(given)


def _clauses(name: str, value: Any) -> tuple[Standard, ...]:
    given = _mapping(name, value, "standards and their clauses, such as `ISO 9001:2015: {8.3: Design}`")
    return tuple(Standard(title, tuple(_clauses_of(title, said))) for title, said in given.items())


def _clauses_of(standard: str, said: Any) -> Iterable[Clause]:
    wanted = "a list of clauses, or clauses with their titles"
    if isinstance(said, Mapping):
        return (_clause(standard, str(number), about) for number, about in said.items())
    return (Clause(number) for number in _texts(f"clauses: {standard}", said, wanted))


def _clause(standard: str, number: str, about: Any) -> Clause:
    if not isinstance(about, Mapping):
        return Clause(number, "" if about is None else " ".join(str(about).split()))
    known = ("title", "excluded")
    for word in map(str, about):
        if word not in known:
            mend = did_you_mean(word, known, "There are `title` and `excluded`.")
            raise HandrailError(f"plugins: handrail: clauses: {standard}: {number}: there is no `{word}`. {mend}")
    reason = about.get("excluded", False)
    if reason is False:
        return Clause(number, str(about.get("title") or ""))
    return Clause(number, str(about.get("title") or ""), reason if isinstance(reason, str) else "")


def _history(name: str, value: Any) -> str:
    if value in (False, "off"):
        return ""
    if value != "tags":
        raise _wrong(name, "`tags` or `off`")
    return "tags"


def _review(name: str, value: Any) -> str:
    if value is False:
        return ""
    wanted = "what to compare with, such as `base: main`"
    given = _mapping(name, value, wanted)
    if set(given) != {"base"} or not isinstance(given["base"], str) or not given["base"].strip():
        raise _wrong(name, wanted)
    return given["base"].strip()


OPTIONS: tuple[Option, ...] = (
    Option(
        "kinds",
        _kinds,
        "Which pages are what: globs as in `exclude_docs`, the last match wins; `none` exempts a page.",
        'kinds:\n  "runbooks/**": procedure\n  "runbooks/index.md": none',
    ),
    Option(
        "keys",
        _keys,
        "The handbook's own front-matter names for Handrail's facts.",
        "keys:\n  owner: owner_slack\n  review.last: last_reviewed_on",
    ),
    Option(
        "roles",
        _register,
        "The roles of the handbook that have no page of their own, with their other names.",
        "roles:\n  Release manager: [RM]\n  Developer:",
    ),
    Option(
        "records",
        _register,
        "The records of the handbook that have no page of their own.",
        "records: [Release note, Incident ticket]",
    ),
    Option(
        "languages",
        _languages,
        "The languages whose words are recognised; Handrail writes in the first one.",
        "languages: [en, de]",
    ),
    Option(
        "recognise",
        _recognise,
        "More words that Handrail recognises, by table.",
        "recognise:\n  steps_headings: [work plan]\n  labels: {record: [evidence sheet]}",
    ),
    Option(
        "words",
        _words,
        "What the site calls the kinds.",
        "words:\n  process: SOP\n  procedure: Work instruction",
    ),
    Option(
        "lists",
        _one_of("indent", "as-is"),
        "Whether lists of typed pages are indented the way Python-Markdown "
        "needs it, so that the site shows what the forge shows.",
        "lists: as-is",
    ),
    Option("folder", _folder, "The folder of the pages that Handrail makes.", "folder: registers"),
    Option(
        "navigation",
        _switch,
        "Whether a section with Handrail's pages is added at the end of the navigation.",
        "navigation: false",
    ),
    Option("runs", _switch, "Whether a reader can tick off the steps of a procedure.", "runs: false"),
    Option(
        "accessible",
        _switch,
        "Whether known gaps of the theme in accessibility are mended by style and script.",
        "accessible: false",
    ),
    Option(
        "changes",
        _changes,
        "How kinds of change are judged in a review, where the handbook sees it otherwise than Handrail.",
        "changes:\n  step.moved: execution minor\n  field.version: editorial",
    ),
    Option(
        "clauses",
        _clauses,
        "The clauses of standards that the handbook has to cover, with their titles; "
        "one that does not apply is excluded with its reason.",
        'clauses:\n  ISO 9001:2015:\n    "7.5": Documented information\n    "8.3": {excluded: We design nothing}',
    ),
    Option(
        "ask",
        _line,
        "Who to ask about the handbook; it stands on every copy and every print.",
        "ask: Quality team, quality@example.org",
    ),
    Option(
        "valid_for",
        _span,
        "How long a copy is good, counted from the day of its commit; after that it says that it is old.",
        "valid_for: 30 days",
    ),
    Option(
        "controlled",
        _switch_or_line,
        "Whether prints and copies are controlled; otherwise each says that it is an uncontrolled copy.",
        "controlled: Controlled only with the red stamp of the quality team",
    ),
    Option(
        "sanitize",
        _one_of("off", "strict"),
        "Whether what authors write may hold any HTML, or only what cannot act.",
        "sanitize: strict",
    ),
    Option(
        "handles",
        _handles,
        "What the forge calls roles and owners, so that `handrail owners` can tell who has to approve.",
        'handles:\n  Release manager: "@acme/release"\n  Quality manager: ["@ann", "@bob"]',
    ),
    Option(
        "history",
        _history,
        "Whether the site tells what changed at each tag of git: in a change log, and on each document and role.",
        "history: tags",
    ),
    Option(
        "review",
        _review,
        "Shows on each page what changed since a branch was left, for those who review a preview.",
        "review:\n  base: main",
    ),
)
"""Every option, in the order of the manual."""

assert [option.name for option in OPTIONS] == [field.name for field in fields(Options)]
