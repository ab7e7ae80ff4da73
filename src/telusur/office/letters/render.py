"""A letter on paper: PDF/A-2a and PDF/UA-1, the same bytes each time."""

from __future__ import annotations

from importlib import resources
from typing import Any

from telusur.dossier import set_pdf
from telusur.office.letters.model import LetterData


def render(letter: LetterData) -> bytes:
    """Give a letter as a PDF.

    Parameters
    ----------
    letter
        What it says.

    Returns
    -------
    bytes
        Its date is the day that it bears, never the day of making.
    """
    template = resources.files(__package__).joinpath("letter.typ").read_bytes()
    day = letter.day
    held: dict[str, Any] = letter.as_json()
    return set_pdf(
        template, {**held, "day": [day.year, day.month, day.day], "content_sha256": letter.content_sha256}, day
    )
