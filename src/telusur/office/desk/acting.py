"""One page for every act: what it does, why it may be closed, its form; and the doing, once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from telusur import process
from telusur.domain.errors import BadInput
from telusur.office import codes, policies, sending, store
from telusur.office.actions import Action, action
from telusur.office.forms import Form
from telusur.office.models import Case, Sent, User
from telusur.office.policies import needs
from telusur.office.portal.codes import issued_with
from telusur.office.words import say


@never_cache
@needs("case.read")
def act(request: HttpRequest, case_id: UUID, name: str) -> HttpResponse:
    """Show the page of an act, or do it."""
    doing = _doing(request, case_id, name)
    if request.method != "POST":
        return _page(request, doing, doing.form())
    return _do(request, doing, doing.form(request.POST, request.FILES))


def _doing(request: HttpRequest, case_id: UUID, name: str) -> Action:
    case = get_object_or_404(Case.objects.select_related("respondent", "assigned"), pk=case_id)
    try:
        kind = action(name)
    except KeyError:
        raise Http404 from None
    if not policies.of(request.user).in_case(kind.permission, case):
        raise PermissionDenied
    user = request.user
    assert isinstance(user, User)
    doing = kind(case, user)
    doing.about = request.GET.get("untuk", "")[:60]
    return doing


def _do(request: HttpRequest, doing: Action, form: Form) -> HttpResponse:
    back = reverse("desk:case", args=[doing.case.pk])
    token = request.POST.get("token", "")[:64]
    earlier = Sent.objects.filter(pk=token).first() if token else None
    if earlier:
        return _again(request, doing, earlier, back)
    # A page that went stale may lack choices that the new state has; what it saw is told first, not each field.
    seen = request.POST.get("version", "")
    if seen.isdecimal() and len(seen) < 10 and int(seen) != doing.file.version:  # noqa: PLR2004 - no number of steps
        return _stale(request, doing, store.Stale(doing.case, int(seen)))
    if not form.is_valid():
        return _page(request, doing, form, status=422)
    try:
        done = _once(request, doing, form, token, back)
    except store.Stale as stale:
        return _stale(request, doing, stale)
    except process.Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, say(reason))
        return _page(request, doing, form, status=409)
    except BadInput as problem:
        form.add_error(None, say(problem.words))
        return _page(request, doing, form, status=422)
    if not done:
        return _again(request, doing, Sent.objects.get(pk=token), back)
    code = getattr(doing, "code", None)
    if code:
        return _code(request, doing.case, code)
    messages.success(request, say(doing.done()))
    return HttpResponseRedirect(doing.leads_to or back)


def _once(request: HttpRequest, doing: Action, form: Form, token: str, back: str) -> bool:
    """Do it; what the same form did already, in another window or a moment ago, is left at that: ``False``."""
    try:
        with transaction.atomic():
            if token:
                Sent.objects.create(token=token, led_to=back, digest=sending.mark(request))
            doing.execute(form.cleaned_data)
    except IntegrityError:
        if not (token and Sent.objects.filter(pk=token).exists()):
            raise
        return False
    return True


def _again(request: HttpRequest, doing: Action, earlier: Sent, back: str) -> HttpResponse:
    """Lead where the first sending led; a code that nobody used yet is shown once more, and what differs is told."""
    code = issued_with(doing.case, earlier.pk)
    if code is not None:
        return _code(request, doing.case, code)
    sending.tell(request, earlier)
    return HttpResponseRedirect(earlier.led_to or back)


def _code(request: HttpRequest, case: Case, code: str) -> HttpResponse:
    # Only a keyed hash is kept: the code is made of the page's own token, which nobody else has.
    return render(request, "office/desk/code.html", {"case": case, "code": codes.shown(code)})


def _stale(request: HttpRequest, doing: Action, stale: store.Stale) -> HttpResponse:
    """Show what is new with what was typed; the version is the new one, so that what is seen now is what is sent."""
    case = Case.objects.select_related("respondent", "assigned").get(pk=doing.case.pk)
    anew = type(doing)(case, doing.user)
    anew.about = doing.about
    typed = request.POST.copy()
    typed["version"] = str(anew.file.version)
    form = anew.form(typed, request.FILES)
    form.is_valid()
    form.add_error(None, say(stale.words))
    return _page(request, anew, form, status=409)


def _page(request: HttpRequest, doing: Action, form: Form, *, status: int = 200) -> HttpResponse:
    context = {
        "action": doing,
        "case": doing.case,
        "form": form,
        "closed": doing.check(),
        "file": doing.file,
        "uploads": form.is_multipart(),
    }
    return render(request, doing.template, context, status=status)
