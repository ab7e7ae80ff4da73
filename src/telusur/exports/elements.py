"""Splitting a ``window.YTD.<name>.part<N> = [ ... ]`` file into its elements, as a stream, byte by byte accounted for.

The elements are cut by their brackets first and understood second, so that one broken record costs that record and no
other, and so that every record has its offset and the hash of its very bytes. After a break the cut resumes at the next
place that looks like the beginning of a record.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import Stream
from telusur.exports.strict_json import NotJson, loads

#: How a data file begins; the manifest has a name of its own.
HEAD: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*window\.(?:YTD\.(?P<name>\w{1,64})\.part(?P<part>\d{1,6})|(?P<config>__THAR_CONFIG))\s*=\s*"
)
#: Bytes within which a data file's head must end.
HEAD_LENGTH: Final = 256
_CHUNK: Final = 1 << 16
#: Longest record taken: X's own are some kilobytes; a list of all devices is one record.
_LONGEST: Final = 4 << 20
_DEEPEST: Final = 64
#: Breaks after which a file is given up, so that a crafted one cannot make the cut begin again and again.
_BREAKS: Final = 2_000

_ATOM: Final = rb'[^"{}\[\]]++|"[^"\\]*+(?:\\.[^"\\]*+)*+"'
# Everything up to the next bracket that counts: strings and lists or objects without others in them are passed over
# whole. Then a bracket; or a string whose end is not here yet. Atomic groups, not possessive repeats: before 3.11.5
# Python matches a possessive repeat of a group wrongly where the group itself may turn back (CPython issue 106052).
_BRACKET: Final = re.compile(
    rb"(?>(?:" + _ATOM + rb"|[{\[](?>(?:" + _ATOM + rb')*)[}\]])*)(?:([{}\[\]])|(")|\Z)', re.DOTALL
)
_STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_JUNK: Final = re.compile(rb'[^,\[\]{"]*')
#: Distinct first keys that are learnt from a file, and the most bytes that a beginning may take.
_KEYS: Final = 16
_MARKER_LENGTH: Final = 256
_WORD: Final = re.compile(r"\w{1,40}", re.ASCII)
_SPACE: Final = re.compile(rb"[ \t\r\n]*")
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
#: An escape in a string: two halves of a character, one half alone, or any other.
_ESCAPE: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)


def _whole(escape: re.Match[str]) -> str:
    return "\\ufffd" if escape[1] else escape[0]


@dataclass(frozen=True, slots=True)
class Element:
    """One record as it was cut and read.

    Parameters
    ----------
    offset
        Bytes from the start of the file.
    raw
        Its bytes.
    value
        What they mean.
    replaced
        Whether bytes that are not UTF-8 were read as U+FFFD.
    halved
        Whether an escape for half a character was read so too.
    """

    offset: int
    raw: bytes
    value: object
    replaced: bool = False
    halved: bool = False

    @property
    def sha256(self) -> str:
        """Lower-case hex hash of its bytes."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """Bytes that give no record.

    Parameters
    ----------
    offset
        Bytes from the start of the file.
    message
        One sentence: what was found, what was done.
    record
        Whether they are a record that was lost.
    """

    offset: int
    message: Text
    record: bool = False


class Elements:
    """The elements of one file.

    Parameters
    ----------
    stream
        The file from its first byte.
    beginnings
        First keys by which a record of this file may be known, for resuming after a break; those of the records
        that are read are added.

    Attributes
    ----------
    name
        What the file calls itself (``tweets``); ``None`` if it does not begin as such files do.
    """

    def __init__(self, stream: Stream, beginnings: Sequence[str] = ()) -> None:
        self._stream = stream
        self._buffer = b""
        self._base = 0
        self._at = 0
        self._ended = False
        self._damage: Text | None = None
        self._keys = {key.encode() for key in beginnings}
        self._breaks = 0
        # No more than the head is taken before it is known that this file is one to be read.
        while len(self._buffer) < HEAD_LENGTH and self._more(HEAD_LENGTH):
            pass
        head = HEAD.match(self._buffer[:HEAD_LENGTH])
        self.name: str | None = None
        if head:
            self.name = "manifest" if head["config"] else head["name"].decode("ascii", "replace")
            self._at = head.end()

    def __iter__(self) -> Iterator[Element | Fault]:
        opener = self._peek()
        if opener == b"{":
            # The manifest is one object.
            yield from self._one()
        elif opener == b"[":
            self._at += 1
            yield from self._list()
        else:
            yield self._fault(
                self._at,
                Text(
                    "di sini tidak ada awal daftar catatan; berkas tidak dibaca",
                    "no list of records begins here; the file was not read",
                ),
            )
        if self._damage and self._ended:
            ends = Text(f"berkas berakhir di sini: {self._damage.id}", f"the file ends here: {self._damage.en}")
            yield Fault(self._base + self._at, ends)

    def _more(self, size: int = _CHUNK) -> bool:
        """Take in more of the file; whether there was any."""
        if self._ended:
            return False
        try:
            chunk = self._stream.read(size)
        except BadInput as damage:
            # A checksum that fails, or a budget that is spent, ends the file here; what was read stays read.
            self._damage = damage.words
            chunk = b""
        if not chunk:
            self._ended = True
            return False
        self._base += self._at
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return True

    def _peek(self) -> bytes:
        """Pass over white space and give the next byte; none at the end."""
        while True:
            found = _SPACE.match(self._buffer, self._at)
            assert found is not None
            self._at = found.end()
            if self._at < len(self._buffer):
                return self._buffer[self._at : self._at + 1]
            if not self._more():
                return b""

    def _fault(self, at: int, message: Text, *, record: bool = False) -> Fault:
        self._breaks += 1
        return Fault(self._base + at, message, record)

    def _one(self) -> Iterator[Element | Fault]:
        cut = self._cut()
        if cut is None:
            yield self._cut_off()
            return
        yield self._understood(*cut)
        self._at = cut[0]
        if self._closed():
            return
        yield self._fault(
            self._at,
            Text(
                "masih ada bita sesudah akhir objek tunggal berkas ini; bita itu tidak dibaca",
                "further bytes follow the end of the file's one object; they were not read",
            ),
        )

    def _list(self) -> Iterator[Element | Fault]:
        while self._breaks < _BREAKS:
            mark = self._peek()
            if mark == b"{":
                yield from self._element()
                mark = self._peek()
                if mark == b"{":
                    yield self._fault(
                        self._at,
                        Text(
                            "tidak ada koma sebelum catatan ini; catatan tetap dibaca",
                            "no comma stands before this record; it was read all the same",
                        ),
                    )
            if mark == b",":
                self._at += 1
            elif mark == b"]":
                self._at += 1
                if self._closed():
                    return
                yield self._fault(
                    self._at,
                    Text(
                        "masih ada bita sesudah akhir daftar; pembacaan dilanjutkan pada catatan berikutnya",
                        "further bytes follow the end of the list; reading resumed at the next record",
                    ),
                )
                self._skip_to_marker()
                if self._ended and self._at == len(self._buffer):
                    return
            elif mark == b"":
                yield self._cut_off()
                return
            elif mark != b"{":
                yield self._fault(
                    self._at,
                    Text(
                        "di sini ada sesuatu yang bukan catatan; dilewati",
                        "something that is no record stands here; it was skipped",
                    ),
                )
                self._skip_junk(mark)
        given_up = Text(
            f"lebih dari {_BREAKS} kerusakan: sisa berkas tidak dibaca",
            f"more than {_BREAKS} breaks: the rest of the file was not read",
        )
        yield Fault(self._base + self._at, given_up)

    def _element(self) -> Iterator[Element | Fault]:
        cut = self._cut()
        if cut is None:
            at = self._base + self._at
            self._breaks += 1
            self._at += 1
            self._skip_to_marker()
            # Where nothing follows, the list's own end is missing too, and that is told as the file's truncation.
            endless = Text(
                "catatan yang tidak berakhir atau terlalu panjang; dilewati",
                "a record that does not end, or is too long; it was skipped",
            )
            yield Fault(at, endless, record=True)
            return
        end, deepest = cut
        result = self._understood(end, deepest)
        if isinstance(result, Fault):
            # A lost quote or bracket makes the cut run on into the next records: begin again inside.
            found = self._marker().search(self._buffer, self._at + 1, end)
            end = found.start() if found else end
        self._at = end
        yield result

    def _cut(self) -> tuple[int, int] | None:
        """Find where the brackets that begin here close, and how deep they go; ``None`` if they do not close."""
        depth = deepest = 1
        at = self._at + 1
        while True:
            found = _BRACKET.match(self._buffer, at)
            assert found is not None
            bracket = found[1]
            if bracket is None:
                # The buffer's end, or a string whose end is not in it: look again with more of the file.
                done = (found.start(2) if found[2] else found.end()) - self._at
                if len(self._buffer) - self._at > _LONGEST or not self._more():
                    return None
                at = self._at + done
                continue
            at = found.end()
            if bracket in b"{[":
                depth += 1
                deepest = max(depth, deepest)
            else:
                depth -= 1
                if depth == 0:
                    return at, deepest

    def _understood(self, end: int, deepest: int) -> Element | Fault:
        raw = self._buffer[self._at : end]
        replaced = False
        try:
            if deepest > _DEEPEST:
                raise NotJson(
                    Text(f"bersarang lebih dari {_DEEPEST} tingkat", f"it is nested more than {_DEEPEST} deep")
                )
            try:
                text = raw.decode()
            except UnicodeDecodeError:
                text = raw.decode(errors="replace")
                replaced = True
            # Half a character can be written as an escape only, and to no document after that.
            whole = _ESCAPE.sub(_whole, text) if _HALF.search(text) else text
            value = loads(whole)
        except NotJson as error:
            broken = Text(
                f"catatan yang rusak; dilewati: {error.why.id}",
                f"a record that is broken; it was skipped: {error.why.en}",
            )
            return self._fault(self._at, broken, record=True)
        self._learn(value)
        return Element(self._base + self._at, raw, value, replaced, whole != text)

    def _learn(self, value: object) -> None:
        if isinstance(value, dict) and value and len(self._keys) < _KEYS:
            first = next(iter(value))
            if _WORD.fullmatch(first):
                self._keys.add(first.encode())

    def _marker(self) -> re.Pattern[bytes]:
        """How a record of this file begins. Inside a string its quotes would be escaped."""
        return re.compile(rb'\{\s*"(?:' + b"|".join(sorted(re.escape(key) for key in self._keys)) + rb')"\s*:')

    def _skip_to_marker(self) -> None:
        """Go to the next place that looks like a record's beginning, or to the end."""
        marker = self._marker()
        while True:
            found = marker.search(self._buffer, self._at)
            if found:
                self._at = found.start()
                return
            # A beginning may lie across the buffer's end.
            self._at = max(self._at, len(self._buffer) - _MARKER_LENGTH)
            if not self._more():
                self._at = len(self._buffer)
                return

    def _skip_junk(self, mark: bytes) -> None:
        """Pass over what is no record, up to the next comma or bracket."""
        if mark == b"[":
            cut = self._cut()
            if cut is None:
                self._at += 1
                self._skip_to_marker()
            else:
                self._at = cut[0]
            return
        found = _STRING.match(self._buffer, self._at) if mark == b'"' else None
        self._at = found.end() if found else self._at + 1
        while True:
            found = _JUNK.match(self._buffer, self._at)
            assert found is not None
            self._at = found.end()
            if self._at < len(self._buffer) or not self._more():
                return

    def _cut_off(self) -> Fault:
        return self._fault(
            self._at,
            Text(
                "berkas terpotong: terputus di sini sebelum daftarnya ditutup",
                "the file is truncated: it breaks off here before its list is closed",
            ),
        )

    def _closed(self) -> bool:
        """Whether nothing but a semicolon follows."""
        if self._peek() == b";":
            self._at += 1
        return not self._peek()
