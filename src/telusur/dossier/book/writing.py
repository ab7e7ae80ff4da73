"""The book as a file, written beside its place and renamed, so that it is never half-written."""

from __future__ import annotations

import tempfile
from pathlib import Path

from telusur.domain.errors import BadInput
from telusur.domain.text import Language
from telusur.dossier.book.page import render_book

FILE = "book.html"


def write_book(out: Path, language: Language = "id", *, force: bool = False) -> Path:
    """Write ``book.html`` into a folder.

    Parameters
    ----------
    out
        The folder; made if there is none.
    language
        In which language.
    force
        Whether an older book there may be replaced.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    BadInput
        If the place is no folder, or holds a book already.
    """
    place = out / FILE
    if out.exists() and not out.is_dir():
        raise BadInput("this exists and is no folder; name another --out", where=str(out))
    if place.exists() and not force:
        raise BadInput("a book lies here already; add --force to replace it, or name another --out", where=str(place))
    page = render_book(language)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=out, prefix=".book.", delete=False) as beside:
        made = Path(beside.name)
        try:
            beside.write(page)
            beside.close()
            made.chmod(0o644)
            made.replace(place)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
    return place
