"""The tree of RFC 6962 as its text has it, with recursion and no cleverness, and ledgers to compare with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from telusur.evidence import ledger
from telusur.evidence.database import Database, open_sqlite

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def leaf(body: bytes) -> bytes:
    return sha256(b"\0" + body).digest()


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def root(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha256(b"\1" + root(leaves[:k]) + root(leaves[k:])).digest()


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n]) of RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), root(leaves[k:])]
    return [*path(m - k, leaves[k:]), root(leaves[:k])]


def proof(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PROOF(m, D[n]) of RFC 6962, 2.1.2."""
    return _subproof(m, leaves, whole=True)


def _subproof(m: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*_subproof(m, leaves[:k], whole=whole), root(leaves[k:])]
    return [*_subproof(m - k, leaves[k:], whole=False), root(leaves[:k])]


def acts(count: int, start: int = 0) -> Iterator[ledger.Act]:
    """Some acts, a second apart, of nine cases and three people."""
    for number in range(start, start + count):
        yield ledger.Act(
            "intake" if number % 3 else "view",
            START + timedelta(seconds=number),
            f"officer-{number % 3}",
            case=f"case-{number % 9}" if number % 5 else None,
            object=sha256(b"%d" % number).hexdigest() if number % 2 else None,
            detail={"number": number, "name": "gambar ä \u2028 .jpg"} if number % 4 else None,
            keep_detail=number % 7 != 0,
        )


def made(path: Path, count: int = 0) -> ledger.Ledger:
    """Make a ledger of some acts on SQLite."""
    db = Database(open_sqlite(path))
    ledger.create(db)
    book = ledger.Ledger(db)
    if count:
        with db.transaction():
            book.append(list(acts(count)))
    return book


def hashed(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def named(name: str, number: int) -> ledger.Act:
    """An act that is known by what it is about."""
    return ledger.Act("seal", START + timedelta(seconds=number), "officer", case="case", object=hashed(name))
