"""Write the JSON Schemas for editors of catalogue and procedures from their models: `python scripts/schemas.py`."""

from __future__ import annotations

from pathlib import Path

from telusur.law import editors as law
from telusur.process import editors as process

SOURCE = Path(__file__).parents[1] / "src/telusur"
FOLDERS = {SOURCE / "law/catalogue/schema": law.texts, SOURCE / "process/procedures/schema": process.texts}


def main() -> None:
    """Write each schema; take away those of files that no longer exist."""
    for folder, texts in FOLDERS.items():
        folder.mkdir(exist_ok=True)
        made = texts()
        for name, text in made.items():
            (folder / name).write_text(text, "utf-8")
        for path in folder.glob("*.json"):
            if path.name not in made:
                path.unlink()
        print(f"{len(made)} schemas in {folder.relative_to(SOURCE)}/")


if __name__ == "__main__":
    main()
