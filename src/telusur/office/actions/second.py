"""A second person's consent, given at the same desk by the code of his or her own authenticator."""

from __future__ import annotations

from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache

from telusur import process
from telusur.domain.text import Text
from telusur.office.home import Home
from telusur.office.models import User

#: Wrong codes for one person, and the seconds after which they are forgotten.
_MOST, _SECONDS = 5, 900
_WRONG: Final = Text(
    "Kode orang kedua tidak cocok; ia mengetiknya sendiri, kode yang baru.",
    "The second person's code does not match; that person types it, a fresh one.",
)
_TOO_OFTEN: Final = Text(
    "Terlalu banyak kode yang keliru untuk orang kedua ini; coba lagi seperempat jam lagi.",
    "Too many wrong codes for this second person; try again in a quarter of an hour.",
)


def confirmed_by(person_id: str, code: str) -> User:
    """Give the second person, who confirmed with a code; in a trial without one, with the password.

    Raises
    ------
    process.Refused
        If there is no such person, or the code is not theirs.
    """
    user = User.objects.filter(pk=person_id.removeprefix("u"), is_active=True).first()
    key = f"second:{person_id}"
    cache.add(key, 0, _SECONDS)
    if cache.get(key, 0) >= _MOST:
        raise process.Refused((_TOO_OFTEN,))
    if user is None or not _matches(user, code):
        cache.incr(key)
        raise process.Refused((_WRONG,))
    return user


def _matches(user: User, code: str) -> bool:
    held = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if held is not None:
        return bool(TOTP(held).validate_code(code.replace(" ", "")))
    return Home.here().demo and user.check_password(code)
