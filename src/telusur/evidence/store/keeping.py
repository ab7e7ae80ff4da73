"""How long a case's evidence is kept: what the case came to, what holds it, and what is due to be erased.

All of it is read from the ledger, so that nobody lifts a hold by changing a row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from telusur.domain.errors import BadInput
from telusur.evidence import ledger
from telusur.evidence.archive import shown
from telusur.evidence.store import items, retention
from telusur.evidence.store.items import Item
from telusur.evidence.store.retention import Period, Stage
from telusur.evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class Hold:
    """Somebody's word that nothing of a case is erased.

    Parameters
    ----------
    seq
        Number of its entry, by which it is released.
    by
        Who placed it.
    at
        When, as the entry says.
    grounds
        Why.
    """

    seq: int
    by: str
    at: str
    grounds: str

    def as_json(self) -> dict[str, Any]:
        """Give it as documents show it."""
        return {"seq": self.seq, "by": self.by, "at": self.at, "grounds": self.grounds}


@dataclass(frozen=True, slots=True)
class State:
    """What the ledger says of a case, as far as keeping depends on it.

    Parameters
    ----------
    holds
        Those that stand.
    stage
        What the case came to; ``open`` until somebody says otherwise.
    since
        The day on which it did.
    """

    holds: tuple[Hold, ...]
    stage: str = "open"
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One file, and when it is to be erased.

    Parameters
    ----------
    item
        The file.
    period
        The line of the schedule that it falls under.
    on
        The first day on which it is to be gone; ``None`` while it is to be kept.
    """

    item: Item
    period: Period
    on: date | None


@dataclass(frozen=True, slots=True)
class Keeping:
    """A case, its stage, its holds, and the days of its files."""

    case: str
    state: State
    stage: Stage
    files: tuple[Due, ...]

    def due(self, today: date) -> tuple[Item, ...]:
        """Give what is to be erased by now; nothing under a hold.

        Parameters
        ----------
        today
            The day that is asked for.
        """
        if self.state.holds:
            return ()
        return tuple(one.item for one in self.files if one.on is not None and one.on <= today)

    def as_json(self, today: date) -> dict[str, Any]:
        """Give it as documents show it."""
        due = {item.seq for item in self.due(today)}
        return {
            "case": self.case,
            "stage": self.stage.id,
            "since": self.state.since.isoformat() if self.state.since else None,
            "holds": [hold.as_json() for hold in self.state.holds],
            "files": [
                {
                    "seq": one.item.seq,
                    "name": one.item.name,
                    "kind": one.item.kind,
                    "erase_on": one.on.isoformat() if one.on else None,
                    "days": one.period.days,
                    "status": one.period.status,
                    "sources": [f"{duty.instrument}/{duty.article}" for duty in one.period.duties],
                    "due": one.item.seq in due,
                }
                for one in self.files
            ],
        }


def known(store: Store, case: str) -> list[int]:
    """Give the entries of a case.

    Raises
    ------
    BadInput
        If the store has none.
    """
    found = store.ledger.of_case(case)
    if not found:
        raise BadInput(
            f"the store knows no case {shown(case, 60)!r}; `telusur evidence ledger` lists what it holds "
            "(what was destroyed is not listed)",
            field="--case",
        )
    return found


def state(store: Store, case: str) -> State:
    """Read from the ledger what a case came to and what holds it.

    Parameters
    ----------
    store
        Where it lies.
    case
        Its name.
    """
    holds: dict[int, Hold] = {}
    stage, since = "open", None
    for seq in store.ledger.of_case(case):
        said = store.ledger.entry(seq).read()
        if said["type"] not in {"hold", "decision"}:
            continue
        openings = store.ledger.openings(seq)
        detail = json.loads(openings["detail"].value or "{}") if "detail" in openings else {}
        match said["type"], detail:
            case "hold", {"releases": int(released)}:
                holds.pop(released, None)
            case "hold", {"grounds": str(grounds)}:
                holds[seq] = Hold(seq, openings["actor"].value or "", said["at"], grounds)
            case "decision", {"stage": str(to), "on": str(on)}:
                stage, since = to, date.fromisoformat(on)
    return State(tuple(holds.values()), stage, since)


def keeping(store: Store, case: str) -> Keeping:
    """Give the days of a case's files.

    Raises
    ------
    BadInput
        If the schedule knows the case's stage no longer, or cannot be read.
    """
    now = state(store, case)
    stage = retention.schedule(store.folder).stage(now.stage)
    files = []
    for item in items.of_case(store.db, case):
        until = stage.until(item.kind, now.since) if now.since else None
        files.append(Due(item, stage.period(item.kind), until))
    return Keeping(case, now, stage, tuple(files))


def all_keeping(store: Store) -> Iterator[Keeping]:
    """Give the days of all cases' files."""
    for case in items.cases(store.db):
        yield keeping(store, case)


def hold(store: Store, case: str, *, grounds: str, by: str) -> int:
    """Have nothing of a case be erased until this is released; give the number of the entry.

    Parameters
    ----------
    store
        Where it lies.
    case
        Its name.
    grounds
        Why: an order, a lawsuit, an objection.
    by
        Who says so.

    Raises
    ------
    BadInput
        If there is no such case.
    """
    return _record(store, case, "hold", by, {"grounds": _said(grounds, "--grounds")})


def release(store: Store, case: str, *, grounds: str, by: str, seq: int | None = None) -> int:
    """Release a hold; give the number of the entry.

    Parameters
    ----------
    store
        Where it lies.
    case
        Its name.
    grounds
        Why.
    by
        Who says so.
    seq
        Which one, by its number; not needed where there is only one.

    Raises
    ------
    BadInput
        If nothing holds the case, or it is not said which of several.
    """
    known(store, case)
    standing = {one.seq: one for one in state(store, case).holds}
    if not standing:
        raise BadInput(f"nothing holds the case {shown(case, 60)!r}; there is nothing to release", field="--case")
    if seq is None and len(standing) > 1:
        listed = ", ".join(f"{one.seq} ({one.by}, {one.at[:10]})" for one in standing.values())
        raise BadInput(f"several holds stand: {listed}; name one by its number", field="--hold")
    chosen = next(iter(standing)) if seq is None else seq
    if chosen not in standing:
        raise BadInput(f"{chosen} is no hold that stands; those are {', '.join(map(str, standing))}", field="--hold")
    return _record(store, case, "hold", by, {"releases": chosen, "grounds": _said(grounds, "--grounds")})


def close(store: Store, case: str, *, stage: str, on: date, by: str) -> int:
    """Say what a case came to, from which its evidence's days are counted; give the number of the entry.

    Parameters
    ----------
    store
        Where it lies.
    case
        Its name.
    stage
        One of the schedule's.
    on
        The day on which it came to that.
    by
        Who says so.

    Raises
    ------
    BadInput
        If there is no such case or stage, or the day has not come.
    """
    retention.schedule(store.folder).stage(stage)
    if on > store.now().date():
        raise BadInput(f"{on} has not come; give the day on which it happened", field="--on")
    return _record(store, case, "decision", by, {"stage": stage, "on": on.isoformat()})


def _said(words: str, field: str) -> str:
    if not words.strip():
        raise BadInput("is empty; say why, for whoever reads this years later", field=field)
    return words.strip()


def _record(store: Store, case: str, kind: ledger.EntryType, by: str, detail: Mapping[str, Any]) -> int:
    with store.acting():
        known(store, case)
        [entry] = store.ledger.append([ledger.Act(kind, store.now(), _said(by, "--by"), case=case, detail=detail)])
    return entry.seq
