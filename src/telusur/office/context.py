"""What every page knows."""

from __future__ import annotations

from django.http import HttpRequest

from telusur.office import policies, zones
from telusur.office.home import Home


def office(request: HttpRequest) -> dict[str, object]:
    """Give the name of the office, the zone, and what this person may enter."""
    user = getattr(request, "user", None)
    return {
        "zone": zones.chosen_name(),
        "zones": tuple(zones.ZONES),
        "demo": Home.here().demo,
        "may": policies.of(user),
    }
