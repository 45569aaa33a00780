"""The wheel, the sdist and an editable install hold the same package, and each of them works."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

PACKAGES = {"handrail": "plugins/handrail", "handrail.templates": "templates"}

# Run in each install: every module and entry point loads, every template is found in both ways.
PROBE = """
import importlib, pkgutil, sys
from importlib.metadata import distribution
from importlib.resources import files
from jinja2 import Environment, PackageLoader
import handrail

for module in pkgutil.walk_packages(handrail.__path__, "handrail."):
    importlib.import_module(module.name)
for point in distribution("handrail").entry_points:
    point.load()
assert distribution("handrail").version == handrail.__version__
assert (files("handrail") / "py.typed").is_file()

loader = PackageLoader("handrail.templates", "")
for name in sys.argv[1:]:
    assert name in loader.list_templates(), name
    assert files("handrail.templates").joinpath(name).is_file(), name
    if name.endswith(".html"):
        loader.get_source(Environment(), name)
print(handrail.__file__)
"""


@pytest.fixture(scope="module")
def tree(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the package is built from, with a compiled file lying about as it does at home."""
    copy = tmp_path_factory.mktemp("tree")
    for folder in PACKAGES.values():
        shutil.copytree(root / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / folder / "__pycache__").mkdir()
        (copy / folder / "__pycache__" / "left_over.pyc").touch()
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (root / name).is_file():
            shutil.copy(root / name, copy)
    return copy


@pytest.fixture(scope="module")
def built(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build the package as a `wheel` or as an `sdist`, without the network; return the file."""

    def build(form: str) -> Path:
        target = tmp_path_factory.mktemp(form)
        program = f"from setuptools import build_meta; build_meta.build_{form}({str(target)!r})"
        _run(sys.executable, "-c", program, folder=tree)
        return next(target.iterdir())

    return build


def test_every_package_is_listed(root: Path):
    listed = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    house = root / PACKAGES["handrail"]
    inner = {".".join(file.parent.relative_to(house.parent).parts) for file in house.rglob("__init__.py")}
    assert sorted(listed) == sorted(inner | {"handrail.templates"})


def test_the_wheel_holds_exactly_the_package_and_the_templates(root: Path, built: Callable[[str], Path]):
    with zipfile.ZipFile(built("wheel")) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == {
        f"{package.replace('.', '/')}/{name}" for package, folder in PACKAGES.items() for name in _files(root / folder)
    }


@pytest.mark.parametrize("form", ["wheel", "sdist", "editable"])
def test_an_install_works(form: str, root: Path, tree: Path, built: Callable[[str], Path], tmp_path: Path):
    python = _environment(tmp_path / "environment")
    what = ["--editable", str(tree)] if form == "editable" else [str(built(form))]
    offline = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    _run(sys.executable, "-m", "pip", "--python", str(python), "install", *offline, *what, folder=tmp_path)

    # -I keeps the current folder and PYTHONPATH out, so that nothing but the install can be what is imported.
    where = _run(str(python), "-I", "-c", PROBE, *_files(root / "templates"), folder=tmp_path)

    assert Path(where.strip()).is_relative_to(tree if form == "editable" else tmp_path)


def _environment(folder: Path) -> Path:
    """Make an environment that sees the packages installed here, but not Handrail; return its Python."""
    _run(sys.executable, "-m", "venv", "--without-pip", str(folder), folder=folder.parent)
    inside = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
    # A folder that is named in a .pth file has its own .pth files ignored: an editable Handrail is not seen.
    (inside / "installed-here.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin" / "python"


def _files(folder: Path) -> list[str]:
    found = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return sorted(file.relative_to(folder).as_posix() for file in found)


def _run(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


VENDORED = {
    "iframe-worker-shim.js": "e8e412dbcfea9b7e31b5ffa288d7b6035915e714c542f4176a0cdbe262fc9609",
    "mermaid.min.js": "581ed7d74bd9048d0e3a91363927d72ef22942d7722546b27f7cc29e35390eb8",
}


@pytest.mark.parametrize("name", VENDORED)
def test_what_others_wrote_is_as_it_was_published(name: str, root: Path):
    folder = root / "templates" / "vendor"
    assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == VENDORED[name]
    assert (folder / f"{name.partition('.')[0]}.LICENSE").is_file()
