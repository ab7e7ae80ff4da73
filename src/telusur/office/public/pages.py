"""What all pages of this room share: open to everybody, nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from telusur.office.policies import PUBLIC, needs

Guarded = Callable[..., HttpResponseBase]


def open_page(view: Callable[..., HttpResponse]) -> Guarded:
    """Let everybody enter a view that changes nothing and keeps nothing.

    Without a change to guard there is no need of a one-time token, and so of no cookie. An answer is for this browser
    only, and is not kept there beyond what going back needs: proxies keep nothing, and a fresh visit asks again.
    """

    @wraps(view)
    def entered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if request.method == "POST":
            answer.headers["Cache-Control"] = "private, no-cache"
        return answer

    guarded: Guarded = needs(PUBLIC)(entered)
    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return guarded
