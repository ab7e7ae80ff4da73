"""The folder of a witness: its key, and what it saw last of each log that it watches."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.atomic import write_bytes
from telusur.evidence.signing.checkpoints import Checkpoint, open_checkpoint
from telusur.evidence.signing.key_chain import KeyChange, KeyFrom, open_change, signers
from telusur.evidence.signing.lines import refused
from telusur.evidence.signing.notes import Note, open_note
from telusur.evidence.signing.signing_key import SigningKey
from telusur.evidence.signing.verify_key import COSIGNATURE, ED25519, VerifyKey
from telusur.evidence.signing.witness import LogChanged, cosign
from telusur.evidence.signing.witness_request import WitnessRequest
from telusur.evidence.signing.witness_state import SETTINGS, Watched, read, written

KEY: Final = "witness.key"
REFUSED: Final = "refused"
_LOCK: Final = ".lock"

Ask = Callable[[], str | None]


class Witness:
    """The folder of a witness.

    Parameters
    ----------
    folder
        Made by `make`.
    ask
        Gives the passphrase of its key when it is needed; ``None`` if there is none.
    """

    def __init__(self, folder: Path, ask: Ask = lambda: None) -> None:
        self.folder = folder
        self._ask = ask
        read(self.folder)

    @classmethod
    def make(cls, folder: Path, name: str, passphrase: str | None) -> Witness:
        """Make a folder with a new key.

        Parameters
        ----------
        folder
            Not there yet, or empty.
        name
            Of the witness, such as ``kantor.example/saksi``; no spaces.
        passphrase
            Of its key.

        Raises
        ------
        BadInput
            If something lies there, or the name cannot be that of a key.
        """
        key = SigningKey.make(name, kind=COSIGNATURE)
        if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(
                Text("di sini sudah ada isinya; sebut folder lain", "something lies here already; name another folder"),
                where=str(folder),
            )
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(f"cannot be made ({error.strerror})", where=str(folder)) from None
        key.save(folder / KEY, passphrase)
        write_bytes(folder / SETTINGS, written(key.verify_key, {}))
        return cls(folder, lambda: passphrase)

    @property
    def verify_key(self) -> VerifyKey:
        """The key that its lines are verified with."""
        return read(self.folder)[0]

    @property
    def logs(self) -> Mapping[str, Watched]:
        """The logs it watches, by their names."""
        return read(self.folder)[1]

    def key(self) -> SigningKey:
        """Give its signing key.

        Raises
        ------
        BadInput
            If it is missing, the passphrase does not open it, or it is another than the folder names.
        """
        key = SigningKey.load(self.folder / KEY, self._ask())
        if key.verify_key != self.verify_key:
            raise BadInput(
                Text("kuncinya bukan kunci saksi ini", "the key is not the one of this witness"),
                where=str(self.folder / KEY),
            )
        return key

    def trust(self, vkey: VerifyKey, fingerprint: str) -> None:
        """Watch a log from now on.

        Parameters
        ----------
        vkey
            As the log's office handed it over.
        fingerprint
            As it was told by another way: printed on an official record, say.

        Raises
        ------
        NoteRefused
            If the two do not fit, or a log of that name is watched with another key.
        """
        if vkey.fingerprint != fingerprint or vkey.kind != ED25519:
            raise refused(
                f"kunci ini bersidik {vkey.fingerprint}, bukan {fingerprint}",
                f"the key has the fingerprint {vkey.fingerprint}, not {fingerprint}",
            )
        with self._alone():
            own, logs = read(self.folder)
            known = logs.get(vkey.name)
            if known and vkey not in [link.key for link in known.keys]:
                raise refused(
                    "log ini sudah diawasi dengan kunci lain; serahkan catatan pergantian kuncinya",
                    "the log is watched with another key already; hand over the note by which it changed its key",
                )
            self._write(own, {vkey.name: Watched((KeyFrom(0, vkey),)), **logs})

    def take_change(self, note: bytes, fingerprint: str | None = None) -> KeyChange:
        """Learn that a log signs with a new key, which the one before has vouched for.

        Parameters
        ----------
        note
            As the log's office handed it over.
        fingerprint
            Of the new key, as it was told by another way: where the key before was lost, it alone vouches.

        Raises
        ------
        NoteRefused
            If the log is not watched, or the change does not hold.
        """
        with self._alone():
            own, logs = read(self.folder)
            change = KeyChange.of(note)
            watched = _known(logs, change.origin)
            if change.key in [link.key for link in watched.keys]:
                return change
            if change.lost and change.key.fingerprint == fingerprint:
                open_note(note, [change.key])
            else:
                open_change(note, watched.keys[-1].key)
            if change.from_size <= watched.keys[-1].from_size or (
                watched.seen is not None and change.from_size <= watched.seen.size
            ):
                raise refused(
                    "pergantian kunci ini lebih lama daripada yang sudah dilihat",
                    "the change of keys is older than what was seen already",
                )
            keys = (*watched.keys, KeyFrom(change.from_size, change.key, change.lost))
            self._write(own, {**logs, change.origin: replace(watched, keys=keys)})
            return change

    def cosign(self, request: WitnessRequest, at: datetime) -> bytes:
        """Cosign the checkpoint of a log that only grew since it was seen last, and keep what was seen.

        A request for the very checkpoint that was cosigned last is answered again, whatever it says was seen before:
        answers get lost where they are carried by hand. Beyond that it is c2sp.org/tlog-witness.

        Parameters
        ----------
        request
            As parsed.
        at
            Now, with a zone.

        Returns
        -------
        bytes
            The note with the witness's line. The folder has kept it before it is returned.

        Raises
        ------
        LogChanged
            If the log shrank, or does not begin with what was seen; the request is kept in the folder ``refused``.
        NoteRefused
            If the log is not watched, its signature does not hold, the proof begins elsewhere, or the clock went back.
        """
        with self._alone():
            own, logs = read(self.folder)
            asked = Checkpoint.parse(Note.parse(request.note).text)
            watched = _known(logs, asked.origin)
            keys = signers(watched.keys, asked.size)
            open_checkpoint(request.note, keys[-1:] or [watched.keys[0].key])
            proof: Sequence[bytes] = request.proof
            seen = 0 if watched.seen is None else watched.seen.size
            if watched.seen == asked:
                proof = ()
            elif request.old_size != seen and asked.size >= seen:
                raise refused(
                    f"permintaan dimulai dari {request.old_size} entri, saksi ini terakhir melihat {seen}; "
                    f"minta permintaan baru dengan --from {seen}",
                    f"the request begins at {request.old_size} entries, this witness has last seen {seen}; "
                    f"ask for a new one made with --from {seen}",
                )
            if at.timestamp() < watched.seconds:
                raise refused(
                    "jam komputer ini mundur sejak pengesahan terakhir; betulkan dahulu",
                    "the clock of this machine went back since the last cosigning; set it right first",
                )
            key = self.key()
            try:
                answer = cosign(request.note, keys, watched.seen, proof, key, at)
            except LogChanged:
                # Two signed states that do not fit together are the proof against the log.
                self._keep_refused(request)
                raise
            kept = replace(watched, seen=asked, note=answer, seconds=int(at.timestamp()))
            self._write(own, {**logs, asked.origin: kept})
            return answer

    def _write(self, own: VerifyKey, logs: Mapping[str, Watched]) -> None:
        write_bytes(self.folder / SETTINGS, written(own, logs), force=True)
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            # The new state lies on the disk before the answer is handed out.
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _keep_refused(self, request: WitnessRequest) -> None:
        data = request.to_bytes()
        kept = self.folder / REFUSED / f"{hashlib.sha256(data).hexdigest()[:16]}.txt"
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        write_bytes(kept, data, force=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            descriptor = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise BadInput(f"cannot be written ({error.strerror})", where=str(self.folder)) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _known(logs: Mapping[str, Watched], origin: str) -> Watched:
    watched = logs.get(origin)
    if watched is None:
        raise refused(
            f"log {origin[:60]!r} tidak diawasi saksi ini; mulailah dengan `telusur evidence witness-trust`",
            f"this witness does not watch the log {origin[:60]!r}; begin with `telusur evidence witness-trust`",
        )
    return watched
