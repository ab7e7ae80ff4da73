"""JSON of an archive, read so that it can mean one thing only."""

from __future__ import annotations

import codecs
import json
from typing import Any, NoReturn

#: No number of an archive's description has more digits.
_DIGITS = 20


def parse(content: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Read JSON.

    Raises
    ------
    ValueError
        If it is no JSON in UTF-8, nested too deep, names something twice in one object, or holds no finite number.
    """
    try:
        return json.loads(
            content.removeprefix(codecs.BOM_UTF8).decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_int=_short,
        )
    except RecursionError:
        raise ValueError("nested too deep") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("names something twice")
    return found


def _no_number(_: str) -> NoReturn:
    raise ValueError("holds no finite number")


def _short(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise ValueError("holds a number too long")
    return int(digits)
