"""Codes of 16 digits that open one thing to whoever holds them: a report's follow-up, a respondent's pages.

Fifteen digits are drawn (49 bits) and the last is their check digit (Luhn, ISO/IEC 7812-1 annex B), so that a slip of
the pen is told from a wrong code without asking anybody. What is kept is a keyed hash: the code itself is shown once.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.office.home import Home

DIGITS: Final = 16
_GROUP: Final = 4
_LARGEST_DIGIT: Final = 9


def new_code() -> str:
    """Draw a code: 16 digits without blanks."""
    drawn = "".join(str(secrets.randbelow(10)) for _ in range(DIGITS - 1))
    return drawn + _check_digit(drawn)


def derived_code(token: str, purpose: str) -> str:
    """Give the code that belongs to a one-time token: the same for the same token, and nobody's guess.

    Parameters
    ----------
    token
        Random, from the form.
    purpose
        What the code is for.
    """
    key = Home.here().secret("codes").encode("ascii")
    drawn = hmac.new(key, f"{purpose}:token:{token}".encode(), hashlib.sha256).digest()
    digits = f"{int.from_bytes(drawn) % 10 ** (DIGITS - 1):0{DIGITS - 1}d}"
    return digits + _check_digit(digits)


def shown(code: str) -> str:
    """Write a code in groups of four."""
    return " ".join(code[i : i + _GROUP] for i in range(0, len(code), _GROUP))


def read(written: str) -> str:
    """Read a code as people type it, with blanks or dashes.

    Raises
    ------
    BadInput
        If it has not 16 digits, or the check digit shows a slip.
    """
    code = "".join(sign for sign in written if not sign.isspace() and sign not in "-.–")
    if not code.isascii() or not code.isdigit() or len(code) != DIGITS:
        count = sum(sign.isdigit() for sign in code)
        raise BadInput(
            Text(
                f"kode terdiri atas {DIGITS} angka; yang Anda ketik {count} angka. Salin dari kartu, empat-empat",
                f"a code has {DIGITS} digits; you typed {count}. Copy it from the card, four by four",
            )
        )
    if _check_digit(code[:-1]) != code[-1]:
        raise BadInput(
            Text(
                "ada angka yang keliru atau tertukar; bandingkan sekali lagi dengan kartu",
                "a digit is wrong or two are swapped; compare with the card once more",
            )
        )
    return code


def digest(code: str, purpose: str) -> str:
    """Give what is kept of a code: HMAC-SHA256 under this office's key, bound to what the code is for."""
    key = Home.here().secret("codes").encode("ascii")
    return hmac.new(key, f"{purpose}:{code}".encode("ascii"), hashlib.sha256).hexdigest()


def _check_digit(digits: str) -> str:
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > _LARGEST_DIGIT else value
    return str(-total % 10)
