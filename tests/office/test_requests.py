"""What can still be asked for, as the office's pages show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from office.case_at_desk import Desk, open_case
from portal_case import enter, with_particulars
from telusur import tracing
from telusur.domain.text import Text
from telusur.office import requests
from telusur.office.models import TracingRun
from telusur.tracing import NextEvidence

pytestmark = pytest.mark.django_db


def one(name, gain=None, until=None):
    return {
        "ask_for": name,
        "from": f"pemegang {name}",
        "how": f"cara {name}",
        "why": f"alasan {name}",
        "until": until,
        "expected_gain_bans": gain,
    }


def traced(desk, *asked):
    desk.states_the_act()
    return TracingRun.objects.create(
        case=desk.case,
        act="P1",
        asked_by=desk.user,
        asked_at=timezone.now(),
        state="done",
        result={"next_evidence": list(asked)},
    )


@pytest.fixture
def desk(person):
    reviewer = person("bawaslu-general/reviewer")
    return Desk(open_case(reviewer, reporter="p-1"), reviewer)


def test_an_act_not_yet_traced_asks_for_what_an_empty_case_asks_for(desk):
    desk.states_the_act()
    act = desk.file.acts["P1"].stated
    found = requests.of_case(desk.case, desk.file)
    assert found
    assert found == requests.of_acts([act], desk.file)
    assert requests.of_acts([replace(act, on_account=False)], desk.file) == []


def test_the_last_tracing_says_what_to_ask_for_most_telling_first(desk):
    traced(desk, one("a", 0.2), one("b"), one("c", 0.9, "2030-01-02"), one("a", 0.2))
    found = requests.of_case(desk.case, desk.file)
    assert [each.ask_for for each in found] == ["c", "a", "b"]
    assert [each.bar for each in found] == ["1.00", "0.22", "0.00"]
    assert found[0].until == date(2030, 1, 2)


def test_what_to_ask_for_is_said_in_the_language_of_the_page(desk):
    run = traced(desk, one("catatan", 0.2))
    run.asked = {"shown": {"next_evidence": [one("record", 0.2)]}}
    run.save()
    for language, name in (("id", "catatan"), ("en", "record")):
        with translation.override(language):
            assert [each.ask_for for each in requests.of_case(desk.case, desk.file)] == [name]


def test_small_gains_have_short_bars_and_a_loss_has_none(desk):
    traced(desk, one("a", 0.05), one("b", -0.1))
    assert [each.bar for each in requests.of_case(desk.case, desk.file)] == ["0.10", "0.00"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ("+0,90\xa0ban", "sekitar 7,9 kali lebih kuat", "belum dapat dihitung", "2 Januari 2030")),
        ("en", ("+0.90\xa0ban", "about 7.9 times stronger", "cannot be computed yet", "2 January 2030")),
    ],
)
def test_a_gain_is_shown_as_bar_number_and_words(desk, language, said):
    traced(desk, one("c", 0.9, "2030-01-02"), one("b"))
    with translation.override(language):
        found = requests.of_case(desk.case, desk.file)
        page = render_to_string("office/requests.html", {"requests": found, "meaning": requests.MEANING})
    for words in (*said, "pemegang c", "cara c", "alasan c", 'value="1.00"'):
        assert words in page
    assert page.count("<meter") == 1


def test_the_step_of_preserving_shows_them(desk):
    traced(desk, one("catatan rekaan", 0.4))
    page = desk.client.get(reverse("intake:preserve", args=[desk.case.pk]))
    assert "catatan rekaan" in page.content.decode()


def test_a_respondent_sees_what_the_served_acts_ask_for_and_nothing_of_the_tracing(person, monkeypatch):
    told = with_particulars()
    TracingRun.objects.create(
        case=told.case,
        act="P1",
        asked_by=person("bawaslu-general/reviewer"),
        asked_at=timezone.now(),
        state="done",
        result={"next_evidence": [one("rahasia kantor", 0.4)]},
    )
    words = Text("catatan bagi siapa saja", "a record for anybody")
    asked = NextEvidence(words, words, words, words, None, 0.31)
    found = tracing.Tracing((), None, None, (), (asked,))
    monkeypatch.setattr(requests.tracing, "weigh", lambda question: found if question.records == () else None)
    inside = enter(told)
    for name in ("page", "records"):
        page = inside.text(name)
        assert "catatan bagi siapa saja" in page
        assert "rahasia kantor" not in page
