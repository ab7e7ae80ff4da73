"""Letters as they were made, in the office's folder, by their hash; none is ever replaced."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Final
from uuid import uuid4

from telusur.office.home import Home
from telusur.office.letters.model import LetterData

_OWNER_FILE: Final = 0o600


def keep(letter: LetterData, made: bytes) -> None:
    """Keep a letter by the SHA-256 of its PDF, and beside it everything that it says as JSON.

    Parameters
    ----------
    letter
        What it says.
    made
        Its PDF.
    """
    name = hashlib.sha256(made).hexdigest()
    said = json.dumps(letter.as_json(), ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "surrogatepass")
    _write(f"{name}.json", said)
    _write(f"{name}.pdf", made)


def kept(sha256: str) -> bytes:
    """Give the PDF of a letter.

    Raises
    ------
    FileNotFoundError
        If it is not there, or is no longer what it was.
    """
    held = (Home.here().letters / f"{sha256}.pdf").read_bytes()
    if hashlib.sha256(held).hexdigest() != sha256:
        raise FileNotFoundError(sha256)
    return held


def _write(name: str, held: bytes) -> None:
    home = Home.here()
    home.make()
    place: Path = home.letters / name
    beside = home.letters / f"{uuid4().hex}.part"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_FILE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(held)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
