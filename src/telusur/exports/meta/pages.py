"""Reading a page of Meta's HTML export as the records that its JSON would hold.

So the readers of JSON records read both: what is told of an event does not depend on the form of the export, but for
what HTML leaves out. Values are known by their shape; the few labels that decide anything are words that JSON has too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from telusur.domain.event import Certainty
from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.exports.html_cards import Cards
from telusur.exports.json_cut import Break, Cut
from telusur.exports.meta import html_facebook, html_instagram
from telusur.exports.meta.cards import is_card, is_sign, is_time, said
from telusur.exports.meta.rows import Fields
from telusur.exports.meta.values import Clock
from telusur.exports.meta.zones import Zones, shift_of
from telusur.exports.worded_times import Wall, WordedTimes

_OF_WORDS: Final[frozenset[LogName]] = frozenset({"posts", "comments", "likes", "groups"})
_OF_SESSIONS: Final[frozenset[LogName]] = frozenset({"logins", "sessions", "devices"})
_OF_DEVICES: Final = ("ip_address", "user_agent", "datr_cookie", "device_id")


@dataclass(slots=True)
class Row(Cut):
    """A record of a page.

    Parameters
    ----------
    stamps
        For each time in it, as it was written and how sure it is.
    remarks
        What is odd about it.
    """

    stamps: dict[datetime, tuple[str, Certainty]] = field(default_factory=dict)
    remarks: list[Text] = field(default_factory=list)


def rows_of(content: bytes, root: str, zones: Zones, *, facebook: bool) -> Iterator[Row | Break]:
    """Give the records of a page, and where it is broken.

    Parameters
    ----------
    content
        The file's bytes.
    root
        What it is about: a root key without its generation.
    zones
        Reads its times.
    facebook
        Whether it is Facebook's; else it is Instagram's.
    """
    record_of = html_facebook.record_of if facebook else html_instagram.record_of
    cards = Cards(content, is_card, is_time, is_sign)
    times = WordedTimes(cards.text)
    for card in cards:
        if isinstance(card, Break):
            yield card
            continue
        clock = Clock(times, zones)
        value = record_of(root, said(card.node), clock)
        yield Row((), value, card.offset, card.sha256, card.replaced, card.length, clock.stamps, list(clock.remarks))


def is_empty(row: Row, log: LogName) -> bool:
    """Whether a card is no record, such as a note of the platform's: neither time nor, where it might, a device.

    Parameters
    ----------
    row
        What was made of the card.
    log
        The log that its page belongs to.
    """
    if row.stamps or row.remarks or not isinstance(row.value, dict):
        return False
    if log in _OF_WORDS:
        return True
    parts = row.value.get("string_map_data")
    told = [part["value"] for part in parts.values()] if parts else [row.value.get(key) for key in _OF_DEVICES]
    return log in _OF_SESSIONS and "label_values" not in row.value and not any(told)


def stamped(fields: Fields, row: Row) -> Fields:
    """Give an event's fields with its time as the page wrote it.

    Parameters
    ----------
    fields
        As the reader of JSON records gave them.
    row
        Where they come from.
    """
    written, certainty = row.stamps.get(fields["at"], (fields["written"], fields["certainty"]))
    made = {**fields, "written": written, "certainty": certainty}
    for key in ("at", "until"):
        if fields.get(key) is not None and row.stamps.get(fields[key], ("", "exact"))[1] == "none":
            made[key] = None
    return made


def shown_in(content: bytes) -> Iterator[tuple[datetime, Any]]:
    """Give the times that a page of logins shows without a zone, and how far its clock was ahead of UTC.

    Parameters
    ----------
    content
        The file's bytes.
    """
    cards = Cards(content, is_card, is_time, is_sign)
    times = WordedTimes(cards.text)
    for card in cards:
        if not isinstance(card, Break):
            one = said(card.node)
            found = [
                wall for words in (one.title, *(value for _, value in one.rows)) if (wall := times.read(words or ""))
            ]
            walls = [wall for wall in found if isinstance(wall, Wall)]
            stated = next((wall for wall in walls if wall.ahead is not None), None)
            local = next((wall for wall in walls if wall.ahead is None), None)
            if stated is not None and local is not None and (ahead := shift_of(stated, local)) is not None:
                yield local.at, ahead
