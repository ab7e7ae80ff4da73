"""Making a working copy: the parent's side. Nothing of the original is parsed here."""

from __future__ import annotations

import base64
import binascii
import codecs
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.domain.visible import visible
from telusur.evidence.copies.bare import is_bare
from telusur.evidence.copies.values import CHARACTERS, LARGEST, LIMITS, Page, WorkingCopy
from telusur.evidence.limited import open_limited, open_plain
from telusur.evidence.limits import Limits
from telusur.evidence.media_type import HEAD, TAIL, UNKNOWN, detect

#: What an original can be handed over as.
Source = Path | BinaryIO | bytes
_ROOM: Final = "telusur.evidence.copies."
#: Which reader takes which type, by the beginning of the type.
_READERS: Final = (
    ("image/svg+xml", "plain"),
    ("image/", "picture"),
    ("application/pdf", "paper"),
    ("text/html", "markup"),
    ("message/rfc822", "mail"),
    ("application/zip", "office"),
    ("text/", "plain"),
    ("application/json", "plain"),
    ("application/jsonl", "plain"),
    ("application/xml", "plain"),
)
_FACTS_OF: Final = (
    ("image/svg+xml", None),
    ("image/", "picture_facts"),
    ("application/pdf", "paper_facts"),
    ("text/html", "markup"),
    ("message/rfc822", "mail"),
    ("application/zip", "office_facts"),
)
_EMPTY: Final = Text("kosong (0 bita)", "is empty (0 bytes)")
_FOLDER: Final = Text("adalah folder; bukalah berkasnya satu per satu", "is a folder; open its files one by one")
_TOO_LARGE: Final = Text(
    f"lebih besar dari {LARGEST >> 20} MB; unduh aslinya", f"is larger than {LARGEST >> 20} MB; download the original"
)
_FACTS: Final = 2000


def make(
    source: Source,
    *,
    name: str,
    first: int = 1,
    take: Callable[[Page], None] | None = None,
    limits: Limits = LIMITS,
) -> WorkingCopy:
    """Make a working copy of an original.

    Parameters
    ----------
    source
        Path of the original, a reader of its bytes (kept in memory meanwhile, never on a disk), or the bytes.
    name
        What to call it in messages.
    first
        Page to begin with, of an original that has more pages than a copy.
    take
        Where pages go one by one; without it they are all in the copy.
    limits
        What the worker may spend.

    Returns
    -------
    WorkingCopy
        Of kind ``none``, with the reason, where no copy can or may be made; pages that were taken by then are void.

    Raises
    ------
    BadInput
        If there is no such file, or it cannot be read.
    """
    with _opened(source, name) as (descriptor, size):
        media_type, refused = _type_of(descriptor, size)
        reader = _reader_of(media_type)
        if reader is None and refused is None:
            reader = _reader_of_text(descriptor, media_type)
        if refused is None and reader is None:
            refused = Text(
                f"jenis ini ({media_type}) tidak ditampilkan di sini; unduh aslinya",
                f"this type ({media_type}) is not shown here; download the original",
            )
        if refused is not None:
            return WorkingCopy("none", media_type, why=refused)
        options = {"first": first} if reader == "paper" else {}
        messages = open_limited(f"{_ROOM}{reader}:copy", descriptor, limits, name=name, **options)
        try:
            return _taken_in(messages, media_type, take, name)
        except BadInput as bad:
            return WorkingCopy("none", media_type, why=bad.words)


def read_metadata(source: Source, *, name: str, limits: Limits = LIMITS) -> Mapping[str, str]:
    """Read what an original says of its maker and making: for those who are cleared, and in no copy.

    Parameters
    ----------
    source, name, limits
        As for `make`.

    Returns
    -------
    Mapping[str, str]
        From the name of a fact (``EXIF/GPSInfo/GPSLatitude``) to what it says. Empty for types that are not read; all
        of it is claimed by the file, and can be forged like its words.

    Raises
    ------
    BadInput
        If there is no such file, or it is damaged or stopped its reader; what is said then stands in the error.
    """
    with _opened(source, name) as (descriptor, size):
        media_type, refused = _type_of(descriptor, size)
        task = next((task for begun, task in _FACTS_OF if media_type.startswith(begun)), None)
        if refused is not None or task is None:
            return {}
        found: dict[str, str] = {}
        for message in open_limited(f"{_ROOM}{task}:facts", descriptor, limits, name=name):
            match message:
                case {"key": str(key), "value": str(value)}:
                    if len(found) < _FACTS:
                        found[_unused(visible(key), found)] = visible(value)
                case _:
                    _nonsense(name)
        return found


def _unused(key: str, found: Mapping[str, str]) -> str:
    count = 1
    while (numbered := key if count == 1 else f"{key} ({count})") in found:
        count += 1
    return numbered


@contextmanager
def _opened(source: Source, name: str) -> Iterator[tuple[int, int]]:
    """Give a descriptor of the original, and its size (-1 for a folder)."""
    descriptor = open_plain(source, name) if isinstance(source, Path) else os.memfd_create("original", os.MFD_CLOEXEC)
    try:
        if isinstance(source, bytes):
            _fill(descriptor, source)
        elif not isinstance(source, Path):
            written = 0
            while written <= LARGEST and (chunk := source.read(1 << 20)):
                _fill(descriptor, chunk)
                written += len(chunk)
        found = os.fstat(descriptor)
        yield descriptor, -1 if stat.S_ISDIR(found.st_mode) else found.st_size
    finally:
        os.close(descriptor)


def _fill(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def _type_of(descriptor: int, size: int) -> tuple[str, Text | None]:
    """Give the type of the original by its bytes, and why it is not opened, if it is not."""
    if size < 0:
        return "inode/directory", _FOLDER
    head = os.pread(descriptor, HEAD, 0)
    tail = os.pread(descriptor, TAIL, max(0, size - TAIL))
    detected = detect(head, tail, size)
    if size == 0:
        return detected.type, _EMPTY
    if detected.problems:
        return detected.type, detected.problems[0]
    return detected.type, _TOO_LARGE if size > LARGEST else None


def _reader_of(media_type: str) -> str | None:
    return next((reader for begun, reader in _READERS if media_type.startswith(begun)), None)


def _reader_of_text(descriptor: int, media_type: str) -> str | None:
    """Take for text what is no known type, but is UTF-8 with control characters, as what a terminal kept is."""
    head = os.pread(descriptor, HEAD, 0)
    if media_type != UNKNOWN or b"\0" in head:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return None
    return "plain"


def _nonsense(name: str) -> NoReturn:
    raise BadInput(
        Text(
            "membuat pembacanya memberi jawaban yang tidak dapat dimengerti; unduh aslinya dan beri tahu pengembang",
            "made its reader answer nonsense; download the original and tell the developers",
        ),
        where=name,
    )


def _taken_in(
    messages: Iterator[dict[str, Any]], media_type: str, take: Callable[[Page], None] | None, name: str
) -> WorkingCopy:
    """Check what the worker tells and put it together; it read a foreign file, so none of it is trusted."""
    pages: list[Page] = []
    words: list[str] = []
    notes: list[Text] = []
    in_all: int | None = None
    length = 0
    pending = bytearray()
    told = 0
    for message in messages:
        match message:
            case {"note": {"id": str(indonesian), "en": str(english)}}:
                notes.append(Text(visible(indonesian), visible(english)))
            case {"pages": int(count)}:
                in_all = count
            case {"words": str(piece)}:
                length += len(piece)
                words.append(visible(piece))
            case {"page": int(number), "type": str(kind), "piece": str(piece), "last": bool(last)}:
                pending += _bytes_of(piece, name)
                if last:
                    content = bytes(pending)
                    pending.clear()
                    if not is_bare(content, kind):
                        _nonsense(name)
                    told += 1
                    (take or pages.append)(Page(number, kind, content))
            case _:
                _nonsense(name)
    # A character that is written as its number takes ten.
    if length > CHARACTERS * 10 or bool(words) == bool(told):
        _nonsense(name)
    unique = tuple(dict.fromkeys(notes))
    if words:
        return WorkingCopy("text", media_type, text="".join(words), notes=unique)
    return WorkingCopy("pictures", media_type, tuple(pages), in_all, notes=unique)


def _bytes_of(piece: str, name: str) -> bytes:
    try:
        return base64.b64decode(piece, validate=True)
    except (binascii.Error, ValueError):
        _nonsense(name)
