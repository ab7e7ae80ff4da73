"""What the phases of a contest promise."""

from typing import get_args

from telusur.domain.contest import PHASES, ContestKind, PhaseName
from telusur.domain.vocabulary import FIELDS


def test_every_phase_stands_once_in_its_order():
    assert get_args(PhaseName) == PHASES
    assert PHASES.index("campaign") < PHASES.index("quiet") < PHASES.index("vote")


def test_the_vocabulary_knows_the_same_contests():
    assert FIELDS["contest.kind"].values == get_args(ContestKind)
