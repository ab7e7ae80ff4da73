"""Dates whose order of day, month and year is not said: decided over all dates of a file, or said to be undecided."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, Literal

Order = Literal["dmy", "mdy", "ymd"]
#: Three numbers as written.
Numbers = tuple[str, str, str]

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
