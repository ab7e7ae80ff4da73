"""One page for every act: what it does, why it may be closed, its form; and the doing, once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from telusur import process
from telusur.office import policies, store
from telusur.office.actions import Action, action
from telusur.office.forms import Form
from telusur.office.models import Case, Sent
from telusur.office.policies import needs
from telusur.office.words import say


@needs("case.read")
def act(request: HttpRequest, case_id: UUID, name: str) -> HttpResponse:
    """Show the page of an act, or do it."""
    case = get_object_or_404(Case.objects.select_related("respondent"), pk=case_id)
    try:
        kind = action(name)
    except KeyError:
        raise Http404 from None
    if not policies.of(request.user).in_case(kind.permission, case):
        raise PermissionDenied
    doing = kind(case, request.user)  # type: ignore[arg-type] # nobody is anonymous behind `needs`
    if request.method != "POST":
        return _page(request, doing, doing.form())
    return _do(request, doing, doing.form(request.POST, request.FILES))


def _do(request: HttpRequest, doing: Action, form: Form) -> HttpResponse:
    back = reverse("desk:case", args=[doing.case.pk])
    token = request.POST.get("token", "")[:64]
    earlier = Sent.objects.filter(pk=token).first() if token else None
    if earlier:
        return HttpResponseRedirect(earlier.led_to or back)
    if not form.is_valid():
        return _page(request, doing, form, status=422)
    try:
        with transaction.atomic():
            if token:
                Sent.objects.create(token=token, led_to=back)
            doing.execute(form.cleaned_data)
    except store.Stale as stale:
        # What was typed goes along; the version is the new one, so that the next sending is of what is seen now.
        typed = request.POST.copy()
        typed["version"] = str(stale.case.version)
        form.data = typed
        form.add_error(None, say(stale.words))
        return _page(request, doing, form, status=409)
    except process.Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, say(reason))
        return _page(request, doing, form, status=409)
    except IntegrityError:
        if token and Sent.objects.filter(pk=token).exists():
            return HttpResponseRedirect(back)
        raise
    messages.success(request, say(doing.done()))
    return HttpResponseRedirect(back)


def _page(request: HttpRequest, doing: Action, form: Form, *, status: int = 200) -> HttpResponse:
    context = {"action": doing, "case": doing.case, "form": form, "closed": doing.check(), "file": doing.file}
    return render(request, doing.template, context, status=status)
