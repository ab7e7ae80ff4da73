"""``telusur deadline``: when a term ends, with the reason for every day that does not count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from telusur import evidence
from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import note, out, print_json
from telusur.cli.inputs import check_file, read_day
from telusur.cli.rules import Known
from telusur.domain.errors import BadInput
from telusur.domain.text import Language, Text
from telusur.law import deadlines, label
from telusur.law.deadlines import Agency, CountedDay, Deadline, Register, Term

_LIST_SCHEMA: Final = "telusur.deadline-terms/1"

_ENDS: Final = Text("Batas", "Ends")
_FROM: Final = Text("{count} sejak {start} ({event})", "{count} from {start} ({event})")
_FROM_SHORT: Final = Text("{count} sejak {event}", "{count} from {event}")
_ARTICLE: Final = Text("pasal {article}", "art. {article}")
_NOT_COUNTED: Final = Text("tidak dihitung", "not counted")
_EVENT: Final = Text("hari peristiwa, tidak dihitung", "the day of the event, not counted")
_DAY: Final = Text("hari ke-{number}", "day {number}")
_DAY_OFF: Final = Text("hari ke-{number}, walau {why}", "day {number}, though {why}")
_READINGS: Final = Text("Pembacaan", "Readings")
_WARNINGS: Final = Text("Peringatan", "Warnings")
_CALENDAR: Final = Text(
    "Kalender {id} sebagaimana diketahui pada {known}, versi {hash}",
    "Calendar {id} as known on {known}, version {hash}",
)
_AGENCY: Final = Text("Hari kerja menurut {title} ({ground})", "Working days of {title} ({ground})")
_UNVERIFIED: Final = Text("BELUM DIPERIKSA", "NOT VERIFIED")

ListTerms = Annotated[bool, typer.Option("--list", help="List the terms and the agencies.")]


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(epilog="Example: telusur deadline bpasn-banding 2024-04-01 --ics banding.ics")(deadline)


def deadline(
    term: Annotated[str | None, typer.Argument(help="Name of a term; left out: the list of terms.")] = None,
    start: Annotated[
        str | None, typer.Argument(metavar="FROM", help="Day of the event that it runs from, YYYY-MM-DD.")
    ] = None,
    known: Known = None,
    agency: Annotated[str | None, typer.Option("--agency", help="Agency whose working days count.")] = None,
    agencies: Annotated[
        Path | None, typer.Option("--agencies", help="File with further agencies (telusur.agencies/1).")
    ] = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="Write the deadline as a calendar file.")] = None,
    *,
    list_terms: ListTerms = False,
    lang: Lang = "id",
    force: Annotated[bool, typer.Option("--force", help="Replace an existing --ics.")] = False,
    json: AsJson = False,
) -> None:
    """Say when a term ends, and why each day on the way counts or does not."""
    held = deadlines.register()
    if list_terms or term is None:
        if json:
            print_json(_listed(held))
        else:
            _print(_term_lines(held, lang))
        return
    found = held.term(term)
    if agencies is not None:
        check_file(agencies, field="--agencies")
    by_id = held.agencies if agencies is None else deadlines.read_agencies(agencies)
    own = None if agency is None else deadlines.one_agency(agency, by_id)
    counted = _counted_from(found, _day(start, found), None if known is None else read_day(known, "--known"), own)
    if ics is not None:
        evidence.write_bytes(ics, deadlines.ics(counted, lang), force=force)
        note(f"→ {ics}")
    if json:
        print_json(counted.as_json())
        return
    _print(_lines(counted, lang))


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        out.print(line, markup=False)


def _day(words: str | None, term: Term) -> date:
    if words is None:
        raise BadInput(f"the day it runs from is missing ({term.from_event.en}); write it as 2024-04-01", field="FROM")
    return read_day(words, "FROM")


def _counted_from(term: Term, day: date, known_on: date | None, own: Agency | None) -> Deadline:
    try:
        return deadlines.due(term, day, known_on, own)
    except BadInput as problem:
        # Of a year without a calendar the law knows no argument.
        if problem.where or problem.field:
            raise
        raise BadInput(problem.words, field="FROM") from None


def _listed(held: Register) -> dict[str, object]:
    return {
        "schema": _LIST_SCHEMA,
        "made_by": deadlines.made_by(),
        "terms": [term.as_json() for term in held.terms.values()],
        "agencies": [one.as_json() for one in held.agencies.values()],
    }


def _term_lines(held: Register, language: Language) -> Iterator[str]:
    for term in held.terms.values():
        words = deadlines.filled(_FROM_SHORT, count=deadlines.count_words(term.count), event=term.from_event)
        mark = f" [{_UNVERIFIED.in_language(language)}]" if term.unverified else ""
        yield f"{term.id}  {term.title.in_language(language)}{mark}"
        yield f"    {words.in_language(language)} · {_citation(term, language)}"
    yield "--agency:"
    for agency in held.agencies.values():
        yield f"{agency.id}  {agency.title.in_language(language)}"


def _citation(term: Term, language: Language) -> str:
    citation = term.citation
    place = f" {_ARTICLE.filled(article=citation.article).in_language(language)}" if citation.article else ""
    status = label("citation_status", citation.status).in_language(language)
    confidence = label("confidence", citation.confidence).in_language(language)
    return f"{citation.instrument.title.in_language(language)}{place} · {status} · {confidence}"


def _lines(found: Deadline, language: Language) -> Iterator[str]:
    def say(text: Text) -> str:
        return text.in_language(language)

    term, version = found.term, found.version
    yield f"{say(_ENDS)}: {say(deadlines.long_day(found.due))} — {say(term.title)}"
    start, count = deadlines.long_day(found.start), deadlines.count_words(term.count)
    yield f"  {say(deadlines.filled(_FROM, count=count, start=start, event=term.from_event))}"
    yield f"  {_citation(term, language)}"
    for source in term.citation.sources:
        yield f"  [{source.id}] {source.what}: {source.url}"
    if term.note:
        yield f"  {say(term.note)}"
    if found.agency:
        yield f"  {say(deadlines.filled(_AGENCY, title=found.agency.title, ground=found.agency.ground))}"
    if found.cautions:
        yield f"{say(_WARNINGS)}:"
    for caution in found.cautions:
        yield f"  ! {say(caution.says)}"
    yield ""
    if found.counted[0].day > found.start:
        yield f"  {say(start)}: {say(_EVENT)}"
    for one in found.counted:
        yield f"  {say(deadlines.long_day(one.day))}: {say(_counted(one))}"
    yield f"{say(_READINGS)}:"
    for reading in found.readings:
        yield f"  {say(deadlines.long_day(reading.due))}: {say(reading.says)}"
    known = deadlines.filled(_CALENDAR, id=version.calendar, known=version.known_on, hash=version.hash[:16])
    yield say(known)


def _counted(one: CountedDay) -> Text:
    if one.number is None:
        return one.skipped.words if one.skipped else _NOT_COUNTED
    if one.skipped is None:
        return _DAY.filled(number=one.number)
    return deadlines.filled(_DAY_OFF, number=str(one.number), why=one.skipped.words)
