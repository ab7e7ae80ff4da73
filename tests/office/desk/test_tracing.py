"""A tracing beside the web server: real, told as it goes, and never lost."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult

from office.case_at_desk import FACTS, Desk, open_case, paper
from telusur import dossier
from telusur.office import jobs, working
from telusur.office.desk import tracings
from telusur.office.home import Home
from telusur.office.models import TracingRun

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).parents[3] / "examples" / "diambil-alih"
TEXT = "gaskeun dukung Rekaan-Contoh!! udah paling bener ini mah, yg lain minggir dulu wkwk, pilih 9 ya"


@pytest.fixture
def desk(person):
    reviewer = person("bawaslu-general/reviewer")
    return Desk(open_case(reviewer, reporter="p-1"), reviewer)


def upload(name):
    return SimpleUploadedFile(name, (EXAMPLE / "evidence" / name).read_bytes())


def asks(desk):
    desk.does(
        "penelusuran", "P1", act="P1", text=TEXT, account_id="1161613484094468096", evidence=list(desk.file.evidence)
    )
    return TracingRun.objects.get()


def test_the_real_tracing_runs_on_the_evidence_and_leaves_its_hash(desk):
    desk.states_the_act()
    desk.does("bukti", papers=upload("arsip-x.zip"), kind="platform_export", supplied_by="respondent")
    run = asks(desk)
    assert (run.state, desk.file.tracings) == ("waiting", {})
    assert DBTaskResult.objects.count() == 1
    jobs.trace.func(run.pk)
    run.refresh_from_db()
    assert (run.state, run.progress, run.note) == ("done", 100, "")
    step = desk.file.tracings["P1"].step
    written = json.dumps(run.result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert step.report == hashlib.sha256(written.encode()).hexdigest()
    # The example's own folder comes to the same: the session weighs for a takeover.
    case = dossier.read_case(EXAMPLE)
    alone = dossier.trace(case, case.acts[0], dossier.read_records(case))
    assert step.leading == alone.combined.leading
    assert not list(Home.here().incoming.iterdir())
    page = desk.page()
    assert "Akun diambil alih; pengambil alih yang melakukannya" in page
    assert step.report in page
    assert "Pada apa jawaban ini bergantung" in page


def test_begun_again_it_is_done_once(desk):
    desk.states_the_act()
    run = asks(desk)
    for _ in range(2):
        jobs.trace.func(run.pk)
    assert sum(type(one).__name__ == "Traced" for one in desk.file.steps) == 1


def test_what_cannot_be_read_is_told_and_can_be_asked_again(desk):
    desk.states_the_act()
    desk.does("bukti", papers=paper("bukan-arsip.zip"), kind="platform_export", supplied_by="respondent")
    run = asks(desk)
    jobs.trace.func(run.pk)
    run.refresh_from_db()
    assert run.state == "failed"
    page = desk.page()
    assert "gagal:" in page
    assert "Minta lagi" in page
    assert desk.file.tracings == {}


def test_what_nobody_foresaw_is_told_too(desk, monkeypatch):
    desk.states_the_act()
    run = asks(desk)

    def broken(*_):
        raise RuntimeError("x")

    monkeypatch.setattr(dossier, "read_records", broken)
    jobs.trace.func(run.pk)
    assert "sebab yang tidak terduga" in desk.page()


def test_an_act_that_was_corrected_meanwhile_is_not_taken_as_traced(desk, monkeypatch):
    desk.states_the_act()
    run = asks(desk)
    read = dossier.read_records

    def meanwhile(case):
        desk.does("perbuatan", "P1", platform="x", handle="lain", **FACTS)
        return read(case)

    monkeypatch.setattr(dossier, "read_records", meanwhile)
    jobs.trace.func(run.pk)
    assert desk.file.tracings == {}
    assert "dikoreksi selagi ditelusuri" in desk.page()


def test_while_the_worker_is_down_the_page_says_so_and_nothing_is_lost(desk, monkeypatch):
    desk.states_the_act()
    asks(desk)
    assert "Program penelusuran sedang tidak berjalan" in desk.page()
    monkeypatch.setattr(working, "alive", lambda: True)
    page = desk.page()
    assert "tidak berjalan" not in page
    assert 'hx-trigger="every 3s"' in page


def test_the_part_that_renews_itself_asks_for_the_whole_page_at_the_end(desk):
    desk.states_the_act()
    run = asks(desk)
    address = f"/meja/berkas/{desk.case.pk}/penelusuran/"
    assert "HX-Refresh" not in desk.client.get(address)
    jobs.trace.func(run.pk)
    assert desk.client.get(address)["HX-Refresh"] == "true"


def test_the_weights_stand_above_the_decision(desk):
    desk.states_the_act()
    jobs.trace.func(asks(desk).pk)
    page = desk.client.get(desk.address("penguasaan", "P1")).content.decode()
    assert page.index("Bobot untuk perbuatan") < page.index('name="value"')


@pytest.mark.parametrize(
    ("without", "said"),
    [
        (
            [{"items": [0], "group": None, "leading": None, "changes": True}],
            ["Tanpa “perangkat baru” tidak ada yang unggul."],
        ),
        (
            [{"items": [0, 1], "group": "session", "leading": "owner", "changes": True}],
            [
                (
                    "Tanpa “semua 2 butir kelompok perangkat dan sesi” "
                    "yang unggul adalah “Pemilik akun sendiri yang melakukannya”."
                )
            ],
        ),
        ([{"items": [0], "group": None, "leading": "owner", "changes": False}], []),
    ],
)
def test_it_is_said_what_an_answer_hangs_on(without, said):
    run = TracingRun(
        result={"items": [{"what": "perangkat baru"}]}, asked={"shown": {"sensitivity": {"without": without}}}
    )
    shown = tracings.RunShown(run, stuck=False)
    assert [one.id for one in shown.hinges] == said
    assert shown.tells_hinges


def test_a_tracing_of_old_says_nothing_of_what_it_hangs_on():
    shown = tracings.RunShown(TracingRun(result={"items": []}, asked={}), stuck=False)
    assert not shown.tells_hinges
    assert shown.hinges == []
