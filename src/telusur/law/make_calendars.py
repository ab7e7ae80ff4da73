"""From calendars as written to calendars as asked."""

from __future__ import annotations

from telusur.domain.errors import nearest
from telusur.domain.vocabulary import FIELDS
from telusur.law import border
from telusur.law.calendars import Calendar, Step, fault_of
from telusur.law.conditions import Path
from telusur.law.document import Document
from telusur.law.workshop import Workshop, text_of


def calendar(shop: Workshop, document: Document, held: border.CalendarFile) -> None:
    """Take one calendar; every day it covers must have exactly one phase."""

    def make() -> Calendar:
        for i, kind in enumerate(held.contests):
            known = [value for value in FIELDS["contest.kind"].values if value != "none"]
            if kind not in known:
                raise document.problem(("contests", i), f"there is no contest {kind!r}; {nearest(kind, known)}")
        made = Calendar(
            held.id,
            text_of(held.title),
            held.contests,
            held.round,
            held.covers.first,
            held.covers.last,
            held.by_region,
            tuple(_step(shop, one, document, ("steps", i)) for i, one in enumerate(held.steps)),
        )
        for region in sorted({step.region or "" for step in made.steps} | {""}):
            fault = fault_of(made.in_region(region or None), made.round)
            if fault:
                where = f"in region {region}, " if region else ""
                raise document.problem(("steps",), where + fault)
        _check_overlap(shop, made, document)
        return made

    shop.keep(shop.calendars, held.id, make, document, ("id",))


def _step(shop: Workshop, one: border.StepIn, document: Document, path: Path) -> Step:
    shop.cited(one.sources, one.confidence, document, (*path, "sources"))
    last = one.last or one.first
    if last < one.first:
        raise document.problem(path, f"{one.what} ends on {last}, before it begins on {one.first}")
    return Step(one.what, one.first, last, one.known.first, one.confidence, one.sources, one.region)


def _check_overlap(shop: Workshop, made: Calendar, document: Document) -> None:
    for other in shop.calendars.values():
        same = set(made.contests) & set(other.contests) and made.round == other.round
        if same and made.first <= other.last and other.first <= made.last:
            raise document.problem(
                ("covers",), f"{made.id} and {other.id} cover the same days of one contest; a day has one phase"
            )
