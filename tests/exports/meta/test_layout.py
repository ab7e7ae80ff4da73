"""Files known by their first bytes, and damage that is told."""

from __future__ import annotations

import zipfile

import pytest

import meta_export as build
from telusur import exports
from telusur.exports.meta import layout, reader

pytestmark = pytest.mark.usefixtures("here")

ACTIVITY = f"{build.SECURITY}/account_activity.json"
ROW = {"timestamp": build.START, "label_values": [{"label": "Teks", "value": "halo"}]}


@pytest.mark.parametrize(
    ("name", "content", "root"),
    [
        ("a.json", b'{"account_activity_v3": []}', "account_activity"),
        ("a.json", b'\xef\xbb\xbf {"used_ip_address" : []}', "used_ip_address"),
        ("a.json", b'{"x": [{"ip_address": "192.0.2.1"}]}', None),
        ("a.json", b'{"participants": [], "user_agent": 1, "timestamp": 1}', None),
        ("a.json", b'{"timestamp": 1, "label_values": []}', None),
        ("a.json", b'[{"sender_name": "x", "timestamp": 1, "post": 1}]', None),
        ("a.json", b'[{"creation_timestamp": 1, "uri": "x"}]', "posts_instagram"),
        ("a.json", b'[{"timestamp": 1, "data": [{"comment": {}}]}]', "comments"),
        ("a.json", b'[{"timestamp": 1, "data": [{"reaction": {}}]}]', "reactions"),
        ("a.json", b'[{"timestamp": 1, "data": [{"text": 1}]}]', None),
        ("a.json", b"[1]", None),
        ("your_group_memberships_joined.json", build.encoded([ROW]), "groups_joined"),
        ("your_instagram_activity/media/posts_1.json", build.encoded([ROW]), "posts_instagram"),
        (f"{build.SECURITY}/cookies.json", build.encoded([ROW]), "labelled_sessions"),
        ("liked_posts.json", b'[{"string_list_data": []}]', "likes_media_likes"),
        ("followers_1.json", b'[{"string_list_data": []}]', None),
        ("login_activity.json", b"???", "account_history_login_history"),
        ("your_posts__check_ins__photos_and_videos_12.json", b"", "posts"),
        ("a.json", b"", None),
    ],
)
def test_first_bytes_say_what_a_file_is(tmp_path, name, content, root):
    class One:
        def open(self, _name):
            return path.open("rb")

    path = tmp_path / "one"
    path.write_bytes(content)
    found = layout._file(One(), name)
    assert (found.root if found else None) == root


def test_newer_instagram_posts_of_labels_are_read(tmp_path):
    members = {"your_instagram_activity/media/posts_1.json": [ROW]}
    record = exports.read(build.write_zip(tmp_path / "x.zip", members), name="x.zip")
    assert record.account.platform == "instagram"
    assert [event.text for event in record.events] == ["halo"]


def test_a_damaged_member_is_told_and_read_so_far(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        file.writestr(ACTIVITY, build.encoded({"account_activity_v2": [build.session(build.START)]}))
    path.write_bytes(path.read_bytes().replace(b"Kota", b"Kata", 1))
    record = exports.read(path, name="x.zip")
    assert len(record.events) == 1
    assert [problem.file for problem in record.problems] == [ACTIVITY]


def test_too_large_a_file_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "_LARGEST", 2_000)
    members = {ACTIVITY: {"account_activity_v2": [build.session(build.START + n) for n in range(9_000)]}}
    record = exports.read(build.write_zip(tmp_path / "x.zip", members), name="x.zip")
    assert 0 < len(record.events) < 9_000
    assert any("the rest was not read" in problem.message.en for problem in record.problems)


def test_too_long_a_text_is_skipped(tmp_path):
    members = {build.POSTS: [build.post(build.START, "x" * 100_001), build.post(build.START + 1, "x")]}
    record = exports.read(build.write_zip(tmp_path / "x.zip", members), name="x.zip")
    assert [event.text for event in record.events] == ["x"]
    assert record.log("posts").skipped == 1


def test_many_problems_are_counted(tmp_path):
    members = {ACTIVITY: {"account_activity_v2": [build.session(build.START + n, "x") for n in range(60)]}}
    record = exports.read(build.write_zip(tmp_path / "x.zip", members), name="x.zip")
    assert len(record.problems) == 51
    assert record.problems[-1].message.en == "and 10 further problems in this file"


def test_a_member_that_is_refused_is_told(tmp_path):
    members = {ACTIVITY: {"account_activity_v2": [build.session(build.START)]}, "../x.json": {}}
    record = exports.read(build.write_zip(tmp_path / "x.zip", members), name="x.zip")
    assert ["climbs out" in problem.message.en for problem in record.problems] == [True]
