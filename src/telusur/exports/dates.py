"""Parts of dates and times that people write: names of months, parts of the day, and orders that are not said.

An order of day, month and year that is not said is decided over all dates of a file, or said to be undecided.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, Literal

Order = Literal["dmy", "mdy", "ymd"]
#: Three numbers as written.
Numbers = tuple[str, str, str]

#: Months in Indonesian and English, whole and as they are cut short.
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"), ("februari", "february", "pebruari", "feb", "peb"),
            ("maret", "march", "mar"), ("april", "apr"), ("mei", "may"), ("juni", "june", "jun"),
            ("juli", "july", "jul"), ("agustus", "august", "agust", "agus", "agu", "agt", "ags", "aug"),
            ("september", "sept", "sep"), ("oktober", "october", "okt", "oct"),
            ("november", "nopember", "nov", "nop"), ("desember", "december", "des", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_NOON, _NIGHT_ENDS = 12, 4

#: No platform read here is older, nor a time later than this one a time at all.
_YEARS: Final = range(2004, 2101)
_DAY, _MONTH = 31, 12
#: Of so many dates one may stand out of order: late deliveries, clocks set wrong.
_ONE_IN: Final = 50
_FULL_YEAR: Final = 4


def date_of(numbers: Numbers, order: Order) -> date | None:
    """Give the date that three numbers mean in an order; ``None`` if there is no such date.

    Parameters
    ----------
    numbers
        As written.
    order
        Which is day, month and year.
    """
    values = dict(zip(order, numbers, strict=True))
    year, month, day = int(values["y"]), int(values["m"]), int(values["d"])
    if len(values["y"]) < _FULL_YEAR:
        year += 2000
    if year not in _YEARS or not 1 <= month <= _MONTH or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def orders_of(written: Iterable[Numbers], *, in_time: bool) -> tuple[Order, ...]:
    """Give the orders in which the dates of a file can be read: one if they are decided.

    Parameters
    ----------
    written
        All dates of the file, in file order.
    in_time
        Whether the file is in the order of time, so that an order that makes dates go back is refuted.

    Returns
    -------
    tuple[Order, ...]
        None if no order fits; several if they differ and nothing decides.
    """
    dates = list(dict.fromkeys(written)) if not in_time else list(written)
    if not dates:
        return ()
    if all(len(first) == _FULL_YEAR for first, _, _ in dates):
        candidates: Sequence[Order] = ("ymd",)
    else:
        # Nobody's short form puts a year of two digits first.
        candidates = ("dmy", "mdy")
    read = {order: [date_of(one, order) for one in dates] for order in candidates}
    wrong = {order: _wrong(days, in_time=in_time) for order, days in read.items()}
    least = min(wrong.values())
    if least > len(dates) // _ONE_IN:
        return ()
    best = [order for order in candidates if wrong[order] == least]
    # Orders that give the same dates are one.
    return tuple(order for n, order in enumerate(best) if all(read[order] != read[other] for other in best[:n]))


def _wrong(days: Sequence[date | None], *, in_time: bool) -> int:
    """Count the dates that do not exist, and the steps back in time or years ahead."""
    count = sum(day is None for day in days)
    if in_time:
        there = [day for day in days if day is not None]
        count += sum(later < earlier for earlier, later in pairwise(there))
    return count


def hour_of(hour: int, half: str) -> int:
    """Give the hour of 24 for an hour of 12 and a part of the day in English or Indonesian.

    Parameters
    ----------
    hour
        From 0, which is twelve o'clock.
    half
        As written.
    """
    half = re.sub(r"[^a-z]", "", half.casefold())
    if half in {"am", "a", "pagi", "pg", "tengahmalam"}:
        return hour
    if half == "siang":
        # From ten in the morning to three in the afternoon.
        return hour if hour in {10, 11} else hour + _NOON
    if half == "malam":
        return hour if hour < _NIGHT_ENDS else hour + _NOON
    return hour + _NOON
