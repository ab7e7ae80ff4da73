"""Letters as they were made, kept encrypted with their case; none is ever replaced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from telusur.office import custody
from telusur.office.letters.model import LetterData

if TYPE_CHECKING:
    from telusur.office.models import Case, Letter


def keep(case: Case, letter: LetterData, made: bytes) -> str:
    """Keep a letter by the SHA-256 of its PDF, and beside it everything that it says as JSON.

    Parameters
    ----------
    case
        Whose letter it is; already saved.
    letter
        What it says.
    made
        Its PDF.

    Returns
    -------
    str
        SHA-256 of the JSON.
    """
    said_ = json.dumps(letter.as_json(), ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "surrogatepass")
    custody.keep_bytes(case, made)
    return custody.keep_bytes(case, said_)


def kept(letter: Letter) -> bytes:
    """Give the PDF of a letter.

    Raises
    ------
    FileNotFoundError
        If it is not there, or is no longer what it was.
    """
    with custody.opened(letter.case, letter.sha256) as held:
        return held.read()


def said(letter: Letter) -> dict[str, Any]:
    """Give what a letter says.

    Raises
    ------
    FileNotFoundError
        If it is not there, or is no longer what it was.
    """
    with custody.opened(letter.case, letter.said) as held:
        found: dict[str, Any] = json.loads(held.read())
    return found
