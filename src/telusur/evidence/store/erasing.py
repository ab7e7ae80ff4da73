"""Erasing for good, and the proof that it was done.

Keys and salts go first, then the files; the ledger keeps its entries, whose commitments nobody can open any more. What
stays in the store of an erased case is one entry that says how much was destroyed, when, by whom and why. It does not
name the case: it commits to its name, and the document handed out opens that commitment.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from telusur.domain.errors import BadInput
from telusur.evidence import ledger, signing, vault
from telusur.evidence.archive import shown
from telusur.evidence.store import items, keeping
from telusur.evidence.store.destruction import Proof
from telusur.evidence.store.items import Item
from telusur.evidence.store.store import Store

_SALT: Final = 32


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasing would destroy.

    Parameters
    ----------
    case
        The case.
    whole
        Whether all of it goes, and the case with it.
    files
        The files.
    entries
        Numbers of the ledger's entries that nobody can open afterwards.
    """

    case: str
    whole: bool
    files: tuple[Item, ...]
    entries: tuple[int, ...]

    @property
    def objects(self) -> tuple[str, ...]:
        """Hashes of the objects that are destroyed; a file that was handed in twice is one."""
        return tuple(sorted({one.sha256 for one in self.files}))

    @property
    def size(self) -> int:
        """Bytes of these."""
        return sum({one.sha256: one.size for one in self.files}.values())


def plan(store: Store, case: str, *, due_on: date | None = None) -> Plan:
    """Say what erasing a case would destroy.

    Parameters
    ----------
    store
        Where it lies.
    case
        Its name.
    due_on
        Only what the schedule wants gone by this day; the whole case, if not given.

    Raises
    ------
    BadInput
        If there is no such case, a hold stands, or nothing of it is due.
    """
    entries = keeping.known(store, case)
    found = keeping.keeping(store, case)
    if found.state.holds:
        first = found.state.holds[0]
        raise BadInput(
            f"a hold stands on the case {shown(case, 60)!r} (entry {first.seq}, {first.at[:10]}, by {first.by}: "
            f"{first.grounds}); nothing is erased until it is released",
            field="--case",
        )
    everything = tuple(one.item for one in found.files)
    if due_on is None:
        return Plan(case, whole=True, files=everything, entries=tuple(entries))
    chosen = found.due(due_on)
    if not chosen:
        raise BadInput(f"nothing of the case {shown(case, 60)!r} is due on {due_on}", field="--due")
    if len(chosen) == len(everything):
        return Plan(case, whole=True, files=everything, entries=tuple(entries))
    # A file that is also held under a kind that is not due stays.
    kept = {one.sha256 for one in everything if one not in chosen}
    files = tuple(one for one in chosen if one.sha256 not in kept)
    if not files:
        raise BadInput(f"nothing of the case {shown(case, 60)!r} is due on {due_on}", field="--due")
    gone = {one.sha256 for one in files}
    return Plan(case, whole=False, files=files, entries=tuple(_about(store, entries, gone)))


def _about(store: Store, entries: Iterable[int], objects: set[str]) -> Iterable[int]:
    for seq in entries:
        opened = store.ledger.openings(seq)
        if "object" in opened and opened["object"].value in objects:
            yield seq


def erase(store: Store, case: str, *, grounds: str, by: str, due_on: date | None = None) -> Proof:
    """Destroy what a case holds: keys and salts first, then files; it cannot be undone.

    Parameters
    ----------
    store
        Where it lies.
    case
        Its name.
    grounds
        Why; it stays in the ledger, so it names the rule and no person.
    by
        Who answers for it.
    due_on
        Only what the schedule wants gone by this day.

    Returns
    -------
    Proof
        To be handed out and filed: the store keeps nothing that opens it.

    Raises
    ------
    BadInput
        If a hold stands, there is nothing to erase, or the disk or the database refuses.
    """
    salt = os.urandom(_SALT)
    if not grounds.strip() or not by.strip():
        raise BadInput("say who answers for it and why; both stay in the ledger", field="--grounds, --by")
    with store.acting():
        planned = plan(store, case, due_on=due_on)
        destroyed = _destroy(store, planned)
        detail = {
            "case": ledger.commit(case.encode(), salt).hex(),
            "whole": planned.whole,
            "objects": len(planned.objects),
            "bytes": planned.size,
            "entries": _ranges(planned.entries),
            "grounds": grounds.strip(),
        }
        [entry] = store.ledger.append([ledger.Act("destroy", store.now(), by.strip(), detail=detail)])
        store.db.execute("INSERT INTO destroyed (seq, salt) VALUES (?, ?)", (entry.seq, salt))
    # Wiped and removed only now: within a transaction the database's files cannot be written anew.
    store.vault.finish(destroyed)
    return proof_of(store, entry.seq, case)


def _destroy(store: Store, planned: Plan) -> vault.Destroyed:
    case = planned.case
    if planned.whole:
        store.ledger.forget(case)
        items.forget(store.db, case)
        return store.vault.destroy(case)
    store.db.executemany("DELETE FROM ledger_opening WHERE seq = ?", [(seq,) for seq in planned.entries])
    store.db.executemany("DELETE FROM item WHERE seq = ?", [(one.seq,) for one in planned.files])
    names = [name for sha256 in planned.objects for name in store.vault.destroy(case, sha256).names]
    return vault.Destroyed(len(names), planned.size, tuple(names), done=False)


def proof_of(store: Store, seq: int, case: str) -> Proof:
    """Give the proof of a destruction, also anew: whoever knows the name of the case can ask for it.

    Parameters
    ----------
    store
        Where it happened.
    seq
        Number of its entry.
    case
        Name of the case, which nothing in the store says.

    Raises
    ------
    BadInput
        If that entry destroyed no case of this name.
    """
    row = store.db.row("SELECT salt FROM destroyed WHERE seq = ?", (seq,))
    if row is None or seq not in earlier(store, case):
        raise BadInput(f"entry {seq} destroyed no case {shown(case, 60)!r}", field="--case")
    entry, opened = store.ledger.entry(seq), store.ledger.openings(seq)
    by, detail = opened["actor"], opened["detail"]
    inclusion = store.signed.proof(seq)
    signer = signing.signers(store.signed.keys(), signing.Checkpoint.parse(_text(inclusion)).size)[-1]
    return Proof(
        case,
        bytes(row[0]),
        by.value or "",
        by.salt,
        detail.value or "",
        detail.salt,
        entry.body,
        inclusion.to_bytes(),
        signer.vkey,
    )


def _text(inclusion: signing.ProofFile) -> str:
    return signing.Note.parse(inclusion.checkpoint_note).text


def earlier(store: Store, case: str) -> list[int]:
    """Give the entries by which a case of this name was destroyed before.

    Parameters
    ----------
    store
        Where to look.
    case
        The name: nothing in the store says it, but whoever knows it can ask.
    """
    found = []
    for seq, salt in store.db.rows("SELECT seq, salt FROM destroyed ORDER BY seq"):
        if detail_of(store, seq).get("case") == ledger.commit(case.encode(), bytes(salt)).hex():
            found.append(seq)
    return found


def closed_by_destruction(store: Store) -> set[int]:
    """Give the numbers of all entries that destructions say they closed."""
    found: set[int] = set()
    for (seq,) in store.db.rows("SELECT seq FROM destroyed"):
        for first, last in detail_of(store, seq).get("entries", []):
            found.update(range(first, last + 1))
    return found


def detail_of(store: Store, seq: int) -> Mapping[str, Any]:
    """Give what a destruction's entry commits to; nothing if the entry is something else."""
    try:
        if store.ledger.entry(seq).read()["type"] != "destroy":
            return {}
        opened = store.ledger.openings(seq)
        detail: Mapping[str, Any] = json.loads(opened["detail"].value or "{}")
    except (LookupError, ValueError):
        return {}
    return detail


def _ranges(numbers: Iterable[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found
