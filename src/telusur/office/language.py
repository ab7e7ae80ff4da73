"""The reader's language and time zone, kept in two cookies that say nothing else.

Of the pages that leave no trace, too, a choice made is remembered; nothing else is.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from telusur.office import zones

ZONE_COOKIE = "zona"
_YEAR = 365 * 24 * 3600


class LanguageMiddleware:
    """Speak the language, and show times in the zone, that the cookies name: Indonesian and WIB without them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's language."""
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        translation.activate(wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
        zones.choose(request.COOKIES.get(ZONE_COOKIE, zones.DEFAULT))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


@csrf_exempt  # it changes how pages are shown to this browser, and nothing else
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember a language or a zone, and go back to where the reader was."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = "/"
    answer = HttpResponseRedirect(back)
    remember(request, answer)
    return answer


def remember(request: HttpRequest, answer: HttpResponse) -> None:
    """Keep the language or the zone that a form names, in cookies of the answer."""
    for field, cookie, known in (
        ("language", settings.LANGUAGE_COOKIE_NAME, dict(settings.LANGUAGES)),
        ("zone", ZONE_COOKIE, zones.ZONES),
    ):
        value = request.POST.get(field)
        if value is not None and value in known:
            answer.set_cookie(
                cookie, value, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
            )
