"""A case file: what all steps so far come to.

`engine.take` is the way in; nothing here changes anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Self, TypeVar

from telusur.domain.facts import Facts
from telusur.process import steps as s
from telusur.process.procedure import Procedure, Stage, procedure
from telusur.process.procedure_model import End, GateName

S_co = TypeVar("S_co", bound=s.Recorded, covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[S_co]):
    """A step with its place in the file.

    Parameters
    ----------
    n
        Its place, from 1; steps that were carried over count one by one.
    stage
        The stage in which it was taken.
    """

    n: int
    step: S_co
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class ActOnFile:
    """An alleged act as it stands.

    Parameters
    ----------
    stated
        Its last statement.
    new_since
        Place of the step since which it is this act: a correction of its time, kind or place makes it another.
    """

    stated: s.ActStated
    n: int
    new_since: int

    @property
    def id(self) -> str:
        """What the file calls it."""
        return self.stated.act


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted decision with what became of it."""

    n: int
    step: s.Drafted
    approved: Entry[s.Approved] | None = None
    returned: Entry[s.Returned] | None = None

    @property
    def proven(self) -> frozenset[str]:
        """The acts that it finds proven."""
        return frozenset(one.act for one in self.step.findings if one.result == "proven")


@dataclass(frozen=True, slots=True)
class HandOver:
    """A hand-over with its answer.

    Parameters
    ----------
    n
        Its place in the file.
    untraced
        Who controlled the account had not been traced: that travels with it.
    """

    n: int
    step: s.HandedOver
    untraced: bool
    answer: Entry[s.ReceiverAnswered] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stage that the file was in, and the step that led into it."""

    stage: str
    step: s.Opened | s.Moved

    @property
    def entered(self) -> datetime:
        """When it was entered."""
        return self.step.at

    @property
    def day(self) -> date:
        """The day on which it was entered."""
        return self.step.recorded_on

    @property
    def move(self) -> str | None:
        """The move that led into it; ``None`` for the first."""
        return self.step.move if isinstance(self.step, s.Moved) else None


@dataclass(frozen=True, slots=True)
class File:
    """A case file.

    Parameters
    ----------
    steps
        All steps, in order.
    count
        How many there were, those carried over included.
    procedure, stage
        Ids; ``None`` before it is opened.
    trail
        The stages so far; the last is the present one.
    acts, evidence, tracings, control, authenticity
        As they now stand, by id of the act or the evidence.
    drafts
        By id; the last one is the standing one.
    decided
        The draft that the last move with a second person carried out; only it can be put into effect.
    handed_on
        Who handed the case to the next person, and has no more part in it.
    end
        How it ended.
    entered_n
        Place of the step that led into the present stage.
    last
        The last step that was added, whether taken here or carried over.
    """

    steps: tuple[s.Step, ...] = ()
    count: int = 0
    opened: s.Opened | None = None
    procedure: str | None = None
    stage: str | None = None
    trail: tuple[Passage, ...] = ()
    status: Entry[s.StatusEstablished] | None = None
    acts: Mapping[str, ActOnFile] = field(default_factory=dict)
    evidence: Mapping[str, Entry[s.EvidenceAdded]] = field(default_factory=dict)
    preserved: tuple[Entry[s.PreservationAsked], ...] = ()
    served: tuple[Entry[s.Served], ...] = ()
    particulars: tuple[Entry[s.ParticularsGiven], ...] = ()
    answers: tuple[Entry[s.Answered], ...] = ()
    waivers: tuple[Entry[s.HearingWaived], ...] = ()
    extensions: tuple[Entry[s.Extended], ...] = ()
    tracings: Mapping[str, Entry[s.Traced]] = field(default_factory=dict)
    control: Mapping[str, Entry[s.ControlDecided]] = field(default_factory=dict)
    authenticity: Mapping[str, Entry[s.AuthenticityDecided]] = field(default_factory=dict)
    statements: tuple[Entry[s.StatementSigned], ...] = ()
    recused: Mapping[str, Entry[s.Recused]] = field(default_factory=dict)
    ties: tuple[Entry[s.TieDeclared], ...] = ()
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    overrides: tuple[Entry[s.Overridden], ...] = ()
    letters: tuple[Entry[s.LetterMade], ...] = ()
    handovers: tuple[HandOver, ...] = ()
    told: tuple[Entry[s.Told], ...] = ()
    remedies: tuple[Entry[s.Remedy], ...] = ()
    remedies_decided: tuple[Entry[s.RemedyDecided], ...] = ()
    superior: s.SuperiorSide | None = None
    decided: str | None = None
    handed_on: frozenset[str] = frozenset()
    end: End | None = None
    entered_n: int = 0
    last: s.Recorded | None = None

    @classmethod
    def empty(cls) -> Self:
        """Give a file without a step."""
        return cls()

    @property
    def version(self) -> int:
        """How many steps it has: what a form saw, and what `Moved.expected_version` names."""
        return len(self.steps)

    @property
    def respondent(self) -> str | None:
        """Opaque id of whom it is about."""
        return self.opened.respondent if self.opened else None

    @property
    def reporter(self) -> str | None:
        """Opaque id of who reported it."""
        return self.opened.reporter if self.opened else None

    @property
    def incident(self) -> str | None:
        """The event it belongs to."""
        return self.opened.incident if self.opened else None

    @property
    def flow(self) -> Procedure:
        """The procedure that it follows; only once it is opened."""
        assert self.procedure is not None
        return procedure(self.procedure)

    @property
    def place(self) -> Stage:
        """The present stage; only once it is opened."""
        assert self.stage is not None
        return self.flow.stage(self.stage)

    @property
    def final(self) -> bool:
        """Whether it has come to an end."""
        return self.opened is not None and self.place.final

    @property
    def draft(self) -> Draft | None:
        """The standing draft: the last one, unless it was sent back."""
        last = next(reversed(tuple(self.drafts.values())), None)
        return None if last is None or last.returned else last

    @property
    def ordered(self) -> bool:
        """Whether the respondent acted under somebody's order, as far as is known."""
        role = self.opened.order_role if self.opened else None
        return role == "ordered" or any(
            act.stated.facts.value("actor.under_order") is True for act in self.acts.values()
        )

    def facts(self, act: str) -> Facts:
        """Give the facts of an act with status, control and authenticity as they were established."""
        held = self.acts[act].stated
        changes: dict[str, Any] = {}
        if self.status:
            changes["actor.status"] = self.status.step.status
        if not held.on_account:
            changes["attribution.account_control"] = "not_an_account_act"
        elif act in self.control:
            changes["attribution.account_control"] = self.control[act].step.value
        if act in self.authenticity:
            changes["attribution.authenticity"] = self.authenticity[act].step.value
        if held.when and "date" not in held.facts.stated:
            changes["date"] = held.when.day
        return held.facts.updated(changes)

    def supplied_by_respondent(self, evidence: str) -> Entry[s.EvidenceAdded] | None:
        """Give the first time that the respondent handed in what an item holds: the same bytes are the same thing."""
        held = self.evidence.get(evidence)
        if held is None:
            return None
        same = (
            one
            for one in self.evidence.values()
            if one.step.supplied_by == "respondent" and one.step.sha256 == held.step.sha256
        )
        return min(same, key=lambda one: one.n, default=None)

    def is_sealed(self, evidence: str) -> bool:
        """Whether an item of evidence is here and sealed."""
        held = self.evidence.get(evidence)
        return held is not None and held.step.sealed

    @property
    def told_bodies(self) -> tuple[str, ...]:
        """Everybody but the parties who was told of the case: each is told how it ended."""
        bodies = [one.step.to for one in self.handovers]
        bodies += [one.step.to for one in self.preserved]
        bodies += [one.step.whom for one in self.told]
        parties = {"respondent", "reporter", self.respondent, self.reporter}
        return tuple(dict.fromkeys(one for one in bodies if one not in parties))

    @property
    def informed_at(self) -> int | None:
        """Place of the step by which particulars of all acts, as they now stand, had been given; ``None``: not yet."""
        places = []
        for act in self.acts.values():
            given = [one.n for one in self.particulars if act.id in one.step.acts and one.n > act.n]
            if not given:
                return None
            places.append(given[-1])
        return max(places, default=None)

    @property
    def reply_until(self) -> date | None:
        """Last day to answer, as served or extended."""
        days = [one.step.reply_until for one in self.served if one.step.reply_until]
        days += [one.step.until for one in self.extensions if one.step.term == "reply"]
        return max(days, default=None)

    def override(self, gate: GateName) -> s.Overridden | None:
        """Give the override of a gate that holds in the present stage."""
        last = None
        for one in self.overrides:
            if one.step.gate == gate and one.stage == self.stage and one.n > self.entered_n:
                last = one.step
        return last

    @property
    def untold(self) -> tuple[s.Overridden, ...]:
        """The overrides that the respondent was not told of."""
        return tuple(
            one.step
            for one in self.overrides
            if not any(
                told.n > one.n and told.step.override == one.step.gate and told.step.whom == "respondent"
                for told in self.told
            )
        )
