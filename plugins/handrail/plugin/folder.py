"""The folder of the files that Handrail makes: real ones, since plugins look at those of pages."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File


def put(path: str, text: str, folders: set[str]) -> None:
    """Write a file; `folders` are those that are there, and one that is made for it is added to them."""
    folder = os.path.dirname(path)
    if folder not in folders:
        os.makedirs(folder, exist_ok=True)
        folders.add(folder)
    with open(path, "wb") as out:
        out.write(text.encode())


class MadeFolder:
    """A folder that is there from its opening to its end, over all builds of `serve`."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._folders: set[str] = set()

    def open(self) -> None:
        """Make the folder, if it is not there."""
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="handrail-")

    def path(self, name: str) -> Path:
        """Return where something lies in it, other than pages: none of them lies right in this folder."""
        assert self._folder is not None
        return Path(self._folder.name, name)

    def file(self, config: MkDocsConfig, path: str, **more: Any) -> File:
        """Return a file of the site that lies in it, and that is not written yet."""
        assert self._folder is not None
        return File.generated(config, path, abs_src_path=os.path.join(self._folder.name, path), **more)

    def write(self, file: File, text: str) -> None:
        """Write a file that lies in it; each folder is made once."""
        put(str(file.abs_src_path), text, self._folders)

    def close(self) -> None:
        """Remove the folder with all that is in it."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
            self._folders.clear()
