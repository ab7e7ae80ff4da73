"""What a card of Meta's HTML says: its title, rows, words, captions and links, known by their place in it.

Three generations are known, all confirmed by public parsers and their test files: boxes of class ``uiBoxWhite``
(Facebook 2018 to 2020, Instagram to this day), Instagram's that bear ``_a6-g`` too (since 2021), and Facebook's
``section`` of class ``_a6-g`` with the time in its ``footer`` (since 2022). Rows are table rows of two cells, or of one
whose label comes first and whose value lies in elements within.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from telusur.exports.agents import is_agent
from telusur.exports.html_cards import Node, shown
from telusur.exports.shapes import is_address

_CARD: Final = frozenset({"_a6-g", "uiBoxWhite"})
_TITLE: Final = frozenset({"_a6-h", "_2lel"})
#: Where the name of a group stands before a comment's words.
_LABEL: Final = "_a6_m"
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE: Final = frozenset(
    {"a", "span", "b", "i", "em", "strong", "u", "s", "small", "time", "font", "code", "sup", "sub", "mark", "label"}
)
_MEDIA: Final = frozenset({"img", "video", "audio", "object", "iframe"})
#: Above these a picture's words are the card's own.
_BODY: Final = frozenset({"_2pin", "_a6-p", "_2let"})
_CLOCK: Final = re.compile(r"\d{4}.{0,12}?\d{1,2}[:.]\d\d|T\d\d:\d\d")
_URL: Final = re.compile(r"https?://\S+")
#: Facebook's own detour, which hides where a link leads.
_DETOUR: Final = re.compile(r"https?://(?:www\.)?facebook\.com/dyi/")
_ROW_CELLS: Final = frozenset({"td", "th"})
_SPACES: Final = re.compile(r"\s+")
_WORDS_OF_TIME: Final = 120


@dataclass(slots=True)
class Said:
    """What a card says.

    Parameters
    ----------
    title
        Its heading.
    rows
        Label and value of each row, in order; a label or value that is not there is empty.
    words
        Pieces of text outside rows, in order.
    captions
        Pieces of text that stand with a picture or film.
    links
        Where it leads to, in order.
    """

    title: str | None = None
    rows: list[tuple[str, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def is_card(_tag: str, classes: frozenset[str]) -> bool:
    """Whether an element is a card."""
    return not _CARD.isdisjoint(classes)


def is_time(words: str) -> bool:
    """Whether a piece of text looks like a time, in any language."""
    return len(words) <= _WORDS_OF_TIME and _CLOCK.search(words) is not None


def is_sign(words: str) -> bool:
    """Whether a piece of text outside all cards must come from one; a page's own foot tells a time in a sentence."""
    plain = words.strip()
    return (
        is_address(plain)
        or is_agent(plain)
        or (len(plain) <= len("Desember 31, 2024 11:59:59 malam") and is_time(plain))
    )


def said(node: Node) -> Said:
    """Give what a card says.

    Parameters
    ----------
    node
        The card.
    """
    found = Said()
    _Walk(found, _media_boxes(node)).block(node)
    found.links = [link for link in dict.fromkeys(_links(node)) if not _DETOUR.match(link)]
    return found


class _Walk:
    """Takes what an element says, piece by piece."""

    def __init__(self, found: Said, media: set[int]) -> None:
        self._found = found
        self._media = media
        self._buffer: list[str] = []
        self._label: str | None = None
        self._held = False

    def block(self, node: Node) -> None:
        """Take an element whose words stand apart from those around it."""
        held = self._held
        self._held = held or id(node) in self._media
        self._children(node)
        self._flush()
        self._held = held

    def _flush(self) -> None:
        piece = _plain(self._buffer)
        self._buffer.clear()
        if self._label is not None:
            self._found.rows.append((self._label, piece))
            self._label = None
        elif piece:
            (self._found.captions if self._held else self._found.words).append(piece)

    def _children(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, str):
                self._buffer.append(_SPACES.sub(" ", child))
            elif child.tag == "br":
                self._buffer.append("\n")
            elif child.tag in _INLINE and _LABEL not in child.classes and _TITLE.isdisjoint(child.classes):
                self._children(child)
            elif child.tag not in _MEDIA:
                self._flush()
                self._part(child)

    def _part(self, node: Node) -> None:
        if node.tag in _HEADINGS or not _TITLE.isdisjoint(node.classes):
            self._found.title = self._found.title or _text(node)
        elif node.tag == "tr":
            _row(node, self._found)
        elif _LABEL in node.classes:
            self._label = (_text(node) or "").strip(" :")
        else:
            self.block(node)


def _row(row: Node, found: Said) -> None:
    cells = [child for child in row.children if isinstance(child, Node) and child.tag in _ROW_CELLS]
    inner = [part for cell in cells for part in _parts(cell) if part.tag == "tr"]
    if inner:
        # A table in a row: its rows are the card's.
        for one in inner:
            _row(one, found)
        for cell in cells:
            title = next((part for part in _parts(cell) if part.tag in _HEADINGS), None)
            found.title = found.title or (None if title is None else _text(title))
        return
    pieces = [Said() for _ in cells]
    for cell, piece in zip(cells, pieces, strict=True):
        _Walk(piece, set()).block(cell)
    if len(cells) > 1:
        label = "\n".join(pieces[0].words)
        _keep(found, label, "\n".join(word for piece in pieces[1:] for word in (*piece.words, *_named(piece))))
    elif cells:
        direct = any(isinstance(child, str) and child.strip() for child in cells[0].children)
        words = [*pieces[0].words, *_named(pieces[0])]
        label = words.pop(0) if direct and words else ""
        _keep(found, label, "\n".join(words))


def _keep(found: Said, label: str, value: str) -> None:
    """Take a row; a time or address that stands alone in it is its value."""
    found.rows.append(("", label) if not value and is_sign(label) else (label, value))


def _named(piece: Said) -> list[str]:
    return [piece.title] if piece.title else []


def _parts(node: Node) -> Iterator[Node]:
    """Give the elements in an element; not those in its rows."""
    for child in node.children:
        if isinstance(child, Node):
            yield child
            if child.tag != "tr":
                yield from _parts(child)


def _links(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, Node):
            if child.href and _URL.fullmatch(child.href):
                yield shown(child.href)
            yield from _links(child)


def _media_boxes(card: Node) -> set[int]:
    """Give the elements that hold a picture or film and what is written with it."""
    boxes: set[int] = set()

    def look(node: Node) -> bool:
        """Whether a picture in an element still looks for its words."""
        waiting = False
        for child in node.children:
            if isinstance(child, Node):
                waiting = child.tag in _MEDIA or look(child) or waiting
        if not waiting or node is card or not _BODY.isdisjoint(node.classes):
            return False
        if _text(node):
            boxes.add(id(node))
            return False
        return True

    look(card)
    return boxes


def _text(node: Node) -> str | None:
    buffer: list[str] = []

    def take(one: Node) -> None:
        for child in one.children:
            if isinstance(child, str):
                buffer.append(_SPACES.sub(" ", child))
            elif child.tag == "br":
                buffer.append("\n")
            elif child.tag not in _MEDIA:
                take(child)

    take(node)
    return _plain(buffer) or None


def _plain(pieces: list[str]) -> str:
    """Join pieces of text, with the spaces that a page shows."""
    lines = (" ".join(line.split()) for line in shown("".join(pieces)).split("\n"))
    return "\n".join(lines).strip("\n")
