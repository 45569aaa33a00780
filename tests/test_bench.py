"""The handbook that the benchmark makes: the same every time, and shaped like real ones."""

import re
from collections import Counter
from statistics import median

import pytest

from bench.handbook import AREA, KINDS, handbook, write_handbook
from handrail.handbook import read_handbook
from handrail.options import options_of
from handrail.sources import Sources

PAGES = 3 * AREA


@pytest.fixture(scope="module")
def texts():
    return handbook(PAGES)


@pytest.fixture(scope="module")
def read(texts):
    return read_handbook(Sources(texts), options_of({"kinds": KINDS}))


def test_the_same_seed_gives_the_same_pages(texts):
    assert handbook(PAGES) == texts
    assert handbook(PAGES, seed=2) != texts


@pytest.mark.parametrize("count", [0, 1, 7, AREA, AREA + 1])
def test_there_are_as_many_pages_as_asked_for(count):
    assert len(handbook(count)) == count


def test_a_larger_handbook_is_the_smaller_one_with_pages_added(texts):
    smaller = handbook(2 * AREA)
    assert {path: texts[path] for path in smaller} == smaller


def test_pages_are_written_byte_for_byte(tmp_path, texts):
    write_handbook(tmp_path, AREA)
    written = {file.relative_to(tmp_path).as_posix(): file.read_bytes() for file in tmp_path.rglob("*.md")}
    assert written == {path: texts[path].encode() for path in list(texts)[:AREA]}


def test_every_area_holds_each_kind_equally_often(texts):
    kinds = [
        Counter(re.findall(r"/(process|procedures|roles|records)", "\n".join(list(texts)[start : start + AREA])))
        for start in range(0, PAGES, AREA)
    ]
    assert kinds == [{"process": 3, "procedures": 25, "roles": 2, "records": 1}] * 3


def test_pages_are_as_long_as_real_ones(texts):
    words = sorted(len(text.split()) for text in texts.values())
    assert 300 <= median(words) <= 600
    assert 1_200 <= words[round(0.9 * PAGES)] <= 2_200
    assert 650 <= sum(words) / PAGES <= 900


@pytest.mark.parametrize(
    ("pattern", "least", "most"),
    [
        (r"\A---\n", 0.2, 0.5),
        (r"^# ", 0.6, 0.85),
        (r"^ *\d+\. ", 0.35, 0.75),
        (r"^ *```", 0.4, 0.8),
        (r"^\|[ -]+\|", 0.1, 0.45),
        (r"\]\([^)]*\.md\)", 0.5, 0.95),
        (r"-old\.md\)", 0.01, 0.2),
    ],
    ids=["front matter", "title", "ordered list", "code", "table", "link", "dead link"],
)
def test_so_many_pages_have_one(texts, pattern, least, most):
    share = sum(re.search(pattern, text, re.MULTILINE) is not None for text in texts.values()) / PAGES
    assert least <= share <= most


def test_pages_hold_several_procedures_in_every_form(read):
    assert len(read.procedures) > 1.3 * PAGES / 2
    assert {document.form for document in read.procedures} == {"list", "headings", "tasks", "table", "bullets", None}


def test_steps_have_what_real_steps_have(read):
    steps = [step for document in (*read.processes, *read.procedures) for step in document.all_steps()]
    assert 2 <= len(steps) / PAGES <= 6
    assert any(step.steps for step in steps)
    assert {"task", "decision", "judgement", "call"} <= {step.kind for step in steps}
    assert any(step.expect for step in steps)
    assert any(step.roles for step in steps)


def test_most_processes_call_procedures(read):
    calling = [
        process for process in read.processes if any(step.calls or step.hands_over for step in process.all_steps())
    ]
    assert len(calling) >= 0.6 * len(read.processes)
