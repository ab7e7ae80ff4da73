"""A tracing beside the web server: real, told as it goes, and never lost."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult

from office.case_at_desk import FACTS, Desk, open_case, paper
from telusur import dossier
from telusur.domain.proposition import Proposition
from telusur.dossier import Speech
from telusur.dossier.render import Figure, Note
from telusur.dossier.render.parts import hinges
from telusur.office import jobs, working
from telusur.office.desk import traced, tracings
from telusur.office.home import Home
from telusur.office.models import TracingRun
from telusur.tracing import Feature

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


def of_the_example():
    case = dossier.read_case(EXAMPLE)
    return dossier.trace(case, case.acts[0], dossier.read_records(case))


def kept(found):
    """A run that keeps a tracing as the worker does, through JSON."""
    run = TracingRun(pk=7, act="P1", case_id=1, result=found.as_json("id"))
    shown = {
        "sensitivity": found.sensitivity(),
        "features": [[one.as_json() for one in item.features] for item in found.items],
    }
    run.result, run.asked = json.loads(json.dumps([run.result, {"shown": shown}]))
    return tracings.RunShown(run, stuck=False)


def with_features(found, *features):
    bare = [replace(item, features=()) for item in found.items]
    return replace(found, items=[replace(bare[0], features=features), *bare[1:]])


def words(blocks):
    return json.dumps(blocks, ensure_ascii=False)


def test_what_an_answer_hangs_on_is_drawn_as_in_the_dossier():
    found = of_the_example()
    shown = kept(found).hinges
    assert [block["kind"] for block in shown] == ["paragraph", "note", "figure", "table"]
    say = Speech("id")
    blocks = list(hinges.blocks(found, say, name="hinges-7", act=say("timeline.act", id="P1")))
    (drawn,) = [block for block in blocks if isinstance(block, Figure)]
    assert shown[2]["caption"] == drawn.caption
    head = drawn.wide.split("<title")[0]
    assert shown[2]["wide"].startswith(head[: head.index("viewBox")])
    (note,) = [block for block in blocks if isinstance(block, Note)]
    assert shown[1]["text"] == note.lines[0][0].text


def test_a_run_gives_back_what_it_hangs_on_to_a_thousandth():
    found = of_the_example()
    run = kept(found).run
    back = traced.read_back(run.result, run.asked["shown"])
    assert back.combined.leading is found.combined.leading
    for one, other in zip(back.without, found.without, strict=True):
        assert (one.numbers, one.group, one.changes) == (other.numbers, other.group, other.changes)
        assert one.combined.leading is other.combined.leading
        for p in Proposition:
            assert one.combined.lead_of(p) == pytest.approx(other.combined.lead_of(p), abs=0.0011)
    assert [item.features for item in back.items] == [
        tuple(replace(one, bans=pytest.approx(one.bans, abs=1e-4)) for one in item.features) for item in found.items
    ]


def test_what_leaves_nobody_in_the_lead_is_said():
    found = of_the_example()
    changed = [replace(one, combined=replace(one.combined, leading=None), changes=True) for one in found.without]
    assert "tidak ada yang unggul" in words(kept(replace(found, without=changed)).hinges)


def test_what_moved_a_weight_of_style_is_drawn_as_in_the_dossier():
    found = of_the_example()
    found = with_features(found, Feature("wkwk", 0.4), Feature("<b>😂", -0.2, "setting"))
    shown = kept(found).features
    assert [block["kind"] for block in shown] == ["figure", "table"]
    (picture, _), said = shown, words(shown)
    assert "“wkwk”" in picture["wide"]
    assert "[&lt;b&gt;😂] (face with tears of joy)" in said
    assert "<b>" not in said
    assert picture["narrow"] != picture["wide"]


def test_both_stand_on_the_page_in_the_readers_language(desk, monkeypatch):
    desk.states_the_act()
    found = with_features(of_the_example(), Feature("wkwk", 0.4))
    monkeypatch.setattr(dossier, "trace", lambda *_: found)
    jobs.trace.func(asks(desk).pk)
    page = desk.page()
    assert "Cara menulis yang menggeser bobot gaya" in page
    assert page.count('<figure class="picture">') == 2
    assert 'aria-labelledby="hinges-' in page
    desk.client.cookies["bahasa"] = "en"
    assert "Ways of writing that moved the weight of style" in desk.page()


def test_a_tracing_of_old_says_nothing_of_what_it_hangs_on():
    found = of_the_example()
    shown = tracings.RunShown(TracingRun(pk=7, act="P1", result=found.as_json("id"), asked={}), stuck=False)
    assert shown.hinges == []
    assert shown.features == []


def test_a_run_without_a_result_shows_nothing_of_it():
    shown = tracings.RunShown(TracingRun(pk=7, act="P1", asked={}), stuck=False)
    assert (shown.hinges, shown.features) == ([], [])
