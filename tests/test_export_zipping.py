"""A copy as one zip file: the same bytes on every machine."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest

from handrail.export import zipping
from handrail.export.zipping import zipped

TEXT = "".join(
    f"{number}. Turn valve {number % 7} until the needle stands at {number * 37 % 100}.\n" for number in range(4000)
)
NOISE = random.Random(7).randbytes(3000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "made"
    (folder / "valves").mkdir(parents=True)
    (folder / "valves" / "turn.html").write_bytes(TEXT.encode())
    (folder / "größe.txt").write_bytes("groß\n".encode() * 40)
    (folder / "picture.png").write_bytes(NOISE)
    (folder / "empty.css").write_bytes(b"")
    return folder


def test_the_bytes_are_the_ones_of_every_machine(folder: Path, tmp_path: Path):
    """The sum was taken on x86-64 and, with another Python and another zlib, on ARM."""
    zipped(folder, "copy", tmp_path / "copy.zip")
    assert (
        hashlib.sha256((tmp_path / "copy.zip").read_bytes()).hexdigest()
        == "affb31296530727f99bf3fb361bbff85182bbe9e4c1f18332776614b96a0a11c"
    )


def test_the_zlib_of_the_machine_has_no_say(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def compressobj(*arguments: object, **options: object) -> None:
        raise AssertionError("the machine's own zlib was asked to compress")

    monkeypatch.setattr(zlib, "compressobj", compressobj)
    zipped(folder, "copy", tmp_path / "copy.zip")


def test_every_file_comes_back_as_it_was(folder: Path, tmp_path: Path):
    zipped(folder, "copy", tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert archive.testzip() is None
        assert {entry.filename: archive.read(entry) for entry in archive.infolist()} == {
            f"copy/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }


def test_what_gets_smaller_is_compressed_and_nothing_else(folder: Path, tmp_path: Path):
    zipped(folder, "copy", tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        kinds = {entry.filename: entry.compress_type for entry in archive.infolist()}
        turn = archive.getinfo("copy/valves/turn.html")
    assert kinds == {
        "copy/empty.css": zipfile.ZIP_STORED,
        "copy/größe.txt": zipfile.ZIP_DEFLATED,
        "copy/picture.png": zipfile.ZIP_STORED,
        "copy/valves/turn.html": zipfile.ZIP_DEFLATED,
    }
    assert turn.compress_size < len(TEXT) / 4


def test_what_is_very_large_stands_there_as_it_is(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(zipping, "_LARGE", len(TEXT) - 1)
    zipped(folder, "copy", tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert archive.getinfo("copy/valves/turn.html").compress_type == zipfile.ZIP_STORED
        assert archive.read("copy/valves/turn.html") == TEXT.encode()


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_other_programs_read_it(folder: Path, tmp_path: Path):
    """What stands before each file and the list at the end say the same."""
    zipped(folder, "copy", tmp_path / "copy.zip")
    told = subprocess.run(["unzip", "-tq", "copy.zip"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
