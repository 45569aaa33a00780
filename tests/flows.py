"""Make flows of small texts that stand in the tests themselves, and random graphs."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from handrail.flows import graph_of
from handrail.graph import Edge, Graph, Lane, Node, NodeKind
from handrail.model import Document, Handbook, Rail
from tests.reading import PROCESSES, handbook

KINDS: tuple[NodeKind, ...] = get_args(NodeKind)

HOSTILE = (
    '"]; click n1 href "javascript:alert(1)"',
    "`x` **b** 1. list",
    "1. first",
    "- item",
    "end",
    "<img src=x onerror=alert(1)>",
    "a\nb %% c",
    "%%{init: {}}%%",
    "subgraph x",
    "שלום עולם",
    "👩‍💻 emoji",
    "#quot; &quot; &lt;b&gt;",
    "a|b",
    "]]> ]]&gt; <!-- -->",
    "x" * 400,
    "\x00\x07\ud800\ufffe",
    "[[x]]{{}}()",
    "@{shape: x}:::class",
    "",
)
"""Names that break out of careless quotes."""


RELEASE = """
    # Release

    ## Flow

    1. <a id="freeze"></a>**Release manager:** Freeze the branch.
    2. **Tester:** Test it.
    3. Are the checks green?
        - Who: Release manager
        - **Yes:** go on to [Tag](#tag).
        - **No:** go back to [Freeze](#freeze).
        - **Given up:** go to the end.
    4. <a id="tag"></a>**Release manager:** Tag it.
    """

CALLS = {
    "p.md": """
        ---
        handrail: {kind: process, id: p}
        ---
        # P

        ## Flow

        1. [Bake](bake.md).
        2. Decide alone.
            - Judgement: Baker, within the flour in store
        3. Clean.
        4. Does it burn?
            - **Yes:** move to [Fire](fire.md).
            - **No:** go to the end.
        """,
    "bake.md": "---\nhandrail: {risk: high}\n---\n# Bake\n\n## Steps\n\n1. Heat.\n2. [Leave](fire.md) when it burns.\n",
    "fire.md": "# Fire\n\n## Steps\n\n1. Leave.\n    - Stop: Shop lead\n",
}

SUB_STEPS = """
    # P

    ## Steps

    1. <a id="a"></a>Prepare.
    2. <a id="b"></a>Bake.
        1. <a id="c"></a>Heat.
        2. <a id="d"></a>Wait.
            - If not: go back to [Prepare](#a).
    3. <a id="e"></a>Sell.
    """


AFTER = """
    # P

    ## Steps

    1. <a id="a"></a>Begin.
    2. <a id="b"></a>Mix.
        - After: [Begin](#a)
    3. <a id="c"></a>Heat the oven.
        - After: [Begin](#a)
    4. Bake.
        - After: [Mix](#b), [Heat](#c)
    """


def link(name: str) -> str:
    """Return where an id stands, as tests take it."""
    return f"#{name}"


def document_of(found: Handbook, name: str | None = None) -> Document:
    """Return the document with an id, or the first that there is."""
    return found.documents[name] if name else (*found.processes, *found.procedures)[0]


def process_flow(text: str, depth: int = 1, **options: Any) -> Graph:
    """Return the flow of one page that is one process."""
    found = handbook(text, kinds=PROCESSES, **options)
    return graph_of(document_of(found), found, link, depth=depth)


def flow(text: str, depth: int = 1, **options: Any) -> Graph:
    """Return the flow of one page that is one procedure."""
    found = handbook(text, **options)
    return graph_of(document_of(found), found, link, depth=depth)


def edges_of(graph: Graph) -> list[str]:
    """Return each edge as `source -> target [label]`."""
    return [
        f"{edge.source} -> {edge.target}{f' [{edge.label}]' if edge.label else ''}{' guessed' if edge.guessed else ''}"
        for edge in graph.edges
    ]


def nodes_of(graph: Graph) -> list[str]:
    """Return each node as `kind id (lane) title`."""
    return [f"{node.kind} {node.id} ({node.lane or ''}) {node.title}" for node in graph.nodes]


_TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Make any graph at all, sound or not."""
    lanes = tuple(Lane(f"lane {place}", draw(_TEXTS)) for place in range(draw(st.integers(0, 4))))
    lane_ids = [lane.id for lane in lanes]
    names = draw(st.lists(st.one_of(st.text(max_size=6), st.sampled_from(HOSTILE)), max_size=14, unique=True))
    nodes = []
    for place, name in enumerate(names):
        kind = draw(st.sampled_from(KINDS))
        members = tuple(Node(f"{name}!{number}", draw(_TEXTS)) for number in range(2 if kind == "any" else 0))
        nodes.append(
            Node(
                name,
                draw(_TEXTS),
                kind,
                draw(st.sampled_from([None, *lane_ids])),
                draw(st.sampled_from(["", str(place), "1"])),
                rail=draw(st.sampled_from([None, *get_args(Rail)])),
                risk=draw(st.sampled_from([None, "high"])),
                within=draw(st.sampled_from(["", "3 days", "soon"])),
                pause=draw(st.sampled_from(["", "at most 2 hours", "the answer"])),
                tooltip=draw(_TEXTS),
                members=members,
            )
        )
    ends = st.tuples(st.sampled_from(names), st.sampled_from(names)) if names else st.nothing()
    pairs = draw(st.lists(ends, max_size=20)) if names else []
    edges = dict.fromkeys(Edge(source, target, draw(_TEXTS), draw(st.booleans())) for source, target in pairs)
    return Graph(draw(_TEXTS), draw(_TEXTS), lanes, tuple(nodes), tuple(edges))
