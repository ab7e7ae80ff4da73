"""The readable forms of a dossier: one page for screens, one PDF for paper and archives.

Both are made from the same blocks (`page`), which the `parts` give in the order a reader needs. All words stand in
``words.yaml``, in Indonesian and English.

The door
--------
render_html
    The dossier as one self-contained page.
render_pdf
    The dossier as PDF/A and PDF/UA.
set_pdf
    Other words set on paper by a template, in the same way.
check_pdf
    Whether this machine can set one.
visible
    Foreign words with what would hide or steer others written out.
Speech
    The dossier's voice in one language: numbers with their units, times with their zones.
words
    Every text of a room's ``words.yaml``.
Block and its kinds
    What a page is made of, for other pages than a dossier's.
features_of, hinges_of
    What moved a weight of style, and what an answer hangs on: parts of the dossier for such pages.
"""

from telusur.domain.visible import visible
from telusur.dossier.render.blocks import (
    Block,
    Bullets,
    Cell,
    Figure,
    Heading,
    Line,
    Note,
    Pairs,
    Paragraph,
    Quote,
    Table,
)
from telusur.dossier.render.html import render_html
from telusur.dossier.render.parts.features import blocks as features_of
from telusur.dossier.render.parts.hinges import blocks as hinges_of
from telusur.dossier.render.pdf import render_pdf
from telusur.dossier.render.priors import render_prior
from telusur.dossier.render.setting import check_pdf, set_pdf
from telusur.dossier.render.speech import Speech, words

__all__ = [
    "Block",
    "Bullets",
    "Cell",
    "Figure",
    "Heading",
    "Line",
    "Note",
    "Pairs",
    "Paragraph",
    "Quote",
    "Speech",
    "Table",
    "check_pdf",
    "features_of",
    "hinges_of",
    "render_html",
    "render_pdf",
    "render_prior",
    "set_pdf",
    "visible",
    "words",
]
