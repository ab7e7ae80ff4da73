"""Cosigning (c2sp.org/tlog-witness, tlog-cosignature): another institution vouches that a log only ever grew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from telusur.domain.errors import MissingZone
from telusur.domain.text import Text
from telusur.evidence import ledger
from telusur.evidence.signing.checkpoints import Checkpoint, open_checkpoint
from telusur.evidence.signing.lines import NoteRefused, refused
from telusur.evidence.signing.notes import Note, Signature, open_note
from telusur.evidence.signing.signing_key import SigningKey
from telusur.evidence.signing.verify_key import COSIGNATURE, VerifyKey, cosigned_seconds, cosigned_text

_EMPTY_ROOT = ledger.EMPTY_ROOT


class LogChanged(NoteRefused):
    """A log that is not what was seen of it before with more behind it: an alarm, not a slip in a file."""


def check_growth(old: Checkpoint | None, new: Checkpoint, proof: Sequence[bytes]) -> None:
    """See that a log only grew since it was seen last.

    Parameters
    ----------
    old
        Seen last; ``None`` if never.
    new
        Asked for now.
    proof
        Of consistency; empty if never seen, or of equal size.

    Raises
    ------
    LogChanged
        If it is smaller, or does not begin with what was seen.
    NoteRefused
        If it is of another log, or a proof is given where there is nothing to prove.
    """
    if old is None or old.size == 0:
        if proof or (new.size == 0 and new.root != _EMPTY_ROOT):
            raise refused(
                "bukti pertumbuhan dari pohon kosong harus kosong",
                "a proof of growth from the empty tree must be empty",
            )
        return
    if old.origin != new.origin:
        raise refused("titik periksa ini dari log lain", "the checkpoint is of another log")
    if new.size < old.size:
        raise LogChanged(
            Text(
                f"log menyusut dari {old.size} menjadi {new.size} entri; titik periksa ini tidak boleh disahkan",
                f"the log shrank from {old.size} to {new.size} entries; this checkpoint must not be cosigned",
            )
        )
    if not ledger.verify_consistency(old.size, new.size, old.root, new.root, list(proof)):
        raise LogChanged(
            Text(
                f"log tidak berawal dengan {old.size} entri yang telah dilihat: riwayatnya diubah, atau buktinya salah",
                f"the log does not begin with the {old.size} entries seen before: its history was changed, "
                "or the proof is wrong",
            )
        )


def cosign(
    note: bytes,
    log_keys: Sequence[VerifyKey],
    seen: Checkpoint | None,
    proof: Sequence[bytes],
    key: SigningKey,
    at: datetime,
) -> bytes:
    """Put a witness's line below a checkpoint, once it is seen that the log only grew.

    Parameters
    ----------
    note
        The signed checkpoint.
    log_keys
        Of the log, trusted.
    seen
        What the witness cosigned last of this log; ``None`` if nothing. The caller keeps the new one before it hands
        the note out.
    proof
        Of consistency, from the one to the other.
    key
        Of the witness (kind `COSIGNATURE`).
    at
        Now, with a zone.

    Returns
    -------
    bytes
        The note with the line of the witness behind the others; an older line of the same witness is replaced.

    Raises
    ------
    NoteRefused
        If the note or the growth does not hold.
    """
    if key.verify_key.kind != COSIGNATURE:
        raise refused("kunci ini bukan kunci saksi", "the key is not that of a witness")
    if at.utcoffset() is None:
        raise MissingZone(at.isoformat())
    check_growth(seen, open_checkpoint(note, log_keys), proof)
    given = Note.parse(note)
    seconds = int(at.timestamp())
    value = seconds.to_bytes(8, "big") + key.sign(cosigned_text(given.text.encode(), seconds))
    line = Signature(key.name, key.verify_key.id, value)
    others = tuple(each for each in given.signatures if not each.is_of(key.verify_key))
    answer = Note(given.text, (*others, line)).to_bytes()
    Note.parse(answer)
    return answer


def verify_cosignature(note: bytes, witness: VerifyKey) -> datetime:
    """Verify the line of a witness below a checkpoint, and give the time it names.

    Raises
    ------
    NoteRefused
        If it has none there, or it does not hold.
    """
    if witness.kind != COSIGNATURE:
        raise refused("kunci ini bukan kunci saksi", "the key is not that of a witness")
    Checkpoint.parse(open_note(note, [witness]))
    line = Note.parse(note).by(witness)
    if line is None:  # pragma: no cover - `open_note` has found it
        raise NoteRefused("no line of the witness")
    try:
        return datetime.fromtimestamp(cosigned_seconds(line.value), UTC)
    except (OverflowError, ValueError, OSError):
        raise refused("waktu saksi tidak masuk akal", "the time of the witness makes no sense") from None
