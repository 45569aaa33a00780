"""The page for the validation of the tool: every result on it comes from the report of the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from handrail.cli import COMMANDS
from tests.validation import day_of, page_of, results_of, subjects_in

REPORT = """<?xml version="1.0"?><testsuites><testsuite name="pytest" timestamp="2026-11-22T21:00:00+00:00">
<testcase classname="tests.test_links" name="test_a"/>
<testcase classname="tests.test_links.TestX" name="test_b[x|y]"><failure message="assert 1 == 2">more</failure></testcase>
<testcase classname="tests.test_pages" name="test_c"><skipped type="pytest.skip" message="no &lt;browser&gt; here"/></testcase>
<testcase classname="tests.test_pages" name="test_d"><skipped type="pytest.xfail" message="a list in a quote"/></testcase>
<testcase classname="tests.test_pages" name="test_e"><error message="it broke"/></testcase>
</testsuite></testsuites>"""


def test_each_result_is_taken_from_the_report():
    found = [(one.file, one.name, one.outcome, one.reason) for one in results_of(REPORT)]
    assert found == [
        ("tests/test_links.py", "test_a", "passed", ""),
        ("tests/test_links.py", "test_b[x|y]", "failed", "assert 1 == 2"),
        ("tests/test_pages.py", "test_c", "skipped", "no <browser> here"),
        ("tests/test_pages.py", "test_d", "known fault", "a list in a quote"),
        ("tests/test_pages.py", "test_e", "failed", "it broke"),
    ]
    assert day_of(REPORT) == "2026-11-22"


def test_the_page_counts_and_names_what_did_not_pass():
    page = page_of(results_of(REPORT), {"Handrail": "1.0"}, {"tests/test_links.py": "Where names lead."})
    assert "5 tests: 1 passed, 2 failed, 1 skipped, 1 known fault." in page
    assert "| Where names lead. | `tests/test_links.py` | 1 | 1 | 0 | 0 |" in page
    assert "- `tests/test_links.py`, test\\_b[x\\|y]: assert 1 == 2" in page
    assert "## Known faults\n\n- `tests/test_pages.py`, test\\_d: a list in a quote" in page
    assert "no &lt;browser> here" in page
    assert "| Handrail | 1.0 |" in page


def test_the_page_names_every_function():
    page = page_of(results_of(REPORT), {}, {})
    assert len(COMMANDS) > 10
    assert [name for name in COMMANDS if f"`handrail {name}`" not in page] == []


def test_every_file_of_tests_says_what_it_tests(root: Path):
    assert [file for file, said in subjects_in(root).items() if not said] == []


@pytest.mark.parametrize("report", ["", "<x>", "<testsuites/>"])
def test_what_is_no_report_is_refused(report: str):
    with pytest.raises(ValueError, match="report"):
        results_of(report)


@pytest.mark.parametrize(
    ("report", "code"), [(REPORT, 1), (REPORT.replace("failure", "system-out").replace("error", "system-err"), 0)]
)
def test_the_program_fails_where_a_test_failed(report: str, code: int, tmp_path: Path, root: Path):
    (tmp_path / "tests.xml").write_text(report)
    done = subprocess.run([sys.executable, "-m", "tests.validation", str(tmp_path / "tests.xml")], cwd=root,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == code
    assert done.stdout.startswith("# Tool validation")


def test_without_a_report_the_next_thing_to_type_is_named(root: Path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.validation"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "python -m tests.validation FILE" in done.stderr
