"""How a step changes a file: one function a kind, without asking whether the step may be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import singledispatch
from typing import Any, TypeVar

from telusur.process import steps as s
from telusur.process.file import ActOnFile, Draft, Entry, File, HandOver, Passage
from telusur.process.gates.tracing import tracing

S = TypeVar("S", bound=s.Recorded)


def added(file: File, step: s.Step) -> File:
    """Give the file with a step added; whether it may be taken is for `engine.take` to ask."""
    return replace(_next(file, step), steps=(*file.steps, step))


def _next(file: File, step: s.Recorded) -> File:
    return _folded(step, replace(file, count=file.count + 1, last=step))


@singledispatch
def _folded(step: s.Recorded, file: File) -> File:
    # A note changes nothing.
    del step
    return file


@_folded.register
def _(step: s.Opened, file: File) -> File:
    file = replace(file, opened=step, procedure=step.procedure, entered_n=file.count)
    stage = file.flow.opening(step.how).stage
    file = replace(file, stage=stage, trail=(Passage(stage, step),))
    for one in step.carried:
        file = _next(file, one)
    return replace(file, last=step)


@_folded.register
def _(step: s.StatusEstablished, file: File) -> File:
    return replace(file, status=_entry(file, step))


@_folded.register
def _(step: s.ActStated, file: File) -> File:
    before = file.acts.get(step.act)
    same = before is not None and _core(before.stated) == _core(step)
    act = ActOnFile(step, file.count, before.new_since if before and same else file.count)
    return replace(file, acts={**file.acts, step.act: act})


@_folded.register
def _(step: s.EvidenceAdded, file: File) -> File:
    return replace(file, evidence={**file.evidence, step.evidence: _entry(file, step)})


@_folded.register
def _(step: s.PreservationAsked, file: File) -> File:
    return replace(file, preserved=(*file.preserved, _entry(file, step)))


@_folded.register
def _(step: s.Moved, file: File) -> File:
    move = file.flow.move(step.move)
    return replace(
        file,
        stage=move.to,
        trail=(*file.trail, Passage(move.to, step)),
        entered_n=file.count,
        end=move.end or file.end,
        decided=file.draft.step.draft if move.second and file.draft else file.decided,
        handed_on=file.handed_on | _who_hands_on(file, step) if move.to_next_person else file.handed_on,
    )


@_folded.register
def _(step: s.Served, file: File) -> File:
    return replace(file, served=(*file.served, _entry(file, step)))


@_folded.register
def _(step: s.ParticularsGiven, file: File) -> File:
    return replace(file, particulars=(*file.particulars, _entry(file, step)))


@_folded.register
def _(step: s.Answered, file: File) -> File:
    return replace(file, answers=(*file.answers, _entry(file, step)))


@_folded.register
def _(step: s.HearingWaived, file: File) -> File:
    return replace(file, waivers=(*file.waivers, _entry(file, step)))


@_folded.register
def _(step: s.Extended, file: File) -> File:
    return replace(file, extensions=(*file.extensions, _entry(file, step)))


@_folded.register
def _(step: s.Traced, file: File) -> File:
    return replace(file, tracings=_with(file.tracings, step.act, _entry(file, step)))


@_folded.register
def _(step: s.ControlDecided, file: File) -> File:
    return replace(file, control=_with(file.control, step.act, _entry(file, step)))


@_folded.register
def _(step: s.AuthenticityDecided, file: File) -> File:
    return replace(file, authenticity=_with(file.authenticity, step.act, _entry(file, step)))


@_folded.register
def _(step: s.StatementSigned, file: File) -> File:
    return replace(file, statements=(*file.statements, _entry(file, step)))


@_folded.register
def _(step: s.Recused, file: File) -> File:
    return replace(file, recused=_with(file.recused, step.person, _entry(file, step)))


@_folded.register
def _(step: s.TieDeclared, file: File) -> File:
    return replace(file, ties=(*file.ties, _entry(file, step)))


@_folded.register
def _(step: s.Drafted, file: File) -> File:
    return replace(file, drafts=_with(file.drafts, step.draft, Draft(file.count, step)))


@_folded.register
def _(step: s.Approved, file: File) -> File:
    draft = replace(file.drafts[step.draft], approved=_entry(file, step))
    return replace(file, drafts=_with(file.drafts, step.draft, draft))


@_folded.register
def _(step: s.Returned, file: File) -> File:
    draft = replace(file.drafts[step.draft], returned=_entry(file, step))
    return replace(file, drafts=_with(file.drafts, step.draft, draft))


@_folded.register
def _(step: s.Overridden, file: File) -> File:
    return replace(file, overrides=(*file.overrides, _entry(file, step)))


@_folded.register
def _(step: s.LetterMade, file: File) -> File:
    return replace(file, letters=(*file.letters, _entry(file, step)))


@_folded.register
def _(step: s.HandedOver, file: File) -> File:
    closed = not tracing(file, step.recorded_on).open
    return replace(file, handovers=(*file.handovers, HandOver(file.count, step, untraced=closed)))


@_folded.register
def _(step: s.ReceiverAnswered, file: File) -> File:
    answer = _entry(file, step)
    handovers = [replace(one, answer=answer) if one.step.bundle == step.bundle else one for one in file.handovers]
    return replace(file, handovers=tuple(handovers))


@_folded.register
def _(step: s.Told, file: File) -> File:
    return replace(file, told=(*file.told, _entry(file, step)))


@_folded.register
def _(step: s.Remedy, file: File) -> File:
    return replace(file, remedies=(*file.remedies, _entry(file, step)))


@_folded.register
def _(step: s.RemedyDecided, file: File) -> File:
    return replace(file, remedies_decided=(*file.remedies_decided, _entry(file, step)))


@_folded.register
def _(step: s.SuperiorSide, file: File) -> File:
    return replace(file, superior=step)


def _who_hands_on(file: File, step: s.Moved) -> frozenset[str]:
    # Where somebody is recused at this stage, another person writes it down and stays.
    recused = any(one.n > file.entered_n for one in file.recused.values())
    return frozenset() if recused else frozenset({step.by})


def _entry(file: File, step: S) -> Entry[S]:
    return Entry(file.count, step, file.stage)


V = TypeVar("V")


def _with(held: Mapping[str, V], key: str, value: V) -> dict[str, V]:
    return {**held, key: value}


def _core(act: s.ActStated) -> tuple[Any, ...]:
    """Give what makes an act this one and no other: a correction of any of it makes another act."""
    return (act.when, act.platform, act.handle, act.url, act.on_account, act.facts.value("act.kind"))
