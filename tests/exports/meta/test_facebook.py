"""Facebook exports of every generation and language."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime

import pytest

import meta_export as build
from telusur import exports
from telusur.domain.account import Account
from telusur.domain.errors import BadInput
from telusur.exports.masks import named_by_hash

pytestmark = pytest.mark.usefixtures("here")

ACTIVITY = f"{build.SECURITY}/account_activity.json"
ADDRESSES = f"{build.SECURITY}/ip_address_activity.json"
COOKIE = named_by_hash("contohContohN70001")


def read(tmp_path, members):
    return exports.read(build.write_zip(tmp_path / "x.zip", members), name="x.zip")


def at(seconds):
    return datetime.fromtimestamp(build.START + seconds, tz=UTC)


@pytest.mark.parametrize(("version", "folder"), [("_v2", ""), ("", ""), ("_v2", "facebook-contoh-2024-04-01-abc/")])
def test_every_generation_reads_alike(tmp_path, version, folder):
    record = read(tmp_path, build.facebook(version, folder))
    assert record.problems == ()
    assert (record.account.platform, record.account.handle, record.account.account_id) == (
        "facebook",
        build.HANDLE,
        build.ACCOUNT_ID,
    )
    assert Counter(event.action for event in record.events) == {
        "session_seen": 20,
        "login": 1,
        "post": 2,
        "share": 1,
        "comment": 1,
        "like": 1,
        "group_joined": 1,
        "app_connected": 1,
        "device_added": 1,
        "device_seen": 1,
        "account_created": 1,
        "password_changed": 1,
        "email_changed": 1,
        "phone_changed": 1,
        "handle_changed": 1,
    }


def test_folder_names_and_file_names_decide_nothing(tmp_path):
    members = {f"bagian {n}/berkas {n}.json": value for n, value in enumerate(build.facebook().values()) if n < 13}
    renamed, plain = read(tmp_path, members), read(tmp_path, build.facebook())
    lost = Counter(e.action for e in plain.events) - Counter(e.action for e in renamed.events)
    assert not lost


def test_a_session_names_device_network_and_place(tmp_path):
    login = read(tmp_path, build.facebook()).of("login")[0]
    assert (login.device, login.ip, login.model) == (COOKIE, build.STRANGE, "Contoh N7")
    assert login.place == "Kota Contoh, Provinsi Contoh, ID"
    assert (login.at, login.certainty, login.written) == (at(90_000), "exact", str(build.START + 90_000))
    assert login.source.file == ACTIVITY


def test_a_record_can_be_looked_up_by_place_and_hash(tmp_path):
    members = build.facebook()
    posts = read(tmp_path, members).of("post")
    written = build.encoded(members[build.POSTS])
    assert json.loads(written[posts[0].source.offset :].decode().partition('},\n {\n  "timestamp"')[0] + "}")
    assert posts[0].text == "rapat pagi, semangat 😌"
    assert posts[1].text == "foto upacara"


def test_changes_carry_the_session_that_made_them_and_are_masked(tmp_path):
    record = read(tmp_path, build.facebook())
    changed = record.of("email_changed", "password_changed", "phone_changed", "handle_changed")
    assert {(e.device, e.ip, e.model, e.at) for e in changed} == {(COOKIE, build.STRANGE, "Contoh N7", at(90_100))}
    assert {(e.action, e.old, e.new) for e in changed} == {
        ("email_changed", "c***@surel.example.org", "l***@kotak.example.net"),
        ("password_changed", None, None),
        ("phone_changed", None, "***12"),
        ("handle_changed", build.HANDLE, "contoh.2"),
    }


def test_an_unknown_change_is_told(tmp_path):
    members = {ACTIVITY: {"account_activity_v2": [build.session(build.START)]}}
    members["record_details.json"] = {"admin_records_v2": [{"event": "Contoh", "session": {"created_timestamp": 1}}]}
    assert ["'Contoh' is not known" in p.message.en for p in read(tmp_path, members).problems] == [True]


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("Login", "login"),
        ("Masuk", "login"),
        ("Keluar", "logout"),
        ("Logged out", "logout"),
        ("Sesi diperbarui", "session_seen"),
        ("Sesi masuk diperbarui", "session_seen"),
        ("ログイン", "login"),
        ("Abmeldung", "logout"),
        ("zzz", "session_seen"),
    ],
)
def test_words_of_any_known_language_tell_a_login(tmp_path, words, action):
    members = {ACTIVITY: {"account_activity_v2": [build.session(build.START, action=words)]}}
    assert [event.action for event in read(tmp_path, members).events] == [action]


def test_logs_count_what_is_told_only_once(tmp_path):
    record = read(tmp_path, build.facebook())
    logins, sessions, devices = (record.log(name) for name in ("logins", "sessions", "devices"))
    assert (logins.found, sessions.found, devices.found) == (22, 21, 3)
    assert (sessions.first, sessions.last) == (at(0), at(90_000))


def test_what_only_the_smaller_log_says_completes_the_row(tmp_path):
    bare = build.session(build.START, action="?")
    del bare["user_agent"]
    members = {
        ACTIVITY: {"account_activity_v2": [bare]},
        ADDRESSES: {
            "used_ip_address_v2": [
                {"ip": build.HOME, "timestamp": build.START, "action": "Login", "user_agent": build.agent()},
                {"ip": build.HOME, "timestamp": build.START + 9, "action": "?", "user_agent": build.agent()},
            ]
        },
        "logins_and_logouts.json": {
            "account_accesses_v2": [{"ip_address": build.HOME, "timestamp": build.START + 9, "action": "Log out"}]
        },
    }
    events = read(tmp_path, members).events
    assert [(e.action, e.model) for e in events] == [("login", "Contoh A8"), ("logout", "Contoh A8")]
    assert events[0].device
    assert events[1].device is None


def test_rows_taken_out_of_one_file_are_named(tmp_path):
    members = build.facebook()
    whole = members[ACTIVITY]["account_activity_v2"]
    members[ACTIVITY] = {"account_activity_v2": [*whole[:5], *whole[7:]]}
    record = read(tmp_path, members)
    assert len(record.of("session_seen", "login")) == 21
    assert [(p.file, p.message.en) for p in record.problems] == [
        (ADDRESSES, f"2 of 21 rows in the same span do not stand in {ACTIVITY}, which repeats the others")
    ]
    members = build.facebook()
    rows = members[ADDRESSES]["used_ip_address_v2"]
    members[ADDRESSES] = {"used_ip_address_v2": [*rows[:5], *rows[6:]]}
    assert [p.file for p in read(tmp_path, members).problems] == [ACTIVITY]


def test_files_that_never_repeat_each_other_contradict_nothing(tmp_path):
    members = build.facebook()
    for row in members[ADDRESSES]["used_ip_address_v2"]:
        row["timestamp"] += 1
    record = read(tmp_path, members)
    assert record.problems == ()
    assert len(record.of("session_seen", "login")) == 42


def test_split_files_are_read_whole_and_a_repeated_record_once(tmp_path):
    members = build.facebook()
    members[build.POSTS.replace("_1.json", "_2.json")] = [
        *members[build.POSTS][:1],
        build.post(build.START + 999, "lanjutan"),
    ]
    assert len(read(tmp_path, members).of("post")) == 3


def test_newer_files_of_labels_are_read_by_shape(tmp_path):
    members = {
        "your_facebook_activity/comments_and_reactions/likes_and_reactions.json": [
            {
                "timestamp": build.START,
                "media": [],
                "label_values": [
                    {"label": "Reaksi", "value": "Suka"},
                    {"label": "Tautan", "value": "https://www.facebook.com/1", "href": "https://www.facebook.com/1"},
                ],
                "fbid": "",
            }
        ],
        "your_facebook_activity/posts/your_posts_1.json": [
            {
                "media": [],
                "label_values": [
                    {"label": "Waktu", "timestamp_value": build.START + 5},
                    {"label": "Teks", "value": "kiriman baru"},
                ],
            }
        ],
        f"{build.SECURITY}/browser_cookies.json": {
            "label_values": [
                {"label": "Cookie", "value": "contohContohN70001"},
                {"label": "Dibuat", "timestamp_value": build.START},
                {"label": "Terakhir", "timestamp_value": build.START + 60},
                {"label": "Alamat", "value": build.HOME},
                {"label": "Program", "value": build.agent()},
            ]
        },
        f"{build.SECURITY}/registration_information.json": {"label_values": [{"label": "Negara", "value": "ID"}]},
    }
    record = read(tmp_path, members)
    like, post, device = record.of("like")[0], record.of("post")[0], record.of("device_added")[0]
    assert (like.object_id, like.text) == ("https://www.facebook.com/1", None)
    assert (post.text, post.at) == ("kiriman baru", at(5))
    assert (device.device, device.ip, device.model, device.until) == (COOKIE, build.HOME, "Contoh A8", at(60))
    assert record.problems == ()


def test_a_root_key_of_no_known_name_is_read_by_the_shape_of_its_rows(tmp_path):
    members = {
        "a.json": {"aktivitas_akun": [build.session(build.START)]},
        "b.json": {
            "perangkat": [{"created_timestamp": build.START, "updated_timestamp": build.START, "user_agent": "x"}]
        },
        "c.json": {"catatan": [{"event": "Password", "session": {"created_timestamp": build.START, "ip_address": ""}}]},
        "d.json": {"alamat": [{"timestamp": build.START + 1, "user_agent": "", "ip_address": build.HOME}]},
        "e.json": {"lain": [{"timestamp": build.START}]},
    }
    actions = Counter(event.action for event in read(tmp_path, members).events)
    assert actions == {"session_seen": 2, "device_added": 1, "password_changed": 1}


def test_nothing_private_is_opened_or_named_beyond_its_folder(tmp_path):
    members = build.facebook()
    members["your_facebook_activity/messages/inbox/warga_1/message_1.json"] = b"\xff"
    record = read(tmp_path, members)
    assert record.left_out == ("your_facebook_activity/messages/", "ads_information/")
    assert "rahasia" not in repr(record)


def test_an_account_named_like_something_private_is_read_all_the_same(tmp_path):
    record = read(tmp_path, build.facebook(folder="facebook-chat.teman.iklan-2024/"))
    assert len(record.of("post")) == 2


def test_one_broken_record_costs_one_record(tmp_path):
    members = build.facebook()
    members[build.POSTS] = build.encoded(members[build.POSTS]).replace(b'"timestamp": ', b'"timestamp" ', 1)
    record = read(tmp_path, members)
    assert len(record.of("post", "share")) == 2
    assert [p.file for p in record.problems] == [build.POSTS]
    assert record.log("posts").skipped == 1


def test_a_file_cut_short_is_told_and_read_so_far(tmp_path):
    members = build.facebook()
    members[ACTIVITY] = build.encoded(members[ACTIVITY])[:-300]
    record = read(tmp_path, members)
    assert len(record.of("session_seen", "login")) == 21
    assert {p.file for p in record.problems} >= {ACTIVITY}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"timestamp": "kemarin"}, "is no time: 'kemarin'"),
        ({"timestamp": None}, "it has no timestamp"),
        ({"ip_address": "rumah"}, "its address is none"),
    ],
)
def test_odd_rows_are_read_and_told(tmp_path, row, words):
    members = {ACTIVITY: {"account_activity_v2": [build.session(build.START) | row]}}
    record = read(tmp_path, members)
    assert len(record.events) == 1
    assert [words in p.message.en for p in record.problems] == [True]


def test_a_device_of_which_only_the_last_time_is_known_was_seen(tmp_path):
    rows = [
        {"name": "Contoh A8", "updated_timestamp": build.START},
        {"name": "Contoh A8", "created_timestamp": build.START + 9, "updated_timestamp": build.START},
    ]
    record = read(tmp_path, {"authorized_logins.json": {"recognized_devices": rows}})
    assert [(e.action, e.model, e.until) for e in record.events] == [
        ("device_seen", "Contoh A8", None),
        ("device_added", "Contoh A8", None),
    ]
    assert len(record.problems) == 1


def test_records_that_are_none_are_skipped_and_counted(tmp_path):
    members = {ADDRESSES: {"used_ip_address": [build.HOME, {"ip": build.HOME, "timestamp": build.START}]}}
    members["apps.json"] = {"installed_apps_v2": [{"added_timestamp": build.START}], "lain": [{"a": 1}]}
    record = read(tmp_path, members)
    assert (record.log("logins").skipped, record.log("apps").skipped) == (1, 1)
    assert len(record.problems) == 3


def test_another_accounts_export_in_the_same_archive_is_refused(tmp_path):
    second = build.facebook(folder="kedua/")
    profile = "kedua/personal_information/profile_information/profile_information.json"
    second[profile] = {"profile_v2": {"profile_uri": "https://www.facebook.com/profile.php?id=100000000000002"}}
    del second[f"kedua/{build.SECURITY}/mobile_devices.json"]
    record = read(tmp_path, build.facebook(folder="pertama/") | second)
    assert record.account.account_id == build.ACCOUNT_ID
    assert len(record.of("post")) == 2
    assert any("another account's export" in p.message.en for p in record.problems)


def test_the_cases_own_account_is_read_where_there_are_two(tmp_path):
    second = build.facebook(folder="kedua/")
    profile = "kedua/personal_information/profile_information/profile_information.json"
    other = "100000000000002"
    second[profile] = {"profile_v2": {"profile_uri": f"https://www.facebook.com/{other}", "username": "lain"}}
    path = build.write_zip(tmp_path / "x.zip", build.facebook(folder="pertama/") | second)
    for account in (Account("facebook", None, other), Account("facebook", "@Lain")):
        record = exports.read(path, name="x.zip", account=account)
        assert (record.account.handle, record.account.account_id) == ("lain", other)
        assert len(record.of("post")) == 2


def test_parts_of_one_export_in_folders_of_their_own_are_one(tmp_path):
    members = build.facebook()
    parts = {f"bagian-{n % 2}/{name}": value for n, (name, value) in enumerate(members.items())}
    assert len(read(tmp_path, parts).events) == len(read(tmp_path, members).events)


def test_the_other_platforms_files_are_named_and_not_read(tmp_path):
    both = build.facebook(folder="facebook-a/") | build.instagram(folder="instagram-b/")
    path = build.write_zip(tmp_path / "x.zip", both)
    record = exports.read(path, name="x.zip")
    assert record.account.platform == "facebook"
    assert any(p.file.startswith("instagram-b/") and "other platform" in p.message.en for p in record.problems)
    assert exports.read(path, name="instagram-b.zip").account.platform == "instagram"
    wanted = Account("instagram", build.HANDLE)
    assert exports.read(path, name="facebook-a.zip", account=wanted).account.platform == "instagram"


def test_an_export_in_html_says_what_to_ask_for(tmp_path):
    with pytest.raises(BadInput, match="choose JSON"):
        read(tmp_path, {"security_and_login_information/account_activity.html": b"<html>"})


def test_an_export_without_account_data_is_refused(tmp_path):
    with pytest.raises(BadInput, match="no account data that can be read"):
        read(tmp_path, {ACTIVITY: {"account_activity_v2": []}})


def test_bytes_that_are_no_text_are_told(tmp_path):
    written = build.encoded({"account_activity_v2": [build.session(build.START)]}).replace(b"Kota", b"K\xffta")
    record = read(tmp_path, {ACTIVITY: written.replace(b"Provinsi", b"\\ud83dX")})
    assert record.events[0].place == "K\ufffdta Contoh, \ufffdX Contoh, ID"
    assert ["not UTF-8" in p.message.en for p in record.problems] == [True]


def test_the_limited_worker_reads_the_same(tmp_path, monkeypatch):
    here = read(tmp_path, build.facebook())
    monkeypatch.undo()
    assert exports.read(tmp_path / "x.zip", name="x.zip") == here
