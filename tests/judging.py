"""The judge of drawings, as `bench/drawings.py` has it, for tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

NEVER = ("boxes overlap", "edges through a box", "labels on a box", "labels on a label")
"""What no drawing may have."""


def _loaded(file: Path) -> ModuleType:
    """Load a program that is no package."""
    spec = importlib.util.spec_from_file_location(f"bench_{file.stem}", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


bench = _loaded(Path(__file__).parent.parent / "bench" / "drawings.py")
