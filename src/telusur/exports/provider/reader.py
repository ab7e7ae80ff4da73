"""Reading what a platform sent to the authority: tables and lists of logins; runs in the limited worker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from telusur.domain.account import PLATFORMS
from telusur.domain.errors import BadInput
from telusur.domain.event import Action
from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.evidence import Archive, shown
from telusur.exports.agents import family_of, model_of
from telusur.exports.lone import begun
from telusur.exports.masks import named_by_hash
from telusur.exports.messages import Message, record_message
from telusur.exports.provider.columns import Columns, Field, Times, address_of, columns_of, is_time
from telusur.exports.provider.rows import Row, objects, separator_of, table
from telusur.exports.provider.sheet import is_sheet, sheets
from telusur.exports.tally import Tally
from telusur.exports.written import NOT_UTF8, Written, content_of

_LOGS: Final[tuple[LogName, ...]] = ("logins", "sessions", "devices", "credentials")
_TABLE: Final = re.compile(r"\.(?:csv|tsv|txt|json)$", re.IGNORECASE)
#: Files of X's that hold messages or others' names are not opened.
_PRIVATE: Final = re.compile(
    r"message|pesan|contact|kontak|follow|block|mute|search|pencarian|(?:^|[-_/])ads?[-_.]", re.IGNORECASE
)
_X: Final = re.compile(r"-(?:ip-audit|device-token|account-creation-ip)\.txt$", re.IGNORECASE)
_LONGEST: Final = 10_000
_MOST_FILES: Final = 500
_LEAST: Final[frozenset[Field]] = frozenset({"ip", "user_agent", "cookie", "model", "client"})
_FAILED: Final = re.compile(r"fail|gagal|incorrect|wrong|denied|ditolak|salah|attempt|percobaan|block", re.IGNORECASE)
_CHANGE: Final = "(?:chang|add|ubah|ganti)"
_ACTIONS: Final[tuple[tuple[re.Pattern[str], Action, LogName], ...]] = (
    (re.compile(r"log[ _-]?out|sign[ _-]?out|keluar", re.IGNORECASE), "logout", "logins"),
    (re.compile(r"pass ?word|kata sandi", re.IGNORECASE), "password_changed", "credentials"),
    (re.compile(r"recover.*request|request.*recover|minta.*pulih", re.IGNORECASE), "recovery_requested", "credentials"),
    (re.compile(r"recover|pulih", re.IGNORECASE), "recovered", "credentials"),
    (re.compile(rf"e-?mail.*{_CHANGE}|{_CHANGE}.*e-?mail", re.IGNORECASE), "email_changed", "credentials"),
    (re.compile(rf"phone.*{_CHANGE}|{_CHANGE}.*(?:phone|nomor)", re.IGNORECASE), "phone_changed", "credentials"),
    (re.compile(r"log[ _-]?in|sign[ _-]?in|masuk", re.IGNORECASE), "login", "logins"),
)  # fmt: skip


@dataclass(frozen=True)
class _Table:
    file: str
    names: Sequence[str]
    rows: list[Row]
    columns: Columns

    @cached_property
    def width(self) -> int:
        """Cells of a whole row: as many as most have."""
        return Counter(len(row.cells) for row in self.rows).most_common(1)[0][0]


def recognise(archive: Archive) -> bool:
    """Whether a file in it is a table or list of logins."""
    if is_sheet(archive):
        return True
    return any(_holds_logins(begun(archive, name, 1 << 16)) for name in _files(archive))


def _files(archive: Archive) -> list[str]:
    names = [member.name for member in archive.members]
    # Among other files, JSON is a platform's export, which has readers of its own.
    return [
        name
        for name in names[:_MOST_FILES]
        if not _PRIVATE.search(name) and (len(names) == 1 or (_TABLE.search(name) and not name.endswith(".json")))
    ]


def _holds_logins(content: bytes) -> bool:
    return _known(_understood("", Written(content)))


def _known(found: _Table | None) -> bool:
    return found is not None and "at" in found.columns and bool(_LEAST & set(found.columns))


def _understood(file: str, written: Written) -> _Table | None:
    """Give a file as a table, whichever way it is written."""
    plain = written.text.lstrip("\ufeff \r\n\t")
    keys, rows = objects(written)
    if rows and (plain[:1] in {"{", "["} or _X.search(file) or len(rows) > 1):
        return _Table(file, keys, rows, columns_of(keys, [row.cells for row in rows]))
    found = separator_of(written)
    return None if found is None else _headed(file, list(table(written, *found)))


def _headed(file: str, rows: list[Row]) -> _Table | None:
    """Give a table whose names stand in the last row before values begin."""
    first = next((n for n, row in enumerate(rows[:30]) if sum(map(_is_value, row.cells)) >= 2), None)  # noqa: PLR2004 - time and address
    if first is None:
        return None
    names: Sequence[str] = rows[first - 1].cells if first else ()
    body = rows[first:]
    return _Table(file, names, body, columns_of(names, [row.cells for row in body]))


def _is_value(cell: str) -> bool:
    return is_time(cell) or address_of(cell) is not None or family_of(cell) is not None


def read(archive: Archive, name: str, account: list[str | None] | None = None) -> Iterator[Message]:
    """Give the logins and sessions that the tables tell of.

    Parameters
    ----------
    archive
        One that `recognise` knows.
    name
        What to call it in messages.
    account
        Platform, handle and number of the account that the case is about.

    Raises
    ------
    BadInput
        If nothing in it is a login, or it is about several accounts of which the case names none.
    """
    yield from _Reading(archive, name, account or [None, None, None]).messages()


class _Reading:
    def __init__(self, archive: Archive, name: str, account: list[str | None]) -> None:
        self._archive = archive
        self._name = name
        self._platform, self._handle, self._account_id = account
        self._tally = Tally(_LOGS)
        self._told: dict[str, str] = {}

    def messages(self) -> Iterator[Message]:
        """Give everything."""
        yield from self._tally.refused(self._archive)
        tables: list[_Table] = []
        for found in self._tables():
            if isinstance(found, _Table):
                tables.append(found)
            else:
                yield from self._tally.problem(*found)
        mine = self._mine(tables)
        for one in tables:
            yield from self._table(one, mine)
        if not self._tally.found:
            raise BadInput("holds no login that can be read", where=self._name)
        yield from self._tally.close()
        # What the record itself says; the case's word only for the platform.
        yield record_message(
            platform=self._said_platform(tables),
            handle=self._told.get("handle"),
            account_id=self._told.get("account_id"),
            generated_at=None,
            partial=None,
            timezone=None,
            left_out=[m.name for m in self._archive.members if _PRIVATE.search(m.name)][:_MOST_FILES],
        )

    def _tables(self) -> Iterator[_Table | tuple[str, Text]]:
        unknown = Text("bukan tabel login; tidak dibaca", "no table of logins; it was not read")
        if is_sheet(self._archive):
            for title, rows in sheets(self._archive, self._name):
                file = f"{self._name.rpartition('/')[2]}#{title}"
                found = _headed(file, rows)
                yield found if found is not None and _known(found) else (file, unknown)
            return
        for file in _files(self._archive):
            content, damage = content_of(self._archive, file)
            if damage is not None:
                yield file, damage
            written = Written(content)
            if written.replaced:
                yield file, NOT_UTF8
            found = _understood(file, written)
            yield found if found is not None and _known(found) else (file, unknown)

    def _said_platform(self, tables: list[_Table]) -> str:
        for one in tables:
            if _X.search(one.file):
                return "x"
            words = {word.casefold() for row in one.rows[:50] if (word := _cell(one, row, "platform"))}
            found = [
                platform for platform in PLATFORMS if platform in words or (platform == "x" and "twitter" in words)
            ]
            if len(found) == 1:
                return found[0]
        return self._platform if self._platform in PLATFORMS else "other"

    def _mine(self, tables: list[_Table]) -> tuple[Field, str] | None:
        """Give the column and value that make a row one of the account; ``None`` if no column names accounts."""
        for field, wanted in (("account_id", self._account_id), ("handle", self._handle)):
            key: Field = field  # type: ignore[assignment] # one of the two
            seen = Counter(value for one in tables for row in one.rows if (value := _cell(one, row, key)))
            if not seen:
                continue
            named = next((value for value in seen if wanted and _same(value, wanted)), None)
            if named is None and len(seen) > 1:
                raise BadInput(
                    Text(
                        f"memuat baris dari {len(seen)} akun, dan tidak satu pun akun perkara ini",
                        f"holds rows of {len(seen)} accounts, and none is the account of this case",
                    ),
                    where=self._name,
                )
            named = named or next(iter(seen))
            self._told[key] = named.lstrip("@")
            return key, named
        return None

    def _table(self, one: _Table, mine: tuple[Field, str] | None) -> Iterator[Message]:
        index = one.columns["at"]
        cells = [row.cells[index] for row in one.rows if index < len(row.cells)]
        title = one.names[index] if index < len(one.names) else ""
        times = Times(title, cells, documented=bool(_X.search(one.file)) or self._platform not in {None, "other"})
        if times.undecided:
            words = Text(
                "tanggalnya dapat dibaca sebagai hari/bulan maupun bulan/hari; waktu tidak dibaca",
                "its dates can be read as day/month or as month/day; no time was read",
            )
            yield from self._tally.problem(one.file, words)
        others, failed = Counter[str](), 0
        for row in one.rows:
            if mine is not None and (owner := _cell(one, row, mine[0])) and owner != mine[1]:
                others[owner] += 1
                continue
            if _failed(_cell(one, row, "event") or ""):
                failed += 1
                continue
            yield from self._row(one, row, times)
        for owner, count in sorted(others.items()):
            words = Text(
                f"{count} baris milik akun lain ({shown(owner, 40)}); tidak dibaca",
                f"{count} rows are of another account ({shown(owner, 40)}); they were not read",
            )
            yield from self._tally.problem(one.file, words)
        if failed:
            words = Text(
                f"{failed} percobaan masuk yang gagal; hanya dihitung",
                f"{failed} failed attempts; they were only counted",
            )
            yield from self._tally.problem(one.file, words)

    def _row(self, one: _Table, row: Row, times: Times) -> Iterator[Message]:
        written = _cell(one, row, "at") or ""
        when = times.read(written)
        action, log = self._action(one, row)
        if len(row.cells) != one.width:
            count = len(row.cells)
            words = Text(f"berisi {count} sel, bukan {one.width}", f"it has {count} cells, not {one.width}")
            yield from self._tally.skip(log, one.file, words, row.place)
            return
        if when is None or max(map(len, row.cells)) > _LONGEST:
            words = Text(f"{shown(written, 40)!r} bukan waktu", f"{shown(written, 40)!r} is no time")
            yield from self._tally.skip(log, one.file, words, row.place)
            return
        agent, cookie = _cell(one, row, "user_agent"), _cell(one, row, "cookie")
        ended = times.read(_cell(one, row, "until") or "")
        fields: dict[str, Any] = {
            "action": action,
            "at": when[0],
            "written": written,
            "certainty": when[1],
            "until": ended[0] if ended else None,
            "device": named_by_hash(cookie) if cookie and "*" not in cookie else None,
            "ip": address_of(_cell(one, row, "ip") or ""),
            "user_agent": agent,
            "model": (model_of(agent) if agent else None) or _cell(one, row, "model"),
            "place": _cell(one, row, "place"),
            "client": _cell(one, row, "client"),
        }
        yield self._tally.event(log, fields, one.file, row.place, row.sha256)

    def _action(self, one: _Table, row: Row) -> tuple[Action, LogName]:
        said = _cell(one, row, "event")
        if said is not None:
            return _action_of(said)
        if "until" in one.columns and "cookie" in one.columns:
            return "device_added", "devices"
        return ("login", "logins") if _X.search(one.file) else ("session_seen", "sessions")


@lru_cache(maxsize=1_024)
def _action_of(said: str) -> tuple[Action, LogName]:
    return next(((action, log) for sign, action, log in _ACTIONS if sign.search(said)), ("session_seen", "sessions"))


@lru_cache(maxsize=1_024)
def _failed(said: str) -> bool:
    return _FAILED.search(said) is not None


def _cell(one: _Table, row: Row, field: Field) -> str | None:
    index = one.columns.get(field)
    return (row.cells[index] or None) if index is not None and index < len(row.cells) else None


def _same(value: str, wanted: str) -> bool:
    return value.lstrip("@").casefold() == wanted.lstrip("@").casefold()
