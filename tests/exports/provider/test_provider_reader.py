"""Tables of logins with any names of columns; accounts, addresses and cookies are invented."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import x_archive
from telusur import exports
from telusur.domain.account import Account
from telusur.domain.errors import BadInput
from telusur.exports.masks import named_by_hash

AGENT = "Mozilla/5.0 (Linux; Android 13; Rekaan R1) AppleWebKit/537.36 Chrome/118.0 Mobile"
COOKIE = "rekaan0001cookie"
HEAD = ("account_id", "event", "time_utc", "ip_address", "user_agent", "cookie")
ROWS = [
    ("1000000000000001", "LOGIN", "2024-01-02T03:04:05.000Z", "192.0.2.7", AGENT, COOKIE),
    ("1000000000000001", "SESSION_UPDATE", "2024-01-03T03:04:05.000Z", "198.51.100.7", AGENT, COOKIE),
    ("1000000000000001", "PASSWORD_CHANGE", "2024-01-04T03:04:05.000Z", "2001:db8::7", AGENT, COOKIE),
    ("1000000000000001", "LOGOUT", "2024-01-05T03:04:05.000Z", "192.0.2.7", AGENT, COOKIE),
]
CASE = Account("facebook", "pegawai.satu", "1000000000000001")


def written(rows, head=HEAD, separator=","):
    out = io.StringIO()
    table = csv.writer(out, delimiter=separator, lineterminator="\n")
    table.writerows([head, *rows] if head else rows)
    return out.getvalue()


def read(tmp_path, content, name="logins.csv", account=CASE):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return exports.read(path, name=f"evidence/{name}", kind="provider_record", account=account)


def said(record):
    return [problem.message.en for problem in record.problems]


def columns(rows, *kept):
    return [tuple(row[HEAD.index(name)] for name in kept) for row in rows]


@pytest.mark.usefixtures("here")
class TestTables:
    def test_rows_are_logins_sessions_and_changes_with_their_devices(self, tmp_path):
        record = read(tmp_path, written(ROWS))
        assert [event.action for event in record.events] == ["login", "session_seen", "password_changed", "logout"]
        first = record.events[0]
        assert (first.at, first.certainty) == (datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "exact")
        assert (first.ip, first.user_agent, first.model) == ("192.0.2.7", AGENT, "Rekaan R1")
        assert first.device == named_by_hash(COOKIE)
        assert COOKIE not in repr(record)
        assert record.kind == "provider_record"
        assert record.account == Account("facebook", None, "1000000000000001")
        assert not record.problems

    def test_a_row_is_found_again_by_its_bytes(self, tmp_path):
        content = written(ROWS).encode()
        for event in read(tmp_path, content).events:
            line = content[event.source.offset :].split(b"\n")[0]
            assert hashlib.sha256(line).hexdigest() == event.source.sha256

    @pytest.mark.parametrize("separator", [";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_separator_and_encoding_do_not_matter(self, tmp_path, separator, encoding):
        record = read(tmp_path, written(ROWS, separator=separator).encode(encoding))
        plain = read(tmp_path, written(ROWS))
        assert [(e.at, e.ip, e.device, e.action) for e in record.events] == [
            (e.at, e.ip, e.device, e.action) for e in plain.events
        ]

    def test_names_of_columns_in_any_language_do_not_matter(self, tmp_path):
        record = read(tmp_path, written(ROWS, head=("A", "Peristiwa", "Waktu", "Alamat", "Peramban", "Kuki")))
        assert [event.device for event in record.events] == [named_by_hash(COOKIE)] * 4
        assert record.events[2].ip == "2001:db8::7"

    def test_a_table_without_names_is_read_by_its_values(self, tmp_path):
        record = read(tmp_path, written(columns(ROWS, "time_utc", "ip_address"), head=None))
        assert [event.ip for event in record.events] == [row[3] for row in ROWS]
        assert record.account.platform == "facebook"

    def test_lines_before_the_table_are_passed_over(self, tmp_path):
        record = read(tmp_path, "Rekaan, Inc.\nPermintaan 7\n\n" + written(ROWS))
        assert len(record.events) == 4

    @pytest.mark.parametrize(
        ("cells", "at", "certainty"),
        [
            (["1704164645", "1704251045"], datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "exact"),
            (
                ["2024-01-02 03:04:05 UTC", "2024-01-03 03:04:05 UTC"],
                datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
                "exact",
            ),
            (
                ["02/01/2024 10:04:05 +0700", "13/01/2024 10:04:05 +0700"],
                datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
                "exact",
            ),
            (["1/2/2024 03:04", "1/13/2024 03:04"], datetime(2024, 1, 2, 3, 4, tzinfo=UTC), "zone_documented"),
            (["02/01/2024 03:04", "03/01/2024 03:04"], None, "none"),
        ],
    )
    def test_times_are_read_in_several_forms(self, tmp_path, cells, at, certainty):
        rows = [(cell, "192.0.2.7") for cell in cells]
        event = next(e for e in read(tmp_path, written(rows, head=("t", "a"))).events if e.written == cells[0])
        assert (event.at, event.certainty) == (at, certainty)

    def test_a_time_without_zone_of_an_unknown_platform_stays_unread(self, tmp_path):
        rows = [("2024-01-02 03:04:05", "192.0.2.7")] * 2
        record = read(tmp_path, written(rows, head=("t", "a")), account=None)
        assert {event.at for event in record.events} == {None}
        assert record.account.platform == "other"

    def test_rows_of_another_account_are_refused_by_name(self, tmp_path):
        other = [("2000000000000002", *row[1:]) for row in ROWS]
        record = read(tmp_path, written([*ROWS, *other]))
        assert len(record.events) == 4
        assert said(record) == ["4 rows are of another account (2000000000000002); they were not read"]

    def test_two_accounts_of_which_none_is_the_cases_are_refused(self, tmp_path):
        other = [("2000000000000002", *row[1:]) for row in ROWS]
        with pytest.raises(BadInput, match="rows of 2 accounts"):
            read(tmp_path, written([*ROWS, *other]), account=None)

    def test_a_row_without_a_time_is_said_and_skipped(self, tmp_path):
        broken = (*ROWS[1][:2], "kemarin", *ROWS[1][3:])
        record = read(tmp_path, written([*ROWS, *ROWS, broken]))
        assert "'kemarin' is no time" in said(record)[0]
        assert record.log("sessions").skipped == 1

    def test_failed_attempts_are_no_logins(self, tmp_path):
        failed = (ROWS[0][0], "LOGIN FAILED", *ROWS[0][2:])
        record = read(tmp_path, written([*ROWS, failed]))
        assert len(record.events) == 4
        assert said(record) == ["1 failed attempts; they were only counted"]

    def test_a_port_is_no_part_of_an_address(self, tmp_path):
        rows = [("2024-01-02T03:04:05Z", "192.0.2.7:443"), ("2024-01-02T03:04:06Z", "[2001:db8::7]:443")]
        assert [e.ip for e in read(tmp_path, written(rows, head=("t", "a"))).events] == ["192.0.2.7", "2001:db8::7"]

    def test_a_line_end_inside_quotes_is_no_new_row(self, tmp_path):
        rows = [(*row[:4], f"{AGENT}\nlanjutan", row[5]) for row in ROWS]
        assert len(read(tmp_path, written(rows)).events) == 4

    def test_a_quote_that_is_never_closed_costs_its_own_row(self, tmp_path):
        content = written(ROWS).replace("198.51.100.7", '"198.51.100.7')
        record = read(tmp_path, content)
        assert len(record.events) == 3
        assert said(record) == ["a record of no known form; it was skipped: it has 4 cells, not 6"]

    def test_lists_of_x_are_read(self, tmp_path):
        audit = (
            '-----BEGIN PGP SIGNED MESSAGE-----\n[ {\n "ipAudit" : {\n  "accountId" : "7000000001",\n'
            '  "createdAt" : "2024-01-02T03:04:05.000Z",\n  "loginIp" : "192.0.2.7"\n } } ]\n'
        )
        token = (
            '{"deviceToken" : {"token" : "rahasia0001", "clientApplicationName" : "X for Rekaan", '
            '"createdAt" : "2024-01-01T00:00:00.000Z", "lastSeenAt" : "2024-01-09T00:00:00.000Z", '
            '"accountId" : "7000000001"}}'
        )
        members = {
            "7-ip-audit.txt": audit.encode(),
            "7-device-token.txt": token.encode(),
            "7-direct-messages.txt": b'{"text" : "KENARI", "createdAt" : "2024-01-01T00:00:00.000Z"}',
        }
        path = x_archive.write_zip(tmp_path / "x.zip", members)
        record = exports.read(path, name="x.zip", kind="provider_record")
        assert record.account == Account("x", None, "7000000001")
        login, added = record.of("login")[0], record.of("device_added")[0]
        assert login.ip == "192.0.2.7"
        assert (added.client, added.device) == ("X for Rekaan", named_by_hash("rahasia0001"))
        assert added.until == datetime(2024, 1, 9, tzinfo=UTC)
        assert record.left_out == ("7-direct-messages.txt",)
        raw = audit.encode()[login.source.offset :]
        assert hashlib.sha256(raw[: raw.index(b"}") + 1]).hexdigest() == login.source.sha256

    def test_a_text_that_is_no_table_is_refused(self, tmp_path):
        with pytest.raises(BadInput, match="no zip and no folder"):
            read(tmp_path, "catatan biasa\n")

    def test_a_whole_export_is_read_as_one_with_the_kind_of_a_record(self, tmp_path):
        path = x_archive.write_zip(tmp_path / "x.zip", x_archive.files())
        record = exports.read(path, name="x.zip", kind="provider_record")
        assert record.kind == "provider_record"
        assert record.events == exports.read(path, name="x.zip").events

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(at=st.integers(0, 600), byte=st.integers(0, 255))
    def test_a_changed_byte_never_breaks_the_reader(self, tmp_path, at, byte):
        content = bytearray(written(ROWS).encode())
        content[at % len(content)] = byte
        try:
            record = read(tmp_path, bytes(content))
        except BadInput:
            return
        lost = sum(log.skipped for log in record.logs)
        assert len(record.events) + lost >= 3 or record.problems


def test_a_spreadsheet_is_read_in_the_limited_worker(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Rekaan, Inc."])
    book.active.append(["Waktu (UTC)", "IP", "Peramban", "Device ID"])
    for day in (1, 2):
        book.active.append([datetime(2024, 1, day, 3, 4, 5), "192.0.2.7", AGENT, COOKIE])  # noqa: DTZ001 - Excel has no zones
    book.create_sheet("Catatan").append(["tidak ada"])
    book.save(tmp_path / "x.xlsx")
    record = exports.read(tmp_path / "x.xlsx", name="evidence/x.xlsx", kind="provider_record", account=CASE)
    assert [event.at for event in record.events] == [datetime(2024, 1, day, 3, 4, 5, tzinfo=UTC) for day in (1, 2)]
    assert record.events[0].device == named_by_hash(COOKIE)
    assert record.events[0].source.file == "x.xlsx#Sheet"
    assert record.events[0].source.offset == 3
    assert said(record) == ["no table of logins; it was not read"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("sheet", "words"),
    [(b"<!DOCTYPE x []><x/>", "declares entities"), (b"<kacau", "damaged"), (b"", "damaged")],
)
def test_a_spreadsheet_that_is_none_is_refused(tmp_path, sheet, words):
    path = x_archive.write_zip(tmp_path / "x.xlsx", {"xl/workbook.xml": sheet})
    with pytest.raises(BadInput, match=words):
        exports.read(path, name="x.xlsx", kind="provider_record")


def test_a_table_is_no_export(tmp_path):
    path = tmp_path / "logins.csv"
    path.write_text(written(ROWS))
    with pytest.raises(BadInput, match="no zip and no folder"):
        exports.read(path, name="logins.csv")
