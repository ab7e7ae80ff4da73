"""Whole cases at the desk, from the first act to each kind of end."""

from __future__ import annotations

import pytest

from office.case_at_desk import Desk, open_case

pytestmark = pytest.mark.django_db
VOTE = {"in_favour": "2", "against": "1", "quorum": "3", "dissent": "Buktinya belum cukup."}


@pytest.fixture
def bawaslu(person):
    reviewer = person("bawaslu-general/reviewer")
    case = open_case(reviewer, reporter="p-1")
    return Desk(case, reviewer), Desk(case, person("bawaslu-general/chair"))


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
