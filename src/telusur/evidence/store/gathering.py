"""A case with all that proves it, as a bundle takes it; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from functools import partial
from typing import BinaryIO, cast

from telusur.domain.errors import BadInput
from telusur.domain.when import utc_words
from telusur.evidence import bundle, ledger, signing, stamps
from telusur.evidence.archive import shown
from telusur.evidence.store import items, keeping
from telusur.evidence.store.items import Item
from telusur.evidence.store.store import Store


def gather(store: Store, case: str) -> bundle.Contents:
    """Give a case's files, entries, proofs, signed checkpoint and stamps.

    Parameters
    ----------
    store
        Where they lie.
    case
        Its name.

    Returns
    -------
    bundle.Contents
        Under the newest checkpoint that is stamped and holds all of the case's files; under the last one where no
        stamp came yet. Its files are opened when the bundle is written, while the store is open.

    Raises
    ------
    BadInput
        If there is no such case, it has no files, or the log's key is missing.
    """
    entries = keeping.known(store, case)
    files = items.of_case(store.db, case)
    if not files:
        raise BadInput(f"the case {shown(case, 60)!r} has no files", field="--case")
    note = _stamped(store, files) or store.signed.last() or b""
    size = signing.Checkpoint.parse(signing.Note.parse(note).text).size
    found = [one for one in stamps.stamps(store.db, "state = 'stamped' AND size = ?", (size,)) if one.document == note]
    return bundle.Contents(
        case,
        tuple(
            bundle.Piece(one.seq, one.name, one.sha256, one.size, one.grade, _opener(store, one), one.detail())
            for one in files
        ),
        tuple(_record(store, seq, size) for seq in entries if seq < size),
        note,
        store.key,
        tuple(
            bundle.StampFiles(one.authority, utc_words(one.stamped_at), one.request, one.reply)
            for one in found
            if one.stamped_at is not None and one.reply is not None
        ),
        tuple(one.name for one in store.settings.authorities),
    )


def exported(store: Store, case: str, made: bundle.Made, *, actor: str, withheld: Sequence[str] = ()) -> int:
    """Record that a bundle of a case left the store; give the number of the entry.

    Parameters
    ----------
    store
        Where the case lies.
    case
        Its name.
    made
        The bundle.
    actor
        Who made it.
    withheld
        Names of the files that it only commits to.
    """
    detail = {"what": "bundle", "tree_size": made.size, "root": made.root.hex(), "withheld": sorted(withheld)}
    with store.acting():
        [entry] = store.ledger.append([ledger.Act("export", store.now(), actor, case=case, detail=detail)])
    return entry.seq


def _opener(store: Store, item: Item) -> Callable[[], AbstractContextManager[BinaryIO]]:
    return partial(_open, store, item)


def _open(store: Store, item: Item) -> AbstractContextManager[BinaryIO]:
    return closing(cast("BinaryIO", store.vault.open(item.case, item.sha256)))


def _record(store: Store, seq: int, size: int) -> bundle.Record:
    entry = store.ledger.entry(seq)
    return bundle.Record(seq, entry.body, tuple(store.ledger.inclusion(seq, size)), store.ledger.openings(seq))


def _stamped(store: Store, files: Sequence[Item]) -> bytes | None:
    """Give the newest stamped checkpoint that holds all files, if the key at hand has signed it."""
    last = files[-1].seq
    held = stamps.stamps(store.db, "state = 'stamped' AND size > ?", (last,))
    chain = store.signed.keys()
    for one in sorted(held, key=lambda stamp: stamp.size or 0, reverse=True):
        assert one.size is not None
        if one.document == store.signed.note(one.size) and store.key.verify_key in signing.signers(chain, one.size):
            return one.document
    return None
