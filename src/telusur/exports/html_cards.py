"""Cutting an HTML page into its records, each with its place and its very bytes.

Platforms write a page of records as boxes that look alike, here called cards. A card within a card is a part of it,
unless it tells a time of its own. A page is read in pieces by the standard library's parser; nothing that it names is
ever fetched. What lies outside all cards and looks like a part of one is told, as is a page that breaks off.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final

from telusur.domain.text import Text
from telusur.exports.json_cut import Break
from telusur.exports.written import Written

_PIECE: Final = 1 << 16
#: Longest tag or comment: Meta writes a logo into one.
_LONGEST: Final = 1 << 20
#: Elements and characters of one card, and how deep it may go.
_MOST, _LARGEST, _DEEPEST = 20_000, 1 << 20, 120
#: Tags and pieces of text of a page, more than any account fills; reading so many takes less than the worker may.
_TOKENS: Final = 4_000_000
#: Breaks after which a page is given up.
_BREAKS: Final = 2_000
_EMPTY: Final = frozenset(
    {"br", "img", "hr", "input", "meta", "link", "source", "wbr", "area", "base", "col", "embed", "track"}
)
_HIDDEN: Final = frozenset({"script", "style", "noscript", "template", "title", "head"})
_BYTE: Final = re.compile("[\udc80-\udcff]")


@lru_cache(maxsize=1_024)
def _classes(written: str) -> frozenset[str]:
    return frozenset(written.split())


@dataclass(slots=True, eq=False)
class Node:
    """An element of a card.

    Parameters
    ----------
    tag
        Its name.
    classes
        Its classes.
    href
        Where it leads, if it is a link.
    children
        What it holds, in order: elements and pieces of text.
    """

    tag: str
    classes: frozenset[str] = frozenset()
    href: str | None = None
    children: list[Node | str] = field(default_factory=list)


@dataclass(slots=True)
class Card:
    """One record.

    Parameters
    ----------
    node
        The element itself.
    offset
        Bytes from the start of the file.
    sha256
        Lower-case hex hash of its bytes.
    length
        Its bytes, counted.
    replaced
        Whether bytes that are not UTF-8 were read as U+FFFD.
    """

    node: Node
    offset: int
    sha256: str
    length: int
    replaced: bool = False


@dataclass(slots=True)
class _Open:
    """A card that has begun."""

    node: Node
    start: int
    depth: int
    timed: bool = False
    inner: list[tuple[Node, int, int]] = field(default_factory=list)
    told: bool = False
    held: int = 0
    size: int = 0
    excess: Text | None = None


class Cards(HTMLParser):
    """The cards of one page; iterate over it once.

    Parameters
    ----------
    content
        The file's bytes.
    is_card
        Whether an element with such a name and such classes is a card.
    is_time
        Whether a piece of text is a time.
    is_sign
        Whether a piece of text outside all cards must come from one.
    """

    def __init__(
        self,
        content: bytes,
        is_card: Callable[[str, frozenset[str]], bool],
        is_time: Callable[[str], bool],
        is_sign: Callable[[str], bool],
    ) -> None:
        super().__init__(convert_charrefs=True)
        written = Written(content)
        self._encoding, self._begun = written.encoding, written.begins
        self._errors = "surrogateescape" if written.encoding == "utf-8" else "replace"
        self._content = content
        #: What the page says.
        self.text = (
            content[self._begun :].decode("utf-8", "surrogateescape")
            if written.replaced and written.encoding == "utf-8"
            else written.text
        )
        self._ascii = self.text.isascii() and self._encoding == "utf-8"
        self._counted = (0, 0)
        self._place = self._tokens = 0
        self._is_card, self._is_time, self._is_sign = is_card, is_time, is_sign
        self._stack: list[Node] = []
        self._open: list[_Open] = []
        self._done: list[Card | Break] = []
        self._breaks = 0
        self._seen = 0

    def __iter__(self) -> Iterator[Card | Break]:
        for start in range(0, len(self.text), _PIECE):
            self.feed(self.text[start : start + _PIECE])
            yield from self._told()
            if len(self.rawdata) > _LONGEST or self._breaks > _BREAKS or self._tokens > _TOKENS:
                words = Text(
                    "sisanya tidak dibaca: terlalu rusak atau terlalu besar",
                    "the rest was not read: it is too broken or too large",
                )
                yield Break((), words, self._offset(self._place), record=False)
                break
        # What is left is a tag that does not end; asking the parser to read it all the same may take it long.
        whole = not self._stack and "<" not in self.rawdata
        while self._open:
            self._end(self._open.pop(), len(self.text))
        yield from self._told()
        if not self._seen:
            yield Break(
                (), Text("tidak ada catatan yang dikenal", "there is no record of a known form"), 0, record=False
            )
        if not whole:
            end = self._offset(len(self.text))
            yield Break((), Text("halaman terpotong di sini", "the page is cut off here"), end, record=False)

    def _told(self) -> list[Card | Break]:
        done, self._done = self._done, []
        return done

    def updatepos(self, i: int, j: int) -> int:
        """Note how far the page is read, in characters; the parser itself would count lines."""
        self._place += max(0, j - i)
        self._tokens += 1
        return j

    def _offset(self, place: int) -> int:
        """Give the bytes before a place; cheap where places are near each other."""
        if self._ascii:
            return self._begun + place
        seen, count = self._counted
        between = len(self.text[min(seen, place) : max(seen, place)].encode(self._encoding, self._errors))
        count += between if place >= seen else -between
        self._counted = (place, count)
        return self._begun + count

    # The standard library's parser stops at a section of a kind that it does not know.
    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Pass over what no page of today has."""
        return self.parse_bogus_comment(i, bool(report))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        found = dict(attrs)
        node = Node(tag, _classes(found.get("class") or ""), found.get("href"))
        if tag not in _EMPTY and len(self._open) < _DEEPEST and self._is_card(tag, node.classes):
            self._open.append(_Open(node, self._place, len(self._stack)))
        elif self._open:
            self._add(node, 0)
        if tag not in _EMPTY:
            if len(self._stack) < _DEEPEST:
                self._stack.append(node)
            elif self._open:
                self._excess(Text("bersarang terlalu dalam", "it is nested too deeply"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin and end an element that holds nothing."""
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End the nearest element of a name, and those in it that were not ended."""
        stack = self._stack
        level = len(stack) - 1
        while level >= 0 and stack[level].tag != tag:
            level -= 1
        if level < 0:
            return
        del stack[level:]
        if self._open and self._open[-1].depth >= level:
            end = self.text.find(">", self._place) + 1 or len(self.text)
            while self._open and self._open[-1].depth >= level:
                self._end(self._open.pop(), end)

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not data.strip() or (self._stack and self._stack[-1].tag in _HIDDEN):
            return
        if self._open:
            self._open[-1].timed = self._open[-1].timed or self._is_time(data)
            self._add(data, len(data))
        elif self._is_sign(data):
            words = Text(
                "bagian catatan di luar catatan mana pun; tidak dibaca",
                "a part of a record stands outside all records; it was not read",
            )
            self._break(words, self._place, record=True)

    def _break(self, words: Text, place: int, *, record: bool) -> None:
        self._breaks += 1
        self._done.append(Break((), words, self._offset(place), record))

    def _excess(self, words: Text) -> None:
        for card in self._open:
            card.excess = card.excess or words

    def _add(self, what: Node | str, size: int) -> None:
        card = self._open[-1]
        card.held += 1
        card.size += size
        if card.held > _MOST or card.size > _LARGEST:
            self._excess(Text("terlalu besar", "it is too large"))
        elif card.excess is None:
            # The stack's top is the card itself, or lies in it.
            self._stack[-1].children.append(what)

    def _end(self, card: _Open, end: int) -> None:
        """Tell of a card that has ended, or leave it to the one around it."""
        self._seen += 1
        if card.excess is not None:
            self._break(card.excess, card.start, record=True)
            return
        if card.timed or not (card.told or len(card.inner) > 1):
            card.node.children += [node for node, _, _ in card.inner]
            if self._open and not card.timed:
                # The card around it may be the record, and this one a part of it.
                self._open[-1].inner.append((card.node, card.start, end))
            else:
                self._tell(card.node, card.start, end)
            return
        for inner in card.inner:
            self._tell(*inner)
        words = Text(
            "memuat catatan lain dan tidak menyebut waktunya sendiri; hanya catatan di dalamnya yang dibaca",
            "it holds other records and tells no time of its own; only the records in it were read",
        )
        self._break(words, card.start, record=False)

    def _tell(self, node: Node, start: int, end: int) -> None:
        for card in self._open:
            card.told = True
        first, last = self._offset(start), self._offset(end)
        raw = self._content[first:last]
        replaced = _BYTE.search(self.text, start, end) is not None
        self._done.append(Card(node, first, hashlib.sha256(raw).hexdigest(), len(raw), replaced))


def shown(words: str) -> str:
    """Give text as it may be told: bytes that mean no character as U+FFFD.

    Parameters
    ----------
    words
        From a card.
    """
    return _BYTE.sub("\ufffd", words)
