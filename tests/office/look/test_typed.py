"""What people type is read as Indonesians write it, or refused with what to type instead."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.when import day_words
from telusur.office.typed import Unread, masked_nip, read_day, read_nip, read_number, read_time, write_number

TODAY = date(2026, 11, 22)
VALENTINE = date(2024, 2, 14)


@pytest.mark.parametrize(
    "typed",
    [
        "14 Februari 2024",
        "14 februari 2024",
        "  14   Feb  2024 ",
        "Rabu, 14 Februari 2024",
        "Wednesday, 14 February 2024",
        "14 Pebruari 2024",
        "14/02/2024",
        "14/2/2024",
        "14-02-2024",
        "14.02.2024",
        "14 / 2 / 2024",
        "2024-02-14",
        "14-Feb-2024",
        "14 February 2024",
        "February 14, 2024",
    ],
)
def test_a_day_is_read_in_words_and_in_figures(typed: str) -> None:
    assert read_day(typed) == VALENTINE


@pytest.mark.parametrize("typed", ["05/13/2024", "31/06/2024", "29 Februari 2023", "00/01/2024", "2024-13-01"])
def test_what_is_no_day_is_refused_and_never_read_month_first(typed: str) -> None:
    with pytest.raises(Unread) as refused:
        read_day(typed)
    assert "14/02/2024" in refused.value.words.id


@pytest.mark.parametrize(
    "typed",
    ["14/02/24", "besok", "14 Sapar 2024", "20240214", "14/02", "14 Februari", "1/1/0024", "٣/٤/١٨٩٩", "1/2-2024x"],
)
def test_another_shape_is_refused_with_the_shape_to_write(typed: str) -> None:
    with pytest.raises(Unread) as refused:
        read_day(typed)
    assert "14 Februari 2024" in refused.value.words.id
    assert "14 February 2024" in refused.value.words.en


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_as_printed_is_read_back(day: date) -> None:
    for printed in (day_words(day).id, day_words(day).en, f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", day.isoformat()):
        assert read_day(printed) == day


@pytest.mark.parametrize("typed", ["13.05", "13:05", "pukul 13.05", " 13:05 ", "jam 13.05"])
def test_a_time_of_day_is_read_with_point_or_colon(typed: str) -> None:
    assert read_time(typed) == time(13, 5)


@pytest.mark.parametrize("typed", ["25.00", "13", "1305", "1:05 PM", "13.60", ""])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(Unread):
        read_time(typed)


def test_figures_follow_the_language_and_are_never_guessed() -> None:
    assert read_number("1.234.567,89", "id") == Decimal("1234567.89")
    assert read_number("1,234,567.89", "en") == Decimal("1234567.89")
    assert read_number("1 234", "id") == read_number("1234", "en") == 1234
    assert read_number("1.234", "id") == 1234
    assert read_number("1.234", "en") == Decimal("1.234")
    for wrong in ("12.5", "1,234.5", "1.2345", "", "-", "1e5", "NaN", "1..2"):
        with pytest.raises(Unread):
            read_number(wrong, "id")


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(["id", "en"]))
def test_a_figure_as_printed_is_read_back(value: Decimal, language: str) -> None:
    assert read_number(write_number(value, language), language) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed", ["19390411 195903 1 009", "193904111959031009", "1968.0411.199303.1.009", "198601012020212001"]
)
def test_a_nip_is_read_with_and_without_blanks(typed: str) -> None:
    assert len(read_nip(typed, TODAY)) == 18


def test_an_old_nip_has_nine_figures() -> None:
    assert read_nip("130 123 456", TODAY) == "130123456"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "123",
        "19680411199303100",
        "19680411199303l009",
        "19681311 199303 1 009",  # no month 13
        "19390411 194103 1 009",  # started at two
        "19680411 199303 3 009",  # no such figure for sex
        "20000101_202703_1_009".replace("_", " "),  # starts next year
        "١٩٦٨٠٤١١١٩٩٣٠٣١٠٠٩",
    ],
)
def test_what_cannot_be_a_nip_is_refused(typed: str) -> None:
    with pytest.raises(Unread):
        read_nip(typed, TODAY)


def test_a_masked_nip_tells_year_and_serial_only() -> None:
    assert masked_nip("19390411 195903 1 009") == "1939•••• •••••• • 009"
    assert masked_nip("130123456") == "•••••• 456"
    assert masked_nip("12345") == "•••••"
    assert masked_nip("") == ""


@given(st.from_regex(r"[0-9]{0,24}", fullmatch=True))
def test_no_masked_number_shows_more_than_seven_figures(nip: str) -> None:
    shown = [character for character in masked_nip(nip) if character.isdigit()]
    assert len(shown) <= (7 if len(nip) == 18 else 3)
