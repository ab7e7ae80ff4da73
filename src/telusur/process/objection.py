"""Why a step may not be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from telusur.domain.errors import TelusurError
from telusur.domain.text import Text
from telusur.process.procedure_model import GateName


class Objection(NamedTuple):
    """One reason against a step, and the gate that it comes from, if it does."""

    says: Text
    gate: GateName | None = None


class Refused(TelusurError):
    """A step that may not be taken; the file stays as it was.

    Parameters
    ----------
    reasons
        Each says what to do, in both languages.
    gate
        The first gate that is closed; ``None`` if it is another matter.
    """

    def __init__(self, reasons: Sequence[Text], gate: GateName | None = None) -> None:
        super().__init__(" ".join(reason.en for reason in reasons))
        self.reasons = tuple(reasons)
        self.gate = gate

    def __reduce__(self) -> tuple[object, ...]:
        """Let it travel between processes with its reasons."""
        return (type(self), (self.reasons, self.gate))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts.

    Parameters
    ----------
    id
        Opaque.
    roles
        Ids of the roles he or she has in the procedure.
    """

    id: str
    roles: frozenset[str]
