"""The dossier as a PDF by Typst: PDF/A-2a and PDF/UA-1, the same bytes each time.

What the dossier says is handed over as JSON and set as text; no part of it is ever read as Typst.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, time
from functools import cache
from importlib import resources
from typing import Final, Literal

import typst

from telusur.domain.text import Language
from telusur.dossier.assessment import Assessment
from telusur.dossier.render import fonts
from telusur.dossier.render.blocks import Block, Page
from telusur.dossier.render.page import page_of
from telusur.dossier.render.speech import Speech
from telusur.dossier.render.visible import visible

#: For archives, and for readers who hear the page.
STANDARDS: Final[tuple[Literal["a-2a"], Literal["ua-1"]]] = ("a-2a", "ua-1")


def render_pdf(assessment: Assessment, language: Language = "id") -> bytes:
    """Give the dossier as a PDF.

    Parameters
    ----------
    assessment
        What to show.
    language
        In which language; what the case itself says stays as it was said.

    Returns
    -------
    bytes
        PDF/A-2a and PDF/UA-1. Its dates are the day of the report, never the day of making.
    """
    page = page_of(assessment, language)
    made = typst.compile(
        resources.files(__package__).joinpath("templates", "dossier.typ").read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(_data(page, Speech(language)), ensure_ascii=False)},
        pdf_standards=list(STANDARDS),
        timestamp=datetime.combine(page.day, time(), UTC),
    )
    assert isinstance(made, bytes)
    return made


def check_pdf() -> None:
    """Set one line as the dossiers are set.

    Raises
    ------
    typst.TypstError
        If this machine cannot.
    """
    source = '#set document(title: "Telusur")\n#set text(lang: "id")\n= Telusur 🔎 ꦠ'.encode()
    typst.compile(
        source, font_paths=_fonts(), pdf_standards=list(STANDARDS), timestamp=datetime(2024, 1, 1, tzinfo=UTC)
    )


@cache
def _fonts() -> typst.Fonts:
    """Only the bundled ones: a machine's own would change the bytes."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])


def _data(page: Page, say: Speech) -> Mapping[str, object]:
    return {
        "title": _text(page.title),
        "subtitle": _text(page.subtitle),
        "running": _text(page.running),
        "contents": say("page.contents"),
        "language": page.language,
        "day": [page.day.year, page.day.month, page.day.day],
        "blocks": [_block(block) for block in page.blocks],
    }


def _block(block: Block) -> dict[str, object]:
    return {"kind": type(block).__name__.lower(), **{f.name: _value(getattr(block, f.name)) for f in fields(block)}}


def _value(value: object) -> object:
    if isinstance(value, str):
        return _text(value)
    if is_dataclass(value):
        return {f.name: _value(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Sequence):
        return [_value(each) for each in value]
    return value


def _text(text: str) -> str:
    return fonts.printable(visible(text))
