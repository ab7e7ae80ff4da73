"""What was liked on YouTube, by the page or list of Google's "My Activity", in HTML or JSON.

A page is boxes of class ``outer-cell``: a verb and a link in the language of the account, then the time with its zone.
The verb is known in Indonesian and English; any other kind of record (watching, subscribing, advertising) is only
counted, and so is every search, known by where its link leads. Histories of watching and searching hold nothing else
and are not opened: what was watched bears on nothing, and a time without device or network would only make the log of
accesses look longer than it is. Boxes, zones and the English verb are confirmed by public parsers, the Indonesian verb
is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from telusur.domain.event import Certainty
from telusur.domain.text import Text
from telusur.evidence import Archive
from telusur.exports.chats import Clock
from telusur.exports.html_cards import Card, Cards
from telusur.exports.json_cut import Break, Cut, Cutter
from telusur.exports.lone import begun
from telusur.exports.messages import Message
from telusur.exports.meta.cards import is_time, said
from telusur.exports.shapes import iso
from telusur.exports.tally import Tally
from telusur.exports.worded_times import Unread, Wall, WordedTimes, utc
from telusur.exports.written import content_of

#: The product's own name is translated nowhere; what lies deeper below it is histories and lists.
_PAGE: Final = re.compile(r"(?:^|/)YouTube/[^/]+\.(?P<form>html?|json)$", re.IGNORECASE)
_SEARCHES: Final = re.compile(r"search|penelusuran|pencarian", re.IGNORECASE)
_SEARCH: Final = re.compile(r"/results\?|[?&]search_query=|google\.[a-z.]+/search", re.IGNORECASE)
_LIKED: Final = re.compile(r"(?:anda )?(?:liked|menyukai|suka)\b", re.IGNORECASE)
_VIDEO: Final = re.compile(r"(?:[?&]v=|/shorts/|youtu\.be/)([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])")
_POST: Final = re.compile(r"/(?:post/|channel/[^/]+/community\?lb=)(Ug[A-Za-z0-9_-]{10,80})")
_PEEKED, _MOST = 1 << 14, 5_000
_WIB: Final = timedelta(hours=7)


@dataclass(slots=True)
class _Happening:
    words: str
    links: list[str]
    time: Wall | Unread | None
    offset: int
    sha256: str


def pages_of(archive: Archive) -> list[str]:
    """Give the members that tell what was done on YouTube; JSON where it is there in both forms.

    Parameters
    ----------
    archive
        Any archive.
    """
    found: dict[str, str] = {}
    for member in archive.members[:_MOST]:
        page = _PAGE.search(member.name)
        if page is None or _SEARCHES.search(member.name):
            continue
        first = begun(archive, member.name, _PEEKED)
        is_json = page["form"].casefold() == "json"
        known = (
            b'"products"' in first or b'"titleUrl"' in first if is_json else b"mdl-" in first or b"outer-cell" in first
        )
        stem = member.name.rpartition(".")[0]
        if known and (is_json or stem not in found):
            found[stem] = member.name
    return list(found.values())


class Activity:
    """Reads what was liked.

    Parameters
    ----------
    archive
        Where the members lie.
    tally
        Counts.
    steps
        The case's zone, as `Chat.as_json` gives it, for times that state none.
    known
        What other files of the export tell to be liked already.
    """

    def __init__(self, archive: Archive, tally: Tally, steps: list[list[Any]] | None, known: set[str]) -> None:
        self._archive = archive
        self._tally = tally
        self._clock = Clock(steps) if steps else None
        self._known = known

    def read(self, file: str) -> Iterator[Message]:
        """Give what a page or list tells.

        Parameters
        ----------
        file
            One of those that `pages_of` gives.
        """
        content, damage = content_of(self._archive, file)
        if damage is not None:
            yield from self._tally.problem(file, damage)
        self._tally.begin("likes", file)
        searches = others = assumed = 0
        for one in _listed(content) if file.casefold().endswith("json") else _boxed(content):
            if isinstance(one, Break):
                yield from self._tally.broken("likes", file, one)
            elif any(map(_SEARCH.search, one.links)):
                searches += 1
            elif not _LIKED.match(one.words):
                others += 1
            else:
                assumed += isinstance(one.time, Wall) and one.time.ahead is None
                yield from self._liked(file, one)
        yield from self._counted(file, searches, others, assumed)

    def _liked(self, file: str, one: _Happening) -> Iterator[Message]:
        if not isinstance(one.time, Wall):
            why = one.time.why if one.time else Text("tidak menyebut waktu", "it tells no time")
            yield from self._tally.skip("likes", file, why, one.offset)
            return
        number = next((found[1] for link in one.links if (found := _VIDEO.search(link) or _POST.search(link))), None)
        at, certainty = self._at(one.time)
        if number in self._known:
            # The list of liked videos tells the same.
            self._tally.read("likes", at)
            return
        fields = {"action": "like", "object_id": number, "at": at, "written": one.time.written, "certainty": certainty}
        yield self._tally.event("likes", fields, file, one.offset, one.sha256)

    def _at(self, wall: Wall) -> tuple[datetime, Certainty]:
        if wall.ahead is not None:
            return utc(wall), "exact"
        if self._clock is not None:
            return self._clock.utc(wall.at), "zone_assumed"
        return utc(Wall(wall.at, wall.written, _WIB)), "zone_assumed"

    def _counted(self, file: str, searches: int, others: int, assumed: int) -> Iterator[Message]:
        if searches or others:
            words = Text(
                f"{searches} pencarian dan {others} catatan lain, seperti tontonan, hanya dihitung",
                f"{searches} searches and {others} other records, such as of watching, were only counted",
            )
            yield from self._tally.problem(file, words)
        if assumed:
            zone = ("zona perkara", "the zone of the case") if self._clock else ("WIB (UTC+07:00)", "WIB (UTC+07:00)")
            words = Text(
                f"{assumed} waktu tanpa zona dibaca dalam {zone[0]}",
                f"{assumed} times without a zone were read in {zone[1]}",
            )
            yield from self._tally.problem(file, words)


def _boxed(content: bytes) -> Iterator[_Happening | Break]:
    boxes = Cards(content, lambda _, classes: "outer-cell" in classes, is_time, lambda words: is_time(words.strip()))
    times = WordedTimes(boxes.text)
    for box in boxes:
        yield box if isinstance(box, Break) else _happening(box, times)


def _happening(box: Card, times: WordedTimes) -> _Happening:
    card = said(box.node)
    pieces = [[line for line in words.split("\n") if line.strip()] for words in card.words]
    read_in = [[time for line in lines if (time := times.read(line)) is not None] for lines in pieces]
    # The product may stand first and settings last; what was done stands with its time, or else second.
    place = next((n for n, read in enumerate(read_in) if read), min(1, len(pieces) - 1))
    lines, read = (pieces[place], read_in[place]) if pieces else ([], [])
    time = next((time for time in reversed(read) if isinstance(time, Wall)), read[-1] if read else None)
    return _Happening(lines[0] if lines else "", card.links, time, box.offset, box.sha256)


def _listed(content: bytes) -> Iterator[_Happening | Break]:
    for part in Cutter(content):
        if not isinstance(part, Cut):
            yield part
        elif not isinstance(part.value, Mapping):
            yield Break((), Text("bukan objek", "it is no object"), part.offset, record=True)
        else:
            title, link, written = (part.value.get(key) for key in ("title", "titleUrl", "time"))
            at = iso(written)
            time = None if at is None else Wall(at.replace(tzinfo=None), str(written), timedelta(0))
            links = [link] if isinstance(link, str) else []
            yield _Happening(title if isinstance(title, str) else "", links, time, part.offset, part.sha256)
