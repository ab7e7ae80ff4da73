"""The rule book: its indexes, one page a rule, and what stands beside the rules. The words are those of the book."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from telusur import law
from telusur.domain.errors import BadInput
from telusur.domain.text import Language
from telusur.dossier.book import Book, Leaf
from telusur.office.public.blocks import shown
from telusur.office.public.pages import open_page
from telusur.office.words import language


@open_page
def front(request: HttpRequest) -> HttpResponse:
    """Show how to read it, and its indexes."""
    return _page(request, _book().front(), "front", above=0)


@open_page
def background(request: HttpRequest) -> HttpResponse:
    """Show open readings, sanctions, coverage, calendars and sources."""
    return _page(request, _book().background(), "background", above=0)


@open_page
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Show one rule."""
    try:
        leaf = _book().rule(rule_id)
    except BadInput:
        raise Http404 from None
    # In the book a rule stands two levels further down.
    return _page(request, leaf, "rule", above=2)


def _page(request: HttpRequest, leaf: Leaf, page: str, *, above: int) -> HttpResponse:
    seen = {"leaf": leaf, "page": page, "blocks": shown(leaf.blocks, address, above=above)}
    return render(request, "office/public/rules.html", seen)


def address(anchor: str) -> str:
    """Give the address of what an anchor of the book names."""
    rule_id = _book().rule_at(anchor)
    if rule_id is not None:
        return reverse("public:rule", args=[rule_id])
    return f"{reverse('public:rules-background')}#{anchor}"


def _book() -> Book:
    return _held(law.catalogue().hash, language())


@lru_cache(maxsize=4)
def _held(catalogue: str, spoken: Language) -> Book:  # noqa: ARG001 - another catalogue is another book
    return Book(spoken)
