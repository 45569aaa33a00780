"""What is measured in a process of its own, so that Python's start and the imports do not count.

python bench/tasks.py TASK FOLDER
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from comparing import alignment_seconds, data_bytes
from handbook import KINDS


def bare_parse(folder: Path) -> Iterator[float]:
    """Parse every page as bare CommonMark; yield the CPU seconds."""
    from markdown_it import MarkdownIt

    texts = _texts(folder)
    parser = MarkdownIt("commonmark")
    parser.parse("# Warm\n")
    start = time.process_time()
    for text in texts.values():
        parser.parse(text)
    yield time.process_time() - start


def read_model(folder: Path) -> Iterator[float]:
    """Read the same texts into a model; yield the CPU seconds."""
    from handrail.handbook import read_handbook
    from handrail.options import options_of
    from handrail.sources import Sources

    sources, options = Sources(_texts(folder)), options_of({"kinds": KINDS})
    read_handbook(Sources({"warm.md": "# Warm\n"}), options)
    start = time.process_time()
    read_handbook(sources, options)
    yield time.process_time() - start


def read_files(folder: Path) -> Iterator[float]:
    """Read a folder from the disk into a model, as the command does; yield the CPU seconds."""
    from handrail.handbook import read_folder
    from handrail.options import options_of
    from handrail.settings import Settings

    settings = Settings(folder, options_of({"kinds": KINDS}))
    start = time.process_time()
    read_folder(settings)
    yield time.process_time() - start


def make_tables(folder: Path) -> Iterator[float]:
    """Make every register and matrix of a handbook, as pages and as files for spreadsheets; yield the CPU seconds."""
    from handrail.handbook import read_handbook
    from handrail.options import options_of
    from handrail.pages import Site, View
    from handrail.pages.table_pages import table_downloads, table_page_html, table_pages
    from handrail.sources import Sources

    options = options_of({"kinds": KINDS})
    site = Site(read_handbook(Sources(_texts(folder)), options), options)
    view = View(site, lambda target: f"{target}.html")
    start = time.process_time()
    for name, page in table_pages(site).items():
        table_page_html(name, page.title, view)
    for download in table_downloads(site):
        download.content()
    yield time.process_time() - start


def align_steps(folder: Path) -> Iterator[float]:
    """Align thirty procedures of forty steps; yield the CPU seconds."""
    yield alignment_seconds()


def compare_bytes(folder: Path) -> Iterator[float]:
    """Make the data of the page to compare; yield the bytes for each step."""
    yield data_bytes(folder, KINDS)[0]


def _texts(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.md"))
    }


TASKS: dict[str, Callable[[Path], Iterator[float]]] = {
    task.__name__: task for task in (bare_parse, read_model, read_files, make_tables, align_steps, compare_bytes)
}


if __name__ == "__main__":
    print(*TASKS[sys.argv[1]](Path(sys.argv[2])))
