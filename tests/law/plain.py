"""The answer of the rules put together plainly, rule by rule, for comparison with the compiled form."""

from __future__ import annotations

from telusur import law
from telusur.law.evaluate import Circumstances, applies, conduct, in_force, result
from telusur.law.model import LEVELS

RANK = ("met", "undecided", "defeated", "not_met")


def circumstances(facts, catalogue, known_on):
    day, kind = facts.value("date"), facts.value("contest.kind")
    round_ = facts.stated.get("contest.round", "1")
    if kind == "none":
        return Circumstances.of(facts, None, ())
    asked = {"date": day, "contest.kind": kind, "contest.round": round_}
    needs = tuple(name for name, value in asked.items() if value is None)
    if needs:
        return Circumstances.of(facts, None, needs)
    calendar = catalogue.calendars.find(kind, round_, day, known_on)
    return Circumstances.of(facts, calendar.phase(day, facts.value("contest.region"), known_on), ())


def settled(found):
    """Let rules yield, by their statuses alone."""
    status = {rule: one.status for rule, one in found.items()}
    while True:
        before = dict(status)
        for winner in found.values():
            for over in winner.rule.overrides:
                if over.rule not in status or status[over.rule] not in ("met", "undecided"):
                    continue
                if status[winner.rule.id] == "met":
                    status[over.rule] = "defeated"
                elif status[winner.rule.id] == "undecided":
                    status[over.rule] = "undecided"
        if status == before:
            return status


def plainly(facts, known_on=None, catalogue=None, *, every=False):
    """Give outcome, phase, status of each rule told, and the reasons of each, in order."""
    held = catalogue or law.catalogue()
    at = circumstances(facts, held, known_on)
    kind = at.values.get("act.kind")
    rules = list(held.rules.values()) if kind is None else list(held.by_act[kind])
    known = [one for one in held.rules.values() if known_on is None or one.known_from <= known_on]
    asked = [one for one in rules if one in known and in_force(one, at) is not False and applies(one, at) is not False]
    found = {one.id: result(one, at) for one in asked}
    status = settled(found)
    if kind is None:
        found = {name: one for name, one in found.items() if status[name] != "not_met"}
    gravest = {}
    for name, one in found.items():
        if status[name] == "met":
            gravest[one.rule.track] = max(gravest.get(one.rule.track, -1), LEVELS.index(one.rule.level))
    relevant = any(
        status[name] == "undecided" and LEVELS.index(one.rule.level) > gravest.get(one.rule.track, -1)
        for name, one in found.items()
    )
    outcome = "meets_rule" if gravest else "insufficient_facts" if relevant else "meets_no_rule"
    rest = [one for one in rules if one not in asked and conduct(one, at) is not False]
    if outcome == "meets_no_rule" and rest:
        outcome = "out_of_scope"
        for one in rest:
            if one in known and one.derived_from is None and in_force(one, at) is not False:
                found[one.id] = result(one, at)
    if every:
        for one in known:
            if one not in asked or kind is None:
                found.setdefault(one.id, result(one, at))
    told = [(status.get(name, "not_met"), one) for name, one in found.items()]
    told.sort(key=lambda pair: (RANK.index(pair[0]), -LEVELS.index(pair[1].rule.level), pair[1].rule.id))
    return outcome, at.phase, [(one.rule.id, held, one) for held, one in told]
