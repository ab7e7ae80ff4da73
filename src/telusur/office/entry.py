"""Who comes in: no sign-up, a passphrase of one's own, a second factor, and nothing behind them until they are set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from telusur.domain.text import Text
from telusur.office.home import Home
from telusur.office.login import ACCOUNT_ERRORS
from telusur.office.models import User
from telusur.office.setup import gate
from telusur.office.words import say

#: Where somebody may still go whose way in is not complete.
_OPEN: Final = ("/masuk/", "/static/", "/bahasa/", "/health", "/ready")
_SETUP: Final = "/kantor/mulai/"
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

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's signature
        """Go on to where the person works."""
        return reverse("setup:onward")


class EntryMiddleware:
    """Close an office that is not set up; lead whoever is in to their own password and second factor first.

    In a trial with invented people nobody needs a second factor.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say what comes first."""
        return self._first(request) or self.get_response(request)

    def _first(self, request: HttpRequest) -> HttpResponse | None:
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
