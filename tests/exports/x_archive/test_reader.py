"""What reading a whole X archive promises."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import x_archive
from telusur import exports
from telusur.domain.account import Account
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def read(tmp_path):
    """Read an archive of some members, as a zip."""

    def read_members(members):
        return exports.read(x_archive.write_zip(tmp_path / "x.zip", members), name="evidence/x.zip", grade=Grade.B)

    return read_members


def said(record):
    return " | ".join(problem.message.en for problem in record.problems)


def without(*names):
    return {name: content for name, content in x_archive.files().items() if name not in names}


def test_an_ordinary_archive_is_read_whole(read):
    record = read(x_archive.files())
    assert record.problems == ()
    assert record.left_out == ()
    assert (record.path, record.grade) == ("evidence/x.zip", Grade.B)
    assert record.account == Account("x", x_archive.HANDLE, x_archive.ACCOUNT_ID)
    assert record.generated_at == datetime(2024, 1, 9, 2, 55, 5, tzinfo=UTC)
    assert record.partial is False
    assert record.timezone == "Asia/Jakarta"
    assert {(log.name, log.found, log.expected, log.skipped, log.complete) for log in record.logs} == {
        ("account", 3, 3, 0, True),
        ("posts", 5, 5, 0, True),
        ("deleted_posts", 1, 1, 0, True),
        ("likes", 1, 1, 0, True),
        ("logins", 3, 3, 0, True),
        ("devices", 2, 2, 0, True),
        ("credentials", 1, 1, 0, True),
        ("handles", 1, 1, 0, True),
        ("apps", 1, 1, 0, True),
    }
    posts = record.log("posts")
    assert (posts.file, posts.first) == ("data/tweets.js", x_archive.START)
    assert posts.last > posts.first


def test_events_come_in_time_order_and_those_without_a_time_last(read):
    events = read(x_archive.files()).events
    timed = [event.at for event in events if event.at is not None]
    assert timed == sorted(timed)
    assert [event.at for event in events[len(timed) :]] == [None] * (len(events) - len(timed))


def test_every_event_can_be_looked_up_by_file_offset_and_hash(read):
    members = x_archive.files()
    for event in read(members).events:
        rest = members[event.source.file][event.source.offset :]
        value, length = json.JSONDecoder().raw_decode(rest.decode())
        assert isinstance(value, dict)
        assert hashlib.sha256(rest.decode()[:length].encode()).hexdigest() == event.source.sha256


def test_a_folder_reads_like_the_zip_at_the_top_or_one_below(read, tmp_path):
    expected = read(x_archive.files())
    top = x_archive.write_folder(tmp_path / "a", x_archive.files())
    below = x_archive.write_folder(tmp_path / "b", {f"twitter-2024/{n}": c for n, c in x_archive.files().items()})
    for path in (top, below, top / "data"):
        record = exports.read(path, name="a")
        assert [event.object_id for event in record.events] == [event.object_id for event in expected.events]
        assert record.problems == ()
        assert record.log("posts").complete


def test_a_zip_with_one_folder_around_it_is_read(read):
    record = read({f"twitter-2024-01-09/{name}": content for name, content in x_archive.files().items()})
    assert record.problems == ()
    assert len(record.of("post")) == 5


def test_an_archive_without_page_readme_and_manifest_is_read_and_completeness_is_unknown(read):
    record = read(without("Your archive.html", "data/README.txt", "data/manifest.js"))
    assert {log.complete for log in record.logs} == {None}
    assert record.partial is None
    assert record.generated_at is None
    assert record.account == Account("x", x_archive.HANDLE, x_archive.ACCOUNT_ID)


def test_parts_of_one_log_are_counted_together(read):
    members = x_archive.files() | {
        "data/tweets-part1.js": x_archive.data_file("tweets", [x_archive.post(50)], part=1),
        "data/community-tweet.js": x_archive.data_file("community_tweet", [x_archive.post(60)]),
    }
    record = read(members)
    assert record.log("posts").found == len(record.of("post")) == 7


def test_the_older_names_and_records_without_wrapping_are_read(read):
    members = {
        "data/tweet.js": x_archive.data_file("tweet", [x_archive.post(1)], wrapped=False),
        "data/account.js": x_archive.data_file("account", x_archive.ordinary()["account"], wrapped=False),
    }
    assert len(read(members).of("post")) == 1


def test_a_file_is_known_by_what_it_calls_itself_under_another_name(read):
    members = without("data/tweets.js") | {"data/kiriman saya.js": x_archive.files()["data/tweets.js"]}
    record = read(members)
    assert len(record.of("post")) == 5
    assert record.of("post")[0].source.file == "data/kiriman saya.js"
    assert "the manifest promises 5 records here; there is no such file" in said(record)


PRIVATE = {
    "data/direct-messages.js": "direct_messages",
    "data/direct-messages-group.js": "direct_messages_group",
    "data/direct-message-headers.js": "direct_message_headers",
    "data/contact.js": "contact",
    "data/ad-impressions.js": "ad_impressions",
    "data/ad-engagements.js": "ad_engagements",
    "data/saved-search.js": "saved_search",
    "data/personalization.js": "personalization",
    "data/ageinfo.js": "ageinfo",
    "data/follower.js": "follower",
    "data/lists-member.js": "lists_member",
    "data/block.js": "block",
    "data/profile.js": "profile",
    "data/note-tweet.js": "note_tweet",
    "data/entah.js": "entah_apa",
}
SECRET = "rahasia-yang-ditanam-7731"


def test_what_is_planted_in_messages_contacts_advertising_and_searches_reaches_nothing(read, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    planted = {
        name: x_archive.data_file(inner, [{"text": SECRET, "createdAt": SECRET, "ip": SECRET}])
        for name, inner in PRIVATE.items()
    }
    planted["data/direct_messages_media/1.jpg"] = SECRET.encode()
    # Broken on purpose too: not even a complaint may quote them.
    planted["data/direct-messages-part1.js"] = f"window.YTD.direct_messages.part1 = [ {SECRET}".encode()
    record = read(x_archive.files() | planted)
    assert SECRET not in repr(record)
    assert SECRET not in caplog.text
    assert SECRET not in "".join(capfd.readouterr())
    assert set(record.left_out) == {*PRIVATE, "data/direct_messages_media/", "data/direct-messages-part1.js"}
    assert record.problems == ()


def test_messages_under_the_name_of_posts_are_not_read(read):
    disguised = x_archive.data_file("direct_messages", [{"text": SECRET}])
    record = read(without("data/tweets.js") | {"data/tweets.js": disguised})
    assert SECRET not in repr(record)
    assert "calls itself by a name that is not read" in said(record)
    assert record.log("posts").found == 0


def test_addresses_numbers_and_tokens_of_the_owner_reach_nothing(read):
    phone = {"messagingDevice": {"phoneNumber": "+6281200001234", "createdDate": "2015.06.21"}}
    members = x_archive.files() | {"data/ni-devices.js": x_archive.data_file("ni_devices", [phone])}
    found = repr(read(members))
    for secret in (
        "contoh.pegawai",
        "lama.sekali",
        "baru.sekali",
        "0000123",
        "rahasia-token",
        "rahasia-reg",
        "rahasia-key",
    ):
        assert secret not in found, secret


def test_a_record_that_breaks_its_schema_is_told_and_skipped_and_the_rest_is_read(read):
    records = x_archive.ordinary()
    records["tweets"][2] = {"id_str": "bukan nomor", "created_at": "x", "full_text": "y"}
    record = read(x_archive.files(records))
    posts = record.log("posts")
    assert (posts.found, posts.skipped, posts.expected, posts.complete) == (4, 1, 5, False)
    (problem,) = record.problems
    assert problem.file == "data/tweets.js"
    assert problem.message.en.startswith("a record that breaks its schema; it was skipped: its id_str is no identifier")
    offset = x_archive.files(records)["data/tweets.js"].index(b"bukan nomor")
    assert 0 < problem.offset < offset


def test_a_record_of_broken_json_counts_as_skipped_so_that_the_sum_holds(read):
    members = x_archive.files()
    content = members["data/tweets.js"].replace(b'"retweeted": false', b'"retweeted": fals', 1)
    record = read(members | {"data/tweets.js": content})
    posts = record.log("posts")
    assert (posts.found, posts.skipped, posts.expected) == (4, 1, 5)
    (problem,) = record.problems
    assert problem.message.en.startswith("a record that is broken; it was skipped")


def test_a_truncated_file_is_told_and_other_files_stay_readable(read):
    whole = x_archive.files()["data/tweets.js"]
    record = read(x_archive.files() | {"data/tweets.js": whole[: len(whole) // 2]})
    assert 0 < record.log("posts").found < 5
    assert "truncated" in said(record)
    assert "promises 5 records" in said(record)
    assert record.log("logins").complete


@pytest.mark.parametrize("content", [b"", b"<html>", b"window.YTD.tw\xff", b'[{"tweet": {}}]'])
def test_a_file_that_does_not_begin_as_x_writes_is_told(read, content):
    record = read(x_archive.files() | {"data/tweets.js": content})
    assert record.log("posts").found == 0
    assert "does not begin as X's data files do" in said(record)
    assert record.log("logins").complete


def test_bytes_that_are_not_utf8_and_half_characters_are_told_and_replaced(read):
    records = x_archive.ordinary(3)
    members = x_archive.files(records)
    content = members["data/tweets.js"].replace(b"nomor 0", b"n\xffmor 0").replace(b"nomor 1", b"\\ud83d satu")
    record = read(members | {"data/tweets.js": content})
    texts = [event.text for event in record.of("post")]
    assert texts[0].startswith("kiriman contoh n\ufffdmor 0")
    assert texts[1].startswith("kiriman contoh \ufffd satu")
    assert "not UTF-8" in said(record)
    assert "half a character" in said(record)
    for text in texts:
        text.encode()


def test_no_half_character_gets_anywhere(read):
    def spoilt(value):
        match value:
            case dict():
                return {key: spoilt(inner) for key, inner in value.items()}
            case list():
                return [spoilt(inner) for inner in value]
            case str() if not value[:1].isdigit() and not value.startswith("YTD."):
                return f"{value}\ud800"
        return value

    members = {}
    for name, content in x_archive.files().items():
        head, equals, body = content.decode().partition(" = ")
        members[name] = f"{head} = {json.dumps(spoilt(json.loads(body)))}".encode() if equals else content
    record = read(members)
    assert record.account.handle == f"{x_archive.HANDLE}\ufffd"
    assert record.timezone == "Asia/Jakarta\ufffd"
    assert record.of("app_connected")[0].permissions == ("read\ufffd", "write\ufffd")
    repr(record).encode()


def test_whole_characters_written_as_escapes_are_not_touched(read):
    record = read(
        x_archive.files()
        | {
            "data/tweets.js": b"window.YTD.tweets.part0 = ["
            + json.dumps({"tweet": x_archive.post(0, "senyum 🙂")}).encode()
            + b"]"
        }
    )
    assert record.of("post")[0].text == "senyum 🙂"


def test_words_longer_than_x_allows_are_refused(read):
    record = read(x_archive.files(x_archive.ordinary() | {"tweets": [x_archive.post(0, "x" * 60_000)]}))
    assert "has 60000 characters" in said(record)


def test_records_of_another_account_are_told_and_skipped(read):
    records = x_archive.ordinary()
    records["ip_audit"].append(x_archive.login(9, accountId="999"))
    record = read(x_archive.files(records))
    assert len(record.of("login")) == 3
    assert "it belongs to another account (999)" in said(record)


def test_a_post_that_stands_twice_is_told(read):
    records = x_archive.ordinary()
    records["tweets"].append(x_archive.post(0, "lain"))
    assert "stands twice" in said(read(x_archive.files(records)))


def test_fewer_records_than_the_manifest_promises_are_told(read):
    members = x_archive.files()
    members["data/ip-audit.js"] = x_archive.data_file("ip_audit", [x_archive.login(0)])
    record = read(members)
    assert "the manifest promises 3 records here; 1 were found" in said(record)
    assert record.log("logins").complete is False


def test_a_promised_file_that_is_not_there_is_told(read):
    record = read(without("data/ip-audit.js"))
    assert "the manifest promises 3 records here; there is no such file" in said(record)
    assert (record.log("logins").file, record.log("logins").expected) == (None, 3)


@pytest.mark.parametrize("content", [b"", b"window.__THAR_CONFIG = {", b"window.__THAR_CONFIG = []", b"\xff\xfe"])
def test_a_broken_manifest_is_told_and_the_archive_is_read(read, content):
    record = read(x_archive.files() | {"data/manifest.js": content})
    assert record.problems
    assert len(record.of("post")) == 5


def test_problems_of_one_file_are_told_up_to_a_number_and_then_counted(read):
    records = x_archive.ordinary()
    records["ip_audit"] = [{"createdAt": None}] * 200
    record = read(x_archive.files(records))
    told = [problem for problem in record.problems if problem.file == "data/ip-audit.js"]
    assert len(told) == 51
    assert told[-1].message.en == "and 150 further problems in this file"
    assert record.log("logins").skipped == 200


def test_members_with_names_that_lead_elsewhere_are_told_and_not_read(read):
    record = read(x_archive.files() | {"../data/tweets.js": x_archive.files()["data/tweets.js"]})
    assert len(record.of("post")) == 5
    assert "climbs out of the archive" in said(record)


def test_a_link_in_the_place_of_a_data_file_is_told(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in without("data/like.js").items():
            archive.writestr(name, content)
        info = zipfile.ZipInfo("data/like.js")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    (tmp_path / "x.zip").write_bytes(made.getvalue())
    record = exports.read(tmp_path / "x.zip", name="x.zip")
    assert "it is a symbolic link; it was not read" in said(record)
    assert "there is no such file" in said(record)


def test_damaged_bytes_of_one_member_are_told_and_others_are_read(tmp_path):
    path = x_archive.write_zip(tmp_path / "x.zip", x_archive.files(), zipfile.ZIP_STORED)
    content = path.read_bytes().replace(b"nomor 3", b"nomxr 3")
    path.write_bytes(content)
    record = exports.read(path, name="x.zip")
    assert "do not fit their checksum" in said(record)
    assert record.log("posts").found == 5
    assert record.log("logins").complete


def test_names_that_turn_the_reading_direction_are_shown_escaped(read):
    record = read(x_archive.files() | {"data/\u202esj.steewt.js": b"x", "data/x\u202e/1": b""})
    assert "\u202e" not in repr(record.left_out)
    assert len(record.left_out) == 2


@pytest.mark.parametrize(
    "records", [{}, {"tweets": []}, {"tweets": [{"id_str": "x"}]}, {"direct_messages": [{"a": 1}]}]
)
def test_an_archive_without_account_data_is_refused(read, records):
    with pytest.raises(BadInput, match="no account data"):
        read(x_archive.files(records))


def test_two_archives_in_one_are_not_mixed(read):
    other = {f"lain/{name}": content for name, content in without("data/tweets.js").items()}
    record = read(x_archive.files() | other)
    assert {event.source.file.split("/")[0] for event in record.events} == {"data"}
    assert "a second archive" in said(record)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_no_altered_byte_of_a_data_file_crashes_or_loses_a_record_in_silence(read, data):
    members = x_archive.files(x_archive.ordinary(3))
    name = data.draw(st.sampled_from(sorted(name for name in members if name.endswith(".js"))))
    content = bytearray(members[name])
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[at] ^= data.draw(st.integers(1, 255))
    else:
        del content[at : at + data.draw(st.integers(1, 300))]
    whole = read(members)
    altered = read(members | {name: bytes(content)})
    for before, after in zip(whole.logs, altered.logs, strict=True):
        # A log that lost a record says so, by itself or by a problem in the file.
        if after.found < before.found:
            assert after.skipped or altered.problems
    if len(altered.events) < len(whole.events):
        assert altered.problems
