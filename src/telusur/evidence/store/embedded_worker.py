"""Reading the date that a picture, a PDF or an office file carries; runs in the limited worker."""

from __future__ import annotations

import io
import logging
import os
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pypdf
import pypdf._codecs._codecs
import pypdf.filters
from PIL import Image

from telusur.evidence.opening import Opened

_EXIF: Final = re.compile(r"(\d{4}):(\d{2}):(\d{2})[ T](\d{2}:\d{2}:\d{2})")
_ZONE: Final = re.compile(r"[+-]\d{2}:\d{2}|Z")
_PDF: Final = re.compile(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2})?'?(\d{2})?")
_OFFICE: Final = re.compile(
    rb"<dcterms:created\b[^>]{0,200}>\s*(\d{4}-\d{2}-\d{2}T[0-9:.]{5,15}(?:Z|[+-]\d{2}:\d{2})?)\s*<"
)
_FORMATS: Final = ("JPEG", "PNG", "TIFF", "WEBP")
_CORE: Final = "docProps/core.xml"
_MOST: Final = 1 << 20
_ORIGINAL, _DIGITISED, _CHANGED = 0x9003, 0x9004, 0x0132
_OFFSET_ORIGINAL, _OFFSET = 0x9011, 0x9010
_EXIF_IFD: Final = 0x8769

# Pillow's plugins, and above what pypdf would load in passing: once the worker is confined no module can be loaded.
Image.init()


def dates(opened: Opened, *, pieces: Sequence[Sequence[object]]) -> Iterator[Mapping[str, object]]:
    """Tell of each piece, in its turn, the date that it carries.

    Parameters
    ----------
    opened
        All pieces, one after the other.
    pieces
        Length in bytes and media type of each.
    """
    offset = 0
    for length, media_type in pieces:
        assert isinstance(length, int)
        content = os.pread(opened.descriptor, length, offset)
        offset += length
        try:
            written = _date(content, str(media_type))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - a file that cannot be read says nothing of its date
            written = None
        yield {"written": written}


def _date(content: bytes, media_type: str) -> str | None:
    if media_type == "application/pdf":
        return _of_paper(content)
    return _of_office(content) if media_type == "application/zip" else _of_picture(content)


def _of_picture(content: bytes) -> str | None:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        exif = picture.getexif()
    inner = exif.get_ifd(_EXIF_IFD)
    for tag, offset in ((_ORIGINAL, _OFFSET_ORIGINAL), (_DIGITISED, _OFFSET_ORIGINAL), (_CHANGED, _OFFSET)):
        found = _EXIF.match(str(inner.get(tag) or exif.get(tag) or ""))
        if found:
            zone = _ZONE.fullmatch(str(inner.get(offset) or "").strip())
            return f"{found[1]}-{found[2]}-{found[3]}T{found[4]}{zone[0] if zone else ''}"
    return None


def _of_paper(content: bytes) -> str | None:
    logging.disable(logging.CRITICAL)
    told = pypdf.PdfReader(io.BytesIO(content)).metadata
    found = _PDF.match(str(told.get("/CreationDate") or "")) if told else None
    if not found:
        return None
    year, month, day, hour, minute, second, zone, further = found.groups()
    clock = f"T{hour}:{minute}{f':{second}' if second else ''}" if hour else ""
    if clock and zone:
        clock += zone if zone == "Z" else f"{zone}:{further or '00'}"
    return f"{year}-{month}-{day}{clock}"


def _of_office(content: bytes) -> str | None:
    with zipfile.ZipFile(io.BytesIO(content)) as held, held.open(_CORE) as core:
        found = _OFFICE.search(core.read(_MOST))
    return found[1].decode("ascii") if found else None
