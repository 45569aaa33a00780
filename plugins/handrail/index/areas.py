"""What an area is called: as its author wrote it, or as its folder would be named by a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile

from handrail.model import Document


def area_names(documents: Iterable[Document]) -> Mapping[str, str]:
    """Return folder -> name, of the areas that are nothing but the folder of a page.

    Folders that hold all of them say nothing, and signs that stand for spaces are spaces.
    """
    folders = {one.area for one in documents if one.area and one.area == one.path.rpartition("/")[0]}
    paths = [folder.split("/") for folder in sorted(folders)]
    same = takewhile(lambda parts: len(set(parts)) == 1, zip(*paths, strict=False))
    shared = len(list(same)) if len(paths) > 1 else 0
    names = {"/".join(path): _name(path[min(shared, len(path) - 1) :]) for path in paths}
    return names if len(set(names.values())) == len(names) else {}


def _name(path: Iterable[str]) -> str:
    words = (part.replace("-", " ").replace("_", " ").strip() for part in path)
    return " / ".join(word[:1].upper() + word[1:] for word in words if word)
