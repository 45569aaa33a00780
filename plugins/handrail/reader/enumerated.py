"""Ordered lists that count things up in prose: reasons, choices, questions, parts; none of them is steps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handrail.documents import Block, Item
from handrail.reader.context import Context
from handrail.reader.roles import subject_of
from handrail.reader.wording import condition_of

_MARKS = re.compile(r"[*_`~]+|<[^<>]{0,200}>")
_LAST_SENTENCE = re.compile(r"(?:.*[.!?…][)\"”’]*\s)?(.*)\Z", re.DOTALL)
_FIRST_WORD = re.compile(r"[\W_]*((?:[^\W_]|['’-])+)")


def enumeration(block: Block, before: str | None, context: Context) -> str | None:
    """Return why an ordered list is none of steps, by the words before it and the words of its items.

    `before` is the text right before the list. A list of actions is steps whatever introduces it, unless its
    introduction leaves the choice; so is a list whose introduction says that steps follow.
    """
    if block.kind != "ordered" or len(block.items) < 2:
        return None
    lead = _lead_in(before)
    grammar = context.grammar
    names_steps = [match.end() for match in grammar.names_steps.finditer(lead)] if lead else []
    if only_questions(_texts(block.items)) and not names_steps and all(len(item.blocks) == 1 for item in block.items):
        return "a list of questions"
    if not lead:
        return None
    if grammar.leaves_choice.search(lead):
        return "a list of choices"
    counted = grammar.counts_up.search(lead)
    found = counted or grammar.goes_on.search(lead)
    says_steps = names_steps and (counted is None or names_steps[-1] > counted.end())
    if found is None or says_steps or acts(block.items, context):
        return None
    return f"a list that is introduced with the words {' '.join(found.group().split()).rstrip(':')!r}"


def called_bullets(block: Block, before: str | None, context: Context) -> bool:
    """Whether bullets are steps since the words before them say so, and half of them or more are actions."""
    grammar = context.grammar
    lead = _lead_in(before) if before and len(block.items) > 1 else None
    if not lead or not grammar.names_bullets.search(lead) or grammar.leaves_open.search(lead):
        return False
    return acts(block.items, context)


def only_questions(texts: Sequence[str]) -> bool:
    """Whether every one of some texts is a question."""
    return all(text.rstrip(' \t\n*_`"”’').endswith("?") for text in texts)


def _texts(items: Sequence[Item]) -> list[str]:
    return [item.blocks[0].text if item.blocks and item.blocks[0].kind == "paragraph" else "" for item in items]


def _lead_in(before: str | None) -> str | None:
    """Return the last sentence before a list, case-folded and without marks, where it ends in a colon."""
    plain = _MARKS.sub("", before or "").rstrip()
    if not plain.endswith((":", "…", "...")):
        return None
    match = _LAST_SENTENCE.match(plain.rstrip(":….").rstrip())
    return f"{match[1].casefold()}:" if match and match[1] else None


def acts(items: Sequence[Item], context: Context) -> bool:
    """Whether half of the items or more are actions: by their verb, their condition, their doer or their code."""
    acting = sum(_is_action(item, text, context) for item, text in zip(items, _texts(items), strict=True))
    return 2 * acting >= len(items)


def _is_action(item: Item, text: str, context: Context) -> bool:
    plain = context.inline(text).plain
    verbs = context.grammar.words.verbs
    first = _FIRST_WORD.match(plain.casefold())
    if first and first[1] in verbs:
        return True
    if condition_of(plain, context.grammar) or subject_of(plain, context.register, context.grammar):
        return True
    ends = context.grammar.ends_in_verb
    return (ends is not None and ends.search(plain) is not None) or any(inner.kind == "code" for inner in item.blocks)
