"""The host's files: their texts, their lines on the forge, and those that Handrail adds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handrail.options import Options
from handrail.plugin.folder import put
from handrail.problems import Problem
from handrail.publication import ASSETS, TOGETHER, LineUrl


class MadeFile(File):
    """A file of the site whose content is made when somebody asks for it, and that lies nowhere but in the site."""

    _make: Callable[[], str] | None = None
    """Makes its content; None once it is written, or where another plugin has given it other content."""

    @classmethod
    def of(cls, config: MkDocsConfig, name: str, make: Callable[[], str]) -> MadeFile:
        """Return a file that is not written yet."""
        file = cls.generated(config, name, abs_src_path=config.site_dir)
        assert isinstance(file, MadeFile)  # the host says only that it is a File
        file.abs_src_path = None
        file._make = make
        return file

    def write(self, folders: set[str]) -> None:
        """Write it to its place in the site, where the host finds it as it is and copies nothing.

        `folders` are those that are there; one that is made is added to them.
        """
        if self._make is None:
            return
        put(self.abs_dest_path, self._make(), folders)
        self._make = None
        self.abs_src_path = self.abs_dest_path

    def copy_file(self, dirty: bool = False) -> None:
        """Have the host copy it, unless it lies in its place already."""
        if self.abs_src_path != self.abs_dest_path:
            super().copy_file(dirty)

    @property
    def content_bytes(self) -> bytes:
        """Its content, as the host gives that of any file."""
        return super().content_bytes if self._make is None else self._make().encode()

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        self._make = None
        vars(File)["content_bytes"].fset(self, value)

    @property
    def content_string(self) -> str:
        """The same as text."""
        return super().content_string if self._make is None else self._make().removeprefix("\ufeff")

    @content_string.setter
    def content_string(self, value: str) -> None:
        self._make = None
        vars(File)["content_string"].fset(self, value)


def text_of(file: File, page_text: Callable[[str, Path], str | Problem]) -> str | Problem:
    """Return a page's text as the command would read it; of a page that a plugin made, what it made.

    `page_text` reads the pages that lie in the folder.
    """
    if file.generated_by is None and file.abs_src_path is not None and file.src_dir is not None:
        return page_text(file.src_uri, Path(file.abs_src_path))
    try:
        return file.content_string
    except (OSError, UnicodeError) as error:
        return Problem(
            "unreadable",
            "error",
            file.src_uri,
            1,
            1,
            f"The page cannot be read: {error}. It is left out.",
            "Look at the plugin that makes it.",
        )


def add_assets(files: Files, config: MkDocsConfig, options: Options, add: Callable[[str, str], object]) -> None:
    """Add Handrail's styles and scripts to the site, and to the head of its pages: one file of each.

    Where the user has a style or a script of the same name, or names one of them, all of that kind stay apart, so that
    it keeps its place among them. `add` takes the path and the text of a file of the site.
    """
    for kind, loaded in ((".css", config.extra_css), (".js", config.extra_javascript)):
        wanted = [asset for asset in ASSETS if asset.path.endswith(kind) and asset.wanted(options)]
        named = {*map(str, loaded)}
        if any(asset.path in named or files.get_file_from_path(asset.path) is not None for asset in wanted):
            for asset in wanted:
                if files.get_file_from_path(asset.path) is None:
                    files.append(File.generated(config, asset.path, abs_src_path=asset.source))
            loaded += [asset.path for asset in wanted if asset.path not in named]
        else:
            add(f"{TOGETHER}{kind}", "\n".join(asset.text for asset in wanted))
            loaded.append(f"{TOGETHER}{kind}")


_FORGES = (
    ("/-/edit/", "/-/blob/", "?plain=1#L"),  # GitLab
    ("/_edit/", "/src/branch/", "?display=source#L"),  # Gitea and Forgejo
    ("/src/branch/", "/src/branch/", "?display=source#L"),
    ("/edit/", "/blob/", "?plain=1#L"),  # GitHub
    ("/blob/", "/blob/", "?plain=1#L"),
    ("/src/", "/src/", "#lines-"),  # Bitbucket
)
"""Where a file is edited -> where it is read, and how a line of it is named: of its text and not of what it shows."""


def page_of(path: str, files: Files) -> Page | None:
    """Return the host's page of a file; None where there is none."""
    file = files.get_file_from_path(path)
    return file.page if file is not None else None


def line_url(page: Page | None) -> LineUrl:
    """Return a function that gives the forge's address of a line of a page's file, as far as it is known."""
    edit, own = (page.edit_url, page.file.src_uri) if page is not None else (None, "")

    def at(path: str, line: int) -> str | None:
        return line_address(edit, line) if edit and path == own else None

    return at


def line_address(edit: str, line: int) -> str:
    """Return where a line of a file is read on the forge, from where the file is edited."""
    address, query, _ = edit.partition("?")
    if query:
        return f"{edit}#L{line}"
    for editing, viewing, name in _FORGES:
        before, found, behind = address.partition(editing)
        if found:
            return f"{before}{viewing}{behind}{name}{line}"
    return f"{edit}#L{line}"
