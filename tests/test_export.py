"""Copies of small handbooks, made by the command with the real host: what they hold, where they go, what is refused."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from handrail.cli import main
from handrail.export.derived import derived
from handrail.export.sums import LIST, files_in, verdict_of_folder, verdict_of_zip
from handrail.problems import HandrailError
from tests.building import handbook
from tests.test_stamp import Git
from tests.test_stamp import git as git

MATERIAL = {"name": "material", "font": False}
PROCEDURE = """---
handrail:
  kind: procedure
---
# Bake

## Steps

1. Mix the dough.
2. Bake it.
"""


def exported(folder: Path, *arguments: str | Path) -> Result:
    """Run `handrail export` for a handbook in a folder."""
    return CliRunner().invoke(main, ["export", "-f", str(folder / "mkdocs.yml"), *map(str, arguments)])


def made(folder: Path, pages: dict[str, str], **settings: Any) -> Path:
    """Write a handbook into a folder, and return the folder."""
    handbook(folder, pages, **{"theme": MATERIAL, "plugins": ["search", "handrail"], **settings})
    return folder


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    (tmp_path / "book").mkdir()
    return made(tmp_path / "book", {"index.md": "# Home\n\n[Bake](bake.md)\n", "bake.md": PROCEDURE})


def test_a_copy_holds_the_pages_and_says_what_it_is(bakery: Path, tmp_path: Path):
    done = exported(bakery, tmp_path / "copy")
    assert done.exit_code == 0, done.output
    assert "Nothing is fetched." in done.stdout
    copy = tmp_path / "copy"
    page = (copy / "bake.html").read_text(encoding="utf-8")
    assert 'data-handrail="stamp"' in page
    assert "Uncontrolled copy" in page
    assert json.loads((copy / "handrail-copy.json").read_text(encoding="utf-8"))["pages"] >= 2
    assert verdict_of_folder(copy).whole
    assert {"SHA256SUMS", "handbook.json", "search/search_index.js"} <= set(files_in(copy))
    assert not {"404.html", "sitemap.xml", "assets/handrail/mermaid.min.js"} & set(files_in(copy))


def test_the_user_s_file_stays_as_it_is(bakery: Path, tmp_path: Path):
    before = {path: (bakery / path).read_bytes() for path in files_in(bakery)}
    exported(bakery, tmp_path / "copy")
    assert {path: (bakery / path).read_bytes() for path in files_in(bakery)} == before


FETCHING = """# Home

![Badge](https://img.example/badge.svg)

<iframe src="https://tube.example/embed/1" title="Film"></iframe>
<script src="https://stats.example/count.js"></script>

[Lost](lost.md) and [here](#nowhere)
"""


def test_what_would_be_fetched_is_listed_with_page_and_line(tmp_path: Path):
    folder = made(
        tmp_path, {"index.md": FETCHING, "style.css": "p { background: url(https://f.example/a.png) }"},
        theme={"name": "material", "features": ["navigation.instant"]}, extra_css=["style.css", "https://f.example/b.css"],
        extra_javascript=["https://cdn.example/maths.js"], extra={"analytics": {"provider": "google", "property": "G-1"}},
        repo_url="https://github.com/a/b", plugins=["search", "handrail", "offline"],
    )  # fmt: skip
    done = exported(folder, tmp_path / "out")
    assert done.exit_code == 0, done.output
    told = done.stderr
    for place, address in (
        ("index.md:3:10: info", "https://img.example/badge.svg"),
        ("index.md:5:14: info", "https://tube.example/embed/1"),
        ("index.md:6:14: info", "https://stats.example/count.js"),
        ("index.md:8:8: warning", "lost.md"),
        ("index.md:8:27: warning", "#nowhere"),
        ("style.css:1:1: info", "https://f.example/a.png"),
    ):
        line = next(line for line in told.splitlines() if f"`{address}`" in line)
        assert place.rpartition(":")[0].rpartition(":")[0] in line, (place, line)
        assert place.rpartition(" ")[2] in line
    for what in (
        "navigation.instant",
        "offline",
        "analytics",
        "https://f.example/b.css",
        "https://cdn.example/maths.js",
        "font",
    ):
        assert f"`{what}` is left out of the copy" in told
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "github.com/a/b" in page
    assert 'data-md-component="source"' not in page
    assert exported(folder, tmp_path / "strict", "--strict").exit_code == 1


def test_what_was_written_elsewhere_is_listed_where_it_was_written(tmp_path: Path):
    """In a configuration that is inherited, a template, a hook, another page, or as a sign that stands for a picture."""
    pages = {
        "index.md": '# Home :smile:\n\n--8<-- "part.md"\n',
        "part.md": "Part\n\n![Part](https://part.example/p.png)\n",
        "fonts.css": "@font-face { src: url(lost.woff) }",
    }
    emoji = [{"pymdownx.emoji": {"emoji_generator": "TO_SVG"}}, {"pymdownx.snippets": {"base_path": ["docs"]}}]
    folder = made(tmp_path, pages, markdown_extensions=emoji, INHERIT="base.yml", hooks=["hook.py"],
                  theme={**MATERIAL, "custom_dir": "own", "logo": "https://logo.example/l.svg"},
                  extra_css=["fonts.css"], plugins=["search", "handrail", "social"], extra={"social": []},
                  )  # fmt: skip
    config = folder / "mkdocs.yml"
    written = config.read_text(encoding="utf-8").replace("TO_SVG", "!!python/name:pymdownx.emoji.to_svg")
    config.write_text(written.replace("- docs", f"- {folder / 'docs'}"), encoding="utf-8")
    (folder / "base.yml").write_text("copyright: <img src='https://base.example/b.png' alt='B'>\n", encoding="utf-8")
    (folder / "hook.py").write_text(
        "def on_page_content(html, **more):\n    return html + '<img src=https://hook.example/h.png alt=h>'\n",
        encoding="utf-8",
    )
    (folder / "own").mkdir()
    (folder / "own" / "main.html").write_text(
        '{% extends "base.html" %}\n{% block extrahead %}<script src="https://own.example/o.js"></script>{% endblock %}',
        encoding="utf-8",
    )
    done = exported(folder, tmp_path / "out")
    assert done.exit_code == 0, done.output
    lines = written.splitlines()
    for place, what in (
        ("base.yml:1:", "`https://base.example/b.png`"),
        ("hook.py:2:", "`https://hook.example/h.png`"),
        ("own/main.html:2:", "`https://own.example/o.js`"),
        ("part.md:3:", "`https://part.example/p.png`"),
        ("index.md:1:", "1f604"),
        ("fonts.css:1:", "`lost.woff` leads nowhere"),
        (f"mkdocs.yml:{lines.index('- social') + 1}:", "`social` is left out"),
        ("mkdocs.yml:", "`https://logo.example/l.svg` is left out"),
    ):
        found = [line for line in done.stderr.splitlines() if what in line]
        assert {line[: len(place)] for line in found} == {place}, (place, what, found)
    assert "assets/images/" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_mermaid_comes_only_where_a_page_uses_it(tmp_path: Path):
    fence = [{"pymdownx.superfences": {"custom_fences": [
        {"name": "mermaid", "class": "mermaid", "format": "FORMAT"}]}}]  # fmt: skip
    folder = made(tmp_path, {"index.md": "# Home\n", "drawn.md": "# Drawn\n\n```mermaid\ngraph LR; A-->B\n```\n"},
                  markdown_extensions=fence)  # fmt: skip
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace(
        "format: FORMAT", "format: !!python/name:pymdownx.superfences.fence_code_format"), encoding="utf-8")  # fmt: skip
    done = exported(folder, tmp_path / "out")
    assert done.exit_code == 0, done.output
    drawn, home = ((tmp_path / "out" / f"{name}.html").read_text(encoding="utf-8") for name in ("drawn", "index"))
    assert "assets/handrail/mermaid.min.js" in drawn
    assert "mermaid.min.js" not in home
    assert (tmp_path / "out" / "assets/handrail/mermaid.LICENSE").is_file()


# ---- what a copy says ----


def test_the_stamp_says_revision_day_and_whom_to_ask(tmp_path: Path, git: Git):
    folder = made(tmp_path, {"index.md": "# Home\n", "bake.md": PROCEDURE}, site_url="https://hb.example/x/",
                  repo_url="https://github.com/a/b", site_name="Bakery", plugins=["search", {"handrail": {
                      "valid_for": "30 days", "ask": "Ann, ann@example.org"}}])  # fmt: skip
    git("add", ".")
    git("commit", "--quiet", "--message=Two")
    git("tag", "v1")
    out = tmp_path.parent / "out-of-stamp"
    done = exported(folder, out)
    assert done.exit_code == 0, done.output
    commit = git("rev-parse", "HEAD")
    page = (out / "bake.html").read_text(encoding="utf-8")
    for said in (f"Revision v1 ({commit[:12]}) of 2026-11-22.", "Good until 2026-12-22", "Ask: Ann, ann@example.org.",
                 "https://hb.example/x/bake.html", f"https://github.com/a/b/blob/{commit}/docs/bake.md", "handrail-qr",
                 f"<code>handrail diff {commit[:12]}</code>"):  # fmt: skip
        assert said in page, said
    assert "not those of that revision" not in page
    (tmp_path / "docs" / "bake.md").write_text(PROCEDURE + "3. Cool it.\n", encoding="utf-8")
    exported(folder, out)
    assert "not those of that revision" in (out / "bake.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("controlled", "said", "unsaid"), [
    (None, "Uncontrolled copy", "Only in red"), (True, "Copy of", "Uncontrolled copy"),
    ("Only in red", "Only in red", "Uncontrolled copy")])  # fmt: skip
def test_whether_a_copy_is_controlled(tmp_path: Path, controlled: object, said: str, unsaid: str):
    folder = made(tmp_path, {"index.md": "# Home\n"}, plugins=[{"handrail": {"controlled": controlled}}])
    assert exported(folder, tmp_path / "out").exit_code == 0
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert said in page
    assert unsaid not in page


# ---- what the handbook's own programs do ----


@pytest.mark.parametrize(
    ("hook", "code", "said"),
    [
        ("import urllib.request as r\ndef on_page_markdown(m, **more):\n    return r.urlopen('https://api.example/x').read()\n",
         2, "A plugin or a hook asks api.example for something"),
        ("import socket\ndef on_page_markdown(m, **more):\n    try:\n        socket.create_connection(('192.0.2.1', 80))\n"
         "    except OSError:\n        pass\n    return m\n", 0, "asked 192.0.2.1 for something"),
        ("import socket\ndef on_page_markdown(m, **more):\n    with socket.create_server(('127.0.0.1', 0)) as s:\n"
         "        socket.create_connection(s.getsockname()).close()\n    return m\n", 0, ""),
        ("def on_page_markdown(m, **more):\n    return {}['x']\n", 2, "KeyError in hook.py, line 2: 'x'. Try `mkdocs build` first."),
        ("raise ImportError('boom')\n", 2, "ImportError in hook.py, line 1: boom. Try"),
        ("def (\n", 2, "SyntaxError in hook.py, line 1"),
    ],
)  # fmt: skip
def test_programs_of_the_handbook_get_no_network_and_fail_in_one_line(hook: str, code: int, said: str, tmp_path: Path):
    folder = made(tmp_path, {"index.md": "# Home\n"}, hooks=["hook.py"])
    (folder / "hook.py").write_text(hook, encoding="utf-8")
    done = exported(folder, tmp_path / "out", "--quiet")
    assert done.exit_code == code, done.output
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == (2 if said and not code else 1)
    assert (tmp_path / "out").is_dir() is not bool(code)


def test_pages_that_lie_outside_of_the_handbook_are_told(tmp_path: Path):
    folder = made(tmp_path / "book", {"index.md": "# Home\n"}, docs_dir="../pages")
    (folder / "docs").rename(tmp_path / "pages")
    done = exported(folder, tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "The pages lie outside of book; no revision of it says what is in the copy. [outside]" in done.stderr
    assert exported(folder, tmp_path / "strict", "--strict").exit_code == 1


# ---- the same bytes ----

PROGRAM = "import sys; from handrail.cli import main; main()"


def test_the_same_commit_gives_the_same_bytes(bakery: Path, tmp_path: Path):
    sums = []
    for number, (seed, zone) in enumerate((("1", "Pacific/Kiritimati"), ("2", "Pacific/Pago_Pago"))):
        folder = tmp_path / f"place-{number}" / ("deep" * number or "x")
        folder.mkdir(parents=True)
        for path in files_in(bakery):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes((bakery / path).read_bytes())
        subprocess.run([sys.executable, "-c", PROGRAM, "export", "../copy.zip"], cwd=folder, check=True,
                       capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone})  # fmt: skip
        sums.append((folder.parent / "copy.zip").read_bytes())
    assert sums[0] == sums[1]
    (tmp_path / "copy.zip").write_bytes(sums[0])
    assert verdict_of_zip(tmp_path / "copy.zip").whole
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        names = [entry.filename for entry in archive.infolist()]
        assert names == sorted(names)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


CLOCK = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)


@pytest.mark.skipif(CLOCK is None, reason="libfaketime is not installed: apt-get install libfaketime")
@pytest.mark.parametrize("out", ["copy.zip", "copy.html"])
def test_another_day_gives_the_same_bytes(out: str, bakery: Path, tmp_path: Path, git: Git):
    assert git("status", "--porcelain") == ""
    one = ["--single", "all"] if out.endswith(".html") else []
    made: list[bytes] = []
    for day in ("", "2031-03-05 23:30:00"):
        clock = {"LD_PRELOAD": str(CLOCK), "FAKETIME": day} if day else {}
        subprocess.run([sys.executable, "-c", PROGRAM, "export", str(tmp_path / out), *one], cwd=bakery, check=True,
                       capture_output=True, env={**os.environ, **clock})  # fmt: skip
        made.append((tmp_path / out).read_bytes())
    assert made[0] == made[1]


# ---- where a copy goes ----


def test_an_old_copy_is_replaced(bakery: Path, tmp_path: Path):
    out = tmp_path / "copy"
    assert exported(bakery, out).exit_code == 0
    (bakery / "docs" / "more.md").write_text("# More\n", encoding="utf-8")
    assert exported(bakery, out).exit_code == 0
    assert (out / "more.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "copy"]


@pytest.mark.parametrize(
    ("plant", "message"),
    [
        (lambda out: (out.mkdir(), (out / "thesis.txt").write_text("x")), "is there and is no copy"),
        (lambda out: out.write_text("x"), "is there and is no copy"),
        (lambda out: ((out.parent / "a").mkdir(), out.symlink_to(out.parent / "a")), "is there and is no copy"),
    ],
)
def test_what_is_no_copy_is_never_written_into(bakery: Path, tmp_path: Path, plant: Any, message: str):
    out = tmp_path / "out"
    plant(out)
    before = sorted(files_in(tmp_path))
    done = exported(bakery, out)
    assert done.exit_code == 2
    assert message in done.stderr
    assert sorted(files_in(tmp_path)) == before


def test_a_file_beside_a_copy_is_never_deleted(bakery: Path, tmp_path: Path):
    out = tmp_path / "copy"
    exported(bakery, out)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    done = exported(bakery, out)
    assert (done.exit_code, (out / "notes.txt").is_file()) == (2, True)
    assert "holds notes.txt, which is no part of the copy" in done.stderr


def test_a_place_inside_of_the_pages_is_refused(bakery: Path):
    done = exported(bakery, bakery / "docs" / "copy")
    assert done.exit_code == 2
    assert "hold each other" in done.stderr


def test_a_zip_file_that_is_no_copy_is_not_replaced(bakery: Path, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("thesis.txt", "x")
    assert exported(bakery, tmp_path / "x.zip").exit_code == 2


def test_an_export_that_is_killed_leaves_the_old_copy_whole(bakery: Path, tmp_path: Path):
    out = tmp_path / "copy"
    assert exported(bakery, out).exit_code == 0
    for pause in (0.7, 1.4):
        process = subprocess.Popen([sys.executable, "-c", PROGRAM, "export", str(out)], cwd=bakery,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert verdict_of_folder(out).whole
    assert exported(bakery, out).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "copy"]


def test_what_a_killed_export_left_is_mended(bakery: Path, tmp_path: Path):
    out = tmp_path / "copy"
    assert exported(bakery, out).exit_code == 0
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    left = tmp_path / f".handrail-export-copy-{ended.stdout.strip()}-x"
    left.mkdir()
    out.rename(left / "old")
    (left / "site").mkdir()
    other = tmp_path / f".handrail-export-copy-{os.getpid()}-x"
    other.mkdir()
    assert exported(bakery, out, "--role", "nobody").exit_code == 2
    assert verdict_of_folder(out).whole
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([other.name, "book", "copy"])


def test_a_fetch_that_remains_fails_and_leaves_nothing(bakery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("handrail.export.copies.still_fetched", lambda text: iter(["https://e.org/x"]))
    done = exported(bakery, tmp_path / "copy")
    assert done.exit_code == 2
    assert "would still be fetched" in done.stderr
    assert not (tmp_path / "copy").exists()


# ---- a part of the handbook ----

PARTS = {
    "index.md": "# Home\n\n[Bake](bake.md) and [Sell](sell.md) and [Plan](plan.md)\n",
    "bake.md": "---\nhandrail: {kind: procedure, role: Baker}\n---\n# Bake\n\n!!! warning\n    Hot.\n\n## Steps\n\n"
    "1. [Mix](mix.md) the dough.\n2. Bake it.\n\nAnother page: [Sell](sell.md).\n",
    "mix.md": "---\nhandrail: {kind: procedure, role: Mixer}\n---\n# Mix\n\n## Steps\n\n1. Add water.\n2. Stir.\n",
    "sell.md": "---\nhandrail: {kind: procedure, role: Seller}\n---\n# Sell\n\n## Steps\n\n1. Smile.\n2. Sell.\n",
    "greet.md": "---\nhandrail: {kind: procedure}\n---\n# Greet\n\n## Steps\n\n1. Look up.\n2. Say hello.\n",
    "plan.md": "---\nhandrail: {kind: procedure, status: draft, role: Baker}\n---\n# Plan\n\n## Steps\n\n1. Secret.\n2. Plan.\n",
}


def parts(tmp_path: Path, *arguments: str, **settings: Any) -> tuple[Path, set[str]]:
    """Export a part of a bakery's handbook; return the copy and its pages."""
    plugins = ["search", {"handrail": {"roles": ["Baker", "Mixer", "Seller"]}}]
    folder = made(tmp_path, PARTS, plugins=plugins, markdown_extensions=["admonition"], **settings)
    done = exported(folder, tmp_path / "out", *arguments)
    assert done.exit_code == 0, done.output
    assert "dead-link" not in done.stderr
    return tmp_path / "out", {
        path for path in files_in(tmp_path / "out") if path.endswith(".html") and "/flows/" not in path
    }


def test_a_role_s_pocket_book(tmp_path: Path):
    copy, pages = parts(tmp_path, "--role", "baker", site_url="https://hb.example/")
    assert pages == {"index.html", "bake.html", "mix.html", "greet.html", "handrail/roles/baker.html"}
    assert 'url=handrail/roles/baker.html"' in (copy / "index.html").read_text(encoding="utf-8")
    page = (copy / "bake.html").read_text(encoding="utf-8")
    for said in ("Hot.", "Extract of Bakery", "This is a part of the handbook only: Baker", "The whole handbook as it is now:",
                 '<a href="https://hb.example/sell.html" data-handrail="left-out">Sell</a>'):  # fmt: skip
        assert said in page
    assert "Smile" not in (copy / "search" / "search_index.json").read_text(encoding="utf-8")
    assert not (copy / "handbook.json").exists()
    assert [path for path in files_in(copy) if b"Smile" in (copy / path).read_bytes()] == []
    assert not {path for path in files_in(copy) if path.endswith(".csv") and "/flows/" not in path}


def test_only_some_documents_and_what_they_call(tmp_path: Path):
    copy, pages = parts(tmp_path, "--only", "bake")
    assert pages == {"index.html", "bake.html", "mix.html"}
    assert 'url=bake.html"' in (copy / "index.html").read_text(encoding="utf-8")
    assert '<a data-handrail="left-out">Sell</a>' in (copy / "bake.html").read_text(encoding="utf-8")
    assert not {path for path in files_in(copy) if "sell" in path}


def test_drafts_stay_out_unless_they_are_asked_for(tmp_path: Path):
    copy, pages = parts(tmp_path)
    assert "plan.html" not in pages
    assert [path for path in files_in(copy) if b"Secret" in (copy / path).read_bytes()] == []
    assert '<a data-handrail="left-out">Plan</a>' in (copy / "index.html").read_text(encoding="utf-8")
    copy, pages = parts(tmp_path, "--drafts")
    assert "plan.html" in pages
    page = (copy / "plan.html").read_text(encoding="utf-8")
    assert '<span class="handrail-stamp-draft">Draft.</span>' in page
    assert "handrail-stamp-draft" not in (copy / "bake.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("arguments", "message"), [
    (["--role", "bakr"], "There is no role `bakr`. Did you mean `Baker`?"),
    (["--only", "bak"], "There is nothing with the id `bak`. Did you mean `bake`?")])  # fmt: skip
def test_parts_that_are_not_there(tmp_path: Path, arguments: list[str], message: str):
    folder = made(tmp_path, PARTS, plugins=["search", {"handrail": {"roles": ["Baker"]}}])
    done = exported(folder, tmp_path / "out", *arguments)
    assert (done.exit_code, message in done.stderr) == (2, True)


# ---- what cannot be taken offline ----


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"theme": "readthedocs"}, "The theme `readthedocs` cannot be taken offline"),
        ({}, "The theme `mkdocs` cannot be taken offline"),
        ({"theme": "material", "plugins": ["multirepo"]}, "The plugin `multirepo` cannot be taken offline"),
    ],
)
def test_what_cannot_be_taken_offline_is_named(given: dict[str, Any], message: str):
    with pytest.raises(HandrailError, match=message):
        derived(given)


def test_plugins_that_need_a_network_are_left_out():
    made = derived({"theme": "material", "plugins": {"search": None, "material/social": {}, "privacy": None}})
    assert made.values["plugins"] == [{"search": None}]
    assert [part.what for part in made.left_out] == ["font", "material/social", "privacy"]


def test_a_handbook_without_settings(tmp_path: Path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.md").write_text(
        PROCEDURE.partition("---\n")[2].partition("---\n")[2], encoding="utf-8"
    )
    done = CliRunner().invoke(
        main, ["export", str(tmp_path / "out"), "--docs", str(tmp_path / "pages"), "--kind", "**=procedure"]
    )
    assert done.exit_code == 0, done.output
    assert 'data-handrail="step"' in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


# ---- verify, as a command ----


def test_verify_names_what_is_not_as_it_was(bakery: Path, tmp_path: Path):
    out = tmp_path / "copy"
    exported(bakery, out)
    runner = CliRunner()
    assert runner.invoke(main, ["verify", str(out)]).exit_code == 0
    (out / "bake.html").write_text("x", encoding="utf-8")
    (out / "index.html").rename(out / "home.html")
    done = runner.invoke(main, ["verify", str(out)])
    assert done.exit_code == 1
    assert done.stdout.splitlines()[:3] == ["changed: bake.html", "missing: index.html", "added: home.html"]
    assert (out / LIST).is_file()
    assert runner.invoke(main, ["verify", str(tmp_path / "nothing")]).exit_code == 2
    (tmp_path / "one.html").write_text("<p>One", encoding="utf-8")
    assert "Compare `sha256sum " in runner.invoke(main, ["verify", str(tmp_path / "one.html")]).stderr


def test_a_name_in_a_copy_gives_no_orders_to_the_terminal(bakery: Path, tmp_path: Path):
    out = tmp_path / "copy"
    assert exported(bakery, out).exit_code == 0
    (out / "\x1b[2Ja\nall 9 files are as they were written.").write_bytes(b"x")
    done = CliRunner().invoke(main, ["verify", str(out)])
    assert done.exit_code == 1
    assert "\x1b" not in done.output
    assert [line.partition(":")[0] for line in done.output.splitlines()] == [
        "added",
        str(out),
        "The SHA-256 of its list",
    ]


def test_verify_loads_nothing_of_the_handbook_s_rooms():
    """It must be as fast as `sha256sum`, so it loads no more than it needs."""
    program = "import sys, handrail.cli.verify; print(*(name for name in sys.modules if name.startswith('handrail.')))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert set(loaded) <= {"handrail.cli", "handrail.cli.door", "handrail.cli.verify", "handrail.problems",
                           "handrail.dataclass", "handrail.export", "handrail.export.sums", "handrail.kept"}  # fmt: skip


def test_a_handbook_without_a_first_page_gets_one(tmp_path: Path):
    folder = made(tmp_path, {"guide/bake.md": PROCEDURE})
    assert exported(folder, tmp_path / "out").exit_code == 0
    assert 'url=handrail/index.html"' in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


# ---- one file ----


def test_one_file_holds_its_pictures_and_says_what_it_is(bakery: Path, tmp_path: Path):
    picture = b"\x89PNG\r\n\x1a\n"
    (bakery / "docs" / "dough.png").write_bytes(picture)
    (bakery / "docs" / "bake.md").write_text(
        PROCEDURE + "\n![Dough](dough.png)\n\n[Home](index.md)\n\n[Step](#steps)\n", encoding="utf-8")  # fmt: skip
    done = exported(bakery, tmp_path / "one.html", "--single", "bake")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in page
    assert page.count('data-handrail="stamp"') == 1
    assert "Extract of Bakery" in page
    assert 'href="#p1--steps"' in page
    assert 'id="p1--steps"' in page
    assert "<a data-handrail-absent" in page or 'data-handrail="left-out"' in page
    assert exported(bakery, tmp_path / "one.html", "--single", "all").exit_code == 0
    whole = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "Copy of Bakery" in whole
    assert whole.count("<section id=") >= 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "one.html"]


def test_each_sheet_of_one_file_says_which_page_it_is_of(bakery: Path, tmp_path: Path):
    (bakery / "docs" / "sell.md").write_text(PROCEDURE.replace("# Bake", '# Sell "it"'), encoding="utf-8")
    done = exported(bakery, tmp_path / "one.html", "--single", "all")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "one.html").read_text(encoding="utf-8")
    sheets = dict(re.findall(r'@page (p\d) { @top-left { content: "((?:[^"\\]|\\.)*)"', text))
    parts = re.findall(r'<section id="(p\d)".*?<h1[^>]*>(\w+)', text, re.DOTALL)
    assert len(parts) == len(sheets) == 3
    assert all(sheets[name].startswith(title) for name, title in parts)
    assert all(f"#{name} {{ page: {name}; }}" in text for name in sheets)


@pytest.mark.parametrize("arguments", [["out", "--single", "bake"], ["out.html"]])
def test_one_file_has_its_name(bakery: Path, tmp_path: Path, arguments: list[str]):
    done = exported(bakery, tmp_path / arguments[0], *arguments[1:])
    assert (done.exit_code, "--single" in done.stderr) == (2, True)


def test_a_page_of_somebody_else_is_not_replaced(bakery: Path, tmp_path: Path):
    (tmp_path / "mine.html").write_text("<p>Mine</p>", encoding="utf-8")
    assert exported(bakery, tmp_path / "mine.html", "--single", "bake").exit_code == 2
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == "<p>Mine</p>"


# ---- files that make trouble elsewhere ----


def test_names_that_some_machine_cannot_hold(tmp_path: Path):
    long = "/".join(["a" * 60] * 4)
    folder = made(tmp_path, {"index.md": "# Home\n", "alpha.md": "# A\n", "Alpha.md": "# B\n", f"{long}.md": "# C\n"})
    done = exported(folder, tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "alpha.md:1:1: warning: On many machines this name is the same as `Alpha.html`" in done.stderr
    assert f"{long}.md:1:1: warning: The path has 248 characters" in done.stderr


@pytest.mark.parametrize("name", ["a:b", "a\\b"])
def test_a_name_that_no_copy_can_hold_fails_the_export(name: str, tmp_path: Path):
    folder = made(tmp_path, {"index.md": "# Home\n", f"{name}.md": "# A\n"})
    done = exported(folder, tmp_path / "out", "--quiet")
    assert done.exit_code == 2, done.output
    assert f"{name}.md:1:1: error: On some machines the name `{name}.html` leads out of the copy" in done.stderr
    assert done.stderr.splitlines()[-1].endswith("Mend what is listed as an error, then type the same again.")
    assert not (tmp_path / "out").exists()


def test_a_link_that_leads_outside_is_left_out(bakery: Path, tmp_path: Path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "more.txt").write_text("secret", encoding="utf-8")
    (bakery / "docs" / "notes.txt").symlink_to(tmp_path / "secret.txt")
    (bakery / "docs" / "folder").symlink_to(tmp_path / "folder")
    done = exported(bakery, tmp_path / "copy")
    assert done.exit_code == 0, done.output
    assert "notes.txt:1:1: warning: This is a link that leaves the handbook's folder." in done.stderr
    copy = tmp_path / "copy"
    assert [path for path in files_in(copy) if (copy / path).read_bytes() == b"secret"] == []


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
from handrail.cli import main
main()
"""


def test_a_full_disk_leaves_the_old_copy_whole(bakery: Path, tmp_path: Path):
    out = tmp_path / "copy"
    assert exported(bakery, out).exit_code == 0
    done = subprocess.run(
        [sys.executable, "-c", FULL, "export", str(out)], cwd=bakery, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert verdict_of_folder(out).whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "copy"]
