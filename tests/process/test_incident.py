"""Several people of one event: the order links them, and no act is punished twice."""

import pytest

from process_case import FACTS, Case, before_deciding, heard_and_traced, ready_to_summon
from telusur import process
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment

pytestmark = pytest.mark.usefixtures("confirmed")


def side(role, **told):
    return Case().opened(incident="I1", order="O1", order_role=role, **told)


def test_an_order_links_superior_institution_and_ordered_staff():
    files = {
        "K1": side("superior").file,
        "K2": side("institution").file,
        "K3": side("ordered").file,
        "K4": side(None).file,
        "K5": Case().opened(incident="I1").file,
    }
    view = process.incident(files)
    assert view.orders == (process.Order("O1", ("K1",), ("K2",), ("K3", "K4")),)
    assert view.mitigated == ("K3",)
    assert view.cases == tuple(files)
    assert not any(view.before_closing.values())


def test_a_subordinates_case_waits_for_the_superiors_to_be_opened_or_for_a_reason():
    ordered = side("ordered")
    alone = process.incident({"K3": ordered.file})
    assert "open it, or write why not" in alone.before_closing["K3"][0].en
    ordered.take(process.SuperiorSide, case="K1")
    assert process.incident({"K3": ordered.file}).before_closing["K3"]
    opened = side("superior").file
    assert not process.incident({"K3": ordered.file, "K1": opened}).before_closing["K3"]
    explained = side("ordered").take(process.SuperiorSide, grounds="Pemberi perintah belum dikenali.")
    assert not process.incident({"K3": explained.file}).before_closing["K3"]
    unknown = process.incident({"K3": ordered.file, "K1": process.File.empty()})
    assert unknown.before_closing["K3"]


def test_one_act_in_two_files_of_one_person_is_told():
    one, other = ready_to_summon(), ready_to_summon()
    view = process.incident({"K1": one.file, "K2": other.file})
    assert [(twice.case, twice.other_case, twice.punished) for twice in view.twice] == [("K1", "K2", None)]
    assert "not punished twice" in view.before_closing["K1"][0].en
    assert "not punished twice" in view.before_closing["K2"][0].en


def test_who_was_punished_for_it_is_told():
    case = before_deciding().drafted().approved().written().moved("decide_heavy", "ppk", "ppk-1").served("decision")
    case.moved("deliver", "personnel").wait(60).moved("put_into_effect", "personnel")
    view = process.incident({"K1": case.file, "K2": ready_to_summon().file})
    assert view.twice[0].punished == "K1"
    assert "was punished in K1" in view.twice[0].says.en
    assert not view.before_closing["K1"]


@pytest.mark.parametrize(
    ("told", "same"),
    [
        ({"url": None}, True),
        ({"url": None, "handle": "SomeOne"}, True),
        ({"url": "https://x.com/other/1"}, True),
        ({"url": None, "handle": "other"}, False),
        ({"url": None, "when": Moment.parse("2024-01-20T10:31+07:00")}, False),
        ({"url": None, "when": None}, False),
        ({"facts": Facts.read({**FACTS, "act": {"kind": "like"}})}, False),
    ],
)
def test_the_same_act_is_known_by_address_or_by_time_and_account(told, same):
    one = ready_to_summon()
    other = Case().opened().established().captured().stated(**told)
    assert bool(process.incident({"K1": one.file, "K2": other.file}).twice) is same


def test_other_people_did_other_acts():
    files = {"K1": ready_to_summon().file, "K2": process.File.empty()}
    assert process.incident(files).twice == ()


def test_several_acts_come_to_one_sanction_the_heaviest():
    case = heard_and_traced().stated("A2")
    case.traced("A2").decided("A2").genuine("A2")
    weighed = process.together(case.file)
    assert [one.result.rule.level for one in weighed.heaviest] == ["heavy"]
    assert [one.because for one in weighed.absorbed] == ["lighter"]
    drafted = heard_and_traced().drafted()
    assert len(process.together(drafted.file).heaviest) == 1
