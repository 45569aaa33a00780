"""Write the handbook that is measured into a folder, to look at it: python bench/write.py FOLDER [PAGES [SEED]]."""

from __future__ import annotations

import sys
from pathlib import Path

from handbook import write_handbook

if __name__ == "__main__":
    write_handbook(Path(sys.argv[1]), *(int(number) for number in sys.argv[2:] or ("1000",)))
