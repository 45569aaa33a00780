"""Steps of a list, and what stands in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist

from .blocks import bullets, fence, paragraph
from .desk import Desk, drawn
from .words import ADJECTIVES, NOUNS, SAID, VERBS, clauses, link, order, sentence, thing

_WORDS_IN_A_STEP = NormalDist(math.log(11), math.log(32 / 11) / NormalDist().inv_cdf(0.9))
_STEPS = {2: 803, 3: 905, 4: 724, 5: 464, 6: 305, 7: 213, 8: 142, 9: 89, 10: 70, 12: 110, 18: 40, 30: 14}
"""Steps of a list, and how many lists have so many."""
_LABELS = ("Expect", "Record", "Within", "Takes", "Input", "Output", "If not", "Inform", "Warning", "Every")


def many(desk: Desk) -> int:
    """Return how many steps a list has."""
    return drawn(desk, _STEPS)


def step_words(desk: Desk) -> int:
    """Return about how many words a step has."""
    return max(3, round(math.exp(desk.chance.gauss(_WORDS_IN_A_STEP.mean, _WORDS_IN_A_STEP.stdev))))


def numbered(desk: Desk, steps: Sequence[str], first: int = 1) -> str:
    """Return an ordered list; one of three counts `1. 1. 1.`, one of fourteen is indented by four."""
    same = desk.chance.random() < 0.34
    mark = ")" if desk.chance.random() < 0.02 else "."
    indent = "    " if desk.chance.random() < 0.07 else "   "
    items = []
    for number, text in enumerate(steps, first):
        head = f"{first if same else number}{mark}".ljust(len(indent) - 1) + " "
        items.append(head + text.replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n"))
    return "\n".join(items)


def step(desk: Desk) -> str:
    """Return a step with its body: what stands in it, and how often, as in real lists."""
    text = _opened(desk, order(desk, step_words(desk)))
    body = [part(desk) for rate, part in _BODIES if desk.chance.random() < rate]
    return "\n\n".join([text, *body])


def _opened(desk: Desk, told: str) -> str:
    """Return a step's sentence with what real ones open or close with."""
    draw = desk.chance.random()
    bare = told[0].lower() + told[1:]
    openings: tuple[tuple[float, Callable[[], str]], ...] = (
        (0.04, lambda: f"If the {thing(desk)} is {desk.chance.choice(ADJECTIVES)}, {bare}"),
        (0.09, lambda: f"**{desk.chance.choice(NOUNS).capitalize()}:** {bare}"),
        (0.12, lambda: f"**{thing(desk).capitalize()}**: {bare}"),
        (0.13, lambda: f"**{desk.chance.choice(desk.roles)}:** {bare}"),
        (0.15, lambda: f"The {desk.chance.choice(desk.roles).lower()} {desk.chance.choice(SAID)} the {thing(desk)}."),
        (0.16, lambda: f"{told} Then go back to step {desk.chance.randint(1, 3)}."),
        (0.164, lambda: f"(optional) {told}"),
        (0.18, lambda: _question(desk)),
        (0.24, lambda: f"{told} See {link(desk, desk.chance.choice(desk.pages))}."),
        (0.34, lambda: f"{told} It is in the [{thing(desk)}](https://example.org/{desk.chance.choice(NOUNS)})."),
        (0.38, lambda: f"Inform the {desk.chance.choice(desk.roles).lower()} that the {thing(desk)} has changed."),
        (0.41, lambda: f'<a id="{desk.chance.choice(VERBS)}-{desk.chance.randint(1, 99)}"></a>{told}'),
    )
    return next((opening() for limit, opening in openings if draw < limit), told)


def _question(desk: Desk) -> str:
    return (
        f"Does the {thing(desk)} {desk.chance.choice(VERBS)} the {thing(desk)}?\n\n"
        f"- **Yes:** {order(desk, 6)}\n- **No:** go back to step 1."
    )


_BODIES: tuple[tuple[float, Callable[[Desk], str]], ...] = (
    (0.08, lambda desk: fence(desk)),
    (0.05, lambda desk: _labelled(desk)),
    (0.04, lambda desk: bullets(desk)),
    (0.03, lambda desk: "\n".join(f"{number}. {order(desk, 7)}" for number in range(1, 4))),
    (0.05, lambda desk: paragraph(desk)),
    (0.004, lambda desk: f"> **Warning** {sentence(desk, 10)}"),
    (0.003, lambda desk: f"![{thing(desk)}](https://example.org/{desk.chance.choice(NOUNS)}.png)"),
)
"""What stands inside a step, and how often."""


def _labelled(desk: Desk) -> str:
    labels = desk.chance.sample(_LABELS, desk.chance.randint(1, 3))
    shown = (f"**{label}:**" if desk.chance.random() < 0.5 else f"{label}:" for label in labels)
    return "\n".join(f"- {label} {clauses(desk, 6)}" for label in shown)
