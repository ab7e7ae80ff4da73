"""Facebook and Instagram exports in HTML, in two languages and three generations, read as their JSON is."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

import meta_export as build
import meta_pages as pages
from telusur import exports
from telusur.domain.errors import BadInput
from telusur.evidence import Limits
from telusur.exports import html_cards
from telusur.exports.html_cards import Cards
from telusur.exports.meta import cards, facebook
from telusur.exports.meta.pages import rows_of, stamped
from telusur.exports.meta.rows import Remarks
from telusur.exports.meta.zones import Zones

pytestmark = pytest.mark.usefixtures("here")
SECURITY = build.SECURITY
LOGINS = f"{SECURITY}/login_and_profile_creation/login_activity.html"
WIB = timezone(pages.WIB)
CARD = '<section class="_a6-g">{}</section>'
WHEN = '<footer class="_a6-o"><div class="_a72d">{}</div></footer>'


def read(tmp_path, members, zone=WIB):
    path = build.write_zip(tmp_path / "x.zip", members)
    return exports.read(path, name="x.zip", chat=exports.Chat(frozenset(), zone))


def page(*inner):
    return f"<html><body><main>{''.join(inner)}</main></body></html>".encode()


def told(record):
    """Give the problems but for what is told of every export in HTML."""
    return [problem.message.en for problem in record.problems if "is in HTML" not in problem.message.en]


def plain(event, **other):
    """Give what an event says, whatever file it comes from."""
    source = replace(event.source, file="", offset=0, sha256="")
    return replace(event, source=source, written="", certainty="exact", **other)


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("version", ["", "_v2"])
def test_a_facebook_export_in_html_tells_what_its_json_tells(tmp_path, language, old, version):
    members = build.facebook(version)
    keyed = read(tmp_path, members)
    paged = read(tmp_path, pages.facebook(members, language, old=old))
    assert told(paged) == []
    assert paged.account == keyed.account
    assert {event.certainty for event in paged.events} == {"zone_assumed"}
    assert all(event.written[:3].isalpha() for event in paged.events)
    by_minute = {"second": 0} if old else {}

    def said(record):
        return Counter(
            plain(event, at=event.at.replace(**by_minute), until=event.until and event.until.replace(**by_minute))
            for event in record.events
        )

    assert said(paged) == said(keyed)
    counted = [(log.name, log.found, log.skipped) for log in keyed.logs if log.name != "account"]
    assert [(log.name, log.found, log.skipped) for log in paged.logs if log.name != "account"] == counted


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("ahead", [pages.WEST, pages.WIB, timedelta(hours=5, minutes=45)])
def test_an_instagram_export_in_html_tells_what_its_json_tells_whatever_its_clock(tmp_path, language, ahead):
    keyed = read(tmp_path, build.instagram())
    paged = read(tmp_path, pages.instagram(build.instagram(), language, ahead), zone=None)
    assert told(paged) == []
    assert paged.account == keyed.account
    assert {event.certainty for event in paged.of("login", "logout")} == {"exact"}
    assert {event.certainty for event in paged.of("post", "like", "comment", "email_changed")} == {"zone_assumed"}
    minute = [plain(event, at=event.at.replace(second=0)) for event in keyed.events]
    assert Counter(plain(event, at=event.at.replace(second=0)) for event in paged.events) == Counter(minute)
    assert any("tell their time twice" in problem.message.en for problem in paged.problems)


def test_labels_of_a_language_that_nobody_knows_change_nothing_but_places_and_names(tmp_path):
    members = build.facebook()
    known, unknown = (pages.facebook(members) for _ in range(2))
    for name, content in unknown.items():
        words = content.decode()
        for label in pages.LABELS["en"].values():
            words = re.sub(f"(<t[dh][^>]*>){label}(?=<)", r"\1Zqx", words)
        unknown[name] = words.encode()
    left = ("device_added", "device_seen", "account_created")

    def said(record):
        return Counter(plain(event, place=None) for event in record.events if event.action not in left)

    first, second = read(tmp_path, known), read(tmp_path, unknown)
    assert said(first) == said(second)
    device = second.of("device_added")[0]
    assert (device.at, device.until, device.device) == (
        first.of("device_added")[0].at, first.of("device_added")[0].until, first.of("device_added")[0].device,
    )  # fmt: skip
    # Of two times without a label that is known, none is said to be that of the account's making.
    assert not second.of("account_created")
    assert "it does not say when the account was made" in told(second)


@pytest.mark.parametrize(
    ("zone", "hours", "words"),
    [
        (timezone(timedelta(hours=8)), 8, "in the zone of the case"),
        (None, 7, "as WIB"),
    ],
)
def test_the_zone_that_a_page_was_read_in_is_said(tmp_path, zone, hours, words):
    members = {f"{SECURITY}/logins_and_logouts.html": page(CARD.format(WHEN.format("Des 27, 2023 11:16:01am")))}
    record = read(tmp_path, members, zone)
    assert record.events[0].at == datetime(2023, 12, 27, 11, 16, 1, tzinfo=UTC) - timedelta(hours=hours)
    assert record.events[0].certainty == "zone_assumed"
    assert ["choose JSON" in p.message.en and words in p.message.en for p in record.problems] == [True]


def test_a_clock_that_changed_in_summer_is_read_by_the_nearest_row_that_shows_it(tmp_path):
    row = '<div class="pam uiBoxWhite"><h2>{}</h2><table><tr><td>Waktu</td><td>{}</td></tr></table></div>'
    members = {
        LOGINS: page(
            row.format("2024-01-10T10:00:31+00:00", "Jan 10, 2024 2:00 am"),
            row.format("2024-07-10T10:00:31+00:00", "Jul 10, 2024 3:00 am"),
        ),
        "your_instagram_activity/media/posts_1.html": page(
            *(f'<div class="pam uiBoxWhite"><h2>{n}</h2><div>{when}</div></div>'
              for n, when in enumerate(["Feb 01, 2024 2:00 am", "Jun 01, 2024 3:00 am"]))
        ),
    }  # fmt: skip
    assert [event.at.hour for event in read(tmp_path, members).of("post")] == [10, 10]


def test_instagrams_times_stay_unread_where_no_row_shows_its_clock(tmp_path):
    members = pages.instagram(build.instagram())
    members = {name: content for name, content in members.items() if "log" not in name.rpartition("/")[2]}
    record = read(tmp_path, members)
    assert {(event.at, event.certainty) for event in record.events} == {(None, "none")}
    assert all(event.written for event in record.events)
    assert any("No row shows its zone" in problem.message.en for problem in record.problems)


def test_a_login_whose_two_times_contradict_each_other_is_told(tmp_path):
    members = pages.instagram(build.instagram())
    members[LOGINS] = members[LOGINS].replace(b"2023-11-01T02:00:00", b"2023-11-01T02:07:00")
    assert [words for words in told(read(tmp_path, members)) if "its title says 2023-11-01T02:07:00" in words]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Tháng 10 01, 2025 10:21:24 ch", "neither Indonesian nor English"),
        ("Fev 05, 2025 8:25:54 da tarde", "neither Indonesian nor English"),
        ("Okt 32, 2025 8:25:54 am", "there is no such time"),
        ("Okt 12, 2025 8:25:54 ch", "its zone or part of the day 'ch' is not known"),
        ("03/04/2025 10:21", "day/month or as month/day"),
    ],
)
def test_a_time_that_is_not_known_here_is_said_and_the_record_kept(tmp_path, written, why):
    body = '<div class="_a6-p"><div class="_2pin"><div>apel pagi</div></div></div>'
    post = read(tmp_path, {"posts/your_posts_1.html": page(CARD.format(body + WHEN.format(written)))})
    assert (post.events[0].text, post.events[0].at) == ("apel pagi", None)
    assert [why in words for words in told(post)] == [True]
    row = f"<table><tr><td>IP</td><td>192.0.2.1</td></tr><tr><td>x</td><td>{written}</td></tr></table>"
    seen = read(tmp_path, {f"{SECURITY}/account_activity.html": page(CARD.format(row))})
    assert (seen.events[0].ip, seen.events[0].at) == ("192.0.2.1", None)
    assert [why in words for words in told(seen)] == [True]


def test_json_wins_for_a_log_that_stands_there_in_both_forms(tmp_path):
    members = build.facebook()
    both = {**members, **pages.facebook(members)}
    assert read(tmp_path, both).events == read(tmp_path, members).events
    assert set(told(read(tmp_path, both))) == {
        "the same log stands there in JSON, which tells more; its HTML was not read"
    }
    half = {name: value for name, value in both.items() if name.endswith(".html" if "posts" in name else ".json")}
    record = read(tmp_path, half)
    assert Counter(event.action for event in record.events) == Counter(
        event.action for event in read(tmp_path, members).events
    )
    assert {event.certainty for event in record.of("post", "share")} == {"zone_assumed"}
    assert {event.certainty for event in record.of("session_seen", "like")} == {"exact"}


def test_nothing_private_is_opened(tmp_path, monkeypatch):
    members = pages.facebook(build.facebook())
    inbox = "your_facebook_activity/messages/inbox/warga_1/message_1.html"
    assert inbox in members
    members["logged_information/search/comments.html"] = members["ads_information/comments.html"] = b"\xff"
    opened = []
    from telusur.evidence.zip_archive import ZipArchive  # noqa: PLC0415 - only here

    real = ZipArchive.open
    monkeypatch.setattr(ZipArchive, "open", lambda self, name: (opened.append(name), real(self, name))[1])
    record = read(tmp_path, members)
    assert "rahasia" not in repr(record)
    assert not [name for name in opened if "messages" in name or "search" in name or "ads_" in name]
    assert set(record.left_out) == {
        "your_facebook_activity/messages/",
        "logged_information/search/",
        "ads_information/",
    }


def test_a_record_is_found_again_by_its_place_and_bytes(tmp_path):
    members = pages.facebook(build.facebook(), "id")
    for event in read(tmp_path, members).events:
        content = members[event.source.file]
        begun = content[event.source.offset :]
        assert begun.startswith(b'<section class="_a6-g">')
        raw = begun[: begun.index(b"</section>") + len(b"</section>")]
        assert hashlib.sha256(raw).hexdigest() == event.source.sha256


def test_words_of_a_post_are_neither_its_time_nor_its_caption(tmp_path):
    body = (
        '<div class="_a6-p"><div class="_2pin"><div>baris satu<br />baris\ndua</div></div>'
        '<div class="_2pin"><div><div class="_a7ng"><a href="1.jpg"><img src="1.jpg" /></a><div>foto</div></div>'
        "</div></div>"
        '<div class="_2pin"><video src="1.mp4"><div>Klik</div></video></div>'
        '<div class="_2pin"><div>Diperbarui Okt 19, 2025 1:47:55 pm</div></div></div>'
    )
    written = page(CARD.format("<h2>Contoh membagikan.</h2>" + body + WHEN.format("Okt 19, 2025 1:47:55 pm")))
    record = read(tmp_path, {"your_facebook_activity/posts/your_posts_1.html": written})
    assert [event.text for event in record.events] == ["baris satu\nbaris dua"]
    only = written.replace(b"baris satu<br />baris\ndua", b"")
    assert [e.text for e in read(tmp_path, {"posts/your_posts.html": only}).events] == ["foto"]
    undated = written.replace(WHEN.format("Okt 19, 2025 1:47:55 pm").encode(), b"")
    assert read(tmp_path, {"posts/your_posts.html": undated}).events[0].at.hour == 6


def test_a_comment_in_a_group_is_read_without_the_groups_name(tmp_path):
    body = (
        '<div class="_2pin"><div class="_3-95"><span class="_a6_m">Grup: </span>Warga Contoh</div>setuju</div>'
        + WHEN.format("Nov 08, 2023 4:19:54 am")
    )
    record = read(tmp_path, {"groups/your_comments_in_groups.html": page(CARD.format(body))})
    assert [(event.action, event.text) for event in record.events] == [("comment", "setuju")]


def test_a_like_in_rows_and_a_card_within_a_card_are_one_record(tmp_path):
    inner = '<div class="pam uiBoxWhite"><h2>Pemilik</h2><table><tr><td>Nama</td><td>calon</td></tr></table></div>'
    rows = (
        '<tr><td colspan="2">URL<div><a href="https://www.instagram.com/p/Contoh1/">x</a></div></td></tr>'
        f'<tr><td colspan="2">Pemilik<div>{inner}</div></td></tr>'
        "<tr><td>Waktu</td><td>Jan 05, 2025 4:40 am</td></tr>"
    )
    members = {
        LOGINS: pages.instagram(build.instagram())[LOGINS],
        "your_instagram_activity/likes/liked_posts.html": page(
            f'<div class="pam uiBoxWhite"><table>{rows}</table></div>'
        ),
    }
    like = read(tmp_path, members).of("like")
    assert [(e.object_id, e.at) for e in like] == [
        ("https://www.instagram.com/p/Contoh1/", datetime(2025, 1, 5, 12, 40, tzinfo=UTC))
    ]


def test_a_telephone_and_a_device_with_one_time_are_only_seen(tmp_path):
    rows = "<table><tr><td>{}</td><td>Jan 05, 2024 4:40:00 am</td></tr></table>"
    names = ("Zqx", "Dibuat", "Terakhir aktif")
    listed = page(*(CARD.format(f"<h2>Contoh A{n}</h2>" + rows.format(name)) for n, name in enumerate(names)))
    record = read(tmp_path, {f"{SECURITY}/recognized_devices.html": listed})
    assert sorted((e.model, e.action) for e in record.events) == [
        ("Contoh A0", "device_seen"), ("Contoh A1", "device_added"), ("Contoh A2", "device_seen"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("broken", "words", "left"),
    [
        (lambda p: p[: p.rindex(b"<footer")], "the page is cut off here", 3),
        (lambda p: p.replace(b'class="_a6-g', b'class="_a6-f', 1), "stands outside all records", 2),
        (lambda p: p.replace(b"</section>", b"", 1), None, 3),
        (lambda p: p.replace(b"_a72d", b"_a72e", 1), None, 3),
        (lambda p: p.replace(b"2023", b"20x3", 1), "it tells no time", 2),
        (lambda p: b"<" + p, None, 3),
        (lambda p: p.replace(b"<h2", b"<![if !x]><h2", 1), None, 3),
        (lambda p: p.replace(b"rapat", b"r\xffpat"), "not UTF-8", 3),
        (lambda p: p.replace(b"<h2", b"<b>" * 150 + b"<h2", 1), "nested too deeply", 2),
        (lambda p: p.replace(b"rapat", b"rapat " * 200_000), "it is too large", 2),
        (lambda _: b"<html><body><main><p>kosong</p></main></body></html>", "no record of a known form", 0),
    ],
)
def test_what_is_broken_costs_little_and_is_said(tmp_path, broken, words, left):
    members = pages.facebook({name: v for name, v in build.facebook().items() if name == build.POSTS})
    (name, content), *_ = members.items()
    login = {f"{SECURITY}/logins_and_logouts.html": page(CARD.format(WHEN.format("Des 27, 2023 11:16:01am")))}
    record = read(tmp_path, {name: broken(content), **login})
    assert len(record.of("post", "share")) == left
    if words:
        assert any(words in found for found in told(record))


def test_a_note_of_the_platforms_is_no_record(tmp_path):
    note = CARD.format("<div>Di sini Anda menemukan kiriman Anda.</div>")
    setting = CARD.format("<table><tr><td>Iklan</td><td>Tidak</td></tr></table>")
    bare = CARD.format(
        f"<table><tr><td>Des 27, 2023 11:16:01am</td><td></td></tr>{row('Alamat IP', build.HOME)}</table>"
    )
    members = {
        "posts/your_posts_1.html": page(note, CARD.format("<div>apel</div>" + WHEN.format("Des 27, 2023 11:16:01am"))),
        f"{SECURITY}/where_you're_logged_in.html": page(setting, bare),
    }
    record = read(tmp_path, members)
    assert sorted((event.action, event.text, event.ip) for event in record.events) == [
        ("device_seen", None, build.HOME), ("post", "apel", None),
    ]  # fmt: skip
    assert (record.log("posts").skipped, record.log("devices").skipped) == (1, 1)
    assert len([words for words in told(record) if "it tells no time" in words]) == 2


def test_a_group_of_records_is_read_record_by_record(tmp_path):
    leaves = "".join(CARD.format(f"<div>kiriman {n}</div>" + WHEN.format(f"Nov 0{n}, 2023 4:19:54 am")) for n in (1, 2))
    record = read(tmp_path, {"posts/your_posts_1.html": page(CARD.format("<h2>Kiriman</h2>" + leaves))})
    assert [event.text for event in record.events] == ["kiriman 1", "kiriman 2"]
    assert any("it holds other records" in words for words in told(record))
    undated = "".join(CARD.format(f"<h2>Aplikasi {n}</h2>") for n in (1, 2))
    apps = read(tmp_path, {"apps_and_websites/apps_and_websites.html": page(CARD.format(undated))})
    assert [event.new for event in apps.events] == ["Aplikasi 1", "Aplikasi 2"]


def test_pages_of_nothing_that_is_known_say_what_to_ask_for(tmp_path):
    with pytest.raises(BadInput, match="choose JSON"):
        read(tmp_path, {"your_facebook_activity/other_activity/your_pokes.html": page()})
    with pytest.raises(BadInput, match="choose JSON"):
        read(tmp_path, {f"{SECURITY}/account_activity.html": b"<html>"})


@pytest.mark.parametrize("unit", [b"<", b"<a ", b'<a "', b"<!--", b"<div>", b'<section class="_a6-g">', b"<![", b"&#x"])
def test_a_hostile_page_is_read_in_time_that_grows_as_it_does(unit):
    content = unit * (300_000 // len(unit))
    assert len(list(Cards(content, cards.is_card, cards.is_time, cards.is_sign))) < 3_000


def test_a_page_of_more_parts_than_any_account_fills_is_named_and_read_so_far(tmp_path, monkeypatch):
    monkeypatch.setattr(html_cards, "_TOKENS", 5_000)
    members = pages.facebook(build.facebook())
    name = f"{SECURITY}/account_activity.html"
    one = CARD.format(WHEN.format("Des 27, 2023 11:16:01am"))
    members[name] = page(one, "<b></b>\n" * 60_000, one)
    record = read(tmp_path, members)
    assert [p.offset > 60_000 for p in record.problems if p.file == name and "too large" in p.message.en] == [True]
    assert len([event for event in record.events if event.source.file == name]) == 1


def test_a_hostile_page_in_the_limited_worker_names_the_file(tmp_path, monkeypatch):
    monkeypatch.undo()
    path = build.write_zip(tmp_path / "x.zip", {f"{SECURITY}/account_activity.html": b"<" * (40 << 20)})
    with pytest.raises(BadInput, match="jahat"):
        exports.read(path, name="jahat.zip", limits=Limits(cpu_seconds=2, wall_seconds=8.0))


def test_the_limited_worker_reads_the_same(tmp_path, monkeypatch):
    members = pages.facebook(build.facebook(), "id")
    here = read(tmp_path, members)
    monkeypatch.undo()
    assert read(tmp_path, members) == here


def row(label, value):
    return f'<tr><td colspan="2">{label}<div><div>{value}</div></div></td></tr>'


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**8),
            st.ip_addresses(v=4).map(str),
            st.text("abc ü😌<&>\"'%;#,.-kedua", min_size=1, max_size=60).filter(str.strip),
            st.sampled_from(["Contoh A8", "Contoh N7"]),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda one: one[0],
    ),
    st.sampled_from(["en", "id"]),
    st.integers(-48, 56).map(lambda quarters: timedelta(minutes=15 * quarters)),
)
def test_any_account_reads_alike_in_json_and_html(made, language, ahead):
    sessions = [build.session(build.START + at, ip, model=model) for at, ip, _, model in made]
    posts = [build.post(build.START + at, " ".join(text.split())) for at, _, text, _ in made]
    written = pages.facebook(
        {"account_activity.json": {"account_activity_v2": sessions}, build.POSTS: posts}, language, ahead
    )
    zones = Zones("facebook", [["2009-01-01T00:00:00", ahead.total_seconds()]])
    for content, root, records in zip(written.values(), ("account_activity", "posts"), (sessions, posts), strict=True):
        kind = facebook.KINDS[root]
        rows = list(rows_of(content, root, zones, facebook=True))
        told = [stamped(fields, row) for row in rows for fields in kind.read(row.value, Remarks())]
        expected = [fields for record in records for fields in kind.read(record, Remarks())]
        assert [{**fields, "written": "", "certainty": ""} for fields in told] == [
            {**fields, "written": "", "certainty": ""} for fields in expected
        ]
        assert {fields["certainty"] for fields in told} == {"zone_assumed"}
        assert all(content[row.offset :][: row.length].endswith(b"</section>") for row in rows)


def test_a_session_that_a_change_holds_in_a_table_of_its_own_is_read(tmp_path):
    inner = "".join(
        row(label, value)
        for label, value in [("IP", build.STRANGE), ("Cookie", "contohContohN70001"), ("Qx", "Nov 02, 2023 8:01:40 am")]
    )
    session = f'<tr><td colspan="2">Sesi<div><table>{inner}</table></div></td></tr>'
    mails = row("Lama", "contoh@surel.example.org") + row("Baru", "lain@kotak.example.net")
    for card in (
        CARD.format(f"<h2>Email diubah</h2><table>{mails}{session}</table>"),
        CARD.format(f"<table>{row('Peristiwa', 'Email diubah')}{mails}{session}</table>"),
        CARD.format(f"<table><tr><td><h3>Email diubah</h3><table>{mails}</table></td></tr>{session}</table>"),
    ):
        changed = read(tmp_path, {f"{SECURITY}/record_details.html": page(card)}).events[0]
        assert (changed.action, changed.old, changed.new, changed.ip) == (
            "email_changed", "c***@surel.example.org", "l***@kotak.example.net", build.STRANGE,
        )  # fmt: skip
        assert changed.at == datetime(2023, 11, 2, 1, 1, 40, tzinfo=UTC)
        assert changed.device is not None


def test_a_security_page_of_another_name_is_read_by_the_shape_of_its_values(tmp_path):
    rows = [("Qx", "contohContohN70001"), ("Qx", "Nov 01, 2023 7:00:00 am"), ("Qx", "Nov 01, 2023 7:01:00 am")]
    rows += [("Qx", build.HOME), ("Qx", build.agent())]
    members = {
        f"{SECURITY}/browser_cookies.html": page(CARD.format(f"<table>{''.join(row(*one) for one in rows)}</table>")),
        f"{SECURITY}/registration_information.html": page(CARD.format(f"<table>{row('Negara', 'ID')}</table>")),
    }
    record = read(tmp_path, members)
    assert [(e.action, e.ip, e.model, e.until - e.at) for e in record.events] == [
        ("device_added", build.HOME, "Contoh A8", timedelta(minutes=1))
    ]
    assert record.log("sessions").found == 2


def test_an_address_that_is_none_is_said_by_the_letters_beside_it(tmp_path):
    rows = row("Alamat IP", "192.0.2.1O") + row("Waktu", "Nov 01, 2023 7:00:00 am")
    record = read(tmp_path, {f"{SECURITY}/account_activity.html": page(CARD.format(f"<table>{rows}</table>"))})
    assert record.events[0].ip is None
    assert ["its address is none" in words for words in told(record)] == [True]


def test_a_change_whose_kind_is_the_title_is_read_like_one_in_rows(tmp_path):
    rows = row("Sebelumnya", "contoh.lama") + row("Baru", "contoh.baru") + row("Waktu", "Nov 01, 2023 7:00 am")
    card = f'<div class="pam uiBoxWhite"><h2>Nama Pengguna</h2><table>{rows}</table></div>'
    members = {"personal_information/personal_information/profile_changes.html": page(card)}
    assert [(e.action, e.old, e.new) for e in read(tmp_path, members).events] == [
        ("handle_changed", "contoh.lama", "contoh.baru")
    ]


def test_an_application_with_two_times_was_removed_at_the_second(tmp_path):
    rows = row("Ditambahkan", "Nov 01, 2023 7:00:00 am") + row("Dihapus", "Nov 02, 2023 7:00:00 am")
    card = CARD.format(f"<h2>Permainan</h2><table>{rows}</table>")
    (event,) = read(tmp_path, {"apps_and_websites/apps_and_websites.html": page(card)}).events
    assert (event.new, event.until - event.at) == ("Permainan", timedelta(days=1))


def test_a_page_that_is_broken_all_over_is_given_up_and_said(tmp_path, monkeypatch):
    monkeypatch.setattr(html_cards, "_LONGEST", 1 << 17)
    whole = CARD.format(WHEN.format("Des 27, 2023 11:16:01am"))
    stray = page(whole, "<p>192.0.2.1</p>" * 4_500, whole)
    endless = page(whole, "<a " + "x " * 200_000)
    for content in (stray, endless):
        record = read(tmp_path, {f"{SECURITY}/logins_and_logouts.html": content})
        assert len(record.events) == 1
        assert any(
            "too broken" in problem.message.en or "further problems" in problem.message.en
            for problem in record.problems
        )


def test_pages_of_before_2018_are_named(tmp_path):
    with pytest.raises(BadInput, match="of before 2018"):
        read(tmp_path, {"html/security.htm": page()})
