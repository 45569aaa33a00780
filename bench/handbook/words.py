"""Words and sentences; they mean nothing and are as long as real ones."""

from __future__ import annotations

import posixpath

from .desk import Desk, Entry

AREAS = """
    payments access release support hiring finance incident storage network training supplier audit laboratory shipping
    privacy onboarding billing safety quality archive
""".split()
VERBS = """
    freeze restore rotate revoke announce review publish calibrate register transfer close reopen inspect archive
    escalate schedule verify record collect clean replace sign measure label order approve import export withdraw renew
    isolate drain compare copy prepare confirm
""".split()
NOUNS = """
    ledger token branch sample report shelf invoice gateway customer contract cluster bucket queue certificate account
    meeting agenda device batch label folder ticket dashboard alert schedule volume record manual key request form
    backup budget register message channel change note image package node order credit laptop badge visitor delivery
    statement region window password mirror tenant printer table chart guide survey
""".split()
ADJECTIVES = """
    weekly open signed missing late central shared second approved cold local older written failed current pending
    empty remote broken secure regular small public internal external main
""".split()
SAID = """
    holds follows leaves reaches replaces belongs explains carries opens covers shows limits supports keeps needs
    protects describes repeats
""".split()
_JOINED = ("and", "while", "so that", "because", "before", "unless", "as soon as", "which means that", "or", "but")
DOERS = ("manager", "officer", "lead", "coordinator", "engineer", "owner", "reviewer", "clerk")


def marked(desk: Desk, text: str) -> str:
    """Return a text with a link, code or bold words in it, as often as real ones have them."""
    draw = desk.chance.random()
    if draw < 0.05:
        return f"{text} See {link(desk, desk.chance.choice(desk.pages))}."
    if draw < 0.11:
        return f"{text} [{thing(desk).capitalize()}](https://example.org/{desk.chance.choice(NOUNS)}/)."
    if draw < 0.2:
        return f"`{desk.chance.choice(NOUNS)}_{desk.chance.choice(NOUNS)}`: {text}"
    if draw < 0.24:
        return f"**{thing(desk).capitalize()}**: {text}"
    return f"*{desk.chance.choice(ADJECTIVES).capitalize()}*: {text}" if draw < 0.26 else text


def link(desk: Desk, to: Entry, anchor: str = "") -> str:
    """Return a link to a page; one of forty leads nowhere, as in real handbooks."""
    address = posixpath.relpath(to.path, posixpath.dirname(desk.here.path))
    if desk.chance.random() < 0.025:
        address = address.replace(".md", "-old.md")
    return f"[{to.title}]({address}{anchor})"


def order(desk: Desk, words: int) -> str:
    """Return a sentence that tells somebody to act."""
    head = f"{desk.chance.choice(VERBS).capitalize()} the {thing(desk)}"
    if desk.chance.random() < 0.2:
        head += f" `{desk.chance.choice(NOUNS)}`"
    return f"{head} {desk.chance.choice(_JOINED)} {clauses(desk, words - 5)}." if words > 8 else f"{head}."


def sentence(desk: Desk, words: int) -> str:
    """Return a sentence of about so many words."""
    text = clauses(desk, words)
    return f"{text[0].upper()}{text[1:]}."


def clauses(desk: Desk, words: int) -> str:
    """Return about so many words that read like a sentence."""
    if words < 5:
        return thing(desk)
    said = f"the {thing(desk)} {desk.chance.choice(SAID)} the {thing(desk)}"
    while len(said.split()) < words - 4:
        comma = "," if desk.chance.random() < 0.3 else ""
        said += f"{comma} {desk.chance.choice(_JOINED)} the {thing(desk)} {desk.chance.choice(SAID)} it"
    return said


def thing(desk: Desk) -> str:
    """Return what a sentence may be about."""
    noun = desk.chance.choice(NOUNS)
    return f"{desk.chance.choice(ADJECTIVES)} {noun}" if desk.chance.random() < 0.5 else noun


def wrapped(desk: Desk, text: str) -> str:
    """Return a paragraph as its author would: half of them wrap their lines."""
    lines: list[str] = [""]
    for word in text.split(" "):
        if desk.width and len(lines[-1]) + len(word) > desk.width:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else ''}{word}"
    return "\n".join(lines)
