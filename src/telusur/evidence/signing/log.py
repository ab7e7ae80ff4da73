"""The signed heads of a ledger: every transaction that appends ends with one, and none may contradict another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from telusur.domain.errors import BadInput, MissingZone
from telusur.domain.text import Text
from telusur.evidence.database import Database
from telusur.evidence.ledger import Act, Ledger, LedgerBroken
from telusur.evidence.signing.checkpoints import Checkpoint, open_checkpoint
from telusur.evidence.signing.key_chain import KeyChange, KeyFrom, signers
from telusur.evidence.signing.lines import NoteRefused
from telusur.evidence.signing.notes import Note, open_note, sign
from telusur.evidence.signing.proofs import ProofFile
from telusur.evidence.signing.signing_key import SigningKey
from telusur.evidence.signing.verify_key import VerifyKey
from telusur.evidence.signing.witness_request import WitnessRequest

_OUTSIDE: Final = "a head is signed in the transaction that appends, and none is open"


class Log:
    """A ledger with its signed heads.

    Parameters
    ----------
    db
        Where `create` made its tables.
    ledger
        Of the same database.
    key
        That signs; ``None`` for reading only.
    """

    def __init__(self, db: Database, ledger: Ledger, key: SigningKey | None = None) -> None:
        self.db = db
        self.ledger = ledger
        self._held = [] if key is None else [key]

    def begin(self, at: datetime, actor: str) -> bytes:
        """Make the key the first of the log: an entry of type ``key`` tells it, and the first head is signed.

        Parameters
        ----------
        at, actor
            When, and who did it.

        Returns
        -------
        bytes
            The signed note.

        Raises
        ------
        RuntimeError
            If no transaction is open, the log has a key already, or there is none to sign with.
        """
        if self.keys() or not self._held:
            raise RuntimeError("a log begins once, and with a key")
        self._inside()
        vkey = self._held[0].vkey
        self.ledger.append([Act("key", at, actor, detail={"vkey": vkey})])
        return self.sign(at)

    def sign(self, at: datetime) -> bytes:
        """Sign the ledger as it is now; if nothing came since, give the last note.

        Parameters
        ----------
        at
            When; with a zone.

        Returns
        -------
        bytes
            The signed note. After the commit it is to be kept outside the database as well (``head.note``).

        Raises
        ------
        RuntimeError
            If no transaction is open.
        LedgerBroken
            If the ledger is not what was signed last, with more behind it.
        BadInput
            If the key is not the one that the log signs with now.
        """
        self._inside()
        chain = self.keys()
        if not chain and self._held:
            self.db.execute(
                "INSERT INTO ledger_key (from_size, vkey, change) VALUES (?, ?, NULL)", (0, self._held[0].vkey)
            )
            chain = self.keys()
        key = self._key(chain)
        last = self.last()
        signed, size, root = self._unbroken(chain, last)
        if last is not None and signed == size:
            return last
        return self._signed(size, root, [key], at)

    def rotate(self, new: SigningKey, at: datetime, actor: str) -> bytes:
        """Hand over to a new key: an entry of type ``key``, and a head that both keys sign.

        Parameters
        ----------
        new
            Made with the name of the log.
        at, actor
            When, and who did it.

        Returns
        -------
        bytes
            The signed note.

        Raises
        ------
        RuntimeError, LedgerBroken, BadInput
            As `sign` does.
        """
        self._inside()
        return self._handed_over(new, self._key(self.keys()), at, actor)

    def replace_lost(self, new: SigningKey, at: datetime, actor: str) -> bytes:
        """Go on with a new key where the one before is lost: nothing vouches for it but its own fingerprint.

        Its fingerprint has to be told to all who verify; records that name the old one keep verifying up to here.
        Parameters, return and errors are those of `rotate`.
        """
        self._inside()
        return self._handed_over(new, None, at, actor)

    def last(self) -> bytes | None:
        """Give the last signed note, as it was signed; ``None`` before the first."""
        row = self.db.row("SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
        return None if row is None else bytes(row[0])

    def note(self, size: int) -> bytes | None:
        """Give the note of a size as it was signed; ``None`` if none of that size was."""
        row = self.db.row("SELECT note FROM ledger_checkpoint WHERE size = ?", (size,))
        return None if row is None else bytes(row[0])

    def sizes(self) -> list[int]:
        """Give the sizes that were signed, in their order."""
        return [size for (size,) in self.db.rows("SELECT size FROM ledger_checkpoint ORDER BY size")]

    def keys(self) -> tuple[KeyFrom, ...]:
        """Give the keys of the log in their order: which signs from which size on."""
        rows = self.db.rows("SELECT from_size, vkey, change FROM ledger_key ORDER BY from_size")
        return tuple(
            KeyFrom(size, VerifyKey.parse(vkey), change is not None and KeyChange.of(bytes(change)).lost)
            for size, vkey, change in rows
        )

    def changes(self) -> list[bytes]:
        """Give the notes by which keys handed over, for `follow`."""
        rows = self.db.rows("SELECT change FROM ledger_key WHERE change IS NOT NULL ORDER BY from_size")
        return [bytes(change) for (change,) in rows]

    def proof(self, seq: int, size: int | None = None) -> ProofFile:
        """Give the proof that an entry is in a signed tree.

        Parameters
        ----------
        seq
            Number of the entry.
        size
            Of a head that was signed; the last one if ``None``.

        Raises
        ------
        LookupError
            If no head of that size was signed.
        ValueError
            If that tree has no such entry.
        """
        note = self.last() if size is None else self.note(size)
        if note is None:
            raise LookupError(f"no head of size {size} was signed")
        signed = Checkpoint.parse(Note.parse(note).text)
        return ProofFile(seq, tuple(self.ledger.inclusion(seq, signed.size)), note)

    def request(self, old_size: int) -> bytes:
        """Give what a witness is asked with: the last head, and the proof that it grew from what the witness saw last.

        Parameters
        ----------
        old_size
            That the witness cosigned last; 0 if it never did.

        Raises
        ------
        BadInput
            If nothing was signed yet, or the log was never that large.
        """
        note = self.last()
        if note is None:
            raise BadInput(Text("belum ada titik periksa", "no checkpoint was signed yet"))
        signed = Checkpoint.parse(Note.parse(note).text)
        if not 0 <= old_size <= signed.size:
            raise BadInput(
                Text(
                    f"saksi mengaku melihat {old_size} entri; titik periksa terakhir memuat {signed.size}",
                    f"the witness is said to have seen {old_size} entries; the last checkpoint has {signed.size}",
                )
            )
        proof = self.ledger.consistency(old_size, signed.size) if 0 < old_size < signed.size else []
        return WitnessRequest(old_size, tuple(proof), note).to_bytes()

    def take_cosigned(self, note: bytes, witness: VerifyKey) -> int:
        """Take in what a witness answered.

        Parameters
        ----------
        note
            The checkpoint with the witness's line.
        witness
            Its key, known from elsewhere.

        Returns
        -------
        int
            Size of the head that is cosigned now.

        Raises
        ------
        RuntimeError
            If no transaction is open.
        NoteRefused
            If the note is not one of this log, or the witness has not signed it.
        """
        self._inside()
        if any(link.key.public == witness.public for link in self.keys()):
            raise NoteRefused(
                Text("sebuah log tidak menjadi saksi bagi dirinya sendiri", "a log is no witness of its own")
            )
        open_note(note, [witness])
        given = Note.parse(note)
        size = Checkpoint.parse(given.text).size
        own = self.note(size)
        if own is None or Note.parse(own).text != given.text:
            raise NoteRefused(
                Text(
                    "titik periksa ini bukan dari penyimpanan ini; saksi melihat log yang lain",
                    "this checkpoint is not one of this store; the witness has seen another log",
                )
            )
        line = given.by(witness)
        known = self.db.row("SELECT 1 FROM ledger_cosignature WHERE size = ? AND vkey = ?", (size, witness.vkey))
        if line is not None and known is None:
            self.db.execute(
                "INSERT INTO ledger_cosignature (size, vkey, line) VALUES (?, ?, ?)", (size, witness.vkey, line.line)
            )
        return size

    def cosigned(self, size: int) -> bytes | None:
        """Give a note with the lines of its witnesses below; ``None`` if none of that size was signed."""
        note = self.note(size)
        rows = self.db.rows("SELECT line FROM ledger_cosignature WHERE size = ? ORDER BY vkey", (size,))
        return None if note is None else note + "".join(line for (line,) in rows).encode()

    def seen_by(self, witness: VerifyKey) -> int:
        """Give the largest size that a witness is known to have cosigned; 0 if none."""
        row = self.db.row("SELECT MAX(size) FROM ledger_cosignature WHERE vkey = ?", (witness.vkey,))
        return 0 if row is None or row[0] is None else int(row[0])

    def _inside(self) -> None:
        if not self.db.in_transaction:
            raise RuntimeError(_OUTSIDE)
        self.db.lock()

    def _key(self, chain: Sequence[KeyFrom]) -> SigningKey:
        found = next((key for key in self._held if chain and key.verify_key == chain[-1].key), None)
        if found is None:
            name = chain[-1].key.fingerprint if chain else "?"
            raise BadInput(
                Text(
                    f"log ini ditandatangani dengan kunci {name}, bukan dengan kunci yang ada",
                    f"the log is signed with the key {name}, not with the one at hand",
                )
            )
        return found

    def _unbroken(self, chain: Sequence[KeyFrom], note: bytes | None) -> tuple[int, int, bytes]:
        """Give the size signed last, and size and root of now, once what was signed is seen to be the beginning."""
        size = self.ledger.size()
        if note is None:
            return 0, size, self.ledger.root(size)
        try:
            signed = open_checkpoint(note, signers(chain, Checkpoint.parse(Note.parse(note).text).size))
        except NoteRefused as error:
            raise LedgerBroken(
                Text(
                    f"titik periksa terakhir tidak sah: {error.words.id}",
                    f"the last checkpoint does not hold: {error.words.en}",
                )
            ) from None
        # The whole first: what it reads holds all that is asked of its beginning.
        root, before = self.ledger.roots(size, min(signed.size, size))
        if signed.size > size or before != signed.root:
            raise LedgerBroken(
                Text(
                    f"buku besar bukan lagi yang ditandatangani pada entri {signed.size}: diubah di luar Telusur; "
                    "tidak ada yang ditandatangani",
                    f"the ledger is no longer what was signed at {signed.size} entries: it was changed without "
                    "Telusur; nothing was signed",
                )
            )
        return signed.size, size, root

    def _signed(self, size: int, root: bytes, keys: Sequence[SigningKey], at: datetime) -> bytes:
        if at.utcoffset() is None:
            raise MissingZone(at.isoformat())
        note = sign(Checkpoint(keys[-1].name, size, root).text(), keys)
        moment = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        self.db.execute("INSERT INTO ledger_checkpoint (size, note, at) VALUES (?, ?, ?)", (size, note, moment))
        return note

    def _handed_over(self, new: SigningKey, old: SigningKey | None, at: datetime, actor: str) -> bytes:
        chain = self.keys()
        before = chain[-1].key
        if new.name != before.name or any(link.key == new.verify_key for link in chain):
            raise BadInput(
                Text(
                    f"kunci baru harus baru dan bernama {before.name}",
                    f"the new key must be new and be named {before.name}",
                )
            )
        _, size, _ = self._unbroken(chain, self.last())
        change = KeyChange(before.name, size + 1, new.verify_key, lost=old is None)
        note = change.signed([new] if old is None else [old, new])
        self.ledger.append([Act("key", at, actor, detail={"change": note.decode(), "vkey": new.vkey})])
        self.db.execute(
            "INSERT INTO ledger_key (from_size, vkey, change) VALUES (?, ?, ?)", (change.from_size, new.vkey, note)
        )
        self._held.append(new)
        root = self.ledger.root(change.from_size)
        return self._signed(change.from_size, root, [new] if old is None else [old, new], at)
