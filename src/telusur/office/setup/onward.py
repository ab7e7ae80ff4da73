"""Where somebody goes who just came in: to what their roles open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from telusur.office import policies
from telusur.office.policies import PUBLIC, needs
from telusur.office.setup import gate

_PLACES = (
    ("case.list", "desk:queue"),
    ("people.manage", "setup:people"),
    ("office.configure", "setup:office"),
    ("audit.read", "setup:changes"),
)


@needs(PUBLIC)
def onward(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the first place that the person may enter; nobody to the front page."""
    if gate.closed():
        return HttpResponseRedirect(reverse("setup:begin"))
    may = policies.of(request.user)
    return HttpResponseRedirect(reverse(next((name for need, name in _PLACES if need in may), "public:home")))
