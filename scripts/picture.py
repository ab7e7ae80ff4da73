"""Draw the README's picture of a dossier: `python scripts/picture.py`.

Two pages of the first example's PDF side by side, so that the picture never shows what the program does not make.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import typst

from telusur import dossier

ROOT = Path(__file__).parents[1]
CASE = ROOT / "examples/diambil-alih"
PICTURE = ROOT / "docs/images/dossier.png"

_SHEET = """
#set page(width: auto, height: auto, margin: 14pt, fill: rgb("#dfe4ea"))
#let sheet(number) = box(fill: white, stroke: 0.5pt + rgb("#b6c0ca"), image("dossier.pdf", page: number, width: 330pt))
#grid(columns: 2, gutter: 14pt, sheet(1), sheet(4))
"""


def main() -> None:
    """Assess the example and draw it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dossier.write(dossier.assess(dossier.read_case(CASE)), folder / "out", "en")
        (folder / "out/sheet.typ").write_text(_SHEET, "utf-8")
        picture = typst.compile(folder / "out/sheet.typ", format="png", ppi=144)
    assert isinstance(picture, bytes)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(picture)
    print(f"{PICTURE.relative_to(ROOT)}: drawn")


if __name__ == "__main__":
    main()
