"""What the self-check answers: a plain sentence, what would change it, what to do instead, and who reads it how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from telusur.domain.facts import Value
from telusur.domain.text import Text
from telusur.law.conditions import values_of
from telusur.law.determine import Determination, determine
from telusur.law.evaluate import RuleResult
from telusur.law.model import LEVELS, Issue, Rule
from telusur.law.selfcheck.forms import alternatives, phrases, sentence
from telusur.law.selfcheck.interview import Interview
from telusur.law.selfcheck.state import State
from telusur.law.selfcheck.table import conditions_of, key
from telusur.law.wording import label

Advice = Literal["do_not", "safe_if", "nothing_bars", "readings_differ", "unknown", "out_of_scope"]

#: More of them than this help nobody.
_SHOWN: Final = 3
#: What somebody is, or deals with, is not put on in order to be safe; and hiding an act is no advice.
_NO_WAY_OUT: Final = frozenset(
    {"actor.spouse_of_contestant", "actor.superior", "act.official_duty", "act.public", "target.kind"}
)
_RANK: Final[Mapping[str, int]] = {level: rank for rank, level in enumerate(LEVELS)}


@dataclass(frozen=True, slots=True)
class Change:
    """What the answer would be if a little were otherwise.

    Parameters
    ----------
    facts
        What would be otherwise.
    when
        The same in words, to stand after "if".
    rules
        The rules that would then be met.
    """

    facts: Mapping[str, Value]
    when: Text
    rules: tuple[Rule, ...]

    def as_json(self) -> dict[str, object]:
        """Give the facts, the words, and each rule with its place."""
        return {
            "facts": dict(self.facts),
            "if": self.when.as_json(),
            "rules": [{"rule": rule.id, "title": rule.title.as_json()} for rule in self.rules],
        }


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact that the asker does not know, and what it would decide, all else as stated.

    Parameters
    ----------
    safe_if, not_safe_if
        Its values, in words, with which no rule is met, and with which one is.
    """

    fact: str
    safe_if: tuple[Text, ...]
    not_safe_if: tuple[Text, ...]

    def as_json(self) -> dict[str, object]:
        """Give the fact with its name in words."""
        return {
            "fact": self.fact,
            "name": label(self.fact).as_json(),
            "safe_if": [words.as_json() for words in self.safe_if],
            "not_safe_if": [words.as_json() for words in self.not_safe_if],
        }


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a self-check.

    Parameters
    ----------
    determination
        What `law.determine` says of the facts stated.
    advice
        What it comes to for somebody who has not acted yet. ``nothing_bars`` only where every rule on the act was
        checked against the official text and no reading differs.
    nearest
        The smallest changes with which a rule, or a further track or a graver level, would be met.
    safe_if
        Single changes with which no rule would be met and no reading be open.
    alternative
        What can be done instead; `law.determine` finds no rule met by it.
    readings
        The open issues that bear on the answer.
    unknown
        What the asker does not know and what it decides.
    """

    determination: Determination
    advice: Advice
    sentence: Text
    nearest: tuple[Change, ...]
    safe_if: tuple[Change, ...]
    alternative: Text | None
    readings: tuple[Issue, ...]
    unknown: tuple[Unknown, ...]

    @property
    def rules(self) -> tuple[RuleResult, ...]:
        """Give the rules that are met, or else those that stay open, gravest first."""
        answer = self.determination
        return answer.met or tuple(one for one in answer.rule_results if one.status == "undecided")

    def as_json(self) -> dict[str, object]:
        """Give it whole, the determination as `telusur rules check` gives it included."""
        answer = self.determination
        return {
            "advice": self.advice,
            "sentence": self.sentence.as_json(),
            "outcome": answer.outcome,
            "contested": answer.contested,
            "rules": [
                {"rule": one.rule.id, "title": one.rule.title.as_json(), "citation": one.rule.citation.as_json()}
                for one in self.rules
            ],
            "nearest": [change.as_json() for change in self.nearest],
            "safe_if": [change.as_json() for change in self.safe_if],
            "alternative": self.alternative.as_json() if self.alternative else None,
            "readings": [reading for issue in self.readings for reading in issue.as_json()],
            "unknown": [one.as_json() for one in self.unknown],
            "presumed": list(answer.presumed),
            "determination": answer.as_json(),
        }


def answer(interview: Interview, state: State) -> Result:
    """Say what the facts stated come to; asked before all questions are answered, what is open counts as unknown."""
    found = interview.determination(state)
    advice = _advice(found, interview, state)
    weighing = _Weighing(interview, state, found)
    return Result(
        found,
        advice,
        _sentence(found, advice),
        weighing.nearest() if found.outcome != "out_of_scope" else (),
        weighing.ways_out() if advice in ("do_not", "readings_differ") else (),
        weighing.alternative() if advice in ("do_not", "readings_differ", "unknown") else None,
        _readings(found),
        weighing.unknown(),
    )


def _advice(found: Determination, interview: Interview, state: State) -> Advice:
    if found.outcome == "meets_rule":
        return "do_not"
    if found.outcome == "out_of_scope":
        return "out_of_scope"
    if found.outcome == "insufficient_facts":
        # What was not asked cannot change the answer any more; what was asked and is not known can.
        unknown = [fact for fact in found.missing if state.stated.get(fact, "") is None]
        return "readings_differ" if found.contested and not unknown else "unknown"
    on_act = interview.catalogue.by_act.get(str(found.facts.value("act.kind")), ())
    checked = all(rule.citation.status == "official" and not rule.issues for rule in on_act)
    return "nothing_bars" if on_act and checked and not found.contested else "safe_if"


def _sentence(found: Determination, advice: Advice) -> Text:
    phase = _phase(found)
    if advice == "do_not":
        gravest = found.met[0].rule
        said = sentence("meets").filled
        names, tracks = [one.rule.id for one in found.met], [label("track", track) for track in found.tracks]
        level = label("sanction_level", gravest.level)
        words = Text(
            said(
                rules=", ".join(names),
                title=gravest.title.id,
                track=", ".join(track.id for track in tracks),
                level=level.id,
                phase=phase.id,
            ).id,
            said(
                rules=", ".join(names),
                title=gravest.title.en,
                track=", ".join(track.en for track in tracks),
                level=level.en,
                phase=phase.en,
            ).en,
        )
        differ = sentence("differ")
        return Text(f"{words.id} {differ.id}", f"{words.en} {differ.en}") if found.contested else words
    if advice == "unknown":
        names_of = [label(fact) for fact in found.missing] or [label("act.kind")]
        missing = Text(", ".join(name.id for name in names_of), ", ".join(name.en for name in names_of))
        return _filled("unknown", missing=missing, phase=phase)
    if advice == "out_of_scope":
        return _filled("out_of_scope", note=found.scope_note or sentence("other_day"))
    if advice == "safe_if" and not found.rule_results:
        return sentence("no_rule_on_it")
    return _filled({"safe_if": "safe_if", "nothing_bars": "nothing_bars"}.get(advice, "readings"), phase=phase)


def _filled(name: str, **places: Text) -> Text:
    words = sentence(name)
    return Text(
        words.id.format(**{place: text.id for place, text in places.items()}),
        words.en.format(**{place: text.en for place, text in places.items()}),
    )


def _phase(found: Determination) -> Text:
    if found.phase:
        return label("phase", found.phase.name)
    return sentence("no_contest" if found.facts.value("contest.kind") == "none" else "phase_unknown")


def _readings(found: Determination) -> tuple[Issue, ...]:
    held = {
        issue.id: issue
        for one in found.rule_results
        if one.status in ("met", "undecided")
        for issue in one.readings
        if one.status == "met" or issue.bears_on != "level"
    }
    return tuple(held.values())


class _Weighing:
    """What the answer would be if something were otherwise."""

    def __init__(self, interview: Interview, state: State, found: Determination) -> None:
        self._interview, self._found = interview, found
        self._stated, self._facts = state.stated, state.facts
        on_act = interview.catalogue.by_act.get(str(found.facts.value("act.kind")), ())
        turning = {atom.field for rule in on_act for part in conditions_of(rule) for atom in part.atoms()}
        self._changeable = tuple(fact for fact in dict.fromkeys(f for f, _ in phrases()) if fact in turning)
        self._taken, self._taking = self._assumed()

    def nearest(self) -> tuple[Change, ...]:
        """Give the single changes that would make it worse; where none does, the first pair of changes."""
        single = [
            (fact, value)
            for fact in self._changeable
            # What the asker does not know is told apart under `unknown`.
            if self._stated.get(fact, "") is not None
            for value in self._values_by_chance(fact)
            if self._facts.value(fact) != value
        ]
        found = [change for one in single if (change := self._change([one])) is not None]
        if not found:
            pairs = ([one, other] for one, other in combinations(single, 2) if one[0] != other[0])
            found = [change for pair in pairs if (change := self._change(pair)) is not None][:1]
        return _first_of_each(found)

    def ways_out(self) -> tuple[Change, ...]:
        """Give what would make it safe, of what lies with the asker."""
        found = [
            Change({fact: value}, phrases()[fact, value], ())
            for fact in self._changeable
            if fact not in _NO_WAY_OUT and fact in self._stated
            for value in self._values_by_chance(fact)
            if self._facts.value(fact) != value and _is_safe(self._then({fact: value}))
        ]
        return _first_of_each(found)

    def alternative(self) -> Text | None:
        """Give the first alternative for the act that meets no rule."""
        kind = self._facts.value("act.kind")
        for one in alternatives():
            if (not one.acts or kind in one.acts) and _is_safe(self._then(one.facts)):
                return one.do
        return None

    def unknown(self) -> tuple[Unknown, ...]:
        """Give each fact that is unknown and still matters, with the answers to which it would lead."""
        held = []
        for fact in self._found.missing:
            if fact in self._stated and self._stated[fact] is None:
                values = [(words, self._then(facts)) for words, facts in self._values(fact)]
                safe = tuple(words for words, then in values if _is_safe(then))
                barred = tuple(words for words, then in values if then.outcome == "meets_rule")
                held.append(Unknown(fact, safe, barred))
        return tuple(held)

    def _assumed(self) -> tuple[Mapping[str, Value], Text | None]:
        """Give what was never asked, since nothing turned on it as stated, and what is taken of it for the changes."""
        prior = self._interview.forms.prior
        facts: dict[str, Value] = {}
        names: list[Text] = []
        if "actor.status" not in self._stated:
            chances = prior.of("status", None)
            likely = max(self._interview.forms.topic("status").options, key=lambda option: chances.get(option.id, 0))
            facts |= likely.facts
            names.append(likely.words)
        if "contest.kind" not in self._stated:
            chances = prior.of("contest", None)
            held = [place for place in self._interview.places if place.held]
            place = max(held, key=lambda place: chances.get(place.kind, 0))
            facts |= place.facts
            names.append(label("contest.kind", place.kind))
        if not names:
            return facts, None
        return facts, Text(", ".join(name.id for name in names), ", ".join(name.en for name in names))

    def _change(self, otherwise: Sequence[tuple[str, Value]]) -> Change | None:
        facts = {**self._taken, **dict(otherwise)}
        rules = self._worse(self._then(facts))
        if not rules:
            return None
        words = [phrases()[one] for one in otherwise]
        when = Text(" dan ".join(one.id for one in words), " and ".join(one.en for one in words))
        if self._taking:
            when = Text(f"{when.id} (dengan anggapan: {self._taking.id})", f"{when.en} (taking: {self._taking.en})")
        return Change(facts, when, rules)

    def _values(self, fact: str) -> Iterator[tuple[Text, Mapping[str, Value]]]:
        if fact == "contest.kind":
            for kind in dict.fromkeys(place.kind for place in self._interview.places if place.held):
                place = next(one for one in self._interview.places if one.kind == kind)
                yield label(fact, kind), place.facts
        else:
            for value in values_of(fact):
                yield phrases().get((fact, value), label(fact, value)), {fact: value}

    def _values_by_chance(self, fact: str) -> list[str | bool]:
        topic = next(one for one in self._interview.forms.topics if fact in one.facts)
        chances = self._interview.forms.prior.of(topic.id, None)
        weight: dict[Value, float] = {}
        for option in topic.options:
            weight[option.facts.get(fact)] = weight.get(option.facts.get(fact), 0) + chances.get(option.id, 0)
        return sorted(values_of(fact), key=lambda value: -weight.get(value, 0))

    def _then(self, facts: Mapping[str, Value]) -> Determination:
        return determine(self._facts.updated(facts), catalogue=self._interview.catalogue)

    def _worse(self, then: Determination) -> tuple[Rule, ...]:
        """Give the rules newly met, if they add a track or a graver level."""
        before, after = dict(key(self._found)[2]), dict(key(then)[2])
        graver = {track for track, level in after.items() if track not in before or _RANK[level] > _RANK[before[track]]}
        old = {one.rule.id for one in self._found.met}
        return tuple(one.rule for one in then.met if one.rule.track in graver and one.rule.id not in old)


def _is_safe(found: Determination) -> bool:
    return found.outcome == "meets_no_rule" and not found.contested


def _first_of_each(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Give the first change of each fact, no more than help."""
    kept: dict[tuple[str, ...], Change] = {}
    for change in changes:
        kept.setdefault(tuple(change.facts), change)
    return tuple(kept.values())[:_SHOWN]
