"""The page "my account was taken over", by platform."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from telusur.office.public.pages import open_page
from telusur.office.public.takeover import guide


@open_page
def platforms(request: HttpRequest) -> HttpResponse:
    """Say what comes first, and lead to the platforms."""
    return render(request, "office/public/takeover/start.html", {"guide": guide()})


@open_page
def platform(request: HttpRequest, platform: str) -> HttpResponse:
    """Say what to do today on one platform."""
    held = guide()
    try:
        chosen = held.platforms[platform]
    except KeyError:
        raise Http404 from None
    seen = {"guide": held, "platform": chosen, "sources": held.sources(chosen)}
    return render(request, "office/public/takeover/platform.html", seen)
