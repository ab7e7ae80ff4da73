"""Steps in words, for the timeline of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch

from telusur import process
from telusur.domain.text import Text


@dataclass(frozen=True, slots=True)
class Told:
    """A step as the timeline shows it.

    Parameters
    ----------
    number
        Its place in the file.
    who
        What the person is called; the role where the person has no login.
    grounds
        What was written down with it.
    """

    number: int
    at: datetime
    who: str
    what: Text
    grounds: str | None = None


_NOBODY = Text("program", "program")


def told(number: int, step: process.Step, file: process.File, people: dict[str, str]) -> Told:
    """Say what a step was."""
    grounds = next((str(found) for name in ("grounds", "why", "text") if (found := getattr(step, name, None))), None)
    return Told(number, step.at, people.get(step.by, _outside(step.by)), said(step, file), grounds)


def _outside(by: str) -> str:
    if by == process.SYSTEM:
        return _NOBODY.id
    return {"r": "terlapor", "p": "pelapor"}.get(by[:1], by)


@singledispatch
def said(step: object, file: process.File) -> Text:
    """Say in a few words what a step is; the kinds register theirs below."""
    raise NotImplementedError(type(step).__name__)


@said.register
def _(step: process.Opened, file: process.File) -> Text:
    how = {
        "report": Text("laporan", "report"),
        "finding": Text("temuan", "finding"),
        "lead": Text("informasi awal", "lead"),
        "handed_over": Text("pelimpahan", "hand-over"),
    }[step.how]
    title = file.flow.title
    return Text(f"Berkas dibuka dari {how.id}: {title.id}", f"File opened from a {how.en}: {title.en}")


@said.register
def _(step: process.Moved, file: process.File) -> Text:
    return process.procedure(_procedure_at(step, file)).move(step.move).title


def _procedure_at(step: process.Moved, file: process.File) -> str:
    del step
    assert file.procedure is not None
    return file.procedure
