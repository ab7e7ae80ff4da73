"""How often one machine may try: counted in memory by a keyed hash of its address, and forgotten after the window."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from telusur.office.home import Home

#: Purpose to tries and seconds.
LIMITS: Final = {
    "code": (10, 900),
    "report": (12, 3600),
    "message": (20, 3600),
    "pdf": (30, 3600),
    "selfcheck": (600, 3600),
}


def too_often(request: HttpRequest, purpose: str) -> bool:
    """Count a try, and say whether there were too many.

    Parameters
    ----------
    request
        Whose address counts; it is kept nowhere.
    purpose
        A key of `LIMITS`.
    """
    most, seconds = LIMITS[purpose]
    address = _machine(str(request.META.get("REMOTE_ADDR", "")))
    name = hmac.new(Home.here().secret("limits").encode(), f"{purpose}:{address}".encode(), hashlib.sha256)
    key = f"limit:{name.hexdigest()}"
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # it ended just now
        return False


def _machine(address: str) -> str:
    """Give what counts as one machine: an address, or the network of 64 bits that one line has in IPv6."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:  # a socket in the file system
        return address
    return str(read) if read.version == 4 else str(ipaddress.ip_network((read, 64), strict=False))  # noqa: PLR2004


def refused(request: HttpRequest, purpose: str) -> HttpResponse:
    """Say how long to wait."""
    minutes = LIMITS[purpose][1] // 60
    return render(request, "office/errors/too_often.html", {"minutes": minutes}, status=429)
