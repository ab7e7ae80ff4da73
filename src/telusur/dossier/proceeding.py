"""What a case folder shows of the procedure: its gates and terms, by the same functions that an office asks.

The folder becomes a case file as far as it speaks. What it does not say leaves a gate closed, with the reason.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from telusur import law, process
from telusur.domain.evidence import EvidenceItem
from telusur.domain.facts import Facts
from telusur.domain.text import Text
from telusur.domain.vocabulary import ACCOUNT_ACTS
from telusur.dossier.assessment import ActAssessment
from telusur.dossier.case import Case, Decision

_WIB: Final = timezone(timedelta(hours=7))
_REGIONAL: Final = ("governor", "regent", "mayor")
_DECIDED: Final = ("attribution.account_control", "attribution.authenticity")
#: Whoever wrote the folder; it says of nobody but those who decided.
_FOLDER: Final = "case-folder"
_RESPONDENT: Final = "respondent"

_NO_DRAFTER: Final = Text(
    "Folder perkara tidak memuat siapa yang menyusun dan siapa yang menyetujui keputusan; dua orang yang berbeda, dan "
    "bukan pelapor, melakukannya di kantor.",
    "The case folder does not say who drafts and who approves the decision; two different people, neither the "
    "reporter, do so in the office.",
)


def file_of(case: Case, items: Sequence[EvidenceItem], acts: Sequence[ActAssessment]) -> process.File:
    """Give the case file that a case folder comes to.

    Parameters
    ----------
    case
        The case.
    items
        Its files, sealed.
    acts
        Its acts, assessed.
    """
    return process.read(_steps(case, items, acts))


def day_of(case: Case, acts: Sequence[ActAssessment]) -> date:
    """Give the last day that the folder speaks of: the day on which its gates are asked, whenever that is done."""
    return max([case.reported_on, *(one.on for act in acts for one in act.decisions)])


def gates_of(file: process.File, day: date) -> tuple[process.Gate, ...]:
    """Give the gates of a case folder's file."""
    found = process.gates(file, day)
    return tuple(
        replace(one, reasons=(*one.reasons, _NO_DRAFTER)) if one.name == "independence" else one for one in found
    )


def _steps(case: Case, items: Sequence[EvidenceItem], acts: Sequence[ActAssessment]) -> Iterator[process.Step]:
    at = datetime.combine(case.reported_on, time(), _WIB)
    yield process.Opened(
        at=at,
        by=_FOLDER,
        procedure=_procedure(acts),
        how="report",
        respondent=_RESPONDENT,
        reporter="reporter",
        received_on=case.reported_on,
        incident=case.incident,
        order=case.order,
    )
    yield process.StatusEstablished(at=at, by=_FOLDER, status=case.respondent.status, grounds=_FOLDER)
    theirs = {one.path for one in items if _supplier(case, one.path) == "respondent"}
    yield from (_evidence(case, one, at) for one in items if one.path not in theirs)
    # What others bear out was alleged before the respondent handed anything in; what nobody else does was not.
    later = [act for act in acts if act.act.evidence and {_place(case, one) for one in act.act.evidence} <= theirs]
    yield from (_stated(case, act, at) for act in acts if act not in later)
    yield from (_evidence(case, one, at) for one in items if one.path in theirs)
    yield from (_stated(case, act, at) for act in later)
    yield from _statement(case, at)
    for act in acts:
        yield from _traced(act, at)
    for decision in sorted((one for act in acts for one in act.decisions), key=lambda one: one.on):
        yield _decision(decision, max(case.reported_on, decision.on))


def _procedure(acts: Sequence[ActAssessment]) -> str:
    contests = {act.act.facts.value("contest.kind") for act in acts} - {None, "none"}
    if not contests:
        return "bkn-sbt"
    return "bawaslu-regional" if contests <= set(_REGIONAL) else "bawaslu-general"


def _supplier(case: Case, path: str) -> str | None:
    source = case.source(path)
    return source.supplied_by if source else None


def _place(case: Case, path: str) -> str:
    source = case.source(path)
    return source.path if source else path


def _evidence(case: Case, item: EvidenceItem, at: datetime) -> process.Step:
    source = case.source(item.path)
    return process.EvidenceAdded(
        at=at,
        by=_FOLDER,
        evidence=item.path,
        sha256=item.sha256,
        name=item.path,
        grade=item.grade,
        supplied_by=(source.supplied_by if source else None) or "reporter",
        sealed=True,
    )


def _stated(case: Case, act: ActAssessment, at: datetime) -> process.Step:
    told, kind = act.act, act.act.facts.value("act.kind")
    account = told.account
    return process.ActStated(
        at=at,
        by=_FOLDER,
        act=told.id,
        facts=_alleged(act),
        on_account=kind is None or kind in ACCOUNT_ACTS,
        when=told.at,
        platform=account.platform if account else None,
        handle=(account.handle or account.account_id) if account else None,
        url=told.url,
        evidence=tuple(dict.fromkeys(_place(case, one) for one in told.evidence)),
        rule=_rule(_alleged(act)),
        catalogue=act.determination.catalogue_hash,
    )


def _alleged(act: ActAssessment) -> Facts:
    """Give the facts of an act without what people decided on them: those stand in steps of their own."""
    return Facts({name: value for name, value in act.act.facts.stated.items() if name not in _DECIDED})


def _rule(alleged: Facts) -> str | None:
    """Give the rule that an act is examined under: the first that it meets as alleged, or may meet."""
    results = law.determine(alleged).rule_results
    for status in ("met", "undecided"):
        for result in results:
            if result.status == status:
                return result.rule.id
    return None


def _statement(case: Case, at: datetime) -> Iterator[process.Step]:
    said = case.statement
    # Only a statement signed after the particulars shows that they were given, and answers them.
    if not said.signed_after_particulars:
        return
    yield process.ParticularsGiven(at=at, by=_FOLDER, acts=tuple(act.id for act in case.acts))
    if said.text or said.claims:
        yield process.Answered(at=at, by=_RESPONDENT, text=said.text or "", claims=said.claims)


def _traced(act: ActAssessment, at: datetime) -> Iterator[process.Step]:
    if act.tracing is None or not act.tracing.items:
        return
    report = json.dumps(act.tracing.as_json("id"), ensure_ascii=False, sort_keys=True).encode()
    combined = act.tracing.combined
    yield process.Traced(
        at=at,
        by=process.SYSTEM,
        act=act.act.id,
        report=hashlib.sha256(report).hexdigest(),
        excludes_owner=combined.excludes_owner,
        leading=combined.leading,
    )


def _decision(decision: Decision, day: date) -> process.Step:
    kind = process.ControlDecided if decision.field == "account_control" else process.AuthenticityDecided
    at = datetime.combine(day, time(), _WIB)
    return kind(at=at, by=decision.by, act=decision.act, value=decision.value, grounds=decision.grounds)
