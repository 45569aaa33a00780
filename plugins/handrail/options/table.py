"""Every option: its name, how its value is read, its manual and an example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from handrail.dataclass import dataclass
from handrail.options import entries, forms
from handrail.options.data import Options


@dataclass(frozen=True, slots=True)
class Option:
    """One option: how its value is read, and its manual."""

    name: str
    read: Callable[[str, Any], Any]
    manual: str
    example: str


OPTIONS: tuple[Option, ...] = (
    Option(
        "kinds",
        entries.kinds,
        "Which pages are what: globs as in `exclude_docs`, the last match wins; `none` exempts a page.",
        'kinds:\n  "runbooks/**": procedure\n  "runbooks/index.md": none',
    ),
    Option(
        "keys",
        entries.keys,
        "The handbook's own front-matter names for Handrail's facts.",
        "keys:\n  owner: owner_slack\n  review.last: last_reviewed_on",
    ),
    Option(
        "roles",
        entries.register,
        "The roles of the handbook that have no page of their own, with their other names.",
        "roles:\n  Release manager: [RM]\n  Developer:",
    ),
    Option(
        "records",
        entries.register,
        "The records of the handbook that have no page of their own.",
        "records: [Release note, Incident ticket]",
    ),
    Option(
        "languages",
        entries.languages,
        "The languages whose words are recognised; Handrail writes in the first one.",
        "languages: [en, de]",
    ),
    Option(
        "recognise",
        entries.recognise,
        "More words that Handrail recognises, by table.",
        "recognise:\n  steps_headings: [work plan]\n  labels: {record: [evidence sheet]}",
    ),
    Option(
        "words",
        entries.words,
        "What the site calls the kinds.",
        "words:\n  process: SOP\n  procedure: Work instruction",
    ),
    Option(
        "lists",
        forms.one_of("indent", "as-is"),
        "Whether lists of typed pages are indented the way Python-Markdown "
        "needs it, so that the site shows what the forge shows.",
        "lists: as-is",
    ),
    Option("folder", forms.folder, "The folder of the pages that Handrail makes.", "folder: registers"),
    Option(
        "navigation",
        forms.switch,
        "Whether a section with Handrail's pages is added at the end of the navigation.",
        "navigation: false",
    ),
    Option("runs", forms.switch, "Whether a reader can tick off the steps of a procedure.", "runs: false"),
    Option(
        "accessible",
        forms.switch,
        "Whether known gaps of the theme in accessibility are mended by style and script.",
        "accessible: false",
    ),
    Option(
        "changes",
        entries.changes,
        "How kinds of change are judged in a review, where the handbook sees it otherwise than Handrail.",
        "changes:\n  step.moved: execution minor\n  field.version: editorial",
    ),
    Option(
        "clauses",
        entries.clauses,
        "The clauses of standards that the handbook has to cover, with their titles; "
        "one that does not apply is excluded with its reason.",
        'clauses:\n  ISO 9001:2015:\n    "7.5": Documented information\n    "8.3": {excluded: We design nothing}',
    ),
    Option(
        "ask",
        forms.line,
        "Who to ask about the handbook; it stands on every copy and every print.",
        "ask: Quality team, quality@example.org",
    ),
    Option(
        "valid_for",
        forms.span,
        "How long a copy is good, counted from the day of its commit; after that it says that it is old.",
        "valid_for: 30 days",
    ),
    Option(
        "controlled",
        forms.switch_or_line,
        "Whether prints and copies are controlled; otherwise each says that it is an uncontrolled copy.",
        "controlled: Controlled only with the red stamp of the quality team",
    ),
    Option(
        "sanitize",
        forms.one_of("off", "strict"),
        "Whether what authors write may hold any HTML, or only what cannot act.",
        "sanitize: strict",
    ),
    Option(
        "handles",
        entries.handles,
        "What the forge calls roles and owners, so that `handrail owners` can tell who has to approve.",
        'handles:\n  Release manager: "@acme/release"\n  Quality manager: ["@ann", "@bob"]',
    ),
    Option(
        "history",
        entries.history,
        "Whether the site tells what changed at each tag of git: in a change log, and on each document and role.",
        "history: tags",
    ),
    Option(
        "review",
        entries.review,
        "Shows on each page what changed since a branch was left, for those who review a preview.",
        "review:\n  base: main",
    ),
)
"""Every option, in the order of the manual."""

assert [option.name for option in OPTIONS] == [field.name for field in fields(Options)]
