"""The deadline calculator: which term, from which day, and every day on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.law import deadlines, label
from telusur.law.deadlines import CountedDay, Deadline
from telusur.office.forms import DateField, Form
from telusur.office.public.pages import open_page
from telusur.office.words import language, late, say

_CALENDAR: Final = "text/calendar; charset=utf-8"
_EVENT: Final = Text("hari peristiwa, tidak dihitung", "the day of the event, not counted")
_DAY: Final = Text("hari ke-{number}", "day {number}")
_THOUGH: Final = Text("hari ke-{number}, walau {why}", "day {number}, though {why}")


class TermForm(Form):
    """Which term, and from when."""

    tenggat = forms.ChoiceField(label=late("Tenggat apa?", "Which term?"))
    mulai = DateField(
        label=late("Dihitung sejak hari apa?", "Counted from which day?"),
        help_text=late(
            "Hari peristiwanya, misalnya hari surat diterima. Contoh: 15 Januari 2024 atau 15/01/2024.",
            "The day of the event, say the day the letter arrived. For instance 15 January 2024 or 15/01/2024.",
        ),
    )
    instansi = forms.ChoiceField(
        label=late("Hari kerja siapa?", "Whose working days?"),
        required=False,
        help_text=late("Bila kantornya bekerja enam hari.", "If the office works six days."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tenggat"].choices = [("", say(Text("– pilih –", "– choose –"))), *_terms()]  # type: ignore[attr-defined]
        held = deadlines.register().agencies.values()
        usual = say(Text("Senin sampai Jumat", "Monday to Friday"))
        self.fields["instansi"].choices = [("", usual), *((one.id, say(one.title)) for one in held)]  # type: ignore[attr-defined]


def _terms() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Give the terms by instrument."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for term in deadlines.register().terms.values():
        words = say(deadlines.count_words(term.count))
        groups.setdefault(say(term.citation.instrument.title), []).append(
            (term.id, f"{_capital(say(term.title))} ({words})")
        )
    yield from groups.items()


@open_page
def deadline(request: HttpRequest) -> HttpResponse:
    """Count a deadline; with ``lakukan=ics``, give it as a calendar file."""
    if request.method != "POST":
        return render(request, "office/public/deadline.html", {"form": TermForm()})
    form = TermForm(request.POST)
    found: Deadline | None = None
    if form.is_valid():
        asked = form.cleaned_data
        try:
            found = deadlines.due(asked["tenggat"], asked["mulai"], None, asked["instansi"] or None)
        except BadInput:
            form.add_error("mulai", say(_beyond(asked["tenggat"])))
    if found is not None and request.POST.get("lakukan") == "ics":
        answer = HttpResponse(deadlines.ics(found, language()), content_type=_CALENDAR)
        answer.headers["Content-Disposition"] = f'attachment; filename="{found.term.id}-{found.due.isoformat()}.ics"'
        return answer
    return render(request, "office/public/deadline.html", {"form": form, **(shown(found) if found else {})})


def _beyond(term_id: str) -> Text:
    """Say which years can be counted; nothing else than a year can still be wrong."""
    held = deadlines.register()
    years = held.calendars[held.term(term_id).calendar].decrees
    return Text(
        f"Hari libur di sini hanya diketahui untuk tahun {min(years)} sampai {max(years)}; pilih hari di antaranya.",
        f"Days off are known here for {min(years)} to {max(years)} only; choose a day between them.",
    )


def shown(found: Deadline) -> dict[str, Any]:
    """Give a deadline as its page shows it."""
    days = [] if found.counted[0].day == found.start else [(deadlines.long_day(found.start), _EVENT, "")]
    days += [(deadlines.long_day(one.day), _said(one), _tone(one, found)) for one in found.counted]
    return {
        "found": found,
        "due": deadlines.long_day(found.due),
        "earliest": deadlines.long_day(found.earliest.due) if found.earliest.due < found.due else None,
        "count": deadlines.count_words(found.term.count),
        "start": deadlines.long_day(found.start),
        "days": days,
        "readings": [(deadlines.long_day(one.due), _capital_text(one.says), one.sources) for one in found.readings],
        "status": label("citation_status", found.term.citation.status),
        "confidence": label("confidence", found.term.citation.confidence),
        "known": deadlines.long_day(found.version.known_on),
    }


def _said(one: CountedDay) -> Text:
    if one.number is None:
        return one.skipped.words if one.skipped else Text("tidak dihitung", "not counted")
    if one.skipped is None:
        return _DAY.filled(number=one.number)
    return deadlines.filled(_THOUGH, number=str(one.number), why=one.skipped.words)


def _tone(one: CountedDay, found: Deadline) -> str:
    if one.day == found.due:
        return "due"
    return "" if one.number is not None else "skipped"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _capital_text(words: Text) -> Text:
    return Text(_capital(words.id), _capital(words.en))
