"""Opening a letter or an e-mail inside the limited worker: what it is, and its words."""

from __future__ import annotations

# Some are loaded only when a letter needs them, which a confined worker cannot.
import codecs
import email.base64mime
import email.charset
import email.errors
import email.header
import email.iterators
import email.message
import email.parser
import email.policy
import email.quoprimime
import os
import quopri  # noqa: F401 - same
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import Opened
from telusur.exports.correspondence.signature import checked

for _codec in (
    "ascii",
    "cp1252",
    "idna",
    "iso8859-1",
    "iso8859-15",
    "quopri",
    "base64",
    "utf-8-sig",
    "utf-16",
    "utf-7",
):
    codecs.lookup(_codec)

_MOST: Final = 24 << 20
_MOST_WORDS: Final = 400_000
_MOST_HEADERS: Final = 400
_PICTURES: Final = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BREAKS: Final = frozenset({"br", "p", "div", "tr", "li", "td", "h1", "h2", "h3", "table"})


def read(opened: Opened, *, mail: bool, keys: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Give the words of a letter, or headers and body of an e-mail.

    Raises
    ------
    BadInput
        If an e-mail is a picture, a PDF or no e-mail at all.
    """
    content = os.pread(opened.descriptor, _MOST + 1, 0)
    if len(content) > _MOST:
        raise BadInput(
            Text("lebih besar dari 24 MB, bukan surat", "is larger than 24 MB, no letter"), where=opened.name
        )
    picture = content.startswith(_PICTURES)
    if not mail:
        # Zero bytes stand in no text, except in UTF-16, which its mark tells.
        foreign = picture or (b"\0" in content[:4096] and not content.startswith(_UTF16))
        yield {"letter": None if foreign else _decoded(content)}
        return
    if picture:
        raise BadInput(
            Text(
                "adalah gambar atau PDF, bukan surel; minta berkas .eml dari kotak surel, karena yang diperiksa adalah "
                "tajuknya",
                "is a picture or PDF, not an e-mail; ask for the .eml file from the mailbox, since what is checked are "
                "its headers",
            ),
            where=opened.name,
        )
    content = content.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n \t")
    parsed = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(content)
    if not parsed.get("From") or not (parsed.get("Date") or parsed.get("Received")):
        raise BadInput(
            Text(
                "bukan surel: tidak ada tajuk From dan Date; minta berkas .eml asli",
                "is no e-mail: it has no From and Date header; ask for the original .eml file",
            ),
            where=opened.name,
        )
    headers = [[str(key)[:100], _header(str(value))[:4_000]] for key, value in parsed.items()[:_MOST_HEADERS]]
    yield {
        "mail": {
            "headers": headers,
            "body": _body(parsed)[:_MOST_WORDS],
            "signature": checked(content, keys),
            "pictures": any(part.get_content_maintype() == "image" for part in parsed.walk()),
        }
    }


def _decoded(content: bytes) -> str:
    for codec in ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(codec)[:_MOST_WORDS]
        except UnicodeError:
            continue
    return content.decode("utf-8", "replace")[:_MOST_WORDS]


def _header(value: str) -> str:
    try:
        pieces = email.header.decode_header(value)
        words = "".join(
            piece if isinstance(piece, str) else piece.decode(charset or "utf-8", "replace")
            for piece, charset in pieces
        )
    except (email.errors.HeaderParseError, ValueError, LookupError):
        words = value
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())


def _body(letter: email.message.Message) -> str:
    plain: list[str] = []
    marked: list[str] = []
    for part in letter.walk():
        kind = part.get_content_type()
        if kind not in {"text/plain", "text/html"} or part.get_filename():
            continue
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        try:
            words = content.decode(part.get_content_charset() or "utf-8", "replace")
        except LookupError:
            words = content.decode("utf-8", "replace")
        (plain if kind == "text/plain" else marked).append(words[:_MOST_WORDS])
    return "\n".join(plain) if any(words.strip() for words in plain) else "\n".join(map(_unmarked, marked))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in {"style", "script", "head"}
        if tag in _BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "script", "head"} and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)


def _unmarked(html: str) -> str:
    words = _Words()
    words.feed(html)
    return "".join(words.found)
