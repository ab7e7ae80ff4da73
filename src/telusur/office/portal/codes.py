"""Codes for respondents: issued with a served letter, used once to choose a passphrase."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from telusur.office import codes, store
from telusur.office.models import AccessCode, Case, PortalAccess

#: What a code is kept under (`telusur.office.codes.digest`).
PURPOSE: Final = "respondent"
#: How long a code can be used, at least; and how long after the last day to answer.
LASTS: Final = timedelta(days=60)
MARGIN: Final = timedelta(days=30)


def new_code(case: Case, token: str = "") -> str:
    """Issue a code for the respondent of a case; whatever was issued before and not used opens nothing any more.

    Parameters
    ----------
    case
        Already saved.
    token
        One-time, of the page that asks: sent twice, it is the same code.

    Returns
    -------
    str
        Sixteen digits without blanks. Show it once (`telusur.office.codes.shown`): only a keyed hash is kept.
    """
    now = timezone.now()
    code = codes.derived_code(f"{case.pk}:{token}", PURPOSE) if token else codes.new_code()
    with transaction.atomic():
        _end_unused(case, now)
        AccessCode.objects.create(
            case=case, digest=codes.digest(code, PURPOSE), made_at=now, expires_at=_expires(case, now)
        )
    return code


def issued_with(case: Case, token: str) -> str | None:
    """Give the code that was issued by a page with this token, while nobody used it; ``None`` without one."""
    code = codes.derived_code(f"{case.pk}:{token}", PURPOSE)
    held = AccessCode.objects.filter(
        case=case, digest=codes.digest(code, PURPOSE), used_at=None, expires_at__gt=timezone.now()
    )
    return code if held.exists() else None


def withdraw(case: Case) -> None:
    """End every way in: unused codes, the passphrase and open sessions. Only a new code opens the pages again."""
    now = timezone.now()
    with transaction.atomic():
        _end_unused(case, now)
        PortalAccess.objects.filter(case=case).update(secret=make_password(None), set_at=now)


def _expires(case: Case, now: datetime) -> datetime:
    until = store.file_of(case).reply_until
    if until is None:
        return now + LASTS
    left = timedelta(days=(until - timezone.localdate(now)).days)
    return now + max(LASTS, left + MARGIN)


def _end_unused(case: Case, now: datetime) -> None:
    AccessCode.objects.filter(case=case, used_at=None, expires_at__gt=now).update(expires_at=now)
