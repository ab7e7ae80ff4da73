"""That a plan was there before anybody saw the data: both recorded in a ledger that only grows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from telusur.domain.text import Text
from telusur.evidence import ledger

FILE: Final = "telusur/balance"
"""What the entries are filed under, as others are under their case."""

Kind = Literal["plan", "data"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One record.

    Parameters
    ----------
    kind
        A plan written, or data opened.
    sha256
        Of the plan's file, or of the data's.
    at
        When.
    """

    kind: Kind
    sha256: str
    at: datetime


def act(kind: Kind, sha256: str, *, at: datetime, actor: str) -> ledger.Act:
    """Give the act to be recorded.

    Parameters
    ----------
    kind, sha256
        As in `Recorded`.
    at, actor
        When, and who.
    """
    return ledger.Act(
        "view" if kind == "data" else "decision",
        at,
        actor,
        case=FILE,
        object=sha256,
        detail={"balance": kind},
        keep_detail=True,
    )


def recorded(log: ledger.Ledger) -> tuple[Recorded, ...]:
    """Give what a ledger holds of plans and data, in its order."""
    found = []
    for number in log.of_case(FILE):
        opened = log.openings(number)
        detail, held = (opened[name].value if name in opened else None for name in ("detail", "object"))
        if detail is not None and held is not None:
            kind: Kind = json.loads(detail)["balance"]
            found.append(Recorded(kind, held, datetime.fromisoformat(log.entry(number).read()["at"])))
    return tuple(found)


_NOWHERE: Final = Text(
    "Tidak ada catatan kapan rencana ini dibuat; tanpa catatan itu rencana dapat dipilih setelah melihat data.",
    "Nothing shows when this plan was made; without that it could have been chosen after a look at the data.",
)
_UNKNOWN: Final = Text(
    "Buku catatan tidak memuat rencana ini; yang dipakai bukan rencana yang dicatat.",
    "The ledger does not hold this plan; it is not one that was recorded.",
)
_LATE: Final = Text(
    "Rencana ini dicatat {plan}, setelah data dibuka {data}.",
    "This plan was recorded on {plan}, after the data were opened on {data}.",
)


def post_hoc(records: Iterable[Recorded] | None, *, plan: str, data: str) -> Text | None:
    """Say why a plan cannot count as made before the data were seen.

    Parameters
    ----------
    records
        What the ledger holds, in its order; None where there is no ledger.
    plan, data
        SHA-256 of both files.

    Returns
    -------
    Text or None
        None where the ledger shows the plan before the data.
    """
    if records is None:
        return _NOWHERE
    held = list(records)
    planned = next((one for one in held if one.kind == "plan" and one.sha256 == plan), None)
    if planned is None:
        return _UNKNOWN
    opened = next((one for one in held if one.kind == "data" and one.sha256 == data), None)
    if opened is not None and held.index(opened) < held.index(planned):
        return _LATE.filled(plan=planned.at.date().isoformat(), data=opened.at.date().isoformat())
    return None
