"""A catalogue compiled for single decisions with their full explanation, indexed by the kind of act.

What the rules on one kind of act say is written out as Python (`written`) when it is first asked; it looks up what few
facts decide in tables (`tables`), and those are filled by `evaluate` and `conditions`, the one evaluator. Here facts
find their function: whom the rules speak to and when, and who acted, is worked out once for each kind of person and
moment.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import CodeType
from typing import Any, Final, Literal, NamedTuple

from telusur.domain.errors import BadInput, nearest
from telusur.domain.facts import Facts, Value
from telusur.domain.vocabulary import FIELDS
from telusur.law import evaluate, settling, written
from telusur.law.calendars import Phase
from telusur.law.conditions import ALWAYS
from telusur.law.evaluate import Circumstances, Part, RuleResult, in_order
from telusur.law.load import catalogue as shipped
from telusur.law.model import Basis, Catalogue, Rule
from telusur.law.tables import PRESUMED, ROOM, Nested, Table, facts_of

Outcome = Literal["meets_rule", "meets_no_rule", "insufficient_facts", "out_of_scope"]
Get = Callable[..., Any]
#: What a function that was written says: rules that are met or open, rules defeated, rules not met.
Said = tuple[list[RuleResult], list[RuleResult], list[RuleResult]]
#: Of one rule in a row: whether it is only explained, what scope and phase come to, what its sanction rests on.
Head = tuple[bool, tuple[Any, ...], tuple[Any, ...], tuple[str, ...], tuple[Basis, ...]]

_RANKS: Final = {"met": 0, "undecided": 1, "defeated": 2, "not_met": 3}
_NOTHING: Final = Part((), (), ())
_PERSON: Final = ("act.kind", "actor.status")
_ATTRIBUTION: Final = ("attribution.account_control", "attribution.authenticity")
_make: Final = tuple.__new__


class Moment(NamedTuple):
    """What rules can tell of a day: which are in force and known, the kind of contest, and the phase."""

    era: int
    known: int
    contest: Value
    phase: str | None
    needs: tuple[str, ...]


class Row(NamedTuple):
    """The rules on one kind of act for one kind of person at one moment.

    Parameters
    ----------
    say
        The function that was written for them.
    heads, who
        Scope and phase of each rule, and who acted by the two facts of the attribution.
    asked
        Rules that speak to the person and are in force, gravest first.
    others
        Heads that ask the conduct only, of rules of another day, for other people or not known yet, whose phase is not
        another one; empty if there is none.
    named
        Scope and phase of those of them that are worth naming where they alone would be met.
    winners
        Asked rules that override another one asked.
    needs
        The facts that must be known to tell the phase.
    """

    say: Callable[..., Said]
    heads: tuple[Head | None, ...]
    who: Nested
    asked: tuple[Rule, ...]
    others: tuple[Head | None, ...]
    named: Mapping[str, Head]
    winners: frozenset[str]
    needs: tuple[str, ...]


#: Outcome, whether contested, phase, results, missing facts; the rules that facts could still change, and the row.
Decided = tuple[
    Outcome, bool, Phase | None, tuple[RuleResult, ...], tuple[str, ...], tuple[tuple[RuleResult, ...], Row]
]


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
        spans += [basis.instrument.in_force for rule in catalogue.rules.values() for basis in rule.basis]
        starts = {span.first for span in spans if span.first}
        starts |= {span.last + timedelta(1) for span in spans if span.last and span.last < date.max}
        self._eras = sorted(starts)
        self._known = sorted({rule.known_from for rule in catalogue.rules.values()})
        self._shared = written.Shared()
        self._moments: Table[tuple[Any, ...], tuple[Phase | None, int, Any, Any]] = Table(self._moment)
        self._rows: dict[tuple[Any, ...], tuple[Any, Any]] = {}
        self._says: Table[str | None, Callable[..., Said]] = Table(self._says_of)
        self._who: Table[Value, Nested] = Table(_attributed)
        self._ordered: Table[tuple[str, ...], tuple[str, ...]] = Table(lambda names: in_order(list(names)))
        self._open: Table[tuple[Any, ...], tuple[str, ...]] = Table(settling.still_matters)
        self._in_rank = sorted(catalogue.rules.values(), key=lambda rule: (-rule.weight, rule.id))
        self._rank = {rule.id: i for i, rule in enumerate(self._in_rank)}

    # In one piece: calls would cost as much as the work.
    def decide(  # noqa: C901, PLR0912 - see above
        self, facts: Facts, known_on: date | None, *, every: bool = False
    ) -> Decided:
        """Say what the rules say, and of each rule why.

        Raises
        ------
        BadInput
            If no calendar covers the date of the contest.
        """
        get = facts.stated.get
        kind: Any = get("act.kind")
        phase, era, rows, whole = self._moments[
            get("date"), get("contest.kind"), get("contest.region"), get("contest.round", "1"), known_on
        ]
        row = (whole if every else rows)[kind][get("actor.status")]
        say, heads, attribution, _, others, _, winners, _ = row
        who = attribution[get("attribution.account_control")][get("attribution.authenticity")]
        live, defeated, not_met = say(get, heads, who, era)
        mixed = False
        relevant: tuple[RuleResult, ...] = ()
        if live:
            # One rule alone is seldom worth a loop; most acts have none or one that is alive.
            if len(live) > 1:
                mixed = True
                if winners and any(one.rule.id in winners for one in live):
                    live, defeated = _yielded(live, defeated)
                relevant = settling.relevant(live)
            elif live[0].status == "undecided":
                relevant = (live[0],)
        if kind is None and not every:
            not_met = []
        outcome: Outcome = "meets_no_rule"
        names: tuple[str, ...] = ()
        contested = False
        if live and any(one.status == "met" for one in live):
            outcome = "meets_rule"
        elif relevant:
            outcome = "insufficient_facts"
        elif others:
            elsewhere = self._elsewhere(row, kind, who, get, era)
            if elsewhere is not None:
                outcome = "out_of_scope"
                if not every:
                    not_met += elsewhere
                    mixed = True
        if relevant:
            names = relevant[0].missing
            if len(relevant) > 1:
                names = self._open[tuple([(one.rule.track, one.rule.weight, one.missing) for one in relevant])]
        if live:
            contested = any(one.contested for one in live) and settling.contested(live, relevant)
        results = [*live, *defeated, *not_met] if live or defeated else not_met
        if mixed:
            rank = self._rank
            results.sort(key=lambda one: (_RANKS[one[1]], rank[one[0].id]))
        return outcome, contested, phase, tuple(results), names, (relevant, row)

    def _moment(self, key: tuple[Any, ...]) -> tuple[Phase | None, int, Any, Any]:
        """Give the phase, the era, and the rows of the moment by kind of act and status: asked, and every rule's."""
        day, kind, region, round_, known_on = key
        phase: Phase | None = None
        needs: tuple[str, ...] = ()
        if kind != "none":
            asked = (("date", day), ("contest.kind", kind), ("contest.round", round_))
            needs = tuple(name for name, value in asked if value is None)
            if not needs:
                calendar = self._catalogue.calendars.find(str(kind), str(round_), day, known_on)
                phase = calendar.phase(day, region, known_on)
        moment = Moment(
            -1 if day is None else bisect_right(self._eras, day),
            -1 if known_on is None else bisect_right(self._known, known_on),
            kind,
            phase.name if phase else None,
            needs,
        )
        if moment not in self._rows:
            self._rows[moment] = (
                Nested(_PERSON, lambda person: self._row(moment, phase, person, every=False)),
                Nested(_PERSON, lambda person: self._row(moment, phase, person, every=True)),
            )
        return phase, moment.era, *self._rows[moment]

    def _row(self, moment: Moment, phase: Phase | None, person: Mapping[str, Value], *, every: bool) -> Row:
        act = person["act.kind"]
        assert act is None or isinstance(act, str)
        # Circumstances hold the facts of the row only, on a day that stands for its era.
        at = Circumstances({"contest.kind": moment.contest, **person}, {}, self._day(moment.era), phase, moment.needs)
        known_by = None if moment.known < 0 else (self._known[moment.known - 1] if moment.known else date.min)
        on_act = self._rules_on(act)
        heads: dict[str, Head] = {}
        others: dict[str, Head] = {}
        named: dict[str, Head] = {}
        asked: list[Rule] = []
        for rule in self._in_rank if every else on_act:
            known = known_by is None or rule.known_from <= known_by
            in_force = evaluate.in_force(rule, at) is not False
            mine = rule in on_act
            scope, basis = evaluate.scope_part(rule, at), rule.basis_on(at.day)
            if mine and known and in_force and evaluate.applies(rule, at) is not False:
                asked.append(rule)
                heads[rule.id] = (False, *scope, basis)
                continue
            if every and known:
                heads[rule.id] = (True, *scope, basis)
            if mine and evaluate.phase_truth(rule, at) is not False:
                others[rule.id] = (False, *_NOTHING, ())
                if known and in_force and rule.derived_from is None:
                    named[rule.id] = (True, *scope, basis)
        ids = {rule.id for rule in asked}
        told = self._rules_on(None if every else act)
        return Row(
            self._says[None if every else act],
            tuple(heads.get(rule.id) for rule in told),
            self._who[act],
            tuple(asked),
            tuple(others.get(rule.id) for rule in on_act) if others else (),
            named,
            frozenset(rule.id for rule in asked if any(over.rule in ids for over in rule.overrides)),
            moment.needs,
        )

    def _elsewhere(self, row: Row, kind: str | None, who: Part, get: Get, era: int) -> list[RuleResult] | None:
        """Give the rules that are named where somebody else, or on another day, might have met a rule; else nothing.

        That is scope, not innocence of the conduct; who is cleared of the act, though, is cleared of it anywhere.
        """
        if who.unmet:
            return None
        open_, _, _ = self._says[kind](get, row.others, _NOTHING, era)
        if not open_:
            return None
        named = [(one, row.named[one.rule.id]) for one in open_ if one.rule.id in row.named]
        return [
            RuleResult(one.rule, "not_met", met + one.met + who.met, unmet, basis=basis)
            for one, (_, met, unmet, _, basis) in named
        ]

    def _day(self, era: int) -> date | None:
        return None if era < 0 else (self._eras[era - 1] if era else date.min)

    def _rules_on(self, act: str | None) -> list[Rule]:
        held = self._catalogue.rules if act is None else {rule.id for rule in self._catalogue.by_act[act]}
        return [rule for rule in self._in_rank if rule.id in held]

    def written(self, act: str | None) -> written.Written:
        """Write the function of the rules on a kind of act, or, without one, of all rules."""
        return written.rules(act, self._rules_on(act), self._shared)

    def _says_of(self, act: str | None) -> Callable[..., Said]:
        source, names = self.written(act)
        alive = {f"alive_{i}": self._alive(rule, act) for i, rule in enumerate(self._rules_on(act))}
        held: dict[str, Any] = {"RuleResult": RuleResult, "new": _make, **names, **alive}
        # Made of the vocabulary, ids and names of its own only (see `written`).
        exec(_code(source), held)  # noqa: S102 - see above
        said: Callable[..., Said] = held[written.name_of(act)]
        return said

    def _alive(self, rule: Rule, act: str | None) -> Callable[..., None]:
        """Give what puts a rule, of which no condition fails, among those that are alive or defeated."""
        turns = [part for one in rule.unless for part in (one.when, one.unless or ALWAYS)]
        fixed: dict[str, Value] = {} if act is None else {"act.kind": act}
        names = facts_of((*turns, *(one.when for one in rule.issues)), fixed)
        # By era, whether nothing is missing, and what its exceptions and readings ask, as far as they tell it apart.
        told_by: dict[tuple[Any, ...], evaluate.Rest] = {}
        ordered = self._ordered

        def alive(
            key: tuple[Any, ...],
            get: Get,
            met: tuple[Any, ...],
            missing: tuple[str, ...],
            basis: tuple[Basis, ...],
            live: list[RuleResult],
            defeated: list[RuleResult],
        ) -> None:
            told = told_by.get(key)
            if told is None:
                values = {**fixed, **{name: get(name, PRESUMED.get(name)) for name in names}}
                at = Circumstances(values, {}, self._day(key[0]), None, ())
                told = evaluate.rest(rule, at, open_=not key[1])
                if len(told_by) >= ROOM:
                    told_by.clear()
                told_by[key] = told
            status, defeat, more, readings, contested = told
            if defeat:
                defeated.append(_make(RuleResult, (rule, status, met, (), (), defeat, None, (), False, basis)))
            else:
                names_ = ordered[missing + more]
                live.append(_make(RuleResult, (rule, status, met, (), names_, None, None, readings, contested, basis)))

        return alive


# Altered catalogues, as proofs make them, mostly come to the same source: what differs stands in the tables.
@lru_cache(maxsize=256)
def _code(source: str) -> CodeType:
    return compile(source, "<law.source>", "exec")


def of(catalogue: Catalogue) -> Decisions:
    """Give a catalogue's compiled form; it goes when the catalogue goes."""
    held: Decisions | None = catalogue.__dict__.get("_decisions")
    if held is None:
        held = catalogue.__dict__.setdefault("_decisions", Decisions(catalogue))
    return held


def source(act: str | None = None, catalogue: Catalogue | None = None) -> str:
    """Give the Python source of what the rules on a kind of act say; without one, of all rules.

    Raises
    ------
    BadInput
        For a kind of act that does not exist, naming the nearest one.
    """
    if act is not None and act not in FIELDS["act.kind"].values:
        hint = nearest(act, FIELDS["act.kind"].values)
        raise BadInput(f"there is no kind of act {act!r}; {hint}", field="act.kind")
    return of(catalogue or shipped()).written(act).source


def _attributed(act: Value) -> Nested:
    """Give what proof of who acted comes to, by the two facts on it."""

    def part(values: Mapping[str, Value]) -> Part:
        return evaluate.attribution_part(Circumstances({"act.kind": act, **values}, {}, None, None, ()))

    return Nested(_ATTRIBUTION, part)


def _yielded(live: list[RuleResult], defeated: list[RuleResult]) -> tuple[list[RuleResult], list[RuleResult]]:
    """Let rules yield to those that override them."""
    settled = settling.settled(live)
    return (
        [one for one in settled if one.status != "defeated"],
        defeated + [one for one in settled if one.status == "defeated"],
    )
