"""The command `handrail`: what it prints where, its exit codes, and how it meets wrong use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import handrail
from handrail.cli import COMMANDS, main
from tests.test_reports import SAMPLE

CONFIG = "site_name: H\nplugins:\n  - search\n  - handrail\n"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(handrail.__file__).parent.parent)}

Files = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    """Write files into an empty folder and go there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def write(texts: Mapping[str, str]) -> Path:
        for path, text in texts.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def sample(files: Files) -> Path:
    """A site with the sample handbook, the current folder."""
    return files(
        {
            "mkdocs.yml": CONFIG,
            "README.md": "Not of it.",
            **{f"docs/{path}": text for path, text in SAMPLE.items()},
        }
    )


def run(*arguments: str, color: bool = False) -> Result:
    """Run the command in this process."""
    result = CliRunner().invoke(main, arguments, color=color)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def started(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "handrail", *arguments]
    options = {"env": ENVIRONMENT, "capture_output": True, **more}
    return subprocess.run(command, check=False, **options)  # type: ignore[call-overload]  # its options vary


# ---- what is right ----


def test_read_prints_what_was_read(sample: Path, golden: Callable[[str, str], None]) -> None:
    result = run("read")
    assert (result.exit_code, result.stderr) == (0, "")
    golden("reports/reading.txt", result.stdout)


def test_read_as_json(sample: Path, golden: Callable[[str, str], None]) -> None:
    result = run("read", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    golden("reports/handbook.json", result.stdout)
    assert run("read", "--format", "json").stdout == result.stdout


def test_check_prints_the_problems(sample: Path, golden: Callable[[str, str], None]) -> None:
    result = run("check")
    assert (result.exit_code, result.stderr) == (1, "")
    golden("reports/problems.txt", result.stdout)


def test_check_as_json(sample: Path) -> None:
    result = run("check", "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout)["problems"] == json.loads(run("read", "--json").stdout)["problems"]


def test_a_folder_without_a_site(files: Files) -> None:
    files({"runbooks/a.md": "# A\n\n1. Go\n", "runbooks/b.md": "# B\n"})
    result = run("read", "--docs", "runbooks", "--kind", "**=procedure", "--kind", "b.md=none", "--json")
    assert [page.get("kind") for page in json.loads(result.stdout)["pages"]] == ["procedure", None]


def test_kinds_are_added_to_those_of_the_configuration(files: Files) -> None:
    files({"mkdocs.yml": "plugins: [{handrail: {kinds: {'**': role}}}]\n", "docs/a.md": "", "docs/b=c.md": ""})
    found = json.loads(run("read", "--json", "--kind", "b=c.md=Process").stdout)["pages"]
    assert [page["kind"] for page in found] == ["role", "process"]


def test_a_glob_that_no_page_matches_is_told(files: Files) -> None:
    files(
        {
            "mkdocs.yml": "plugins: [{handrail: {kinds: {'runbook/**': procedure, 'x/**': none, 'a*': role}}}]\n",
            "docs/a.md": "",
        }
    )
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "No problems in 1 page.\n")
    assert result.stderr == (
        "handrail: No page matches `runbook/**` in `kinds`. Mend the glob; it begins below the folder of the pages.\n"
    )


def test_a_glob_for_a_folder_that_mkdocs_leaves_out_says_so(files: Files) -> None:
    files({"mkdocs.yml": "plugins: [{handrail: {kinds: {'templates/**': procedure}}}]\n", "docs/templates/a.md": ""})
    assert 'exclude_docs: "!/templates/"' in run("read").stderr


@pytest.mark.parametrize(
    ("theme", "languages", "told"),
    [
        ("{name: material, language: de}", "", True),
        ("{name: mkdocs, locale: de_AT}", "", True),
        ("{name: material, language: de}", "languages: [en]", True),
        ("{name: material, language: de}", "languages: [de]", False),
        ("{name: material, language: de}", "languages: [en, de]", False),
        ("{name: material, language: fr}", "", False),
        ("{name: material, language: en}", "languages: [de]", False),
        ("material", "", False),
    ],
)
def test_a_theme_in_a_language_that_is_not_read_is_told(files: Files, theme: str, languages: str, told: bool) -> None:
    files({"mkdocs.yml": f"theme: {theme}\nplugins: [{{handrail: {{{languages}}}}}]\n", "docs/a.md": ""})
    result = run("check")
    note = (
        "handrail: The theme is in `de`, and Handrail reads and writes `en`. Write `languages: [de, en]` in its options; "
        "the first one is written. To keep `en`, write it first.\n"
    )
    assert (result.exit_code, result.stderr) == (0, note if told else "")


def test_docs_beside_a_configuration_take_its_options(files: Files) -> None:
    files({"h.yml": "plugins: [{handrail: {kinds: {'**': role}}}]\n", "other/a.md": ""})
    found = json.loads(run("read", "-f", "h.yml", "--docs", "other", "--json").stdout)
    assert [page["kind"] for page in found["pages"]] == ["role"]


def test_the_configuration_is_found_upward(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sample / "docs" / "release")
    assert len(json.loads(run("read", "--json").stdout)["pages"]) == len(SAMPLE)


@pytest.mark.parametrize(
    ("paths", "pages"),
    [
        (["docs/release"], ["release/release.md", "release/roll-out.md"]),
        (["release"], ["release/release.md", "release/roll-out.md"]),
        (["release/"], ["release/release.md", "release/roll-out.md"]),
        (["docs/release/../log.md", "index.md"], ["index.md", "log.md"]),
        (["docs"], sorted(SAMPLE)),
        (["."], sorted(SAMPLE)),
        ([".."], sorted(SAMPLE)),
    ],
)
def test_paths_limit_what_is_printed(sample: Path, paths: list[str], pages: list[str]) -> None:
    result = run("read", "--json", *paths)
    assert (result.exit_code, result.stderr) == (0, "")
    assert [page["path"] for page in json.loads(result.stdout)["pages"]] == pages


def test_an_absolute_path_and_one_over_a_link(sample: Path) -> None:
    (sample / "linked").symlink_to(sample / "docs" / "release")
    for path in (sample / "docs" / "release", Path("linked")):
        assert len(json.loads(run("read", "--json", str(path)).stdout)["pages"]) == 2


def test_a_path_wins_that_lies_in_the_handbook(sample: Path) -> None:
    (sample / "log.md").touch()
    result = run("read", "--json", "log.md")
    assert [page["path"] for page in json.loads(result.stdout)["pages"]] == ["log.md"]


def test_paths_limit_what_is_judged(sample: Path) -> None:
    assert run("check", "docs/roles").exit_code == 0
    assert run("check", "docs/roles", "docs/log.md").exit_code == 1


def test_a_file_that_is_no_page_is_named(sample: Path) -> None:
    """As a hook before commits gives every changed file."""
    result = run("check", "README.md")
    assert (result.exit_code, result.stdout) == (0, "No problems in 0 pages.\n")
    assert result.stderr == "handrail: README.md holds no page of this handbook.\n"


def test_a_page_that_cannot_be_read_is_a_problem_and_no_stranger(sample: Path) -> None:
    (sample / "docs" / "bad.md").write_bytes(b"\xff")
    result = run("check", "docs/bad.md")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "bad.md:1:1 error not-utf-8" in result.stdout


@pytest.mark.parametrize(
    ("page", "level", "code"),
    [
        ("1. [x](y.md)\n", "never", 0),
        ("1. [x](y.md)\n", "error", 0),
        ("1. [x](y.md)\n", "warning", 1),
        ("1. [x](y.md)\n", "info", 1),
        ("1. a\n2. Go to step 1\n", "warning", 0),
        ("1. a\n2. Go to step 1\n", "info", 1),
        ("---\nhandrail: {process: x}\n---\n1. a\n", "error", 1),
        ("1. a\n", "info", 0),
    ],
)
def test_what_fails(files: Files, page: str, level: str, code: int) -> None:
    files({"d/a.md": page})
    told = ("--docs", "d", "--kind", "**=procedure", "--fail-on", level)
    assert run("check", *told).exit_code == code
    assert run("read", *told).exit_code == code


def test_read_fails_only_where_it_is_told_to(sample: Path) -> None:
    assert run("read").exit_code == 0
    assert run("read", "--fail-on", "warning").exit_code == 1


def test_version_and_help() -> None:
    assert run("--version").stdout == f"handrail {handrail.__version__}\n"
    for command in ((), ("read",), ("check",)):
        result = run(*command, "--help")
        assert result.exit_code == 0
        assert all(len(line) <= 80 for line in result.stdout.splitlines())
        assert run(*command, "-h").stdout == result.stdout
    assert "handrail check" in run("check", "-h").stdout


def test_colour_only_where_it_is_wanted(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in run("check").stdout
    assert "\x1b" in run("check", color=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("check", color=True).stdout


# ---- wrong use: one line, code 2 ----


BAD: dict[str, tuple[list[str], str]] = {
    "command": (["chek"], "There is no command `chek`. Did you mean `check`? Try `handrail --help`."),
    "far command": (
        ["xyz"],
        f"There is no command `xyz`. There are {', '.join(COMMANDS)}. Try `handrail --help`.",
    ),
    "option": (["read", "--jsn"], "--jsn"),
    "option of the group": (["--frm"], "Try `handrail --help`."),
    "format": (
        ["read", "--format", "xml"],
        "'xml' is not one of 'text', 'json'. Try `handrail read --help`.",
    ),
    "level": (["check", "--fail-on", "all"], "'all' is not one of"),
    "no value": (["check", "--fail-on"], "requires an argument. Try `handrail"),
    "kind without glob": (["read", "--kind", "procedure"], "Write it like '**=procedure'."),
    "kind with empty glob": (["read", "--kind", "=procedure"], "Write it like '**=procedure'."),
    "impossible glob": (["read", "--kind", "!=role"], "'!' is no glob. Write it like '**=procedure'."),
    "impossible range": (["read", "--kind", "[z-a]=role"], "'[z-a]' is no glob."),
    "unknown kind": (
        ["read", "--kind", "**=procedur"],
        "there is no kind `procedur`. Did you mean `procedure`?",
    ),
    "empty kind": (["read", "--kind", "**="], "The kinds are process, procedure, role, record and none."),
    "no such config": (["read", "-f", "gone.yml"], "gone.yml is not there."),
    "folder as config": (["read", "-f", "docs"], "docs is not there."),
    "no such docs": (["read", "--docs", "gone"], "gone is no folder."),
    "file as docs": (["read", "--docs", "mkdocs.yml"], "mkdocs.yml is no folder."),
    "no such path": (
        ["check", "docs/realease"],
        "docs/realease is neither here nor in the handbook's folder.",
    ),
    "no such page": (["check", "release/roll-ou.md"], "Did you mean `release/roll-out.md`?"),
    "impossible path": (["check", "a" * 5000], "is neither here nor in the handbook's folder."),
    "NUL in a path": (["check", "a\0b"], ""),
}


@pytest.mark.parametrize(("arguments", "said"), BAD.values(), ids=BAD)
def test_wrong_use(sample: Path, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("handrail: ")
    assert result.stderr.count("\n") == 1
    assert said in result.stderr


def test_no_command_shows_the_help(sample: Path) -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Commands:" in result.stderr


def test_no_configuration(files: Files) -> None:
    files({"a.md": ""})
    result = run("read")
    assert result.exit_code == 2
    assert result.stderr.endswith("Name it with -f, or a folder with --docs DIR.\n")


@pytest.mark.parametrize(
    "config",
    [
        "",
        "- a\n",
        "a: [\n",
        "\x00",
        "a: &a [*a]\n",
        "INHERIT: gone.yml\n",
        "INHERIT: mkdocs.yml\n",
        "docs_dir: gone\n",
        "plugins: [{handrail: {kinds: 5}}]\n",
        "plugins: [{handrail: {kind: {}}}]\n",
        "plugins: {handrail: {folder: ../x}}\n",
        "plugins: {handrail: {languages: [xx]}}\n",
        "plugins: {handrail: {kinds: {'a': b}}}\n",
    ],
)
def test_configurations_that_do_not_serve(files: Files, config: str) -> None:
    files({"mkdocs.yml": config})
    result = run("check")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_tags_of_a_configuration_are_not_followed(files: Files) -> None:
    files(
        {
            "mkdocs.yml": f"x: !!python/object/apply:os.system ['touch ran']\ny: !ENV [HOME, z]\n{CONFIG}",
            "docs/a.md": "",
        }
    )
    assert run("check").exit_code == 0
    assert not Path("ran").exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "read",
                "check",
                "--json",
                "--format",
                "text",
                "json",
                "--fail-on",
                "info",
                "--kind",
                "a=role",
                "-f",
                "mkdocs.yml",
                "--docs",
                "docs",
                "docs/log.md",
                "--",
                "-h",
                "--version",
            ]
        )
        | st.text(st.characters(exclude_characters="\0"), max_size=6),
        max_size=5,
    )
)
def test_nothing_that_is_typed_gives_a_traceback(sample: Path, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code in (0, 1, 2)
    if result.exit_code == 2 and arguments:
        assert result.stderr.splitlines()[-1:]


# ---- processes of their own ----


def test_as_a_module(sample: Path) -> None:
    done = started("read", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == run("read", "--json").stdout


def test_json_is_utf_8_and_text_is_printable_everywhere(files: Files) -> None:
    files({"d/手順.md": "# 手順\n\n1. Größe\n"})
    told = ("read", "--docs", "d", "--kind", "**=procedure")
    ascii_only = {**ENVIRONMENT, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert "手順" in started(*told, "--json", env=ascii_only).stdout.decode()
    done = started(*told, env=ascii_only)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"??.md" in done.stdout


def test_bytes_in_a_file_name_that_are_no_characters(files: Files) -> None:
    folder = files({"d/a.md": "1. Go\n"})
    try:
        (folder / "d" / os.fsdecode(b"\xff.md")).write_text("1. Go\n")
    except OSError:
        pytest.skip("this machine has no such names")
    for form in ("text", "json"):
        done = started("read", "--docs", "d", "--kind", "**=procedure", "--format", form)
        assert (done.returncode, done.stderr) == (0, b"")
        assert "\ufffd.md" in done.stdout.decode()


def test_a_reader_that_goes_away_changes_nothing(sample: Path) -> None:
    for command, code in (("read", 0), ("check", 1)):
        ours, theirs = os.pipe()
        os.close(ours)
        done = started(command, "--json", capture_output=False, stdout=theirs, stderr=subprocess.PIPE)
        os.close(theirs)
        assert (done.returncode, done.stderr) == (code, b"")


def test_an_output_that_takes_nothing(sample: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this machine has no /dev/full")
    for form in ("text", "json"):
        with open("/dev/full", "wb") as full:
            done = started("read", "--format", form, capture_output=False, stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 2
        assert done.stderr.startswith(b"handrail: The output cannot be written: ")
        assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_no_output_at_all(sample: Path) -> None:
    command = ["sh", "-c", '"$0" -m handrail read >&-', sys.executable]
    done = subprocess.run(command, check=False, env=ENVIRONMENT, capture_output=True)
    assert done.returncode == 2
    assert done.stderr.startswith(b"handrail: There is no standard output.")


def test_a_stop_from_the_keyboard(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("handrail.cli.asked.read_folder", stopped)
    result = run("read")
    assert result.exit_code == 130
    assert result.stderr.strip() == "handrail: Stopped."


def test_a_folder_that_may_not_be_opened(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "docs/closed")

    monkeypatch.setattr("handrail.cli.asked.read_folder", closed)
    result = run("read")
    assert (result.exit_code, result.stderr) == (2, "handrail: docs/closed: Permission denied.\n")


def test_a_current_folder_that_is_gone(tmp_path: Path) -> None:
    script = f'mkdir "{tmp_path}/gone" && cd "{tmp_path}/gone" && rmdir "{tmp_path}/gone" && "$0" -m handrail read'
    done = subprocess.run(["sh", "-c", script, sys.executable], check=False, env=ENVIRONMENT, capture_output=True)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_every_command_is_listed_on_one_whole_line():
    listed = run("--help").stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed] == list(COMMANDS)
    assert [line for line in listed if not line.endswith(".") or line.endswith("...") or len(line) > 80] == []
