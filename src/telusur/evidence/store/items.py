"""What the store knows of each file of a case: four dates that say different things, and who handed it over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, get_args

from telusur.domain.errors import BadInput, nearest
from telusur.domain.evidence import Grade, SourceKind, Supplier
from telusur.domain.moment import Moment
from telusur.evidence.archive import shown
from telusur.evidence.database import Database

_LONGEST_CASE: Final = 120
_LONGEST_NAME: Final = 4096


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is told of files when they are handed over.

    Parameters
    ----------
    kind
        What the case says they are.
    grade
        Capture grade.
    supplied_by
        Who gave them.
    taken_before_officer
        Whether an officer was present with minutes when they were made; ``None`` where it is not said.
    claimed_at
        When they were made, as somebody says: a time with its zone, or a day.
    captured_at
        When they were captured (photographed, downloaded), as the capturing person or program noted.
    """

    kind: SourceKind | None = None
    grade: Grade = Grade.E
    supplied_by: Supplier | None = None
    taken_before_officer: bool | None = None
    claimed_at: str | None = None
    captured_at: str | None = None

    def __post_init__(self) -> None:
        _one_of(self.kind, SourceKind, "--kind")
        _one_of(self.supplied_by, Supplier, "--supplied-by")
        _when(self.claimed_at, "--claimed-at")
        _when(self.captured_at, "--captured-at")


@dataclass(frozen=True, slots=True)
class Item:
    """One file of a case, as it was received.

    Parameters
    ----------
    seq
        Number of the ledger's entry that sealed it.
    case
        The case.
    sha256
        Lower-case hex hash of its bytes.
    size
        Bytes.
    name
        As it was handed over.
    type
        Media type that its bytes show.
    kind, grade, supplied_by, taken_before_officer
        See `Receipt`.
    claimed_at
        When it was made, as somebody says.
    embedded_at
        When it was made, as the file itself says; anybody can write this.
    uploaded_at
        When it came into the store, by this machine's clock.
    captured_at
        When it was captured, as noted then.
    problems
        What is wrong with it, in both languages.
    """

    seq: int
    case: str
    sha256: str
    size: int
    name: str
    type: str
    kind: str | None
    grade: str
    supplied_by: str | None
    taken_before_officer: bool | None
    claimed_at: str | None
    embedded_at: str | None
    uploaded_at: str
    captured_at: str | None
    problems: tuple[Mapping[str, str], ...] = ()

    def detail(self) -> dict[str, Any]:
        """Give what the ledger's entry commits to, beside case and hash."""
        return {
            "name": self.name,
            "bytes": self.size,
            "media_type": self.type,
            "kind": self.kind,
            "grade": self.grade,
            "supplied_by": self.supplied_by,
            "taken_before_officer": self.taken_before_officer,
            "claimed_at": self.claimed_at,
            "embedded_at": self.embedded_at,
            "uploaded_at": self.uploaded_at,
            "captured_at": self.captured_at,
            "problems": [dict(one) for one in self.problems],
        }

    def as_json(self) -> dict[str, Any]:
        """Give it as documents show it."""
        return {"seq": self.seq, "case": self.case, "sha256": self.sha256, **self.detail()}


def of_detail(seq: int, case: str, sha256: str, detail: Mapping[str, Any]) -> Item:
    """Take back what an entry committed to."""
    names = ("kind", "grade", "supplied_by", "taken_before_officer")
    dates = ("claimed_at", "embedded_at", "uploaded_at", "captured_at")
    return Item(
        seq=seq,
        case=case,
        sha256=sha256,
        size=detail["bytes"],
        type=detail["media_type"],
        problems=tuple(detail["problems"]),
        **{name: detail[name] for name in ("name", *names, *dates)},
    )


def check_case(case: str) -> str:
    """Refuse what is no name of a case.

    Raises
    ------
    BadInput
        If it is empty, too long, or holds what cannot be printed.
    """
    if not case or case != case.strip() or len(case) > _LONGEST_CASE or not case.isprintable():
        raise BadInput(
            f"{shown(case, 60)!r} is no name of a case; use up to {_LONGEST_CASE} printable characters, "
            "without spaces around them",
            field="--case",
        )
    return case


def text_of(name: str) -> str:
    """Give a file's name as text; bytes that are no UTF-8 are written out.

    Raises
    ------
    BadInput
        If it is longer than any name of a file.
    """
    if len(name) > _LONGEST_NAME:
        raise BadInput(
            "its name is longer than a name of a file can be; hand it in under a shorter one", where=shown(name, 60)
        )
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _one_of(value: str | None, kind: Any, field: str) -> None:  # noqa: ANN401 - a Literal is no type
    known = get_args(kind)
    if value is not None and value not in known:
        raise BadInput(f"{value!r} is unknown; {nearest(value, known)}", field=field)


def _when(written: str | None, field: str) -> None:
    if written is None:
        return
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        try:
            date.fromisoformat(written)
        except ValueError:
            raise BadInput(f"{written} is no day that any calendar has; correct it", field=field) from None
        return
    try:
        Moment.parse(written)
    except BadInput as problem:
        raise BadInput(f"{problem.message}, or a day as 2024-01-20", field=field) from None


_FIELDS: Final = tuple(one.name for one in fields(Item))
_COLUMNS: Final = ", ".join("case_id" if name == "case" else name for name in _FIELDS)
_MARKS: Final = ", ".join("?" for _ in _FIELDS)


def keep(db: Database, items: Iterable[Item]) -> None:
    """Write rows; inside the transaction of the entries that sealed them."""
    db.executemany(f"INSERT INTO item ({_COLUMNS}) VALUES ({_MARKS})", map(_row, items))  # noqa: S608 - own names


def of_case(db: Database, case: str) -> list[Item]:
    """Give the files of a case in the order in which they were sealed."""
    return [_item(row) for row in db.rows(f"SELECT {_COLUMNS} FROM item WHERE case_id = ? ORDER BY seq", (case,))]  # noqa: S608 - own names


def every(db: Database) -> Iterator[Item]:
    """Give the files of all cases in the order in which they were sealed."""
    for row in db.execute(f"SELECT {_COLUMNS} FROM item ORDER BY seq"):  # noqa: S608 - own names
        yield _item(row)


def cases(db: Database) -> list[str]:
    """Give the cases that have files."""
    return [row[0] for row in db.rows("SELECT DISTINCT case_id FROM item ORDER BY case_id")]


def forget(db: Database, case: str) -> int:
    """Delete the rows of a case; give how many there were."""
    count = len(db.rows("SELECT seq FROM item WHERE case_id = ?", (case,)))
    db.execute("DELETE FROM item WHERE case_id = ?", (case,))
    return count


def _row(item: Item) -> tuple[Any, ...]:
    *plain, problems = (getattr(item, name) for name in _FIELDS)
    held = json.dumps([dict(one) for one in problems], ensure_ascii=False)
    return (*(int(value) if isinstance(value, bool) else value for value in plain), held)


def _item(row: tuple[Any, ...]) -> Item:
    values = dict(zip(_FIELDS, row, strict=True))
    officer = values["taken_before_officer"]
    values["taken_before_officer"] = None if officer is None else bool(officer)
    values["problems"] = tuple(json.loads(values["problems"]))
    return Item(**values)
