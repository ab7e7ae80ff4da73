"""Plans of analysis, recorded before the data are opened, and whether one was."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from telusur import balance
from telusur.balance import registering
from telusur.domain.text import Text
from telusur.office import custody
from telusur.office.audit.tables import AuditPlan


def standing() -> AuditPlan | None:
    """Give the plan that was recorded last."""
    return AuditPlan.objects.last()


def record(text: str, by: str) -> AuditPlan:
    """Record a plan in the ledger; one that is recorded already is left as it is.

    Parameters
    ----------
    text
        The plan's YAML.
    by
        Opaque id of whoever records it.

    Raises
    ------
    BadInput
        If it is no plan; it says where.
    """
    plan = balance.read_plan(text, "")
    held = AuditPlan.objects.filter(sha256=plan.sha256).first()
    if held is not None:
        return held
    at = timezone.now()
    with transaction.atomic():
        (entry,) = custody.enter([registering.act("plan", plan.sha256, at=at, actor=by)])
        return AuditPlan.objects.create(sha256=plan.sha256, text=plan.text, by=by, at=at, entry=entry.seq)


def opened(digest: str, by: str) -> None:
    """Record in the ledger that the data were opened."""
    with transaction.atomic():
        custody.enter([registering.act("data", digest, at=timezone.now(), actor=by)])


def post_hoc(plan: AuditPlan, digest: str) -> Text | None:
    """Say why a plan cannot count as made before the data were seen.

    The office's data grow from audit to audit and are never the same file twice: a plan that was recorded after any
    opening of them is late, also where cases came in since.
    """
    records = registering.recorded(custody.log().ledger)
    same = [replace(one, sha256=digest) if one.kind == "data" else one for one in records]
    return registering.post_hoc(same, plan=plan.sha256, data=digest)
