"""Erase a case for good: its steps, files, letters, people and keys, and what opens its entries in the ledger.

What is left is the number of the case, who had it erased and when, and an entry that says so; every proof of other
cases holds on. The keys go first, so that copies of the files in old backups stay closed with them.
"""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from telusur import process
from telusur.evidence import vault
from telusur.evidence.ledger import Act
from telusur.office import custody
from telusur.office.audit.tables import AuditFacts
from telusur.office.models import (
    AccessCode,
    Case,
    Erasing,
    Exhibit,
    Letter,
    PortalAccess,
    PublicReport,
    Reading,
    ReportFile,
    ReportMessage,
    Respondent,
    Sent,
    StepRow,
    TracingRun,
)

_log = logging.getLogger(__name__)
#: How the step that sets the day of erasure begins, and where the day stands in it.
DAY_SET: Final = "Catatan dihapus pada"
_DAY: Final = re.compile(r"\((\d{4}-\d{2}-\d{2})\)$")


def due(file: process.File) -> date | None:
    """Give the day from which a file may be erased, as it was set last; ``None`` if none was."""
    found = None
    for step in file.steps:
        if isinstance(step, process.Noted) and step.text.startswith(DAY_SET) and (said := _DAY.search(step.text)):
            found = date.fromisoformat(said[1])
    return found


def erase(case: Case, *, asked_by: str, approved_by: str) -> Erasing:
    """Erase a case; both people agreed, and the day has come.

    Parameters
    ----------
    case
        The case.
    asked_by, approved_by
        Opaque ids of two people.
    """
    if asked_by == approved_by:
        raise ValueError("a case is erased by two people")
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        reports = list(PublicReport.objects.filter(case=case))
        owners = [str(case.pk), *(str(one.pk) for one in reports)]
        ledger = custody.log().ledger
        closed = sum(ledger.forget(one) for one in owners)
        files = custody.files()
        destroyed = [files.destroy(one) for one in owners]
        told = {
            "erased": case.number,
            "entries": closed,
            "files": sum(one.objects for one in destroyed),
            "approved_by": approved_by,
        }
        at = timezone.now()
        (entry,) = custody.enter([Act("destroy", at, asked_by, detail=told)])
        listed = Erasing.objects.create(
            case_id=case.pk, number=case.number, asked_by=asked_by, approved_by=approved_by, at=at, entry=entry.seq
        )
        _rows(case, reports)
    transaction.on_commit(lambda: _finish(destroyed), robust=True)
    return listed


def _rows(case: Case, reports: list[PublicReport]) -> None:
    """Delete the rows, those first that others point to last."""
    for model in (AuditFacts, StepRow, Reading, Exhibit, Letter, AccessCode, PortalAccess, TracingRun):
        model.objects.filter(case=case).delete()
    for part in (ReportFile, ReportMessage):
        part.objects.filter(report__in=reports).delete()
    PublicReport.objects.filter(pk__in=[one.pk for one in reports]).delete()
    Sent.objects.filter(led_to__contains=str(case.pk)).delete()
    respondent = case.respondent_id
    case.delete()
    Respondent.objects.filter(pk=respondent, cases=None).delete()


def _finish(destroyed: list[vault.Destroyed]) -> None:
    """Wipe what is deleted from the database's files; what somebody's reading holds up is ended at the next start."""
    files = custody.files()
    try:
        for one in destroyed:
            files.finish(one)
    except vault.VaultTrouble:
        _log.warning("erased rows are not wiped from the database's files yet; the next start does it")
