"""What a value is, by its shape: exports call their fields in the language of whoever asked for them."""

from __future__ import annotations

import ipaddress
import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

#: 2004-02-04 (Facebook) and 2100: what lies between is a time in seconds, a thousand times that in milliseconds.
_FIRST, _LAST = 1_075_852_800, 4_102_444_800
#: Digits of a time in microseconds.
_DIGITS: Final = 16
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}\.[^@\s.]{2,24}")
_PHONE: Final = re.compile(r"\+?[\d\s()-]{7,24}")
_COOKIE: Final = re.compile(r"[A-Za-z0-9_*-]{6,80}")


def epoch(value: object) -> datetime | None:
    """Give the time that a number of seconds or milliseconds since 1970 means, in UTC; ``None`` for any other value."""
    if isinstance(value, str) and len(value) <= _DIGITS and value.isascii() and value.isdigit():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    for scale in (1, 1_000, 1_000_000):
        if _FIRST <= value / scale < _LAST:
            return datetime.fromtimestamp(value / scale, tz=UTC)
    return None


def iso(value: object) -> datetime | None:
    """Give the time of an ISO 8601 text with a zone, in UTC; ``None`` for any other value."""
    if not isinstance(value, str) or len(value) < len("2024-01-01T00:00Z") or len(value) > 40:  # noqa: PLR2004 - longest
        return None
    try:
        at = datetime.fromisoformat(value.strip())
        return at.astimezone(UTC) if at.tzinfo is not None else None
    except (OverflowError, ValueError):
        return None


def is_address(value: object) -> bool:
    """Whether a value is an IPv4 or IPv6 address."""
    return isinstance(value, str) and 3 <= len(value) <= 45 and _is_address(value)  # noqa: PLR2004 - "::1" to a mapped IPv6


@lru_cache(maxsize=65_536)
def _is_address(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


def is_email(value: object) -> bool:
    """Whether a value is an e-mail address."""
    return isinstance(value, str) and _EMAIL.fullmatch(value.strip()) is not None


def is_phone(value: object) -> bool:
    """Whether a value is a telephone number."""
    if not isinstance(value, str) or _PHONE.fullmatch(value.strip()) is None or is_address(value):
        return False
    return 7 <= sum(c.isdigit() for c in value) <= 15  # noqa: PLR2004 - E.164


def is_identifier(value: object) -> bool:
    """Whether a value may be a cookie or a device's own number: letters and digits in one word."""
    if not isinstance(value, str) or _COOKIE.fullmatch(value) is None:
        return False
    return any(c.isdigit() for c in value) and any(c.isalpha() for c in value) and len(value) >= 10  # noqa: PLR2004 - shorter words are names
