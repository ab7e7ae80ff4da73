"""The dossier as one self-contained page: no network, no scripts, and nothing of the case unescaped."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from telusur.domain.text import Language
from telusur.domain.visible import visible
from telusur.dossier.assessment import Assessment
from telusur.dossier.render.blocks import Page
from telusur.dossier.render.page import page_of
from telusur.dossier.render.speech import Speech


def render_html(assessment: Assessment, language: Language = "id") -> str:
    """Give the dossier as one HTML page.

    Parameters
    ----------
    assessment
        What to show.
    language
        In which language; what the case itself says stays as it was said.
    """
    return render_page(page_of(assessment, language))


def render_page(page: Page) -> str:
    """Give any document of blocks as one HTML page."""
    template = _environment().get_template("page.html.j2")
    return template.render(page=page, say=Speech(page.language), style=_style())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("telusur.dossier.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["visible"] = visible
    environment.filters["kind"] = lambda block: type(block).__name__.lower()
    # Pictures are drawn by this package, which escapes what it writes into them.
    environment.filters["picture"] = Markup
    return environment


@cache
def _style() -> Markup:
    # Our own file, without any part from the case.
    return Markup(resources.files(__package__).joinpath("style.css").read_text("utf-8"))  # noqa: S704 - our own file
