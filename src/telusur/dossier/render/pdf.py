"""The dossier as a PDF: what the page says, on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from importlib import resources

from telusur.domain.text import Language
from telusur.dossier.assessment import Assessment
from telusur.dossier.render.blocks import Block, Page
from telusur.dossier.render.page import page_of
from telusur.dossier.render.setting import set_pdf
from telusur.dossier.render.speech import Speech


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
    template = resources.files(__package__).joinpath("templates", "dossier.typ").read_bytes()
    return set_pdf(template, _data(page, Speech(language)), page.day)


def _data(page: Page, say: Speech) -> Mapping[str, object]:
    return {
        "title": page.title,
        "subtitle": page.subtitle,
        "running": page.running,
        "contents": say("page.contents"),
        "language": page.language,
        "day": [page.day.year, page.day.month, page.day.day],
        "blocks": [_block(block) for block in page.blocks],
    }


def _block(block: Block) -> dict[str, object]:
    return {"kind": type(block).__name__.lower(), **{f.name: _value(getattr(block, f.name)) for f in fields(block)}}


def _value(value: object) -> object:
    if is_dataclass(value):
        return {f.name: _value(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_value(each) for each in value]
    return value
