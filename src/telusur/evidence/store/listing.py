"""The ledger as people read it: what its entries commit to, as far as it is still kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from telusur.evidence import ledger
from telusur.evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """One entry.

    Parameters
    ----------
    seq
        Its number.
    at
        When, in UTC, as it says.
    type
        What kind of act.
    leaf
        Its hash in the tree, hex.
    actor, case, object, detail
        What it commits to; ``None`` where it commits to none, or what opened it is gone.
    closed
        Whether what opened it was destroyed.
    """

    seq: int
    at: str
    type: str
    leaf: str
    actor: str | None
    case: str | None
    object: str | None
    detail: Mapping[str, Any] | None
    closed: bool

    def as_json(self) -> dict[str, Any]:
        """Give it as documents show it."""
        return {
            "seq": self.seq,
            "at": self.at,
            "type": self.type,
            "actor": self.actor,
            "case": self.case,
            "object": self.object,
            "detail": self.detail,
            "closed": self.closed,
            "leaf": self.leaf,
        }


def lines(store: Store, case: str | None = None) -> Iterator[Line]:
    """Give the entries in their order.

    Parameters
    ----------
    store
        Where they lie.
    case
        Only those of this case.
    """
    if case is None:
        yield from (_line(store, entry) for entry in store.ledger.entries())
        return
    for seq in store.ledger.of_case(case):
        yield _line(store, store.ledger.entry(seq))


def _line(store: Store, entry: ledger.Entry) -> Line:
    said = entry.read()
    opened = {name: opening.value for name, opening in store.ledger.openings(entry.seq).items()}
    detail = opened.get("detail")
    return Line(
        entry.seq,
        said["at"],
        said["type"],
        entry.leaf.hex(),
        opened.get("actor"),
        opened.get("case"),
        opened.get("object"),
        json.loads(detail) if detail else None,
        closed=not opened,
    )
