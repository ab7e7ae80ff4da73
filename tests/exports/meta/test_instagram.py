"""Instagram exports: labels of any language, both generations of folders."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

import meta_export as build
from telusur import exports
from telusur.exports.masks import named_by_hash

pytestmark = pytest.mark.usefixtures("here")

LOGINS = "login_and_account_creation/login_activity.json"


def read(tmp_path, members):
    return exports.read(build.write_zip(tmp_path / "x.zip", members), name="x.zip")


def at(seconds):
    return datetime.fromtimestamp(build.START + seconds, tz=UTC)


@pytest.mark.parametrize(("folder", "old"), [("", False), ("", True), ("instagram-contoh-2024-04-01-abc/", False)])
def test_every_generation_reads_alike(tmp_path, folder, old):
    record = read(tmp_path, build.instagram(folder, old=old))
    assert record.problems == ()
    assert (record.account.platform, record.account.handle) == ("instagram", build.HANDLE)
    assert Counter(event.action for event in record.events) == {
        "login": 2,
        "logout": 1,
        "device_seen": 1,
        "password_changed": 1,
        "email_changed": 1,
        "phone_changed": 1,
        "handle_changed": 1,
        "account_created": 1,
        "post": 3,
        "comment": 1,
        "like": 1,
    }
    assert any(name.endswith("followers_and_following/") for name in record.left_out)


def test_values_are_known_by_shape(tmp_path):
    first, second = read(tmp_path, build.instagram()).of("login")
    assert (first.device, first.ip, first.model) == (named_by_hash("contohcookie0001"), build.HOME, "Contoh K10")
    assert (second.at, second.ip, second.certainty) == (at(7_200), build.OFFICE, "exact")


def test_labels_of_another_language_change_nothing(tmp_path):
    words = {"Nama Cookie": "쿠키 이름", "Alamat IP": "IP 주소", "Waktu": "시간", "Agen Pengguna": "사용자 에이전트"}
    members = build.instagram(old=True)
    for row in members[LOGINS]["account_history_login_history"]:
        row["string_map_data"] = {words.get(key, key): part for key, part in row["string_map_data"].items()}
    other, plain = read(tmp_path, members).of("login"), read(tmp_path, build.instagram(old=True)).of("login")
    assert [(e.at, e.device, e.ip, e.model) for e in other] == [(e.at, e.device, e.ip, e.model) for e in plain]


def test_a_starred_out_cookie_still_tells_devices_apart(tmp_path):
    rows = [build.labelled("", Cookie="*************aBc", IP=build.HOME, Waktu=build.START)]
    record = read(tmp_path, {LOGINS: {"account_history_login_history": rows}})
    assert record.events[0].device == named_by_hash("*************aBc")


def test_changes_are_told_by_shape_and_masked(tmp_path):
    record = read(tmp_path, build.instagram())
    changed = record.of("email_changed", "phone_changed", "handle_changed")
    assert [(e.action, e.old, e.new, e.at) for e in changed] == [
        ("email_changed", "c***@surel.example.org", "l***@kotak.example.net", at(4_100)),
        ("phone_changed", None, "***12", at(4_200)),
        ("handle_changed", "contoh.lama", build.HANDLE, at(4_300)),
    ]


def test_content_is_mended_and_complete(tmp_path):
    record = read(tmp_path, build.instagram())
    assert [event.text for event in record.of("post")] == ["apel pagi 🇮🇩", "dua gambar", "cerita"]
    assert record.of("post")[1].at == at(120)
    assert record.of("comment")[0].text == "ok"
    like = record.of("like")[0]
    assert (like.object_id, like.text) == ("https://www.instagram.com/p/Contoh1/", "calon.contoh")


def test_a_title_that_states_another_time_is_told(tmp_path):
    rows = [build.labelled("2023-12-26T14:17:15+00:00", IP=build.HOME, Waktu=build.START)]
    record = read(tmp_path, {LOGINS: {"account_history_login_history": rows}})
    assert record.events[0].at == at(0)
    assert ["its title says" in p.message.en for p in record.problems] == [True]


def test_a_time_only_in_the_title_is_taken(tmp_path):
    rows = [build.labelled("2023-11-01T00:00:00+00:00", IP=build.HOME), build.labelled("", IP=build.HOME)]
    record = read(tmp_path, {LOGINS: {"account_history_login_history": rows}})
    assert [event.at for event in record.events] == [at(0), None]
    assert len(record.problems) == 1


@pytest.mark.parametrize(
    ("parts", "handle"),
    [
        ({"Nama": "Contoh", "Anderer": "contoh_1"}, "contoh_1"),
        ({"Username": "contoh", "Name": "x.1"}, "contoh"),
        ({"Nama": "Contoh Pegawai"}, None),
    ],
)
def test_the_handle_is_known_by_label_or_shape(tmp_path, parts, handle):
    members = build.instagram()
    name = "personal_information/personal_information/personal_information.json"
    members[name] = {"profile_user": [build.labelled("", **parts)]}
    assert read(tmp_path, members).account.handle == handle
