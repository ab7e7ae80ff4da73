"""Which characters the bundled fonts can show, read from the fonts themselves.

PDF/A forbids a glyph that stands for nothing, and a reader could not tell one box from another: what no font can show
is written as its number.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from telusur.domain.visible import number_of

FOLDER: Final = Path(__file__).parent / "fonts"
#: Steer the shaping of the characters around them and have no shape of their own.
_SHAPELESS: Final = frozenset("\n\t \u200c\u200d\ufe0e\ufe0f")


@cache
def covered() -> frozenset[int]:
    """Give every code point that some bundled font has a glyph for."""
    return frozenset(point for path in sorted(FOLDER.glob("*.ttf")) for point in _points(path.read_bytes()))


def printable(text: str) -> str:
    """Give the text with every character that no bundled font can show written as its number."""
    points = covered()
    if text.isascii():
        return text
    return "".join(c if ord(c) in points or c in _SHAPELESS else number_of(c) for c in text)


def _points(font: bytes) -> Iterator[int]:
    """Read the code points of a font's character map (OpenType 1.9, `cmap`, formats 4 and 12)."""
    tables = {
        font[at : at + 4]: struct.unpack(">L", font[at + 8 : at + 12])[0]
        for at in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16)
    }
    start = tables[b"cmap"]
    for at in range(start + 4, start + 4 + 8 * struct.unpack(">H", font[start + 2 : start + 4])[0], 8):
        table = start + struct.unpack(">L", font[at + 4 : at + 8])[0]
        kind = struct.unpack(">H", font[table : table + 2])[0]
        if kind == 4:  # noqa: PLR2004 - number of the format
            yield from _segments(font, table)
        elif kind == 12:  # noqa: PLR2004 - number of the format
            for group in range(struct.unpack(">L", font[table + 12 : table + 16])[0]):
                first, last = struct.unpack(">LL", font[table + 16 + 12 * group : table + 24 + 12 * group])
                yield from range(first, last + 1)


def _segments(font: bytes, table: int) -> Iterator[int]:
    count = struct.unpack(">H", font[table + 6 : table + 8])[0] // 2

    def numbers(at: int, form: str) -> tuple[int, ...]:
        return struct.unpack(f">{count}{form}", font[at : at + 2 * count])

    ends = numbers(table + 14, "H")
    starts = numbers(table + 16 + 2 * count, "H")
    deltas = numbers(table + 16 + 4 * count, "h")
    offsets_at = table + 16 + 6 * count
    offsets = numbers(offsets_at, "H")
    for i, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for point in range(first, last + 1):
            if offsets[i]:
                at = offsets_at + 2 * i + offsets[i] + 2 * (point - first)
                glyph = struct.unpack(">H", font[at : at + 2])[0]
            else:
                glyph = (point + deltas[i]) & 0xFFFF
            if glyph:
                yield point
