"""Names of files for ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def file_name(name: str) -> str:
    """Return an id as the name of a file."""
    return name.replace("/", "-").replace(".", "-")


def file_names(ids: Iterable[str]) -> Mapping[str, str]:
    """Return a name for each id, all of them different on every machine; none is `index`."""
    taken = {"index"}
    names: dict[str, str] = {}
    for name in ids:
        file = file_name(name)
        while file.casefold() in taken:
            file += "-"
        taken.add(file.casefold())
        names[name] = file
    return names
