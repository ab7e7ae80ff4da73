"""Make the example cases again: `python scripts/make_examples.py [FOLDER]`.

The folders of the three cases in FOLDER (by default `examples/`) are replaced; the same sources give the same bytes.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from invented.cases import CASES


def main(folder: Path) -> None:
    """Write every case into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in CASES.items():
        case = folder / name
        # Made beside and moved, so that a generator that fails leaves the case as it was.
        with tempfile.TemporaryDirectory(dir=folder) as beside:
            make(Path(beside) / name)
            if case.exists():
                shutil.rmtree(case)
            shutil.move(Path(beside) / name, case)
        print(f"{case}: {sum(1 for path in case.rglob('*') if path.is_file())} files")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "examples")
