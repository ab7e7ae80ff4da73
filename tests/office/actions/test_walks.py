"""Whole cases at the desk, from the first act to each kind of end."""

from __future__ import annotations

import pytest
from django.utils import timezone

from office.case_at_desk import DRAFT, LETTER, RULE, before_deciding, confirm, today
from telusur import process

pytestmark = pytest.mark.django_db
VOTE = {"in_favour": "2", "against": "1", "quorum": "3", "dissent": "Buktinya belum cukup."}


def before_the_plenary(desk):
    desk.states_the_act().asks_of_ties()
    desk.moves("register")
    desk.informs()
    desk.moves("invite")
    desk.serves("summons")
    desk.moves("open_hearing")
    desk.hears()
    desk.moves("close_hearing")
    desk.moves("to_plenary")
    return desk


def test_a_report_goes_from_intake_to_the_supervisor_with_the_closed_gate_along(bawaslu):
    desk, chair = bawaslu
    before_the_plenary(desk)
    chair.moves("forward", **VOTE)
    desk.does("limpahkan", to="BKN")
    bundle = desk.file.handovers[-1].step.bundle
    assert desk.file.handovers[-1].untraced
    desk.does("jawaban-penerima", bundle=bundle, accepted="yes", text="Surat 12 diterima.")
    assert desk.moves("taken_by_supervisor").end == "forwarded"
    page = desk.page()
    assert "penguasaan akun belum ditelusuri" in page
    held = desk.client.get(f"/meja/berkas/{desk.case.pk}/bundel/{bundle}.json")
    assert held.status_code == 200
    assert "Penguasaan akun belum ditelusuri" in held.content.decode()


def test_a_case_of_discipline_goes_to_a_delivered_decision(agency):
    desk = before_deciding(agency).traces().decides()
    confirm(agency)
    agency["deciding_official"].does("konsep", **DRAFT)
    agency["ppk"].does("setujui")
    agency["ppk"].does("surat-decision", **LETTER)
    agency["ppk"].moves("decide_heavy")
    agency["personnel"].serves("decision")
    file = agency["personnel"].moves("deliver")
    assert file.stage == "delivered"
    assert file.draft.step.sanction.rule == RULE
    assert all(gate.open for gate in process.gates(file, timezone.localdate()))
    page = desk.page()
    assert "Penurunan jabatan" in page
    assert "dicocokkan dengan naskah resmi" in page


@pytest.mark.parametrize(
    ("move", "finding"), [("clear", "cleared"), ("find_not_proven", "not_proven"), ("stop", "stopped")]
)
def test_each_of_the_three_ends_that_clear_is_followed_up(agency, move, finding):
    desk = before_deciding(agency).traces().decides("other_after_takeover")
    desk.does("beritahu", whom="other", other="BKN", what="Perkara dibuka.", override="")
    told = {**DRAFT, "finding_1": finding, "sanction": "none", "official": ""}
    agency["deciding_official"].does("konsep", **told)
    agency["ppk"].does("setujui")
    assert agency["ppk"].moves(move, grounds="Akun diambil alih.").end == finding
    page = desk.page()
    assert "Setelah pembersihan" in page
    assert "(BKN)" in page
    desk.does("pulihkan", bodies=["BKN"], block="on", block_to="SIASN", erased_on=today())
    assert "(BKN)" not in desk.page()
    assert [one.step.whom for one in desk.file.told[-2:]] == ["BKN", "SIASN"]
