"""A masked trial: drawn by a keyed hash, checked, and judged by repeating the draw."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balance_questions import fair, ground, with_, words
from telusur.balance.questions import asking, trial
from telusur.domain.errors import BadInput

KEY = b"a key that nobody guesses"


def one(answer):
    return asking.judged([answer], 0.05)[0]


def favoured(cases, group, chance):
    """Where the group is seen, so many of its reports that were dropped go on."""
    seen = (cases.columns["masked"] == "false") & (cases.columns["beneficiary"] == group)
    rng = np.random.default_rng(1)
    dropped = rng.random(cases.n) < np.where(seen, 0.4 - chance, 0.4)
    outcome = words(np.where(dropped, "dropped", "not_proven"))
    gone = {name: np.where(dropped, np.nan, cases.days[name]) for name in ("accepted", "examined", "executed")}
    return with_(cases, outcome=outcome, days=gone)


def test_favour_that_ends_where_the_group_is_hidden_is_found():
    found = one(trial.trial(ground(favoured(fair(2_000), "A", 0.3))))
    assert found.rung.verdict == "uneven"
    assert found.numbers["group"] == "A"
    assert found.numbers["lower"] < 0.3 < found.numbers["upper"]
    assert found.numbers["lower"] > 0
    assert "accepted more often" in found.words.en
    assert "less often" in one(trial.trial(ground(favoured(fair(2_000), "B", -0.3)))).words.en


def test_arms_alike_say_what_could_be_missed():
    found = one(trial.trial(ground(favoured(fair(2_000), "A", 0.0))))
    assert found.rung.value == "no_difference"
    assert found.numbers["detectable"] == pytest.approx(0.13, abs=0.03)
    assert not found.numbers["odd"]


def test_few_in_an_arm_are_too_little():
    found = one(trial.trial(ground(fair(100))))
    assert found.rung.value == "too_little_data"
    assert "each group needs 30" in found.words.en


def test_arms_that_no_draw_makes_are_noted():
    cases = fair(1_000)
    chosen = words(np.where(cases.columns["beneficiary"] == "A", "true", "false"))
    found = one(trial.trial(ground(with_(cases, columns={"masked": chosen}))))
    assert found.numbers["odd"]
    assert "do not look as a draw" in found.words.en
    assert trial.trial(ground(cases), share=0.1).numbers["odd"]
    assert not trial.trial(ground(cases), share=0.5).numbers["odd"]


@given(st.text(min_size=1), st.floats(0, 1))
def test_the_draw_is_the_same_every_time_and_grows_with_the_share(report, share):
    drawn = trial.assign(report, KEY, share)
    assert drawn == trial.assign(report, KEY, share)
    assert not drawn or trial.assign(report, KEY, 1.0)
    assert not trial.assign(report, KEY, 0.0)


def test_the_share_drawn_is_the_share_wanted_and_another_key_draws_others():
    reports = [f"r{place}" for place in range(4_000)]
    drawn = [trial.assign(report, KEY, 0.3) for report in reports]
    assert np.mean(drawn) == pytest.approx(0.3, abs=0.03)
    assert drawn != [trial.assign(report, KEY[::-1], 0.3) for report in reports]
    assert trial.departures(reports, drawn, KEY, 0.3) == ()
    drawn[7] = not drawn[7]
    assert trial.departures(reports, drawn, KEY, 0.3) == ("r7",)


def test_a_key_to_be_guessed_and_a_share_that_is_none_are_refused():
    with pytest.raises(BadInput, match="at least 16"):
        trial.assign("r", b"short", 0.5)
    with pytest.raises(BadInput, match="no share"):
        trial.assign("r", KEY, 1.5)


def test_an_interval_holds_what_the_favour_adds_as_often_as_it_says():
    rng = np.random.default_rng(0)
    held = []
    for _ in range(1_000):
        group, hidden = rng.choice(3, 800, p=(0.4, 0.35, 0.25)), rng.random(800) < 0.5
        passed = rng.random(800) < 0.6 + 0.1 * ((group == 0) & ~hidden)
        gap, error = trial._gaps(passed.astype(float), np.eye(3)[group], hidden)
        held.append(abs(gap[0] - 0.1) < asking.Z * error[0])
    # Of 1,000 at 95 %, fewer than 927 or more than 971 come once in a thousand times.
    assert 927 <= sum(held) <= 971
