"""The office's own cases as rows of an audit: opaque ids, no names, no numbers of people.

Everything but `AuditFacts` comes from the fold of the steps; three queries whatever the number of cases.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import groupby
from typing import Final
from uuid import UUID

from django.utils import timezone

from telusur import process
from telusur.office.audit import counts
from telusur.office.audit.tables import AuditFacts
from telusur.office.home import Home
from telusur.office.models import Case, StepRow
from telusur.process import CLEARING, procedures

#: Stages in which a report is looked at and not yet a case.
INTAKE: Final = frozenset({"initial_information", "preliminary", "verification", "at_bawaslu", "received"})
#: Stages that end a file before it was one.
_REFUSED: Final = frozenset({"not_registered", "not_followed"})
#: Stages in which the respondent was heard, or the time for it had gone by.
_EXAMINED: Final = frozenset({"hearing", "study", "asked", "examination", "examined", "unexamined", "team"})
#: Heaviness of a sanction as the audit counts it; an unsettled level has none.
_SEVERITY: Final = {"moral": 1, "light": 2, "medium": 3, "heavy": 4, "dismissal": 5}
#: Ends that find the act proven, by the procedure that can.
_FORWARDED: Final = frozenset({"bawaslu-general", "bawaslu-regional", "bkn-sbt"})
_ID_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Extract:
    """What an audit reads.

    Parameters
    ----------
    rows
        As `telusur.balance.read` takes them.
    duties
        By id of the case: how it stands with the office's own duties.
    sha256
        Of the rows.
    """

    rows: tuple[Mapping[str, object], ...]
    duties: Mapping[str, Mapping[str, str]]
    sha256: str


def extract() -> Extract:
    """Give every case of the office."""
    facts = {one.case_id: one for one in AuditFacts.objects.order_by("pk")}
    assigned = dict(Case.objects.order_by("pk").values_list("pk", "assigned_id"))
    files = dict(_files())
    key = Home.here().secret("audit").encode("ascii")
    rows = tuple(
        sorted(
            (row(pk, file, facts.get(pk), assigned.get(pk), key) for pk, file in files.items()),
            key=lambda one: str(one["case"]),
        )
    )
    today = timezone.localdate()
    duties = {_opaque(key, "case", str(pk)): counts.duties(file, today) for pk, file in files.items()}
    body = json.dumps(rows, sort_keys=True, separators=(",", ":"))
    return Extract(rows, duties, hashlib.sha256(body.encode()).hexdigest())


def _files() -> Iterator[tuple[UUID, process.File]]:
    rows = StepRow.objects.order_by("case_id", "number").values_list("case_id", "body").iterator(chunk_size=2000)
    for pk, held in groupby(rows, key=lambda one: one[0]):
        yield pk, reduce(process.added, (process.from_json(body) for _, body in held), process.File.empty())


def row(pk: UUID, file: process.File, facts: AuditFacts | None, assigned: int | None, key: bytes) -> dict[str, object]:
    """Give a case as a row.

    Parameters
    ----------
    pk, assigned
        Its id and whose it is; both leave here hashed under `key`.
    file, facts
        What its steps come to, and what was written down for the audit.
    """
    opened = file.opened
    assert opened is not None
    outcome, decided = _outcome(file)
    found: dict[str, object] = {
        "case": _opaque(key, "case", str(pk)),
        "beneficiary": f"{facts.contest}/{facts.mark}" if facts else None,
        "region": (facts.region if facts else "") or None,
        "rank": file.status.step.rank if file.status else None,
        "source": (facts.source if facts else "") or ("finding" if opened.how == "finding" else "report"),
        "body": file.procedure,
        "reported": _written(opened.received_on),
        "accepted": _written(_accepted(file)),
        "examined": _written(_first(file, _EXAMINED)),
        "decided": _written(decided),
        "executed": _written(file.trail[-1].day) if file.end == "sanctioned" else None,
        "outcome": outcome,
        "severity": _severity(file, outcome),
        "evidence_strength": _strength(file),
        "order": _opaque(key, "order", opened.order) if opened.order else None,
        "order_role": opened.order_role,
        "relation": (facts.tie if facts else "") or None,
        "phase": (facts.phase if facts else "") or None,
        "handler": _opaque(key, "handler", str(assigned)) if assigned else None,
        "appeal": _appeal(file),
    }
    return {name: value for name, value in found.items() if value is not None} | {
        name: found[name] for name in ("beneficiary", "region", "outcome")
    }


def _opaque(key: bytes, kind: str, value: str) -> str:
    return hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:_ID_LENGTH]


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _first(file: process.File, stages: frozenset[str]) -> date | None:
    return next((one.day for one in file.trail if one.stage in stages), None)


def _accepted(file: process.File) -> date | None:
    """Give the day on which it became a case: it left the stages in which a report is looked at, other than to end."""
    return next(
        (one.day for one in file.trail if one.stage not in INTAKE | _REFUSED and not _ends(file, one.stage)),
        None,
    )


def _ends(file: process.File, stage: str) -> bool:
    return procedures()[file.flow.id].stage(stage).final


def _outcome(file: process.File) -> tuple[str | None, date | None]:
    """Give what the file came to and when; none while it is open, or where another body will say."""
    if not file.final:
        return None, None
    day = file.trail[-1].day
    if file.end in CLEARING:
        return ("not_proven" if _accepted(file) else "dropped"), day
    if file.end == "sanctioned":
        return "proven", max((one.day for one in file.trail if one.stage == "decided"), default=day)
    unheard = any(one.move == "forward_unheard" for one in file.trail)
    if file.procedure in _FORWARDED and not unheard:
        return "proven", max((one.day for one in file.trail if one.stage in {"at_supervisor", "at_ppk"}), default=day)
    return None, None


def _severity(file: process.File, outcome: str | None) -> int | None:
    if outcome != "proven":
        return 0 if outcome else None
    draft = file.drafts.get(file.decided or "")
    sanction = draft.step.sanction if draft else None
    return _SEVERITY.get(sanction.level) if sanction else None


def _strength(file: process.File) -> str | None:
    """Give the best grade of the evidence of its acts."""
    named = {one for act in file.acts.values() for one in act.stated.evidence}
    return min((file.evidence[one].step.grade.value for one in named if one in file.evidence), default=None)


def _appeal(file: process.File) -> str | None:
    if file.remedies_decided:
        return file.remedies_decided[-1].step.outcome
    return "pending" if file.remedies else None
