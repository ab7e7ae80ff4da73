"""A catalogue compiled for single decisions with their full explanation, indexed by the kind of act.

What a rule says of an act is put together from parts that few facts decide: whom it speaks to and when (status, phase,
kind of contest, day), its conditions (their facts), who acted (the attribution), its exceptions and readings (their
facts). Each part is worked out by `evaluate`, the one evaluator, when it is first asked, from nothing but the facts
that its table is keyed by; after that it is looked up. So nothing here says anything of the law by itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from telusur.domain.facts import Facts, Value
from telusur.domain.text import Text
from telusur.domain.vocabulary import FIELDS
from telusur.law import evaluate
from telusur.law.calendars import Phase
from telusur.law.conditions import ALWAYS, Condition, Truth
from telusur.law.evaluate import Circumstances, Part, RuleResult, in_order
from telusur.law.model import LEVELS, Catalogue, Override, Rule

Outcome = Literal["meets_rule", "meets_no_rule", "insufficient_facts", "out_of_scope"]

K = TypeVar("K")
V = TypeVar("V")

#: Entries of a table; one that is full is emptied, so that no run of odd facts fills the memory.
_ROOM: Final = 1 << 14
_RANKS: Final = {"met": 0, "undecided": 1, "defeated": 2, "not_met": 3}
_UNKNOWN: Final[dict[str, Value]] = {
    name: False if field.exception and field.kind == "flag" else None for name, field in FIELDS.items()
}
_TIME: Final = itemgetter("date", "contest.kind", "contest.region")
_PERSON: Final = itemgetter("contest.kind", "actor.status")
_ATTRIBUTION: Final = itemgetter("attribution.account_control", "attribution.authenticity", "act.kind")
_make: Final = tuple.__new__


class Table(dict[K, V], Generic[K, V]):
    """Answers by what they depend on, each worked out when first asked; at most some ten thousand are kept."""

    __slots__ = ("_work_out",)

    def __init__(self, work_out: Callable[[K], V]) -> None:
        self._work_out = work_out

    def __missing__(self, key: K) -> V:
        # Threads may work out the same answer twice; it is the same answer.
        answer = self._work_out(key)
        if len(self) >= _ROOM:
            self.clear()
        self[key] = answer
        return answer


class Moment(NamedTuple):
    """What rules can tell of a day: which are in force and known, and the phase."""

    era: int
    known: int
    phase: str | None
    needs: tuple[str, ...]


class Asked(NamedTuple):
    """A rule in one row: its part that person and time decide, and the tables of the others."""

    rule: Rule
    met: tuple[Any, ...]
    unmet: tuple[Any, ...]
    missing: tuple[str, ...]
    key_of: Callable[[Mapping[str, Value]], Any]
    when: Table[Any, tuple[Part, Truth]]
    rest_key_of: Callable[[Mapping[str, Value]], Any]
    rest: Table[Any, evaluate.Rest] | None


@dataclass(frozen=True, slots=True)
class Row:
    """The rules on one kind of act for one kind of person at one moment.

    Parameters
    ----------
    asked
        Rules that speak to the person and are in force, gravest first.
    other_scope
        Rules of another day, for other people or not known yet, whose phase is not another one.
    named
        Those of them that are worth naming where they alone would be met.
    winners
        Asked rules that override another one asked.
    """

    asked: tuple[Asked, ...]
    other_scope: tuple[Asked, ...]
    named: frozenset[str]
    winners: frozenset[str]


class Decided(NamedTuple):
    """A decision and what its further questions need."""

    outcome: Outcome
    contested: bool
    phase: Phase | None
    results: tuple[RuleResult, ...]
    missing: tuple[str, ...]
    relevant: tuple[RuleResult, ...]
    row: Row
    moment: Moment


class Decisions:
    """A catalogue, compiled. It holds tables of bounded size and lives as long as the catalogue; threads may share it.

    Parameters
    ----------
    catalogue
        The rules. Nothing is worked out before it is asked, so that a catalogue asked once costs little.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        spans = [rule.in_force for rule in catalogue.rules.values()]
        spans += [exception.in_force for rule in catalogue.rules.values() for exception in rule.unless]
        starts = {span.first for span in spans if span.first}
        starts |= {span.last + timedelta(1) for span in spans if span.last and span.last < date.max}
        self._eras = sorted(starts)
        self._known = sorted({rule.known_from for rule in catalogue.rules.values()})
        self._moments: Table[tuple[Any, ...], tuple[Phase | None, Moment]] = Table(self._moment)
        self._rows: Table[tuple[Any, ...], Row] = Table(self._row)
        self._others: Table[tuple[Any, ...], tuple[Asked, ...]] = Table(self._silent)
        self._attribution: Table[tuple[Any, ...], tuple[Part, Truth]] = Table(_attributed)
        self._ordered: Table[tuple[str, ...], tuple[str, ...]] = Table(lambda names: in_order(list(names)))
        self._open: Table[tuple[Any, ...], tuple[str, ...]] = Table(_still_matters)
        self._parts: dict[tuple[Value, str], tuple[Any, ...]] = {}
        self._rank = {
            rule.id: i for i, rule in enumerate(sorted(catalogue.rules.values(), key=lambda r: (-_level(r), r.id)))
        }

    # In one piece: calls would cost as much as the work.
    def decide(  # noqa: C901, PLR0912, PLR0915 - see above
        self, facts: Facts, known_on: date | None, *, every: bool = False
    ) -> Decided:
        """Say what the rules say, and of each rule why.

        Raises
        ------
        BadInput
            If no calendar covers the date of the contest.
        """
        stated = facts.stated
        values = {**_UNKNOWN, **stated}
        kind, day = values["act.kind"], values["date"]
        phase, moment = self._moments[(*_TIME(values), stated.get("contest.round", "1"), known_on)]
        key = (kind, moment, *_PERSON(values))
        row = self._rows[key]
        (a_met, a_unmet, a_missing), own = self._attribution[_ATTRIBUTION(values)]
        disputed = False
        live: list[RuleResult] = []
        defeated: list[RuleResult] = []
        not_met: list[RuleResult] = []
        for rule, met, unmet, missing, key_of, when, rest_key_of, rest in row.asked:
            (w_met, w_unmet, w_missing), _ = when[key_of(values)]
            if unmet or w_unmet or a_unmet:
                found = (
                    rule,
                    "not_met",
                    met + w_met + a_met,
                    unmet + w_unmet + a_unmet,
                    (),
                    None,
                    None,
                    (),
                    False,
                    day,
                )
                not_met.append(_make(RuleResult, found))
                continue
            holds = met + w_met + a_met
            unknown = missing + w_missing + a_missing
            if rest is None:
                status = "undecided" if unknown else "met"
                live.append(
                    _make(RuleResult, (rule, status, holds, (), self._ordered[unknown], None, None, (), False, day))
                )
                continue
            told = rest[moment.era, bool(unknown), rest_key_of(values)]
            if told.defeat:
                defeated.append(_make(RuleResult, (rule, "defeated", holds, (), (), told.defeat, None, (), False, day)))
                continue
            disputed = disputed or told.contested
            names = self._ordered[unknown + told.missing]
            live.append(
                _make(RuleResult, (rule, told.status, holds, (), names, None, None, told.readings, told.contested, day))
            )
        mixed = len(live) > 1
        if mixed and row.winners and any(one.rule.id in row.winners for one in live):
            settled = _settled(live)
            live = [one for one in settled if one.status != "defeated"]
            defeated += [one for one in settled if one.status == "defeated"]
        if kind is None and not every:
            not_met = []
        # One rule alone is seldom worth a loop; most acts have none or one that is alive.
        relevant = _relevant(live) if mixed else tuple(live) if live and live[0].status == "undecided" else ()
        outcome: Outcome
        if live and (any(one.status == "met" for one in live) if mixed else not relevant):
            outcome = "meets_rule"
        elif relevant:
            outcome = "insufficient_facts"
        else:
            outcome = "meets_no_rule"
            elsewhere = (
                [one for one in row.other_scope if _conduct(one, values, moment.era)] if own is not False else ()
            )
            if elsewhere:
                # Somebody else, or on another day, might have met a rule: that is scope, not innocence of the conduct.
                outcome = "out_of_scope"
                if not every:
                    named = (one for one in elsewhere if one.rule.id in row.named)
                    not_met += _silent(named, values, a_met, a_unmet, day)
                    mixed = True
        if every:
            not_met += _silent(self._others[key], values, a_met, a_unmet, day)
        results = [*live, *defeated, *not_met]
        if mixed or every:
            rank = self._rank
            results.sort(key=lambda one: (_RANKS[one[1]], rank[one[0].id]))
        names = relevant[0].missing if relevant else ()
        if len(relevant) > 1:
            names = self._open[tuple([(one.rule.track, _level(one.rule), one.missing) for one in relevant])]
        contested = disputed and _contested(live, relevant)
        return Decided(
            outcome,
            contested,
            phase,
            tuple(results),
            names,
            relevant,
            row,
            moment,
        )

    def _moment(self, key: tuple[Any, ...]) -> tuple[Phase | None, Moment]:
        day, kind, region, round_, known_on = key
        phase: Phase | None = None
        needs: tuple[str, ...] = ()
        if kind != "none":
            asked = (("date", day), ("contest.kind", kind), ("contest.round", round_))
            needs = tuple(name for name, value in asked if value is None)
            if not needs:
                calendar = self._catalogue.calendars.find(str(kind), str(round_), day, known_on)
                phase = calendar.phase(day, region, known_on)
        return phase, Moment(
            -1 if day is None else bisect_right(self._eras, day),
            -1 if known_on is None else bisect_right(self._known, known_on),
            phase.name if phase else None,
            needs,
        )

    def _at(self, moment: Moment, values: Mapping[str, Value]) -> Circumstances:
        """Give circumstances that hold the facts of a key only, on a day that stands for its era."""
        day = None if moment.era < 0 else (self._eras[moment.era - 1] if moment.era else date.min)
        phase = Phase(moment.phase, date.min, Text("", "")) if moment.phase else None  # type: ignore[arg-type]
        return Circumstances(values, {}, day, phase, moment.needs)

    def _row(self, key: tuple[Any, ...]) -> Row:
        act, moment, contest, status = key
        at = self._at(moment, {"act.kind": act, "contest.kind": contest, "actor.status": status})
        known_by = None if moment.known < 0 else (self._known[moment.known - 1] if moment.known else date.min)
        on_act = sorted(self._rules_on(act), key=lambda rule: self._rank[rule.id])
        asked, other, named = [], [], set()
        for rule in on_act:
            one = Asked(rule, *evaluate.scope_part(rule, at), *self._tables(act, rule))
            known = known_by is None or rule.known_from <= known_by
            in_force = evaluate.in_force(rule, at) is not False
            if known and in_force and evaluate.applies(rule, at) is not False:
                asked.append(one)
            elif evaluate.phase_truth(rule, at) is not False:
                other.append(one)
                if known and in_force and rule.derived_from is None:
                    named.add(rule.id)
        ids = {one.rule.id for one in asked}
        winners = {one.rule.id for one in asked if any(over.rule in ids for over in one.rule.overrides)}
        return Row(tuple(asked), tuple(other), frozenset(named), frozenset(winners))

    def _silent(self, key: tuple[Any, ...]) -> tuple[Asked, ...]:
        """Give the rules known that a row does not ask."""
        act, moment, contest, status = key
        at = self._at(moment, {"act.kind": act, "contest.kind": contest, "actor.status": status})
        known_by = None if moment.known < 0 else (self._known[moment.known - 1] if moment.known else date.min)
        asked = {one.rule.id for one in self._rows[key].asked}
        return tuple(
            Asked(rule, *evaluate.scope_part(rule, at), *self._tables(act, rule))
            for rule in self._catalogue.rules.values()
            if rule.id not in asked and (known_by is None or rule.known_from <= known_by)
        )

    def _rules_on(self, act: str | None) -> Iterable[Rule]:
        return self._catalogue.rules.values() if act is None else self._catalogue.by_act[act]

    def _tables(self, act: Value, rule: Rule) -> tuple[Any, ...]:
        held = self._parts.get((act, rule.id))
        if held is None:
            held = self._parts[act, rule.id] = self._made(act, rule)
        return held

    def _made(self, act: Value, rule: Rule) -> tuple[Any, ...]:
        of_when = _facts_of([rule.when])
        of_rest = _facts_of(
            [part for one in rule.unless for part in (one.when, one.unless or ALWAYS)]
            + [one.when for one in rule.issues]
        )

        def when(key: object) -> tuple[Part, Truth]:
            at = self._at(_TIMELESS, {"act.kind": act, **_named(of_when, key)})
            return evaluate.when_part(rule, at), rule.when.truth(at.values)

        def rest(key: tuple[int, bool, Any]) -> evaluate.Rest:
            era, open_, found = key
            at = self._at(_TIMELESS._replace(era=era), {"act.kind": act, **_named(of_rest, found)})
            return evaluate.rest(rule, at, open_=open_)

        return (
            _reader(of_when),
            Table(when),
            _reader(of_rest),
            Table(rest) if rule.unless or rule.issues else None,
        )


_TIMELESS: Final = Moment(-1, -1, None, ())


def of(catalogue: Catalogue) -> Decisions:
    """Give a catalogue's compiled form; it goes when the catalogue goes."""
    held: Decisions | None = catalogue.__dict__.get("_decisions")
    if held is None:
        held = catalogue.__dict__.setdefault("_decisions", Decisions(catalogue))
    return held


def _attributed(key: tuple[Any, ...]) -> tuple[Part, Truth]:
    control, authenticity, act = key
    values = {"attribution.account_control": control, "attribution.authenticity": authenticity, "act.kind": act}
    at = Circumstances(values, {}, None, None, ())
    return evaluate.attribution_part(at), evaluate.attribution(at)


def _facts_of(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Give the facts asked, but for the kind of act, which is fixed."""
    return in_order({atom.field for one in conditions for atom in one.atoms()} - {"act.kind"})


def _reader(names: tuple[str, ...]) -> Callable[[Mapping[str, Value]], Any]:
    # Without facts any that is fixed will do: `_named` takes none of it.
    return itemgetter(*names) if names else itemgetter("act.kind")


def _named(names: tuple[str, ...], key: object) -> dict[str, Value]:
    """Give the facts that a reader read; of one fact it reads the bare value."""
    return dict(zip(names, key if isinstance(key, tuple) else (key,), strict=False))


def _conduct(one: Asked, values: Mapping[str, Value], era: int) -> bool:
    """Say whether the conduct is not excluded; phase and attribution are known not to exclude it."""
    if one.when[one.key_of(values)][1] is False:
        return False
    return one.rest is None or one.rest[era, False, one.rest_key_of(values)].defeat is None


def _silent(
    rules: Iterable[Asked],
    values: Mapping[str, Value],
    a_met: tuple[Any, ...],
    a_unmet: tuple[Any, ...],
    day: Value,
) -> list[RuleResult]:
    """Explain rules that are not met whatever else holds: they speak of other acts, people or days."""
    found = []
    for rule, met, unmet, _, key_of, when, _, _ in rules:
        (w_met, w_unmet, _), _ = when[key_of(values)]
        told = (rule, "not_met", met + w_met + a_met, unmet + w_unmet + a_unmet, (), None, None, (), False, day)
        found.append(_make(RuleResult, told))
    return found


def _level(rule: Rule) -> int:
    return LEVELS.index(rule.level)


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
        return one._replace(status="undecided", missing=in_order([*one.missing, *winner.missing]))
    return one


def _relevant(results: list[RuleResult]) -> tuple[RuleResult, ...]:
    """Give the undecided rules that could add a track, or a graver level on a track that is met already."""
    gravest: dict[str, int] = {}
    for one in results:
        if one.status == "met":
            gravest[one.rule.track] = max(gravest.get(one.rule.track, -1), _level(one.rule))
    return tuple(
        one for one in results if one.status == "undecided" and _level(one.rule) > gravest.get(one.rule.track, -1)
    )


def _still_matters(key: tuple[Any, ...]) -> tuple[str, ...]:
    """Give the facts that could still matter, of track, level and missing facts of each relevant rule.

    A rule that needs all that a rule as grave on the same track needs, and more, adds nothing: when that one is met
    it no longer matters, and its further facts are not worth asking first.
    """
    names: set[str] = set()
    for track, level, needs in key:
        mine = set(needs)
        outdone = any(
            set(other) < mine and other and other_track == track and other_level >= level
            for other_track, other_level, other in key
        )
        if not outdone:
            names |= mine
    return in_order(names)


def _contested(results: list[RuleResult], relevant: tuple[RuleResult, ...]) -> bool:
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
