"""Rows that Facebook writes into several files: one happening is told once, and files that contradict are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.exports.json_cut import Cut
from telusur.exports.meta.rows import Fields

#: Share of a file's rows that must stand in the other, so that the rest is worth a word.
_MOSTLY: Final = 0.5

_Key = tuple[datetime, str]


@dataclass(slots=True)
class _Row:
    root: str
    path: str
    part: Cut
    fields: Fields
    log: LogName
    matched: bool = False


class Repeats:
    """Rows of the smaller logs, kept until `account_activity` has told of them or not."""

    def __init__(self) -> None:
        self._kept: dict[_Key, list[_Row]] = defaultdict(list)
        self._told: set[tuple[object, ...]] = set()
        self._devices: set[tuple[object, ...]] = set()
        self._rows: list[tuple[_Key, str, int]] = []

    def keep(self, root: str, path: str, part: Cut, fields: Fields, log: LogName) -> bool:
        """Keep a row for later; whether it could be, which takes a time and an address."""
        if fields["at"] is None or fields["ip"] is None:
            return False
        self._kept[fields["at"], fields["ip"]].append(_Row(root, path, part, fields, log))
        return True

    def tell(self, path: str, part: Cut, fields: Fields) -> bool:
        """Complete a row of `account_activity` by those that repeat it; whether it is a new happening."""
        at, ip = fields["at"], fields["ip"]
        if at is None or ip is None:
            return True
        self._rows.append(((at, ip), path, part.offset))
        for row in self._kept.get((at, ip), ()):
            row.matched = True
            _complete(fields, row.fields)
        same = (at, ip, fields["device"], fields["user_agent"], fields["action"])
        if same in self._told:
            return False
        self._told.add(same)
        return True

    def is_listed(self, fields: Fields) -> bool:
        """Whether a device without an identifier is one that a fuller list has named: same beginning, same program."""
        same = (fields["at"], fields["user_agent"])
        if fields["device"] is None and fields["at"] is not None and same in self._devices:
            return True
        self._devices.add(same)
        return False

    def left(self) -> Iterator[tuple[str, Cut, Fields, LogName]]:
        """Give the rows that `account_activity` does not tell of, each happening once."""
        for rows in self._kept.values():
            open_ = [row for row in rows if not row.matched]
            if not open_:
                continue
            # The row of the file that tells logins from the rest, if there is one, stands for all.
            first = min(open_, key=lambda row: row.fields["action"] == "session_seen")
            for row in open_:
                _complete(first.fields, row.fields)
            yield first.path, first.part, first.fields, first.log

    def contradictions(self) -> Iterator[tuple[str, int, Text]]:
        """Say which rows one file has and another, which repeats it otherwise, has not, as of rows taken out."""
        if not self._rows or not self._kept:
            return
        told = [key[0] for key, _, _ in self._rows]
        first, last = min(told), max(told)
        by_root: dict[str, list[_Row]] = defaultdict(list)
        for rows in self._kept.values():
            for row in rows:
                if first <= row.fields["at"] <= last:
                    by_root[row.root].append(row)
        for rows in by_root.values():
            missing = [row for row in rows if not row.matched]
            if missing and len(missing) <= _MOSTLY * len(rows):
                yield missing[0].path, missing[0].part.offset, _words(len(missing), len(rows), self._rows[0][1])
        # Only the list of addresses repeats every row; that of logins has logins only.
        lists = [row for root, rows in by_root.items() if root != "account_accesses" for row in rows]
        if lists:
            keys = {(row.fields["at"], row.fields["ip"]) for row in lists}
            begun, ended = min(key[0] for key in keys), max(key[0] for key in keys)
            within = [row for row in self._rows if begun <= row[0][0] <= ended]
            lacking = [row for row in within if row[0] not in keys]
            if lacking and len(lacking) <= _MOSTLY * len(within):
                yield lacking[0][1], lacking[0][2], _words(len(lacking), len(within), lists[0].path)


def _complete(fields: Fields, other: Fields) -> None:
    """Take what only the other row says; a login or logout is more than a session that was seen."""
    if fields["action"] == "session_seen":
        fields["action"] = other["action"]
    for key in ("user_agent", "model", "device", "place"):
        fields[key] = fields[key] or other[key]


def _words(count: int, of: int, other: str) -> Text:
    return Text(
        f"{count} dari {of} baris dalam rentang yang sama tidak ada di {other}, yang mengulang selebihnya",
        f"{count} of {of} rows in the same span do not stand in {other}, which repeats the others",
    )
