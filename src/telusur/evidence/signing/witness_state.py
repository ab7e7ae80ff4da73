"""What a witness keeps: the logs it watches, with their keys and what it saw last of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

import pydantic
from pydantic import ConfigDict, Field

import telusur
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.signing.checkpoints import Checkpoint
from telusur.evidence.signing.key_chain import KeyFrom
from telusur.evidence.signing.notes import open_note
from telusur.evidence.signing.verify_key import VerifyKey

SETTINGS: Final = "telusur-witness.json"
_MOST_BYTES: Final = 1 << 20


class _Key(pydantic.BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    from_size: int
    vkey: str
    lost: bool


class _Log(pydantic.BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    keys: Annotated[list[_Key], Field(min_length=1)]
    #: The note that was cosigned last, as it was answered; the size and the root are its.
    seen: str | None
    #: When, in seconds since 1970.
    seconds: int


class _File(pydantic.BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    schema_: Annotated[Literal["telusur.witness/1"], Field(alias="schema")]
    made_by: dict[str, str | None]
    vkey: str
    logs: dict[str, _Log]


@dataclass(frozen=True, slots=True)
class Watched:
    """A log that a witness watches.

    Parameters
    ----------
    keys
        Trusted, the newest last.
    seen
        What was cosigned last; ``None`` before the first time.
    note
        The note of it, as it was answered.
    seconds
        When it was cosigned, since 1970.
    """

    keys: tuple[KeyFrom, ...]
    seen: Checkpoint | None = None
    note: bytes | None = None
    seconds: int = 0


def read(folder: Path) -> tuple[VerifyKey, dict[str, Watched]]:
    """Read what a witness keeps.

    Returns
    -------
    VerifyKey
        Its own key.
    dict[str, Watched]
        The logs by their names.

    Raises
    ------
    BadInput
        If the folder is not that of a witness, or its record is damaged.
    """
    path = folder / SETTINGS
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise BadInput(
            Text(
                "bukan folder saksi; buat dengan `telusur evidence witness-init`",
                "is not the folder of a witness; make one with `telusur evidence witness-init`",
            ),
            where=str(folder),
        ) from None
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror})", where=str(path)) from None
    try:
        found = _File.model_validate_json(data)
        own = VerifyKey.parse(found.vkey)
        return own, {name: _watched(log, own) for name, log in found.logs.items()}
    except (pydantic.ValidationError, BadInput):
        raise BadInput(
            Text(
                "rusak; kembalikan dari cadangan. Tanpa catatan ini saksi tidak boleh mengesahkan apa pun",
                "is damaged; put it back from a backup. Without its record a witness must not cosign anything",
            ),
            where=str(path),
        ) from None


def _watched(log: _Log, own: VerifyKey) -> Watched:
    keys = tuple(KeyFrom(link.from_size, VerifyKey.parse(link.vkey), link.lost) for link in log.keys)
    if log.seen is None:
        return Watched(keys)
    note = log.seen.encode()
    # Its own line vouches that nobody wrote another state into the file.
    return Watched(keys, Checkpoint.parse(open_note(note, [own])), note, log.seconds)


def written(own: VerifyKey, logs: Mapping[str, Watched]) -> bytes:
    """Write what a witness keeps, as its file holds it."""
    document = {
        "schema": "telusur.witness/1",
        "made_by": {"telusur": telusur.__version__, "catalogue": None, "models": None},
        "vkey": own.vkey,
        "logs": {
            name: {
                "keys": [
                    {"from_size": link.from_size, "vkey": link.key.vkey, "lost": link.lost} for link in watched.keys
                ],
                "seen": None if watched.note is None else watched.note.decode(),
                "seconds": watched.seconds,
            }
            for name, watched in sorted(logs.items())
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _key(link: KeyFrom) -> dict[str, object]:
    return {"from_size": link.from_size, "vkey": link.key.vkey, "lost": link.lost}
