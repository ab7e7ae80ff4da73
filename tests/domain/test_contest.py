"""What the phases of a contest promise."""

from typing import get_args

from telusur.domain.contest import PHASES, PhaseName


def test_every_phase_stands_once_in_its_order():
    assert get_args(PhaseName) == PHASES
    assert PHASES.index("campaign") < PHASES.index("quiet") < PHASES.index("vote")
