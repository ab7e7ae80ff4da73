"""What kind of file bytes are, by their own signs and by a second source; where signs differ, that is told."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from telusur.domain.evidence import SourceKind
from telusur.domain.text import Text

UNKNOWN: Final = "application/octet-stream"
#: Bytes of a file's beginning and end that are looked at.
HEAD: Final = 1 << 16
TAIL: Final = 1 << 16

_SIGNS: Final = (
    (re.compile(rb"PK\x03\x04|PK\x05\x06"), "application/zip"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"....ftyp(?:heic|heix|mif1|avif)", re.DOTALL), "image/heif"),
    (re.compile(rb"....ftyp", re.DOTALL), "video/mp4"),
    (re.compile(rb"OggS"), "audio/ogg"),
    (re.compile(rb"\x1f\x8b"), "application/gzip"),
    (re.compile(rb"WARC/1\."), "application/warc"),
    (re.compile(rb"7z\xbc\xaf'\x1c"), "application/x-7z-compressed"),
    (re.compile(rb"Rar!\x1a\x07"), "application/vnd.rar"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "application/x-ole-storage"),
    (re.compile(rb"\x7fELF|MZ"), "application/x-executable"),
)
_PDF: Final = re.compile(rb"%PDF-\d")
_ZIP_END: Final = b"PK\x05\x06"
_HTML: Final = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|script)\b", re.IGNORECASE | re.DOTALL
)
_XML: Final = re.compile(rb"\s*<(?:\?xml|svg)\b", re.IGNORECASE)
_MAIL: Final = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:Received|Return-Path|Message-ID|MIME-Version|Delivered-To|From):",
    re.IGNORECASE,
)
_TEXT_CONTROLS: Final = frozenset(range(32)) - {9, 10, 12, 13}

#: Types that a name's ending promises.
_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    ".zip": ("application/zip",),
    ".wacz": ("application/zip",),
    ".docx": ("application/zip",),
    ".xlsx": ("application/zip",),
    ".pdf": ("application/pdf",),
    ".png": ("image/png",),
    ".jpg": ("image/jpeg",),
    ".jpeg": ("image/jpeg",),
    ".gif": ("image/gif",),
    ".webp": ("image/webp",),
    ".heic": ("image/heif",),
    ".mp4": ("video/mp4",),
    ".gz": ("application/gzip",),
    ".warc": ("application/warc",),
    ".txt": ("text/", "message/rfc822"),
    ".csv": ("text/",),
    ".md": ("text/",),
    ".eml": ("message/rfc822",),
    ".json": ("application/json",),
    ".jsonl": ("application/jsonl", "application/json"),
    ".html": ("text/html",),
    ".htm": ("text/html",),
    ".yaml": ("text/",),
    ".js": ("text/", "application/json"),
}
#: Types that cannot be what a kind of source is; a letter may come as a scan, but an export is never a picture.
_NEVER: Final[dict[SourceKind, tuple[str, ...]]] = {
    "platform_export": ("image/", "video/", "audio/", "application/pdf", "message/"),
    "security_email": ("video/", "audio/", "application/zip"),
    "screenshot": ("application/zip", "application/gzip", "text/", "application/json", "message/"),
    "web_archive": ("image/", "video/", "audio/"),
    "known_writing": ("image/", "video/", "audio/"),
}
_CALLED: Final[dict[SourceKind, Text]] = {
    "platform_export": Text("ekspor platform", "platform export"),
    "security_email": Text("surel keamanan", "security e-mail"),
    "screenshot": Text("tangkapan layar", "screenshot"),
    "web_archive": Text("arsip web", "web archive"),
    "known_writing": Text("tulisan yang diketahui", "known writing"),
}
_EMPTY: Final = Text("kosong (0 bita)", "it is empty (0 bytes)")


@dataclass(frozen=True, slots=True)
class Detected:
    """What bytes show.

    Parameters
    ----------
    type
        Media type; of an ambiguous file, the one its first bytes show.
    problems
        What is odd about it, one sentence each.
    """

    type: str
    problems: tuple[Text, ...] = ()


def detect(head: bytes, tail: bytes, size: int) -> Detected:
    """Give the type of a file by its first and last bytes.

    Parameters
    ----------
    head, tail
        Up to `HEAD` first and `TAIL` last bytes.
    size
        Bytes of the whole file.
    """
    if size == 0:
        return Detected("application/x-empty", (_EMPTY,))
    shown = [media for sign, media in _SIGNS if sign.match(head)][:1]
    if _PDF.search(head[:1024]):
        shown.append("application/pdf")
    if "application/zip" not in shown and (at := tail.rfind(_ZIP_END)) >= 0 and _ends_a_zip(tail, at):
        shown.append("application/zip")
    if not shown:
        shown = [_text_type(head, whole=size == len(head)) or _second_source(head, tail)]
    first, *others = shown
    if first.startswith("image/") and re.search(rb"<script\b|<html\b", head, re.IGNORECASE):
        others.append("text/html")
    if others:
        kinds = [first, *others]
        ambiguous = Text(
            f"bermakna ganda: isinya dapat dibaca sebagai {' dan '.join(kinds)}; berkas disimpan, tidak dibuka",
            f"it is ambiguous: its bytes can be read as {' and '.join(kinds)}; it is kept, not opened",
        )
        return Detected(first, (ambiguous,))
    return Detected(first)


def _ends_a_zip(tail: bytes, at: int) -> bool:
    """Whether a zip's end record closes the file, give or take its comment."""
    return len(tail) - at >= 22 and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)  # noqa: PLR2004 - APPNOTE 4.3.16


def _text_type(head: bytes, *, whole: bool) -> str | None:
    """Give the type of text; ``None`` for bytes that are none."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain"
    if not _TEXT_CONTROLS.isdisjoint(head):
        return None
    try:
        # A long file's head may end within a character.
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        # Words in an older encoding: a few letters with marks among many without.
        if sum(byte > 127 for byte in head) * 5 >= len(head):  # noqa: PLR2004 - ASCII
            return None
    begun = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begun[:1] in {b"{", b"["}:
        return _json_type(begun, whole=whole)
    if _HTML.match(begun):
        return "text/html"
    if _XML.match(begun):
        return "image/svg+xml" if re.search(rb"<svg\b", begun[:2048], re.IGNORECASE) else "application/xml"
    return "message/rfc822" if _MAIL.match(begun) else "text/plain"


def _json_type(begun: bytes, *, whole: bool) -> str:
    first, newline, rest = begun.partition(b"\n")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return "application/json"
    return "application/jsonl" if newline and rest.strip() else ("application/json" if whole else "application/jsonl")


def _second_source(head: bytes, tail: bytes) -> str:
    """Ask puremagic about bytes whose signs are not known here; its answer is taken for what it is worth."""
    import puremagic  # noqa: PLC0415 - its tables take a while to load, and few files need them

    try:
        found = puremagic.magic_string(head if len(head) < HEAD else head + tail)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    return next((match.mime_type for match in found if match.mime_type), UNKNOWN)


def misfits(detected: str, name: str, kind: SourceKind | None) -> tuple[Text, ...]:
    """Say where a type does not fit the file's name or what the case says it is."""
    said = []
    ending = PurePosixPath(name).suffix.lower()
    promised = _ENDINGS.get(ending)
    if promised and detected != "application/x-empty" and not detected.startswith(promised):
        said.append(
            Text(
                f"namanya berakhiran {ending}, tetapi isinya {detected}",
                f"its name ends in {ending}, but its bytes are {detected}",
            )
        )
    if kind in _NEVER and detected.startswith(_NEVER[kind]):
        called = _CALLED[kind]
        said.append(
            Text(
                f"perkara menyebutnya {called.id}, tetapi isinya {detected}",
                f"the case calls it {called.en}, but its bytes are {detected}",
            )
        )
    return tuple(said)
