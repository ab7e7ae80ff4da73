"""An audit of the office's cases, in the worker beside the web server."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from django.utils import timezone
from django_tasks import task

from telusur import balance
from telusur.balance import release
from telusur.domain.errors import BadInput, TelusurError
from telusur.domain.text import Text
from telusur.office.audit import counts, plans, releases
from telusur.office.audit.extract import extract
from telusur.office.audit.tables import AuditRun

_log = logging.getLogger(__name__)
_BEGUN, _READ, _SAMPLED, _TESTED, _WHOLE = 5, 15, 70, 85, 100


def ask(run: AuditRun, *, thresholds: bool = False) -> None:
    """Hand a run to the worker; it waits where none is running."""
    audit.enqueue(run.pk, thresholds=thresholds)


@task()
def audit(run_id: int, *, thresholds: bool = False) -> None:
    """Audit the cases as they stand, with the threshold test if asked for; done once, however often begun."""
    run = AuditRun.objects.select_related("plan", "asked_by").get(pk=run_id)
    if run.state in ("done", "failed"):
        return
    _stand(run, state="running", progress=_BEGUN)
    try:
        _audit(run, thresholds=thresholds)
    except BadInput as problem:
        _stand(run, state="failed", problem=problem.words.as_json())
    except TelusurError as problem:
        _stand(run, state="failed", problem={"id": str(problem), "en": str(problem)})
    except Exception:  # noqa: BLE001 - a run never stands without an end
        _stand(run, state="failed", problem=_UNFORESEEN.as_json())
        _log.exception("an audit failed")


def _audit(run: AuditRun, *, thresholds: bool) -> None:
    # Statistics and drawings take seconds to load, which no page has to wait for.
    from telusur.dossier import balance_report  # noqa: PLC0415

    plan = balance.read_plan(run.plan.text, "")
    held = extract()
    plans.opened(held.sha256, run.asked_by.person_id)
    late = plans.post_hoc(run.plan, held.sha256)
    if not any(one["beneficiary"] and one["region"] for one in held.rows):
        raise BadInput(_NOTHING)
    today = timezone.localdate()
    cases = balance.read(enumerate(held.rows, 1), censored_on=today)
    _stand(run, progress=_READ)
    tested = _thresholds(run, cases, plan) if thresholds else None
    tick = _tick(run, _SAMPLED if thresholds else _READ, _TESTED)
    found = balance.audit(cases, plan, data_sha256=held.sha256, post_hoc=late, thresholds=tested, tick=tick)
    before = releases.earlier()
    enough = found.n >= plan.least.cases
    # The same cases as in every other table, or the release would not add up.
    tables = (*found.tables, *counts.tables(held.duties[case] for case in cases.case))
    public = _public(replace(found, tables=tables), cases, plan, before) if enough else _nothing(found, plan)
    shown = balance.published(found)
    last = before[-1] if before else None
    files = {name: content.decode() for name, content in public.files().items()}
    counted = counts.shown(public)
    duties = {name: counted[name] for name in counts.DUTIES}
    files |= {
        name: balance_report.render(shown, public, spoken, earlier=last, duties=duties)
        for spoken, name in releases.REPORTS.items()
    }
    files[counts.FILE] = counts.written(counted)
    _stand(
        run,
        state="done",
        progress=_WHOLE,
        result=balance.document(shown, public),
        files=files,
        number=len(before) + 1 if enough else 0,
    )


def _public(
    found: balance.Audit, cases: balance.Cases, plan: balance.Plan, before: Sequence[release.Release]
) -> release.Release:
    return release.protect(
        found.tables,
        key=releases.key(),
        earlier=before,
        below=plan.suppress_below,
        base=plan.round_to,
        dominance=plan.dominance,
        detail=balance.bodies(cases, plan),
        as_of=found.censored_on.isoformat(),
    )


def _nothing(found: balance.Audit, plan: balance.Plan) -> release.Release:
    """Give a release without a table: of fewer cases than any comparison takes nothing is published."""
    rules = release.Rules(plan.suppress_below, plan.round_to, plan.dominance)
    return release.Release((), {}, {}, {}, rules, "", as_of=found.censored_on.isoformat())


def _thresholds(run: AuditRun, cases: balance.Cases, plan: balance.Plan) -> balance.Finding | None:
    """Give what the threshold test finds; none where no case is settled, of which it could tell anything."""
    # As above.
    from telusur.balance import thresholds  # noqa: PLC0415

    try:
        table = thresholds.from_cases(cases, plan)
    except BadInput:
        return None
    half = (_READ + _SAMPLED) / 2
    ticks = {"beta": _tick(run, _READ, half), "discriminant": _tick(run, half, _SAMPLED)}
    told = thresholds.answer(table, setting="cases", seed=plan.seed, tick=lambda what, share: ticks[what](what, share))
    return thresholds.finding(told)


def _tick(run: AuditRun, begun: float, ended: float) -> Callable[[str, float], None]:
    def tick(_what: str, share: float) -> None:
        _stand(run, progress=round(begun + share * (ended - begun)))

    return tick


def _stand(run: AuditRun, **what: object) -> None:
    AuditRun.objects.filter(pk=run.pk).update(**what)


_NOTHING: Final = Text(
    "belum ada perkara yang berkode dan berwilayah; petugas penerima mengisinya pada halaman perkara, lalu audit dapat "
    "dijalankan",
    "no case has a code and a region yet; the receiving officer enters them on the page of a case, then an audit can "
    "run",
)
_UNFORESEEN: Final = Text(
    "Audit gagal karena sebab yang tidak terduga; tidak ada yang hilang. Jalankan lagi, dan bila gagal lagi, minta "
    "administrator melihat catatannya.",
    "The audit failed for a reason that nobody foresaw; nothing is lost. Run it again, and if it fails again, ask the "
    "administrator to look at the log.",
)
