"""The self-report on the screen: a PDF of what was typed, with the hashes of files that were never kept."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pypdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from telusur.office.public import uploads

ADDRESS = "/akun-diambil-alih/laporan-diri/"
NOW = "2024-01-20T12:00:00Z"
SAID = {
    "platform": "instagram",
    "akun": "akun_contoh",
    "tahu_tanggal": "20 Januari 2024",
    "tahu_jam": "09.35",
    "tahu_zona": "WITA",
    "pakai_tanggal": "19/01/2024",
    "pakai_jam": "21.00",
    "pakai_zona": "WITA",
    "keadaan": "locked_out",
    "terjadi": "Muncul tiga unggahan.\nBukan saya.",
    "tindakan": "Sandi surel diganti.",
    "nama": "Nama Contoh",
}
LETTER = b"From: platform\n\nYour address was changed.\n"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def letter(name="surel.eml", content=LETTER):
    return SimpleUploadedFile(name, content)


def checked(browser, *files, **other):
    sent = {**SAID, **other, "lakukan": "periksa", **({"berkas": list(files)} if files else {})}
    return browser._page(browser.client.post(ADDRESS, sent))


def paper(browser, page):
    form = page.form
    sent = {}
    for name, value in form.hidden:
        sent.setdefault(name, []).append(value)
    return browser.client.post(form.action, {**sent, "lakukan": ["pdf"]})


def words(pdf):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_paper_says_what_was_typed_and_the_hash_of_each_file(browser):
    given = paper(browser, checked(browser, letter()))
    assert given["Content-Type"] == "application/pdf"
    assert "2024-01-20.pdf" in given["Content-Disposition"]
    said = words(given.content)
    time = {"id": "20 Januari 2024 pukul 09.35 WITA", "en": "20 January 2024, 09:35 WITA"}
    for expected in (
        "akun_contoh",
        "Muncul tiga unggahan.",
        "Sandi surel diganti.",
        "Nama Contoh",
        time[browser.language],
    ):
        assert expected in said
    assert hashlib.sha256(LETTER).hexdigest() in said.replace(" ", "")


def test_the_same_words_on_the_same_day_give_the_same_bytes(browser):
    page = checked(browser, letter())
    assert paper(browser, page).content == paper(browser, checked(browser, letter())).content


def test_no_file_is_written_not_even_a_large_one(browser, office, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    before = sorted(Path(office).rglob("*"))
    page = checked(browser, letter("arsip.zip", b"x" * 5_000_000), letter())
    assert hashlib.sha256(b"x" * 5_000_000).hexdigest() in page.text.replace(" ", "")
    assert list(tmp_path.iterdir()) == []
    assert sorted(Path(office).rglob("*")) == before


def test_a_wrong_field_keeps_what_was_typed_and_the_files_need_not_be_chosen_again(browser):
    wrong = checked(browser, letter(), tahu_jam="25.00")
    assert "errors-title" in wrong.response.content.decode()
    for name in ("akun", "tahu_tanggal", "tahu_jam", "terjadi", "tindakan", "nama"):
        expected = "25.00" if name == "tahu_jam" else SAID[name]
        assert wrong.form.fields[name].strip() == expected
    mended = browser.send(wrong, button=("lakukan", "periksa"), **{**SAID, "tahu_jam": "09.35"})
    assert hashlib.sha256(LETTER).hexdigest() in mended.text.replace(" ", "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("platform", ""),
        ("platform", "friendster"),
        ("akun", ""),
        ("tahu_tanggal", ""),
        ("tahu_tanggal", "21 Januari 2024"),
        ("tahu_zona", "WIB2"),
        ("pakai_jam", ""),
        ("pakai_tanggal", "20 Januari 2024"),
        ("keadaan", ""),
        ("terjadi", "   "),
        ("akun", "x" * 500),
    ],
)
def test_what_is_missing_or_cannot_be_is_told(browser, field, value):
    page = checked(browser, **{field: value})
    assert "errors-title" in page.response.content.decode()


def test_the_last_use_may_be_forgotten(browser):
    page = checked(browser, pakai_tanggal="", pakai_jam="")
    assert {"id": "tidak diingat", "en": "not remembered"}[browser.language] in page.text


def test_what_was_checked_can_be_changed(browser):
    page = checked(browser, letter())
    again = browser.send(page, button=("lakukan", "ubah"))
    assert again.form.fields["akun"] == "akun_contoh"
    assert "errors-title" not in again.response.content.decode()
    assert any(name == "tetap" for name, _ in again.form.hidden)


def test_a_hash_that_we_did_not_make_is_left_out(browser):
    page = checked(browser, tetap=["bohong", "x:y:z", "W10:1a:b"])
    assert {"id": "Tidak ada berkas", "en": "No files are named"}[browser.language] in page.text


def test_the_same_file_is_named_once(browser):
    page = checked(browser, letter(), letter())
    assert page.text.count("surel.eml") == 1


def test_too_much_is_told_and_the_words_stay(browser, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    page = checked(browser, letter(content=b"x" * 2000))
    assert "errors-title" in page.response.content.decode()
    assert page.form.fields["akun"] == "akun_contoh"


def test_more_files_than_are_taken_are_told(browser):
    page = checked(browser, *(letter(f"{i}.eml", b"%d" % i) for i in range(21)))
    assert "errors-title" in page.response.content.decode()


def test_names_that_steer_or_climb_are_shown_plainly(browser):
    page = checked(browser, letter("..\\..\\etc\u202epdf.eml"))
    assert "\u202e" not in words(paper(browser, page).content)
    assert ".." not in page.text


def test_it_begins_with_the_platform_that_was_read_about(browser):
    page = browser.get("/akun-diambil-alih/tiktok/")
    begun = browser.send(page, button=("lakukan", "mulai"))
    assert "tiktok" in begun.form.checked
    assert "errors-title" not in begun.response.content.decode()


def test_night_in_the_east_is_no_time_to_come(browser):
    with time_machine.travel("2024-01-20T16:30:00Z", tick=False):
        page = checked(browser, tahu_tanggal="21/01/2024", tahu_jam="01.15", tahu_zona="WIT")
    assert {"id": "21 Januari 2024", "en": "21 January 2024"}[browser.language] in page.text
    assert "errors-title" not in page.response.content.decode()
