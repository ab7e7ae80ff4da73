"""What the self-report on paper promises, whoever asks for it."""

from __future__ import annotations

import hashlib
import io
from datetime import date

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.moment import Moment
from telusur.dossier.render.speech import words
from telusur.dossier.selfreport import (
    ACCESS,
    Attached,
    Hashing,
    SelfReport,
    as_json,
    attach,
    check,
    read_self_report,
    self_report_pdf,
)

DAY = date(2024, 1, 20)


def report(**other):
    said = {
        "day": DAY,
        "platform": "x",
        "handle": "contoh",
        "noticed": Moment.parse("2024-01-20T09:35+07:00"),
        "last_access": None,
        "access": "locked_out",
        "happened": "Muncul unggahan.",
    }
    return SelfReport(**{**said, **other})


def said(pdf):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_it_is_for_archives_and_for_ears_and_dated_by_its_day():
    read = pypdf.PdfReader(io.BytesIO(self_report_pdf(report())))
    metadata = read.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert read.metadata["/CreationDate"].startswith("D:20240120")
    assert read.trailer["/Root"]["/Lang"] == "id"


def test_the_same_report_gives_the_same_bytes_and_another_others():
    assert self_report_pdf(report()) == self_report_pdf(report()) != self_report_pdf(report(handle="lain"))


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_written_is_set_and_never_read_as_typst(happened, handle, name):
    made = report(happened=happened, handle=handle, name=name, attached=(Attached(name, 1, "0" * 64),))
    assert self_report_pdf(made).startswith(b"%PDF")


def test_words_of_typst_are_shown_as_words():
    assert '#eval("1+1")' in said(self_report_pdf(report(happened='#eval("1+1") $x$ *tebal*')))


@pytest.mark.parametrize("access", ACCESS)
def test_every_state_of_access_and_every_platform_has_its_words(access):
    assert f"access.{access}" in words("telusur.dossier.selfreport")


def test_a_large_table_of_files_goes_over_several_pages():
    files = tuple(Attached(f"berkas-{i}.eml", i, hashlib.sha256(b"%d" % i).hexdigest()) for i in range(120))
    text = said(self_report_pdf(report(attached=files))).replace(" ", "")
    assert all(one.sha256 in text for one in files)


def test_a_file_is_hashed_alike_from_a_path_and_in_chunks(tmp_path):
    path = tmp_path / "arsip.zip"
    path.write_bytes(b"abc" * 700_000)
    hashing = Hashing()
    for start in range(0, 2_100_000, 1000):
        hashing.take((b"abc" * 700_000)[start : start + 1000])
    assert hashing.named("C:\\Unduhan\\arsip.zip") == attach(path)
    assert attach(path).size == 2_100_000


def test_a_pipe_or_a_folder_is_no_file(tmp_path):
    for place in (tmp_path, tmp_path / "tiada"):
        with pytest.raises(BadInput):
            attach(place)


def test_the_last_use_may_fall_in_the_minute_of_noticing_but_not_after():
    noticed = Moment.parse("2024-01-20T09:35+07:00")
    same, later = Moment.parse("2024-01-20T10:35+08:00"), Moment.parse("2024-01-20T09:36+07:00")
    assert list(check(report(noticed=noticed, last_access=same))) == []
    assert [one.field for one in check(report(noticed=noticed, last_access=later))] == ["last_access"]


def test_a_report_reads_back_as_it_was_written(tmp_path):
    made = report(last_access=Moment.parse("2024-01-19T08:00+07:00"), done="Lapor.", name="Nama")
    held = as_json(made)
    fields = {name: held[name] for name in ("day", "platform", "handle", "noticed", "last_access", "access")}
    assert (
        read_self_report(DAY, None, {**fields, "happened": held["happened"], "done": "Lapor.", "name": "Nama"}) == made
    )


@pytest.mark.parametrize("text", ["- a\n", "satu\n", "[]\n"])
def test_a_document_that_is_no_report_is_refused(tmp_path, text):
    path = tmp_path / "r.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SeveralProblems):
        read_self_report(DAY, path)
