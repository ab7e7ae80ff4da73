"""Who comes in: no sign-up, a passphrase of one's own, a second factor, and nothing behind them until they are set."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.office.errors import missing, unrecorded
from telusur.office.home import Home
from telusur.office.login import ACCOUNT_ERRORS
from telusur.office.models import User
from telusur.office.setup import gate
from telusur.office.words import say

#: Where somebody may still go whose way in is not complete.
_OPEN: Final = ("/masuk/", "/static/", "/bahasa/", "/health", "/ready")
_SETUP: Final = "/kantor/mulai/"
#: What allauth brings for accounts with e-mail, which there are none of here.
_NOT_HERE: Final = (
    "/masuk/email/",
    "/masuk/confirm-email/",
    "/masuk/login/code/",
    "/masuk/password/set/",
    "/masuk/password/reset/key/",
    "/masuk/password/reset/done/",
)
_RESET: Final = "/masuk/password/reset/"
_OVER: Final = Text(
    "Kata sandi sementara ini sudah lewat waktunya. Minta yang baru kepada administrator kantor.",
    "This temporary password is too old. Ask the office administrator for a new one.",
)


class Adapter(DefaultAccountAdapter):
    """Accounts are made by the administrator, never by whoever comes along."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ACCOUNT_ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Say no."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        """Set a password that the person chose: from here on it is their own."""
        user.given_until = None
        super().set_password(user, password)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again, but not of whoever typed it just now and sets a first second factor up.

        Until then nothing else opens to them, so that it protects nothing. What was there before the login, a factor
        or its recovery codes, is not touched without it.
        """
        request: HttpRequest | None = self.request
        user = request.user if request is not None else None
        if request is not None and isinstance(user, User) and app == "allauth.mfa" and _comes_to_set_up(request, user):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's signature
        """Go on to where the person works."""
        return reverse("setup:onward")


def _comes_to_set_up(request: HttpRequest, user: User) -> bool:
    """Say whether a person logged in with the password moments ago, and had no second factor then."""
    typed = [one["at"] for one in get_authentication_records(request, user) if one["method"] == "password"]
    if not typed or time.time() - typed[-1] >= REAUTHENTICATION_TIMEOUT:
        return False
    began = datetime.fromtimestamp(typed[0], UTC)
    return not Authenticator.objects.filter(user=user, created_at__lt=began).exists()


class EntryMiddleware:
    """Close an office that is not set up; lead whoever is in to their own password and second factor first.

    In a trial with invented people nobody needs a second factor.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say what comes first."""
        answer = self._first(request) or self.get_response(request)
        if isinstance(request.user, User):
            # Desks are shared: nobody sees by the "back" button what somebody saw who has left.
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say in words what keeps an act from being recorded, where its page did not."""
        return unrecorded(request, exception) if isinstance(exception, BadInput) else None

    def _first(self, request: HttpRequest) -> HttpResponse | None:
        if request.path.startswith(_NOT_HERE) or (request.path == _RESET and request.method != "GET"):
            return missing(request)
        if request.path.startswith(_OPEN):
            return None
        if gate.closed():
            if request.path.startswith(_SETUP):
                return None
            return render(request, "office/setup/closed.html", status=503)
        user = request.user
        if not isinstance(user, User):
            return None
        if user.given_until is not None:
            if user.given_until < timezone.now():
                logout(request)
                messages.error(request, say(_OVER))
                return HttpResponseRedirect(reverse("account_login"))
            return HttpResponseRedirect(reverse("account_change_password"))
        if not Home.here().demo and not is_mfa_enabled(user):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return None
