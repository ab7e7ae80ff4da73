"""Cutting a JSON document into its records, each with its place and its very bytes.

Records are the objects that stand in lists, however deep the lists lie in objects; an object that holds no list is a
record itself. One broken record costs that record: the cut resumes at the next place that looks like a beginning.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from telusur.domain.text import Text
from telusur.exports.strict_json import NotJson, decode_at

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_ANY: Final = re.compile(r"(?<=\})\s*,\s*(?=\{)")
_WORD: Final = re.compile(r"\w{1,40}", re.ASCII)
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
#: An escape in a string: two halves of a character, one half alone, or any other.
_ESCAPE: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)
_BYTE: Final = re.compile("[\udc80-\udcff]")
#: Distinct first keys that are learnt from a document.
_KEYS: Final = 16
_KEY: Final = re.compile(r'"((?:[^"\\]|\\.){0,200})"\s*:\s*', re.DOTALL)
_DEEPEST: Final = 12
#: Breaks after which a document is given up.
_BREAKS: Final = 2_000


# Not frozen: that would take as long as cutting.
@dataclass(slots=True)
class Cut:
    """One record.

    Parameters
    ----------
    path
        Keys that lead to it, outermost first.
    value
        What it says.
    offset
        Bytes from the start of the file.
    sha256
        Lower-case hex hash of its bytes.
    replaced
        Whether bytes that are not UTF-8, or halves of characters, were read as U+FFFD.
    length
        Its bytes, counted.
    """

    path: tuple[str, ...]
    value: object
    offset: int
    sha256: str
    replaced: bool = False
    length: int = 0


@dataclass(frozen=True, slots=True)
class Break:
    """A place that could not be read.

    Parameters
    ----------
    path
        Keys that lead to it, outermost first.
    message
        What is wrong there.
    offset
        Bytes from the start of the file.
    record
        Whether a record was lost.
    """

    path: tuple[str, ...]
    message: Text
    offset: int
    record: bool


class Cutter:
    """Cuts one document; iterate over it once.

    Parameters
    ----------
    content
        The file's bytes.
    whole
        Whether an object at the top is one record, lists and all.
    """

    def __init__(self, content: bytes, *, whole: bool = False) -> None:
        self._one = whole
        self._begun = 3 if content.startswith(b"\xef\xbb\xbf") else 0
        self._text = content[self._begun :].decode("utf-8", "surrogateescape")
        self._plain = self._text.isascii()
        self._counted = (0, 0)
        self._breaks = 0
        self._keys: set[str] = set()
        self._end = 0

    def __iter__(self) -> Iterator[Cut | Break]:
        start = self._space(0)
        if start == len(self._text):
            yield self._break((), start, Text("berkas kosong", "the file is empty"))
            return
        value, end = self._whole(start) if self._one and self._text[start] == "{" else (None, None)
        if end is not None:
            yield self._cut((), value, start, end)
            self._end = end
        elif self._text[start] == "{":
            yield from self._object((), start)
        elif self._text[start] == "[":
            yield from self._list((), start)
        else:
            yield self._break((), start, Text("di sini tidak ada awal dokumen JSON", "no JSON document begins here"))
            return
        end = self._space(self._end)
        if end < len(self._text):
            yield self._break(
                (),
                end,
                Text("masih ada isi sesudah akhir dokumen; tidak dibaca", "more follows the end; it was not read"),
            )

    def _offset(self, place: int) -> int:
        """Give the bytes before a place; cheap where places are asked for in order."""
        if self._plain:
            return self._begun + place
        seen, count = self._counted
        if place < seen:
            seen, count = 0, 0
        count += len(self._text[seen:place].encode("utf-8", "surrogateescape"))
        self._counted = (place, count)
        return self._begun + count

    def _space(self, place: int) -> int:
        found = _SPACE.match(self._text, place)
        assert found is not None
        return found.end()

    def _cut(self, path: tuple[str, ...], value: object, start: int, end: int) -> Cut:
        written = self._text[start:end]
        raw = written.encode("utf-8", "surrogateescape")
        replaced = False
        if (("\\ud" in written or "\\uD" in written) and _HALF.search(written)) or (
            not self._plain and _BYTE.search(written)
        ):
            # Half a character can be written as an escape only, and to no document after that.
            whole = _BYTE.sub("\ufffd", _ESCAPE.sub(_whole, written))
            replaced = whole != written
            try:
                value = decode_at(whole, 0)[0] if replaced else value
            except NotJson:
                # Two keys that differ in such halves only.
                value = None
        if isinstance(value, dict) and value and len(self._keys) < _KEYS:
            first = next(iter(value))
            if _WORD.fullmatch(first):
                self._keys.add(first)
        return Cut(path, value, self._offset(start), hashlib.sha256(raw).hexdigest(), replaced, len(raw))

    def _resume(self, place: int) -> int:
        """Give the next place that looks like a record's beginning, or the end."""
        if self._keys:
            marker = re.compile(r'\{\s*"(?:' + "|".join(sorted(self._keys)) + r')"\s*:')
            found = marker.search(self._text, place + 1)
            return found.start() if found else len(self._text)
        found = _ANY.search(self._text, place)
        return found.end() if found else len(self._text)

    def _break(self, path: tuple[str, ...], place: int, message: Text, *, record: bool = False) -> Break:
        self._breaks += 1
        return Break(path, message, self._offset(place), record)

    def _list(self, path: tuple[str, ...], start: int) -> Iterator[Cut | Break]:
        place = self._space(start + 1)
        self._end = place
        while self._breaks < _BREAKS:
            mark = self._text[place : place + 1]
            if mark == "]":
                self._end = place + 1
                return
            if mark == "":
                yield self._break(
                    path, place, Text("berkas terpotong di sini", "the file is cut off here"), record=True
                )
                self._end = place
                return
            try:
                value, end = decode_at(self._text, place)
            except NotJson as error:
                yield self._break(path, place, error.why, record=True)
                place = self._resume(place)
                if place == len(self._text):
                    self._end = place
                    return
                continue
            yield self._cut(path, value, place, end)
            place = self._space(end)
            if self._text[place : place + 1] == ",":
                place = self._space(place + 1)
        yield self._break(
            path,
            place,
            Text(
                f"lebih dari {_BREAKS} kerusakan: sisanya tidak dibaca",
                f"more than {_BREAKS} breaks: the rest was not read",
            ),
        )
        self._end = len(self._text)

    def _object(self, path: tuple[str, ...], start: int) -> Iterator[Cut | Break]:
        """Walk an object's keys: lists and objects with lists are entered, the rest is one record of its own."""
        rest: dict[str, object] = {}
        place = self._space(start + 1)
        while (key := _KEY.match(self._text, place)) is not None:
            within, place = (*path, key[1]), key.end()
            mark = self._text[place : place + 1]
            if mark == "[":
                yield from self._list(within, place)
                place = self._end
            elif mark == "{":
                value, end = self._whole(place)
                if end is not None and not _holds_records(value):
                    yield self._cut(within, value, place, end)
                    place = end
                elif len(within) < _DEEPEST:
                    yield from self._object(within, place)
                    place = self._end
                else:
                    yield self._break(within, place, Text("bersarang terlalu dalam", "it is nested too deeply"))
                    place = len(self._text)
            else:
                try:
                    rest[key[1]], place = decode_at(self._text, place)
                except NotJson as error:
                    yield self._break(within, place, error.why, record=True)
                    place = len(self._text)
            place = self._space(place)
            if self._text[place : place + 1] == ",":
                place = self._space(place + 1)
        if self._text[place : place + 1] == "}":
            place += 1
        else:
            yield self._break(
                path,
                place,
                Text("objek rusak atau terpotong di sini", "the object is broken or cut off here"),
                record=bool(rest),
            )
            place = len(self._text)
        if rest:
            yield self._cut(path, rest, start, place)
        self._end = place

    def _whole(self, start: int) -> tuple[object, int | None]:
        try:
            return decode_at(self._text, start)
        except NotJson:
            return None, None


def _whole(escape: re.Match[str]) -> str:
    return "\\ufffd" if escape[1] else escape[0]


def _holds_records(value: object) -> bool:
    if isinstance(value, dict):
        return any(_holds_records(inner) for inner in value.values())
    return isinstance(value, list) and any(isinstance(inner, dict) for inner in value)
