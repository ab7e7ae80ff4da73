"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from telusur.office import policies, zones
from telusur.office.home import Home


def office(request: HttpRequest) -> dict[str, object]:
    """Give the zones, what this person may enter, and how long the session lasts."""
    user = getattr(request, "user", None)
    return {
        "zone": zones.chosen_name(),
        "zones": tuple(zones.ZONES),
        "demo": Home.here().demo,
        "may": policies.of(user),
        **session(user),
    }


def session(user: Any) -> dict[str, object]:
    """Give the seconds until the session ends, and whose it is, for a browser that keeps unsent work until then.

    A session lasts from the login on; one that was renewed meanwhile lasts longer than is said here.
    """
    if user is None or not user.is_authenticated or user.last_login is None:
        return {"session_left": None, "session_who": ""}
    gone = (timezone.now() - user.last_login).total_seconds()
    return {"session_left": max(0, int(settings.SESSION_COOKIE_AGE - gone)), "session_who": user.person_id}
