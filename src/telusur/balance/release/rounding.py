"""Random rounding under a key: the same cell with the same count is rounded alike in every release."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Final

from telusur.balance.release.figures import Cell
from telusur.domain.errors import BadInput

#: Shorter keys could be tried out.
SHORTEST_KEY: Final = 16
_COMMITMENT: Final = b"telusur.balance_release/1 key"
_BITS: Final = 64


def rounded(count: int, cell: Cell, *, key: bytes, base: int) -> int:
    """Round a count to a multiple of a base, up or down by chance, so that it is right on average.

    Parameters
    ----------
    count
        The count.
    cell
        The cell it stands in; a margin that two tables share is the same cell in both.
    key
        Whoever has it could undo some of the rounding.
    base
        What is rounded to.
    """
    down, rest = divmod(count, base)
    said = json.dumps([cell, count], ensure_ascii=True, separators=(",", ":")).encode()
    drawn = int.from_bytes(hmac.digest(key, said, "sha256")[: _BITS // 8])
    return (down + (drawn * base < rest << _BITS)) * base


def commitment(key: bytes) -> str:
    """Give what shows later that the same key was used, without telling it.

    Raises
    ------
    BadInput
        If the key is too short.
    """
    if len(key) < SHORTEST_KEY:
        raise BadInput(f"the key of the rounding has {len(key)} bytes; at least {SHORTEST_KEY} are needed")
    return hmac.new(key, _COMMITMENT, hashlib.sha256).hexdigest()
