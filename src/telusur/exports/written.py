"""A text file as lines, each with its place: UTF-8 or UTF-16, by its first bytes."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import Archive

#: Largest text taken, in bytes: some hundred times the longest chat or table of one account.
_LARGEST: Final = 64 << 20
NOT_UTF8: Final = Text(
    "memuat bita yang bukan UTF-8; bita itu dibaca sebagai U+FFFD",
    "it holds bytes that are not UTF-8; they were read as U+FFFD",
)
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# A confined worker cannot load a codec any more when it first needs one.
for _, _encoding in _MARKS:
    codecs.lookup(_encoding)


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end.

    Parameters
    ----------
    text
        What it says.
    start, end
        Bytes from the start of the file to it, and to the line's end.
    """

    text: str
    start: int
    end: int


class Written:
    """A text file.

    Parameters
    ----------
    content
        Its bytes.

    Attributes
    ----------
    text
        What it says.
    encoding, begins
        How it is encoded, and after how many bytes its text begins.
    replaced
        Whether bytes that mean no character were read as U+FFFD.
    """

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.encoding, self.begins = _encoding_of(content)
        self.replaced = False
        try:
            self.text = content[self.begins :].decode(self.encoding)
        except UnicodeDecodeError:
            self.replaced = True
            self.text = content[self.begins :].decode(self.encoding, "replace")

    def lines(self) -> Iterator[Line]:
        """Give its lines in order; only line feeds end one."""
        newline = "\n".encode(self.encoding)
        start = self.begins
        step = len(newline)
        while start < len(self.content):
            end = self.content.find(newline, start)
            while step > 1 and end >= 0 and (end - self.begins) % step:
                end = self.content.find(newline, end + 1)
            end = len(self.content) if end < 0 else end
            text = self.content[start:end].decode(self.encoding, "replace")
            yield Line(text.removesuffix("\r"), start, end)
            start = end + step

    def sha256(self, start: int, end: int) -> str:
        """Give the hash of some of its bytes, in lower-case hex.

        Parameters
        ----------
        start, end
            Bytes from the start of the file.
        """
        return hashlib.sha256(self.content[start:end]).hexdigest()


def _encoding_of(content: bytes) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    # Without a mark: every second byte of Latin text in UTF-16 is zero.
    begun = content[:400]
    if begun[1::2].count(0) > len(begun) // 3:
        return "utf-16-le", 0
    if begun[0::2].count(0) > len(begun) // 3:
        return "utf-16-be", 0
    return "utf-8", 0


def content_of(archive: Archive, name: str, largest: int = _LARGEST) -> tuple[bytes, Text | None]:
    """Give a member's bytes, as many as can be read, and what is wrong with the rest.

    Parameters
    ----------
    archive
        Where it lies.
    name
        Which member.
    largest
        Bytes at most.
    """
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(name) as stream:
            while more := stream.read(1 << 20):
                parts.append(more[: largest - size])
                size += len(more)
                if size > largest:
                    words = f"{largest >> 20} MB"
                    damage = Text(
                        f"lebih dari {words}; sisanya tidak dibaca", f"more than {words}; the rest was not read"
                    )
                    return b"".join(parts), damage
    except BadInput as error:
        return b"".join(parts), error.words
    return b"".join(parts), None
