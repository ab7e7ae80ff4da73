"""Times as X's archives write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from telusur.domain.event import Certainty
from telusur.domain.text import Text
from telusur.exports.unusable import Unusable

_MONTHS: Final = {
    name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)
}
_DAYS: Final = "Mon Tue Wed Thu Fri Sat Sun".split()
# 2024-01-01T15:43:34.000Z, and the older 2016-05-01 12:00:00 +0000.
_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? ?(Z|[+-]\d\d:?\d\d)?", re.ASCII
)
# Tue Jan 02 12:51:21 +0000 2024
_POSTED: Final = re.compile(
    r"([A-Z][a-z]{2}) ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):(\d\d) ([+-]\d{4})? ?(\d{4})", re.ASCII
)
# 2015.06.21
_DATE: Final = re.compile(r"(\d{4})[.-](\d\d)[.-](\d\d)", re.ASCII)
#: A date without zone begins first where clocks are 14 hours ahead.
_EARLIEST: Final = timezone(timedelta(hours=14))
#: X's first post is of March 2006; times at the ends of the calendar exist in no other zone.
_YEARS: Final = range(2006, 2101)


class NoTime(Unusable):
    """Words that are no time as X writes them; the text says why."""


def read_time(written: str) -> tuple[datetime, Certainty]:
    """Read a time.

    Parameters
    ----------
    written
        As the archive writes it. X's archives are in UTC; a time that does not say so is read as UTC and marked
        ``zone_documented``. A bare date is only a bound: the first instant that it can mean anywhere.

    Returns
    -------
    tuple[datetime, Certainty]
        The instant in UTC, and how sure it is.

    Raises
    ------
    NoTime
        If it is none, one that does not exist, or one at which X did not.
    """
    try:
        if found := _ISO.fullmatch(written):
            *numbers, fraction, zone = found.groups()
            year, month, day, hour, minute, second = map(int, numbers)
            _check_year(year)
            micro = int((fraction or "0").ljust(6, "0"))
            return _placed(datetime(year, month, day, hour, minute, second, micro, tzinfo=UTC), zone)
        if found := _POSTED.fullmatch(written):
            weekday, month_name, day_, hour_, minute_, second_, zone, year_ = found.groups()
            _check_year(int(year_))
            at = datetime(
                int(year_), _MONTHS[month_name], int(day_), int(hour_), int(minute_), int(second_), tzinfo=UTC
            )
            if _DAYS[at.weekday()] != weekday:
                raise NoTime(
                    Text(
                        f"{written!r} menyebut hari yang tidak cocok dengan tanggalnya",
                        f"{written!r} names a weekday that its date is not",
                    )
                )
            return _placed(at, zone)
        if found := _DATE.fullmatch(written):
            year, month, day = map(int, found.groups())
            _check_year(year)
            bound = datetime.combine(date(year, month, day), datetime.min.time(), tzinfo=_EARLIEST)
            return bound.astimezone(UTC), "lower_bound"
    except NoTime:
        raise
    except (KeyError, OverflowError, ValueError):
        raise NoTime(
            Text(f"{written[:40]!r} bukan waktu yang ada", f"{written[:40]!r} is no time that exists")
        ) from None
    raise NoTime(
        Text(f"{written[:40]!r} bukan waktu seperti yang ditulis X", f"{written[:40]!r} is no time as X writes it")
    )


def _check_year(year: int) -> None:
    if year not in _YEARS:
        raise NoTime(Text(f"X tidak ada pada tahun {year}", f"there is no X in the year {year}"))


def _placed(at: datetime, zone: str | None) -> tuple[datetime, Certainty]:
    if zone is None:
        return at, "zone_documented"
    if zone in {"Z", "+0000", "+00:00"}:
        return at, "exact"
    digits = zone.replace(":", "")
    ahead = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return (at - ahead if digits[0] == "+" else at + ahead), "exact"
