"""Who is in: a session of the respondent's own, for one case and eight hours, and no login of the office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cached_property, wraps
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from telusur import process
from telusur.office import codes, store, zones
from telusur.office.language import remember
from telusur.office.models import Case, PortalAccess
from telusur.office.policies import PUBLIC, needs

KEY: Final = "respondent"
LASTS: Final = timedelta(hours=8)
#: Fields of a form that another form makes anew.
_OWN: Final = frozenset({"csrfmiddlewaretoken", "language", "zone"})


class Brought(list[tuple[str, str]]):
    """What a form brought along, for a form of the frame that has to bring it along again, with its one-time token."""

    guarded = True


class Visitor:
    """The respondent of one case, present.

    Parameters
    ----------
    case
        Whose pages these are.
    until
        When the session ends.
    """

    def __init__(self, case: Case, until: datetime) -> None:
        self.case = case
        self.until = until

    @property
    def person_id(self) -> str:
        """The opaque id under which steps name the respondent."""
        return self.case.respondent.person_id

    @cached_property
    def file(self) -> process.File:
        """The case as its steps come to."""
        return store.file_of(self.case)


def open_session(request: HttpRequest, access: PortalAccess) -> None:
    """Let the respondent in: a new session, which ends any login of the office in this browser."""
    request.session.flush()
    until = timezone.now() + LASTS
    request.session[KEY] = {
        "case": str(access.case_id),
        "since": access.set_at.isoformat(),
        "until": until.isoformat(),
    }
    request.session.set_expiry(LASTS)
    rotate_token(request)


def close_session(request: HttpRequest) -> None:
    """Let the respondent out; what the session knew is deleted."""
    request.session.flush()


def visitor(request: HttpRequest) -> Visitor | None:
    """Give the respondent who is present; ``None`` where nobody is, or whose access was changed since."""
    held = request.session.get(KEY)
    if not isinstance(held, Mapping) or request.user.is_authenticated:
        return None
    until = parse_datetime(str(held.get("until")))
    if until is None or until <= timezone.now():
        return None
    access = PortalAccess.objects.select_related("case__respondent").filter(case_id=str(held.get("case"))).first()
    if access is None or access.set_at.isoformat() != held.get("since"):
        return None
    return Visitor(access.case, until)


def open_to_all(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let everybody see a page by which respondents come in; no browser keeps it.

    A language or a zone may be chosen on the way, with what was typed.
    """

    @wraps(view)
    def heard(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if (chosen := request.POST.get("language")) in dict(settings.LANGUAGES):
            translation.activate(str(chosen))
        if (zone := request.POST.get("zone")) in zones.ZONES:
            zones.choose(str(zone))
        answer = view(request, *args, **kwargs)
        if isinstance(answer, HttpResponse):
            remember(request, answer)
        return answer

    return never_cache(needs(PUBLIC)(heard))


def sent(request: HttpRequest) -> Brought:
    """Give what a form sent, but for what every form makes anew."""
    return Brought((name, value) for name in request.POST if name not in _OWN for value in request.POST.getlist(name))


def respondents_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only the respondent of a case see a view; it is handed the visitor, and no browser keeps the page.

    What was sent when the session had ended goes along to the page for coming back, and from there on again.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        present = visitor(request)
        if present is not None:
            return view(request, present, *args, **kwargs)
        if request.method != "POST":
            return HttpResponseRedirect(f"{reverse('portal:login')}?{urlencode({'next': request.path})}")
        from telusur.office.portal.entering import come_back  # noqa: PLC0415 - it is made of what stands here

        return come_back(request, request.path, sent(request))

    return open_to_all(guarded)


def safe_next(address: str) -> str:
    """Give an address of these pages to go on to; their first page for any other."""
    first = reverse("portal:page")
    ours = address.startswith(reverse("portal:enter")) and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    for_coming_in = {reverse(f"portal:{name}") for name in ("enter", "choose", "login", "leave")}
    return address if ours and address not in for_coming_in else first


def who(case: Case) -> str:
    """Give a mark of whose unsent work a browser keeps: the same each time, and nothing by itself."""
    return codes.digest(str(case.pk), "portal-work")[:16]


def shown(
    request: HttpRequest,
    present: Visitor,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the respondent's."""
    if request.method == "POST":
        again = [(name, value) for name, value in sent(request) if name != "lakukan"]
        request.brought = Brought([*again, ("lakukan", "ubah")])  # type: ignore[attr-defined]
    held = {
        "visitor": present,
        "case": present.case,
        "session_left": max(0, int((present.until - timezone.now()).total_seconds())),
        "session_who": who(present.case),
        **(context or {}),
    }
    return render(request, f"office/portal/{template}.html", held, status=status)
