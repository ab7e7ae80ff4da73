"""What a column of a table of logins holds, by its values; by its name only where values cannot tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, Literal

from telusur.domain.event import Certainty
from telusur.exports.agents import is_agent
from telusur.exports.dates import Numbers, Order, date_of, orders_of
from telusur.exports.shapes import epoch, is_address, is_email, is_identifier, is_phone, iso

Field = Literal[
    "at", "until", "ip", "user_agent", "cookie", "event", "account_id", "handle", "platform", "model", "place",
    "email", "phone", "client",
]  # fmt: skip
Columns = dict[Field, int]

#: Names of columns, in letters only. Few on purpose: what can be told by its values is.
_NAMED: Final = frozenset({"account_id", "handle", "cookie"})
_NAMES: Final[tuple[tuple[Field, re.Pattern[str]], ...]] = (
    # Times and identifiers are numbers alike.
    ("until", re.compile(r"last|updat|akhir|until|sampai|selesai")),
    ("cookie", re.compile(r"cookie|datr|token|deviceid|androidid|iddevice|idperangkat|uuid|udid|idfv")),
    ("account_id", re.compile(r"accountid|userid|uid|idakun|idpengguna|gaiaid|nomorakun|accountnumber|targetid")),
    ("handle", re.compile(r"username|screenname|handle|namapengguna|namaakun|vanity")),
    ("event", re.compile(r"event|action|activity(?:type)?|aktivitas|aksi|kejadian|peristiwa|tindakan|type|jenis")),
    ("platform", re.compile(r"platform|service|layanan")),
    ("client", re.compile(r"clientapplicationname|application|aplikasi")),
    ("model", re.compile(r"model|device|perangkat|merk|hardware")),
    ("place", re.compile(r"city|region|country|kota|wilayah|negara|lokasi|location|countrycode")),
)
_LOOKED_AT: Final = 300
#: Part of a column's filled cells that must have the shape.
_MOST: Final = 0.6
_PORT: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}|\[([0-9a-fA-F:.]+)\](?::\d{1,5})?")
_TIME: Final = re.compile(
    r"(?P<a>\d{1,4})(?P<point>[-/.])(?P<b>\d{1,2})(?P=point)(?P<c>\d{1,4})[ T,]+(?P<h>\d{1,2})[:.](?P<m>\d\d)"
    r"(?:[:.](?P<s>\d\d)(?:[.,]\d{1,9})?)? ?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?(?: ?\(?(?:UTC|GMT)\)?)?",
    re.IGNORECASE,
)
_UTC: Final = re.compile(r"utc|gmt", re.IGNORECASE)


def plain(name: str) -> str:
    """Give a column's name in small letters only, to be compared.

    Parameters
    ----------
    name
        As written.
    """
    return re.sub(r"[^a-z]", "", name.casefold())


@lru_cache(maxsize=65_536)
def address_of(cell: str) -> str | None:
    """Give the network address in a cell, without its port.

    Parameters
    ----------
    cell
        As written.
    """
    found = _PORT.fullmatch(cell)
    bare = (found[1] or found[2]) if found else cell
    return bare if is_address(bare) else None


def _numbers(found: re.Match[str]) -> Numbers:
    return found["a"], found["b"], found["c"]


class Times:
    """Reads the times of one column.

    Parameters
    ----------
    name
        The column's name, which may say that its times are in UTC.
    cells
        What stands in it.
    documented
        Whether the platform is one whose records are in UTC where they do not say.
    """

    def __init__(self, name: str, cells: Sequence[str], *, documented: bool) -> None:
        self._stated = _UTC.search(name) is not None
        self._documented = documented
        found = [one for cell in cells if iso(cell) is None and (one := _TIME.fullmatch(cell))]
        self._orders: tuple[Order, ...] = orders_of(map(_numbers, found), in_time=False)

    @property
    def undecided(self) -> bool:
        """Whether its dates can be read in two orders."""
        return len(self._orders) > 1

    def read(self, cell: str) -> tuple[datetime | None, Certainty] | None:
        """Give the time in UTC and how sure it is; ``None`` of what is no time.

        Parameters
        ----------
        cell
            As written.
        """
        at = iso(cell) or epoch(cell)
        if at is not None:
            return at, "exact"
        found = _TIME.fullmatch(cell)
        if found is None or (self._orders and not 0 <= int(found["m"]) < 60):  # noqa: PLR2004 - minutes
            return None
        if len(self._orders) != 1:
            return None, "none"
        day = date_of(_numbers(found), self._orders[0])
        if day is None:
            return None
        try:
            at = datetime(
                day.year, day.month, day.day, int(found["h"]), int(found["m"]), int(found["s"] or 0), tzinfo=UTC
            )
            zone = found["zone"]
            if zone and zone[0] in "+-":
                moved = datetime.fromisoformat(f"{at:%Y-%m-%dT%H:%M:%S}{zone[:3]}:{zone[-2:]}")
                return moved.astimezone(UTC), "exact"
        except (ValueError, OverflowError):
            return None
        if zone or _UTC.search(cell) or self._stated:
            return at, "exact"
        return (at, "zone_documented") if self._documented else (None, "none")


def is_time(cell: str) -> bool:
    """Whether a cell is a time."""
    return iso(cell) is not None or epoch(cell) is not None or _TIME.fullmatch(cell) is not None


_SHAPES: Final[tuple[tuple[Field, Callable[[str], bool]], ...]] = (
    ("ip", lambda cell: address_of(cell) is not None),
    ("user_agent", is_agent),
    ("at", is_time),
    ("email", is_email),
)


def columns_of(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """Give which column holds what.

    Parameters
    ----------
    names
        The columns' names; empty where there are none.
    rows
        Cells of the rows.
    """
    columns: Columns = {}
    looked_at = rows[:_LOOKED_AT]
    width = max([len(names), *(len(row) for row in looked_at)], default=0)
    for index in range(width):
        cells = [row[index] for row in looked_at if index < len(row) and row[index]]
        field = _field(plain(names[index]) if index < len(names) else "", cells, columns)
        if field is not None:
            columns.setdefault(field, index)
    return columns


def _field(name: str, cells: Sequence[str], taken: Columns) -> Field | None:
    named = next((field for field, sign in _NAMES if field not in taken and sign.search(name)), None)
    shape = next((field for field, fits in _SHAPES if cells and sum(map(fits, cells)) >= _MOST * len(cells)), None)
    if shape == "at":
        if named in _NAMED and all(cell.isdigit() for cell in cells):
            # An account's number can look like a number of seconds.
            return named
        return "until" if named == "until" else "at"
    if shape is not None:
        return shape if shape not in taken else None
    if named is not None and named != "until":
        return named
    if cells and all(map(is_phone, cells)):
        return "phone"
    # A word of letters and digits that comes back again and again is the name of a device or its cookie.
    if "cookie" not in taken and all(map(is_identifier, cells)) and 1 <= len(set(cells)) * 2 <= len(cells):
        return "cookie"
    return None
