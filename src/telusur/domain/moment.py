"""A time as somebody wrote it: with its zone, and no more precise than it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self

from telusur.domain.errors import BadInput, MissingZone

_SHAPE = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?\s*(Z|z|[+-]\d{2}:?\d{2})?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time with its zone and the precision it was given to.

    Parameters
    ----------
    at
        The earliest instant it can mean, with zone.
    precision
        How long the written time lasts: one minute for ``10:29``, one second for ``10:29:33``.
    written
        The words as they stood in the source.
    """

    at: datetime
    precision: timedelta
    written: str

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read an ISO 8601 time with a zone.

        Raises
        ------
        MissingZone
            If no zone stands in it.
        BadInput
            If it is no such time.
        """
        found = _SHAPE.fullmatch(written.strip())
        if found is None:
            raise BadInput(f"{written!r} is no ISO 8601 time; write it as 2024-01-20T09:35+07:00")
        day, minute, second, fraction, zone = found.groups()
        if zone is None:
            raise MissingZone(written)
        try:
            at = datetime.fromisoformat(
                f"{day}T{minute}:{second or '00'}.{(fraction or '0').ljust(6, '0')}{'+00:00' if zone in 'Zz' else zone}"
            )
            at.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise BadInput(f"{written!r} is no time that exists ({error}); correct it") from None
        if fraction:
            precision = timedelta(seconds=10.0 ** -len(fraction))
        else:
            precision = timedelta(seconds=1) if second else timedelta(minutes=1)
        return cls(at, precision, written)

    @property
    def utc(self) -> datetime:
        """The earliest instant meant, in UTC."""
        return self.at.astimezone(UTC)

    @property
    def ends(self) -> datetime:
        """The first instant in UTC that is no longer meant."""
        return self.utc + self.precision

    @property
    def day(self) -> date:
        """The date in its own zone: the day on which the rules are asked."""
        return self.at.date()

    def covers(self, instant: datetime, slack: timedelta = timedelta(0)) -> bool:
        """Whether an instant is one that this time can mean, give or take some slack."""
        return self.utc - slack <= instant < self.ends + slack
