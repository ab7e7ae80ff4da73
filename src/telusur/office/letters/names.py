"""Every name that a text may use: places, conditions, and parts that are worked out from the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from telusur.office.letters.conditions import CONDITIONS
from telusur.office.letters.making import Making
from telusur.office.letters.model import Block
from telusur.office.letters.places import PLACES
from telusur.office.letters.shows import acts, answering, deciding, others, tracing
from telusur.process import Part

__all__ = ["CONDITIONS", "EVERY", "NAMING", "PLACES", "SHOWS", "Show"]


@dataclass(frozen=True, slots=True)
class Show:
    """A part of a letter that is worked out.

    Parameters
    ----------
    gives
        What of a decision's parts it holds.
    asks
        What it needs the officer to fill in.
    names
        It says whom the case is about.
    """

    blocks: Callable[[Making], Iterator[Block]]
    gives: tuple[Part, ...] = ()
    asks: tuple[str, ...] = ()
    names: bool = False


SHOWS: Final[Mapping[str, Show]] = {
    "respondent": Show(others.respondent, names=True),
    "basis": Show(others.basis),
    "particulars": Show(acts.particulars, gives=("facts", "rules"), names=True),
    "accounts": Show(acts.accounts),
    "records": Show(acts.records),
    "evidence": Show(acts.evidence, names=True),
    "services": Show(answering.services, names=True),
    "answer": Show(answering.answer, gives=("answer",), names=True),
    "clears": Show(answering.clears),
    "overrides": Show(answering.overrides, names=True),
    "attribution": Show(deciding.attribution, gives=("attribution",), names=True),
    "findings": Show(deciding.findings, names=True),
    "sanction": Show(deciding.sanction, names=True),
    "remedy": Show(deciding.remedy, gives=("remedy",), asks=("remedy",)),
    "ballot": Show(deciding.ballot),
    "untraced": Show(others.untraced),
    "told": Show(others.told, names=True),
    "tracing": Show(tracing.report, names=True),
}
#: Stands for a name that is none, while faults are gathered.
EVERY: Final = Show(others.basis)
NAMING: Final = frozenset(name for name, show in SHOWS.items() if show.names)
