"""Stamps in the database: what waits, what came, what was given up, and why; nothing is dropped in silence."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Final, Literal

from telusur.domain.text import Text
from telusur.evidence.database import Database

#: ``covered``: a later checkpoint was stamped first, and holds all that this one holds.
State = Literal["waiting", "stamped", "failed", "covered"]

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS stamp (
    id BIGINT PRIMARY KEY,
    size BIGINT,
    authority TEXT NOT NULL,
    document {blob} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'stamped', 'failed', 'covered')),
    since TEXT NOT NULL,
    tries BIGINT NOT NULL,
    next_try TEXT,
    why TEXT,
    request {blob} NOT NULL,
    reply {blob},
    token {blob},
    chain TEXT,
    stamped_at TEXT,
    serial TEXT,
    policy TEXT,
    until TEXT,
    CHECK ((state = 'stamped') = (reply IS NOT NULL)),
    CHECK ((state = 'waiting') = (next_try IS NOT NULL))
)
"""
_RENEWS: Final = """
CREATE TABLE IF NOT EXISTS stamp_renews (
    stamp BIGINT NOT NULL REFERENCES stamp(id),
    renewed BIGINT NOT NULL REFERENCES stamp(id),
    PRIMARY KEY (stamp, renewed)
)
"""
_WAITING: Final = "CREATE INDEX IF NOT EXISTS stamp_by_state ON stamp (state, authority, size)"


def create(db: Database) -> None:
    """Make the tables, unless they are there.

    Parameters
    ----------
    db
        Where they are to be.
    """
    with db.transaction():
        db.execute(_TABLE.format(blob=db.blob))
        db.execute(_RENEWS)
        db.execute(_WAITING)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp that was asked for, and what became of it.

    Parameters
    ----------
    id
        Its number here.
    size
        Size of the checkpoint that is stamped; ``None`` for a renewal.
    authority
        Name of the authority.
    document
        What is stamped: the signed note, or the list of stamps that a renewal renews.
    state
        ``waiting``, ``stamped``, ``failed`` (given up) or ``covered``.
    since
        When it was first asked for.
    tries
        How often the authority was asked, or a reply handed in, without success so far.
    next_try
        When it is asked again; only while it waits.
    why
        Why it waits still, or was given up.
    request, reply, token, chain
        What was asked, the whole reply, the stamp within it, and PEM of the certificates that it was judged by.
    stamped_at, serial, policy, until
        What the reply proves; see `Stamped`.
    renews
        Numbers of the stamps that this one renews.
    """

    id: int
    size: int | None
    authority: str
    document: bytes
    state: State
    since: datetime
    tries: int
    next_try: datetime | None
    why: Text | None
    request: bytes
    reply: bytes | None
    token: bytes | None
    chain: str | None
    stamped_at: datetime | None
    serial: int | None
    policy: str | None
    until: datetime | None
    renews: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Give its state, without the bytes."""
        return {
            "id": self.id,
            "size": self.size,
            "renews": list(self.renews),
            "authority": self.authority,
            "state": self.state,
            "since": _written(self.since),
            "tries": self.tries,
            "next_try": None if self.next_try is None else _written(self.next_try),
            "why": None if self.why is None else self.why.as_json(),
            "stamped_at": None if self.stamped_at is None else _written(self.stamped_at),
            "serial": None if self.serial is None else f"{self.serial:x}",
            "until": None if self.until is None else _written(self.until),
        }


_COLUMNS: Final = ", ".join(one.name for one in fields(Stamp) if one.name != "renews")
_TIMES: Final = {"since", "next_try", "stamped_at", "until"}


def stamps(db: Database, where: str = "", parameters: tuple[Any, ...] = ()) -> list[Stamp]:
    """Give stamps by number.

    Parameters
    ----------
    db
        Where they lie.
    where
        A condition in SQL, with ``?`` for parameters; none: all.
    parameters
        Its values.
    """
    condition = f" WHERE {where}" if where else ""
    rows = db.rows(f"SELECT {_COLUMNS} FROM stamp{condition} ORDER BY id", parameters)  # noqa: S608 - no foreign words
    renewed: dict[int, list[int]] = {}
    for one, other in db.rows("SELECT stamp, renewed FROM stamp_renews ORDER BY stamp, renewed"):
        renewed.setdefault(one, []).append(other)
    return [_of(row, tuple(renewed.get(row[0], ()))) for row in rows]


def _of(row: tuple[Any, ...], renews: tuple[int, ...]) -> Stamp:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    for column in _TIMES:
        values[column] = None if values[column] is None else datetime.fromisoformat(values[column])
    values["why"] = None if values["why"] is None else Text.of(json.loads(values["why"]))
    values["serial"] = None if values["serial"] is None else int(values["serial"], 16)
    for column in ("document", "request", "reply", "token"):
        values[column] = None if values[column] is None else bytes(values[column])
    return Stamp(**values, renews=renews)


def add(db: Database, *, size: int | None, authority: str, document: bytes, request: bytes, at: datetime) -> int:
    """Write down a stamp that is to be asked for, within the open transaction; give its number."""
    found = db.row("SELECT COALESCE(MAX(id), 0) + 1 FROM stamp")
    assert found is not None
    number = int(found[0])
    db.execute(
        "INSERT INTO stamp (id, size, authority, document, state, since, tries, next_try, request) "
        "VALUES (?, ?, ?, ?, 'waiting', ?, 0, ?, ?)",
        (number, size, authority, document, _written(at), _written(at), request),
    )
    return number


def change(db: Database, number: int, **values: object) -> None:
    """Write down what became of a stamp that waits; one that waits no longer is left as it is."""
    written = {key: _value(value) for key, value in values.items()}
    said = ", ".join(f"{key} = ?" for key in written)
    db.execute(
        f"UPDATE stamp SET {said} WHERE id = ? AND state = 'waiting'",  # noqa: S608 - columns named in this room
        (*written.values(), number),
    )


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return _written(value)
    if isinstance(value, Text):
        return json.dumps(value.as_json(), ensure_ascii=False)
    return value


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"
