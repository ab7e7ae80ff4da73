"""What the law says of one act as it is stated: an answer to the facts, never a verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from telusur import __version__
from telusur.domain.facts import Facts, Value
from telusur.domain.text import Text
from telusur.domain.vocabulary import FIELDS
from telusur.law import decisions, wording
from telusur.law.calendars import Phase
from telusur.law.conditions import Truth, values_of
from telusur.law.decisions import Outcome, Row
from telusur.law.evaluate import ESTABLISHES_NOTHING, Circumstances, RuleResult, applies, conduct, defeats, in_order
from telusur.law.load import catalogue as shipped
from telusur.law.model import TRACKS, Catalogue, Rule, Track

SCHEMA: Final = "telusur.determination/1"


@dataclass(frozen=True)
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

    def __getattr__(self, name: str) -> object:
        """Work out what `determine` left for whoever asks: presumptions, next question, note and sentence."""
        late = self.__dict__.get("_late")
        if late is None or name not in _LATE:
            raise AttributeError(name)
        answer = self.__dict__[name] = _LATE[name](self, late)
        return answer

    def __getstate__(self) -> dict[str, object]:
        """Give all of it, for copies."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @property
    def met(self) -> tuple[RuleResult, ...]:
        """The rules whose conditions all hold."""
        return tuple(one for one in self.rule_results if one.status == "met")

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks of the rules that are met, gravest first."""
        found = {one.rule.track for one in self.met}
        return tuple(track for track in TRACKS if track in found)

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


def determine(
    facts: Facts, *, known_on: date | None = None, catalogue: Catalogue | None = None, every: bool = False
) -> Determination:
    """Say what the rules say of one act.

    Parameters
    ----------
    facts
        What is known of it; unknown is a value.
    known_on
        Ask what could be known on that day: rules and dates that became known later are left out.
    catalogue
        The rules; those shipped with the program if left out.
    every
        Explain every rule known, those on other acts too, and why it is not met.

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
    outcome, contested, phase, results, missing, (relevant, row) = decisions.of(held).decide(
        facts, known_on, every=every
    )
    answer = object.__new__(Determination)
    # Not by its constructor: what is left for later has no value yet.
    answer.__dict__.update(
        facts=facts,
        catalogue_hash=held.hash,
        outcome=outcome,
        contested=contested,
        phase=phase,
        rule_results=results,
        missing=missing,
        _late=(relevant, row, held),
    )
    return answer


#: What is left for later: the open rules that facts could still change, the row of the rules asked, the catalogue.
Late = tuple[tuple[RuleResult, ...], Row, Catalogue]


def _at(answer: Determination, row: Row) -> Circumstances:
    return Circumstances.of(answer.facts, answer.phase, row.needs)


def _scope_note(answer: Determination, late: Late) -> Text | None:
    """Give what the catalogue says to people whom it does not cover."""
    _, _, held = late
    coverage = held.coverage.get(str(answer.facts.value("actor.status"))) if answer.outcome == "out_of_scope" else None
    return coverage.note if coverage and coverage.scope != "full" else None


def _presumed(answer: Determination, late: Late) -> tuple[str, ...]:
    """Give the presumptions without which some rule's answer would be another one."""
    _, row, _ = late
    at = _at(answer, row)
    names: set[str] = set()
    for rule in row.asked:
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


def _next_question(answer: Determination, late: Late) -> str | None:
    """Give the fact whose answer settles most of the open rules, on average over its answers."""
    missing = answer.missing
    if len(missing) < 2:  # noqa: PLR2004 - with one question there is nothing to choose
        return missing[0] if missing else None
    relevant, row, _ = late
    at = _at(answer, row)
    scores = {name: _settles(name, relevant, at) for name in missing}
    return max(missing, key=lambda name: scores[name])


def _settles(name: str, relevant: tuple[RuleResult, ...], at: Circumstances) -> float:
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


_LATE: Final[Mapping[str, Callable[[Determination, Late], object]]] = {
    "presumed": _presumed,
    "next_question": _next_question,
    "scope_note": _scope_note,
    "sentence": lambda answer, _late: wording.sentence(answer),
}
