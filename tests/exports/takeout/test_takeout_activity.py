"""What was liked on YouTube, by Google's "My Activity" in HTML and JSON; all of it is invented."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

import x_archive
from full_exports import activity_box, activity_page
from telusur import exports
from telusur.evidence.zip_archive import ZipArchive

pytestmark = pytest.mark.usefixtures("here")
ENGLISH, INDONESIAN = "Takeout/My Activity/YouTube/MyActivity", "Takeout/Aktivitas Saya/YouTube/Aktivitas Saya"
VIDEO = "rekaan00007"
LINK = f"https://www.youtube.com/watch?v={VIDEO}"
BOX = "{verb}\u00a0<a href='{link}'>Rekaan</a>"


def liked(verb="Liked", link=LINK):
    return BOX.format(verb=verb, link=link)


def read(tmp_path, files, zone=None):
    path = x_archive.write_zip(tmp_path / "t.zip", files)
    return exports.read(path, name="t.zip", chat=exports.Chat(frozenset(), zone))


def told(record):
    return [problem.message.en for problem in record.problems]


@pytest.mark.parametrize(
    ("name", "verb", "when", "at"),
    [
        (ENGLISH, "Liked", "Jan {day}, 2024, 10:04:05\u202fAM GMT+07:00", 3),
        (ENGLISH, "Liked", "{day} Jan 2024, 03:04:05 UTC", 3),
        (INDONESIAN, "Menyukai", "{day} Jan 2024, 10.04.05 WIB", 3),
        (INDONESIAN, "Anda menyukai", "{day} Januari 2024 pukul 12.04.05 WIT", 3),
    ],
)
def test_a_like_is_read_with_its_zone_in_either_language(tmp_path, name, verb, when, at):
    page = activity_page(activity_box(liked(verb), 2, when))
    record = read(tmp_path, {f"{name}.html": page})
    like = record.events[0]
    assert (like.action, like.object_id, like.text, like.certainty) == ("like", VIDEO, None, "exact")
    assert like.at == datetime(2024, 1, 2, at, 4, 5, tzinfo=UTC)
    raw = page[like.source.offset : page.rindex(b"\n</div></body>")]
    assert hashlib.sha256(raw).hexdigest() == like.source.sha256
    assert record.account.platform == "youtube"
    assert told(record) == []


def test_html_tells_what_json_tells_and_json_wins(tmp_path):
    entry = {"header": "YouTube", "title": "Liked Rekaan", "titleUrl": LINK, "time": "2024-01-02T03:04:05Z"}
    listed = json.dumps([{**entry, "products": ["YouTube"]}]).encode()
    page = activity_page(activity_box(liked(), 2))
    keyed = read(tmp_path, {f"{ENGLISH}.json": listed})
    paged = read(tmp_path, {f"{ENGLISH}.html": page})
    both = read(tmp_path, {f"{ENGLISH}.html": page, f"{ENGLISH}.json": listed})
    assert [(e.at, e.object_id, e.certainty) for e in keyed.events] == [
        (e.at, e.object_id, e.certainty) for e in paged.events
    ]
    assert both.events == keyed.events


def test_a_like_that_the_list_of_liked_videos_tells_counts_once(tmp_path):
    page = activity_page(activity_box(liked(link="https://youtu.be/rekaan00001"), 5), activity_box(liked(), 6))
    listed = b"Video ID,Playlist Video Creation Timestamp\nrekaan00001,2024-01-05T01:00:00+00:00\n"
    table = {"Takeout/YouTube and YouTube Music/playlists/Liked videos.csv": listed}
    record = read(tmp_path, {**table, f"{ENGLISH}.html": page})
    assert [event.object_id for event in record.of("like")] == ["rekaan00001", VIDEO]
    assert record.log("likes").found == 3


def test_searches_and_what_was_watched_are_only_counted(tmp_path):
    page = activity_page(
        activity_box(liked(), 1),
        activity_box(liked("Searched for", "https://www.youtube.com/results?search_query=kenari"), 2),
        activity_box(liked("Menonton"), 3),
        activity_box(liked("Disliked"), 3),
        activity_box(liked("Tidak menyukai"), 3),
    )
    record = read(tmp_path, {f"{ENGLISH}.html": page})
    assert len(record.events) == 1
    assert told(record) == ["1 searches and 3 other records, such as of watching, were only counted"]
    assert "kenari" not in repr(record)


@pytest.mark.parametrize(
    ("zone", "hour", "words"), [(None, 3, "in WIB"), (timezone(timedelta(hours=9)), 1, "of the case")]
)
def test_a_time_without_a_zone_is_read_in_one_that_is_said(tmp_path, zone, hour, words):
    record = read(
        tmp_path, {f"{ENGLISH}.html": activity_page(activity_box(liked(), 2, "{day} Jan 2024, 10:04:05"))}, zone
    )
    assert (record.events[0].at.hour, record.events[0].certainty) == (hour, "zone_assumed")
    assert [words in one for one in told(record)] == [True]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("{day} Jan 2024, 10:04:05 IST", "'IST' is not known"),
        ("{day} janv 2024, 10:04:05 CET", "neither Indonesian nor English"),
        ("kemarin", "it tells no time"),
    ],
)
def test_a_like_without_a_time_that_is_known_is_skipped_and_said(tmp_path, when, words):
    page = activity_page(activity_box(liked(), 1), activity_box(liked(), 2, when))
    record = read(tmp_path, {f"{ENGLISH}.html": page})
    assert (len(record.events), record.log("likes").skipped) == (1, 1)
    assert [words in one for one in told(record)] == [True]


def test_broken_lists_and_pages_cost_what_is_broken(tmp_path):
    entry = {"title": "Liked Rekaan", "titleUrl": LINK, "time": "2024-01-02T03:04:05Z", "products": []}
    listed = json.dumps([entry, 1, {**entry, "title": 1}])[:-1].encode()
    record = read(tmp_path, {f"{ENGLISH}.json": listed})
    assert len(record.events) == 1
    assert record.log("likes").skipped == 2
    cut = activity_page(activity_box(liked(), 1), activity_box(liked(), 2))[:-300]
    half = read(tmp_path, {f"{ENGLISH}.html": cut})
    assert any("cut off" in one for one in told(half))


def test_histories_other_products_and_searches_are_not_opened(tmp_path, monkeypatch):
    opened = []
    real = ZipArchive.open
    monkeypatch.setattr(ZipArchive, "open", lambda self, name: (opened.append(name), real(self, name))[1])
    page = activity_page(activity_box(liked(), 1))
    private = {
        "Takeout/YouTube and YouTube Music/history/watch-history.html": page,
        "Takeout/YouTube/history/search-history.html": page,
        "Takeout/My Activity/Ads/MyActivity.html": page,
        "Takeout/My Activity/Search/MyActivity.html": page,
        "Takeout/My Activity/YouTube/search-history.html": page,
    }
    record = read(tmp_path, {f"{ENGLISH}.html": page, **private})
    assert set(opened) == {f"{ENGLISH}.html"}
    assert len(record.events) == 1
    assert "Takeout/My Activity/" in record.left_out
