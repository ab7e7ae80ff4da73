"""What the pieces of a card are, by their shape: times, addresses, programs, cookies, links, and words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from telusur.domain.event import Certainty
from telusur.domain.text import Text
from telusur.exports.agents import is_agent
from telusur.exports.meta.cards import Said
from telusur.exports.meta.zones import Zones
from telusur.exports.shapes import is_address, is_identifier
from telusur.exports.worded_times import Unread, Wall, WordedTimes

#: Beside an address these letters stand in every language.
_ADDRESS: Final = re.compile(r"\bIP\b")
_COOKIE: Final = re.compile(r"cookie|datr|kuki", re.IGNORECASE)
#: A device's own number is no cookie.
DEVICE_NUMBER: Final = re.compile(r"(?:device|perangkat).{0,12}\bid\b|\bid\b.{0,12}(?:device|perangkat)", re.IGNORECASE)
_PLACE: Final = re.compile(r"\b(?:city|kota|region|wilayah|provinsi|country|negara|location|lokasi)\b", re.IGNORECASE)
_URL: Final = re.compile(r"https?://\S+")
#: Words before a time in one piece: "Updated", "Diperbarui pada".
_BEFORE: Final = range(1, 4)


class Clock:
    """Reads the times of one record, and remembers how each was written.

    Parameters
    ----------
    times
        Reads words.
    zones
        Knows what a clock without a zone shows.

    Attributes
    ----------
    stamps
        For each time, as it was written and how sure it is.
    remarks
        Times that were not read.
    """

    def __init__(self, times: WordedTimes, zones: Zones) -> None:
        self._times = times
        self._zones = zones
        self.stamps: dict[datetime, tuple[str, Certainty]] = {}
        self.remarks: dict[Text, None] = {}

    def wall(self, words: str | None) -> Wall | Unread | None:
        """Give the time that a piece of text is."""
        return self._times.read(words) if words else None

    def after_words(self, words: str) -> Wall | None:
        """Give the time that stands after a few words of a piece of text."""
        parts = words.split()
        found = (self._times.read(" ".join(parts[count:])) for count in _BEFORE if count < len(parts))
        return next((one for one in found if isinstance(one, Wall)), None)

    def stamp(self, wall: Wall) -> int:
        """Give a time as JSON would: seconds since 1970."""
        at, certainty = self._zones.read(wall)
        at = at.replace(microsecond=0)
        self.stamps[at] = (wall.written, certainty)
        return int(at.timestamp())

    def unread(self, time: Unread) -> None:
        """Remember a time that was not read."""
        written = time.written[:60]
        self.remark(
            f"waktunya {written!r} tidak dibaca: {time.why.id}", f"its time {written!r} was not read: {time.why.en}"
        )

    def remark(self, indonesian: str, english: str) -> None:
        """Remember what is odd."""
        self.remarks[Text(indonesian, english)] = None


@dataclass(slots=True)
class Values:
    """What a card's pieces are.

    Parameters
    ----------
    ip, agent, cookie
        Address, program and cookie.
    times
        Label and time of each, in order.
    place
        Where the platform takes the address to be.
    words
        Label and words of everything else, in order; the title comes first, without a label.
    links
        Where it leads to.
    """

    ip: str | None = None
    agent: str | None = None
    cookie: str | None = None
    times: list[tuple[str, Wall]] = field(default_factory=list)
    place: str | None = None
    words: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def first_words(self) -> str | None:
        """The title, or else the first words."""
        return self.words[0][1] if self.words else None


def values_of(card: Said, clock: Clock) -> Values:
    """Sort a card's pieces by what they are.

    Parameters
    ----------
    card
        Its pieces.
    clock
        Reads its times.
    """
    found = Values(links=list(card.links))
    places: list[str] = []
    pieces = [*([("", card.title)] if card.title else []), *card.rows, *(("", word) for word in card.words)]
    for label, value in pieces:
        time = clock.wall(value)
        if isinstance(time, Wall):
            found.times.append((label, time))
        elif time is not None:
            clock.unread(time)
        elif value and not _taken(found, label, value):
            if _PLACE.search(label):
                places.append(value)
            else:
                found.words.append((label, value))
        if _ADDRESS.search(label) and value and found.ip is None:
            clock.remark("alamatnya bukan alamat jaringan; tidak diikutkan", "its address is none; it was left out")
    found.place = ", ".join(places) or None
    return found


def _taken(found: Values, label: str, value: str) -> bool:
    """Take a value whose shape tells what it is; whether it does."""
    if is_address(value):
        found.ip = found.ip or value
    elif is_agent(value):
        found.agent = found.agent or value
    elif _COOKIE.search(label) or (not found.cookie and is_identifier(value) and not DEVICE_NUMBER.search(label)):
        found.cookie = found.cookie or value
    elif _URL.fullmatch(value):
        found.links.append(value)
    else:
        return False
    return True
