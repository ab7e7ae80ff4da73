"""The eight gates of a case file, each a pure function from the file to an open gate or to reasons.

`gates` gives all eight, in the order of contracts.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from telusur.process.file import File
from telusur.process.gates.consistency import advises_only, consistency
from telusur.process.gates.gate import Gate
from telusur.process.gates.heard import heard
from telusur.process.gates.independence import independence
from telusur.process.gates.letter import letter
from telusur.process.gates.notice import notice
from telusur.process.gates.particulars import particulars
from telusur.process.gates.purpose import purpose
from telusur.process.gates.tracing import UNTRACED, tracing
from telusur.process.procedure_model import GATES, GateName
from telusur.process.steps import day_of

__all__ = ["UNTRACED", "Gate", "advises_only", "gate_of", "gates"]

_GATES: Final[Mapping[GateName, Callable[[File, date], Gate]]] = {
    "particulars": particulars,
    "notice": notice,
    "heard": heard,
    "tracing": tracing,
    "purpose": purpose,
    "consistency": consistency,
    "independence": independence,
    "letter": letter,
}


def gates(file: File, today: date | datetime) -> tuple[Gate, ...]:
    """Give all eight gates of a file.

    Parameters
    ----------
    file
        The file.
    today
        The day or time at which it is asked: a time to answer runs until its last day has passed.
    """
    return tuple(gate_of(name, file, day_of(today)) for name in GATES)


def gate_of(name: GateName, file: File, today: date) -> Gate:
    """Give one gate of a file."""
    found = _GATES[name](file, today)
    return found if found.open else replace(found, override=file.override(name))
