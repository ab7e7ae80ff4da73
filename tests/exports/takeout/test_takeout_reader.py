"""A Google Takeout's tables with 13 and 16 columns, in two languages; all of it is invented."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import UTC, datetime

import pytest

import x_archive
from telusur import exports
from telusur.domain.errors import BadInput
from telusur.evidence.zip_archive import ZipArchive

pytestmark = pytest.mark.usefixtures("here")
CANARY = "KENARI-RAHASIA"
AGENT = "Mozilla/5.0 (Linux; Android 13; Rekaan R1) AppleWebKit/537.36 Chrome/118.0 Mobile Safari/537.36"
GAIA = "100000000001"
ENGLISH = (
    "Gaia ID", "Activity Timestamp", "IP Address", "Proxied Host IP Address", "Is Non-routable IP Address", "Country",
    "Region", "City", "User Agent String", "Product", "Sub-Product", "Activity Type", "Gmail Access Channel",
)  # fmt: skip
LATER = (*ENGLISH[:11], "Referer Product", "Referer Sub-Product", *ENGLISH[11:], "Android Webview Package")
INDONESIAN = (
    "ID Gaia", "Stempel waktu", "Alamat", "Proksi", "Tidak dapat dirutekan", "Negara", "Wilayah", "Kota", "Agen",
    "Produk", "Subproduk", "Jenis", "Saluran",
)  # fmt: skip
COMMENT = "UgxRekaan0000000000000001"
CHANNEL = "UC" + "rekaan" + "0" * 16


def row(day, kind="Login", *, later=False):
    cells = [
        GAIA,
        f"2024-01-0{day} 03:04:05 UTC",
        "192.0.2.7",
        "",
        "",
        "ID",
        "Rekaan",
        "Rekaan",
        AGENT,
        "YouTube",
        "Web",
    ]
    return [*cells, *(["", ""] if later else []), kind, "", *([""] if later else [])]


def table(*rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def members(head=ENGLISH, *, later=False):
    log = "Takeout/Access Log Activity/"
    tube = "Takeout/YouTube and YouTube Music/"
    words = '{"text":"setuju, "},{"text":"lanjutkan"}'
    return {
        f"{log}Activities - A list of Google services accessed by.csv": table(
            head, row(1, later=later), row(2, "Lihat", later=later)
        ),
        f"{log}Devices - A list of devices.csv": table(
            ("Gaia ID", "Device Type", "Brand Name", "Marketing Name", "OS", "Device Last Location"),
            (
                GAIA,
                "MOBILE",
                "Rekaan",
                "R1",
                "Android",
                "Country ISO: ID | Last Activity Time: 2024-01-03 03:04:05 UTC",
            ),
        ),
        f"{tube}comments/comments.csv": table(
            ("Comment ID", "Channel ID", "Comment Create Timestamp", "Price", "Video ID", "Comment Text"),
            (COMMENT, CHANNEL, "2024-01-04T01:00:00.000000+00:00", "0", "rekaan00001", words),
        ),
        f"{tube}playlists/Liked videos.csv": table(
            ("Video ID", "Playlist Video Creation Timestamp"), ("rekaan00001", "2024-01-05T01:00:00+00:00")
        ),
        f"{tube}history/watch-history.json": CANARY.encode(),
        f"{tube}history/search-history.csv": table(ENGLISH, row(3), [CANARY] * 13),
        f"{tube}playlists/Rahasia.csv": table(("Video ID", "Time"), ("rekaan00002", "2024-01-05T01:00:00+00:00")),
        "Takeout/Mail/All mail.mbox": CANARY.encode(),
        "Takeout/Contacts/Kenari.vcf": CANARY.encode(),
    }


def read(tmp_path, files):
    return exports.read(x_archive.write_zip(tmp_path / "t.zip", files), name="t.zip")


@pytest.mark.parametrize(("head", "later"), [(ENGLISH, False), (LATER, True), (INDONESIAN, False)])
def test_the_tables_are_read_in_any_form_and_language(tmp_path, head, later):
    record = read(tmp_path, members(head, later=later))
    assert [event.action for event in record.events][1:] == ["session_seen", "device_seen", "comment", "like"]
    first, _, device, comment, like = record.events
    assert (first.at, first.certainty) == (datetime(2024, 1, 1, 3, 4, 5, tzinfo=UTC), "exact")
    assert (first.ip, first.user_agent, first.model) == ("192.0.2.7", AGENT, "Rekaan R1")
    assert (device.model, device.at) == ("Rekaan R1", datetime(2024, 1, 3, 3, 4, 5, tzinfo=UTC))
    assert (comment.text, comment.object_id) == ("setuju, lanjutkan", COMMENT)
    assert like.object_id == "rekaan00001"
    assert record.account.platform == "youtube"
    assert record.account.account_id == CHANNEL
    assert not record.problems
    assert record.of("login") if head is not INDONESIAN else record.of("session_seen")


def test_histories_mail_and_contacts_are_never_opened(tmp_path, monkeypatch):
    opened = []
    real = ZipArchive.open

    def spy(self, name):
        opened.append(name)
        return real(self, name)

    monkeypatch.setattr(ZipArchive, "open", spy)
    record = read(tmp_path, members())
    assert CANARY not in repr(record)
    assert not [name for name in opened if "history" in name or "Mail" in name or "Contacts" in name]
    assert "Takeout/Mail/" in record.left_out
    assert "Takeout/Contacts/" in record.left_out


def test_a_row_is_found_again_by_its_bytes(tmp_path):
    files = members()
    for event in read(tmp_path, files).events:
        raw = files[event.source.file][event.source.offset :].split(b"\n")[0]
        assert hashlib.sha256(raw).hexdigest() == event.source.sha256


def test_a_row_that_is_broken_is_said(tmp_path):
    files = members()
    name = next(iter(files))
    files[name] += b"100000000001,2024-01\n" + table([*row(4)[:1], "kemarin", *row(4)[2:]])
    record = read(tmp_path, files)
    assert record.log("sessions").skipped == 2
    assert [problem.message.en.rpartition("skipped: ")[2] for problem in record.problems] == [
        "it has 2 cells, not 13",
        "'kemarin' is no time",
    ]


def test_a_table_of_another_form_beside_them_is_said(tmp_path):
    files = members()
    files["Takeout/Access Log Activity/Baru.csv"] = table(("a", "b"), ("1", "2"))
    assert [problem.file for problem in read(tmp_path, files).problems] == ["Takeout/Access Log Activity/Baru.csv"]


def test_a_takeout_without_such_tables_is_named(tmp_path):
    with pytest.raises(BadInput, match="looks like a Google Takeout"):
        read(tmp_path, {"Takeout/archive_browser.html": b"x"})
