"""What the law says of one act as it is stated: an answer to the facts, never a verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from telusur import __version__
from telusur.domain.facts import Facts, Value
from telusur.domain.text import Text
from telusur.domain.vocabulary import FIELDS
from telusur.law import wording
from telusur.law.calendars import Phase
from telusur.law.conditions import Truth, values_of
from telusur.law.evaluate import (
    ESTABLISHES_NOTHING,
    Circumstances,
    RuleResult,
    applies,
    conduct,
    defeats,
    in_force,
    in_order,
    result,
)
from telusur.law.load import catalogue as shipped
from telusur.law.model import LEVELS, Catalogue, Override, Rule, Track

Outcome = Literal["meets_rule", "meets_no_rule", "insufficient_facts", "out_of_scope"]

SCHEMA: Final = "telusur.determination/1"
_TRACKS: Final[tuple[Track, ...]] = ("dismissal", "discipline", "contract", "ethics", "criminal_referral")


@dataclass(frozen=True, slots=True)
class Determination:
    """What the rules say of the facts as given (contracts.md, section 1).

    Parameters
    ----------
    outcome
        Whether the facts meet a rule, meet none, do not suffice, or lie outside what the catalogue covers.
    contested
        Published readings of the authorities differ, and the difference bears on this outcome: a person decides.
    phase
        Phase of the contest that day; ``None`` without a contest.
    rule_results
        The rules on the same act, those that are met first.
    missing
        Facts that could still change the outcome, a track or the gravest level.
    presumed
        Exception facts that nobody stated, were taken as absent, and bore on a rule.
    next_question
        The missing fact that would settle most rules; ``None`` if facts cannot settle more.
    scope_note
        What the catalogue has to say to people of this status, where they are out of its scope.
    sentence
        The answer in one sentence for the person concerned.
    """

    facts: Facts
    catalogue_hash: str
    outcome: Outcome
    contested: bool
    phase: Phase | None
    rule_results: tuple[RuleResult, ...]
    missing: tuple[str, ...]
    presumed: tuple[str, ...]
    next_question: str | None
    scope_note: Text | None
    sentence: Text

    @property
    def met(self) -> tuple[RuleResult, ...]:
        """The rules whose conditions all hold."""
        return tuple(one for one in self.rule_results if one.status == "met")

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks of the rules that are met, gravest first."""
        found = {one.rule.track for one in self.met}
        return tuple(track for track in _TRACKS if track in found)

    def as_json(self) -> dict[str, object]:
        """Give the document of the contract, in its order."""
        return {
            "schema": SCHEMA,
            "made_by": {"telusur": __version__, "catalogue": self.catalogue_hash, "models": None},
            "outcome": self.outcome,
            "contested": self.contested,
            "phase": self.phase.as_json() if self.phase else None,
            "rule_results": [one.as_json() for one in self.rule_results],
            "missing": list(self.missing),
            "presumed": list(self.presumed),
            "next_question": self.next_question,
        }


def determine(facts: Facts, *, known_on: date | None = None, catalogue: Catalogue | None = None) -> Determination:
    """Say what the rules say of one act.

    Parameters
    ----------
    facts
        What is known of it; unknown is a value.
    known_on
        Ask what could be known on that day: rules and dates that became known later are left out.
    catalogue
        The rules; those shipped with the program if left out.

    Returns
    -------
    Determination
        The answer with its reasons.

    Raises
    ------
    BadInput
        If no calendar covers the date of the contest; it says which calendars exist.
    """
    held = catalogue or shipped()
    at = _circumstances(facts, held, known_on)
    kind = at.values.get("act.kind")
    rules: tuple[Rule, ...] = tuple(held.rules.values()) if kind is None else held.by_act[str(kind)]
    # A rule of another day, for other people, or not known yet is not asked, but tells scope from conduct below.
    known = [rule for rule in rules if known_on is None or rule.known_from <= known_on]
    asked = [rule for rule in known if in_force(rule, at) is not False and applies(rule, at) is not False]
    results = _settled([result(rule, at) for rule in asked])
    if kind is None:
        results = [one for one in results if one.status != "not_met"]
    relevant = _relevant(results)
    outcome: Outcome
    if any(one.status == "met" for one in results):
        outcome = "meets_rule"
    elif relevant:
        outcome = "insufficient_facts"
    elif any(conduct(rule, at) is not False for rule in rules if rule not in asked):
        # Somebody else, or on another day, might have met a rule: that is scope, not innocence of the conduct.
        outcome = "out_of_scope"
        results += [result(rule, at) for rule in known if rule not in asked and _worth_naming(rule, at)]
    else:
        outcome = "meets_no_rule"
    missing = _missing(relevant)
    contested = _contested(results, relevant)
    answer = Determination(
        facts,
        held.hash,
        outcome,
        contested,
        at.phase,
        tuple(sorted(results, key=_weight)),
        missing,
        _presumed(asked, at),
        _next_question(missing, relevant, at),
        _scope_note(held, at) if outcome == "out_of_scope" else None,
        Text("", ""),
    )
    return replace(answer, sentence=wording.sentence(answer))


def _circumstances(facts: Facts, held: Catalogue, known_on: date | None) -> Circumstances:
    day, kind, round_ = facts.value("date"), facts.value("contest.kind"), facts.stated.get("contest.round", "1")
    if kind == "none":
        return Circumstances.of(facts, None, ())
    asked = (("date", day), ("contest.kind", kind), ("contest.round", round_))
    needs = tuple(name for name, value in asked if value is None)
    if needs:
        return Circumstances.of(facts, None, needs)
    assert isinstance(day, date)
    region = facts.value("contest.region")
    assert region is None or isinstance(region, str)
    calendar = held.calendars.find(str(kind), str(round_), day, known_on)
    return Circumstances.of(facts, calendar.phase(day, region, known_on), ())


def _settled(results: list[RuleResult]) -> list[RuleResult]:
    """Let rules yield to those that override them; one that may yet be overridden stays undecided."""
    overriding: dict[str, list[tuple[RuleResult, Override]]] = {}
    for winner in results:
        for over in winner.rule.overrides:
            overriding.setdefault(over.rule, []).append((winner, over))
    # Overrides form no circle (the catalogue is checked for it), so that this comes to an end.

    def settled(one: RuleResult) -> RuleResult:
        for winner, over in overriding.get(one.rule.id, ()):
            one = _yielding(one, settled(winner), over)
        return one

    return [settled(one) for one in results]


def _yielding(one: RuleResult, winner: RuleResult, over: Override) -> RuleResult:
    if one.status in ("met", "undecided") and winner.status == "met":
        return RuleResult(one.rule, "defeated", one.met, defeated_by=over, defeated_by_rule=winner.rule.id, on=one.on)
    if one.status == "met" and winner.status == "undecided":
        return replace(one, status="undecided", missing=in_order([*one.missing, *winner.missing]))
    return one


def _level(one: RuleResult) -> int:
    return LEVELS.index(one.rule.level)


def _relevant(results: list[RuleResult]) -> list[RuleResult]:
    """Give the undecided rules that could add a track, or a graver level on a track that is met already."""
    gravest: dict[str, int] = {}
    for one in results:
        if one.status == "met":
            gravest[one.rule.track] = max(gravest.get(one.rule.track, -1), _level(one))
    return [one for one in results if one.status == "undecided" and _level(one) > gravest.get(one.rule.track, -1)]


def _missing(relevant: list[RuleResult]) -> tuple[str, ...]:
    """Give the facts that could still matter.

    A rule that needs all that a rule as grave on the same track needs, and more, adds nothing: when that one is met
    it no longer matters, and its further facts are not worth asking first.
    """
    names: set[str] = set()
    for one in relevant:
        mine = set(one.missing)
        outdone = any(
            set(other.missing) < mine
            and other.missing
            and other.rule.track == one.rule.track
            and _level(other) >= _level(one)
            for other in relevant
        )
        if not outdone:
            names |= mine
    return in_order(names)


def _contested(results: list[RuleResult], relevant: list[RuleResult]) -> bool:
    """Say whether readings that differ bear on the outcome.

    They do not where an undisputed rule on the same track is met anyway. While the facts of a disputed rule are
    themselves open, and an undisputed one may still be met, it is facts that are wanted first, not readings.
    """
    settled = {one.rule.track for one in results if one.status == "met" and not one.contested}
    undisputed_open = any(not one.contested for one in relevant)
    for one in results:
        if not one.contested or one.status not in ("met", "undecided") or one.rule.track in settled:
            continue
        if not _conduct_open(one) or not undisputed_open:
            return True
    return False


def _conduct_open(one: RuleResult) -> bool:
    """Whether facts of the rule's own conditions are missing, other than those on which only the issue turns."""
    on_issue = {atom.field for issue in one.readings for atom in issue.when.atoms()}
    return any(name not in on_issue and not name.startswith("attribution.") for name in one.missing)


def _worth_naming(rule: Rule, at: Circumstances) -> bool:
    return rule.derived_from is None and in_force(rule, at) is not False and conduct(rule, at) is not False


def _scope_note(held: Catalogue, at: Circumstances) -> Text | None:
    coverage = held.coverage.get(str(at.values.get("actor.status")))
    return coverage.note if coverage and coverage.scope != "full" else None


def _weight(one: RuleResult) -> tuple[int, int, str]:
    return (("met", "undecided", "defeated", "not_met").index(one.status), -_level(one), one.rule.id)


def _presumed(asked: list[Rule], at: Circumstances) -> tuple[str, ...]:
    """Give the presumptions without which some rule's answer would be another one."""
    names: set[str] = set()
    for rule in asked:
        for name in rule.presumable:
            if name in at.open_values or name in names or FIELDS[name].kind != "flag":
                continue
            if _bearing(rule, at) != _bearing(rule, at.with_value(name, value=True)):
                names.add(name)
    return in_order(names)


def _bearing(rule: Rule, at: Circumstances) -> tuple[Truth, ...]:
    """Give all that a presumption can change of a rule that is not excluded anyway."""
    answer = conduct(rule, at)
    if answer is False:
        return (False,)
    exceptions = (defeats(exception, at) for exception in rule.unless)
    return (answer, *exceptions, *(issue.when.truth(at.values) for issue in rule.issues))


def _next_question(missing: tuple[str, ...], relevant: list[RuleResult], at: Circumstances) -> str | None:
    """Give the fact whose answer settles most of the open rules, on average over its answers."""
    if len(missing) < 2:  # noqa: PLR2004 - with one question there is nothing to choose
        return missing[0] if missing else None
    scores = {name: _settles(name, relevant, at) for name in missing}
    return max(missing, key=lambda name: scores[name])


def _settles(name: str, relevant: list[RuleResult], at: Circumstances) -> float:
    """Give the mean number of open rules that an answer decides; of a fact without a list, those that need it."""
    field = FIELDS[name]
    if field.kind in ("date", "words") or name.startswith("contest."):
        return float(sum(name in one.missing for one in relevant))
    answers: list[Value] = [value for value in values_of(name) if (name, value) not in ESTABLISHES_NOTHING]
    decided = 0
    for value in answers:
        then = at.with_value(name, value)
        decided += sum(applies(one.rule, then) is False or conduct(one.rule, then) is not None for one in relevant)
    return decided / len(answers)
