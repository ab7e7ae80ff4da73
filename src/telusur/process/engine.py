"""The way into a file: a step is taken if nothing is said against it, and refused whole otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from telusur.domain.text import Text
from telusur.process import steps as s
from telusur.process.contents import CARRIED, contents
from telusur.process.deciding import deciding
from telusur.process.file import File
from telusur.process.fold import added
from telusur.process.gates import gate_of
from telusur.process.gates.purpose import turned_against
from telusur.process.moving import moving, on_the_way
from telusur.process.objection import Objection, Person, Refused
from telusur.process.parties import may_act, parties
from telusur.process.procedure import Move

#: What may still be recorded once a file has ended: what follows from the end, and what was said of it.
_AFTER_THE_END: Final = (
    *(s.Served, s.LetterMade, s.Told, s.HandedOver, s.ReceiverAnswered, s.Remedy, s.RemedyDecided),
    *(s.SuperiorSide, s.EvidenceAdded, s.PreservationAsked, s.Recused, s.TieDeclared, s.Noted),
)


@dataclass(frozen=True, slots=True)
class Option:
    """A move out of the present stage, for one person.

    Parameters
    ----------
    allowed
        Nothing stands in its way but what its form asks for (grounds, a vote).
    reasons
        What stands in its way.
    """

    move: Move
    allowed: bool
    reasons: tuple[Text, ...] = ()


def take(file: File, step: s.Step) -> File:
    """Give the file with a step added.

    Parameters
    ----------
    file
        The file; it stays as it is.
    step
        The step.

    Raises
    ------
    Refused
        With every reason; the first closed gate is named.
    """
    found = tuple(_objections(file, step))
    if found:
        reasons = tuple(dict.fromkeys(one.says for one in found))
        raise Refused(reasons, next((one.gate for one in found if one.gate), None))
    return added(file, step)


def refusals(file: File, step: s.Step) -> tuple[Text, ...]:
    """Say why a step would be refused; empty if `take` would take it."""
    return tuple(dict.fromkeys(one.says for one in _objections(file, step)))


def replay(steps: Iterable[s.Step]) -> File:
    """Give the file of steps that were recorded elsewhere, each checked as if it were taken now.

    Raises
    ------
    Refused
        Naming the step by its number, from 1.
    """
    file = File.empty()
    for number, step in enumerate(steps, 1):
        try:
            file = take(file, step)
        except Refused as refused:
            kind = type(step).__name__
            place = Text(f"Langkah {number} ({kind}) ditolak.", f"Step {number} ({kind}) is refused.")
            raise Refused((place, *refused.reasons), refused.gate) from None
    return file


def read(steps: Iterable[s.Step]) -> File:
    """Give the file of steps that this office took itself and kept: they were checked when they were taken.

    What was rightly taken stays readable when a rule or a calendar changes later. For steps from elsewhere there is
    `replay`; and whatever was read, the next step is checked against all of it.
    """
    file = File.empty()
    for step in steps:
        file = added(file, step)
    return file


def moves(file: File, person: Person, today: date | datetime | None = None) -> tuple[Option, ...]:
    """Give every move out of the present stage, and what stands in its way for a person.

    Parameters
    ----------
    file
        The file; one that is not opened has none.
    person
        Who asks.
    today
        The day or time at which it would be taken; the day of the last step if left out.
    """
    if file.opened is None:
        return ()
    assert file.last is not None
    day = s.day_of(today) if today else file.last.recorded_on
    return tuple(_option(file, move, person, day) for move in file.flow.out_of(file.place.id))


def carried(file: File) -> tuple[s.Step, ...]:
    """Give the steps of a file that hold beyond the body that took them: `Opened.carried` of the receiver's file."""
    found: list[s.Step] = []
    for one in file.steps:
        found += one.carried if isinstance(one, s.Opened) else [one] if isinstance(one, CARRIED) else []
    return tuple(one for one in found if not (isinstance(one, s.Served) and one.what in ("decision", "clearing")))


def _option(file: File, move: Move, person: Person, today: date) -> Option:
    mine = [role for role in move.roles if role in person.roles]
    found = [*may_act(file, person.id, s.Moved), *on_the_way(file, move, today)]
    reasons = tuple(dict.fromkeys(one.says for one in found))
    if not mine:
        roles = [file.flow.roles[one].title for one in move.roles]
        who = Text(
            f"Langkah ini diambil oleh {', '.join(one.id for one in roles)}.",
            f"This move is taken by {', '.join(one.en for one in roles)}.",
        )
        reasons = (who, *reasons)
    return Option(move, not reasons, reasons)


def _objections(file: File, step: s.Step) -> Iterator[Objection]:
    if file.opened is None and not isinstance(step, s.Opened):
        yield _no("Berkas belum dibuka.", "The file is not opened yet.")
        return
    if file.last is not None and step.at < file.last.at:
        yield _no(
            "Langkah dicatat dengan waktu sebelum langkah terakhir; catat dengan waktu sekarang.",
            "The step is dated before the last one; record it with the time at which you record it.",
        )
    yield from parties(file, step)
    if file.final and not isinstance(step, (*_AFTER_THE_END, s.Moved)):
        yield _no(
            "Berkas ini sudah berakhir; yang baru memerlukan berkas baru.",
            "This file has come to an end; what is new needs a new file.",
        )
    before = tuple(contents(file, step))
    yield from before
    if before:
        return
    yield from deciding(file, step)
    if isinstance(step, s.Opened):
        yield from _carried(file, step)
    elif isinstance(step, s.ActStated):
        yield from _purpose(file, step)
    elif isinstance(step, s.Served) and step.what in ("summons", "second_summons"):
        for reason in gate_of("particulars", file, step.recorded_on).reasons:
            yield Objection(reason, "particulars")
    elif isinstance(step, s.Moved):
        yield from moving(file, step)


def _purpose(file: File, step: s.ActStated) -> Iterator[Objection]:
    after = added(file, step)
    if turned_against(after, after.acts[step.act]):
        for reason in gate_of("purpose", after, step.recorded_on).reasons:
            yield Objection(reason, "purpose")


def _carried(file: File, step: s.Opened) -> Iterator[Objection]:
    """Check what another body hands over as if each step were taken now."""
    received = replace(added(file, replace(step, carried=())), last=None)
    for number, one in enumerate(step.carried, 1):
        found = tuple(_objections(received, one))
        if found or one.at > step.at:
            words = Text(f"Langkah bawaan {number} ditolak.", f"Carried step {number} is refused.")
            yield Objection(words, next((each.gate for each in found if each.gate), None))
            yield from found
            return
        received = added(received, one)


def _no(in_indonesian: str, in_english: str) -> Objection:
    return Objection(Text(in_indonesian, in_english))
