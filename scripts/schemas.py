"""Write the JSON Schemas for editors of the catalogue from the models it is read with: `python scripts/schemas.py`."""

from __future__ import annotations

from pathlib import Path

from telusur.law import editors

FOLDER = Path(__file__).parents[1] / "src/telusur/law/catalogue/schema"


def main() -> None:
    """Write each schema; take away those of files that no longer exist."""
    FOLDER.mkdir(exist_ok=True)
    made = editors.texts()
    for name, text in made.items():
        (FOLDER / name).write_text(text, "utf-8")
    for path in FOLDER.glob("*.json"):
        if path.name not in made:
            path.unlink()
    print(f"{len(made)} schemas in {FOLDER.name}/")


if __name__ == "__main__":
    main()
