"""The self-check, one question a page. The answers travel in the form; none is kept, logged or put into an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from telusur import law
from telusur.domain.text import Text
from telusur.dossier import Speech
from telusur.dossier.book import place
from telusur.law.selfcheck import Question, Result, answer
from telusur.office import limits, zones
from telusur.office.forms import DateField, Form
from telusur.office.public.pages import open_page
from telusur.office.public.walk import Answer, Walk
from telusur.office.words import language, late

#: What a box says besides the options of a question.
UNKNOWN: Final = "?"
NONE: Final = "-"
#: The hidden fields.
ANSWER: Final = "jawaban"
DAY: Final = "hari"
CHOICE: Final = "pilihan"
CHANGE: Final = "ubah"
DO: Final = "lakukan"

_DIGITS: Final = 4
_BOOK: Final = "telusur.dossier.book"

_CHOOSE_ONE = Text("Pilih satu jawaban, atau “Tidak tahu”.", "Choose one answer, or “Don't know”.")
_CHOOSE_SEVERAL = Text(
    "Centang yang berlaku, atau “Tidak satu pun”, atau “Tidak tahu”.",
    "Tick what holds, or “None of these”, or “Don't know”.",
)
_ALONE = Text(
    "“Tidak satu pun” dan “Tidak tahu” tidak dapat digabung dengan yang lain; sisakan salah satu.",
    "“None of these” and “Don't know” cannot go with others; keep one of them.",
)


class DayForm(Form):
    """The day of the act that is meant."""

    hari = DateField(
        label=late("Kapan hal itu hendak dilakukan?", "When is it meant to be done?"),
        help_text=late(
            "Aturan dan masa pemilihan bergantung pada harinya. Contoh: 15 Januari 2024 atau 15/01/2024.",
            "The rules and the phase of a contest depend on the day. For instance 15 January 2024 or 15/01/2024.",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks.

    Parameters
    ----------
    address
        The name of the page's address.
    """

    agency: bool
    address: str
    title: Text


_PERSON = _Asking(False, "public:selfcheck-person", Text("Periksa mandiri untuk pribadi", "Self-check for a person"))
_AGENCY = _Asking(True, "public:selfcheck-agency", Text("Periksa mandiri untuk instansi", "Self-check for an agency"))


@open_page
def start(request: HttpRequest) -> HttpResponse:
    """Say what the self-check is, and for whom."""
    return render(request, "office/public/selfcheck/start.html")


@open_page
def person(request: HttpRequest) -> HttpResponse:
    """Ask a person."""
    return _asked(request, _PERSON)


@open_page
def agency(request: HttpRequest) -> HttpResponse:
    """Ask an office of an act of its own."""
    return _asked(request, _AGENCY)


def _asked(request: HttpRequest, who: _Asking) -> HttpResponse:
    sent = request.POST
    if request.method == "POST" and limits.too_often(request, "selfcheck"):
        return limits.refused(request, "selfcheck")
    if DAY not in sent:
        return _ask_day(request, who, DayForm(initial={DAY: today()}))
    form = DayForm(sent)
    if not form.is_valid():
        return _ask_day(request, who, form)
    day: date = form.cleaned_data[DAY]
    brought = [one for one in map(Answer.read, sent.getlist(ANSWER)) if one is not None]
    walk = Walk.replayed(day, brought, agency=who.agency)
    match sent.get(DO):
        case "day":
            return _ask_day(request, who, DayForm(initial={DAY: day}), walk)
        case "back":
            return _back(request, who, walk)
        case "choose":
            return _chosen(request, who, walk)
        case "result" if walk.asked is None:
            return _show(request, who, walk, "result")
    change = sent.get(CHANGE, "")
    at = _number(change)
    if at is not None and at < len(walk.given):
        return _ask(request, who, walk, at=at)
    return _go_on(request, who, walk)


def _go_on(request: HttpRequest, who: _Asking, walk: Walk) -> HttpResponse:
    return _show(request, who, walk, "check") if walk.asked is None else _ask(request, who, walk)


def _back(request: HttpRequest, who: _Asking, walk: Walk) -> HttpResponse:
    """Ask the question before the one that was shown."""
    shown = request.POST.get("di", "")
    number = _number(shown)
    at = len(walk.given) if number is None else number
    if not 0 < at <= len(walk.given):
        return _ask_day(request, who, DayForm(initial={DAY: walk.state.day}), walk)
    return _ask(request, who, walk, at=at - 1)


def _chosen(request: HttpRequest, who: _Asking, walk: Walk) -> HttpResponse:
    """Take an answer to the question shown, then ask the next."""
    shown = request.POST.get("di", "")
    number = _number(shown)
    at = number if number is not None and number < len(walk.given) else None
    asked = walk.asked if at is None else walk.given[at].question
    if asked is None:
        return _go_on(request, who, walk)
    chosen = request.POST.getlist(CHOICE)
    wrong = _wrong(asked, chosen)
    if wrong is not None:
        return _ask(request, who, walk, at=at, wrong=wrong, chosen=chosen)
    given = [one.answer for one in walk.given]
    fresh = Answer.to(asked, None if chosen == [UNKNOWN] else [name for name in chosen if name != NONE])
    if at is None:
        given.append(fresh)
    else:
        given[at] = fresh
    return _go_on(request, who, Walk.replayed(walk.state.day, given, agency=who.agency))


def _number(written: str) -> int | None:
    """Read the number of a question; ``None`` for anything else, however long."""
    return int(written) if written.isdecimal() and len(written) < _DIGITS else None


def _wrong(asked: Question, chosen: list[str]) -> Text | None:
    """Say what is wrong with what was ticked."""
    known = {option.id for option in asked.options} | {UNKNOWN} | ({NONE} if asked.several else set())
    if not chosen or not known.issuperset(chosen):
        return _CHOOSE_SEVERAL if asked.several else _CHOOSE_ONE
    if len(chosen) > 1 and (UNKNOWN in chosen or NONE in chosen):
        return _ALONE
    return None if asked.several or len(chosen) == 1 else _CHOOSE_ONE


def _ask_day(request: HttpRequest, who: _Asking, form: DayForm, walk: Walk | None = None) -> HttpResponse:
    return render(request, "office/public/selfcheck/day.html", {"who": who, "form": form, "walk": walk})


def _ask(
    request: HttpRequest,
    who: _Asking,
    walk: Walk,
    *,
    at: int | None = None,
    wrong: Text | None = None,
    chosen: list[str] | None = None,
) -> HttpResponse:
    """Show a question: the next one, or one that was answered and is to be changed."""
    number = len(walk.given) if at is None else at
    asked = walk.asked if at is None else walk.given[at].question
    assert asked is not None
    if chosen is None and at is not None:
        held = walk.given[at].answer.chosen
        chosen = [UNKNOWN] if held is None else list(held) or [NONE]
    return render(
        request,
        "office/public/selfcheck/question.html",
        {
            "who": who,
            "walk": walk,
            "asked": asked,
            "number": number + 1,
            "at": "" if at is None else at,
            "given": walk.given[:number],
            "rules": [law.rule(name) for name in asked.rules],
            "chosen": chosen or [],
            "wrong": wrong,
        },
    )


def _show(request: HttpRequest, who: _Asking, walk: Walk, page: str) -> HttpResponse:
    """Show the answers to check, or the result."""
    seen: dict[str, Any] = {"who": who, "walk": walk, "given": walk.given}
    if page == "result":
        seen |= shown(answer(walk.state))
    return render(request, f"office/public/selfcheck/{page}.html", seen)


def shown(result: Result) -> Mapping[str, Any]:
    """Give a result as its page shows it."""
    book = Speech(language(), _BOOK)
    return {
        "result": result,
        "rules": [
            {
                "rule": one.rule,
                "place": place(one.rule.citation, book),
                "status": law.label("citation_status", one.rule.citation.status),
                "confidence": law.label("confidence", one.rule.citation.confidence),
            }
            for one in result.rules
        ],
        "catalogue": law.catalogue().hash[:16],
        "presumed": [law.label(fact) for fact in result.determination.presumed],
        "unknown": [(law.label(one.fact), one) for one in result.unknown],
        "readings": [(law.label("bears_on", issue.bears_on), issue) for issue in result.readings],
        "met": result.determination.outcome == "meets_rule",
        "official": all(one.rule.citation.status == "official" for one in result.rules),
    }


def today() -> date:
    """Give the day that it is in the reader's zone."""
    return timezone.now().astimezone(zones.chosen()).date()
