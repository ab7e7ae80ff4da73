"""Indonesia's three time zones, and the one a reader wants times shown in."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final
from zoneinfo import ZoneInfo

#: What a person types and reads, and the zone it stands for.
ZONES: Final = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}
DEFAULT: Final = "WIB"

_chosen: ContextVar[str] = ContextVar("zone", default=DEFAULT)


def choose(name: str) -> None:
    """Show times in a zone from here on; an unknown name means the first zone."""
    _chosen.set(name if name in ZONES else DEFAULT)


def chosen_name() -> str:
    """Give ``WIB``, ``WITA`` or ``WIT``."""
    return _chosen.get()


def chosen() -> ZoneInfo:
    """Give the zone itself."""
    return ZONES[_chosen.get()]
