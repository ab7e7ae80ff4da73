"""An office with many finished cases, and an audit of it."""

from __future__ import annotations

import hashlib
import json
import random
from datetime import date, timedelta

from office.case_at_desk import open_case
from telusur import balance
from telusur.office.audit import facts, plans, running
from telusur.office.audit.extract import Extract
from telusur.office.audit.tables import AuditRun
from telusur.office.models import Case, User

#: No other word of the office is like it, so that it can be looked for on every page.
CONTEST = "ZQJ-77"


def coded(by: User, number: int = 2) -> list[Case]:
    """Open cases and write down for the audit what it needs."""
    found = []
    for one in range(number):
        case = open_case(by)
        facts.keep(case, {"contest": CONTEST, "mark": "QZ"[one % 2], "region": "31.71"}, by.person_id)
        found.append(case)
    return found


def audited(by: User) -> AuditRun:
    """Record the plan that is given, and run an audit to its end."""
    plan = plans.record(balance.template(), by.person_id)
    run = AuditRun.objects.create(plan=plan, asked_by=by, asked_at="2026-01-01T00:00:00Z")
    running.audit.func(run.pk)
    run.refresh_from_db()
    return run


def invented(number: int = 900) -> Extract:
    """Give what an office of so many cases would give an audit, without opening each."""
    held = tuple(rows(number))
    drawn = random.Random(8)
    duties = {
        str(one["case"]): {
            "gates": "overridden" if place < 4 else "kept",
            "terms": "missed" if drawn.random() < 0.2 else "kept",
            "cleared": "cleared" if one["outcome"] == "dropped" else "other",
            "mobilisation": "superior" if place < 6 else "subordinate" if place < 60 else "none",
        }
        for place, one in enumerate(held)
    }
    return Extract(held, duties, hashlib.sha256(json.dumps(held).encode()).hexdigest())


def rows(number: int) -> list[dict[str, object]]:
    """Give invented rows as `extract` would, enough for a release to show something."""
    drawn = random.Random(7)
    found: list[dict[str, object]] = []
    for one in range(number):
        day = date(2024, 1, 1) + timedelta(days=drawn.randrange(200))
        taken = drawn.random() < 0.7
        found.append(
            {
                "case": f"{one:016x}",
                "beneficiary": f"{CONTEST}/{drawn.choice('QZ')}",
                "region": drawn.choice(["31.71", "31.72", "33.74"]),
                "source": "report",
                "body": "bawaslu-regional",
                "reported": day.isoformat(),
                "accepted": (day + timedelta(days=5)).isoformat() if taken else None,
                "examined": (day + timedelta(days=9)).isoformat() if taken else None,
                "decided": (day + timedelta(days=30)).isoformat(),
                "outcome": drawn.choice(["proven", "not_proven"]) if taken else "dropped",
                "evidence_strength": "C",
            }
        )
    return found
