"""A reduced export is weighed as the full one is, and says nothing of what lies outside its window."""

from __future__ import annotations

from datetime import timedelta

import pytest

import x_archive
from records import act
from telusur import exports
from telusur.domain.moment import Moment
from telusur.exports.reduced import commitments
from telusur.tracing import contested, integrity
from telusur.tracing.bearing import table

AT = x_archive.START + timedelta(days=500, hours=5)


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ekspor")
    held = x_archive.ordinary(0)
    held["tweets"] = [dated(day) for day in range(1_000)]
    held["deleted_tweets"] = []
    info = {"generationDate": "2026-06-01T00:00:00.000Z"}
    members = {**x_archive.files(held), "data/manifest.js": x_archive.manifest(held, **info)}
    path = x_archive.write_zip(folder / "x.zip", members)
    asked = exports.Asked(exports.Wanted(AT, AT), exports.Chat(frozenset(), None))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commitments, "_N", 2)
        (folder / "r.json").write_bytes(exports.reduce(path, asked, name="x").as_bytes())
    return exports.read(path, name="x"), exports.read(folder / "r.json", name="r")


def dated(day):
    at = x_archive.START + timedelta(days=day)
    number = x_archive.number_at(at)
    return x_archive.post(0, f"kiriman {day}", id=number, id_str=number, created_at=x_archive.posted(at))


def code(record, at):
    given = act(
        at=Moment(at, timedelta(minutes=1), at.isoformat()), text="kalimat yang tidak ada di mana pun", url=None
    )
    [answer] = integrity.weigh_record(given, record, contested.find(given, record), table())
    return getattr(answer, "code", None) or answer.reason.en


def test_an_absent_post_in_the_window_weighs_as_in_the_full_export(records):
    full, reduced = records
    assert code(full, AT) == code(reduced, AT) == "integrity.absent"


@pytest.mark.parametrize("days", [-300, -151, 61, 300])
def test_an_act_outside_the_window_is_outside_the_span(records, days):
    full, reduced = records
    at = AT + timedelta(days=days, hours=1)
    assert code(full, at) == "integrity.absent"
    assert code(reduced, at) != "integrity.absent"
    assert "from" in code(reduced, at) or "outside" in code(reduced, at)
