"""Pages of the auditor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from telusur import process
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.office import sending, working
from telusur.office.audit import plans, releases
from telusur.office.audit.acts import ACTS, READ, AuditAct, Publish, RunAudit, apart
from telusur.office.audit.showing import report_page, rung_words
from telusur.office.audit.tables import AuditFacts, AuditRelease, AuditRun
from telusur.office.forms import Form
from telusur.office.models import Case, Sent, User
from telusur.office.policies import needs
from telusur.office.words import language, say

View = Callable[..., HttpResponseBase]


def _auditors_only(view: View) -> View:
    """Let in whoever may audit, unless the same person examines or decides cases."""

    @wraps(view)
    def entered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not apart(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(needs(READ)(entered))


@_auditors_only
def page(request: HttpRequest) -> HttpResponse:
    """Show what can be audited, the plan, the audits and what was published."""
    runs = list(AuditRun.objects.select_related("plan", "asked_by")[:6])
    done = next((one for one in runs if one.state == "done"), None)
    found: Any = done.result if done else None
    user = request.user
    assert isinstance(user, User)
    context = {
        "cases": Case.objects.count(),
        "ready": AuditFacts.objects.values("case_id").distinct().count(),
        "plan": plans.standing(),
        "runs": runs,
        "last": done,
        "steps": [_step(one) for one in found["steps"]] if found else [],
        "late": Text.of(found["plan"]["post_hoc"]) if found and found["plan"]["post_hoc"] else None,
        "releases": AuditRelease.objects.defer("files"),
        "cannot_run": RunAudit(user).check(),
        "cannot_publish": Publish(user).check(),
        "run_form": RunAudit(user).form(),
        **_progress(runs),
    }
    return render(request, "office/audit/page.html", context)


def _step(told: dict[str, object]) -> tuple[Text, Text]:
    return rung_words(str(told["step"])), Text(str(told["words"]), str(told["words_en"]))


def _progress(runs: list[AuditRun]) -> dict[str, object]:
    run = runs[0] if runs else None
    going = run is not None and run.state in ("waiting", "running")
    return {
        "run": run,
        "going": going,
        "stuck": going and not working.alive(),
        "problem": Text.of(run.problem) if run is not None and run.problem else None,
    }


@_auditors_only
def progress(request: HttpRequest) -> HttpResponse:
    """Show how far the audit is, for a page that stands already."""
    held = _progress(list(AuditRun.objects.all()[:1]))
    answer = render(request, "office/audit/progress.html", held)
    if not held["going"]:
        answer["HX-Refresh"] = "true"
    return answer


@_auditors_only
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Show the page of an act, or do it."""
    if act not in ACTS:
        raise Http404
    user = request.user
    assert isinstance(user, User)
    doing = ACTS[act](user)
    if request.method != "POST":
        return _act_page(request, doing, doing.form())
    form = doing.form(request.POST)
    token = request.POST.get("token", "")[:64]
    if token and Sent.objects.filter(pk=token).exists():
        return HttpResponseRedirect(reverse("audit:page"))
    if not form.is_valid():
        return _act_page(request, doing, form, status=422)
    return _do(request, doing, form, token)


def _do(request: HttpRequest, doing: AuditAct, form: Form, token: str) -> HttpResponse:
    back = reverse("audit:page")
    try:
        with transaction.atomic():
            if token:
                Sent.objects.create(token=token, led_to=back, digest=sending.mark(request))
            doing.execute(form.cleaned_data)
    except process.Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, say(reason))
        return _act_page(request, doing, form, status=409)
    except BadInput as problem:
        form.add_error("plan" if "plan" in form.fields else None, say(problem.words))
        return _act_page(request, doing, form, status=422)
    except IntegrityError:
        # The same form arrived in another window a moment ago.
        if not (token and Sent.objects.filter(pk=token).exists()):
            raise
        return HttpResponseRedirect(back)
    messages.success(request, say(doing.done()))
    return HttpResponseRedirect(back)


def _act_page(request: HttpRequest, doing: AuditAct, form: Form, *, status: int = 200) -> HttpResponse:
    context = {"action": doing, "form": form, "closed": doing.check()}
    return render(request, "office/audit/act.html", context, status=status)


@_auditors_only
def report(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show the report of an audit as it would be published."""
    del request
    files = _done(run_id).files
    return report_page(files[releases.REPORTS[language()]])


@_auditors_only
def document(request: HttpRequest, run_id: int) -> HttpResponse:
    """Hand out an audit for machines."""
    del request
    answer = JsonResponse(_done(run_id).result, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="audit.json"'
    return answer


def _done(run_id: int) -> AuditRun:
    return get_object_or_404(AuditRun, pk=run_id, state="done")
