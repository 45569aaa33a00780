"""A folder as one zip file: the same bytes on every machine.

Python compresses with the zlib of the machine, and zlib, zlib-ng and what systems patch into them give other bytes
for the same text. So what stands in the file is compressed by libdeflate, in the one version that Handrail asks for.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import deflate

from handrail.export.sums import files_in

_TIME = (1980, 1, 1, 0, 0, 0)
"""Of every file in a zip file: the first that the format knows."""
_LEVEL = 9
"""From 1, fast, to 12, small; from 10 on, three times the work and more saves three bytes of a hundred."""
_LARGE = 1 << 30
"""In bytes. What is larger is a film or a disk and hardly gets smaller; it stands in the file as it is."""


def zipped(folder: Path, name: str, target: Path) -> None:
    """Write a folder as a zip file: sorted, with fixed times and rights, everything below one folder of this name."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(files_in(folder)):
            entry = zipfile.ZipInfo(f"{name}/{path}", _TIME)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            _add(archive, entry, (folder / path).read_bytes())


def _add(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, data: bytes) -> None:
    """Add a file, compressed where that makes it smaller."""
    packed = deflate.deflate_compress(data, _LEVEL) if len(data) <= _LARGE else data
    if len(packed) >= len(data):
        archive.writestr(entry, data)
        return
    archive.writestr(entry, packed)
    entry.compress_type, entry.file_size, entry.CRC = zipfile.ZIP_DEFLATED, len(data), zlib.crc32(data)
    _write_again(archive, entry)


def _write_again(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Write what stands before a file once more, now that it says what the bytes behind it mean."""
    assert archive.fp is not None
    end = archive.fp.tell()
    archive.fp.seek(entry.header_offset)
    archive.fp.write(entry.FileHeader(zip64=False))
    archive.fp.seek(end)
