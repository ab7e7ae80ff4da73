"""The law against rule engines: the same 25 rules, the same facts, CPU time on one core, as ratios within one run.

Peers: zen-engine (a decision table, Rust) for single decisions with their explanation; OpenFisca (numpy) for batches.
Both are translated by program from the catalogue, and must name the same rules as `law.determine` before anything is
timed. What is easier for the peers is left so: the phase is worked out for them beforehand, everybody is a civil
servant who acted with the own account on an established record, and facts that cannot change what is met stay away.
"""

from __future__ import annotations

import argparse
import dataclasses
import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from importlib.metadata import version
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from telusur import law
from telusur.domain.contest import PHASES
from telusur.domain.facts import Facts, Value
from telusur.domain.vocabulary import FIELDS
from telusur.law import proofs
from telusur.law.compiled import Columns, Tables, answers, columns
from telusur.law.compiled.arrays import MET, NO_CONTEST, code
from telusur.law.compiled.space import ASKED
from telusur.law.conditions import AllOf, AnyOf, Atom, Condition, values_of
from telusur.law.model import TRACKS

#: Of the shipped catalogue: what can be met without further readings, and asks no more than the facts below.
RULES: Final = (
    *(f"SKB-2022/{row}" for row in "E1 E2 E3 E4 E6 D1 D2 D4 D5 D6 D8 D9a D9b D10 D11 speaker".split()),
    *(f"PP-94-2021/{item}" for item in "5n3 5n4 5n5 5n6 5n7".split()),
    *(f"UU-7-2017/{article}" for article in "280-3 282 283".split()),
    "UU-PILKADA/71-1",
)
#: The facts that are drawn, each evenly over its values; the day evenly over those that a calendar of its contest has.
DRAWN: Final = (
    "contest.kind",
    "actor.under_order",
    "act.kind",
    "act.active_support",
    "act.symbol",
    "act.appeal",
    "act.leaning",
    "act.state_facility",
    "act.mobilised_subordinates",
    "act.official_duty",
    "act.accidental",
    "target.kind",
)
FIXED: Final[Mapping[str, Value]] = {
    "contest.round": "1",
    "actor.status": "pns",
    "actor.superior": False,
    "actor.spouse_of_contestant": False,
    "actor.unpaid_leave": False,
    "act.public": True,
    "act.attribute": "none",
    "attribution.account_control": "owner",
    "attribution.authenticity": "established",
}
#: The joint decree's first day: from here on all the rules are in force.
FIRST: Final = date(2022, 9, 22)
LAST_WITHOUT_CONTEST: Final = date(2025, 8, 31)
SEED: Final = 20_240_214
#: OpenFisca wants one for whatever it calculates; nothing depends on it.
PERIOD: Final = "2024-01"
CORE: Final = 0

Codes = NDArray[np.uint8]


def note(words: str) -> None:
    """Say how far it is, to the error channel."""
    print(f"{time.process_time():7.1f} s  {words}", file=sys.stderr, flush=True)


# The task: rules and facts.


def task() -> law.Catalogue:
    """Give the shipped catalogue with the rules of the task only, not compiled yet."""
    whole = law.catalogue()
    rules = {name: whole.rule(name) for name in RULES}
    by_act = {act: tuple(rule for rule in held if rule.id in rules) for act, held in whole.by_act.items()}
    return dataclasses.replace(whole, rules=rules, by_act=by_act)


class Draw(NamedTuple):
    """Facts as codes, one row an act.

    Parameters
    ----------
    codes
        Of each drawn fact: place of its value in the vocabulary.
    day
        Proleptic ordinal.
    phase
        Place in `PHASES`, or `NO_CONTEST`.
    """

    codes: Mapping[str, Codes]
    day: NDArray[np.int32]
    phase: Codes


def draw(n: int, seed: int, catalogue: law.Catalogue) -> Draw:
    """Draw facts, each evenly over its values, and days evenly over those that the contest's calendar covers."""
    rng = np.random.default_rng(seed)
    codes = {name: rng.integers(len(values_of(name)), size=n, dtype=np.uint8) for name in DRAWN}
    day, phase = np.empty(n, np.int32), np.empty(n, np.uint8)
    for i, kind in enumerate(FIELDS["contest.kind"].values):
        mine = np.flatnonzero(codes["contest.kind"] == i)
        phases = phases_of(kind, catalogue)
        chosen = rng.integers(len(phases), size=len(mine), dtype=np.int32)
        day[mine] = chosen + FIRST.toordinal()
        phase[mine] = phases[chosen]
    return Draw(codes, day, phase)


def phases_of(kind: str, catalogue: law.Catalogue) -> Codes:
    """Give the phase of each day from `FIRST` to the last that a calendar covers."""
    if kind == "none":
        return np.full((LAST_WITHOUT_CONTEST - FIRST).days + 1, NO_CONTEST, np.uint8)
    calendar = catalogue.calendars.find(kind, "1", FIRST)
    days = range(FIRST.toordinal(), calendar.last.toordinal() + 1)
    return np.array([PHASES.index(calendar.phase(date.fromordinal(day)).name) for day in days], np.uint8)


def facts_of(drawn: Draw) -> list[Facts]:
    """Give each row as facts, in the order of the vocabulary as reading them gives it."""
    held = [[values_of(name)[i] for i in drawn.codes[name]] for name in DRAWN]
    rows = zip(map(date.fromordinal, drawn.day.tolist()), *held, strict=True)
    places = [name for name in FIELDS if name == "date" or name in DRAWN or name in FIXED]
    made = []
    for day, *values in rows:
        stated = {"date": day, **dict(zip(DRAWN, values, strict=True)), **FIXED}
        made.append(Facts({name: stated[name] for name in places}))
    return made


def columns_of(drawn: Draw) -> Columns:
    """Give the rows as the columns that the compiled tables take."""
    n = len(drawn.day)
    codes = {
        name: drawn.codes[name] if name in drawn.codes else np.full(n, code(name, FIXED[name]), np.uint8)
        for name in ASKED
    }
    return Columns(codes, drawn.phase, drawn.day, np.zeros(n, np.int32))


# What a rule asks, flattened: the form both peers are translated from.


class Flat(NamedTuple):
    """When a rule is met: every fact is one of some values, and each alternative holds."""

    facts: Mapping[str, frozenset[str | bool]]
    either: tuple[AnyOf, ...]


def flat(rule: law.Rule) -> Flat:
    """Flatten a rule: phase, conditions, no exception, and no reading that leaves it open."""
    assert not rule.overrides
    assert str(FIXED["actor.status"]) in rule.applies_to
    assert rule.in_force.holds(FIRST)
    parts: list[Condition] = [rule.when]
    parts += [(AllOf((one.when, one.unless.negated())) if one.unless else one.when).negated() for one in rule.unless]
    parts += [issue.when.negated() for issue in rule.issues if issue.bears_on == "outcome"]
    facts: dict[str, frozenset[str | bool]] = {}
    either: list[AnyOf] = []
    if rule.phase != "always":
        facts["phase"] = frozenset(name or "none" for name in rule.phases)
    while parts:
        part = parts.pop(0)
        if isinstance(part, AllOf):
            parts = [*part.parts, *parts]
        elif isinstance(part, Atom):
            facts[part.field] = facts.get(part.field, part.allowed) & part.allowed
        elif part not in either:
            either.append(part)
    assert all(facts.values())
    return Flat(facts, tuple(either))


def asked(forms: Iterable[Flat]) -> tuple[str, ...]:
    """Give the facts that the peers need: those that can change what is met."""
    names: set[str] = set()
    for form in forms:
        names |= {*form.facts, *(atom.field for part in form.either for atom in part.atoms())}
    return tuple(name for name in ("phase", *FIELDS) if name in names)


def plain(name: str) -> str:
    """Give a fact's name without dots."""
    return name.replace(".", "_")


# zen-engine: one decision table, a row a rule; what is an alternative over several facts is a column of its own. Of its
# forms this is the fastest: written out as 83 rows with one fact a column, it took about half as long again.


def zen_words(part: Condition) -> str:
    """Write a condition in ZEN's expression language."""
    if isinstance(part, Atom):
        if values_of(part.field) == (True, False):
            return plain(part.field) if True in part.allowed else f"not {plain(part.field)}"
        rest = part.negated()
        if len(rest.expected) < len(part.expected):
            return f"not ({zen_words(rest)})"
        if len(part.expected) == 1:
            return f"{plain(part.field)} == {json.dumps(part.expected[0])}"
        return f"{plain(part.field)} in {json.dumps(list(part.expected))}"
    return "(" + (" or " if isinstance(part, AnyOf) else " and ").join(map(zen_words, part.parts)) + ")"


def zen_table(forms: Mapping[str, Flat]) -> dict[str, Any]:
    """Write the rules as a decision table that gives all rows that hold."""
    either = list(dict.fromkeys(part for form in forms.values() for part in form.either))
    names = [name for name in asked(forms.values()) if any(name in form.facts for form in forms.values())]
    inputs = [{"id": plain(name), "name": plain(name), "field": plain(name)} for name in names]
    inputs += [{"id": f"either{i}", "name": f"either{i}", "field": zen_words(part)} for i, part in enumerate(either)]
    rows = []
    for rule, form in forms.items():
        row = {"_id": rule, "rule": json.dumps(rule)}
        for name in names:
            row[plain(name)] = ", ".join(json.dumps(value) for value in sorted(form.facts.get(name, ()), key=str))
        for i, part in enumerate(either):
            row[f"either{i}"] = "true" if part in form.either else ""
        rows.append(row)
    table = {
        "hitPolicy": "collect",
        "inputs": inputs,
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": rows,
    }
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
            {
                "id": "table",
                "name": "table",
                "type": "decisionTableNode",
                "position": {"x": 1, "y": 0},
                "content": table,
            },
            {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }


def zen_decision(forms: Mapping[str, Flat]) -> Any:  # noqa: ANN401 - the peer has no types
    """Compile the table."""
    import zen  # noqa: PLC0415 - a peer, in a group of its own

    return zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(zen_table(forms))))


def zen_facts(facts: Sequence[Facts], drawn: Draw, names: Sequence[str]) -> list[dict[str, Any]]:
    """Give each row as zen takes it."""
    phases = [*PHASES, "none"]
    stated = [name for name in names if name != "phase"]
    return [
        {"phase": phases[i], **{plain(name): one.stated[name] for name in stated}}
        for one, i in zip(facts, drawn.phase, strict=True)
    ]


# OpenFisca: a boolean variable a rule, and one for each alternative that rules share.


class OpenFisca:
    """The rules as OpenFisca variables.

    Parameters
    ----------
    forms
        The rules, flattened.
    """

    def __init__(self, forms: Mapping[str, Flat]) -> None:
        from openfisca_core import entities, indexed_enums, periods, taxbenefitsystems, variables  # noqa: PLC0415

        month = periods.DateUnit.MONTH
        person = entities.SingleEntity("person", "persons", "A person", "")
        self._system = taxbenefitsystems.TaxBenefitSystem([person])
        self._names = asked(forms.values())
        self._rules = {name: f"rule_{i}" for i, name in enumerate(forms)}
        self._enums: dict[str, Any] = {}
        common = {"entity": person, "definition_period": month}

        def add(name: str, **parts: object) -> None:
            self._system.add_variable(type(name, (variables.Variable,), {**common, **parts}))

        for name in self._names:
            known = (*PHASES, "none") if name == "phase" else values_of(name)
            if known == (True, False):
                add(plain(name), value_type=bool)
                continue
            # The members of an Enum are in this order, so that its codes are those of the vocabulary.
            enum = self._enums[name] = indexed_enums.Enum(plain(name), {str(value): str(value) for value in known})
            first = next(iter(enum))
            add(plain(name), value_type=indexed_enums.Enum, possible_values=enum, default_value=first)
        shared = list(dict.fromkeys(part for form in forms.values() for part in form.either))
        either = {part: f"either_{i}" for i, part in enumerate(shared)}
        for part, name in either.items():
            add(name, value_type=bool, formula=self._formula(part))
        for rule, form in forms.items():
            add(self._rules[rule], value_type=bool, formula=self._rule(form, either))

    def _test(self, name: str, allowed: frozenset[str | bool]) -> Callable[[Any, Any], Any]:
        asked_for = plain(name)
        if name not in self._enums:
            if True in allowed:
                return lambda person, period: person(asked_for, period)
            return lambda person, period: ~person(asked_for, period)
        codes = [i for i, member in enumerate(self._enums[name]) if member.name in allowed]
        table = np.zeros(len(self._enums[name]), bool)
        table[codes] = True
        if len(codes) == 1:
            return lambda person, period: person(asked_for, period).view(np.ndarray) == codes[0]
        return lambda person, period: table[person(asked_for, period).view(np.ndarray)]

    def _part(self, part: Condition) -> Callable[[Any, Any], Any]:
        if isinstance(part, Atom):
            return self._test(part.field, part.allowed)
        inner = [self._part(one) for one in part.parts]
        join = np.logical_or if isinstance(part, AnyOf) else np.logical_and
        return lambda person, period: reduce(join, (one(person, period) for one in inner))

    def _formula(self, part: Condition) -> Callable[[Any, Any], Any]:
        inner = self._part(part)

        def formula(person: Any, period: Any) -> Any:  # noqa: ANN401 - the peer has no types
            return inner(person, period)

        return formula

    def _rule(self, form: Flat, either: Mapping[AnyOf, str]) -> Callable[[Any, Any], Any]:
        tests = [self._test(name, allowed) for name, allowed in form.facts.items()]
        others = [either[part] for part in form.either]

        def formula(person: Any, period: Any) -> Any:  # noqa: ANN401 - the peer has no types
            return reduce(
                np.logical_and,
                [*(test(person, period) for test in tests), *(person(name, period) for name in others)],
            )

        return formula

    def arrays(self, drawn: Draw) -> dict[str, Any]:
        """Give the rows as OpenFisca takes them."""
        from openfisca_core.indexed_enums import EnumArray  # noqa: PLC0415 - a peer, in a group of its own

        found: dict[str, Any] = {}
        for name in self._names:
            held = drawn.phase if name == "phase" else drawn.codes[name]
            found[plain(name)] = EnumArray(held, self._enums[name]) if name in self._enums else held == 0
        return found

    def simulation(self, arrays: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the peer has no types
        """Give a simulation with its inputs set."""
        from openfisca_core.simulations import SimulationBuilder  # noqa: PLC0415 - a peer, in a group of its own

        simulation = SimulationBuilder().build_default_simulation(self._system, len(next(iter(arrays.values()))))
        for name, held in arrays.items():
            simulation.set_input(name, PERIOD, held)
        return simulation

    def met(self, simulation: Any) -> dict[str, NDArray[np.bool_]]:  # noqa: ANN401 - the peer has no types
        """Say of each rule in which rows it is met."""
        return {rule: simulation.calculate(name, PERIOD) for rule, name in self._rules.items()}


# That all give the same, before anything is timed.


def check(catalogue: law.Catalogue, forms: Mapping[str, Flat], n: int) -> int:
    """Hold both peers, the tables and `law.determine` to the same rules met in every row; give how many rules were.

    Raises
    ------
    AssertionError
        Naming the first row that differs.
    """
    drawn = draw(n, SEED, catalogue)
    facts = facts_of(drawn)
    fisca = OpenFisca(forms)
    by_fisca = fisca.met(fisca.simulation(fisca.arrays(drawn)))
    decision = zen_decision(forms)
    inputs = zen_facts(facts, drawn, asked(forms.values()))
    brief = Tables(catalogue).brief(columns_of(drawn))
    whole = answers(tuple(catalogue.rules.values()), columns(facts, catalogue)).judged
    seen: set[str] = set()
    for i, one in enumerate(facts):
        answer = law.determine(one, catalogue=catalogue)
        expected = {result.rule.id for result in answer.met}
        found = {
            "zen-engine": {row["rule"] for row in decision.evaluate(inputs[i], {"trace": True})["result"] or ()},
            "openfisca-core": {name for name, held in by_fisca.items() if held[i]},
            "arrays": {name for name, held in whole.items() if np.broadcast_to(held.status, n)[i] == MET},
        }
        for name, rules in found.items():
            assert rules == expected, f"{name} differs in row {i}: {one.as_json()}: {rules} instead of {expected}"
        tracks = {track for track in TRACKS if brief.on(track)[i]}
        assert tracks == set(answer.tracks), f"the tables differ in row {i}: {one.as_json()}"
        seen |= expected
    assert seen == set(RULES), f"in {n} rows these were never met: {set(RULES) - seen}"
    return sum(int(held.sum()) for held in by_fisca.values())


# Measuring.


class Measured(NamedTuple):
    """One line of the table: seconds of CPU time a decision, round by round, ours and the peer's."""

    what: str
    peer: str
    ours: list[float]
    theirs: list[float]
    target: float | None = None


def clock(work: Callable[..., object], *given: object, **named: object) -> float:
    """Give the CPU seconds of some work, all threads together."""
    start = time.process_time()
    work(*given, **named)
    return time.process_time() - start


def explain(facts: Sequence[Facts], catalogue: law.Catalogue, *, every: bool) -> int:
    """Decide each and read every reason."""
    read = 0
    for one in facts:
        answer = law.determine(one, catalogue=catalogue, every=every)
        for result in answer.rule_results:
            read += len(result.met) + len(result.unmet) + len(result.missing)
    return read


def explain_read(raw: Sequence[Mapping[str, object]], catalogue: law.Catalogue) -> int:
    """Do the same from mappings as a file holds them, checked against the vocabulary."""
    return sum(explain([Facts.read(one)], catalogue, every=False) for one in raw)


def dump(facts: Sequence[Facts], catalogue: law.Catalogue, *, every: bool) -> int:
    """Decide each and write the answer as JSON."""
    return sum(
        len(json.dumps(law.determine(one, catalogue=catalogue, every=every).as_json(), ensure_ascii=False))
        for one in facts
    )


def zen_explain(decision: Any, inputs: Sequence[dict[str, Any]]) -> int:  # noqa: ANN401 - the peer has no types
    """Decide each with zen, its trace on, and take hold of the trace."""
    return sum(len(decision.evaluate(one, {"trace": True})["trace"]) for one in inputs)


def zen_dump(decision: Any, inputs: Sequence[dict[str, Any]]) -> int:  # noqa: ANN401 - the peer has no types
    """Decide each with zen, its trace on, and write the answer as JSON."""
    return sum(len(json.dumps(decision.evaluate(one, {"trace": True}), ensure_ascii=False)) for one in inputs)


def singles(forms: Mapping[str, Flat], n: int, rounds: int) -> list[Measured]:
    """Measure single decisions; each round on facts not seen before, ours and the peer's in turn."""
    catalogue, decision, names = task(), zen_decision(forms), asked(forms.values())
    with_zen = "zen-engine, trace on"
    dumped = "zen-engine, trace on, JSON dumped"
    act = Measured("rules on the same act, every reason read", with_zen, [], [], 40)
    every = Measured("every rule, every reason read", with_zen, [], [], 8)
    checked = Measured("rules on the same act, facts read and checked too", with_zen, [], [])
    act_json = Measured("rules on the same act, as_json and json.dumps", dumped, [], [])
    every_json = Measured("every rule, as_json and json.dumps", dumped, [], [])
    cold = Measured("rules on the same act, first 1,000 after building", with_zen, [], [])
    cold_every = Measured("every rule, first 1,000 after building", with_zen, [], [])
    for i in range(rounds + 1):
        drawn = draw(n, SEED + 1 + i, catalogue)
        facts = facts_of(drawn)
        few, less = facts[: n // 10], facts[: n // 4]
        raw = [one.as_json() for one in less]
        inputs = zen_facts(few, Draw(drawn.codes, drawn.day, drawn.phase[: len(few)]), names)
        # The collector is left on, for both; what the benchmark itself holds is not for it to go through.
        gc.collect()
        gc.freeze()
        first = clock(explain, facts[:1000], task(), every=False) / 1000
        first_every = clock(explain, facts[:1000], task(), every=True) / 1000
        theirs_first = clock(zen_explain, zen_decision(forms), inputs[:1000]) / 1000
        ours_act = clock(explain, facts, catalogue, every=False) / len(facts)
        theirs = clock(zen_explain, decision, inputs) / len(inputs)
        ours_every = clock(explain, less, catalogue, every=True) / len(less)
        ours_checked = clock(explain_read, raw, catalogue) / len(raw)
        ours_json = clock(dump, few, catalogue, every=False) / len(few)
        theirs_json = clock(zen_dump, decision, inputs) / len(inputs)
        ours_every_json = clock(dump, few, catalogue, every=True) / len(few)
        gc.unfreeze()
        note(f"single decisions, round {i} of {rounds}" + ("" if i else " (to warm up)"))
        if i == 0:
            continue
        for line, mine, other in (
            (act, ours_act, theirs),
            (every, ours_every, theirs),
            (checked, ours_checked, theirs),
            (act_json, ours_json, theirs_json),
            (every_json, ours_every_json, theirs_json),
            (cold, first, theirs_first),
            (cold_every, first_every, theirs_first),
        ):
            line.ours.append(mine)
            line.theirs.append(other)
    return [act, every, checked, act_json, every_json, cold, cold_every]


def batches(forms: Mapping[str, Flat], n: int, rounds: int) -> list[Measured]:
    """Measure batches without reasons; arrays are made beforehand on both sides."""
    catalogue, fisca = task(), OpenFisca(forms)
    rules = tuple(catalogue.rules.values())
    tables = Tables(catalogue)
    drawn = draw(n, SEED, catalogue)
    arrays, ours = fisca.arrays(drawn), columns_of(drawn)
    brief = Measured(f"{n:,} facts, answer and tracks (tables)", "openfisca-core, 25 rules", [], [], 1.5)
    with_input = Measured(f"{n:,} facts, the same", "openfisca-core, inputs set too", [], [])
    by_rule = Measured(f"{n:,} facts, status of each rule (arrays)", "openfisca-core, 25 rules", [], [])
    for i in range(rounds + 1):
        table = clock(tables.brief, ours) / n
        at = Columns(ours.codes, ours.phase, ours.day, ours.phase_needs)
        status = clock(answers, rules, at) / n
        start = time.process_time()
        simulation = fisca.simulation(arrays)
        setting = (time.process_time() - start) / n
        calculating = clock(fisca.met, simulation) / n
        if i == 0:
            same_tracks(tables.brief(ours), fisca.met(simulation), catalogue)
        note(f"batches, round {i} of {rounds}" + ("" if i else " (to warm up)"))
        if i == 0:
            continue
        for line, mine, other in (
            (brief, table, calculating),
            (with_input, table, setting + calculating),
            (by_rule, status, calculating),
        ):
            line.ours.append(mine)
            line.theirs.append(other)
    return [brief, with_input, by_rule]


def same_tracks(brief: Any, met: Mapping[str, NDArray[np.bool_]], catalogue: law.Catalogue) -> None:  # noqa: ANN401
    """Hold the tables to the peer in every row: the tracks on which some rule is met."""
    for track in TRACKS:
        on = [held for name, held in met.items() if catalogue.rules[name].track == track]
        expected = reduce(np.logical_or, on) if on else np.zeros(len(brief.packed), bool)
        assert np.array_equal(brief.on(track), expected), f"the tables and openfisca-core differ on {track}"


def show(lines: Iterable[Measured]) -> None:
    """Print the table; what misses its target is marked."""
    shown = Table(title="25 rules, 12 facts and the day; CPU time, one core", title_justify="left", show_edge=False)
    for name in ("measured", "peer", "ours, /s", "peer, /s", "ratio (min - max)", "target", ""):
        shown.add_column(name, justify="left" if name in ("measured", "peer", "") else "right")
    for line in lines:
        ratios = [other / mine for mine, other in zip(line.ours, line.theirs, strict=True)]
        middle = statistics.median(ratios)
        shown.add_row(
            line.what,
            line.peer,
            f"{1 / statistics.median(line.ours):,.0f}",
            f"{1 / statistics.median(line.theirs):,.0f}",
            f"{middle:.2f} ({min(ratios):.2f} - {max(ratios):.2f})",
            f"{line.target:g}" if line.target else "",
            verdict(middle >= line.target) if line.target else "",
        )
    Console(width=170).print(shown)


def verdict(reached: bool) -> str:  # noqa: FBT001 - there is nothing else to say
    """Say whether a target is reached."""
    return "reached" if reached else "BELOW TARGET"


def main() -> None:
    """Check that all agree, measure, and print one table; ends well whatever the figures are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    quick = parser.parse_args().quick
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0)) if CORE not in os.sched_getaffinity(0) else CORE})
    catalogue = task()
    forms = {name: flat(rule) for name, rule in catalogue.rules.items()}
    n = 3_000 if quick else 20_000
    met = check(catalogue, forms, n)
    note(f"all engines name the same rules in {n:,} acts ({met:,} times a rule is met)")
    lines = singles(forms, 20_000 if quick else 40_000, 3 if quick else 9)
    lines += batches(forms, 100_000 if quick else 1_000_000, 3 if quick else 9)
    show(lines)
    print(f"peers: zen-engine {version('zen-engine')}, openfisca-core {version('openfisca-core')}")
    if not quick:
        proving = clock(proofs.prove)
        print(f"rules prove, whole catalogue: {proving:.1f} s of CPU time, target 60 s: {verdict(proving < 60)}")  # noqa: PLR2004 - the target


if __name__ == "__main__":
    main()
