"""What people type, read as Indonesians write it: days, times of day, figures, NIPs. Pure; nothing guesses.

A day is day-first or ISO, never month-first; a month may be named in either language. Each reader raises `Unread`
with what to type instead.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Final

from telusur.domain.text import Language, Text

#: By their first letters, in both languages; ``mei``/``may``, ``agu``/``aug``, ``okt``/``oct``, ``des``/``dec`` differ.
_MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAY: Final = re.compile(
    r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|(mon|tues|wednes|thurs|fri|satur|sun)day)\s*,?\s+", re.IGNORECASE
)
_NAMED: Final = re.compile(r"^(\d{1,2})[\s./-]+([A-Za-z]+)\.?,?[\s./-]+(\d{4})$")
_ENGLISH: Final = re.compile(r"^([A-Za-z]+)\.?\s+(\d{1,2}),?\s+(\d{4})$")
_FIGURES: Final = re.compile(r"^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})$")
_ISO: Final = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_TIME: Final = re.compile(r"^(?:pukul|jam|at)?\s*(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?$", re.IGNORECASE)
_YEARS: Final = range(1900, 2101)

_DAY_SHAPE: Final = Text(
    "Tulis tanggal seperti 14 Februari 2024 atau 14/02/2024: hari, bulan, lalu tahun empat angka.",
    "Write the date like 14 February 2024 or 14/02/2024: day, month, then a year of four figures.",
)
_NO_SUCH_DAY: Final = Text(
    "Tidak ada tanggal seperti itu. Hari ditulis lebih dulu, lalu bulan: 14/02/2024.",
    "There is no such date. The day comes first, then the month: 14/02/2024.",
)
_TIME_SHAPE: Final = Text(
    "Tulis jam seperti 13.05, dari 00.00 sampai 23.59.", "Write the time like 13:05, from 00:00 to 23:59."
)


class Unread(ValueError):
    """What was typed cannot be read; ``words`` say what to type."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


def read_day(typed: str) -> date:
    """Read a day: ``14 Februari 2024``, ``14/02/2024``, ``14-02-2024``, ``14.2.2024``, ``2024-02-14``.

    Raises
    ------
    Unread
        If it is written otherwise, has two figures for the year, or is no day of the calendar.
    """
    words = _WEEKDAY.sub("", " ".join(typed.split()))
    if found := _ISO.match(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _FIGURES.match(words):
        day, month, year = (int(part) for part in found.groups())
    elif found := _NAMED.match(words):
        day, month, year = int(found[1]), _MONTHS.get(found[2].lower(), 0), int(found[3])
    elif found := _ENGLISH.match(words):
        day, month, year = int(found[2]), _MONTHS.get(found[1].lower(), 0), int(found[3])
    else:
        raise Unread(_DAY_SHAPE)
    if not month or year not in _YEARS:
        raise Unread(_DAY_SHAPE)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unread(_NO_SUCH_DAY) from None


def read_time(typed: str) -> time:
    """Read a time of day: ``13.05``, ``13:05``, ``pukul 13.05``, ``13.05.30``.

    Raises
    ------
    Unread
        If it is written otherwise, or is no time of a day.
    """
    found = _TIME.match(typed.strip())
    if found is None:
        raise Unread(_TIME_SHAPE)
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        raise Unread(_TIME_SHAPE) from None


def read_number(typed: str, language: Language) -> Decimal:
    """Read a figure: ``1.234,5`` in Indonesian, ``1,234.5`` in English; a blank may group thousands in both.

    Raises
    ------
    Unread
        If it is no figure, or its marks stand where this language does not put them.
    """
    group, point = (".", ",") if language == "id" else (",", ".")
    words = typed.strip().replace("\N{MINUS SIGN}", "-")
    shape = re.compile(rf"^-?(?:\d+|\d{{1,3}}(?:[{group}\s\u00a0]\d{{3}})+)(?:[{point}]\d+)?$")
    if shape.match(words) is None:
        raise Unread(
            Text(
                "Tulis angka seperti 1.234 atau 2,5: titik untuk ribuan, koma untuk pecahan.",
                "Write a figure like 1,234 or 2.5: a comma for thousands, a point for decimals.",
            )
        )
    plain = re.sub(rf"[{group}\s\u00a0]", "", words).replace(point, ".")
    return Decimal(plain)


def write_number(value: Decimal | int, language: Language) -> str:
    """Write a figure as `read_number` reads it back: ``1.234,5`` or ``1,234.5``."""
    text = f"{value:,}"
    return text.translate(str.maketrans(",.", ".,")) if language == "id" else text


# Perka BKN 22/2007 and 43/2007: birth (8), start (6; for a PPPK year of first appointment and number of agreements),
# sex (1), serial (3). There is no check digit. Before that a NIP had nine digits.
_NIP, _OLD_NIP = 18, 9
_YOUNGEST, _OLDEST = 16, 60


def read_nip(typed: str, today: date) -> str:
    """Read a NIP or NI PPPK, with or without blanks; give its digits alone.

    Only the form is checked: nothing here knows whether such a number was given to anybody.

    Raises
    ------
    Unread
        If it has neither 18 nor 9 digits, or what 18 digits say of birth, start and sex cannot be.
    """
    digits = re.sub(r"[\s.\u00a0-]", "", typed)
    if re.fullmatch(r"[0-9]+", digits) is None or len(digits) not in {_NIP, _OLD_NIP}:
        raise Unread(
            Text(
                "NIP terdiri atas 18 angka (yang lama 9), misalnya 19390411 195903 1 009. Periksa angkanya.",
                "A NIP has 18 figures (an old one 9), such as 19390411 195903 1 009. Check the figures.",
            )
        )
    if len(digits) == _NIP and not _plausible(digits, today):
        raise Unread(
            Text(
                "Angka NIP ini tidak dapat dibaca sebagai tanggal lahir, tahun mulai dan jenis kelamin. "
                "Bandingkan dengan dokumennya; biarkan kosong jika tidak pasti.",
                "These figures cannot be read as birth date, year of start and sex. "
                "Compare them with the document; leave it empty if you are not sure.",
            )
        )
    return digits


def _plausible(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    started = int(digits[8:12])
    return _YOUNGEST <= started - born.year <= _OLDEST and started <= today.year and digits[14] in "12"


def masked_nip(nip: str) -> str:
    """Write a NIP so that it tells year of birth and serial only: ``1939•••• •••••• • 009``; empty if there is none."""
    digits = re.sub(r"\D", "", nip)
    if len(digits) == _NIP:
        return f"{digits[:4]}•••• •••••• • {digits[-3:]}"
    return f"•••••• {digits[-3:]}" if len(digits) == _OLD_NIP else "•" * len(digits)
