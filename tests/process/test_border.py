"""Steps travel as JSON and come back the same, or are refused with the field that is wrong."""

import json
from datetime import UTC, datetime

import pytest

from process_case import Case, before_deciding, heard_and_traced, sha
from telusur import process
from telusur.domain.errors import BadInput, MissingZone
from telusur.process import steps

NOTED = {"kind": "noted", "at": "2024-01-22T09:00:00+07:00", "by": "officer", "text": "Catatan."}


def whole(case):
    return [process.to_json(step) for step in case.file.steps]


def test_every_step_of_a_case_comes_back_the_same_and_in_one_form(confirmed):
    case = before_deciding().drafted().approved().written().moved("decide_heavy", "ppk", "ppk-1")
    case.take(process.PreservationAsked, to="X", what="log masuk", expires=case.at.date())
    for told in json.loads(json.dumps(whole(case))):
        step = process.from_json(told)
        assert process.to_json(step) == told
    assert process.read(map(process.from_json, whole(case))) == case.file


def test_a_carried_file_travels_within_its_opening():
    sender = heard_and_traced()
    case = Case(at=sender.at).opened(
        how="handed_over", sender="bawaslu-general", bundle=sha(3), carried=process.carried(sender.file)
    )
    told = json.loads(json.dumps(process.to_json(case.file.opened)))
    assert process.from_json(told) == case.file.opened


def test_every_kind_has_a_name_of_its_own():
    names = {process.kind_of(kind.__new__(kind)) for kind in steps.KINDS}
    assert len(names) == len(steps.KINDS)
    assert {"act_stated", "evidence_added", "noted", "handed_over"} <= names


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"kind": "note"}, "kind", "did you mean 'noted'"),
        ({"kind": None}, "kind", "no kind of step"),
        ({"txt": "x"}, "txt", "did you mean 'text'"),
        ({"text": 3}, "text", "expected text"),
        ({"by": " "}, "by", "name who took it"),
        ({"at": "2024-01-22T09:00:00"}, "at", "has no zone"),
        ({"at": "yesterday"}, "at", "expected a time"),
        ({"at": 5}, "at", "expected a time"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(change, field, says):
    with pytest.raises(BadInput, match=says) as caught:
        process.from_json({**NOTED, **change})
    assert caught.value.field == field


def test_a_missing_field_is_named():
    with pytest.raises(BadInput, match="missing") as caught:
        process.from_json({name: value for name, value in NOTED.items() if name != "text"})
    assert caught.value.field == "text"


def stated(**change):
    case = heard_and_traced()
    return {**next(one for one in whole(case) if one["kind"] == "act_stated"), **change}


def drafted(**change):
    case = heard_and_traced().drafted(result="stopped")
    return {**whole(case)[-1], **change}


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        (lambda: stated(on_account="yes"), "on_account", "true or false"),
        (lambda: stated(when="2024-01-20T10:29"), "when", "no zone"),
        (lambda: stated(when=5), "when", "expected a time"),
        (lambda: stated(platform="twitter"), "platform", "no value of it"),
        (lambda: stated(evidence="E1"), "evidence", "expected a list"),
        (lambda: stated(evidence=[1]), r"evidence[0]", "expected text"),
        (lambda: stated(facts="none"), "facts", "expected facts"),
        (lambda: stated(facts={"act": {"kind": "poste"}}), "facts", "did you mean"),
        (lambda: drafted(findings=[{"act": "A1"}]), "findings[0].result", "missing"),
        (lambda: drafted(findings=["A1"]), "findings[0]", "expected fields"),
        (
            lambda: {**NOTED, "kind": "remedy", "remedy": "appeal", "on": "1/2/24", "text": None},
            "text",
            "no such field",
        ),
        (lambda: {"kind": "remedy", "at": NOTED["at"], "by": "x", "remedy": "appeal", "on": "1/2/24"}, "on", "a date"),
        (lambda: {**opened(), "carried": [5]}, "carried[0]", "a step with its kind"),
        (lambda: {**opened(), "carried": [{**NOTED, "text": 5}]}, "carried[0].text", "expected text"),
        (lambda: {**evidence(), "grade": "F"}, "grade", "no value of it"),
        (lambda: {**moved(), "expected_version": True}, "expected_version", "a whole number"),
    ],
)
def test_nothing_is_converted_in_silence(told, field, says):
    with pytest.raises(BadInput, match=says) as caught:
        process.from_json(told())
    assert caught.value.field == field


def opened():
    return whole(Case().opened())[0]


def evidence():
    return whole(Case().opened().captured())[-1]


def moved():
    return whole(heard_and_traced().moved("summon", "direct_superior"))[-1]


def test_a_step_without_a_zone_or_a_person_cannot_even_be_made():
    with pytest.raises(BadInput, match="zone"):
        process.Noted(at=datetime(2024, 1, 1), by="x", text="")  # noqa: DTZ001 - the claim is about it
    with pytest.raises(BadInput, match="somebody's"):
        process.Noted(at=datetime(2024, 1, 1, tzinfo=UTC), by="", text="")
    assert issubclass(MissingZone, BadInput)


def test_a_time_kept_in_utc_is_a_day_in_indonesia():
    late = process.Noted(at=datetime(2024, 1, 1, 20, 0, tzinfo=UTC), by="x", text="")
    assert late.recorded_on.isoformat() == "2024-01-02"
