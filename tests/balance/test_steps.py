"""Who came to a step and who passed it."""

from itertools import pairwise

import numpy as np
import pytest

from telusur.balance import read
from telusur.balance.steps import STATES, STEPS, populations, states
from telusur.validation.balance.worlds import Setting, draw

DAYS = {"reported": "2024-09-01", "accepted": "2024-09-03", "examined": "2024-09-20", "decided": "2024-10-01"}


def one(outcome, *steps, severity=None):
    days = {name: DAYS[name] for name in ("reported", *steps)}
    row = {"case": "k", "beneficiary": "A", "region": "31", "outcome": outcome, "severity": severity, **days}
    return read([(2, row)])


@pytest.mark.parametrize(
    ("case", "told", "state"),
    [
        (one(None), "o---", "open"),
        (one("dropped"), "f---", "not_accepted"),
        (one(None, "accepted"), "po--", "open"),
        (one("dropped", "accepted"), "pf--", "not_examined"),
        (one(None, "accepted", "examined"), "ppo-", "open"),
        (one("dropped", "accepted", "examined"), "ppf-", "not_proven"),
        (one("not_proven", "accepted", "examined", "decided"), "ppf-", "not_proven"),
        (one("proven", "accepted", "examined", "decided"), "pppo", "unsettled"),
        (one("proven", "accepted", "examined", "decided", severity=0), "pppf", "not_sanctioned"),
        (one("proven", "accepted", "examined", "decided", severity=3), "pppp", "sanctioned"),
        # A decision shows the steps before it, whatever days are missing.
        (one("proven", severity=3), "pppp", "sanctioned"),
        (one(None, "examined"), "ppo-", "open"),
    ],
)
def test_a_case_passes_fails_or_is_open_at_each_step(case, told, state):
    found = populations(case)
    assert tuple(found) == STEPS
    letters = [
        "p" if one.passed[0] else "f" if one.settled[0] else "o" if one.reached[0] else "-" for one in found.values()
    ]
    assert "".join(letters) == told
    assert states(case)[0] == state
    assert state in STATES


def test_what_passed_one_step_came_to_the_next():
    found = list(populations(draw(Setting("plain", 500), 1)).values())
    for before, after in pairwise(found):
        assert np.array_equal(before.passed, after.reached)
