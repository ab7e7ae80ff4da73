"""In which zone an HTML export of Meta's wrote its times.

Its pages state none. Facebook's are in a zone of the account's (a published exercise with a real export: the page five
hours behind the record). Instagram's are not: in test data taken from real exports one row says
``2024-07-05T10:49:31+00:00`` and ``jul. 05, 2024 2:49 am``, eight hours behind UTC wherever its owner was. But such
rows tell both, so that the export itself shows its zone; without one, Instagram's times stay unread.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from telusur.domain.event import Certainty
from telusur.domain.text import Text
from telusur.exports.chats import Clock
from telusur.exports.worded_times import Wall, utc

_WIB: Final = timedelta(hours=7)
_QUARTER: Final = timedelta(minutes=15)
#: A time without seconds is cut off, not rounded.
_CUT: Final = timedelta(seconds=60)
_FARTHEST: Final = timedelta(hours=15)
_ADVICE: Final = Text(
    "ekspor ini berformat HTML, yang memuat lebih sedikit daripada JSON dan tidak menyebut zona waktu; lebih baik "
    "diunduh kembali dengan memilih JSON. ",
    "this export is in HTML, which tells less than JSON and names no time zone; better download it again and choose "
    "JSON. ",
)


def shift_of(stated: Wall, local: Wall) -> timedelta | None:
    """Give how far a clock was ahead of UTC by a row that tells one time twice; ``None`` if the two do not fit.

    Parameters
    ----------
    stated
        With a zone.
    local
        Without one.
    """
    exact = utc(stated).replace(tzinfo=None)
    ahead = round((local.at - exact) / _QUARTER) * _QUARTER
    apart = exact + ahead - local.at
    fits = timedelta(0) <= apart < _CUT if not local.seconds else abs(apart) <= timedelta(seconds=1)
    return ahead if fits and abs(ahead) <= _FARTHEST else None


class Zones:
    """Reads times without a zone.

    Parameters
    ----------
    platform
        Whose export it is.
    steps
        The case's zone, as `Chat.as_json` gives it; ``None`` if the case names none.
    shown
        Times as rows show them that tell them in UTC too, and how far their clock was ahead.
    """

    def __init__(
        self, platform: str, steps: list[list[Any]] | None, shown: Iterable[tuple[datetime, timedelta]] = ()
    ) -> None:
        self._platform = platform
        self._clock = Clock(steps) if steps else None
        self._shown = sorted(shown)

    def read(self, wall: Wall) -> tuple[datetime, Certainty]:
        """Give a time in UTC and how sure it is; with ``none``, the time is not to be used.

        Parameters
        ----------
        wall
            What the page shows.
        """
        if wall.ahead is not None:
            return utc(wall), "exact"
        if self._shown:
            return utc(Wall(wall.at, wall.written, self._nearest(wall.at))), "zone_assumed"
        if self._platform == "instagram":
            return utc(wall), "none"
        if self._clock is not None:
            return self._clock.utc(wall.at), "zone_assumed"
        return utc(Wall(wall.at, wall.written, _WIB)), "zone_assumed"

    def _nearest(self, at: datetime) -> timedelta:
        """Give what holds for the shown time that is nearest: clocks may change in summer."""
        place = bisect_left(self._shown, (at, timedelta.min))
        near = self._shown[max(0, place - 1) : place + 1]
        return min(near, key=lambda one: abs(one[0] - at))[1]

    @property
    def words(self) -> Text:
        """What is to be known of its times."""
        if self._shown:
            hours = ", ".join(f"UTC{_signed(ahead)}" for ahead in sorted({ahead for _, ahead in self._shown}))
            how = Text(
                f"Menurut baris yang menyebut waktunya dua kali, jamnya {hours}; waktu lain dibaca demikian",
                f"By rows that tell their time twice its clock is {hours}; other times were read so",
            )
        elif self._platform == "instagram":
            how = Text(
                "Tidak ada baris yang menunjukkan zonanya, dan zona Instagram bukan zona pemilik akun: waktu tanpa "
                "zona tidak dibaca",
                "No row shows its zone, and Instagram's is not the account owner's: times without a zone were not read",
            )
        elif self._clock is not None:
            how = Text(
                "Waktunya dibaca dalam zona perkara; zona pengaturan akun dapat berbeda",
                "Its times were read in the zone of the case; the zone that the account was set to may differ",
            )
        else:
            how = Text(
                "Perkara tidak menyebut zona: waktunya dibaca sebagai WIB (UTC+07:00); zona akun dapat berbeda",
                "The case names no zone: its times were read as WIB (UTC+07:00); the account's zone may differ",
            )
        return Text(_ADVICE.id + how.id, _ADVICE.en + how.en)


def _signed(ahead: timedelta) -> str:
    minutes = round(abs(ahead).total_seconds() / 60)
    return f"{'-' if ahead < timedelta(0) else '+'}{minutes // 60:02}:{minutes % 60:02}"
