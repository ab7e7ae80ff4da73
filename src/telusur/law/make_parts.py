"""What rules are made of: sources, instruments, coverage, terms, exceptions, issues."""

from __future__ import annotations

from functools import partial

from telusur.domain.vocabulary import FIELDS
from telusur.law import border
from telusur.law.conditions import ALWAYS, Path
from telusur.law.document import Document
from telusur.law.model import Coverage, Instrument, Issue, RuleException, Source
from telusur.law.workshop import Workshop, check_status, span_of, text_of


def sources(shop: Workshop, document: Document, held: border.SourcesFile) -> None:
    """Take where things were read."""
    for i, one in enumerate(held.sources):
        shop.keep(shop.sources, one.id, partial(Source, one.id, one.url, one.what), document, ("sources", i, "id"))


def instruments(shop: Workshop, document: Document, held: border.InstrumentsFile) -> None:
    """Take the instruments."""
    for i, one in enumerate(held.instruments):

        def make(one: border.InstrumentIn = one, path: Path = ("instruments", i)) -> Instrument:
            sources = shop.cited(one.sources, one.confidence, document, (*path, "sources"))
            return Instrument(one.id, text_of(one.title), span_of(one.in_force), one.confidence, sources)

        shop.keep(shop.instruments, one.id, make, document, ("instruments", i, "id"))


def coverage(shop: Workshop, document: Document, held: border.CoverageFile) -> None:
    """Take to whom the catalogue speaks; every status must be spoken of."""
    for i, one in enumerate(held.coverage):
        path: Path = ("coverage", i)

        def make(one: border.CoverageIn = one, path: Path = path) -> Coverage:
            check_status(one.status, document, (*path, "status"))
            sources = shop.cited(one.sources, one.confidence, document, (*path, "sources"))
            rests = tuple(
                shop.find(shop.instruments, key, "instrument", document, (*path, "instruments", j)).id
                for j, key in enumerate(one.instruments)
            )
            return Coverage(one.status, one.scope, text_of(one.note), sources, one.confidence, rests)

        shop.keep(shop.coverage, one.status, make, document, (*path, "status"))
    absent = [status for status in FIELDS["actor.status"].values if status not in shop.coverage]
    if absent:
        shop.problems.append(document.problem(("coverage",), f"say whether {', '.join(absent)} is covered"))


def terms(shop: Workshop, document: Document, held: border.TermsFile) -> None:
    """Take the named conditions."""
    for i, one in enumerate(held.terms):
        path: Path = ("terms", i, "when")
        # A term may use those above it, so that none can go in circles.
        shop.keep(shop.terms, one.id, partial(shop.condition, one.when, document, path), document, ("terms", i, "id"))


def exceptions(shop: Workshop, document: Document, held: border.ExceptionsFile) -> None:
    """Take the exceptions, with the exceptions to them."""
    for i, one in enumerate(held.exceptions):

        def make(one: border.ExceptionIn = one, path: Path = ("exceptions", i)) -> RuleException:
            return RuleException(
                one.id,
                text_of(one.title),
                shop.citation(one.citation, None, document, (*path, "citation")),
                span_of(one.in_force),
                shop.condition(one.when, document, (*path, "when")),
                None if one.unless is None else shop.condition(one.unless, document, (*path, "unless")),
            )

        shop.keep(shop.exceptions, one.id, make, document, ("exceptions", i, "id"))


def issues(shop: Workshop, document: Document, held: border.IssuesFile) -> None:
    """Take the questions on which readings differ."""
    for i, one in enumerate(held.issues):

        def make(one: border.IssueIn = one, path: Path = ("issues", i)) -> Issue:
            readings = tuple(
                shop.reading(said, document, (*path, "readings", j)) for j, said in enumerate(one.readings)
            )
            when = ALWAYS if one.when is None else shop.condition(one.when, document, (*path, "when"))
            return Issue(one.id, text_of(one.title), one.bears_on, when, readings)

        shop.keep(shop.issues, one.id, make, document, ("issues", i, "id"))
