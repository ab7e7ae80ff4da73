"""The whole book as blocks, and as a page."""

from __future__ import annotations

from collections.abc import Iterator

from telusur import law
from telusur.domain.text import Language
from telusur.dossier.book import calendars, rest, rules
from telusur.dossier.render.blocks import Block, Heading, Note, Page, Pairs, cell, code
from telusur.dossier.render.html import render_page
from telusur.dossier.render.speech import Speech
from telusur.law import Catalogue


def render_book(language: Language = "id") -> str:
    """Give the catalogue of this installation as one self-contained page; the same one for the same catalogue.

    Parameters
    ----------
    language
        In which language.
    """
    held = law.catalogue()
    say = Speech(language, __package__)
    return render_page(
        Page(
            title=say("book.title"),
            subtitle=say("book.subtitle", n=len(held.rules)),
            running=say("book.running", hash=held.hash[:16]),
            day=max(rule.known_from for rule in held.rules.values()),
            language=language,
            blocks=list(_blocks(held, say)),
        )
    )


def about(held: Catalogue, say: Speech) -> Iterator[Block]:
    """Give how to read the book, and which one it is."""
    yield Heading(2, say("book.about"), "about")
    yield Note(cell(say("book.lead", reported=say.of(law.label("citation_status", "reported")))))
    official = sum(rule.allows_sanction for rule in held.rules.values())
    newest = max(rule.known_from for rule in held.rules.values())
    yield Pairs(
        (
            (say("book.hash"), cell(code(held.hash))),
            (say("book.official"), cell(say("book.of", n=official, all=len(held.rules)))),
            (say("book.newest"), cell(say.day(newest))),
        )
    )


def _blocks(held: Catalogue, say: Speech) -> Iterator[Block]:
    yield from about(held, say)
    yield from rules.by_act(held, say)
    yield from rules.by_instrument(held, say)
    yield from rules.blocks(held, law.examples(), say)
    yield from rest.issues(held, say)
    yield from rest.after(held, say)
    yield from rest.coverage(held, say)
    yield from calendars.blocks(held, say)
    yield from rest.read_in(held, say)
