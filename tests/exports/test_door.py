"""What `exports.read` promises at its door; here with a real worker."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest

import x_archive
from telusur import exports
from telusur.domain.errors import BadInput
from telusur.evidence import Limits
from telusur.exports import door

ROOT = Path(__file__).parents[2]


@pytest.fixture
def archive(tmp_path):
    return x_archive.write_zip(tmp_path / "x.zip", x_archive.files())


def refused(path, **more):
    with pytest.raises(BadInput) as caught:
        exports.read(path, name="evidence/x.zip", **more)
    message = str(caught.value)
    assert message.startswith("evidence/x.zip: ")
    assert "\n" not in message
    return message


def test_an_archive_is_read_in_a_worker_as_it_is_read_here(archive, tmp_path):
    record = exports.read(archive, name="evidence/x.zip")
    assert record.problems == ()
    assert len(record.of("post")) == 5
    folder = x_archive.write_folder(tmp_path / "folder", x_archive.files())
    unpacked = exports.read(folder, name="evidence/x.zip")
    key = lambda event: (event.source.file, event.source.offset, event.device or "")  # noqa: E731
    assert sorted(unpacked.events, key=key) == sorted(record.events, key=key)


def test_the_same_archive_gives_the_same_record_twice(archive):
    assert exports.read(archive, name="a") == exports.read(archive, name="a")


def test_progress_is_told_up_to_the_last_event(tmp_path):
    told = []
    path = x_archive.write_many(tmp_path / "many.zip", 2500)
    record = exports.read(path, name="a", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == len(record.events)
    assert len(told) > 2


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"security_and_login_information/account_activity.json": b"{}"}, "no account data that can be read"),
        ({"your_facebook_activity/posts/your_posts_1.json": b"{}"}, "no account data that can be read"),
        ({"your_instagram_activity/media/posts_1.json": b"{}"}, "no account data that can be read"),
        ({"user_data_tiktok.json": b"{}"}, "a TikTok export"),
        ({"Takeout/archive_browser.html": b""}, "a Google Takeout"),
        ({"WhatsApp Chat with X.txt": b""}, "a WhatsApp chat export"),
        ({"Chat WhatsApp dengan Grup.txt": b""}, "a WhatsApp chat export"),
        ({"data/js/tweets/2017_01.js": b"Grailbird.data"}, "a Twitter archive of before 2019"),
        ({"catatan.txt": b"x"}, "no account data that is known"),
        ({"data/like.js": b"$(function() {})"}, "no account data that is known"),
        ({"data/direct-messages.js": x_archive.data_file("direct_messages", [])}, "no account data that is known"),
        ({"../x": b""}, "an archive without a readable file in it; ../x: its name climbs out of the archive"),
    ],
)
def test_an_archive_of_another_kind_is_named(tmp_path, members, words):
    message = refused(x_archive.write_zip(tmp_path / "x.zip", members))
    assert words in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty (0 bytes)"),
        (
            b"bukan arsip",
            "no zip and no folder, nor is it an export reduced by telusur, a TikTok data file, a WhatsApp",
        ),
        ("[2024. 1. 24. 오후 3:48:00] Pegawai: a\n".encode(), "ask for it anew"),
        (b"\x89PNG\r\n\x1a\n", "looks like a picture or PDF"),
        (b"%PDF-1.4", "looks like a picture or PDF"),
        (b'{"a": 1}', "a single JSON file"),
        (b"window.YTD.tweets.part0 = []", "a single file of an X archive"),
        (b"PK\x05\x06" + bytes(18), "an empty zip"),
    ],
)
def test_a_file_that_is_no_archive_is_named(tmp_path, content, words):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    assert words in refused(path)


def test_a_chat_is_read_by_itself_whatever_its_name(tmp_path):
    path = tmp_path / "x.zip"
    path.write_text("24/01/24 15.48 - Pegawai Satu: a\n")
    record = exports.read(path, name="x.zip", chat=exports.Chat(frozenset({"pegawai satu"}), UTC))
    assert record.account.platform == "whatsapp"
    assert len(record.of("message")) == 1


def test_a_truncated_zip_is_refused(archive):
    archive.write_bytes(archive.read_bytes()[:-300])
    assert "truncated" in refused(archive)


def test_a_zip_with_a_password_is_refused(archive):
    content = bytearray(archive.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(content)
    assert "protected by a password" in refused(archive)


def test_a_missing_file_and_a_link_are_refused(archive, tmp_path):
    assert "no such file" in refused(tmp_path / "none.zip")
    (tmp_path / "link.zip").symlink_to(archive)
    assert "symbolic link" in refused(tmp_path / "link.zip")


def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "kosong").mkdir()
    assert "without a readable file" in refused(tmp_path / "kosong")


def test_a_limit_is_named(tmp_path):
    path = x_archive.write_many(tmp_path / "many.zip", 500)
    assert "more than 0 MB of records" in refused(path, limits=Limits(output_bytes=1000))


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"event": 1},
        {"event": ["post"]},
        {"event": ["steal", None, "", "none", "f", 0, "", [None] * 8, None, []]},
        {"event": ["post", 5, "", "none", "f", 0, "", [None] * 8, None, []]},
        {"event": ["post", "kemarin", "", "none", "f", 0, "", [None] * 8, None, []]},
        {"event": ["post", "2024-01-01T00:00:00", "", "none", "f", 0, "", [None] * 8, None, []]},
        {"event": ["post", None, "", "none", "f", 0, "", [None, 7, *[None] * 6], None, []]},
        {"event": ["post", None, "", "none", "f", 0, "", [*[None] * 7, 7], None, []]},
        {"event": [["post"], None, "", "none", "f", 0, "", [None] * 8, None, []]},
        {"problem": [1, 2, 3]},
        {"problem": ["f", "one language", 3]},
        {"problem": ["f", {"en": "one language"}, 3]},
        {"log": ["other", None, 0, None, None, None, 0]},
        {"record": {"platform": "moon", "handle": None, "account_id": None}},
        {"record": {"platform": "x", "handle": None, "account_id": None}},
    ],
)
def test_an_answer_that_no_reader_would_give_is_refused(archive, monkeypatch, message):
    monkeypatch.setattr(door, "open_limited", lambda *_, **__: iter([message]))
    assert "nonsense" in refused(archive)


def test_nothing_but_silence_is_refused(archive, monkeypatch):
    monkeypatch.setattr(door, "open_limited", lambda *_, **__: iter([]))
    assert "nonsense" in refused(archive)


def test_a_large_file_may_take_longer_than_a_small_one(tmp_path):
    small, large = tmp_path / "s", tmp_path / "l"
    small.write_bytes(b"x")
    with large.open("wb") as file:
        os.truncate(file.fileno(), 5 << 20)
    assert door._limits(small).cpu_seconds == 30
    assert door._limits(large).cpu_seconds == 80
    assert door._limits(tmp_path).cpu_seconds == 180
    assert door._limits(tmp_path / "none").cpu_seconds == 30


def _bench(posts):
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "bench_exports.py"), str(posts)],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(ast.literal_eval(done.stdout))


def test_two_thousand_posts_fit_in_little_memory():
    measured = _bench(2000)
    assert measured["parent_mb"] + measured["children_mb"] < 120


@pytest.mark.long
def test_a_hundred_thousand_posts_fit_in_300_mb_for_both_processes():
    measured = _bench(100_000)
    assert measured["parent_mb"] + measured["children_mb"] < 300


def test_rows_of_the_future_are_said(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("24/01/24 15.48 - Pegawai Satu: a\n24/01/99 15.48 - Pegawai Satu: b\n")
    record = exports.read(path, name="x.txt", chat=exports.Chat(frozenset({"pegawai satu"}), UTC))
    [said] = [problem.message for problem in record.problems if "future" in problem.message.en]
    assert said.en.startswith("1 rows bear dates in the future, up to 2099-01-24")
    assert "masa depan" in said.id
