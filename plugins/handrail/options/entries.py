"""What single options want, each read by one function of its name and the value that is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from handrail.options.data import CLASSES, KINDS, WEIGHTS, ChangeRule, Clause, Glob, Register, Standard
from handrail.options.forms import mapping, texts, wrong
from handrail.problems import HandrailError, did_you_mean
from handrail.words import LANGUAGES, recognised_fields


def kinds(name: str, value: Any) -> tuple[Glob, ...]:
    """Return the globs of pages, in the order in which they are written."""
    wanted = 'globs and kinds, such as `"runbooks/**": procedure`'
    return tuple(_glob(glob, said, wanted) for glob, said in mapping(name, value, wanted).items())


def _glob(pattern: str, said: Any, wanted: str) -> Glob:
    entry = mapping("kinds", said, wanted) if isinstance(said, Mapping) else {"kind": said}
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


def keys(name: str, value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return fact -> the handbook's own front-matter keys for it."""
    wanted = "facts and front-matter keys, such as `owner: owner_slack`"
    flat: list[tuple[str, tuple[str, ...]]] = []
    for fact, spelling in mapping(name, value, wanted).items():
        if isinstance(spelling, Mapping):
            flat += [(f"{fact}.{part}", texts(name, key, wanted)) for part, key in spelling.items()]
        else:
            flat.append((fact, texts(name, spelling, wanted)))
    for fact, _ in flat:
        if fact not in LANGUAGES["en"].facts:
            mend = did_you_mean(fact, LANGUAGES["en"].facts, "The guide lists the facts.")
            raise HandrailError(f"plugins: handrail: keys: there is no fact `{fact}`. {mend}")
    return tuple(flat)


def register(name: str, value: Any) -> tuple[Register, ...]:
    """Return the names of roles or records, with their other names."""
    wanted = "a list of names, or names with their other names"
    if isinstance(value, Mapping):
        return tuple(_named(name, str(title), entry, wanted) for title, entry in value.items())
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise wrong(name, wanted)
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
        aliases = texts(name, said.get("aliases") or (), wanted)
        return Register(title, aliases, str(said["id"]) if said.get("id") else None)
    return Register(title, texts(name, said, wanted))


def languages(name: str, value: Any) -> tuple[str, ...]:
    """Return the languages whose words are recognised, the one to write in first."""
    languages = texts(name, value, "a language or a list of languages")
    for language in languages:
        if language not in LANGUAGES:
            raise HandrailError(
                f"plugins: handrail: languages: `{language}` is not there; there are {', '.join(sorted(LANGUAGES))}."
            )
    return languages or ("en",)


def recognise(name: str, value: Any) -> tuple[tuple[str, object], ...]:
    """Return table of words -> what the handbook adds to it, case-folded."""
    given = mapping(name, value, "tables of words, such as `steps_headings: [Work plan]`")
    for table in given:
        if table not in recognised_fields():
            mend = did_you_mean(table, recognised_fields(), f"The tables are {', '.join(recognised_fields())}.")
            raise HandrailError(f"plugins: handrail: recognise: there is no table `{table}`. {mend}")
        by_name = isinstance(getattr(LANGUAGES["en"], table), Mapping)
        entry = given[table]
        if by_name != isinstance(entry, Mapping):
            raise wrong(f"recognise: {table}", "a list of words by name" if by_name else "a list of words")
        if isinstance(entry, Mapping) and any(isinstance(words, Mapping) for words in entry.values()):
            raise wrong(f"recognise: {table}", "a list of words by name")
    return tuple((table, _folded(name, words)) for table, words in given.items())


def _folded(name: str, words: Any) -> object:
    if isinstance(words, Mapping):
        return {str(key): _folded(name, entry) for key, entry in words.items()}
    return tuple(word.casefold() for word in texts(name, words, "lists of words"))


def words(name: str, value: Any) -> tuple[tuple[str, str], ...]:
    """Return kind -> what the site calls it."""
    given = mapping(name, value, "kinds and their names, such as `procedure: Work instruction`")
    for kind in given:
        if kind not in KINDS:
            mend = did_you_mean(kind, KINDS, f"The kinds are {', '.join(KINDS)}.")
            raise HandrailError(f"plugins: handrail: words: there is no kind `{kind}`. {mend}")
    return tuple((kind, str(word)) for kind, word in given.items())


def changes(name: str, value: Any) -> tuple[ChangeRule, ...]:
    """Return how kinds of change are judged."""
    given = mapping(name, value, "kinds of change and how they are judged, such as `step.moved: execution minor`")
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


def handles(name: str, value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return role -> what the forge calls it."""
    wanted = 'roles and what the forge calls them, such as `Release manager: "@acme/release"`'
    given = [(role, texts(name, said, wanted)) for role, said in mapping(name, value, wanted).items()]
    for role, handles in given:
        for handle in handles:
            if not re.fullmatch(r"@[\w@./-]+|[^\s@]+@[^\s@]+", handle):
                mend = "Write it like `@name`, `@group/team` or an address, in quotation marks."
                raise HandrailError(f"plugins: handrail: handles: `{role}`: `{handle}` is no handle. {mend}")
    return tuple(given)


def clauses(name: str, value: Any) -> tuple[Standard, ...]:
    """Return the standards with their clauses."""
    given = mapping(name, value, "standards and their clauses, such as `ISO 9001:2015: {8.3: Design}`")
    return tuple(Standard(title, tuple(_clauses_of(title, said))) for title, said in given.items())


def _clauses_of(standard: str, said: Any) -> Iterable[Clause]:
    wanted = "a list of clauses, or clauses with their titles"
    if isinstance(said, Mapping):
        return (_clause(standard, str(number), about) for number, about in said.items())
    return (Clause(number) for number in texts(f"clauses: {standard}", said, wanted))


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


def history(name: str, value: Any) -> str:
    """Return `tags` where the site tells the past, or nothing."""
    if value in (False, "off"):
        return ""
    if value != "tags":
        raise wrong(name, "`tags` or `off`")
    return "tags"


def review(name: str, value: Any) -> str:
    """Return the revision that a preview is compared with, or nothing."""
    if value is False:
        return ""
    wanted = "what to compare with, such as `base: main`"
    given = mapping(name, value, wanted)
    if set(given) != {"base"} or not isinstance(given["base"], str) or not given["base"].strip():
        raise wrong(name, wanted)
    return given["base"].strip()
