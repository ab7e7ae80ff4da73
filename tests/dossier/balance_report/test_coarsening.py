"""Nothing that is drawn or printed tells the counts that were rounded or withheld."""

import re
from itertools import pairwise

from telusur.balance import Finding, default_plan
from telusur.domain.text import Text
from telusur.dossier.balance_report import drawing
from telusur.dossier.balance_report.coarsening import coarse
from telusur.dossier.balance_report.drawing import Stack

SHARES = frozenset({"share", "rate", "lower", "upper", "waiting", "upper998"})
PLAN = default_plan()


def told(series, numbers=None):
    finding = Finding("one", Text("Apa?", "What?"), None, Text("kata", "words"), numbers or {}, series)
    return coarse(finding, PLAN, SHARES)


def fits(shares, among):
    """Whole counts, and their total, that agree with shares drawn to a tenth of a pixel on 704."""
    close = 0.06 / 704
    return [
        (total, counts)
        for total in among
        for counts in ([round(share * total) for share in shares],)
        if all(abs(count / total - share) <= close for count, share in zip(counts, shares, strict=True))
    ]


def drawn(shares):
    parts = [(str(level), share) for level, share in enumerate(shares)]
    names = [name for name, _ in parts]
    wide, _ = drawing.stacks([Stack("B", parts)], names, title="t", description="d", name="n", rest="")
    widths = re.findall(r'width="([\d.]+)" height="16"', wide)
    assert len(widths) == len(shares)
    return [(float(width) + 1) / 704 for width in widths]


def test_a_withheld_cell_cannot_be_read_off_the_widths_of_bars():
    exact = [17, 86, 51, 34]  # of 196: the eight that are left are withheld
    total, shares = 196, [n / 196 for n in exact]
    near = range(total - 12, total + 13)
    assert fits(drawn(shares), near) == [(total, exact)]  # what an exact drawing gives away
    rows = {"group": ["B"] * 4, "n": [5 * round(n / 5) for n in exact], "share": shares}
    shown = drawn(told(rows).series["share"])
    assert fits(shown, near) != [(total, exact)]
    # What is left may be anything that a withheld cell may hold.
    slack = 0.015 * len(shown)
    left = 1 - sum(shown)
    assert (left - slack) * total <= 0
    assert (left + slack) * total >= PLAN.suppress_below - 1


def test_rates_follow_from_the_rounded_counts_beside_them():
    shown = told({"n": [60], "passed": [40], "rate": [39 / 58], "lower": [0.54321], "upper": [0.77777]}).series
    assert shown["rate"] == [0.67]
    assert told({"n": [60], "passed": [40], "rate": [41 / 62], "lower": [0.5], "upper": [0.8]}).series == shown
    assert shown["lower"][0] < shown["rate"][0] < shown["upper"][0]


def test_a_row_whose_rest_is_small_is_withheld():
    assert told({"place": ["31"], "n": [30], "passed": [20], "rate": [20 / 29]}).series == {
        "place": ["31"], "n": [None], "passed": [None], "rate": [None],
    }  # fmt: skip


def test_a_curve_steps_by_no_fewer_cases_than_counts_are_rounded_to():
    days = range(41)
    exact = [1 - day / 50 for day in days]
    shown = told(
        {"group": ["A"] * 41, "day": [float(day) for day in days], "waiting": exact,
         "lower": exact, "upper": exact, "watched": [round(50 * share / 5) * 5 for share in exact]}
    ).series["waiting"]  # fmt: skip
    steps = {round(one - other, 6) for one, other in pairwise(shown)} - {0}
    assert min(steps) * 50 >= PLAN.round_to
    assert max(abs(one - other) for one, other in zip(shown, exact, strict=True)) <= 0.05 + 1e-9


def test_shares_of_a_column_and_of_all_are_no_finer_than_a_percent():
    found = told({"column": ["rank"], "n": [800], "missing": [55], "share": [0.0678], "upper998": [0.98765]},
                 {"overall_accepted": 0.73456, "horizon": 63.5})  # fmt: skip
    assert found.series["share"] == [0.07]
    assert found.series["upper998"] == [0.99]
    assert found.numbers == {"overall_accepted": 0.73, "horizon": 63.5}


def test_what_is_withheld_or_is_no_share_stays_as_it_is():
    rows = {"group": ["A"], "n": [None], "passed": [None], "rate": [None]}
    assert told(rows).series == rows
    curve = {"group": ["A"], "day": [3.0], "waiting": [None], "lower": [None], "upper": [None], "watched": [None]}
    assert told(curve).series == curve
    assert told({"group": ["A"], "n": [0], "share": [0.0]}).series["share"] == [0.0]
    assert told({"order": ["x"], "silent": [True]}).series == {"order": ["x"], "silent": [True]}
    assert told({}).series == {}


def test_cases_that_are_still_open_are_in_no_denominator():
    shown = told({"group": ["A"], "source": ["report"], "n": [200], "share": [1.0], "settled": [100],
                  "accepted": [80], "rate": [0.8], "lower": [0.7], "upper": [0.9]}).series  # fmt: skip
    assert shown["rate"] == [0.8]
    assert [shown["lower"][0], shown["upper"][0]] == [0.71, 0.87]  # Wilson, 80 of 100


def test_a_row_whose_rest_is_counted_beside_it_is_not_withheld_again():
    assert told({"place": ["31"], "n": [30], "passed": [20], "failed": [10], "rate": [0.67]}).series["n"] == [30]
