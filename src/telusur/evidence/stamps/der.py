"""DER (X.690), read strictly: each element one way of writing it, nothing left over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

INTEGER: Final = 0x02
OCTETS: Final = 0x04
NAME: Final = 0x06
TIME: Final = 0x18
SEQUENCE: Final = 0x30
SET: Final = 0x31

_LONG_FORM: Final = 0x80
_LONG_TAG: Final = 0x1F
_MOST_LENGTH_BYTES: Final = 4
#: A name of the world's tree of names (OID) is never longer than this in bytes.
_LONGEST_NAME: Final = 64
_TIME: Final = re.compile(rb"(\d{14})(?:\.(\d{0,8}[1-9]))?Z")


class Malformed(ValueError):
    """Bytes that are not DER, or not what is expected there."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element within the bytes that hold it.

    Parameters
    ----------
    data
        The whole that it was read from.
    tag
        Its first byte.
    start, body, end
        Where it begins, where its content begins, and where both end.
    """

    data: bytes
    tag: int
    start: int
    body: int
    end: int

    @property
    def raw(self) -> bytes:
        """Its bytes, tag and length included."""
        return self.data[self.start : self.end]

    @property
    def content(self) -> bytes:
        """Its bytes without tag and length."""
        return self.data[self.body : self.end]

    def children(self) -> list[Element]:
        """Read the elements that its content is made of."""
        found, at = [], self.body
        while at < self.end:
            found.append(_read(self.data, at, self.end))
            at = found[-1].end
        return found


def read(data: bytes) -> Element:
    """Read bytes that are one element and nothing more.

    Raises
    ------
    Malformed
        If they are not.
    """
    element = _read(data, 0, len(data))
    if element.end != len(data):
        raise Malformed("bytes are left over")
    return element


def _read(data: bytes, start: int, end: int) -> Element:
    if end - start < 2:  # noqa: PLR2004 - a tag and a length
        raise Malformed("cut off")
    tag, length, body = data[start], data[start + 1], start + 2
    if tag & _LONG_TAG == _LONG_TAG:
        raise Malformed("a tag of several bytes")
    if length & _LONG_FORM:
        width = length & ~_LONG_FORM
        written = data[body : min(body + width, end)]
        if not 0 < width <= _MOST_LENGTH_BYTES or len(written) != width:
            raise Malformed("no length")
        length = int.from_bytes(written)
        if written[0] == 0 or length < _LONG_FORM:
            raise Malformed("a length written too long")
        body += width
    if body + length > end:
        raise Malformed("cut off")
    return Element(data, tag, start, body, body + length)


def expect(element: Element, tag: int) -> Element:
    """Give the element if it has this tag; refuse it otherwise."""
    if element.tag != tag:
        raise Malformed(f"tag {element.tag:#04x} instead of {tag:#04x}")
    return element


def integer(element: Element) -> int:
    """Read a whole number."""
    content = expect(element, INTEGER).content
    sign = content[:1] >= b"\x80"
    if not content or (len(content) > 1 and content[0] == (0xFF if sign else 0) and (content[1] >= 0x80) == sign):  # noqa: PLR2004
        raise Malformed("no number")
    return int.from_bytes(content, signed=True)


def name(element: Element) -> str:
    """Read an object identifier, as numbers with dots."""
    content = expect(element, NAME).content
    if not content or content[-1] & 0x80 or len(content) > _LONGEST_NAME:
        raise Malformed("no object identifier")
    numbers: list[int] = []
    value, begun = 0, False
    for byte in content:
        if not begun and byte == 0x80:  # noqa: PLR2004 - a leading zero
            raise Malformed("no object identifier")
        value, begun = value << 7 | byte & 0x7F, bool(byte & 0x80)
        if not begun:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))


def moment(element: Element) -> datetime:
    """Read a time as RFC 3161 (2.4.2) allows it: in UTC, with seconds, no zero at the end of their fraction."""
    found = _TIME.fullmatch(expect(element, TIME).content)
    if found is None:
        raise Malformed("no time")
    try:
        whole = datetime.strptime(found[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        raise Malformed("no time") from None
    return whole + timedelta(microseconds=int((found[2] or b"").ljust(6, b"0")[:6]))
