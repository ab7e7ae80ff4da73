"""Verifying all that a log has signed against all that its ledger holds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from telusur.domain.text import Text
from telusur.evidence.database import Database
from telusur.evidence.ledger import EMPTY_ROOT, Ledger, leaf_hash, node_hash
from telusur.evidence.signing.checkpoints import Checkpoint, open_checkpoint
from telusur.evidence.signing.key_chain import KeyChange, KeyFrom, lost_before, open_change, signers
from telusur.evidence.signing.lines import NoteRefused, refused
from telusur.evidence.signing.log import Log
from telusur.evidence.signing.notes import Note, open_note
from telusur.evidence.signing.tables import missing_triggers
from telusur.evidence.signing.verify_key import VerifyKey

#: Entries read at a time.
_CHUNK: Final = 1 << 12


def check_log(db: Database, fingerprint: str | None = None, head: bytes | None = None) -> tuple[Text, ...]:
    """Verify every signed head against the entries, in their order; the tiles are not asked.

    Parameters
    ----------
    db
        A database with a ledger and its heads.
    fingerprint
        Of the key that the user holds, of any time; without it the keys only vouch for each other.
    head
        The last note as it is kept outside the database; ``None`` if there is none.

    Returns
    -------
    tuple[Text, ...]
        What does not hold; empty if all does.
    """
    return tuple(_problems(db, fingerprint, head))


def _problems(db: Database, fingerprint: str | None, head: bytes | None) -> Iterator[Text]:
    log = Log(db, Ledger(db))
    for name in missing_triggers(db):
        yield Text(f"pengaman {name} tidak ada atau diubah", f"the trigger {name} is missing or was altered")
    try:
        chain = log.keys()
    except NoteRefused as error:
        yield Text(f"kunci log rusak: {error.words.id}", f"a key of the log is damaged: {error.words.en}")
        return
    yield from _key_problems(log, chain, fingerprint)
    signed: dict[int, set[bytes]] = {}
    newest = 0
    for size, note in db.rows("SELECT size, note FROM ledger_checkpoint ORDER BY size"):
        newest = size
        try:
            checkpoint = _opened(bytes(note), chain, size)
        except NoteRefused as error:
            yield Text(
                f"titik periksa pada entri {size} tidak sah: {error.words.id}",
                f"the checkpoint at {size} entries does not hold: {error.words.en}",
            )
        else:
            signed.setdefault(size, set()).add(checkpoint.root)
    yield from _cosignature_problems(log)
    if head is not None:
        try:
            outside = _opened(head, chain, Checkpoint.parse(Note.parse(head).text).size)
        except NoteRefused as error:
            yield Text(
                f"catatan yang disimpan di luar basis data tidak sah: {error.words.id}",
                f"the note kept outside the database does not hold: {error.words.en}",
            )
        else:
            if outside.size > newest:
                yield _older(newest, outside.size)
            signed.setdefault(outside.size, set()).add(outside.root)
    yield from _root_problems(db, signed)


def _older(there: int, signed: int) -> Text:
    return Text(
        f"basis data memuat titik periksa sampai {there} entri, tetapi {signed} sudah ditandatangani: "
        "ini cadangan lama, atau entri dihapus",
        f"the database has checkpoints up to {there} entries, but {signed} were signed: "
        "it is an old backup, or entries were removed",
    )


def _opened(note: bytes, chain: Sequence[KeyFrom], size: int) -> Checkpoint:
    keys = signers(chain, size)
    if not keys:
        raise refused("tidak ada kunci yang berlaku", "no key is in force")
    checkpoint = open_checkpoint(note, keys)
    lines = Note.parse(note)
    if checkpoint.size != size or any(lines.by(key) is None for key in keys):
        raise refused(
            "ukuran lain, atau tanpa tanda tangan kunci yang berlaku", "another size, or not signed by the key in force"
        )
    return checkpoint


def _key_problems(log: Log, chain: Sequence[KeyFrom], fingerprint: str | None) -> Iterator[Text]:
    if fingerprint is not None and not any(link.key.fingerprint == fingerprint for link in chain):
        yield Text(
            f"tidak ada kunci log ini dengan sidik {fingerprint}",
            f"no key of this log has the fingerprint {fingerprint}",
        )
    notes = dict(log.db.rows("SELECT from_size, change FROM ledger_key"))
    for place, (before, link) in enumerate(pairwise(chain), 1):
        try:
            if notes[link.from_size] is None:
                raise refused("catatannya tidak ada", "there is no note of it")
            note = bytes(notes[link.from_size])
            if link.lost:
                change = KeyChange.parse(open_note(note, [link.key]))
                if any(earlier.key.fingerprint == fingerprint for earlier in chain[:place]):
                    raise lost_before(change)
            else:
                change = open_change(note, before.key)
            if (change.origin, change.key, change.from_size) != (before.key.name, link.key, link.from_size):
                raise refused("catatannya menyebut yang lain", "its note names another")
        except NoteRefused as error:
            yield Text(
                f"pergantian kunci pada entri {link.from_size} tidak sah: {error.words.id}",
                f"the change of keys at {link.from_size} entries does not hold: {error.words.en}",
            )


def _cosignature_problems(log: Log) -> Iterator[Text]:
    for size, vkey, line in log.db.rows("SELECT size, vkey, line FROM ledger_cosignature ORDER BY size, vkey"):
        try:
            note = log.note(size)
            if note is None:
                raise refused("titik periksanya tidak ada", "its checkpoint is not there")
            open_note(note + line.encode(), [VerifyKey.parse(vkey)])
        except NoteRefused as error:
            yield Text(
                f"tanda tangan saksi pada entri {size} tidak sah: {error.words.id}",
                f"the cosignature at {size} entries does not hold: {error.words.en}",
            )


def _root_problems(db: Database, signed: Mapping[int, set[bytes]]) -> Iterator[Text]:
    waiting = deque(sorted(signed))
    wrong: list[int] = []
    there = 0
    for there, root in _roots(db, list(waiting)):
        if root is None:
            break
        waiting.popleft()
        if signed[there] != {root}:
            wrong.append(there)
    if wrong:
        yield Text(
            f"entri sampai nomor {wrong[0] - 1} bukan lagi yang ditandatangani: buku besar diubah di luar Telusur "
            f"({len(wrong)} dari {len(signed)} titik periksa tidak cocok)",
            f"the entries up to number {wrong[0] - 1} are no longer what was signed: the ledger was changed without "
            f"Telusur ({len(wrong)} of {len(signed)} checkpoints do not fit)",
        )
    if waiting:
        yield Text(
            f"buku besar memuat {there} entri, tetapi {waiting[-1]} sudah ditandatangani: entri dihapus",
            f"the ledger has {there} entries, but {waiting[-1]} were signed: entries were removed",
        )


def _roots(db: Database, sizes: Sequence[int]) -> Iterator[tuple[int, bytes | None]]:
    """Give the roots at rising sizes in one pass over the entries; where they end before, their number and ``None``."""
    peaks: list[bytes] = []
    there = 0
    for size in sizes:
        while there < size:
            rows = db.rows(
                "SELECT body FROM ledger_entry WHERE seq >= ? ORDER BY seq LIMIT ?", (there, min(_CHUNK, size - there))
            )
            if not rows:
                yield there, None
                return
            _extend(peaks, there, [leaf_hash(body) if type(body) is bytes else b"" for (body,) in rows])
            there += len(rows)
        root = peaks[-1] if peaks else EMPTY_ROOT
        for left in reversed(peaks[:-1]):
            root = node_hash(left, root)
        yield size, root


def _extend(peaks: list[bytes], size: int, leaves: Sequence[bytes]) -> None:
    """Put leaves behind the first ``size`` ones, which are given as the roots of their full subtrees."""
    at = 0
    while at < len(leaves):
        # The largest full subtree that begins here.
        height = (len(leaves) - at).bit_length() - 1
        if size:
            height = min(height, (size & -size).bit_length() - 1)
        hashes = leaves[at : at + (1 << height)]
        while len(hashes) > 1:
            pairs = iter(hashes)
            hashes = [node_hash(left, right) for left, right in zip(pairs, pairs, strict=True)]
        root = hashes[0]
        at, size = at + (1 << height), size + (1 << height)
        whole = size >> height
        while not whole & 1:
            root = node_hash(peaks.pop(), root)
            whole >>= 1
        peaks.append(root)
