"""The keys of a log one after the other: each hands over to the next in a note that both sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from telusur.domain.text import Text
from telusur.evidence.signing.lines import NoteRefused, number, refused
from telusur.evidence.signing.notes import Note, Signs, open_note, sign
from telusur.evidence.signing.verify_key import ED25519, VerifyKey

_FROM: Final = "new key from size "
_LOST: Final = "new key, the one before lost, from size "
_SIZE: Final = Text("ukuran", "the size")
_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class KeyFrom:
    """A key, and from where on it signs.

    Parameters
    ----------
    from_size
        The smallest checkpoint that it signs; the key before signs up to here, this one included.
    key
        The key.
    lost
        Whether the key before was lost, so that nothing but its own fingerprint vouches for this one.
    """

    from_size: int
    key: VerifyKey
    lost: bool = False


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What a note says by which a log takes a new key; it is no checkpoint, for its second line is no number.

    Parameters
    ----------
    origin
        Name of the log.
    from_size
        The smallest checkpoint that the new key signs.
    key
        The new key.
    lost
        Whether the key before was lost, so that it vouches for nothing.
    """

    origin: str
    from_size: int
    key: VerifyKey
    lost: bool = False

    def text(self) -> str:
        """Write it as the text of a note."""
        return f"{self.origin}\n{_LOST if self.lost else _FROM}{self.from_size}\n{self.key.vkey}\n"

    @classmethod
    def parse(cls, text: str) -> KeyChange:
        """Read the text of a note.

        Raises
        ------
        NoteRefused
            If it is not three lines of the form, or the new key is not one of that log.
        """
        lines = text.removesuffix("\n").split("\n")
        begun = next((words for words in (_FROM, _LOST) if len(lines) == _LINES and lines[1].startswith(words)), None)
        if begun is None:
            raise refused("catatan ini bukan pergantian kunci", "the note is not a change of keys")
        key = VerifyKey.parse(lines[2])
        if key.name != lines[0] or key.kind != ED25519:
            raise refused("kunci baru bukan dari log ini", "the new key is not one of this log")
        return cls(lines[0], number(lines[1].removeprefix(begun), _SIZE), key, begun == _LOST)

    @classmethod
    def of(cls, note: bytes) -> KeyChange:
        """Read a note; its signatures are not verified.

        Raises
        ------
        NoteRefused
            As `parse` does.
        """
        return cls.parse(Note.parse(note).text)

    def signed(self, keys: Sequence[Signs]) -> bytes:
        """Give the note, signed by the key before and the new one."""
        return sign(self.text(), keys)


def lost_before(change: KeyChange) -> NoteRefused:
    """Give the error that nothing leads from a lost key to the one after it."""
    return refused(
        f"kunci sebelumnya hilang; periksa dengan sidik kunci baru {change.key.fingerprint}",
        f"the key before was lost; verify with the fingerprint of the new one, {change.key.fingerprint}",
    )


def open_change(note: bytes, before: VerifyKey) -> KeyChange:
    """Verify that a key hands over to another: both have signed the note.

    Parameters
    ----------
    note
        The signed change.
    before
        The key that is trusted.

    Raises
    ------
    NoteRefused
        If it does not hold; also if the key before was lost, for then nothing but its fingerprint vouches for the new.
    """
    change = KeyChange.of(note)
    if change.lost:
        raise lost_before(change)
    if change.origin != before.name:
        raise refused("pergantian kunci ini dari log lain", "the change of keys is of another log")
    open_note(note, [before])
    open_note(note, [change.key])
    return change


def follow(start: VerifyKey, changes: Sequence[bytes], from_size: int = 0) -> tuple[KeyFrom, ...]:
    """Follow the keys of a log from one that is trusted: the user's fingerprint is its.

    Parameters
    ----------
    start
        Trusted.
    changes
        The notes in their order; those that stand before the start are passed over.
    from_size
        Where the start began to sign.

    Returns
    -------
    tuple[KeyFrom, ...]
        The start and all that follow.

    Raises
    ------
    NoteRefused
        If a change does not hold.
    """
    chain = [KeyFrom(from_size, start)]
    notes = list(changes)
    # What led to the start was signed by keys that nothing vouches for.
    made = [KeyChange.of(note).key == start for note in notes]
    if True in made:
        notes = notes[made.index(True) + 1 :]
    for note in notes:
        change = open_change(note, chain[-1].key)
        if change.from_size <= chain[-1].from_size:
            raise refused("pergantian kunci tidak berurutan", "the changes of keys are out of order")
        chain.append(KeyFrom(change.from_size, change.key))
    return tuple(chain)


def signers(chain: Sequence[KeyFrom], size: int) -> list[VerifyKey]:
    """Give the keys that may sign a checkpoint of that size, the newest last: two where a key hands over."""
    found = []
    for place, link in enumerate(chain):
        after = chain[place + 1] if place + 1 < len(chain) else None
        if link.from_size <= size and (after is None or size <= after.from_size - after.lost):
            found.append(link.key)
    return found
