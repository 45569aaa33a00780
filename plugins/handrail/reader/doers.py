"""Who has a part in a step: who does it, approves it, is asked or told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from handrail.documents import Inline
from handrail.kept import kept
from handrail.model import Hold, Part
from handrail.problems import nearest
from handrail.reader.context import Context
from handrail.reader.grammar import key
from handrail.reader.lines import Said
from handrail.reader.raw import RawRole
from handrail.reader.roles import folded, names_all, names_doer, registered_in, role_like, split_names
from handrail.reader.wording import is_placeholder

REGISTER_IT = "Add it to `roles:` in the options, or as a page of kind role."
"""What to do about a role that the handbook does not register."""

_ROLE_LABELS: dict[str, Part] = {
    "who": "does",
    "participants": "takes part",
    "consult": "asked",
    "inform": "told",
    "approve": "approves",
}


_PLAIN_LEAD = re.compile(r"([^\W\d_][^:\n.!?]{0,79}?)\s*:\s+(?=\S)")


def lead_role(text: Inline, context: Context) -> tuple[str, int]:
    """Return the role, or the roles, that open a text, and where what they do begins; `("", 0)` where there is none.

    `**Baker:** heat the oven`; without bold letters, names that the handbook registers: `Baker: heat the oven`.
    """
    if text.lead:
        named = text.lead_end < len(text.plain) and _names_role(text, context)
        return (text.lead.rstrip(":").strip(), text.lead_end) if named else ("", 0)
    match = _PLAIN_LEAD.match(text.plain) if context.register.names else None
    if match is None or any(start < match.end() for start, _ in text.code):
        return "", 0
    named = context.register.knows(match[1]) or _all_known(match[1], context)
    return (match[1], match.end()) if named else ("", 0)


def _names_role(text: Inline, context: Context) -> bool:
    """Whether the bold words at the head of a text name the role, or several roles."""
    return context.is_role(text.lead, folded(text.lead)) or _all_known(text.lead.rstrip(":"), context)


def _all_known(words: str, context: Context) -> bool:
    """Whether words are the names of several roles, each of them registered."""
    names = names_all(words, context.grammar)
    return len(names) > 1 and all(context.register.knows(name) for name in names)


def missed_role(text: Inline, context: Context) -> str | None:
    """Return the bold words that open a text and look like a role's name, where the handbook registers no such role.

    They open several steps of the page, stand for somebody, or are nearly a registered name.
    """
    name = text.lead.rstrip(": ")
    if not context.registered or not text.lead.endswith(":") or not role_like(name, context.grammar):
        return None
    if _names_role(text, context) or key(name) in context.grammar.label_keys:
        return None
    looks = folded(name) in _recurring(context.page.lines) or names_doer(name, context.grammar)
    return name if looks or _is_nearly_one(folded(name), context.register.names) else None


_BOLD_ITEM = re.compile(r"[ \t]*(?:\d+[.)]|[-*+])[ \t]+(?:\[[ xX]\][ \t]+)?\*\*([^*\n]{2,60})\*\*")


@kept(4)
def _recurring(lines: Sequence[str]) -> frozenset[str]:
    """Return the bold leads, folded, that open two or more items of a page."""
    matches = (_BOLD_ITEM.match(line) for line in lines if "**" in line)
    counts = Counter(folded(match[1]) for match in matches if match)
    return frozenset(name for name, count in counts.items() if count > 1)


@kept(256)
def _is_nearly_one(name: str, names: frozenset[str]) -> bool:
    """Whether a folded name is spelled nearly as one of those that are registered; the same words open many steps."""
    return nearest(name, names) is not None


def roles_of(lead: RawRole | None, said: Iterable[Said], context: Context) -> Iterator[RawRole]:
    """Yield the roles that a step names, each once, the one that opens it first."""
    seen: set[tuple[str, str]] = set()
    for role in _all_roles(lead, said, context):
        mark = (folded(role.name), role.part)
        if mark not in seen and not is_placeholder(role.name, context.grammar):
            seen.add(mark)
            column = context.place(role.line, role.line, role.name)[1]
            yield RawRole(role.name, role.part, role.source, role.line, role.optional, column)


def _all_roles(lead: RawRole | None, said: Iterable[Said], context: Context) -> Iterator[RawRole]:
    if lead is not None:
        whole = context.register.knows(lead.name) or context.is_role(lead.name + ":", folded(lead.name))
        for name in [lead.name] if whole else names_all(lead.name, context.grammar):
            yield RawRole(name, "does", lead.source, lead.line)
    for line in said:
        part = _ROLE_LABELS.get(line.key)
        if part is not None:
            yield from _named(line, part, context)
        elif line.key in ("hold", "stop"):
            yield from _known(line, "approves" if line.key == "hold" else "told", context)
        elif line.key == "judgement":
            yield from _known(line, "does", context)


def _named(line: Said, part: Part, context: Context) -> Iterator[RawRole]:
    """Yield the roles that a line or cell lists."""
    for text in line.texts:
        if is_placeholder(text, context.grammar):
            continue
        whole = context.register.knows(text) and "(" not in text
        names = [(text, False)] if whole else split_names(text, context.grammar)
        for name, optional in names:
            if len(name.split()) <= 8:
                yield RawRole(name, part, line.source, line.line, optional)


def _known(line: Said, part: Part, context: Context) -> Iterator[RawRole]:
    """Yield the roles that a sentence names: registered ones anywhere in it; without a register, those at its head."""
    found = registered_in(line.whole, context.register)
    if not found and not context.registered:
        names = names_all(_head(line.whole), context.grammar)
        found = tuple(name for name in names if context.is_role(f"{name}:", folded(name)))
    for name in found:
        yield RawRole(name, part, "line", line.line)


def _head(text: str) -> str:
    """Return the words of a sentence before its verb or its first comma."""
    return re.split(
        r"[;.:]|\b(?:decides?|releases?|approves?|within|before|when|if|has|have|entscheidet|gibt)\b", text
    )[0]


def hold_of(line: Said | None, context: Context) -> Hold | None:
    """Return a hold point: who has to release it, all of them or any one."""
    if line is None:
        return None
    who = tuple(dict.fromkeys(role.name for role in _known(line, "approves", context)))
    if not who:
        who = tuple(name for name in names_all(_head(line.whole), context.grammar) if len(name.split()) <= 5)
    either = context.grammar.either.search(line.whole.split(".")[0]) is not None
    return Hold(who, "any" if either else "all", line.whole)
