"""Bytes to be typed off paper: lines of 20 characters with two that check them.

Each line is a word of a Reed-Solomon code over the 32 characters (32 values, so the field GF(32)), its number counted
in: any two wrong characters of a line, two swapped ones, and two swapped lines are found; what is found is named by
its line. The letters are those of Crockford's base32: no I, L, O, U, and what looks like a digit is read as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE: Final = {letter: value for value, letter in enumerate(_LETTERS)} | {"O": 0, "I": 1, "L": 1}
_DATA: Final = 20
_CHECKS: Final = 2
_GROUP: Final = 4
_BITS: Final = 5
#: x^5 + x^2 + 1, the field's polynomial; its powers of x are all 31 other elements.
_POLYNOMIAL: Final = 0b100101


def _powers() -> tuple[int, ...]:
    powers, value = [], 1
    for _ in range(31):
        powers.append(value)
        value = value << 1 ^ (_POLYNOMIAL if value & 0b10000 else 0)
    return tuple(powers)


_EXP: Final = _powers()
_LOG: Final = {value: power for power, value in enumerate(_EXP)}


def _times(left: int, right: int) -> int:
    return _EXP[(_LOG[left] + _LOG[right]) % 31] if left and right else 0


def _syndromes(word: Sequence[int]) -> tuple[int, int]:
    # The word as a polynomial, at x^0 and x^1: both nought for a word of the code.
    at_one = at_x = 0
    for value in word:
        at_one ^= value
        at_x = _times(at_x, 2) ^ value
    return at_one, at_x


def _checks(line: int, data: Sequence[int]) -> list[int]:
    one, x = _syndromes([line, *data, 0, 0])
    # a + b = one, a*x + b = x: two equations for the two last values.
    first = _times(one ^ x, _EXP[31 - _LOG[1 ^ 2]])
    return [first, one ^ first]


def lines(data: bytes) -> Iterator[str]:
    """Write bytes as lines to be typed: groups of four characters, the last two of the line being its checks."""
    bits = len(data) * 8
    values = -(-bits // _BITS)
    whole = int.from_bytes(data, "big") << (values * _BITS - bits)
    letters = [whole >> (_BITS * (values - 1 - place)) & 31 for place in range(values)]
    for number, start in enumerate(range(0, values, _DATA), 1):
        part = letters[start : start + _DATA]
        part += [0] * (_DATA - len(part))
        written = "".join(_LETTERS[value] for value in [*part, *_checks(number, part)])
        yield " ".join(written[at : at + _GROUP] for at in range(0, len(written), _GROUP))


def read(typed: Sequence[str], size: int) -> bytes:
    """Read lines that were typed.

    Parameters
    ----------
    typed
        The lines in their order, without their numbers; spaces, hyphens and case do not matter.
    size
        Bytes that were written.

    Raises
    ------
    BadInput
        If a line is missing or mistyped: it is named.
    """
    expected = -(-size * 8 // (_BITS * _DATA))
    if len(typed) != expected:
        raise BadInput(
            Text(
                f"ada {len(typed)} baris kode; diharapkan {expected}",
                f"{len(typed)} lines of code; expected {expected}",
            )
        )
    whole = 0
    for number, line in enumerate(typed, 1):
        for value in _line(number, line):
            whole = whole << _BITS | value
    spare = expected * _DATA * _BITS - size * 8
    if whole & ((1 << spare) - 1):
        raise _mistyped(expected)
    return (whole >> spare).to_bytes(size, "big")


def _line(number: int, line: str) -> list[int]:
    letters = [letter for letter in line.upper() if not letter.isspace() and letter not in "-‐–"]
    if len(letters) != _DATA + _CHECKS:
        raise BadInput(
            Text(
                f"baris kode {number} memuat {len(letters)} karakter; diharapkan {_DATA + _CHECKS}",
                f"line {number} of the code has {len(letters)} characters; expected {_DATA + _CHECKS}",
            )
        )
    strange = next((letter for letter in letters if letter not in _VALUE), None)
    if strange is not None:
        raise BadInput(
            Text(
                f"baris kode {number} memuat {strange!r}, yang tidak dipakai dalam kode",
                f"line {number} of the code holds {strange!r}, which the code does not use",
            )
        )
    values = [_VALUE[letter] for letter in letters]
    if _syndromes([number, *values]) != (0, 0):
        raise _mistyped(number)
    return values[:_DATA]


def _mistyped(number: int) -> BadInput:
    return BadInput(
        Text(
            f"baris kode {number} salah ketik; bandingkan dengan lembarnya",
            f"line {number} of the code is mistyped; compare it with the sheet",
        )
    )
