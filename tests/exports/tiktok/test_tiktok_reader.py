"""TikTok's data file in its generations; accounts, links and words are invented."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import pytest

import x_archive
from telusur import exports
from telusur.domain.errors import BadInput
from telusur.exports.masks import named_by_hash

pytestmark = pytest.mark.usefixtures("here")
CANARY = "KENARI-RAHASIA"
LOGIN = {"Date": "2024-01-02 03:04:05", "IP": "192.0.2.7", "DeviceModel": "Rekaan R1", "DeviceSystem": "Android 13"}
LINK = "https://www.tiktokv.com/share/video/7000000000000000001/"


def old():
    return {
        "Activity": {
            "Login History": {"LoginHistoryList": [LOGIN, {**LOGIN, "Date": "2024-01-03 03:04:05"}]},
            "Like List": {"ItemFavoriteList": [{"Date": "2024-01-04 01:00:00", "VideoLink": LINK}]},
            "Search History": {"SearchList": [{"Date": "2024-01-04 01:00:00", "SearchTerm": CANARY}]},
            "Video Browsing History": {"VideoList": [{"Date": "2024-01-04 01:00:00", "Link": CANARY}]},
            "Status": {"Status List": [{"Resolution": "1x1", "Android ID": "rekaan0001"}]},
        },
        "Comment": {"Comments": {"CommentsList": [{"date": "2024-01-05 01:00:00", "comment": "sëtuju"}]}},
        "Direct Messages": {
            "Chat History": {"ChatHistory": {"x:": [{"Date": "2024-01-01 00:00:00", "Content": CANARY}]}}
        },
        "Profile": {"Profile Information": {"ProfileMap": {"userName": "pegawai.satu", "emailAddress": CANARY}}},
        "Video": {"Videos": {"VideoList": [{"Date": "2024-01-06 01:00:00", "Link": LINK, "Title": "apel pagi"}]}},
    }


def new():
    then = old()
    return {
        "Profile And Settings": then["Profile"],
        "Your Activity": {key: then["Activity"][key] for key in ("Login History", "Status")}
        | {"Searches": {"SearchList": [{"SearchTerm": CANARY}]}, "Watch History": {"VideoList": [{"Link": CANARY}]}},
        "Likes and Favorites": {"Like List": {"ItemFavoriteList": [{"date": "2024-01-04 01:00:00", "link": LINK}]}},
        "Comment": then["Comment"],
        "Direct Message": {"Direct Messages": then["Direct Messages"]["Chat History"]},
        "Post": {"Posts": then["Video"]["Videos"]},
    }


def read(tmp_path, document, name="user_data_tiktok.json"):
    path = tmp_path / name
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode())
    return exports.read(path, name=f"evidence/{name}")


@pytest.mark.parametrize("document", [old(), new()], ids=["old", "new"])
def test_both_generations_say_the_same(tmp_path, document):
    record = read(tmp_path, document)
    assert [event.action for event in record.events] == ["login", "login", "like", "comment", "post", "device_seen"]
    login, _, like, comment, post, status = record.events
    assert (login.at, login.certainty) == (datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "zone_documented")
    assert (login.ip, login.model) == ("192.0.2.7", "Rekaan R1")
    assert (like.object_id, like.at) == ("7000000000000000001", datetime(2024, 1, 4, 1, tzinfo=UTC))
    assert (comment.text, post.text, post.object_id) == ("sëtuju", "apel pagi", "7000000000000000001")
    assert (status.at, status.device) == (None, named_by_hash("rekaan0001"))
    assert record.account.handle == "pegawai.satu"
    assert record.account.platform == "tiktok"
    assert CANARY not in repr(record)
    assert not record.problems
    assert any("Direct Message" in left for left in record.left_out)


def test_a_record_is_found_again_by_its_bytes(tmp_path):
    content = json.dumps(old(), ensure_ascii=False).encode()
    for event in read(tmp_path, content).events:
        raw = content[event.source.offset :]
        assert hashlib.sha256(raw[: raw.index(b"}") + 1]).hexdigest() == event.source.sha256


def test_a_zip_is_read_like_the_file_in_it(tmp_path):
    members = {"TikTok/user_data.json": json.dumps(old()).encode(), "TikTok/Media/1.mp4": b"\0"}
    record = exports.read(x_archive.write_zip(tmp_path / "t.zip", members), name="t.zip")
    assert len(record.events) == 6
    assert "TikTok/Media/" in record.left_out


def test_texts_are_read_like_the_document(tmp_path):
    login = "Date: 2024-01-02 03:04:05 UTC\nIP: 192.0.2.7\nDevice Model: Rekaan R1\nDevice System: Android 13\n\n"
    members = {
        "Activity/Login History.txt": (login * 2).encode(),
        "Activity/Like List.txt": f"Date: 2024-01-04 01:00:00 UTC\nLink: {LINK}\n".encode(),
        "Comment/Comments.txt": b"Date: 2024-01-05 01:00:00 UTC\nComment: setuju\n",
        "Direct Messages/Chat History.txt": CANARY.encode(),
    }
    record = exports.read(x_archive.write_zip(tmp_path / "t.zip", members), name="t.zip")
    assert [event.action for event in record.events] == ["login", "login", "like", "comment"]
    assert record.events[0].certainty == "exact"
    assert record.events[0].model == "Rekaan R1"
    assert CANARY not in repr(record)
    assert "Direct Messages/" in record.left_out


def test_a_record_without_a_time_is_said(tmp_path):
    document = old()
    document["Activity"]["Login History"]["LoginHistoryList"].append({"IP": "192.0.2.7", "Date": "kemarin"})
    record = read(tmp_path, document)
    assert record.log("logins").skipped == 1
    assert "'kemarin' is no time" in record.problems[0].message.en


def test_half_a_file_gives_its_half_and_says_so(tmp_path):
    content = json.dumps(old()).encode()
    record = read(tmp_path, content[: content.index(b"sShare") if b"sShare" in content else 420])
    assert record.of("login")
    assert record.problems


def test_another_document_is_no_data_file(tmp_path):
    with pytest.raises(BadInput, match="a single JSON file"):
        read(tmp_path, {"Activity": {"apa": 1}})
