"""A letter by e-mail, or a page saved as MHTML: who wrote what to whom, as words; attachments are named, not opened."""

from __future__ import annotations

# Some are loaded only when a letter needs them, which a confined worker cannot.
import email.base64mime
import email.charset
import email.errors
import email.header
import email.iterators
import email.message
import email.parser
import email.policy
import email.quoprimime
import quopri  # noqa: F401 - same
import warnings
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from telusur.evidence.archive import shown
from telusur.evidence.copies.decoding import decoded
from telusur.evidence.copies.markup import text_of
from telusur.evidence.copies.source import all_bytes
from telusur.evidence.copies.telling import Message, fact, no_copy, note, words
from telusur.evidence.opening import Opened

# Gone from Python 3.13 on, where letters do without it.
with suppress(ImportError), warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import uu  # noqa: F401 - same

_MOST: Final = 48 << 20
_PARTS: Final = 300
_HEADERS: Final = ("From", "To", "Cc", "Date", "Subject")
_SAVED: Final = ("Snapshot-Content-Location", "Date", "Subject")
_HEADER: Final = 1000


def copy(opened: Opened) -> Iterator[Message]:
    """Tell the letter, or the saved page."""
    letter = parsed(opened)
    parts = list(_parts(letter))
    if len(parts) > _PARTS:
        raise no_copy(
            f"adalah surat dengan lebih dari {_PARTS} bagian; unduh aslinya",
            f"is a letter of more than {_PARTS} parts; download the original",
        )
    saved = letter.get_content_type() == "multipart/related" and "Snapshot-Content-Location" in letter
    lines = [f"{name}: {text}" for name in (_SAVED if saved else _HEADERS) if (text := header(letter, name))]
    yield note(
        "halaman web yang disimpan sebagai satu berkas (MHTML)" if saved else
        "surat elektronik: tajuk lainnya hanya ada dalam metadata, dan siapa pengirimnya tidak terbukti dari tajuk",
        "a web page saved as one file (MHTML)" if saved else
        "an e-mail: its other headers are in the metadata alone, and headers do not show who sent it",
    )  # fmt: skip
    attached = []
    told = []
    for part in parts:
        kind = part.get_content_type()
        if part.get_filename() or not kind.startswith("text/") or part.get_content_disposition() == "attachment":
            attached.append(_named(part))
            continue
        content = part.get_payload(decode=True)
        text = decoded(content if isinstance(content, bytes) else b"", _charset(part))
        if kind == "text/html":
            text, notes = text_of(text)
            for found in notes:
                yield {"note": found.as_json()}
        elif kind != "text/plain":
            attached.append(_named(part))
            continue
        told.append(text.rstrip())
    if attached:
        yield note(
            f"{len(attached)} bagian lain (gambar, lampiran) disebut namanya dan tidak dibuka",
            f"{len(attached)} further parts (pictures, attachments) are named and not opened",
        )
        listed = "\n".join(attached[:100])
        told.append(f"[{len(attached)}]\n{listed}")
    yield from words("\n".join(lines) + "\n\n" + "\n\n----\n\n".join(told) + "\n")


def parsed(opened: Opened) -> email.message.Message:
    """Read the letter's structure.

    Raises
    ------
    BadInput
        If its parts lie too deep within each other.
    """
    content = all_bytes(opened, _MOST)
    try:
        return email.parser.BytesParser(policy=email.policy.compat32).parsebytes(content)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, email.errors.MessageError):
        raise no_copy(
            "adalah surat yang susunannya rusak atau berlapis terlalu dalam; unduh aslinya",
            "is a letter whose structure is damaged or nested too deep; download the original",
        ) from None


def header(letter: email.message.Message, name: str) -> str:
    """Give a header's words, cut."""
    return "; ".join(header_text(str(value)) for value in letter.get_all(name, [])[:20])[:_HEADER]


def header_text(value: str) -> str:
    """Give the words of a header's value, with the encodings in it undone."""
    try:
        pieces = email.header.decode_header(value)
    except (email.errors.HeaderParseError, ValueError, LookupError):
        return _one_line(value)
    return _one_line("".join(p if isinstance(p, str) else decoded(p, charset) for p, charset in pieces))


def _one_line(text: str) -> str:
    return " ".join(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())


def _parts(letter: email.message.Message) -> Iterator[email.message.Message]:
    """Give what is no container, in order; a letter within the letter is one part."""
    waiting = [letter]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(reversed([found for found in inner if isinstance(found, email.message.Message)]))
        else:
            yield part


def _charset(part: email.message.Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, ValueError, TypeError, AttributeError):
        return None


def _named(part: email.message.Message) -> str:
    name = part.get_filename() or part.get("Content-Location") or "?"
    return f"{shown(header_text(str(name)))} ({part.get_content_type()})"


def facts(opened: Opened) -> Iterator[Message]:
    """Tell every header of the letter: its way, its programs, its addresses."""
    for name, value in parsed(opened).items():
        yield fact(f"header/{name}", header_text(str(value)))
