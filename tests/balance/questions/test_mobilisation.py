"""Of each order: whether those who gave it are examined, as well as those who followed are sanctioned."""

import numpy as np

from balance_questions import fair, ground, with_, words
from telusur.balance.questions import asking, mobilisation


def ordered(per_order, orders=20, *, superiors_examined=True):
    """Orders of one superior and so many sanctioned subordinates each, and one institution."""
    size = per_order + 2
    n = size * orders
    role = words((["superior", "institution"] + ["subordinate"] * per_order) * orders)
    order = words(np.repeat([f"o{place:02d}" for place in range(orders)], size))
    cases = fair(n)
    outcome = words(["proven"] * n)
    decided = cases.days["reported"] + 40
    examined, accepted = decided - 5, decided - 20
    severity = np.full(n, 2.0)
    if not superiors_examined:
        held = role == "superior"
        outcome[held] = "dropped"
        examined = np.where(held, np.nan, examined)
    return with_(
        cases, columns={"order": order, "order_role": role}, outcome=outcome,
        days={"accepted": accepted, "examined": examined, "decided": decided}, numbers={"severity": severity},
    )  # fmt: skip


def one(cases):
    return asking.judged([mobilisation.mobilisation(ground(cases))], 0.05)[0]


def test_orders_whose_superiors_are_examined_are_counted():
    found = one(ordered(3))
    assert found.rung is None
    assert (found.numbers["superiors_examined"], found.numbers["subordinates_sanctioned"]) == (20, 60)
    assert found.numbers["sanctioned_per_examined"] == 3.0
    assert found.numbers["sanctioned_per_examined_lower"] == 3.0
    assert found.numbers["orders_silent"] == 0
    assert "Policies of institutions reported: 20" in found.words.en


def test_silence_on_superiors_is_a_finding_of_its_own():
    found = one(ordered(6, superiors_examined=False))
    assert "Not one superior was examined" in found.words.en
    assert "adalah temuan laporan ini" in found.words.id
    assert found.numbers["sanctioned_per_examined"] is None
    assert found.numbers["orders_silent"] == 20
    assert all(found.series["silent"])


def test_single_silent_orders_are_told_without_saying_how_few():
    cases = ordered(6)
    quiet = (cases.columns["order"] == "o00") & (cases.columns["order_role"] == "superior")
    outcome = cases.outcome.copy()
    outcome[quiet] = "dropped"
    examined = np.where(quiet, np.nan, cases.days["examined"])
    found = one(with_(cases, outcome=outcome, days={"examined": examined}))
    assert "no superior examined and at least 5 subordinates sanctioned: fewer than 10" in found.words.en


def test_intervals_are_drawn_over_orders_and_not_told_of_few():
    assert one(ordered(3, orders=4)).numbers["superiors_examined_share_lower"] is None
    cases = ordered(4)
    mixed = np.random.default_rng(1).random(cases.n) < 0.5
    found = one(with_(cases, numbers={"severity": np.where(mixed, 2.0, 0.0)}))
    share = found.numbers["subordinates_sanctioned_share"]
    assert found.numbers["subordinates_sanctioned_share_lower"] < share
    assert found.numbers["subordinates_sanctioned_share_upper"] > share


def test_orders_without_roles_are_not_assessed():
    cases = with_(fair(50), columns={"order": words(["o"] * 50)})
    assert "the column order_role is absent" in mobilisation.mobilisation(ground(cases)).lacking.en
