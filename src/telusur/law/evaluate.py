"""What one rule says of the facts: met, not met, defeated or undecided, and why.

Unknown is never read as no. An exception fact that nobody stated is presumed absent, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, NamedTuple

from telusur.domain.contest import PHASES
from telusur.domain.facts import Facts, Value
from telusur.domain.vocabulary import ACCOUNT_ACTS, FIELDS
from telusur.law.calendars import Phase
from telusur.law.conditions import Finding, Reasons, Truth
from telusur.law.model import Basis, Issue, Override, Rule, RuleException

Status = Literal["met", "not_met", "defeated", "undecided"]

_CONTROL: Final = "attribution.account_control"
_AUTHENTICITY: Final = "attribution.authenticity"
#: Who acts in person, or is shown to be the owner who used the account.
HOLDS: Final = ("owner", "not_an_account_act")
#: Findings on who used the account that clear its owner.
CLEARS: Final = frozenset({"other_after_takeover", "other_proven", "not_respondents_account", "automated_app"})
#: Values that are stated, yet establish nothing.
ESTABLISHES_NOTHING: Final = frozenset({(_CONTROL, "shared_unknown"), (_AUTHENTICITY, "doubtful")})

_PRESUMABLE: Final = tuple(name for name, field in FIELDS.items() if field.exception and field.kind == "flag")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The facts as rules ask them.

    Parameters
    ----------
    values
        Every fact; presumptions filled in, the rest ``None`` where unknown.
    open_values
        The same without the presumptions.
    day
        Date of the act; ``None`` where unknown.
    phase
        Phase of the contest; ``None`` without one, or where unknown.
    phase_needs
        The facts that must be known to tell the phase; empty if it is known.
    """

    values: Mapping[str, Value]
    open_values: Mapping[str, Value]
    day: date | None
    phase: Phase | None
    phase_needs: tuple[str, ...]

    @classmethod
    def of(cls, facts: Facts, phase: Phase | None, phase_needs: tuple[str, ...]) -> Circumstances:
        """Take the facts; `phase` and what it needs come from the calendar."""
        stated = dict(facts.stated)
        presumed: dict[str, Value] = dict.fromkeys((name for name in _PRESUMABLE if name not in stated), False)
        day = stated.get("date")
        assert day is None or isinstance(day, date)
        return cls({**stated, **presumed} if presumed else stated, stated, day, phase, phase_needs)

    def with_value(self, name: str, value: Value) -> Circumstances:
        """Give the same with one fact set; the phase stays."""
        return replace(self, values={**self.values, name: value}, open_values={**self.open_values, name: value})


class RuleResult(NamedTuple):
    """What one rule says of the facts, and why.

    Parameters
    ----------
    met, unmet
        The elementary conditions that hold, and those that do not.
    missing
        Facts that are unknown, or establish nothing, and could still change the status.
    defeated_by
        The exception or the overriding rule that takes the act out of it.
    readings
        The open issues that bear on it.
    contested
        Whether readings differ on whether it is met, or on its track.
    basis
        What its sanction rests on, on the day of the act.
    """

    rule: Rule
    status: Status
    met: tuple[Finding, ...] = ()
    unmet: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    defeated_by: RuleException | Override | None = None
    defeated_by_rule: str | None = None
    readings: tuple[Issue, ...] = ()
    contested: bool = False
    basis: tuple[Basis, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Give it as contracts.md, section 1."""
        citation = self.rule.citation.as_json()
        citation["sanction_basis"] = [basis.as_json() for basis in self.basis]
        if self.rule.derived_from:
            citation["form_of"] = self.rule.derived_from
        return {
            "rule": self.rule.id,
            "status": self.status,
            "track": self.rule.track,
            "sanction_level": self.rule.level,
            "citation": citation,
            "met": [finding.as_json() for finding in self.met],
            "unmet": [finding.as_json() for finding in self.unmet],
            "missing": list(self.missing),
            "defeated_by": self._defeat(),
            "readings": [reading for issue in self.readings for reading in issue.as_json()],
        }

    def _defeat(self) -> dict[str, object] | None:
        if isinstance(self.defeated_by, Override):
            return {"rule": self.defeated_by_rule, **self.defeated_by.as_json()}
        return self.defeated_by.as_json() if self.defeated_by else None


def applies(rule: Rule, at: Circumstances) -> Truth:
    """Say whether the rule speaks to people of the actor's status."""
    status = at.values.get("actor.status")
    return None if status is None else status in rule.applies_to


def in_force(rule: Rule, at: Circumstances) -> Truth:
    """Say whether the rule was in force on the day of the act."""
    return None if at.day is None else rule.in_force_on(at.day)


def conduct(rule: Rule, at: Circumstances, *, presume: bool = True) -> Truth:
    """Say whether the act itself meets the rule: conditions, phase, attribution and exceptions, whoever acted.

    Parameters
    ----------
    rule
        The rule asked.
    at
        The circumstances.
    presume
        Whether exception facts that nobody stated are taken as absent.
    """
    values = at.values if presume else at.open_values
    answer: Truth = True
    for truth in (phase_truth(rule, at), rule.when.truth(values), attribution(at)):
        if truth is False:
            return False
        if truth is None:
            answer = None
    for exception in rule.unless:
        truth = defeats(exception, at, presume=presume)
        if truth:
            return False
        if truth is None:
            answer = None
    return answer


def defeats(exception: RuleException, at: Circumstances, *, presume: bool = True) -> Truth:
    """Say whether an exception takes the act out of a rule."""
    values = at.values if presume else at.open_values
    truth = exception.when.truth(values)
    if truth is not False and exception.unless is not None:
        back = exception.unless.truth(values)
        truth = False if back else (None if back is None else truth)
    if truth is not False and at.day is not None and not exception.in_force.holds(at.day):
        truth = False
    return truth


def attribution(at: Circumstances) -> Truth:
    """Say whether the act is established as the respondent's own.

    For an act done with an account nothing is established while its control is unknown or shared, or its authenticity
    unknown or doubtful. Other acts need no such proof to be asked about, but a doubtful record establishes nothing
    there either. Control by somebody else, or a refuted record, clears whatever the act.
    """
    control, authenticity = at.values.get(_CONTROL), at.values.get(_AUTHENTICITY)
    if control in CLEARS or authenticity == "refuted":
        return False
    return None if _attribution_needs(at) else True


def _attribution_needs(at: Circumstances) -> list[str]:
    control, authenticity = at.values.get(_CONTROL), at.values.get(_AUTHENTICITY)
    kind = at.values.get("act.kind")
    # Of an unknown kind of act it is unknown whether an account was used.
    by_account = kind is None or kind in ACCOUNT_ACTS
    needs = []
    if control == "shared_unknown" or (control is None and by_account):
        needs.append(_CONTROL)
    if authenticity == "doubtful" or (authenticity is None and by_account):
        needs.append(_AUTHENTICITY)
    return needs


def phase_truth(rule: Rule, at: Circumstances) -> Truth:
    """Say whether the phase, or the absence of a contest, is one in which the rule holds."""
    if rule.phase == "always":
        return True
    if at.phase_needs:
        return None
    return (at.phase.name if at.phase else None) in rule.phases


class Part(NamedTuple):
    """What one part of a rule's answer rests on: conditions that hold, those that do not, facts that are unknown."""

    met: tuple[Finding, ...]
    unmet: tuple[Finding, ...]
    missing: tuple[str, ...]


class Rest(NamedTuple):
    """What exceptions and readings make of a rule of which no condition fails."""

    status: Status
    defeat: RuleException | None
    missing: tuple[str, ...]
    readings: tuple[Issue, ...]
    contested: bool


def scope_part(rule: Rule, at: Circumstances) -> Part:
    """Say what whom it speaks to, and its phase, come to; asks day, phase, kind of contest and status only."""
    reasons = Reasons()
    _explain_scope(rule, at, reasons)
    _explain_phase(rule, at, reasons)
    return _part(reasons)


def when_part(rule: Rule, at: Circumstances) -> Part:
    """Say what its own conditions come to; asks their facts only."""
    rule.when.explain(at.values, reasons := Reasons())
    return _part(reasons)


def attribution_part(at: Circumstances) -> Part:
    """Say what proof of who acted comes to; asks `attribution` and the kind of act only."""
    _explain_attribution(at, reasons := Reasons())
    return _part(reasons)


def rest(rule: Rule, at: Circumstances, *, open_: bool) -> Rest:
    """Say what exceptions and readings make of a rule of which no condition fails; asks their facts and the day only.

    Parameters
    ----------
    rule, at
        The rule, the circumstances.
    open_
        Whether facts that its conditions, its scope or attribution need are unknown.
    """
    defeat = next((exception for exception in rule.unless if defeats(exception, at)), None)
    if defeat:
        return Rest("defeated", defeat, (), (), contested=False)
    reasons = Reasons()
    for exception in rule.unless:
        if defeats(exception, at) is None:
            exception.when.explain(at.values, reasons)
            if exception.unless is not None:
                exception.unless.explain(at.values, reasons)
    # Whether the facts meet it, before anybody's reading of it.
    open_ = open_ or bool(reasons.missing)
    issues = tuple(issue for issue in rule.issues if issue.when.truth(at.values) is not False)
    status, contested = _with_readings(issues, at, reasons, open_=open_)
    return Rest(status, None, tuple(reasons.missing), issues, contested)


def result(rule: Rule, at: Circumstances) -> RuleResult:
    """Say what a rule says of the facts, and why; overrides are settled by the caller, who sees all rules."""
    excluded = False in (in_force(rule, at), applies(rule, at))
    basis = rule.basis_on(at.day)
    scope, when, who = scope_part(rule, at), when_part(rule, at), attribution_part(at)
    met, unmet = scope.met + when.met + who.met, scope.unmet + when.unmet + who.unmet
    missing = scope.missing + when.missing + who.missing
    if unmet or excluded:
        return RuleResult(rule, "not_met", met, unmet, basis=basis)
    told = rest(rule, at, open_=bool(missing))
    if told.defeat:
        return RuleResult(rule, "defeated", met, defeated_by=told.defeat, basis=basis)
    return RuleResult(
        rule,
        told.status,
        met,
        (),
        in_order([*missing, *told.missing]),
        readings=told.readings,
        contested=told.contested,
        basis=basis,
    )


def _part(reasons: Reasons) -> Part:
    return Part(tuple(reasons.met), tuple(reasons.unmet), tuple(reasons.missing))


def _with_readings(
    issues: tuple[Issue, ...], at: Circumstances, reasons: Reasons, *, open_: bool
) -> tuple[Status, bool]:
    contested, held_open = False, open_
    for issue in issues:
        truth = issue.when.truth(at.values)
        if issue.bears_on == "level":
            continue
        # Of facts that leave both the rule and the issue open, nobody can say yet that the readings differ on them.
        contested = contested or truth is True or not open_
        if issue.bears_on == "outcome":
            held_open = True
            if truth is None:
                issue.when.explain(at.values, asked := Reasons())
                reasons.missing += asked.missing
    return ("undecided" if held_open else "met"), contested


def _explain_scope(rule: Rule, at: Circumstances, into: Reasons) -> None:
    if at.day is None:
        into.missing.append("date")
    status = at.values.get("actor.status")
    if status is None:
        into.missing.append("actor.status")
    else:
        assert isinstance(status, str)
        finding = Finding("actor.status", rule.applies_to, status)
        (into.met if status in rule.applies_to else into.unmet).append(finding)


def _explain_phase(rule: Rule, at: Circumstances, into: Reasons) -> None:
    if rule.phase == "always":
        return
    if at.phase_needs:
        into.missing += at.phase_needs
        return
    truth = phase_truth(rule, at)
    if at.phase is None or None in rule.phases:
        kinds = ("none",) if None in rule.phases else tuple(v for v in FIELDS["contest.kind"].values if v != "none")
        found = at.values.get("contest.kind")
        assert isinstance(found, str)
        finding = Finding("contest.kind", kinds, found)
    else:
        finding = Finding("phase", tuple(name for name in PHASES if name in rule.phases), at.phase.name)
    (into.met if truth else into.unmet).append(finding)


def _explain_attribution(at: Circumstances, into: Reasons) -> None:
    into.missing += _attribution_needs(at)
    for fact, good in ((_CONTROL, HOLDS), (_AUTHENTICITY, ("established",))):
        found = at.values.get(fact)
        if isinstance(found, str) and (fact, found) not in ESTABLISHES_NOTHING:
            (into.met if found in good else into.unmet).append(Finding(fact, good, found))


def in_order(names: list[str] | set[str]) -> tuple[str, ...]:
    """Give facts once each, in the order of the vocabulary."""
    held = set(names)
    return tuple(name for name in FIELDS if name in held)
