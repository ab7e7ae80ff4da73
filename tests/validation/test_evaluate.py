"""What is counted when tracing is measured on simulated accounts."""

import math
from dataclasses import replace

import pytest

from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.validation.simulator import evaluate as module
from telusur.validation.simulator.evaluate import Outcome, Share, calibration, evaluate, outcomes

OWNER, TAKEN, OTHER = Proposition.OWNER, Proposition.TAKEN_OVER, Proposition.OTHER_WITH_ACCESS
NOTHING = dict.fromkeys(ALTERNATIVES, 0.0)


def outcome(truth, leading, *, variant="plain", regime="full_export", **bans):
    return Outcome(1, 1, truth, variant, "x", regime, NOTHING | {Proposition(k): v for k, v in bans.items()}, leading)


def test_right_wrong_and_abstained_exclude_each_other():
    assert [(one.right, one.wrong) for one in (outcome(OWNER, OWNER), outcome(OWNER, TAKEN), outcome(OWNER, None))] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize(("bans", "misled", "cleared"), [(0.9, False, False), (1.1, True, True), (-2.0, False, False)])
def test_an_owner_is_cleared_by_more_than_a_ban(bans, misled, cleared):
    one = outcome(OWNER, TAKEN, taken_over=bans)
    assert (one.misled, one.cleared, one.implicated) == (misled, cleared, False)


@pytest.mark.parametrize(("bans", "implicated"), [(-0.9, False), (-1.1, True)])
def test_an_innocent_owner_is_implicated_by_more_than_a_ban(bans, implicated):
    one = outcome(TAKEN, OWNER, taken_over=bans)
    assert (one.implicated, one.cleared, one.misled) == (implicated, False, implicated)


def test_leading_another_innocent_explanation_by_a_ban_misleads_without_implicating_the_owner():
    one = outcome(TAKEN, OTHER, taken_over=0.5, other_with_access=2.0)
    assert (one.misled, one.implicated) == (True, False)


def test_shares_have_wilson_s_interval():
    # Newcombe, Statistics in Medicine 17 (1998) 857-872, Table I: 81 of 263, and 0 of 20.
    low, high = Share(81, 263).interval
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    low, high = Share(0, 20).interval
    assert (low, round(high, 4)) == (0.0, 0.1611)
    assert math.isnan(Share(0, 0).value)
    assert Share(0, 0).interval == (0.0, 1.0)


def test_calibration_needs_both_sides_and_sees_overconfidence():
    good = [outcome(TAKEN, TAKEN, taken_over=1.0)] * 10 + [outcome(OWNER, OWNER, taken_over=-1.0)] * 10
    mixed = [*good, outcome(OWNER, TAKEN, taken_over=3.0)]
    assert calibration(good, Proposition.LINKED_APP) is None
    assert calibration(mixed, TAKEN).loss > calibration(good, TAKEN).cllr_min >= 0


def test_the_table_counts_by_regime_and_variant():
    found = [
        outcome(OWNER, TAKEN, variant="staged_change", taken_over=1.5),
        outcome(OWNER, OWNER, taken_over=-1.5),
        outcome(TAKEN, TAKEN, variant="phished", taken_over=1.5, regime="no_export"),
    ]
    table = evaluate([*found, replace(found[2], leading=None)])
    assert table.by_regime["all"].right == Share(2, 4)
    assert table.by_regime["no_export"].abstained == Share(1, 2)
    assert table.staged_cleared["full_export"] == Share(1, 1)
    assert table.implicated["no_export"] == Share(0, 2)
    assert table.by_variant["full_export", "owner", "staged_change"].misled == Share(1, 1)


def test_accounts_for_measuring_are_none_that_were_fitted_on(monkeypatch):
    monkeypatch.setattr(module, "ACCOUNTS_A_DRAW", 6)
    told = []
    found = outcomes(6, 1, processes=1, step=told.append)
    assert told == [6]
    assert {one.truth for one in found} == set(Proposition)
    assert min(one.draw for one in found) >= module.FIRST_DRAW
    assert found == outcomes(6, 1, processes=1)
    assert all(set(one.bans) == set(ALTERNATIVES) for one in found)
