"""The office's own duties: what counts as one missed, and that a release tells no small number of them."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from office.audit.auditing import invented
from process_case import APPROVER, OFFICER, Case, before_deciding, confirm, ready_to_summon
from telusur.balance import release
from telusur.office.audit import counts
from telusur.process import Ballot

TODAY = date(2026, 6, 1)
KEY = b"k" * 32
VOTE = Ballot(in_favour=3, against=0, quorum=3)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    home = tmp_path_factory.mktemp("office")
    confirm(home)
    return home


@pytest.fixture(autouse=True)
def _confirmed(office, monkeypatch):
    monkeypatch.setenv("TELUSUR_HOME", str(office))


def registered(days: int = 0) -> Case:
    return ready_to_summon(procedure="bawaslu-general").wait(days).moved("register", "reviewer")


def closed(days: int) -> Case:
    case = registered().informed().served().moved("invite", "reviewer").served("summons")
    case.moved("open_hearing", "reviewer").answered().moved("close_hearing", "reviewer").asked_of_ties()
    return case.moved("to_plenary", "reviewer").wait(days).moved("clear", "chair", ballot=VOTE, grounds="Alasan.")


def released(told, earlier=()):
    return release.protect(counts.tables(told), key=KEY, earlier=earlier, as_of=TODAY.isoformat())


def told(number: int = 300, **marked: int):
    """Give so many cases, the first few of them marked."""
    values = {"overridden": "gates", "missed": "terms", "cleared": "cleared", "superior": "mobilisation"}
    rows = [{"gates": "kept", "terms": "kept", "cleared": "other", "mobilisation": "none"} for _ in range(number)]
    for value, many in marked.items():
        for one in rows[:many]:
            one[values.get(value, "mobilisation")] = value
    return rows


def test_a_term_that_runs_out_on_an_open_case_is_missed():
    case = registered()
    assert not counts.missed(case.file, case.at.date())
    assert counts.missed(case.file, case.at.date() + timedelta(days=60))


def test_a_case_that_was_closed_late_has_missed_its_term_for_good():
    assert not counts.missed(closed(0).file, TODAY)
    assert counts.missed(closed(60).file, TODAY)


def test_a_stage_that_was_left_late_is_missed_also_where_all_later_ones_kept_theirs():
    case = registered(days=60)
    assert counts.missed(case.file, case.at.date())


def test_the_respondents_own_time_is_no_duty_of_the_office():
    case = before_deciding().drafted().approved().written().moved("decide_heavy", "ppk", by=APPROVER)
    case.served("decision").moved("deliver", "personnel", by=OFFICER)
    case.wait(30).moved("put_into_effect", "ppk", by=APPROVER)
    assert not counts.missed(case.file, TODAY)


def test_each_case_says_how_it_stands_with_each_duty():
    assert counts.duties(closed(0).file, TODAY) == {
        "gates": "kept",
        "terms": "kept",
        "cleared": "cleared",
        "mobilisation": "none",
    }


@pytest.mark.parametrize(
    ("role", "value"), [("superior", "superior"), ("institution", "superior"), ("subordinate", "subordinate")]
)
def test_who_gave_an_order_is_told_apart_from_who_followed_it(role, value):
    case = Case().opened("bawaslu-general", order="o-1", order_role=role)
    assert counts.duties(case.file, case.at.date())["mobilisation"] == value


def test_a_gate_that_was_passed_is_counted():
    file = SimpleNamespace(opened=None, overrides=("one",), end=None, final=True, steps=())
    assert counts.duties(file, TODAY)["gates"] == "overridden"


def test_what_holds_is_shown_rounded():
    shown = counts.shown(released(told(missed=90, cleared=60, superior=40)))
    assert shown["cases"] == 300
    assert abs(shown["terms_missed"] - 90) <= 8
    assert abs(shown["cleared"] - 60) <= 8
    assert abs(shown["mobilisation"] - 40) <= 8
    assert abs(shown["superiors"] - 40) <= 4


@pytest.mark.parametrize("few", [0, 1, 9])
def test_fewer_than_ten_are_withheld_and_so_is_all_but_few(few):
    marked = released(told(overridden=few, missed=300 - few, cleared=few, superior=few))
    shown = counts.shown(marked)
    assert {name for name, n in shown.items() if n is not None} == {"cases"}
    assert release.attack([marked]).recovered == ()


def test_no_rounding_makes_a_small_number_of_one_that_is_shown():
    figures = {(): release.Figure(300, "published"), (("terms", "kept"),): release.Figure(295, "published")}
    public = release.Release((), figures, {}, {}, release.Rules(), "")
    assert counts.shown(public)["terms_missed"] is None


def test_a_few_superiors_are_not_found_by_taking_the_others_away():
    public = released(told(subordinate=90, superior=4))
    assert counts.shown(public)["superiors"] is None
    assert release.attack([public]).recovered == ()


def test_a_case_more_is_not_seen_from_one_release_to_the_next():
    first = released(told(missed=90))
    second = released(told(number=301, missed=91), [first])
    assert counts.shown(first) == counts.shown(second)
    assert release.attack([first, second]).recovered == ()


def test_what_is_written_is_read_back():
    shown = counts.shown(released(list(invented(300).duties.values())))
    assert None in shown.values()
    assert counts.read(counts.written(shown)) == shown


def test_of_nothing_nothing_is_shown():
    empty = release.Release((), {}, {}, {}, release.Rules(), "")
    assert set(counts.shown(empty).values()) == {None}
