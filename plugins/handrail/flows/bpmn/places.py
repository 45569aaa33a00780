"""Where each shape and arrow of a pool stands: the layout's places, with room for names outside of the shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isqrt

from handrail.dataclass import dataclass
from handrail.flows.bpmn.elements import EVENTS, GATEWAYS, Element, Pool
from handrail.graph import Edge, Graph, Node, NodeKind
from handrail.kept import kept
from handrail.layout import PlacedEdge, Placement, laid_out
from handrail.layout.sizes import BOX_WIDTH, box_height
from handrail.layout.widths import text_width
from handrail.layout.wrapping import wrapped

EVENT, GATEWAY = 36, 50
"""How large viewers draw events and gateways."""
TITLE = 30
"""The band for a pool's or lane's name."""
_NAME_WIDTH, _NAME_FONT, _NAME_LINE = 90, 12, 14
_APART = 60
"""Between two pools."""
_BESIDE = 6
_TIMER_ASIDE, _TIMER_BELOW = 40, 60
"""From a task's lower middle to its timer, and from the timer down to the end that it leads to."""
_LEAST_HEIGHT = 60
_MEMBER_GAP, _BOX_TOP, _BOX_BOTTOM, _BOX_SIDE = 12, 34, 26, 20


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in whole pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """Its centre."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Shape:
    """An element's or a lane's place, and that of its name where it stands outside."""

    id: str
    box: Box
    name: Box | None = None
    outline: str = "box"
    """box | circle | diamond"""
    expanded: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow's corners, and the place of its name."""

    id: str
    points: tuple[tuple[int, int], ...]
    name: Box | None = None


@dataclass(frozen=True, slots=True)
class PlacedPool:
    """A pool with all its places."""

    pool: Pool
    box: Box
    lanes: tuple[Box, ...]
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]


def placed_pools(pools: Sequence[Pool]) -> Iterator[PlacedPool]:
    """Yield the pools with their places, one below the other."""
    top = 0
    for pool in pools:
        placed = _placed(pool, top)
        yield placed
        top = placed.box.y + placed.box.height + _APART


def _placed(pool: Pool, top: int) -> PlacedPool:
    on_board = [element for element in pool.elements if not element.attached_to]
    placement = laid_out(_graph(pool, on_board))
    down = top + TITLE
    shapes = {
        shape.id: shape
        for placed, element in zip(placement.nodes, on_board, strict=True)
        for shape in _shapes(element, pool, Box(placed.x, placed.y + down, placed.width, placed.height))
    }
    first, last = placement.lanes[0], placement.lanes[-1]
    box = Box(first.x, top, last.x + last.width - first.x, placement.height + TITLE)
    lanes = tuple(Box(lane.x, down, lane.width, placement.height) for lane in placement.lanes)
    lines = (*_lines(pool, placement, shapes, down), *_timer_lines(pool, shapes))
    return PlacedPool(pool, box, lanes if pool.lanes else (), tuple(shapes.values()), lines)


def _graph(pool: Pool, elements: Sequence[Element]) -> Graph:
    """Return the pool as the layout takes it, each node as large as its shape and its name together."""
    names = {element.id for element in elements}
    late = {element.attached_to for element in pool.elements if element.attached_to}
    nodes = tuple(_node(element, element.id in late) for element in elements)
    edges = tuple(Edge(f.source, f.target, f.name) for f in pool.flows if f.source in names and f.target in names)
    return Graph(pool.id, pool.name, pool.lanes, nodes, edges)


def _node(element: Element, has_timer: bool) -> Node:
    kind = "decision" if element.tag in GATEWAYS else "task"
    room = _room(element, has_timer)
    return Node(element.id, element.name, "decision" if kind == "decision" else "task", element.lane, room=room)


def _room(element: Element, has_timer: bool) -> tuple[int, int]:
    """Return how much place an element takes with what stands beside it; its own shape is in the middle."""
    width, height = _size(element)
    name_width, name_height = _name_size(element.name)
    if element.tag in GATEWAYS:
        return max(width, 2 * (name_width + _BESIDE)), height + 2 * (name_height + (_BESIDE if name_height else 0))
    if element.tag in EVENTS:
        return _even(width + 2 * (name_width + _BESIDE)), max(height, 2 * (name_height + _BESIDE))
    if has_timer:
        late = _name_size(element.within)
        aside = 2 * (_TIMER_ASIDE + EVENT // 2 + _BESIDE + max(late[0], _NAME_WIDTH))
        return max(width, aside), height + 2 * (max(_TIMER_BELOW, late[1] + EVENT) + EVENT // 2 + _NAME_LINE)
    return width, height


def _size(element: Element) -> tuple[int, int]:
    """Return the size of an element's own shape."""
    if element.tag in EVENTS:
        return EVENT, EVENT
    if element.tag in GATEWAYS:
        return GATEWAY, GATEWAY
    if element.members:
        inside = [_size(member) for member in element.members]
        width = max(width for width, _ in inside) + 2 * _BOX_SIDE
        return width, _BOX_TOP + sum(height + _MEMBER_GAP for _, height in inside) + _BOX_BOTTOM
    return _even(BOX_WIDTH), _task_height("call" if element.tag == "callActivity" else "task", element.name)


@kept(1024)
def _task_height(kind: NodeKind, name: str) -> int:
    return _even(max(box_height(kind, name), _LEAST_HEIGHT))


def _even(number: int) -> int:
    return number + number % 2


@kept(1024)
def _name_size(name: str) -> tuple[int, int]:
    """Return how large a name is that stands outside of its shape."""
    lines = wrapped(name, _NAME_WIDTH, _NAME_FONT)
    widest = max((text_width(line, _NAME_FONT) for line in lines), default=0)
    return _even(min(widest, _NAME_WIDTH)), len(lines) * _NAME_LINE


def _shapes(element: Element, pool: Pool, room: Box) -> Iterator[Shape]:
    """Yield an element's shape, and those of what stands inside it or is attached to it."""
    x, y = room.middle
    width, height = _size(element)
    box = Box(x - width // 2, y - height // 2, width, height)
    name_width, name_height = _name_size(element.name)
    if element.tag in GATEWAYS:
        above = Box(x + _BESIDE, box.y - name_height, name_width, name_height) if element.name else None
        yield Shape(element.id, box, above, "diamond")
    elif element.tag in EVENTS:
        yield Shape(element.id, box, Box(box.x + width + _BESIDE, y + _BESIDE // 2, name_width, name_height), "circle")
    else:
        yield Shape(element.id, box, expanded=bool(element.members))
    yield from _members(element, box)
    yield from _attached(element, pool, box)


def _members(element: Element, box: Box) -> Iterator[Shape]:
    top = box.y + _BOX_TOP
    for member in element.members:
        width, height = _size(member)
        yield Shape(member.id, Box(box.x + (box.width - width) // 2, top, width, height))
        top += height + _MEMBER_GAP


def _attached(element: Element, pool: Pool, box: Box) -> Iterator[Shape]:
    """Yield the timer on a task's lower edge, and the end below it."""
    x, y = box.middle[0] + _TIMER_ASIDE, box.y + box.height
    for extra in pool.elements:
        if extra.attached_to != element.id:
            continue
        width, height = _name_size(extra.name)
        circle = Box(x - EVENT // 2, y - EVENT // 2, EVENT, EVENT)
        yield Shape(extra.id, circle, Box(x + EVENT // 2 + _BESIDE, y + _BESIDE // 2, width, height), "circle")
        y += max(_TIMER_BELOW, height + EVENT)


def _lines(pool: Pool, placement: Placement, shapes: dict[str, Shape], down: int) -> Iterator[Line]:
    flows = {(flow.source, flow.target): flow.id for flow in pool.flows}
    for placed in placement.edges:
        source, target = shapes[placed.edge.source], shapes[placed.edge.target]
        points = [(x, y + down) for x, y in placed.points]
        points = _docked(points, source)
        points = _docked(points[::-1], target)[::-1]
        yield Line(flows[placed.edge.source, placed.edge.target], tuple(points), _line_name(placed, down))


def _line_name(placed: PlacedEdge, down: int) -> Box | None:
    label = placed.label
    return Box(label.x, label.y + down, label.width, label.height) if label is not None else None


def _docked(points: Sequence[tuple[int, int]], shape: Shape) -> list[tuple[int, int]]:
    """Return a line led on from its first corner, at the edge of a shape's room, to the shape itself."""
    (x, y), (next_x, _) = points[0], points[1]
    middle_x, middle_y = shape.box.middle
    if x == next_x:
        reach = _reach(shape, abs(x - middle_x), shape.box.width, shape.box.height)
        end = middle_y + reach if y > middle_y else middle_y - reach
        return [(x, end), *points[1:]] if reach else [(middle_x, _edge(shape, y > middle_y)), (middle_x, y), *points]
    reach = _reach(shape, abs(y - middle_y), shape.box.height, shape.box.width)
    end = middle_x + reach if x > middle_x else middle_x - reach
    side = middle_x + shape.box.width // 2 * (1 if x > middle_x else -1)
    return [(end, y), *points[1:]] if reach else [(side, middle_y), (x, middle_y), *points]


def _edge(shape: Shape, below: bool) -> int:
    return shape.box.y + (shape.box.height if below else 0)


def _reach(shape: Shape, aside: int, side: int, depth: int) -> int:
    """Return how far the outline is from the middle, `aside` pixels beside it; 0 where it is not there any more."""
    if 2 * aside >= side:
        return 0
    if shape.outline == "circle":
        return isqrt((depth // 2) ** 2 - aside**2)
    return depth // 2 - aside if shape.outline == "diamond" else depth // 2


def _timer_lines(pool: Pool, shapes: dict[str, Shape]) -> Iterator[Line]:
    attached = {element.id for element in pool.elements if element.attached_to}
    for flow in pool.flows:
        if flow.source in attached:
            source, target = shapes[flow.source].box, shapes[flow.target].box
            x = source.middle[0]
            yield Line(flow.id, ((x, source.y + source.height), (x, target.y)))
