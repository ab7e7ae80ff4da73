"""Words set on paper by Typst: PDF/A-2a and PDF/UA-1, the same bytes each time.

The words are handed over as JSON and set as text; no part of them is ever read as Typst.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Final, Literal

import typst

from telusur.domain.visible import visible
from telusur.dossier.render import fonts

#: For archives, and for readers who hear the page.
STANDARDS: Final[tuple[Literal["a-2a"], Literal["ua-1"]]] = ("a-2a", "ua-1")


def set_pdf(template: bytes, data: Mapping[str, object], day: date) -> bytes:
    """Set words by a template.

    Parameters
    ----------
    template
        Typst source of ours; nothing from outside goes into it. It reads the words by
        ``json(bytes(sys.inputs.data))``, and has to name the document's title and language.
    data
        Mappings, sequences, strings, numbers, truth values and ``None``. In every string, what would hide itself or
        steer others, and what no bundled font can show, is written as its number.
    day
        The day that the document bears; never the day of making.

    Returns
    -------
    bytes
        PDF/A-2a and PDF/UA-1, set in the bundled fonts only: a machine's own would change the bytes.

    Raises
    ------
    typst.TypstError
        If the template asks for what does not stand in the data.
    """
    made = typst.compile(
        template,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(_printable(data), ensure_ascii=False)},
        pdf_standards=list(STANDARDS),
        timestamp=datetime.combine(day, time(), UTC),
    )
    assert isinstance(made, bytes)
    return made


def check_pdf() -> None:
    """Set one line as the documents are set.

    Raises
    ------
    typst.TypstError
        If this machine cannot.
    """
    set_pdf('#set document(title: "Telusur")\n#set text(lang: "id")\n= Telusur 🔎 ꦠ'.encode(), {}, date(2024, 1, 1))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])


def _printable(value: object) -> object:
    if isinstance(value, str):
        return fonts.printable(visible(value))
    if isinstance(value, Mapping):
        return {key: _printable(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_printable(each) for each in value]
    return value
