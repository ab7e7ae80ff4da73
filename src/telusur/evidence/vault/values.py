"""What a vault answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from telusur.domain.text import Text

# Fields are called `bytes`, which hides the type within their classes.
_Key = bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that a case holds.

    Parameters
    ----------
    sha256
        Of its plain bytes, in hex.
    bytes
        Plain bytes.
    name
        Of its object: says nothing of the file to who does not hold the key of the case.
    new
        Whether the case did not hold it before.
    """

    sha256: str
    bytes: int
    name: str
    new: bool = True


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was destroyed.

    Parameters
    ----------
    objects
        Objects whose keys are gone.
    bytes
        Plain bytes they had.
    names
        Of the objects, for `Vault.finish`; of a single file it is to be forgotten then, for the key of its case can
        still tell whether it was a given file's.
    done
        Whether their files are gone and the keys were wiped from the database's files, too; otherwise `Vault.finish`
        does it once the transaction has ended.
    """

    objects: int
    bytes: int
    names: tuple[str, ...]
    done: bool


@dataclass(frozen=True, slots=True)
class Swept:
    """What lay about after somebody was ended in the midst of his work.

    Parameters
    ----------
    orphans
        Files of objects that have no row: no key opens them.
    unfinished
        Files that were never written to their end.
    """

    orphans: int
    unfinished: int


@dataclass(slots=True)
class Received:
    """A file that was hashed and written encrypted, and belongs to no case yet.

    Parameters
    ----------
    sha256
        Of its plain bytes, in hex.
    bytes
        Plain bytes.
    key
        It was encrypted under.
    beside
        Where it lies; ``None`` once it was kept.
    """

    sha256: str
    bytes: int
    key: _Key = field(repr=False)
    beside: Path | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of all objects found.

    Parameters
    ----------
    objects
        Objects that were looked at.
    bytes
        Plain bytes they should have.
    problems
        What is wrong, each naming its object.
    notices
        What is worth knowing and harms nothing.
    """

    objects: int
    bytes: int
    problems: tuple[Text, ...]
    notices: tuple[Text, ...]
