"""How long evidence is kept once a case has come to a stage: data, with sources, that an office replaces by its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

import pydantic
import yaml
from pydantic import ConfigDict, Field

from telusur.domain.errors import BadInput, nearest
from telusur.domain.evidence import SourceKind
from telusur.domain.text import Text

Status = Literal["official", "reported", "assumed"]
#: An office's own schedule lies under this name in the folder of its store.
OWN: Final = "retention.yaml"
_LARGEST: Final = 1_000_000


class _Strict(pydantic.BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Words(_Strict):
    id: str
    en: str

    def text(self) -> Text:
        return Text(self.id, self.en)


class _Source(_Strict):
    id: str
    instrument: str
    article: str
    status: Status
    says: _Words
    url: str | None = None


class _Period(_Strict):
    kinds: list[str] = []
    days: Annotated[int, Field(ge=1, le=36500)] | None
    status: Status
    sources: list[str]


class _Stage(_Strict):
    id: str
    title: _Words
    note: _Words | None = None
    periods: Annotated[list[_Period], Field(min_length=1)]


class _File(_Strict):
    schema_: Annotated[Literal["telusur.retention/1"], Field(alias="schema")]
    sources: list[_Source]
    stages: list[_Stage]


@dataclass(frozen=True, slots=True)
class Duty:
    """What obliges to keep or to erase.

    Parameters
    ----------
    id
        Its name in the file.
    instrument, article
        Where it stands.
    status
        Whether it was checked, reported or assumed.
    says
        What it says, in short.
    url
        Where it was read.
    """

    id: str
    instrument: str
    article: str
    status: Status
    says: Text
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """How long evidence of some kinds is kept at one stage.

    Parameters
    ----------
    kinds
        Which kinds; none means all that no earlier line names.
    days
        Calendar days from the day of the stage; ``None`` is until somebody decides otherwise.
    status
        Of the figure itself.
    duties
        What it serves.
    """

    kinds: tuple[str, ...]
    days: int | None
    status: Status
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """What a case has come to, as far as keeping its evidence depends on it."""

    id: str
    title: Text
    periods: tuple[Period, ...]
    note: Text | None = None

    def period(self, kind: str | None) -> Period:
        """Give the line that evidence of a kind falls under."""
        return next(one for one in self.periods if not one.kinds or kind in one.kinds)

    def until(self, kind: str | None, since: date) -> date | None:
        """Give the day from which evidence of a kind is to be erased; ``None`` while it is to be kept.

        Parameters
        ----------
        kind
            What the case says it is.
        since
            The day on which the case came to this stage.
        """
        days = self.period(kind).days
        return None if days is None else since + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Schedule:
    """All stages and their periods."""

    stages: tuple[Stage, ...]

    def stage(self, name: str) -> Stage:
        """Give one stage.

        Raises
        ------
        BadInput
            If there is none of this name.
        """
        for one in self.stages:
            if one.id == name:
                return one
        raise BadInput(f"{name!r} is no stage of the schedule; {nearest(name, [one.id for one in self.stages])}")


@cache
def shipped() -> Schedule:
    """Give the schedule that comes with Telusur."""
    return parse(resources.files(__package__).joinpath(OWN).read_text("utf-8"), OWN)


def schedule(folder: Path) -> Schedule:
    """Give the schedule of a store: the office's own, or the one that is shipped.

    Raises
    ------
    BadInput
        If the office's own cannot be read; the shipped one never takes its place silently.
    """
    own = folder / OWN
    if not own.exists():
        return shipped()
    if not own.is_file() or own.stat().st_size > _LARGEST:
        raise BadInput("is no schedule of retention; put a plain file here", where=str(own))
    try:
        return parse(own.read_text("utf-8"), str(own))
    except UnicodeDecodeError:
        raise BadInput("this file is not UTF-8; save it as UTF-8", where=str(own)) from None


def parse(written: str, where: str) -> Schedule:
    """Read a schedule.

    Parameters
    ----------
    written
        YAML.
    where
        The file's name, for messages.

    Raises
    ------
    BadInput
        If it is no schedule; the first fault is named.
    """
    try:
        read = _File.model_validate(yaml.safe_load(written))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadInput(
            f"is no YAML ({getattr(error, 'problem', None) or error})",
            where=where,
            line=mark.line + 1 if mark else None,
        ) from None
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        raise BadInput(first["msg"], where=where, field=".".join(map(str, first["loc"])) or None) from None
    duties = {
        one.id: Duty(one.id, one.instrument, one.article, one.status, one.says.text(), one.url) for one in read.sources
    }
    stages = tuple(_stage(one, duties, where) for one in read.stages)
    names = [one.id for one in stages]
    if len(set(names)) != len(names):
        raise BadInput("a stage stands here twice; keep one", where=where, field="stages")
    return Schedule(stages)


def _stage(stage: _Stage, duties: dict[str, Duty], where: str) -> Stage:
    place = f"stages.{stage.id}"
    for period in stage.periods:
        for kind in period.kinds:
            if kind not in get_args(SourceKind):
                raise BadInput(
                    f"{kind!r} is no kind of evidence; {nearest(kind, get_args(SourceKind))}", where=where, field=place
                )
        for source in period.sources:
            if source not in duties:
                raise BadInput(
                    f"{source!r} is no source of this file; {nearest(source, duties)}", where=where, field=place
                )
    if stage.periods[-1].kinds or not all(period.kinds for period in stage.periods[:-1]):
        raise BadInput(
            "the last line of a stage, and only the last, takes all kinds that no other names; leave `kinds` out there",
            where=where,
            field=place,
        )
    periods = tuple(
        Period(tuple(one.kinds), one.days, one.status, tuple(duties[name] for name in one.sources))
        for one in stage.periods
    )
    return Stage(stage.id, stage.title.text(), periods, stage.note.text() if stage.note else None)
