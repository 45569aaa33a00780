"""Which row each node stands in: below everything that leads to it, loops left out."""

from __future__ import annotations

from collections.abc import Sequence

Arrows = Sequence[tuple[int, int]]


def ranked(count: int, arrows: Arrows) -> list[int]:
    """Return the row of each node; nodes are numbered in the author's order."""
    back = back_arrows(count, arrows)
    forward = [pair for place, pair in enumerate(arrows) if place not in back]
    leads_to: list[list[int]] = [[] for _ in range(count)]
    waits_for = [0] * count
    for source, target in forward:
        leads_to[source].append(target)
        waits_for[target] += 1
    entered = [number > 0 for number in waits_for]
    ranks, order = _longest_paths(leads_to, waits_for)
    for node in reversed(order):
        if leads_to[node] and not entered[node]:
            ranks[node] = min(ranks[target] for target in leads_to[node]) - 1
    return ranks


def _longest_paths(leads_to: list[list[int]], waits_for: list[int]) -> tuple[list[int], list[int]]:
    ranks = [0] * len(leads_to)
    order = [node for node, number in enumerate(waits_for) if not number]
    for node in order:
        for target in leads_to[node]:
            ranks[target] = max(ranks[target], ranks[node] + 1)
            waits_for[target] -= 1
            if not waits_for[target]:
                order.append(target)
    return ranks, order


def back_arrows(count: int, arrows: Arrows) -> frozenset[int]:
    """Return the places of the arrows that lead back: against the author's order, within a circle."""
    circle = _circles(count, arrows)
    return frozenset(
        place for place, (source, target) in enumerate(arrows) if target <= source and circle[source] == circle[target]
    )


def _circles(count: int, arrows: Arrows) -> list[int]:
    """Number the strongly connected parts, by Kosaraju's two searches, without recursion."""
    leads_to: list[list[int]] = [[] for _ in range(count)]
    comes_from: list[list[int]] = [[] for _ in range(count)]
    for source, target in arrows:
        leads_to[source].append(target)
        comes_from[target].append(source)
    part = [-1] * count
    for root in reversed(_finished(leads_to)):
        if part[root] < 0:
            _flood(root, comes_from, part)
    return part


def _flood(root: int, neighbours: list[list[int]], part: list[int]) -> None:
    part[root] = root
    waiting = [root]
    while waiting:
        for node in neighbours[waiting.pop()]:
            if part[node] < 0:
                part[node] = root
                waiting.append(node)


def _finished(leads_to: list[list[int]]) -> list[int]:
    """Return the nodes in the order in which a depth-first search leaves them."""
    seen = [False] * len(leads_to)
    finished: list[int] = []
    for root in range(len(leads_to)):
        if seen[root]:
            continue
        seen[root] = True
        path = [(root, iter(leads_to[root]))]
        while path:
            node, rest = path[-1]
            following = next((target for target in rest if not seen[target]), None)
            if following is None:
                finished.append(node)
                path.pop()
            else:
                seen[following] = True
                path.append((following, iter(leads_to[following])))
    return finished


def parts(count: int, arrows: Arrows) -> list[list[int]]:
    """Return the parts of the flow that nothing connects, each in the author's order."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for source, target in arrows:
        neighbours[source].append(target)
        neighbours[target].append(source)
    part = [-1] * count
    for root in range(count):
        if part[root] < 0:
            _flood(root, neighbours, part)
    members: dict[int, list[int]] = {}
    for node in range(count):
        members.setdefault(part[node], []).append(node)
    return list(members.values())
