"""`mkdocs serve` with the plugin: a change is shown within seconds, and the handbook's folder is left alone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.building import ENVIRONMENT, handbook, write

MKDOCS = Path(sys.executable).with_name("mkdocs")
SECONDS = 45
"""How long a loaded machine may take; usually it is two."""

PAGES: dict[str, str | bytes] = {
    "index.md": "# Bakery\n\nSee [[bake]].\n",
    "bake.md": "---\nhandrail: {kind: procedure, id: bake}\n---\n# Bake\n\n## Steps\n\n1. Heat the oven.\n2. Load it.\n",
}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def served(config: Path, log: Path) -> Iterator[Callable[[str], str | None]]:
    """Serve a handbook; give a function that returns a page of it, or None where there is none (yet)."""
    port = free_port()
    with log.open("wb") as output:
        server = subprocess.Popen(
            [str(MKDOCS), "serve", "--livereload", "-f", str(config), "-a", f"127.0.0.1:{port}"],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, env={**os.environ, **ENVIRONMENT},
        )  # fmt: skip

        def page(path: str) -> str | None:
            assert server.poll() is None, log.read_text(encoding="utf-8")
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            try:
                with opener.open(f"http://127.0.0.1:{port}/{path}", timeout=10) as answer:
                    return answer.read().decode()
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                return None

        try:
            yield page
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(10)


def soon(is_so: Callable[[], bool]) -> bool:
    """Whether something becomes true in time."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.1)
    return False


def stamps(folder: Path) -> dict[str, int]:
    return {str(file): file.stat().st_mtime_ns for file in sorted(folder.rglob("*"))}


def test_a_change_is_picked_up_and_nothing_is_written_into_the_handbook(tmp_path: Path):
    config = handbook(tmp_path, PAGES)
    docs, log = tmp_path / "docs", tmp_path / "log.txt"

    with served(config, log) as page:
        assert soon(lambda: "Heat the oven." in (page("bake.html") or "")), log.read_text()
        before = stamps(docs)

        write(docs, {"bake.md": str(PAGES["bake.md"]).replace("Load it.", "Load the trays.")})
        assert soon(lambda: 'data-step="load-the-trays"' in (page("bake.html") or "")), log.read_text()
        assert "load-the-trays" in (page("handbook.json") or "")

        write(docs, {"sweep.md": "---\nhandrail: {kind: procedure, id: sweep}\n---\n# Sweep\n\n## Steps\n\n1. Up\n2. Down\n",
                     "index.md": "# Bakery\n\nSee [[sweep]].\n"})  # fmt: skip
        assert soon(lambda: 'href="sweep.html"' in (page("index.html") or "")), log.read_text()
        assert soon(lambda: "Sweep" in (page("handrail/procedures.html") or "")), log.read_text()

        (docs / "sweep.md").unlink()
        write(docs, {"index.md": str(PAGES["index.md"])})
        assert soon(lambda: "Sweep" not in (page("handrail/procedures.html") or "Sweep")), log.read_text()

        builds = log.read_text(encoding="utf-8").count("Documentation built")
        time.sleep(1.5)
        assert log.read_text(encoding="utf-8").count("Documentation built") == builds, "it builds without end"
        assert sorted(stamps(docs)) == sorted(before)


def test_a_page_that_breaks_and_is_mended_takes_nothing_down(tmp_path: Path):
    config = handbook(tmp_path, PAGES)
    docs, log = tmp_path / "docs", tmp_path / "log.txt"

    with served(config, log) as page:
        assert soon(lambda: page("bake.html") is not None), log.read_text()
        write(docs, {"bake.md": "# Caf\xe9 \xff\n".encode("latin-1")})
        assert soon(lambda: "bake.md:1:6: The page is not UTF-8" in log.read_text(encoding="utf-8")), log.read_text()
        write(docs, {"bake.md": PAGES["bake.md"]})
        assert soon(lambda: 'data-step="load-it"' in (page("bake.html") or "")), log.read_text()
        assert "Traceback" not in log.read_text(encoding="utf-8")


def test_drafts_are_served_with_their_steps_and_are_not_built(tmp_path: Path):
    config = handbook(tmp_path, PAGES, draft_docs="bake.md\n")
    log = tmp_path / "log.txt"

    with served(config, log) as page:
        assert soon(lambda: 'data-step="load-it"' in (page("bake.html") or "")), log.read_text()


def test_a_page_may_become_another_kind_and_its_id_another_one(tmp_path: Path):
    config = handbook(tmp_path, PAGES)
    docs, log = tmp_path / "docs", tmp_path / "log.txt"
    sweep = "# Sweep\n\n## Steps\n\n1. Up\n2. Down\n"

    def typed(name: str) -> str:
        return f"---\nhandrail: {{kind: procedure, id: {name}}}\n---\n{sweep}"

    with served(config, log) as page:
        assert soon(lambda: "Heat the oven." in (page("bake.html") or "")), log.read_text()
        write(docs, {"sweep.md": sweep, "index.md": "# Bakery\n\nSee [[sweep]] and [[mop]].\n"})
        assert soon(lambda: "[[sweep]]" in (page("index.html") or "")), log.read_text()
        assert "data-step" not in (page("sweep.html") or "data-step")

        write(docs, {"sweep.md": typed("sweep")})
        assert soon(lambda: 'data-step="up"' in (page("sweep.html") or "")), log.read_text()
        assert 'href="sweep.html"' in (page("index.html") or "")
        assert "Sweep" in (page("handrail/procedures.html") or "")

        write(docs, {"sweep.md": typed("mop")})
        assert soon(lambda: "[[sweep]]" in (page("index.html") or "")), log.read_text()
        assert 'href="sweep.html"' in (page("index.html") or "")

        write(docs, {"sweep.md": sweep})
        assert soon(lambda: "data-step" not in (page("sweep.html") or "data-step")), log.read_text()
        assert "Sweep" not in (page("handrail/procedures.html") or "Sweep")
    assert "Traceback" not in log.read_text()
