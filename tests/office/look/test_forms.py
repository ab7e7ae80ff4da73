"""Forms keep what was typed, say per field what to do, and give out what the process needs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from telusur.domain.text import Text
from telusur.office import fields, zones
from telusur.office.forms import (
    Choice,
    ChoicesField,
    DateField,
    FileField,
    FilesField,
    Form,
    MomentField,
    NipField,
    NumberField,
    check_field,
    choice_field,
    line_field,
    words_field,
)

NOW = datetime(2024, 2, 14, 18, 30, tzinfo=UTC)


class Everything(Form):
    day = DateField(label="Tanggal", required=False)
    moment = MomentField(label="Waktu", required=False)
    number = NumberField(label="Jumlah", least=1, most=100_000, required=False)
    nip = NipField(label="NIP", required=False)
    way = choice_field(
        ("Cara", "Way"),
        [
            Choice("report", Text("Laporan", "Report"), Text("Dari masyarakat", "From the public")),
            Choice("lead", Text("Informasi", "Lead")),
        ],
        required=False,
    )
    claims = ChoicesField(
        [Choice("a", Text("Satu", "One")), Choice("b", Text("Dua", "Two"))], label="Klaim", required=False
    )
    files = FilesField(label="Bukti", required=False)
    story = words_field(("Cerita", "Story"), ("Singkat saja.", "Keep it short."), required=False, max_length=40)


def filled(**typed: object) -> Everything:
    return Everything(
        {key: value for key, value in typed.items() if key != "files"},
        MultiValueDict({"files": typed.get("files", [])}),
    )  # type: ignore[dict-item]


def wrong(form: forms.Form, name: str) -> str:
    return " ".join(str(words) for words in form.errors[name])


def test_a_form_without_faults_gives_values() -> None:
    form = filled(
        day="14 Februari 2024",
        moment_tanggal="14/02/2024",
        moment_jam="13.05",
        moment_zona="WITA",
        number="1.234",
        nip="19390411 195903 1 009",
        way="lead",
        claims=["a", "b"],
    )
    assert form.is_valid(), form.errors
    got = form.cleaned_data
    assert got["day"] == date(2024, 2, 14)
    assert got["number"] == 1234
    assert got["nip"] == "193904111959031009"
    assert got["claims"] == ["a", "b"]


def test_a_moment_keeps_the_zone_in_which_it_was_given() -> None:
    form = filled(moment_tanggal="14 Februari 2024", moment_jam="13.05", moment_zona="WIT")
    assert form.is_valid()
    moment = form.cleaned_data["moment"]
    assert moment.tzinfo is zones.ZONES["WIT"]
    assert moment.astimezone(UTC) == datetime(2024, 2, 14, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"moment_tanggal": "14 Februari 2024", "moment_jam": "", "moment_zona": "WIB"}, "Isi juga jamnya"),
        ({"moment_tanggal": "", "moment_jam": "13.05", "moment_zona": "WIB"}, "Isi juga tanggalnya"),
        ({"moment_tanggal": "14/02/2024", "moment_jam": "13.05", "moment_zona": "CET"}, "Pilih zona waktunya"),
        ({"moment_tanggal": "14/02/2024", "moment_jam": "13.05"}, "Pilih zona waktunya"),
        ({"moment_tanggal": "14/02/2024", "moment_jam": "25.00", "moment_zona": "WIB"}, "Tulis jam seperti"),
    ],
)
def test_a_moment_says_which_piece_is_missing(typed: dict[str, str], said: str) -> None:
    form = filled(**typed)
    assert said in wrong(form, "moment")


def test_a_zone_alone_is_no_moment() -> None:
    form = filled(moment_tanggal="", moment_jam="", moment_zona="WITA")
    assert form.is_valid()
    assert form.cleaned_data["moment"] is None


def test_a_moment_is_shown_in_its_own_zone_as_it_can_be_typed_back() -> None:
    class One(Form):
        moment = MomentField(label="Waktu")

    at = datetime(2024, 2, 14, 13, 5, tzinfo=zones.ZONES["WITA"])
    page = str(One(initial={"moment": at})["moment"])
    assert 'value="14 Februari 2024"' in page
    assert 'value="13.05"' in page
    assert '<option value="WITA" selected>' in page
    with translation.override("en"):
        page = str(One(initial={"moment": at})["moment"])
    assert 'value="14 February 2024"' in page
    assert 'value="13:05"' in page


def test_an_instant_in_utc_is_shown_in_the_reader_s_zone() -> None:
    zones.choose("WIT")
    try:
        assert MomentField().widget.decompress(datetime(2024, 2, 14, 16, 0, tzinfo=UTC)) == [
            date(2024, 2, 15),
            "01.00",
            "WIT",
        ]
    finally:
        zones.choose(zones.DEFAULT)


@time_machine.travel(NOW, tick=False)
def test_a_past_day_may_be_today_wherever_in_indonesia_it_is_latest() -> None:
    field = DateField(past=True)
    assert field.clean("15/02/2024") == date(2024, 2, 15)  # 03.30 WIT of the fifteenth
    with pytest.raises(forms.ValidationError, match="belum tiba"):
        field.clean("16/02/2024")


@time_machine.travel(NOW, tick=False)
def test_a_past_moment_is_not_ahead_of_now() -> None:
    field = MomentField(past=True)
    assert field.clean(["15/02/2024", "03.30", "WIT"]) == NOW
    with pytest.raises(forms.ValidationError, match="belum tiba"):
        field.clean(["15/02/2024", "03.31", "WIT"])


def test_what_was_typed_stays_as_it_was_typed() -> None:
    form = filled(
        day="05/13/2024",
        moment_tanggal="kemarin",
        moment_jam="13.05",
        moment_zona="WITA",
        number="12.5",
        nip="123",
        story="Halo",
    )
    page = str(form)
    for typed in ("05/13/2024", "kemarin", "13.05", "12.5", "123"):
        assert f'value="{typed}"' in page
    assert "Halo" in page
    assert '<option value="WITA" selected>' in page


def test_each_fault_stands_at_its_field_and_in_the_summary_with_a_link_into_it() -> None:
    form = filled(day="besok", moment_tanggal="14/02/2024", moment_zona="WIB", moment_jam="", way="nowhere")
    page = str(form)
    assert page.count("Isi juga jamnya") == 2
    for anchor in ("#id_day", "#id_moment_0", "#id_way_0"):
        assert f'href="{anchor}"' in page
        assert f'id="{anchor[1:]}"' in page
    assert 'aria-describedby="id_day_error"' in page
    assert "autofocus" in page


def test_a_form_without_faults_shows_no_summary() -> None:
    assert "errors-title" not in str(Everything())


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (line_field(("Nama", "Name")), ("Isi “Nama”.", "Fill in “Name”.")),
        (DateField(label="Hari"), ("Isi “Hari”.", "Fill in “Hari”.")),
        (
            choice_field(("Cara", "Way"), [Choice("a", Text("A", "A"))]),
            ("Pilih satu untuk “Cara”.", "Choose one for “Way”."),
        ),
        (check_field(("Setuju", "Agree")), ("Centang “Setuju” untuk melanjutkan.", "Tick “Agree” to go on.")),
        (FileField(label="Bukti"), ("Pilih berkas untuk “Bukti”.", "Choose a file for “Bukti”.")),
        (MomentField(label="Waktu"), ("Isi “Waktu”.", "Fill in “Waktu”.")),
        (
            words_field(("A", "A"), error_messages={"required": "Ceritakan dulu."}),
            ("Ceritakan dulu.", "Ceritakan dulu."),
        ),
    ],
)
def test_an_empty_field_says_what_to_do_in_the_reader_s_language(field: forms.Field, said: tuple[str, str]) -> None:
    form = type("One", (Form,), {"one": field})({})
    assert wrong(form, "one") == said[0]
    with translation.override("en"):
        assert wrong(form, "one") == said[1]


def test_long_text_says_how_long_it_may_be() -> None:
    assert "paling banyak 40 huruf, sekarang 41" in wrong(filled(story="x" * 41), "story")


@pytest.mark.parametrize(
    ("bounds", "typed", "said"),
    [
        ({"least": 1, "most": 1000}, "1.001", "dari 1 sampai 1.000"),
        ({"least": 1}, "0", "1 atau lebih"),
        ({"most": 5}, "6", "paling banyak 5"),
        ({}, "1,5", "bilangan bulat"),
    ],
)
def test_a_figure_is_held_to_its_bounds(bounds: dict[str, int], typed: str, said: str) -> None:
    with pytest.raises(forms.ValidationError, match=said):
        NumberField(**bounds).clean(typed)


def test_a_figure_with_decimals_comes_out_exactly_and_goes_back_as_written() -> None:
    field = NumberField(whole=False)
    assert field.clean("2,50") == Decimal("2.50")
    assert field.prepare_value(Decimal("1234.5")) == "1.234,5"
    assert field.prepare_value("dua") == "dua"


def test_hints_of_choices_are_tied_to_them() -> None:
    page = str(Everything()["way"])
    assert 'aria-describedby="id_way_0_hint"' in page
    assert 'id="id_way_0_hint">Dari masyarakat' in page
    with translation.override("en"):
        assert "From the public" in str(Everything()["way"])


# Files ----------------------------------------------------------------------------------------------------------------


def upload(name: str, size: int = 10) -> SimpleUploadedFile:
    file = SimpleUploadedFile(name, b"x" * min(size, 10))
    file.size = size
    return file


def test_limits_of_files_are_told_before() -> None:
    page = str(Everything())
    assert "Paling besar 25 MB per berkas, 100 MB seluruhnya." in page
    assert "PDF" in page
    with translation.override("en"):
        assert "At most 25 MB a file, 100 MB together." in str(Everything())


def test_all_files_under_one_name_come_out() -> None:
    form = filled(files=[upload("a.pdf"), upload("B.ZIP")])
    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["files"]] == ["a.pdf", "B.ZIP"]
    assert filled().is_valid()


def test_every_file_that_cannot_be_taken_is_named_with_what_to_do() -> None:
    form = filled(files=[upload("a.exe"), upload("b.pdf", 0), upload("c.pdf", 26 * fields.MEGABYTE), upload("d.pdf")])
    said = wrong(form, "files")
    assert "“a.exe” bukan jenis" in said
    assert "“b.pdf” kosong" in said
    assert "“c.pdf” berukuran 26 MB, paling besar 25 MB" in said
    assert "d.pdf" not in said


def test_all_files_together_are_held_to_the_form_s_limit() -> None:
    form = filled(files=[upload(f"{i}.pdf", 21 * fields.MEGABYTE) for i in range(5)])
    assert "berukuran 105 MB, paling besar 100 MB" in wrong(form, "__all__")


def test_a_field_for_one_file_gives_that_file() -> None:
    class One(Form):
        file = FileField(label="Ekspor", kinds=(".zip",))

    form = One({}, {"file": upload("ekspor.zip")})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["file"].name == "ekspor.zip"


def test_files_have_to_be_chosen_again_and_the_page_says_so() -> None:
    page = str(filled(day="besok", files=[upload("a.pdf")]))
    assert "Pilih lagi berkasnya" in page


@pytest.mark.parametrize(
    ("size", "said"), [(0, "0 kB"), (1, "1 kB"), (320 * 1024, "320 kB"), (1_572_864, "1,5 MB"), (25 * 1024**2, "25 MB")]
)
def test_sizes_are_written_in_the_reader_s_way(size: int, said: str) -> None:
    assert fields.size_words(size).id == said
    assert fields.size_words(size).en == said.replace(",", ".")


# Tokens ---------------------------------------------------------------------------------------------------------------


def test_each_empty_form_carries_its_own_token_and_a_sent_one_keeps_it() -> None:
    one, other = Everything(), Everything()
    assert one["token"].value() != other["token"].value()
    assert 'value="kept"' in str(filled(token="kept", day="besok"))


def test_days_are_compared_as_days() -> None:
    assert not DateField().has_changed(date(2024, 2, 14), "14 Februari 2024")
    assert DateField().has_changed(date(2024, 2, 14), "besok")
    at = datetime(2024, 2, 14, 13, 5, tzinfo=zones.ZONES["WIB"])
    assert not MomentField().has_changed(at, ["14/02/2024", "14.05", "WITA"])
    assert MomentField().has_changed(at + timedelta(minutes=1), ["14/02/2024", "14.05", "WITA"])
