"""What holds for every page, whoever wrote it: the reader never raises, loses nothing, and is the same everywhere."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.documents import Block, page_of
from handrail.handbook import read_handbook
from handrail.model import Document, Handbook
from handrail.options import options_of
from handrail.sources import Sources
from tests.conftest import ROOT
from tests.reading import handbook, numbered

CORPORA = Path(os.environ.get("HANDRAIL_CORPORA") or ROOT.parent / "shared" / "corpora")
KINDS = ("procedure", "process", "role", "record", "none")

WORDS = [
    "Freeze",
    "the branch",
    "If it fails,",
    "Otherwise,",
    "go back to",
    "step 2",
    "[Freeze](#freeze)",
    "[[page]]",
    "?",
    ".",
    ":",
    "(optional)",
    "**Lead:**",
    "`code`",
    "TODO",
    "<enter role>",
    "Yes:",
    "No →",
    "end",
    "Input:",
    "Hold: the lead",
    '<a id="freeze"></a>',
    "手順",
    "\u2028",
    "\x00",
    "|",
    "![x](y.png)",
    "{: #freeze }",
    "{{ x }}",
    "\\*",
    "&amp;",
    "[x](page.md#freeze)",
]
LINES = [
    "# Title",
    "## Steps",
    "## Steps for Scribe",
    "## 1. Purpose",
    "## 2. Open",
    "### Step 3: Close",
    "## Prerequisites",
    "---",
    "***",
    "```",
    "~~~ sh",
    "| Step | Who |",
    "|---|---|",
    "| Input | Output |",
    "> quote",
    "> 1. said",
    "!!! warning",
    "<!--",
    "-->",
    "<!-- handrail: {kind: procedure} -->",
    "<!-- handrail: {kind: [ -->",
    "<div>",
    "</div>",
    "[x]: page.md",
    "[^1]: note",
    "",
    "",
    "Title\n=====",
    "**Owner:** Lead",
    "- Owner: Lead",
    "title: T",
    "handrail: {kind: process}",
    "handrail:",
    "  process: gone",
]
MARKERS = [
    "1. ",
    "2. ",
    "3) ",
    "7. ",
    "- ",
    "* ",
    "- [ ] ",
    "- [x] ",
    "   - ",
    "   1. ",
    "      - ",
    "    ",
    "   ",
    "> ",
    "| ",
    "## ",
    "### 2. ",
]

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
lines = st.one_of(
    st.sampled_from(LINES), st.tuples(st.sampled_from(MARKERS), texts).map("".join), texts, st.text(max_size=12)
)
pages = st.lists(lines, max_size=30).map("\n".join)
kinds = st.sampled_from(KINDS)


@functools.cache
def _real() -> tuple[str, ...]:
    """Pages that nobody here wrote, a small one of each sort; an own one where they are absent."""
    found = [
        path.read_bytes().decode("utf-8-sig")
        for path in sorted(CORPORA.glob("*/files/**/*.md"))
        if path.stat().st_size < 6_000
    ]
    return tuple(found[::7]) or (
        "---\ntitle: T\n---\n# T\n\n## Steps\n\n1. Go\n   - Who: Lead\n\n| Input | Output |\n|---|---|\n| a | b |\n",
    )


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A real page with lines of it moved, cut, doubled, indented, or replaced."""
    written = draw(st.sampled_from(_real())).split("\n")
    for _ in range(draw(st.integers(1, 8))):
        place = draw(st.integers(0, len(written) - 1))
        other = draw(st.integers(0, len(written) - 1))
        line = written[place]
        changed = draw(
            st.sampled_from(
                [
                    [],
                    [line, line],
                    ["   " + line],
                    [line.lstrip()],
                    [line[: len(line) // 2]],
                    [line, ""],
                    [written[other]],
                    [line[::-1]],
                    ["> " + line],
                    [line.replace("|", "", 1)],
                ]
            )
        )
        written[place : place + 1] = draw(lines).split("\n") if draw(st.integers(0, 4)) == 0 else changed
        written = written or [""]
    return "\n".join(written)


def _read(text: str, kind: str) -> Handbook:
    return handbook_of_text(text, kind)


def handbook_of_text(text: str, kind: str) -> Handbook:
    options = options_of({"kinds": {"**": kind}})
    return read_handbook(Sources({"page.md": text, "other.md": "1. Go to [[page]]\n"}), options)


def _documents(found: Handbook) -> tuple[Document, ...]:
    return tuple(document for document in found.by_path.get("page.md", ()))


def _last_line(text: str) -> int:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1


def _places(found: Handbook) -> Iterator[tuple[str, int, int]]:
    """Yield what is said to stand somewhere on the page: its name, line and column."""
    for document in _documents(found):
        yield document.id, min(document.line, document.end), 1
        yield f"{document.id} end", document.end, 1
        for name, values in document.facts.items():
            yield from ((name, stated.line, stated.column) for stated in values if stated.path == "page.md")
        yield from ((name, stated.line, stated.column) for name, stated in document.aspects)
        yield from (("rest", rest.line, 1) for rest in document.rest)
        for step in document.all_steps():
            yield from ((step.id, line, step.column) for line in (step.line, step.end))
            yield from ((f"{step.id} role", use.line, 1) for use in step.roles)
            yield from ((f"{step.id} arrow", arrow.line, 1) for arrow in step.next)
            yield from ((f"{step.id} {label}", line, 1) for label, line in step.labels)
    yield from ((problem.rule, problem.line, problem.column) for problem in found.problems if problem.path == "page.md")
    yield from (("link", link.line, link.column) for _, link in found.links if link.path == "page.md")


def _check(text: str, kind: str) -> None:
    """Say what is wrong with the reading of a page; each message names the promise that is broken."""
    found = handbook_of_text(text, kind)
    assert {page.path for page in found.pages} == {"page.md", "other.md"}, "never a silently dropped page"
    last = _last_line(text)
    for name, line, column in _places(found):
        assert 1 <= line <= last, f"{name} stands in line {line} of {last}"
        assert column >= 1, f"{name} stands in column {column}"
    everything = [document.id for document in (*found.processes, *found.procedures, *found.roles, *found.records)]
    assert len(everything) == len(set(everything)), "ids of documents are unique"
    anchors = [step.anchor for document in _documents(found) for step in document.all_steps()]
    written_twice = {name for name in re.findall(r'(?:id="|#)([\w-]+)', text) if text.count(name) > 1}
    made = [anchor for anchor in anchors if anchor not in written_twice]
    assert len(made) == len(set(made)), "anchors of steps are unique on their page"
    for document in _documents(found):
        ids = [step.id for step in document.all_steps()]
        assert len(ids) == len(set(ids)), "ids of steps are unique in their document"
        assert all(ids), "every step has an id"
        for step in document.all_steps():
            assert step.line <= step.end, "a step ends behind its beginning"
            assert all(step.line <= inner.line <= step.end for inner in step.steps), (
                "sub-steps stand inside of their step"
            )
            assert all(arrow.to for arrow in step.next)
    for problem in found.problems:
        assert problem.mend, f"{problem.rule} names no mend"
        assert problem.message.endswith((".", "?")), f"{problem.rule}: {problem.message}"


@given(text=pages, kind=kinds)
def test_generated_pages_are_read_and_every_promise_holds(text: str, kind: str) -> None:
    """Hypothesis drives the reader with generated and mutated pages: it never raises."""
    _check(text, kind)


@given(text=mutated(), kind=kinds)
def test_mutated_real_pages_are_read_and_every_promise_holds(text: str, kind: str) -> None:
    """Hypothesis drives the reader with generated and mutated pages: it never raises."""
    _check(text, kind)


@given(text=st.text())
def test_any_text_is_read(text: str) -> None:
    _check(text, "procedure")


@given(front=st.text(alphabet=st.sampled_from("ab: -[]{}&*!|>'\"#\n%@`~?,\t1"), max_size=60))
def test_any_front_matter_is_read(front: str) -> None:
    _check(f"---\n{front}\n---\n1. Go\n", "procedure")


@given(said=st.text(alphabet=st.sampled_from("ab: -[]{}&*!|>'\"#%@`~?,1"), max_size=40))
def test_any_comment_is_read(said: str) -> None:
    _check(f"# T\n\n## A\n\n<!-- handrail: {said} -->\n\n1. Go\n", "procedure")


def test_a_page_of_front_matter_alone_has_its_line() -> None:
    """Line and column for everything."""
    (document,) = handbook("---\n---").procedures
    assert document.line <= 2


# Every block of a page is in the model.


def _weight(block: Block) -> int:
    """Return how many blocks a block counts for: a list as many as it has items."""
    return max(len(block.items), 1)


def _declares(block: Block) -> bool:
    return block.kind == "comment" and re.match(r"\s*<!--\s*handrail:", block.text) is not None


def _blocks(text: str) -> list[Block]:
    """Return the blocks of a page that count: no definition inside of another block."""
    found: list[Block] = []
    for section in page_of("page.md", text).sections:
        whole = {
            line for block in section.blocks if block.kind != "definition" for line in range(block.line, block.end + 1)
        }
        for block in section.blocks:
            if not (block.kind == "definition" and block.line in whole):
                found.append(block)
    return found


def _one_inside_of_another(documents: tuple[Document, ...]) -> bool:
    """Whether a document, typed by a comment, stands inside of another one's step, which still spans its lines."""
    spans = [(step.line, step.end) for document in documents for step in document.steps]
    return any(
        start <= document.line <= end
        for start, end in spans
        for document in documents
        if not document.steps or document.steps[0].line > start
    )


def _lost(text: str, kind: str) -> list[str]:
    """Return what is wrong with the places of a page's blocks: each must be in steps, in facts or in the rest, once."""
    found = handbook_of_text(text, kind)
    documents = _documents(found)
    if not documents or _one_inside_of_another(documents):
        return []
    page = next(page for page in found.pages if page.path == "page.md")
    blocks = _blocks(text)
    spans = [(step.line, step.end) for document in documents for step in document.steps]
    rest = {one.line for part in (page.rest, *(document.rest for document in documents)) for one in part if one.text}
    in_steps = [block for block in blocks if any(start <= block.line <= end for start, end in spans)]
    blocks = [block for block in blocks if block in in_steps or not _declares(block)]
    in_rest = [block for block in blocks if block.line in rest]
    in_facts = [block for block in blocks if block not in in_steps and block not in in_rest]
    wrong = [
        f"{block.line}-{block.end} {block.kind} is in steps and in the rest" for block in in_steps if block in in_rest
    ]
    if sum(map(_weight, in_facts)) != page.in_facts:
        wrong.append(
            f"{page.in_facts} in facts, but in neither of the others: "
            + ", ".join(f"{block.line}-{block.end} {block.kind}" for block in in_facts)
        )
    heads = sum(document.form == "headings" and len(document.steps) for document in documents)
    if sum(map(_weight, in_steps)) + heads != page.in_steps:
        wrong.append(f"{page.in_steps} in steps, not {heads} headings and {sum(map(_weight, in_steps))} blocks")
    return wrong


@given(text=pages, kind=st.sampled_from(KINDS[:2]))
def test_every_block_of_a_generated_page_is_in_the_model_once(text: str, kind: str) -> None:
    """Every block of a page is in the model: in a step, in a fact, or in the rest."""
    assert _lost(text, kind) == []


@given(text=mutated(), kind=st.sampled_from(KINDS[:2]))
def test_every_block_of_a_mutated_page_is_in_the_model_once(text: str, kind: str) -> None:
    """Every block of a page is in the model: in a step, in a fact, or in the rest."""
    assert _lost(text, kind) == []


@pytest.mark.parametrize("kind", KINDS[:2])
def test_every_block_of_the_real_pages_is_in_the_model_once(corpora: Path, kind: str) -> None:
    """Every block of a page is in the model: in a step, in a fact, or in the rest."""
    lost = {}
    for path in sorted(corpora.glob("*/files/**/*.md")):
        blocks = _lost(path.read_bytes().decode("utf-8-sig"), kind)
        if blocks:
            lost[path.relative_to(corpora).as_posix()] = blocks
    assert lost == {}


@pytest.mark.parametrize("text", ["1. Go\n\n   [x]: a.md\n", "> Said\n>\n> [x]: a.md\n"])
def test_a_definition_inside_of_another_block_is_no_block_of_its_own(text: str) -> None:
    (document,) = handbook(text).procedures
    assert len(document.steps) + len(document.rest) == 1


def test_what_a_page_counts_is_what_it_shows() -> None:
    """`handrail read` prints what was understood and, as plainly, what was not ("31 blocks: 19 in steps, 3 in facts,
    9 in neither")."""
    found = handbook("# T\n\nWords.\n\n**Owner:** Lead\n\n- a\n- b\n\n## Steps\n\n1. Go\n2. Stop\n3. Rest\n")
    (page,), (document,) = found.pages, found.procedures
    assert (page.blocks, page.in_steps, page.in_facts) == (7, 3, 1)
    assert [(rest.line, rest.text) for rest in document.rest] == [(3, "Words."), (7, "- a\n- b")]


def test_a_comment_in_a_place_where_it_says_nothing_is_not_lost() -> None:
    """What Handrail did not understand, it says."""
    found = handbook("# T\n\nWords.\n\n<!-- handrail: {owner: Lead} -->\n")
    assert [rest.line for rest in found.procedures[0].rest] == [3, 5]
    assert [problem.line for problem in found.problems] == [5]


def test_a_heading_is_a_step_or_a_document_of_its_own() -> None:
    found = handbook("# T\n\n## 1. A\n\nx\n\n## 2. B\n\n<!-- handrail: {kind: procedure} -->\n\ny\n\n## 3. C\n\nz\n")
    assert [(document.line, numbered(document)) for document in found.procedures] == [(1, ["1 A", "3 C"]), (7, [])]


def test_a_declaration_is_no_block_in_neither() -> None:
    (page,) = handbook("# T\n\n<!-- handrail: {owner: Lead} -->\n\n1. Go\n").pages
    assert page.blocks == page.in_steps + page.in_facts


# Reading is linear in the size of the page.

SHAPES: dict[str, Callable[[int], str]] = {
    "equal steps": lambda count: "".join(f"{number}. Do it again\n" for number in range(1, count + 1)),
    "different steps": lambda count: "".join(f"{number}. Do {number} things\n" for number in range(1, count + 1)),
    "one list in many pieces": lambda count: "".join(
        f"{number}. Do {number}\n\nWords.\n\n" for number in range(1, count + 1)
    ),
    "many lists": lambda count: "".join(f"1. Do {number}\n\nWords.\n\n" for number in range(count)),
    "heading steps": lambda count: "".join(
        f"## {1 + number % 99}. Do {number}\n\nWords.\n\n" for number in range(count)
    ),
    "equal headings": lambda count: "".join("## Words\n\nMore.\n\n" for _ in range(count)),
    "procedures": lambda count: "".join(f"## Open {number}\n\n1. Do it\n\n" for number in range(count)),
    "words": lambda count: (
        "# T\n\n1. Go\n\n" + "".join(f"Words {number} and [a link](other.md).\n\n" for number in range(count))
    ),
    "table": lambda count: (
        "| Step | Who |\n|---|---|\n" + "".join(f"| Do {number} | Lead |\n" for number in range(count))
    ),
    "sub-steps": lambda count: "1. Go\n" + "".join(f"   1. Do {number}\n" for number in range(count)),
    "labelled lines": lambda count: "1. Go\n" + "".join(f"   - Input: Plan {number}\n" for number in range(count)),
    "links in a step": lambda count: "1. Go\n" + "".join(f"\n   [x{number}](other.md)\n" for number in range(count)),
    "jumps": lambda count: "".join(f"{number}. Go to step {number}\n" for number in range(1, count + 1)),
    "facts": lambda count: "# T\n\n## Inputs\n\n" + "".join(f"- Plan {number}\n" for number in range(count)),
    "definitions": lambda count: "".join(f"[x{number}]\n\n[x{number}]: other.md\n\n" for number in range(count)),
}


def _forget() -> None:
    """Empty every cache, so that one page's reading does not help another's."""
    for name in [name for name in sys.modules if name.startswith("handrail")]:
        for value in vars(sys.modules[name]).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
    handbook_of_text("1. Go to [x](y.md)\n", "procedure")


def _work(text: str) -> int:
    """Return how many lines of code run while a page is read: the same on every machine."""
    _forget()
    ran = 0

    def count(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal ran
        ran += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        handbook_of_text(text, "procedure")
    finally:
        sys.settrace(before)
    return ran


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_is_linear_in_the_size_of_the_page(shape: str) -> None:
    """Reading is linear in the size of the page."""
    small, large = 150, 600
    factor = _work(SHAPES[shape](large)) / _work(SHAPES[shape](small))
    assert factor < 1.15 * large / small, f"{large // small} times the page is {factor:.1f} times the work"


# The same result on any machine and any day.

_PROGRAM = """
import hashlib, json, pathlib, sys
from handrail.handbook import read_handbook
from handrail.options import options_of
from handrail.sources import Sources

texts = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
options = options_of({"kinds": {"**": "procedure", "**/sop-*": "process"}})
print(hashlib.sha256(repr(read_handbook(Sources(texts), options)).encode()).hexdigest())
"""


def _as_seen_with(seed: int, program: Path, texts: Path) -> str:
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, str(program), str(texts)],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": paths},
    )
    return done.stdout


def test_the_same_pages_read_the_same_for_every_seed_of_the_hashes(tmp_path: Path) -> None:
    """Same input, same bytes out, on any machine and any day."""
    texts = {f"{number}.md": text for number, text in enumerate(_real())}
    texts["own.md"] = (
        "---\nhandrail: {process: gone, ownr: A}\n---\n1. **Lead:** go to [[gon]]\n2. **Scribe:** see [x](#gone)\n"
    )
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    (tmp_path / "read.py").write_text(_PROGRAM, encoding="utf-8")
    first, second = (_as_seen_with(seed, tmp_path / "read.py", tmp_path / "texts.json") for seed in (1, 2))
    assert first == second
    assert len(first.strip()) == hashlib.sha256().digest_size * 2


def test_one_page_is_read_the_same_whatever_stands_beside_it() -> None:
    """`documents` and `reader` take one page alone: pure functions of its text and the options."""
    text = "1. Freeze\n   - Who: Lead\n2. Tag\n"
    alone = handbook({"a.md": text}).documents["a"]
    among = handbook({"a.md": text, "b.md": "# B\n\n1. Go\n", "c.md": "Words.\n"}).documents["a"]
    assert alone == among
