"""JSON read so that it can mean one thing only.

Parsers differ on doubled keys, on ``NaN`` and on numbers beyond their range; a record must not mean one thing here and
another with the expert of the other side (RFC 8259 sections 4 and 6 leave these open, RFC 7493 closes them).
"""

from __future__ import annotations

import json
import math
from typing import Final, NoReturn

from telusur.domain.text import Text
from telusur.exports.unusable import Unusable

#: Longest whole number taken, in digits: identifiers have 19.
_DIGITS: Final = 40


class NotJson(Unusable):
    """Bytes that are no JSON, or JSON that can be read in more than one way; the text says which."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        doubled = next(key for key in keys if keys.count(key) > 1)
        raise NotJson(
            Text(
                f"kunci {doubled[:40]!r} muncul dua kali dalam satu objek",
                f"the key {doubled[:40]!r} stands twice in one object",
            )
        )
    return found


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise NotJson(
            Text(
                f"bilangan dengan {len(digits)} angka berada di luar batas",
                f"a number of {len(digits)} digits is out of range",
            )
        )
    return int(digits)


def _fraction(digits: str) -> float:
    found = float(digits)
    if not math.isfinite(found):
        raise NotJson(Text("sebuah bilangan berada di luar batas", "a number is out of range"))
    return found


def _constant(name: str) -> NoReturn:
    raise NotJson(Text(f"{name} bukan bilangan JSON", f"{name} is no JSON number"))


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_fraction, parse_constant=_constant
)


def loads(text: str) -> object:
    """Read one JSON text.

    Raises
    ------
    NotJson
        If it is none, doubles a key, or holds a number that is no finite number of ordinary length.
    """
    try:
        found: object = _decoder.decode(text)
    except json.JSONDecodeError as error:
        at = error.pos + 1
        raise NotJson(
            Text(f"rusak pada karakter ke-{at} ({error.msg})", f"it is broken at its character {at} ({error.msg})")
        ) from None
    except RecursionError:
        raise NotJson(Text("bersarang terlalu dalam", "it is nested too deeply")) from None
    return found


def decode_at(text: str, start: int) -> tuple[object, int]:
    """Read the one JSON value that begins at a place; give it and the place after it.

    Raises
    ------
    NotJson
        As `loads` does.
    """
    try:
        found: tuple[object, int] = _decoder.raw_decode(text, start)
    except json.JSONDecodeError as error:
        at = error.pos - start + 1
        raise NotJson(
            Text(f"rusak pada karakter ke-{at} ({error.msg})", f"it is broken at its character {at} ({error.msg})")
        ) from None
    except RecursionError:
        raise NotJson(Text("bersarang terlalu dalam", "it is nested too deeply")) from None
    return found
