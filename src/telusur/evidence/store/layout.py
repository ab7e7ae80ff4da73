"""What lies where in the folder of a store, and what its description says."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

import pydantic
from pydantic import ConfigDict, Field

import telusur
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import stamps

SETTINGS: Final = "telusur-store.json"
DATABASE: Final = "store.db"
OBJECTS: Final = "objects"
KEYS: Final = "keys"
LOG_KEY: Final = "log.key"
ROOT_KEY: Final = "root.key"
HEAD: Final = "head.note"
LOCK: Final = ".lock"
_LARGEST: Final = 1_000_000

NO_STORE: Final = Text(
    "bukan tempat penyimpanan bukti; buat dengan `telusur evidence init`, atau sebut folder yang benar",
    "is no store of evidence; make one with `telusur evidence init`, or name the right folder",
)
NO_DATABASE: Final = Text(
    "store.db tidak ada, sedangkan folder ini tempat penyimpanan bukti; pulihkan dari cadangan dengan "
    "`telusur evidence restore`",
    "store.db is missing although this is a store of evidence; put it back from a backup with "
    "`telusur evidence restore`",
)


class _File(pydantic.BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    schema_: Annotated[Literal["telusur.store/1"], Field(alias="schema")]
    made_by: dict[str, str | None]
    name: str
    log: str
    authorities: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Settings:
    """The description of a store.

    Parameters
    ----------
    name
        What its office calls it.
    log
        The first verification key of its log (``name+hash+base64``).
    authorities
        Who stamps its checkpoints.
    """

    name: str
    log: str
    authorities: tuple[stamps.Authority, ...] = ()

    def as_bytes(self) -> bytes:
        """Write it as the file holds it."""
        document = {
            "schema": "telusur.store/1",
            "made_by": {"telusur": telusur.__version__, "catalogue": None, "models": None},
            "name": self.name,
            "log": self.log,
            "authorities": [one.as_json() for one in self.authorities],
        }
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def read_settings(folder: Path) -> Settings:
    """Read the description of a store.

    Raises
    ------
    BadInput
        If the folder is no store, or the description was changed into something else.
    """
    path = folder / SETTINGS
    if not folder.is_dir() or not path.is_file():
        raise BadInput(NO_STORE, where=str(folder))
    if path.stat().st_size > _LARGEST:
        raise BadInput("is larger than any description of a store; put it back from a backup", where=str(path))
    try:
        read = _File.model_validate_json(path.read_bytes())
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        raise BadInput(
            f"is no description of a store ({first['msg']}); put it back from a backup",
            where=str(path),
            field=".".join(map(str, first["loc"])) or None,
        ) from None
    try:
        authorities = tuple(map(stamps.Authority.of, read.authorities))
    except BadInput as fault:
        raise BadInput(fault.words, where=str(path), field="authorities") from None
    return Settings(read.name, read.log, authorities)


def put(path: Path, content: bytes, mode: int = 0o644, *, lasting: bool = True) -> None:
    """Write a file of the store beside its place and rename it, over an older one.

    Parameters
    ----------
    path
        Where it lies.
    content
        What it holds.
    mode
        Its permissions from the first byte on.
    lasting
        Whether to wait until it lies on the disk.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def is_locked_key(path: Path) -> bool:
    """Whether a key file can only be read with a passphrase."""
    try:
        return b"ENCRYPTED PRIVATE KEY" in path.read_bytes()[:_LARGEST]
    except OSError:
        # Whoever loads it says what is wrong.
        return False


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the store against other processes that want to change it; they come next.

    SQLite's own lock would turn a second one away after a while, and large files take longer than that.

    Parameters
    ----------
    folder
        The store.
    """
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
