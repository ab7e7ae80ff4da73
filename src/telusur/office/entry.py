"""Who comes in: no sign-up, a second factor for everybody who works here, and no page behind it until it is set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from telusur.office.home import Home
from telusur.office.login import ACCOUNT_ERRORS

#: Where somebody without a second factor may still go.
_OPEN: Final = ("/masuk/", "/static/", "/bahasa/", "/health", "/ready")


class Adapter(DefaultAccountAdapter):
    """Accounts are made by the administrator, never by whoever comes along."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ACCOUNT_ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Say no."""
        return False


class EntryMiddleware:
    """Send whoever is logged in without a second factor to set one; in a trial with invented people, let them pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the second factor."""
        user = request.user
        if (
            user.is_authenticated
            and not Home.here().demo
            and not request.path.startswith(_OPEN)
            and not is_mfa_enabled(user)
        ):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)
