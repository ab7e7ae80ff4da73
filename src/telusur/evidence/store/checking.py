"""Verifying a store: ledger, signatures, files, and whether its tables say what the ledger says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import ledger, signing, stamps, vault
from telusur.evidence.store import erasing, items
from telusur.evidence.store.store import Store

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying a store gave.

    Parameters
    ----------
    size
        Entries of the ledger.
    root
        Of its tree, recomputed.
    files
        Files that are listed.
    problems
        What does not hold, a sentence each.
    notices
        What is no fault and yet to be known.
    """

    size: int
    root: bytes
    files: int
    problems: tuple[Text, ...]
    notices: tuple[Text, ...]

    @property
    def holds(self) -> bool:
        """Whether all of it holds."""
        return not self.problems


def check(
    store: Store,
    *,
    fingerprint: str | None = None,
    against: bytes | None = None,
    files: bool = True,
    progress: Progress = lambda *_: None,
) -> Verified:
    """Verify a store from its entries up; nothing is written.

    Parameters
    ----------
    store
        What to verify.
    fingerprint
        Of the log's key, as official records name it; without it the store vouches for its own key.
    against
        A signed checkpoint kept elsewhere, that the ledger must have grown from.
    files
        Whether every kept file is decrypted and compared, too.
    progress
        Told the part, how much of it is done, and how much there is.

    Returns
    -------
    Verified
        Every fault that was found.
    """
    problems: list[Text] = []
    notices: list[Text] = []

    def part(name: str, found: Callable[[], Iterable[Text]]) -> None:
        """Whoever changed a row may have left there what nothing can read: that is a problem like any other."""
        try:
            problems.extend(found())
        except (BadInput, LookupError, TypeError, ValueError, ledger.LedgerBroken) as error:
            words = error.words if isinstance(error, BadInput) else Text(type(error).__name__, type(error).__name__)
            problems.append(_UNREADABLE.filled(part=name, why_id=words.id, why_en=words.en))

    with vault.told(str(store.folder)):
        checked = ledger.check(store.db, progress=lambda done, whole: progress("ledger", done, whole))
        problems += checked.problems
        notices += checked.notices
        part("checkpoints", lambda: signing.check_log(store.db, fingerprint or store.fingerprint, store.head))
        if store.head is None:
            notices.append(_NO_HEAD)
        if fingerprint is None:
            part("keys", lambda: _own_word(store, notices))
        part("description", lambda: _description(store))
        if against is not None:
            part("checkpoint", lambda: _against(store, against))
        part("stamps", lambda: stamps.check(store.db, _notes(store)))
        part("files listed", lambda: _tables(store, progress))
        if files:
            part("files", lambda: _files(store, progress, notices))
        row = store.db.row("SELECT COUNT(*) FROM item")
    return Verified(checked.size, checked.root, row[0] if row else 0, tuple(problems), tuple(notices))


def _own_word(store: Store, notices: list[Text]) -> tuple[Text, ...]:
    notices.append(_NO_FINGERPRINT.filled(fingerprint=store.fingerprint))
    return ()


def _notes(store: Store) -> dict[int, bytes]:
    return {size: store.signed.note(size) or b"" for size in store.signed.sizes()}


def _description(store: Store) -> Iterator[Text]:
    if signing.VerifyKey.parse(store.settings.log) != store.verify_keys[0]:
        yield _OTHER_LOG


_UNREADABLE: Final = Text(
    "bagian {part} tidak dapat dibaca, karena diubah: {why_id}",
    "the part {part} cannot be read, since it was changed: {why_en}",
)
_OTHER_LOG: Final = Text(
    "telusur-store.json menyebut log lain daripada basis datanya: salah satunya diganti",
    "telusur-store.json names another log than the database: one of them was replaced",
)
_NO_HEAD: Final = Text(
    "head.note tidak ada: tanpa itu cadangan lama yang dipulihkan hanya terlihat dengan --against",
    "head.note is missing: without it, an old backup that was put back shows only with --against",
)
_NO_FINGERPRINT: Final = Text(
    "sidik kunci tidak diberikan (--key), jadi simpanan ini menjamin kuncinya sendiri; bandingkan {fingerprint} "
    "dengan berita acara",
    "no fingerprint was given (--key), so the store vouches for its own key; compare {fingerprint} with an official "
    "record",
)


def _against(store: Store, note: bytes) -> Iterator[Text]:
    try:
        kept = signing.open_checkpoint(note, store.verify_keys)
    except BadInput as refused:
        yield Text(
            f"catatan yang diberikan tidak berlaku: {refused.words.id}",
            f"the checkpoint that was given does not hold: {refused.words.en}",
        )
        return
    size = store.ledger.size()
    if kept.size > size:
        yield Text(
            f"catatan yang diberikan menyatakan {kept.size} entri, sedangkan buku besar hanya memuat {size}: entri "
            "dihapus, atau cadangan lama dipulihkan",
            f"the checkpoint that was given states {kept.size} entries and the ledger holds only {size}: entries were "
            "removed, or an old backup was put back",
        )
    elif store.ledger.root(kept.size) != kept.root:
        yield Text(
            f"{kept.size} entri pertama tidak sama dengan yang dinyatakan catatan yang diberikan: riwayatnya diganti",
            f"the first {kept.size} entries are not those of the checkpoint that was given: history was replaced",
        )


def _tables(store: Store, progress: Progress) -> Iterator[Text]:
    """Compare the rows of files with what the ledger committed to, and the other way round."""
    rows = store.db.row("SELECT COUNT(*) FROM item")
    whole = rows[0] if rows else 0
    seen: set[int] = set()
    for done, item in enumerate(items.every(store.db)):
        seen.add(item.seq)
        if not done % 256:
            progress("files listed", done, whole)
        if not _is_as_sealed(store, item):
            yield Text(
                f"baris berkas {item.seq} tidak sama dengan yang disegel dalam entri {item.seq}: baris itu diubah",
                f"the row of the file {item.seq} is not what entry {item.seq} sealed: the row was altered",
            )
    for seq in _open_seals(store):
        if seq not in seen:
            yield Text(
                f"baris berkas yang disegel dalam entri {seq} tidak ada: baris itu dihapus",
                f"the row of the file that entry {seq} sealed is missing: it was deleted",
            )
    closed = {
        row[0]
        for row in store.db.rows(
            "SELECT e.seq FROM ledger_entry e LEFT JOIN ledger_opening o ON o.seq = e.seq WHERE o.seq IS NULL"
        )
    }
    unexplained = sorted(closed - erasing.closed_by_destruction(store))
    if unexplained:
        listed = ", ".join(map(str, unexplained[:10])) + (" …" if len(unexplained) > 10 else "")  # noqa: PLR2004
        yield Text(
            f"entri {listed} tidak dapat dibuka lagi tanpa catatan pemusnahan: pembukanya dihapus diam-diam",
            f"what opens entry {listed} is gone and no destruction was recorded: it was deleted in silence",
        )


def _open_seals(store: Store) -> Iterator[int]:
    for entry in store.ledger.entries():
        if b'"type":"seal"' in entry.body and store.ledger.openings(entry.seq):
            yield entry.seq


def _is_as_sealed(store: Store, item: items.Item) -> bool:
    try:
        if store.ledger.entry(item.seq).read()["type"] != "seal":
            return False
        opened = store.ledger.openings(item.seq)
        case, sha256, detail = (opened[name].value for name in ("case", "object", "detail"))
        if not (case and sha256 and detail):
            return False
        return items.of_detail(item.seq, case, sha256, json.loads(detail)) == item
    except (LookupError, TypeError, ValueError):
        return False


def _files(store: Store, progress: Progress, notices: list[Text]) -> Iterator[Text]:
    try:
        kept = store.vault
    except BadInput as lost:
        yield lost.words
        return
    checked = kept.check(lambda done, whole: progress("files", done, whole))
    yield from checked.problems
    notices += checked.notices
    for case, sha256 in store.db.rows("SELECT DISTINCT case_id, sha256 FROM item ORDER BY case_id, sha256"):
        # A key that does not open was told by the vault's own check.
        with suppress(BadInput):
            if not kept.has(case, sha256):
                yield _NOT_KEPT.filled(sha256=sha256[:16])


_NOT_KEPT: Final = Text(
    "berkas {sha256}… terdaftar, tetapi tidak tersimpan", "the file {sha256}… is listed but not kept"
)
