"""The list of a copy's files, and what is found where a copy is no longer what its list says."""

from __future__ import annotations

import random
import subprocess
import zipfile
from pathlib import Path

import pytest

from handrail.export.sums import (
    LIST,
    digests,
    files_in,
    is_inside,
    sums_of,
    sums_text,
    verdict_of_folder,
    verdict_of_zip,
)
from handrail.export.zipping import zipped
from handrail.problems import HandrailError


def listed(folder: Path) -> Path:
    """Write a folder's list."""
    text = sums_text({path: digest or "" for path, digest in digests(folder, files_in(folder)).items()})
    (folder / LIST).write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder of 300 files, some of them strange, with its list."""
    folder = tmp_path / "copy"
    for number in range(300):
        file = folder / f"part-{number % 7}" / f"page {number}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes([number % 256]) * number)
    for name in ("Über.html", "手順.html", "back\\slash", "line\nbreak"):
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "large.bin").write_bytes(b"x" * 3_000_000)
    # `\` and line breaks are possible here, but no copy is unpacked everywhere with them.
    (folder / "back\\slash").unlink()
    (folder / "line\nbreak").unlink()
    return listed(folder)


def test_a_copy_is_whole(copy: Path):
    verdict = verdict_of_folder(copy)
    assert verdict.whole
    assert verdict.files == 303


def test_sha256sum_reads_the_list(copy: Path):
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "--strict", LIST], cwd=copy, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_hundred_planted_changes_are_found_one_by_one(copy: Path):
    chance = random.Random(6)
    paths = sorted(path for path in files_in(copy) if path != LIST and (copy / path).stat().st_size)
    for path in chance.sample(paths, 100):
        file = copy / path
        before = file.read_bytes()
        place = chance.randrange(len(before))
        file.write_bytes(before[:place] + bytes([before[place] ^ 1]) + before[place + 1 :])
        verdict = verdict_of_folder(copy)
        assert (verdict.changed, verdict.missing, verdict.added) == ((path,), (), ())
        file.write_bytes(before)


def test_missing_and_added_files_are_found(copy: Path):
    (copy / "large.bin").rename(copy / "larger.bin")
    verdict = verdict_of_folder(copy)
    assert (verdict.changed, verdict.missing, verdict.added) == ((), ("large.bin",), ("larger.bin",))


def test_a_link_is_no_file_of_a_copy(copy: Path, tmp_path: Path):
    (tmp_path / "secret").write_bytes((copy / "large.bin").read_bytes())
    (copy / "large.bin").unlink()
    (copy / "large.bin").symlink_to(tmp_path / "secret")
    assert verdict_of_folder(copy).changed == ("large.bin",)


@pytest.mark.parametrize("text", ["nonsense\n", f"{'0' * 64}  ../../x\n", f"{'0' * 64}  /etc/passwd\n",
                                  f"{'0' * 64}  a\n{'0' * 64}  a\n", f"{'0' * 64}  C:x\n", f"{'0' * 64}  a//b\n"])  # fmt: skip
def test_a_list_that_no_copy_has(copy: Path, text: str):
    (copy / LIST).write_text(text, encoding="utf-8")
    with pytest.raises(HandrailError, match="line"):
        verdict_of_folder(copy)


def test_a_folder_without_a_list(tmp_path: Path):
    with pytest.raises(HandrailError, match="holds no SHA256SUMS"):
        verdict_of_folder(tmp_path)


@pytest.mark.parametrize("text", ["", "a", "a b\n", "line\nbreak", "back\\slash", "\r"])
def test_names_in_a_list_come_back(text: str):
    if is_inside(text):
        assert sums_of(sums_text({text: "0" * 64})) == {text: "0" * 64}


# ---- zip files ----


@pytest.fixture
def archive(copy: Path, tmp_path: Path) -> Path:
    zipped(copy, "copy", tmp_path / "copy.zip")
    return tmp_path / "copy.zip"


def test_a_zip_file_is_whole(archive: Path):
    verdict = verdict_of_zip(archive)
    assert (verdict.whole, verdict.files) == (True, 303)


def test_what_a_zip_file_holds_otherwise(archive: Path, tmp_path: Path):
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(other, "w") as new:
        for entry in old.infolist():
            if entry.filename.endswith("large.bin"):
                continue
            data = old.read(entry)
            new.writestr(entry, data + b"!" if entry.filename.endswith("/page 9.html") else data)
        new.writestr("copy/more.html", b"")
    verdict = verdict_of_zip(other)
    assert (verdict.changed, verdict.missing, verdict.added) == (
        ("part-2/page 9.html",),
        ("large.bin",),
        ("more.html",),
    )


HOSTILE = ("../../x", "/etc/x", "copy/../../x", "C:\\x", "copy\\..\\x", "copy//x", "./x")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_refused(archive: Path, name: str):
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr(zipfile.ZipInfo(name), b"x")
    with pytest.raises(HandrailError, match="Do not unpack it"):
        verdict_of_zip(archive)


def test_a_link_in_a_zip_file_is_refused(archive: Path):
    entry = zipfile.ZipInfo("copy/link")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr(entry, b"/etc/passwd")
    with pytest.raises(HandrailError, match="Do not unpack it"):
        verdict_of_zip(archive)


def test_a_name_that_stands_twice_is_refused(archive: Path):
    with zipfile.ZipFile(archive, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("copy/large.bin", b"x")
    with pytest.raises(HandrailError, match="a name twice"):
        verdict_of_zip(archive)


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip file"])
def test_what_is_no_zip_file(tmp_path: Path, data: bytes):
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(HandrailError, match="cannot be read as a zip file"):
        verdict_of_zip(tmp_path / "x.zip")


@pytest.mark.parametrize("start", range(5))
def test_whatever_is_broken_in_a_zip_file_is_told(tmp_path: Path, start: int):
    """A byte that is broken or a file that is cut short gives a verdict or a sentence, and no other content passes."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.html").write_bytes(f"<p>{number} is what it is. ".encode() * number * 9)
    zipped(listed(folder), "copy", tmp_path / "copy.zip")
    whole = (tmp_path / "copy.zip").read_bytes()
    for place in range(start, len(whole), 5):
        flipped = bytearray(whole)
        flipped[place] ^= 0xFF
        for data in (bytes(flipped), whole[:place]):
            (tmp_path / "broken.zip").write_bytes(data)
            try:
                verdict = verdict_of_zip(tmp_path / "broken.zip")
            except HandrailError:
                continue
            if verdict.whole:
                assert contents(tmp_path / "broken.zip") == contents(tmp_path / "copy.zip")


def contents(path: Path) -> dict[str, bytes]:
    """Return what the files of a zip file hold."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_broken_byte_in_a_zip_file_is_a_change(archive: Path):
    data = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as file:
        entry = file.getinfo("copy/large.bin")
    data[entry.header_offset + 60 + len(entry.filename)] ^= 0xFF
    archive.write_bytes(bytes(data))
    assert verdict_of_zip(archive).changed == ("large.bin",)
