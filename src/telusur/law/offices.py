"""What may follow a decision, asked of the catalogue: kinds of sanction, who may impose them, who supervises."""

from __future__ import annotations

from datetime import date

from telusur.domain.errors import BadInput, nearest
from telusur.law import consequences
from telusur.law.consequences import Authority, Sanctions, Supervisor
from telusur.law.load import catalogue


def sanctions(level: str) -> Sanctions:
    """Give the kinds of sanction of a level; where instruments differ on them, all sets and what is open.

    Raises
    ------
    BadInput
        Naming the nearest known level; ``unsettled`` has no kinds.
    """
    held = catalogue().sanctions
    for name, found in held.items():
        if name == level:
            return found
    raise BadInput(f"no kinds of sanction are known for the level {level!r}; {nearest(level, held)}")


def who_may_punish(rank: str, level: str) -> tuple[Authority, ...]:
    """Say who may impose a level of discipline on somebody of a rank, as reported of PP 94/2021.

    Parameters
    ----------
    rank
        ``jpt_utama``, ``jpt_madya``, ``jpt_pratama``, ``administrator``, ``pengawas``, ``pelaksana``, or, beside the
        ladder, ``jpt_madya_ppk``, ``ahli_utama``, ``fungsional``.
    level
        ``light``, ``medium`` or ``heavy``.

    Raises
    ------
    BadInput
        Naming the nearest known rank or level.
    """
    held = catalogue()
    assert held.powers is not None
    return held.powers.over(rank, level, held.sanctions)


def supervisor_on(day: date) -> Supervisor:
    """Give the body that supervises the neutrality of ASN on a day.

    Raises
    ------
    BadInput
        For a day before the first body that is known.
    """
    return consequences.supervisor_on(day, catalogue().supervisors)
