"""Draw random processes and count what is wrong with each picture.

python bench/drawings.py [FIRST:LAST]      seeds, by default 0:600

The processes are shaped like handbook pages: steps in the author's order over one to eight lanes, every fifth
a decision with up to four branches, ahead or back. Two edges are related where they share an end.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

from handrail.drawing import drawing
from handrail.graph import Edge, Graph, Lane, Node
from handrail.layout import Placement, laid_out

VERBS = "Check Open Record Approve Close Escalate Notify Prepare Review Sign Ship Test Release Archive".split()
THINGS = "ticket order release report contract change payment sample batch account incident request".split()
LABELS = ("Yes", "No", "Rejected by the customer", "Over 10 000 EUR", "Other")

_CLEAR = 2
"""How many pixels a label has to stay away from a box."""

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""
Piece = tuple[str, str, Box]
"""Source, target and a straight piece of the edge between them."""


def random_flow(seed: int, steps: int | None = None) -> Graph:
    """Return a process of 5 to 60 steps, or of as many as are asked for."""
    chance = random.Random(seed)
    size = steps or chance.randrange(5, 61)
    lanes = tuple(Lane(f"role-{number}", f"Role {number}") for number in range(1, chance.randrange(1, 9) + 1))
    nodes: list[Node] = []
    edges = [Edge("start", "s0"), Edge(f"s{size - 1}", "end")]
    lane = lanes[0].id
    for number in range(size):
        if chance.random() < 0.4:
            lane = chance.choice(lanes).id
        words = f"{chance.choice(VERBS)} the {chance.choice(THINGS)} {number}"
        decides = 0 < number < size - 1 and chance.random() < 0.22
        kind, title = ("decision", f"{words}?") if decides else ("task", words)
        nodes.append(Node(f"s{number}", title, kind, lane, str(number + 1), f"#s{number}"))  # type: ignore[arg-type]  # "decision" or "task"
        if decides:
            edges += _branches(number, size, chance)
        elif number < size - 1:
            edges.append(Edge(f"s{number}", f"s{number + 1}"))
    start = Node("start", "Start", "start", nodes[0].lane)
    return Graph(f"p{seed}", f"Process {seed}", lanes, (start, *nodes, Node("end", "End", "end", lane)), tuple(edges))


def _branches(number: int, size: int, chance: random.Random) -> Iterator[Edge]:
    targets = [number + 1]
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        back = chance.random() < 0.35 and number > 1
        ahead = min(size - 1, number + chance.randrange(2, 9))
        target = number - chance.randrange(1, min(number, 7) + 1) if back else ahead
        if target > 0 and target not in (number, *targets):
            targets.append(target)
    for label, target in zip(LABELS, targets, strict=False):
        yield Edge(f"s{number}", f"s{target}", label)


def judged(placed: Placement) -> Counter[str]:
    """Count what is wrong with one picture."""
    found: Counter[str] = Counter()
    boxes = {n.node.id: (n.x, n.y, n.x + n.width, n.y + n.height) for n in placed.nodes}
    pieces = list(_pieces(placed))
    found["boxes overlap"] = sum(_meet(one, other, 1) for one, other in combinations(boxes.values(), 2))
    for source, target, line in pieces:
        found["edges through a box"] += sum(
            _meet(line, box, 2) for name, box in boxes.items() if name not in (source, target)
        )
    for one, other in combinations(pieces, 2):
        found[_company(one, other)] += 1
    found.update(_labels(placed, boxes, pieces))
    found["bends"] = sum(len(edge.points) - 2 for edge in placed.edges)
    found["edges"] = len(placed.edges)
    del found["apart"]
    return found


def _pieces(placed: Placement) -> Iterator[Piece]:
    for edge in placed.edges:
        for (x, y), (to_x, to_y) in pairwise(edge.points):
            yield edge.edge.source, edge.edge.target, (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


def _meet(one: Box, other: Box, by: int = 0) -> bool:
    return one[0] < other[2] - by and other[0] < one[2] - by and one[1] < other[3] - by and other[1] < one[3] - by


def _company(one: Piece, other: Piece) -> str:
    """Name what two pieces of edges do to each other."""
    (source, target, line), (other_source, other_target, other_line) = one, other
    if (source, target) == (other_source, other_target):
        return "apart"
    upright, other_upright = line[0] == line[2], other_line[0] == other_line[2]
    if upright != other_upright:
        level, plumb = (other_line, line) if upright else (line, other_line)
        crosses = level[0] < plumb[0] < level[2] and plumb[1] < level[1] < plumb[3]
        return "crossings" if crosses else "apart"
    axis = 0 if upright else 1
    along = min(line[3 - axis], other_line[3 - axis]) - max(line[1 - axis], other_line[1 - axis])
    if line[axis] != other_line[axis] or along <= 4:
        return "apart"
    if target == other_target:
        return "edges joined before their target"
    if {source, target} & {other_source, other_target}:
        return "related edges on each other"
    return "unrelated edges on each other"


def _labels(placed: Placement, boxes: dict[str, Box], pieces: list[Piece]) -> Iterator[str]:
    labels = [
        (edge.edge, (label.x, label.y, label.x + label.width, label.y + label.height))
        for edge in placed.edges
        if (label := edge.label)
    ]
    for edge, box in labels:
        yield "labels"
        if any(_meet(box, other, -_CLEAR) for other in boxes.values()):
            yield "labels on a box"
        ends = (edge.source, edge.target)
        if any((source, target) != ends and _covers(box, line) for source, target, line in pieces):
            yield "labels on a foreign edge"
    for (_, one), (_, other) in combinations(labels, 2):
        if _meet(one, other):
            yield "labels on a label"


def _covers(box: Box, line: Box) -> bool:
    return box[0] < line[2] + 1 and line[0] - 1 < box[2] and box[1] < line[3] + 1 and line[1] - 1 < box[3]


def _report(seeds: range) -> Iterator[str]:
    found: Counter[str] = Counter()
    times, sizes = [], []
    for seed in seeds:
        graph = random_flow(seed)
        begun = time.process_time()
        placed = laid_out(graph)
        picture = drawing(placed)
        times.append(time.process_time() - begun)
        sizes.append(len(picture.encode()))
        found += judged(placed)
    for what in (*_WANTED, *sorted(set(found) - set(_WANTED))):
        yield f"{found[what]:7,}  {what}{_WANTED.get(what, '')}"
    middle = len(seeds) // 2
    yield f"{sorted(times)[middle] * 1000:7.1f}  ms of processor time for layout and drawing, median (under 20)"
    yield f"{sorted(sizes)[middle]:7,}  bytes, median"
    for steps, limit in ((25, ""), (500, " (under 1.5)"), (2000, "")):
        begun = time.process_time()
        size = len(drawing(laid_out(random_flow(1, steps))).encode())
        yield f"{time.process_time() - begun:7.2f}  s for {steps:,} steps{limit}, {size:,} bytes"


_WANTED = {
    "boxes overlap": " (0)",
    "edges through a box": " (0)",
    "unrelated edges on each other": " (at most 10)",
    "crossings": " (at most 3,000)",
    "labels on a box": " (0)",
    "labels on a label": " (0)",
    "labels on a foreign edge": " (at most 25)",
}
"""What is counted first, with what is wanted over the seeds 0 to 600."""


if __name__ == "__main__":
    first, last = map(int, (sys.argv[1] if len(sys.argv) > 1 else "0:600").split(":"))
    print("\n".join(_report(range(first, last))))
