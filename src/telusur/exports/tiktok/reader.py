"""Reading TikTok's data file, as messages; runs in the limited worker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.evidence import Archive
from telusur.exports.json_cut import Cut, Cutter
from telusur.exports.lone import begun
from telusur.exports.messages import Message, record_message
from telusur.exports.tally import Tally
from telusur.exports.tiktok.kinds import PRIVATE, fields_of, kind_of, plain
from telusur.exports.unusable import Unusable
from telusur.exports.written import NOT_UTF8, Written, content_of

_LOGS: Final[tuple[LogName, ...]] = ("posts", "comments", "likes", "logins", "devices", "account")
_LARGEST: Final = 256 << 20
_LONGEST: Final = 50_000
_ROOT: Final = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:Your )?(?:Activity|Ads and data|App Settings?|Comments?|Direct Messages?|'
    rb'Likes? and Favou?rites?|Posts?|Profile(?: And Settings)?|Tik ?[Tt]ok \w+|Videos?|Income[^"]*)"\s*:',
    re.IGNORECASE,
)
_OWN: Final = re.compile(
    rb'"(?:ProfileMap|LoginHistoryList|ItemFavoriteList|FavoriteVideoList|VideoList|CommentsList|SettingsMap|'
    rb'ChatHistory|AppList|PushNotification|Status List|ActivitySummaryMap|SearchList|FansList)"'
)
_FILE: Final = re.compile(r"(^|/)user_data[^/]*\.json$", re.IGNORECASE)
_TEXT: Final = re.compile(
    r"(^|/)(Login History|Like List|Comments?|Posts?|Videos?|Share History|Status)[^/]*\.txt$", re.IGNORECASE
)
_LINE: Final = re.compile(r"([A-Za-z][A-Za-z /()-]{0,40}): ?(.*)")
_SECTION: Final = re.compile(rb'"((?:[^"\\]|\\.){1,60})"\s*:\s*(?=[\[{])')
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]', re.DOTALL)


def recognise(archive: Archive) -> bool:
    """Whether this is TikTok's data file, by its first keys; or its folder of texts."""
    return _document(archive) is not None or len(_texts(archive)) > 0


def _document(archive: Archive) -> str | None:
    names = [member.name for member in archive.members]
    for name in names[:2_000]:
        if len(names) == 1 or _FILE.search(name):
            first = begun(archive, name, 1 << 17)
            if _ROOT.match(first) and _OWN.search(first):
                return name
    return None


def _texts(archive: Archive) -> list[str]:
    found = [member.name for member in archive.members[:2_000] if _TEXT.search(member.name)]
    # The list of logins is what such a folder always holds.
    first = next((name for name in found if "login history" in name.casefold()), None)
    return found if first and re.search(rb"(?m)^Date: ?\d{4}-", begun(archive, first)) else []


def read(archive: Archive, name: str) -> Iterator[Message]:
    """Give all that the file's lists say.

    Parameters
    ----------
    archive
        One that `recognise` knows.
    name
        What to call it in messages.

    Raises
    ------
    BadInput
        If nothing in it can be read.
    """
    yield from _Reading(archive, name).messages()


class _Reading:
    def __init__(self, archive: Archive, name: str) -> None:
        self._archive = archive
        self._name = name
        self._tally = Tally(_LOGS)
        self._handle: str | None = None
        self._left: dict[str, None] = {}

    def messages(self) -> Iterator[Message]:
        """Give everything."""
        yield from self._tally.refused(self._archive)
        document = _document(self._archive)
        files = [document] if document is not None else _texts(self._archive)
        for file in files:
            content, damage = content_of(self._archive, file, _LARGEST)
            if damage is not None:
                yield from self._tally.problem(file, damage)
            if document is None:
                yield from self._lines(file, content)
            else:
                yield from self._cuts(file, self._blanked(content))
        if not self._tally.found:
            raise BadInput("holds no account data that can be read", where=self._name)
        for member in self._archive.members:
            if member.name not in files:
                self._left[member.name.rpartition("/")[0] + "/" if "/" in member.name else member.name] = None
        yield from self._tally.close()
        yield record_message(
            platform="tiktok",
            handle=self._handle,
            account_id=None,
            generated_at=None,
            partial=None,
            timezone=None,
            left_out=list(self._left)[:500],
        )

    def _blanked(self, content: bytes) -> bytes:
        """Put spaces in the place of sections that are not read, so that all other bytes stay where they are."""
        out = bytearray(content)
        at = 0
        while found := _SECTION.search(content, at):
            at = found.end()
            key = found[1].decode("utf-8", "replace")
            if PRIVATE.fullmatch(key):
                self._left[key] = None
                end = _end_of(content, at)
                out[at:end] = b"null" + b" " * (end - at - 4) if end - at >= 4 else b"0" + b" " * (end - at - 1)  # noqa: PLR2004 - length of null
                at = end
        return bytes(out)

    def _cuts(self, file: str, content: bytes) -> Iterator[Message]:
        for part in Cutter(content):
            kind = kind_of(part.path)
            if not isinstance(part, Cut):
                yield from self._tally.broken(kind[1] if kind else None, file, part)
            elif isinstance(part.value, Mapping):
                if any("profile" in key.casefold() for key in part.path):
                    self._profile(file, part.value)
                elif kind is not None and any(isinstance(value, str | int) for value in part.value.values()):
                    yield from self._record(file, part.path, part.value, part.offset, part.sha256)
                elif kind is not None and part.value:
                    words = Text("tidak memuat satu nilai pun", "it holds no value of its own")
                    yield from self._tally.skip(kind[1], file, words, part.offset)
            elif kind is not None:
                yield from self._tally.skip(kind[1], file, Text("bukan objek", "it is no object"), part.offset)

    def _profile(self, file: str, record: Mapping[str, object]) -> None:
        self._tally.begin("account", file)
        self._tally.read("account", None)
        held: list[Mapping[str, object]] = [record]
        while held:
            one = held.pop()
            held += [value for value in one.values() if isinstance(value, Mapping)]
            handle = next((value for key, value in one.items() if plain(key) == "username"), None)
            if isinstance(handle, str):
                self._handle = handle[:100].lstrip("@") or None

    def _lines(self, file: str, content: bytes) -> Iterator[Message]:
        """Read a text of blocks of lines ``Label: value``."""
        written = Written(content)
        if written.replaced:
            yield from self._tally.problem(file, NOT_UTF8)
        path = (file.rpartition("/")[2].removesuffix(".txt"),)
        block: dict[str, str] = {}
        start = end = 0
        for line in written.lines():
            found = _LINE.match(line.text)
            # A block ends with an empty line, or where its first label comes again.
            if block and (not line.text.strip() or (found and found[1] in block)):
                yield from self._record(file, path, block, start, written.sha256(start, end))
                block = {}
            if found:
                start = start if block else line.start
                block[found[1]] = found[2]
                end = line.end
        if block:
            yield from self._record(file, path, block, start, written.sha256(start, end))

    def _record(
        self, file: str, path: tuple[str, ...], record: Mapping[str, object], offset: int, sha256: str
    ) -> Iterator[Message]:
        kind = kind_of(path)
        if kind is None or not record:
            return
        action, log = kind
        try:
            fields = fields_of(action, record)
        except Unusable as error:
            yield from self._tally.skip(log, file, error.why, offset)
            return
        if any(isinstance(value, str) and len(value) > _LONGEST for value in fields.values()):
            yield from self._tally.skip(log, file, Text("terlalu panjang", "it is too long"), offset)
            return
        yield self._tally.event(log, fields, file, offset, sha256)


def _end_of(content: bytes, at: int) -> int:
    """Give where the brackets that begin here close, or the end."""
    depth = 0
    for found in _TOKEN.finditer(content, at):
        token = found[0]
        if token in {b"{", b"["}:
            depth += 1
        elif token in {b"}", b"]"}:
            depth -= 1
            if depth == 0:
                return found.end()
    return len(content)
