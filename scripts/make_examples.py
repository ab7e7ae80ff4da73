"""Make the example cases again: `python scripts/make_examples.py [FOLDER]`.

The folders of the three cases in FOLDER (by default `examples/`) are replaced; the same sources give the same bytes.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from invented.cases import CASES


def main(folder: Path) -> None:
    """Write every case into a folder."""
    for name, make in CASES.items():
        case = folder / name
        if case.exists():
            shutil.rmtree(case)
        make(case)
        print(f"{case}: {sum(1 for path in case.rglob('*') if path.is_file())} files")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "examples")
