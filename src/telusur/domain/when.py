"""Dates and times as Indonesians write them, and in English beside; always with the zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

from telusur.domain.text import Text

_MONTHS_ID = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: Indonesia's three zones; any other is written as its distance from UTC.
_ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT", timedelta(0): "UTC"}


def day_words(day: date) -> Text:
    """Write a date: ``8 Desember 2023`` and ``8 December 2023``."""
    return Text(
        f"{day.day} {_MONTHS_ID[day.month - 1]} {day.year}", f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    )


def zone_words(at: datetime) -> str:
    """Write a zone: ``WIB``, ``WITA``, ``WIT``, ``UTC`` or ``UTC+05:30``.

    Raises
    ------
    ValueError
        If the time has no zone.
    """
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("a time without a zone reached the screen; give it one where it is read")
    return _ZONES.get(offset) or f"UTC{at.strftime('%z')[:3]}:{at.strftime('%z')[3:5]}"


def moment_words(at: datetime, zone: tzinfo | None = None) -> Text:
    """Write a time: ``8 Desember 2023 pukul 06.08 WIB`` and ``8 December 2023, 06:08 WIB``.

    Parameters
    ----------
    at
        Time with a zone.
    zone
        Zone to show it in; its own if not given.
    """
    local = at.astimezone(zone) if zone else at
    day, name = day_words(local.date()), zone_words(local)
    return Text(f"{day.id} pukul {local:%H.%M} {name}", f"{day.en}, {local:%H:%M} {name}")


def span_words(span: timedelta) -> Text:
    """Write a length of time in the largest unit that fits: days, hours or minutes."""
    minutes = round(span.total_seconds() / 60)
    for length, name_id, name_en in ((1440, "hari", "day"), (60, "jam", "hour"), (1, "menit", "minute")):
        n = minutes // length
        if n >= (2 if length > 1 else 0):
            return Text(f"{n} {name_id}", f"{n} {name_en}{'' if n == 1 else 's'}")
    raise AssertionError(span)


def utc_words(at: datetime) -> str:
    """Write a time in UTC as documents for programs do: ``2023-12-08T04:02:35Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
