"""Letters, reports and minutes: labelled lines in many wordings, and what is not in them."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.document import FactName
from telusur.domain.evidence import Grade
from telusur.exports.correspondence import holder_in, letters
from telusur.exports.correspondence.letters import read_letter
from telusur.exports.correspondence.moments import times_in

WIB = timezone(timedelta(hours=7))
DATED = "Tanggal: 14 Februari 2024\n"
DATE = datetime(2024, 2, 13, 17, tzinfo=UTC)


def read(text, kind="operator_letter", zone=WIB):
    return read_letter(text, name="evidence/surat.txt", kind=kind, grade=Grade.D, zone=zone)


def told(text, **more):
    return [(fact.name, fact.at) for fact in read(text, **more).facts]


REPLACED = datetime(2023, 12, 20, 2, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "Penggantian kartu sim: 2023-12-20T09:04:00+07:00",
        "PERGANTIAN KARTU : 20 Desember 2023 pukul 09.04 WIB",
        "Waktu ganti kartu: Rabu, 20 Desember 2023, sekitar pukul 09.04 WIB",
        "Tanggal penukaran SIM: 20/12/2023 11:04 WIT",
        "SIM swap: Dec 20, 2023 at 9:04 AM (GMT+7)",
        "SIM card replacement date: 20 December 2023 02:04 UTC",
        "Kartu SIM diganti: pukul 09.04 WIB tanggal 20 Desember 2023",
        "  Riwayat penggantian kartu (6 bulan): 20-12-2023 09.04",
    ],
)
def test_a_replaced_card_is_read_in_many_wordings(line):
    assert told(DATED + line + "\n") == [("sim_replaced_at", REPLACED)]


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("tidak ada dalam 60 hari sebelum tanggal surat", 60),
        ("Tidak pernah ada penggantian dalam 3 bulan terakhir", 84),
        ("nihil (enam puluh (60) hari terakhir)", 60),
        ("tidak tercatat; tidak ada penggantian dalam 8 minggu", 56),
        ("none in the last 60 days", 60),
        ("tidak ada", None),
    ],
)
def test_no_replacement_is_a_stretch_up_to_the_letter_s_date(value, days):
    [fact] = read(f"{DATED}Penggantian kartu SIM: {value}\n").facts
    assert (fact.name, fact.until) == ("no_sim_change_since", DATE)
    assert fact.at == (None if days is None else DATE - timedelta(days=days))


def test_a_named_stretch_without_replacement_is_taken_as_named():
    [fact] = read(f"{DATED}Penggantian kartu: tidak ada sejak 1 November 2023 sampai 31 Januari 2024\n").facts
    assert (fact.at, fact.until) == (datetime(2023, 10, 31, 17, tzinfo=UTC), datetime(2024, 1, 30, 17, tzinfo=UTC))


@pytest.mark.parametrize(
    "line",
    [
        "Penggantian kartu: data tidak tersedia",
        "Penggantian kartu: tidak ada data",
        "Penggantian kartu: tidak diketahui",
        "SIM swap: no data are kept",
        "Identitas pemohon penggantian kartu: tidak ada",
        "Alasan penggantian kartu: hilang pada 20 Desember 2023",
        "Daur ulang nomor: tidak ada",
        "Terdaftar sejak: 20 November 2013",
        "Catatan: operator tidak mempunyai catatan pendaftaran",
        "Yang terhormat Bapak/Ibu",
    ],
)
def test_what_is_not_known_or_of_something_else_is_no_fact(line):
    assert told(DATED + line + "\n") == []


def test_without_a_date_of_the_letter_no_stretch_is_claimed():
    document = read("Penggantian kartu: tidak ada dalam 60 hari\n")
    assert document.facts == ()
    assert "no date" in document.problems[0].message.en


def test_place_and_date_on_a_line_date_a_letter():
    assert read("Kota Rekaan, 14 Februari 2024\nHal: x\n").at == DATE


@pytest.mark.parametrize(
    ("value", "identified"),
    [
        ("kartu identitas asli tidak ditunjukkan", False),
        ("dengan surat kuasa", False),
        ("KTP asli pelanggan ditunjukkan", True),
        ("KTP asli pelanggan ditunjukkan, dengan surat kuasa", None),
        ("verifikasi sidik jari cocok", True),
        ("original ID shown", True),
        ("not shown", False),
        ("-", None),
        ("gerai Kota Contoh", None),
    ],
)
def test_whether_the_subscriber_was_identified(value, identified):
    document = read(f"{DATED}Identitas: {value}\nPenggantian kartu: 2023-12-20T09:04+07:00\n")
    assert [fact.identified for fact in document.facts] == [identified]


def test_a_recycled_number_is_another_subscriber_s_since_its_registration():
    text = DATED + "Daur ulang nomor: ya\nTerdaftar atas nama pelanggan sejak: 20 November 2023\n"
    assert told(text) == [("number_reassigned_at", datetime(2023, 11, 19, 17, tzinfo=UTC))]
    assert told(DATED + "Number recycled: 2023-11-20T00:00+07:00\n") == [
        ("number_reassigned_at", datetime(2023, 11, 19, 17, tzinfo=UTC))
    ]


def test_a_police_report_tells_when_it_was_made_and_when_access_was_lost():
    text = (
        "SURAT TANDA PENERIMAAN LAPORAN\nTanggal laporan kehilangan: 12 Januari 2024 jam 08.00 WIB\n"
        "Waktu kejadian menurut pelapor: 11 Januari 2024\n"
    )
    assert told(text, kind="police_report") == [
        ("reported_lost_at", datetime(2024, 1, 12, 1, tzinfo=UTC)),
        ("access_lost_at", datetime(2024, 1, 10, 17, tzinfo=UTC)),
    ]


def test_a_card_that_came_back_is_told():
    text = f"{DATED}Perangkat: telepon lain; dikembalikan ke pelanggan 2023-12-22T13:44:00+07:00\n"
    assert told(text) == [("sim_returned_at", datetime(2023, 12, 22, 6, 44, tzinfo=UTC))]


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("  1. Contoh P2 - dipegang Terlapor Contoh", ("Contoh P2", "Terlapor Contoh")),
        ("Merek SM-A525F, dipakai oleh Rekan Dua.", ("Merek SM-A525F", "Rekan Dua")),
        ("Contoh P2 (pemegang: Rekan Dua)", ("Contoh P2", "Rekan Dua")),
        ("Perangkat 1: Contoh P2 - milik Rekan", ("Contoh P2", "Rekan")),
        ("- Contoh P2: held by Rekan Dua", ("Contoh P2", "Rekan Dua")),
        ("Contoh P2, dipakai untuk pemeriksaan", None),
        ("Contoh P2 - dipegang orang lain", None),
        ("Contoh P2 - dipegang bersama", None),
        ("Contoh P2", None),
    ],
)
def test_who_holds_a_device_is_read_where_a_person_is_named(line, held):
    assert holder_in(line) == held
    assert [(fact.device, fact.holder) for fact in read(line).facts] == ([held] if held else [])


def test_a_time_without_a_zone_is_said_to_be_assumed_or_not_used():
    text = "Penggantian kartu: 20 Desember 2023 pukul 09.04\n"
    assumed, unused = read(text), read(text, zone=None)
    assert [fact.at for fact in assumed.facts] == [REPLACED]
    assert "zone of the act" in assumed.problems[0].message.en
    assert unused.facts == ()
    assert "not used" in unused.problems[0].message.en


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2023-12-20T02:04:00.123Z", REPLACED),
        ("December 20th, 2023 at 9:04 PM GMT+07:00", REPLACED + timedelta(hours=12)),
        ("Dec 20, 2023 at 12:04 AM UTC", datetime(2023, 12, 20, 0, 4, tzinfo=UTC)),
        ("20 Des 2023 10.04 wita", REPLACED),
        ("20 December 2023 9:04 with", REPLACED),
        ("20 Dec 2023 9:04 CEST", None),
        ("20 Dec 2023 19:04 PM UTC", None),
        ("32 Desember 2023", None),
        ("20 Sembarang 2023", None),
        ("20 Dec 2023 9:04 UTC+30", None),
    ],
)
def test_times_are_read_as_people_write_them_or_not_at_all(written, at):
    assert [one.at for one in times_in(written, WIB)] == ([] if at is None else [at])


def test_every_row_of_the_table_names_a_fact_and_patterns_that_compile():
    table = letters._table()
    for row in table["rows"]:
        assert row["fact"] in {*get_args(FactName), "other", "identified", "registered_since", "device_returned"}
        assert re.compile(row["label"])
    for name in set(table) - {"rows", "schema"}:
        assert re.compile(table[name])


@given(st.text(max_size=400), st.sampled_from(["operator_letter", "police_report", "document"]))
def test_no_text_stops_the_reader(text, kind):
    assert read(f"Tanggal: {text}\nPenggantian kartu: {text}\n{text}", kind=kind).path == "evidence/surat.txt"


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Nomor pelanggan: +62 800-0000-4800", ("+62 800-0000-4800",)),
        ("No. HP: 0800 0000 4800 (prabayar)", ("0800 0000 4800",)),
        ("MSISDN: 6280000004800", ("6280000004800",)),
        ("Nomor: 650/OPR/REK/2024", ()),
        ("Nomor KTP: 6280000004800123", ()),
        ("Nomor pelanggan: 0800-xxxx-4800", ()),
    ],
)
def test_a_letter_s_subscriber_number_is_told_from_its_other_numbers(line, numbers):
    assert read(line + "\n").numbers == numbers
    assert read(line + "\n", kind="police_report").numbers == ()
