"""What the owner of an account says, and what keeps it from being a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from telusur.domain.account import Platform
from telusur.domain.errors import BadInput
from telusur.domain.moment import Moment
from telusur.domain.text import Text
from telusur.dossier.selfreport.attached import Attached

#: Whether the owner can use the account on the day of the report: not at all, together with the other, or alone again.
Access = Literal["locked_out", "shared", "recovered"]
ACCESS: Final[tuple[Access, ...]] = get_args(Access)

_LATER: Final = Text("terjadi sesudah hari laporan ini", "is after the day of this report")
_ORDER: Final = Text(
    "sesudah pengambilalihan diketahui; periksa tanggal, jam, dan zonanya",
    "is after the takeover was noticed; check day, time and zone",
)
_EMPTY: Final = Text("ceritakan apa yang terjadi, dengan kata Anda sendiri", "say what happened, in your own words")


@dataclass(frozen=True, slots=True)
class SelfReport:
    """What is said.

    Parameters
    ----------
    day
        The day of the report, in the owner's zone.
    handle
        The account's name on the platform, or its telephone number.
    noticed
        When the owner noticed.
    last_access
        When the owner last used the account; ``None`` if it is not known.
    happened, done
        In the owner's own words: what happened, and what was done about it.
    name
        Who reports; left open on paper if not given, to be written by hand.
    """

    day: date
    platform: Platform
    handle: str
    noticed: Moment
    last_access: Moment | None
    access: Access
    happened: str
    done: str = ""
    name: str = ""
    attached: tuple[Attached, ...] = ()


def check(report: SelfReport) -> Iterator[BadInput]:
    """Give what is wrong with a report, each with the field that it concerns."""
    if not report.happened.strip():
        yield BadInput(_EMPTY, field="happened")
    if report.noticed.day > report.day:
        yield BadInput(_LATER, field="noticed")
    if report.last_access is not None and report.last_access.utc >= report.noticed.ends:
        yield BadInput(_ORDER, field="last_access")
