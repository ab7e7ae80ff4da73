"""Whether an encoded picture holds pixels and nothing else.

The worker that made it read a foreign file, and a person's browser will read what it made: so its outer structure is
checked once more, block by block, without decoding it. A block that could carry words is refused.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
#: Baseline and extended frames, tables, the scan, restarts; ``APP0`` only as JFIF's fixed header.
_JPEG_TABLES: Final = {0xDB, 0xC0, 0xC1, 0xC4, 0xDD}
_APP0, _SOS, _SOI, _EOI = 0xE0, 0xDA, b"\xff\xd8", b"\xff\xd9"
_JFIF: Final = 16


def is_bare(content: bytes, media_type: str) -> bool:
    """Say whether these bytes are a PNG or JPEG, as named, that can hold no word beside its pixels.

    Parameters
    ----------
    content
        The picture.
    media_type
        ``image/png`` or ``image/jpeg``; whatever else it is, it is not bare.
    """
    if media_type == "image/png":
        return _png(content)
    return media_type == "image/jpeg" and _jpeg(content)


def _png(content: bytes) -> bool:
    if not content.startswith(_PNG):
        return False
    at = len(_PNG)
    kinds = []
    while at + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != struct.unpack_from(">I", content, end - 4)[0]:
            return False
        kinds.append(kind)
        at = end
    return at == len(content) and kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"] and set(kinds[1:-1]) == {b"IDAT"}


def _jpeg(content: bytes) -> bool:
    if not (content.startswith(_SOI) and content.endswith(_EOI)):
        return False
    at = len(_SOI)
    while at + 4 <= len(content):
        mark, kind, length = struct.unpack_from(">BBH", content, at)
        if mark != 0xFF or length < 2:  # noqa: PLR2004 - ITU T.81 B.1.1
            return False
        if kind == _SOS:
            return _scan(content, at + 2 + length)
        if kind == _APP0:
            # Version, density and an empty thumbnail.
            if length != _JFIF or content[at + 4 : at + 9] != b"JFIF\0" or content[at + 16 : at + 18] != b"\0\0":
                return False
        elif kind not in _JPEG_TABLES:
            return False
        at += 2 + length
    return False


def _scan(content: bytes, start: int) -> bool:
    """Whether nothing but one scan goes on to the end."""
    at = content.find(b"\xff", start)
    while at >= 0:
        follows = content[at + 1 : at + 2]
        if follows == b"\xd9":
            return at + 2 == len(content)
        if follows != b"\0" and not 0xD0 <= follows[0] <= 0xD7:  # noqa: PLR2004 - the eight restart marks
            return False
        at = content.find(b"\xff", at + 2)
    return False
