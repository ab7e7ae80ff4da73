"""What all pages of this room share: open to everybody, nothing kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from telusur.office import zones
from telusur.office.language import remember
from telusur.office.policies import PUBLIC, needs
from telusur.office.public.uploads import HashingUpload

Guarded = Callable[..., HttpResponseBase]

_LANGUAGE = "language"
_ZONE = "zone"


class Brought:
    """What a form brought along, for a form of the frame that has to bring it along again.

    Parameters
    ----------
    request
        Its request.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.instead: list[tuple[str, str]] | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to bring."""
        return self._request.method == "POST"

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Give each field."""
        sent = self._request.POST
        yield from self.instead or [(n, v) for n in sent for v in sent.getlist(n) if n not in (_LANGUAGE, _ZONE)]


def open_page(view: Callable[..., HttpResponse]) -> Guarded:
    """Let everybody enter a view that changes nothing and keeps nothing.

    Without a change to guard there is no need of a one-time token, and so of no cookie; no file that comes in is
    written anywhere. What was answered is in no address, so another language is chosen by sending it once more.
    """

    @wraps(view)
    def entered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        request.upload_handlers = [HashingUpload(request)]
        request.brought = Brought(request)  # type: ignore[attr-defined]
        chosen = request.POST.get(_LANGUAGE)
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
        if _ZONE in request.POST:
            zones.choose(request.POST[_ZONE])
        answer = view(request, *args, **kwargs)
        remember(request, answer)
        # For this browser only, which may show it again when somebody goes back.
        answer.headers["Cache-Control"] = "private, no-cache"
        return answer

    guarded: Guarded = needs(PUBLIC)(entered)
    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return guarded
