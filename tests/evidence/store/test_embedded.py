"""What a file says of its own making is read in the limited worker, and believed by nobody."""

import logging
import os
from datetime import datetime

import docx
import pytest
from PIL import Image
from pypdf import PdfWriter

from telusur.evidence import store as stores
from telusur.evidence.limits import Limits
from telusur.evidence.opening import Opened
from telusur.evidence.store import embedded, embedded_worker
from telusur.evidence.store.embedded import embedded_dates


def picture(path, **tags):
    exif = Image.Exif()
    inner = exif.get_ifd(0x8769)
    for number, value in ((0x9003, tags.get("original")), (0x9011, tags.get("zone"))):
        if value:
            inner[number] = value
    if tags.get("changed"):
        exif[0x0132] = tags["changed"]
    Image.new("RGB", (8, 8)).save(path, exif=exif.tobytes())
    return path


def paper(path, written):
    made = PdfWriter()
    made.add_blank_page(100, 100)
    made.add_metadata({"/CreationDate": written})
    made.write(path)
    return path


def letter(path):
    made = docx.Document()
    made.core_properties.created = datetime(2024, 1, 20, 9, 35)  # noqa: DTZ001 - python-docx takes UTC without saying so
    made.save(path)
    return path


def test_pictures_papers_and_office_files_say_when_they_were_made(tmp_path):
    (tmp_path / "catatan.txt").write_text("isi")
    files = {
        picture(tmp_path / "a.jpg", original="2024:01:20 09:35:00", zone="+07:00"): "2024-01-20T09:35:00+07:00",
        picture(tmp_path / "b.png", original="2024:01:20 09:35:00"): "2024-01-20T09:35:00",
        picture(tmp_path / "c.jpg", changed="2023:12:01 00:00:01"): "2023-12-01T00:00:01",
        picture(tmp_path / "d.jpg"): None,
        tmp_path / "catatan.txt": None,
        paper(tmp_path / "e.pdf", "D:20240120093500+07'00'"): "2024-01-20T09:35:00+07:00",
        paper(tmp_path / "f.pdf", "D:20240120"): "2024-01-20",
        paper(tmp_path / "g.pdf", "kemarin"): None,
        letter(tmp_path / "h.docx"): "2024-01-20T09:35:00Z",
        tmp_path / "tiada.jpg": None,
    }
    assert embedded_dates(list(files)) == list(files.values())
    # The same within this process, where its lines are counted.
    here = [path for path in files if path.suffix in {".jpg", ".png", ".pdf", ".docx"} and path.exists()]
    pieces = [embedded._piece(0, path) for path in here]
    (tmp_path / "semua").write_bytes(b"".join(piece.content for piece in pieces))
    descriptor = os.open(tmp_path / "semua", os.O_RDONLY)
    told = embedded_worker.dates(
        Opened(descriptor, "semua", {}), pieces=[[len(piece.content), piece.type] for piece in pieces]
    )
    assert [one["written"] for one in told] == [files[path] for path in here]
    os.close(descriptor)
    logging.disable(logging.NOTSET)


def test_the_date_is_kept_apart_from_what_is_claimed(store, tmp_path):
    path = picture(tmp_path / "a.jpg", original="2020:01:01 00:00:00")
    [item] = stores.add(store, "K-1", stores.given([path], stores.Receipt(claimed_at="2024-01-20")), actor="x")
    assert (item.embedded_at, item.claimed_at) == ("2020-01-01T00:00:00", "2024-01-20")
    assert stores.check(store).holds


def test_a_file_that_stops_its_reader_costs_the_others_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "_LIMITS", Limits(cpu_seconds=6, wall_seconds=20.0, memory_bytes=400 << 20))
    asked = []
    really = embedded._told

    def told(load):
        asked.append(len(load))
        if any(piece.index == 1 for piece in load):
            raise embedded.BadInput("stopped")
        return really(load)

    monkeypatch.setattr(embedded, "_told", told)
    paths = [picture(tmp_path / f"{i}.jpg", original="2020:01:01 00:00:00") for i in range(4)]
    assert [date is not None for date in embedded_dates(paths)] == [True, False, True, True]
    assert asked == [4, 2, 1, 1, 2]
    monkeypatch.setattr(embedded, "_PATIENCE", 0.0)
    assert embedded_dates(paths) == [None] * 4


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe1rusak", b"%PDF-1.7\nrusak", b"PK\x03\x04rusak"])
def test_a_broken_file_says_nothing(tmp_path, content):
    (tmp_path / "x").write_bytes(content * 20)
    assert embedded_dates([tmp_path / "x"]) == [None]


def test_many_files_are_read_a_load_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "_FILES", 2)
    paths = [picture(tmp_path / f"{i}.jpg", original="2020:01:01 00:00:00") for i in range(5)]
    assert None not in embedded_dates(paths)
