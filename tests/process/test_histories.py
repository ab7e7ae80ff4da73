"""Random histories by random people: no path to a sanction past a closed gate, and no stage without a way on.

Each history follows the way to a decision with steps left out, taken twice, out of order, or by the wrong person,
and mixes in forged steps, stale pages, imports, overrides and hand-overs. What is accepted is judged by
`process_oracle`, which shares no code with the gates.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from process_case import FACTS, REPORTER, RESPONDENT, RULE, Case, sha
from process_oracle import faults
from telusur import process
from telusur.domain.evidence import Grade
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.process import Ballot, Finding, Sanction

PEOPLE = ("a", "b", "c", "d", RESPONDENT, REPORTER, process.SYSTEM)
ACTS = ("A1", "A2")
SANCTIONING = {
    name: [move for move in made.moves.values() if move.sanction] for name, made in process.procedures().items()
}
FAULTS = ("leave_out", "twice", "later", "other_person", "wait")
#: What happened in all histories together, so that the tests can say that they saw something.
SEEN: Counter[str] = Counter()


def common(case: Case) -> list:
    """The steps that lead to a decision, as (kind, by, what it says) made at the time they are taken."""
    until = (case.at + timedelta(days=4)).date()
    found = [
        (process.StatusEstablished, "a", {"status": "pns", "grounds": "SK.", "rank": "pelaksana"}),
        (process.EvidenceAdded, "a", evidence("E1", 1, "authority")),
        (process.ActStated, "a", stated("A1")),
        (process.TieDeclared, "a", {"who": REPORTER, "what": "Ditanya."}),
        (process.ParticularsGiven, "a", {"acts": ("A1",)}),
        (process.EvidenceAdded, "a", evidence("E3", 3, "authority")),
        (process.Served, "a", {"what": "particulars", "how": "x", "proof": "E3", "reply_until": until}),
        (process.Served, "a", {"what": "summons", "how": "x", "proof": "E3", "reply_until": until}),
        (process.Answered, RESPONDENT, {"text": "Bukan saya."}),
        (process.LetterMade, process.SYSTEM, {"letter": "minutes", "sha256": sha(8)}),
        (process.Traced, process.SYSTEM, traced("A1")),
        (process.ControlDecided, "b", {"act": "A1", "value": "owner", "grounds": "Log."}),
        (process.AuthenticityDecided, "b", {"act": "A1", "value": "established", "grounds": "Sama."}),
    ]
    return [*found, *MOVES[case.file.procedure], *decision("D1"), *AFTER[case.file.procedure]]


def evidence(name, n, supplied_by):
    told = {"evidence": name, "sha256": sha(n), "name": name, "grade": Grade.B, "sealed": True}
    return {**told, "supplied_by": supplied_by}


def stated(act, **told):
    return {
        "act": act,
        "facts": Facts.read(FACTS),
        "on_account": True,
        "when": Moment.parse("2024-01-20T10:29+07:00"),
        "platform": "x",
        "handle": "someone",
        "url": f"https://x.com/someone/status/{act}",
        "evidence": ("E1",),
        "rule": RULE,
        "catalogue": "h",
        **told,
    }


def traced(act):
    return {"act": act, "report": sha(7), "excludes_owner": False}


def decision(draft):
    sanction = Sanction("heavy", "demotion", RULE, "ppk_central_or_province")
    told = {"draft": draft, "findings": ("A1",), "grounds": "x", "like_cases": (), "sanction": sanction}
    letter = {"letter": "decision", "sha256": sha(9), "holds": process.PARTS, "remedy_until": date(2025, 1, 1)}
    return [
        (process.Drafted, "c", told),
        (process.Approved, "d", {"draft": draft, "role": None}),
        (process.LetterMade, process.SYSTEM, letter),
    ]


def moved(*names):
    return [(process.Moved, "a", {"move": name}) for name in names]


MOVES = {
    "discipline-pp94": moved("summon", "examine", "sign_record", "form_team", "team_report"),
    "bkn-sbt": [
        *moved("to_bawaslu"),
        (process.HandedOver, "a", {"to": "bawaslu", "bundle": sha(20)}),
        (process.ReceiverAnswered, "a", {"bundle": sha(20), "accepted": True, "text": "Ya."}),
        *moved("take_result", "ask", "answered"),
    ],
    "bawaslu-general": moved("register", "invite", "without_hearing", "to_plenary"),
    "bawaslu-regional": moved("register", "invite", "without_hearing", "to_plenary"),
}
SERVED = (process.Served, "a", {"what": "decision", "how": "x", "proof": "E3"})
FORWARDED = [
    *moved("forward"),
    (process.HandedOver, "a", {"to": "bkn", "bundle": sha(21)}),
    (process.ReceiverAnswered, "a", {"bundle": sha(21), "accepted": True, "text": "Ya."}),
    *moved("taken_by_supervisor"),
]
AFTER = {
    "discipline-pp94": [*moved("decide_heavy"), SERVED, *moved("deliver"), ("wait", "", {}), *moved("put_into_effect")],
    "bkn-sbt": [
        *moved("recommend"),
        (process.HandedOver, "a", {"to": "ppk", "bundle": sha(22)}),
        (process.ReceiverAnswered, "a", {"bundle": sha(22), "accepted": True, "text": "Ya."}),
        *moved("taken_by_ppk", "warn", "announce_block", "block"),
    ],
    "bawaslu-general": FORWARDED,
    "bawaslu-regional": FORWARDED,
}

HEAVY = tuple(Sanction("heavy", kind, RULE, "ppk_central_or_province") for kind in ("demotion", "release"))
RANDOM = (
    lambda draw: (
        process.ActStated,
        stated(draw(st.sampled_from(ACTS)), evidence=draw(st.sampled_from((("E1",), ("R1",))))),
    ),
    lambda draw: (process.EvidenceAdded, evidence("R1", 5, draw(st.sampled_from(("respondent", "authority"))))),
    lambda draw: (process.ParticularsGiven, {"acts": draw(st.sampled_from((("A1",), ("A2",), ACTS)))}),
    lambda draw: (process.Answered, {"text": "Bukan.", "evidence": draw(st.sampled_from(((), ("E1",), ("E3",))))}),
    lambda draw: (process.HearingWaived, {"signed": draw(st.booleans()), "evidence": "E3"}),
    lambda draw: (process.Traced, traced(draw(st.sampled_from(ACTS)))),
    lambda draw: (
        process.ControlDecided,
        {
            "act": draw(st.sampled_from(ACTS)),
            "value": draw(st.sampled_from(("owner", "other_after_takeover", "shared_unknown"))),
            "grounds": "x",
        },
    ),
    lambda draw: (
        process.StatementSigned,
        {
            "act": draw(st.sampled_from(ACTS)),
            "admits": draw(st.booleans()),
            "document": "E3",
            "corroboration": draw(st.sampled_from(((), ("E1",), ("R1",), ("E3",), ("E4",)))),
        },
    ),
    lambda _: (process.EvidenceAdded, evidence("E4", 4, "provider")),
    lambda draw: (process.Recused, {"person": draw(st.sampled_from(PEOPLE)), "why": "x"}),
    lambda draw: (
        process.TieDeclared,
        {"who": REPORTER, "what": "x", "with_whom": draw(st.sampled_from((None, "tim lawan")))},
    ),
    lambda draw: (
        process.Overridden,
        {
            "gate": draw(st.sampled_from([one.name for one in process.gates(process.File.empty(), date(2024, 1, 1))])),
            "second": draw(st.sampled_from(PEOPLE)),
            "grounds": "x",
        },
    ),
    lambda draw: (
        process.Served,
        {
            "what": draw(st.sampled_from(("particulars", "summons", "second_summons", "decision"))),
            "how": "x",
            "proof": draw(st.sampled_from((None, "E3"))),
            "reply_until": None,
        },
    ),
    lambda draw: (
        process.Drafted,
        {
            "draft": draw(st.sampled_from(("D1", "D2", "D3"))),
            "findings": draw(st.sampled_from((("A1",), ("A1", "A2")))),
            "grounds": "x",
            "like_cases": (),
            "sanction": Sanction(
                "heavy", draw(st.sampled_from(("demotion", "release"))), RULE, "ppk_central_or_province"
            ),
        },
    ),
    lambda draw: (process.Approved, {"draft": draw(st.sampled_from(("D1", "D2", "D3"))), "role": None}),
    lambda draw: (process.Returned, {"draft": draw(st.sampled_from(("D1", "D2"))), "why": "x"}),
    lambda draw: (process.Remedy, {"remedy": draw(st.sampled_from(("objection", "appeal"))), "on": date(2024, 1, 23)}),
    lambda _: (process.RemedyDecided, {"outcome": "upheld", "on": date(2024, 1, 23), "grounds": "x"}),
    lambda _: (process.Told, {"whom": "respondent", "what": "x", "override": "consistency"}),
    lambda _: (process.SuperiorSide, {"grounds": "x"}),
)


class Histories(RuleBasedStateMachine):
    """A case, whatever people do with it."""

    @initialize(
        name=st.sampled_from((*process.procedures(), *["discipline-pp94"] * 3)),
        how=st.sampled_from(("report", "finding")),
        ordered=st.booleans(),
        so_far=st.sampled_from((0, 6, 13, 19, 21, 22, 23, 24, 25, 26, 27, 40)),
        # Nothing leads past a gate as surely as one step that nobody missed.
        missing=st.sampled_from((None, None, *range(14))),
        faults_at=st.sets(st.integers(0, 25), max_size=1),
        data=st.data(),
    )
    def begin(self, name, how, ordered, so_far, missing, faults_at, data):
        self.case = Case().opened(
            name, how, reporter=REPORTER if how == "report" else None, order="O" if ordered else None
        )
        self.script = common(self.case)
        SEEN["histories"] += 1
        for n in range(so_far):
            if self.script:
                fault = data.draw(st.sampled_from(FAULTS)) if n in faults_at else "none"
                self.next_of_the_way(data, "leave_out" if n == missing else fault)

    # -- what people do --

    @rule(data=st.data(), steps=st.integers(2, 12))
    def go_on(self, data, steps):
        """Follow the way, here and there leaving something out, doing it twice, or letting the wrong person do it."""
        for _ in range(steps):
            if self.script:
                self.next_of_the_way(data, data.draw(st.sampled_from(("none",) * 24 + FAULTS)))

    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def do_something(self, data, by):
        kind, told = data.draw(st.sampled_from(RANDOM))(data.draw)
        self.attempt(kind, by, told)

    @rule(by=st.sampled_from(PEOPLE))
    def try_every_sanction(self, by):
        for move in SANCTIONING[self.case.file.procedure]:
            self.attempt(process.Moved, by, {"move": move.id})

    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def take_some_move(self, data, by):
        ways = self.case.file.flow.out_of(self.case.file.stage)
        if ways:
            self.attempt(process.Moved, by, {"move": data.draw(st.sampled_from(ways)).id})

    @rule(data=st.data(), behind=st.integers(1, 5))
    def send_a_stale_page(self, data, behind):
        ways = self.case.file.flow.out_of(self.case.file.stage)
        if ways:
            step = self.made(process.Moved, "a", {"move": data.draw(st.sampled_from(ways)).id})
            assert process.refusals(self.case.file, replace(step, expected_version=step.expected_version - behind))

    @rule(days=st.integers(1, 90))
    def wait(self, days):
        self.case.wait(days)

    @rule(data=st.data())
    def import_a_forged_history(self, data):
        """Leave a step out of what was recorded, or put a sanction in: refused, or as justified as any other."""
        steps = list(self.case.file.steps)
        at = data.draw(st.integers(1, len(steps)))
        if data.draw(st.booleans()) and at < len(steps):
            del steps[at]
        else:
            move = data.draw(st.sampled_from(SANCTIONING["discipline-pp94"]))
            forged = self.made(process.Moved, "a", {"move": move.id}, version=at)
            steps.insert(at, replace(forged, at=steps[at - 1].at))
        self.judged(renumbered(steps))

    @precondition(lambda self: self.case.file.version > 3)
    @rule(data=st.data(), name=st.sampled_from(("discipline-pp94", "bkn-sbt")))
    def hand_over(self, data, name):
        if not data.draw(st.sampled_from((True, False, False))):
            return
        told = {
            "procedure": name,
            "how": "handed_over",
            "respondent": RESPONDENT,
            "reporter": self.case.file.reporter,
            "received_on": self.case.at.date(),
            "sender": self.case.file.procedure,
            "bundle": sha(30),
            "carried": process.carried(self.case.file),
        }
        opened = self.case.step(process.Opened, "a", **told)
        self.case.file = process.take(process.File.empty(), opened)
        self.script = [one for one in common(self.case) if one[0] is process.Moved] + decision("D8") + AFTER[name]
        SEEN["handed over"] += 1

    # -- how they do it --

    def next_of_the_way(self, data, fault):
        kind, by, told = self.script.pop(0)
        if fault in ("later", "twice") and self.script:
            self.script.insert(data.draw(st.integers(0, len(self.script))), (kind, by, told))
        if fault in ("later", "leave_out"):
            return
        if fault == "other_person":
            by = data.draw(st.sampled_from(PEOPLE))
        if fault == "wait" or kind == "wait":
            self.case.wait(60)
        if kind != "wait":
            self.attempt(kind, by, told)

    def made(self, kind, by, told, *, version=None):
        told = dict(told)
        flow = self.case.file.flow
        if kind is process.Moved:
            move = flow.moves.get(told["move"])
            told["role"] = move.roles[0] if move else "x"
            told["expected_version"] = self.case.file.version if version is None else version
            told["grounds"] = "x"
            told["ballot"] = Ballot(3, 0, 3) if move and move.ballot else None
        if kind is process.Drafted:
            told["findings"] = tuple(Finding(act, "proven") for act in told["findings"])
        if kind is process.Approved:
            told["role"] = next(role.id for role in flow.roles.values() if role.may_approve)
        return self.case.step(kind, by, **told)

    def attempt(self, kind, by, told):
        step = self.made(kind, by, told)
        before = self.case.file
        try:
            after = process.take(before, step)
        except process.Refused:
            SEEN["refused"] += 1
            return
        check(before, step)
        self.case.file = after

    def judged(self, steps):
        try:
            process.replay(steps)
        except process.Refused:
            SEEN["imports refused"] += 1
            return
        SEEN["imports taken"] += 1
        for n, step in enumerate(steps):
            if isinstance(step, process.Moved):
                check(process.read(steps[:n]), step)

    # -- what always holds --

    @invariant()
    def the_file_is_its_steps(self):
        if hasattr(self, "case") and self.case.file.version % 7 == 0:
            assert process.replay(self.case.file.steps) == self.case.file

    def teardown(self):
        if hasattr(self, "case"):
            assert can_go_on(self.case), (self.case.file.procedure, self.case.file.stage)
            SEEN[f"end {self.case.file.end}"] += 1


def renumbered(steps):
    return [
        replace(step, expected_version=n) if isinstance(step, process.Moved) else step for n, step in enumerate(steps)
    ]


def check(before, step):
    """Judge an accepted step by the oracle."""
    if not isinstance(step, process.Moved):
        return
    move = before.flow.move(step.move)
    if not move.sanction:
        return
    SEEN["sanctioning moves taken"] += 1
    assert faults(before.steps, step.recorded_on) == [], step
    assert step.by not in (before.respondent, before.reporter, process.SYSTEM)
    shut = {one.name for one in process.gates(before, step.recorded_on) if not one.open}
    assert not shut & {"tracing", "heard", "independence"}


def can_go_on(case: Case) -> bool:
    """Whether two people who were not there before can lead the file on, without any sanction."""
    if case.file.final:
        return True
    case.wait(1)
    ways = [move for move in case.file.flow.out_of(case.file.stage) if not move.sanction]
    return any(leads_on(Case(case.file, case.at), move) for move in ways)


def again(step):
    """Give what a step decided, for another person to decide it again."""
    return {"act": step.act, "value": step.value, "grounds": "x"}


def leads_on(case: Case, move) -> bool:
    fresh, other = "fresh-1", "fresh-2"
    steps = [(process.SuperiorSide, fresh, {"grounds": "x"})]
    if case.file.status is None:
        steps.append((process.StatusEstablished, fresh, {"status": "pns", "grounds": "x", "rank": "pelaksana"}))
    if case.file.reporter:
        steps.append((process.TieDeclared, fresh, {"who": case.file.reporter, "what": "x"}))
    steps += [(type(one.step), fresh, again(one.step)) for one in case.file.control.values()]
    steps += [(type(one.step), fresh, again(one.step)) for one in case.file.authenticity.values()]
    result = (
        "stopped" if move.end is None else {"cleared": "cleared", "not_proven": "not_proven"}.get(move.end, "stopped")
    )
    findings = tuple(Finding(act, result) for act in case.file.acts)
    draft = f"way-out-{case.file.version}"
    steps.append((process.Drafted, fresh, {"draft": draft, "findings": findings, "grounds": "x"}))
    role = next(role.id for role in case.file.flow.roles.values() if role.may_approve)
    steps.append((process.Approved, other, {"draft": draft, "role": role}))
    for kind, by, told in steps:
        case.take(kind, by, **told)
    told = {"move": move.id, "role": move.roles[0], "expected_version": case.file.version, "grounds": "x"}
    step = case.step(process.Moved, fresh, **told, ballot=Ballot(3, 0, 3) if move.ballot else None)
    return not process.refusals(case.file, step)


def run(histories: int) -> None:
    SEEN.clear()
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=histories,
            stateful_step_count=25,
            deadline=None,
            # A shorter history would take minutes to find; the one that failed is told step by step.
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
            derandomize=bool(os.environ.get("CI")),
        ),
    )
    print(dict(SEEN))
    assert SEEN["histories"] >= histories
    assert SEEN["sanctioning moves taken"] > histories / 20
    assert SEEN["imports refused"] > histories / 20
    assert SEEN["handed over"] > histories / 20


@pytest.mark.usefixtures("confirmed")
def test_no_history_leads_past_a_closed_gate_and_every_stage_can_be_left():
    run(300)


@pytest.mark.long
@pytest.mark.usefixtures("confirmed")
def test_ten_thousand_histories():
    run(10_000)
