"""Chats as WhatsApp writes them on telephones of several countries; names and words are invented."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import x_archive
from telusur import exports
from telusur.domain.errors import BadInput
from telusur.exports.chats import Chat, Clock
from telusur.exports.whatsapp.lines import head_of
from telusur.exports.whatsapp.people import People, key_of

pytestmark = pytest.mark.usefixtures("here")
#: A wall clock's time, without a zone.
WALL = datetime
WIB = timezone(timedelta(hours=7))
ME = Chat(frozenset({"Pegawai Satu", "+62 800-0000-0001"}), WIB)
OTHER = "KENARI-RAHASIA"
CHAT = f"""24/01/24 15.48 - Pesan dan panggilan terenkripsi secara end-to-end.
24/01/24 15.49 - Pegawai Satu: satu
dua
24/01/24 15.50 - Pegawai Dua: {OTHER}
24/01/24 15.51 - Pegawai Dua menambahkan Pegawai Tiga
25/01/24 08.00 - +62 800-0000-0001: <Media tidak disertakan>
25/01/24 08.01 - Pegawai Satu: Pesan ini dihapus
25/01/24 08.02 - Kode keamanan Anda dengan Pegawai Satu berubah. Ketuk untuk mempelajari.
25/01/24 08.03 - Pegawai Satu: sudah <Pesan ini diedit>
"""


def read(tmp_path, text, chat=ME, name="Chat WhatsApp dengan Grup.txt", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return exports.read(path, name=f"evidence/{name}", chat=chat)


def said(record):
    return [problem.message.en for problem in record.problems]


def test_only_the_respondents_messages_are_kept_and_the_rest_is_counted(tmp_path):
    record = read(tmp_path, CHAT)
    assert [(e.action, e.text) for e in record.events] == [
        ("message", "satu\ndua"),
        ("message", None),
        ("deleted_post", None),
        ("device_added", None),
        ("message", "sudah"),
    ]
    assert OTHER not in repr(record)
    assert "Dua" not in repr(record)
    assert said(record) == ["1 messages of 1 other senders were only counted"]
    assert record.account.platform == "whatsapp"
    assert record.account.handle == "Pegawai Satu"
    assert record.events[0].at == datetime(2024, 1, 24, 8, 49, tzinfo=UTC)
    assert record.events[0].certainty == "zone_assumed"
    assert record.log("messages").found == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_message_is_found_again_by_its_bytes(tmp_path, encoding):
    content = CHAT.encode(encoding)
    record = read(tmp_path, CHAT, encoding=encoding)
    for event in record.events:
        lines = content[event.source.offset :]
        assert any(
            hashlib.sha256(lines[:end]).hexdigest() == event.source.sha256 for end in range(1, min(400, len(lines)) + 1)
        )


def test_a_zip_is_read_and_its_media_are_not_opened(tmp_path):
    members = {"_chat.txt": CHAT.encode(), "Kontak Rahasia.vcf": b"\0", "IMG-1.jpg": b"\0", "IMG-2.jpg": b"\0"}
    path = x_archive.write_zip(tmp_path / "chat.zip", members)
    record = exports.read(path, name="chat.zip", chat=ME)
    assert record.left_out == ("*.jpg (2)", "*.vcf (1)")
    assert len(record.of("message")) == 3
    assert record.events[0].source.file == "_chat.txt"


@pytest.mark.parametrize(
    ("first", "second", "at"),
    [
        ("24/01/24 15.48 - ", "25/01/24 00.05 - ", WALL(2024, 1, 24, 15, 48)),
        ("1/24/24, 3:48 PM - ", "1/25/24, 12:05 AM - ", WALL(2024, 1, 24, 15, 48)),
        ("1/24/24, 3:48\u202fPM - ", "1/25/24, 12:05\u202fAM - ", WALL(2024, 1, 24, 15, 48)),
        ("24.01.24, 15:48 - ", "25.01.24, 00:05 - ", WALL(2024, 1, 24, 15, 48)),
        ("2024-01-24, 15:48 - ", "2024-01-25, 00:05 - ", WALL(2024, 1, 24, 15, 48)),
        ("2024-01-24, 3:48 p.m. - ", "2024-01-25, 12:05 a.m. - ", WALL(2024, 1, 24, 15, 48)),
        ("[24/01/24 15.48.07] ", "\u200e[25/01/24 00.05.00] ", WALL(2024, 1, 24, 15, 48, 7)),
        ("[1/24/24, 3:48:07 PM] ", "[1/25/24, 12:05:00 AM] ", WALL(2024, 1, 24, 15, 48, 7)),
        ("[24/01/2024, 3.48.07 sore] ", "[25/01/2024, 12.05.00 malam] ", WALL(2024, 1, 24, 15, 48, 7)),
        ("24/01/24, 11.48 siang - ", "25/01/24, 8.05 pagi - ", WALL(2024, 1, 24, 11, 48)),
        ("24-01-2024 24:00 - ", "25-01-2024 09:00 - ", WALL(2024, 1, 24, 0, 0)),
    ],
)
def test_dates_and_times_of_many_countries_are_read(tmp_path, first, second, at):
    record = read(tmp_path, f"{first}Pegawai Satu: a\n{second}Pegawai Satu: b\n")
    assert record.events[0].at == at.replace(tzinfo=WIB)
    assert len(record.events) == 2
    assert not record.problems


def test_dates_that_can_be_read_two_ways_give_no_times(tmp_path):
    record = read(tmp_path, "01/02/24 09.00 - Pegawai Satu: a\n03/04/24 09.00 - Pegawai Satu: b\n")
    assert [event.at for event in record.events] == [None, None]
    assert {event.certainty for event in record.events} == {"none"}
    assert record.events[0].written == "01/02/24 09.00"
    assert "day/month or as month/day" in said(record)[0]


def test_the_order_of_the_messages_decides_what_the_numbers_do_not(tmp_path):
    record = read(tmp_path, "30/01/24 09.00 - A: a\n01/02/24 09.00 - Pegawai Satu: b\n")
    assert record.events[0].at == datetime(2024, 2, 1, 2, tzinfo=UTC)
    record = read(tmp_path, "05/12/23 09.00 - A: a\n04/01/24 09.00 - Pegawai Satu: b\n03/02/24 09.00 - A: c\n")
    assert record.events[0].at == datetime(2024, 1, 4, 2, tzinfo=UTC)


def test_one_date_that_is_the_same_in_both_orders_is_no_doubt(tmp_path):
    assert read(tmp_path, "05/05/24 09.00 - Pegawai Satu: a\n").events[0].at is not None


def test_dates_of_no_known_order_give_no_times(tmp_path):
    record = read(tmp_path, "45/45/24 09.00 - Pegawai Satu: a\n")
    assert record.events[0].at is None
    assert "no known order" in said(record)[0]


def test_without_a_zone_no_time_is_read(tmp_path):
    record = read(tmp_path, CHAT, Chat(ME.names, None))
    assert {event.at for event in record.events} == {None}
    assert "no time zone" in said(record)[0]


def test_without_names_nothing_is_kept(tmp_path):
    record = read(tmp_path, CHAT, None)
    assert record.events == []
    assert any("it is not known whose messages" in words for words in said(record))


def test_a_respondent_who_is_not_in_the_chat_is_said(tmp_path):
    record = read(tmp_path, CHAT, Chat(frozenset({"Pegawai Empat"}), WIB))
    assert record.events == []
    assert any("no sender has the respondent's name" in words for words in said(record))


def test_a_line_that_goes_back_in_time_is_said(tmp_path):
    lines = [f"{day:02}/01/24 09.00 - Pegawai Satu: {day}" for day in range(1, 29) for _ in range(4)]
    lines.insert(80, "02/01/24 09.00 - Pegawai Satu: sisipan")
    record = read(tmp_path, "\n".join(lines))
    assert any("the chat's order breaks here" in words for words in said(record))


def test_a_pasted_chat_inside_a_message_stays_its_text(tmp_path):
    record = read(tmp_path, "24/01/24 15.48 - Pegawai Satu: lihat\n[24/01/24, 10:00:00] Pegawai Dua: dikutip\n")
    assert [event.text for event in record.events] == ["lihat\n[24/01/24, 10:00:00] Pegawai Dua: dikutip"]


def test_a_time_that_does_not_exist_is_said(tmp_path):
    record = read(tmp_path, "24/01/24 15.48 - Pegawai Satu: a\n24/01/24 25.99 - Pegawai Satu: b\n")
    assert record.events[-1].at is None
    assert "a time that does not exist" in said(record)


def test_bytes_that_are_no_text_are_said(tmp_path):
    record = read(tmp_path, b"24/01/24 15.48 - Pegawai Satu: \xff\n")
    assert "they were read as U+FFFD" in said(record)[0]


def test_a_text_that_is_no_chat_is_refused(tmp_path):
    with pytest.raises(BadInput, match="no zip and no folder"):
        read(tmp_path, "catatan biasa\n")


def test_a_second_chat_is_said_and_not_read(tmp_path):
    members = {"_chat.txt": CHAT.encode(), "lain.txt": CHAT.encode(), "bukan.txt": b"x"}
    record = exports.read(x_archive.write_zip(tmp_path / "c.zip", members), name="c.zip", chat=ME)
    assert any("a second chat" in words for words in said(record))
    assert len(record.of("message")) == 3


@pytest.mark.parametrize(
    "written", ["+62 800-0000-0001", "080000000001", "62 800 0000 0001", "+62\u00a0800\u20110000\u20110001"]
)
def test_a_number_is_the_same_however_it_is_written(written):
    assert key_of(written) == key_of("+62 800-0000-0001")


def test_names_are_compared_without_marks_and_case():
    people = People({"PEGAWAI, satu"})
    assert people.are("\u200e~\u202fPegawai Satu")
    assert not people.are("Pegawai Satunya")
    assert people.in_words("Kode keamanan dengan Pegawai Satu berubah")
    assert not people.in_words("Kode keamanan dengan Pegawai Satunya berubah")


@given(st.text(max_size=200))
def test_any_line_is_read_or_is_none(line):
    head = head_of(line)
    assert head is None or head.written


@given(st.datetimes(WALL(2009, 1, 2), WALL(2037, 1, 1)))
def test_a_zone_travels_as_plain_values(at):
    zone = ZoneInfo("Europe/Amsterdam")
    plain = json.loads(json.dumps(STEPS))
    real = at.replace(tzinfo=zone).astimezone(UTC)
    # In the hour that is told twice, or never, either reading is one.
    assert abs(Clock(plain).utc(at) - real) <= timedelta(hours=1)
    if at.month in {1, 2, 5, 6, 7, 8, 11, 12}:
        assert Clock(plain).utc(at) == real


STEPS = Chat(frozenset(), ZoneInfo("Europe/Amsterdam")).as_json()["zone"]
