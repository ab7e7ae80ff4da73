"""Passphrases that are given once, to be typed once: syllables that anybody who speaks Indonesian can read out."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from telusur.office.models import User

_FIRST: Final = "bcdghjklmnprstwy"
_THEN: Final = "aiueo"
#: Four words of three syllables: 75 bits.
_WORDS, _SYLLABLES = 4, 3
#: How long it can be used.
LASTS: Final = timedelta(days=14)


def drawn() -> str:
    """Draw one."""
    words = ["".join(secrets.choice(_FIRST) + secrets.choice(_THEN) for _ in range(_SYLLABLES)) for _ in range(_WORDS)]
    return "-".join(words)


def given(user: User) -> str:
    """Give a person a new passphrase, to be changed at the first login; it ends their sessions. Saves the person."""
    passphrase = drawn()
    user.set_password(passphrase)
    user.given_until = _until()
    user.save()
    return passphrase


def _until() -> datetime:
    return timezone.now() + LASTS
