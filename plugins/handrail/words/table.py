"""What a table of words holds: one field for each thing that Handrail recognises in text."""

from __future__ import annotations

from collections.abc import Mapping

from handrail.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; all of them case-folded, without final punctuation."""

    language: str
    facts: Mapping[str, tuple[str, ...]]
    """Fact -> the headings, labels and table cells that state it."""
    metadata_headings: tuple[str, ...]
    """Headings under which labelled lines state facts of the page: `Document information`."""
    history_headings: tuple[str, ...]
    """Headings under which a table of changes stands: `Revision history`."""
    approval_headings: tuple[str, ...]
    """Headings under which a table says who approved the page: `Approvals`."""
    version_columns: tuple[str, ...]
    """Column of such a table that holds a version."""
    date_columns: tuple[str, ...]
    """Column that holds a day."""
    change_columns: tuple[str, ...]
    """Column that says what was changed."""
    name_columns: tuple[str, ...]
    """Column that names who approves."""
    signature_columns: tuple[str, ...]
    """Column in which they sign."""
    not_approving: tuple[str, ...]
    """How the first cell of a row opens whose name approved nothing: `Author`, `Prepared by`."""
    aspects: tuple[str, ...]
    """Headings and labels whose text is kept as an aspect under its own name."""
    duty_headings: tuple[str, ...]
    """Headings under which roles stand, each with its duties behind it: `Responsibilities`."""
    when_to: tuple[str, ...]
    """How a heading opens, right under the page's title, that says what starts the page's work: `When to revise it`."""
    not_when_to: tuple[str, ...]
    """What follows on such words where the heading is about another thing: `When to escalate`."""
    labels: Mapping[str, tuple[str, ...]]
    """Label of a step's line or of a step table's column -> its spellings."""
    steps_headings: tuple[str, ...]
    """Headings under which steps stand, as a whole or as their first or last words."""
    to_words: tuple[str, ...]
    """Between a steps-like word and what the steps are for: `Steps to roll back`."""
    how_to: tuple[str, ...]
    """How a steps-like heading may begin."""
    steps_endings: tuple[str, ...]
    """How a steps-like heading may end: `Rollback procedure`."""
    flow_headings: tuple[str, ...]
    """Headings under which a process states its flow."""
    not_steps: tuple[str, ...]
    """Headings (and the lines before a list) under which a list is no list of steps."""
    not_steps_endings: tuple[str, ...]
    """How such a heading may end, where it does not open with a verb: `Regulatory references`."""
    law_words: tuple[str, ...]
    """Words before a heading's number that make it a paragraph of a law or of bylaws, which holds no steps: `§ 3 Board`."""
    not_steps_openings: tuple[str, ...]
    """How such a heading may open, where it names no steps: `Why we do this`."""
    lead_ins: tuple[str, ...]
    """Words in the line before a list that is no list of steps."""
    choices: tuple[str, ...]
    """Words in the line before a list of which the reader takes one: `one of the following`."""
    leaving_open: tuple[str, ...]
    """Words in the line before bullets that leave open which of them are done: steps `may include`."""
    enumerations: tuple[str, ...]
    """What lists count up that are no steps, in the line before them: reasons, options, parts."""
    counting_up: tuple[str, ...]
    """Words before such a thing, beside numbers: the `following` reasons."""
    enumerating_ends: tuple[str, ...]
    """How a line ends with which the list goes on: it must `be`:"""
    naming_steps: tuple[str, ...]
    """Words in the line before a list that say that it is steps, beside the steps-like headings."""
    sections: tuple[str, ...]
    """Headings that show that a run of numbered headings is sections, not steps."""
    step: tuple[str, ...]
    """The word before a step's number in a sentence."""
    numbered_words: tuple[str, ...]
    """The words before a step's number in a heading: `Step 2`, `Phase 2`."""
    step_numbers: Mapping[str, tuple[str, ...]]
    """1, 2 ... -> its words in a heading that names a step: `Step One`, `Phase II`."""
    step_columns: tuple[str, ...]
    """First column of a table of steps."""
    text_columns: tuple[str, ...]
    """Column that says what to do, where the first one only counts."""
    columns: Mapping[str, tuple[str, ...]]
    """Key of a label -> what the head of a column in a table of steps says beside the label's own words."""
    for_words: tuple[str, ...]
    """Between a steps-like heading and the role it is for."""
    jump: tuple[str, ...]
    """Words that send the reader to another step."""
    repeat: tuple[str, ...]
    """Words among them that send the reader back, and then on again."""
    of_place: tuple[str, ...]
    """Between a step's number and the other list that has the step: step 5 `of` the manual process."""
    this_place: tuple[str, ...]
    """How that list is called where it is the step's own."""
    jump_between: tuple[str, ...]
    """Little words between a jump word and where it leads."""
    mention: tuple[str, ...]
    """Words before a link that only point at something."""
    end: tuple[str, ...]
    """Words that end the flow, as the whole of a branch or after a jump word."""
    condition: tuple[str, ...]
    """Words that open a condition at the head of a sentence."""
    otherwise: tuple[str, ...]
    """Words that open the other branch."""
    optional: tuple[str, ...]
    """What a bracket says of a step that may be left out."""
    bracket: tuple[str, ...]
    """Words that begin a bracket that is a condition."""
    bracket_end: tuple[str, ...]
    """Words that end a bracket that is a condition."""
    negative: tuple[str, ...]
    """A branch with one of these labels is the branch "no"."""
    articles: tuple[str, ...]
    """Words that may stand before a role's name."""
    in_words: tuple[str, ...]
    """Words between a record and its state: the order `in` state approved."""
    state_words: tuple[str, ...]
    """How a state is called: the order in `state` approved."""
    not_roles: tuple[str, ...]
    """Words that never stand in a role's name; with one of them a bold lead is text."""
    agents: tuple[str, ...]
    """Words of which one, as a name's first or last word, shows that the name is a role's."""
    agent_first: tuple[str, ...]
    """Words of which one follows on an agent that opens a name: `Head of sales`; without any, every word may."""
    agent_ending: str
    """Pattern of the endings that make a word a doer, as in `approver`."""
    not_agents: tuple[str, ...]
    """Words with such an ending that are things."""
    verbs: tuple[str, ...]
    """Verbs that open a step's sentence: a bold lead that starts with one is an action, no role."""
    verb_at_end: str
    """Pattern of the end of a sentence that tells somebody to act, if the language has its verb there; else empty."""
    verb_nouns: tuple[str, ...]
    """Verbs among them that are nouns too, and may open a role's name: `Release manager`."""
    subject_verb: str
    """Pattern of the word after a role's name that makes the role the subject of the sentence."""
    statuses: Mapping[str, tuple[str, ...]]
    risks: Mapping[str, tuple[str, ...]]
    orders: Mapping[str, tuple[str, ...]]
    time_units: Mapping[str, tuple[str, ...]]
    """minute | hour | day | week | month | year -> its spellings."""
    months: Mapping[str, tuple[str, ...]]
    """1 to 12 -> the names of the month."""
    numbers: Mapping[str, tuple[str, ...]]
    """2, 3 ... -> their words."""
    cadences: Mapping[str, tuple[str, ...]]
    """A span, such as `1 year` -> the words that say it is repeated after that time."""
    every_words: tuple[str, ...]
    """Words before a span that say it is repeated."""
    day_kinds: Mapping[str, tuple[str, ...]]
    """calendar | working | elapsed -> the words before the unit."""
    from_words: tuple[str, ...]
    """Between an amount of time and the event from which it counts."""
    all_words: tuple[str, ...]
    any_words: tuple[str, ...]
    """Between names: whether all of them or any one of them must act."""
    true_words: tuple[str, ...]
    controlling: tuple[str, ...]
    """How words of approving and checking begin: a changed sentence with one of them touches a control."""
    not_controlling: tuple[str, ...]
    """How words begin that are none of them, though they begin like one."""
    modals: tuple[str, ...]
    """Words that say how binding a sentence is."""
    number_words: Mapping[str, tuple[str, ...]]
    """Digits -> the words for that number: texts that differ in nothing else say the same."""
    counting: tuple[str, ...]
    """Words that count otherwise: how often, which one in a row, how large a part."""
    negations: tuple[str, ...]
    """Words that turn a sentence into its opposite."""
    nothing: tuple[str, ...]
    """Texts that say that there is none."""
    placeholders: tuple[str, ...]
    """Words that stand where nothing has been written yet."""
    site: Mapping[str, str]
    """What Handrail writes on pages, by key."""
