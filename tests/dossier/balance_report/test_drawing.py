"""Waits fall in steps, weeks that are withheld show no height, and what leaves an axis points there."""

import re

from telusur.dossier.balance_report import drawing, waiting, weeks
from telusur.dossier.balance_report.drawing import Ratio, Stack
from telusur.dossier.balance_report.waiting import Wait
from telusur.dossier.balance_report.weeks import Weeks
from telusur.dossier.render.speech import Speech

SAY = Speech("en", "telusur.dossier.balance_report")
TOLD = {"title": "t", "description": "d", "name": "n"}
WAIT = Wait("Group A", (0.0, 10.0, 20.0), (1.0, 0.5, 0.25), (1.0, 0.4, 0.1), (1.0, 0.6, 0.4))


def points(path):
    return [tuple(map(float, one.split())) for one in re.findall(r"[\d.]+ [\d.]+", path)]


def test_a_wait_falls_on_its_day_and_not_before():
    wide, _ = waiting.curves([WAIT], None, SAY, **TOLD)
    curve = points(re.search(r'<path d="([^"]+)"[^>]*stroke-width="2.2"', wide).group(1))
    assert len(curve) == 5
    assert curve[0][1] == curve[1][1]
    assert curve[1][0] == curve[2][0]
    assert curve[2][1] > curve[1][1]


def test_the_band_holds_the_interval():
    wide, _ = waiting.curves([WAIT], None, SAY, **TOLD)
    band = points(re.search(r'<path d="([^"]+)"[^>]*fill-opacity="0.1"', wide).group(1))
    curve = points(re.search(r'<path d="([^"]+)"[^>]*stroke-width="2.2"', wide).group(1))
    assert band[4][1] < curve[-1][1] < band[5][1]


def test_the_term_is_a_line_even_beyond_the_last_wait():
    assert "term in the plan" not in "".join(waiting.curves([WAIT], None, SAY, **TOLD))
    wide, narrow = waiting.curves([WAIT], 40.0, SAY, **TOLD)
    for picture in (wide, narrow):
        assert "term in the plan: 40 days" in picture
        line = re.findall(r'<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)" class="s-mark"', picture)[-1]
        assert line[0] == line[2]
        assert float(line[3]) - float(line[1]) > 100
        # The axis reaches as far as the term does: the last wait ends halfway.
        end = points(re.search(r'<path d="([^"]+)"[^>]*stroke-width="2.2"', picture).group(1))[-1][0]
        assert end < float(line[0])


def test_twelve_groups_differ_in_colour_or_dash():
    wide, _ = waiting.curves([WAIT] * 12, None, SAY, **TOLD)
    looks = re.findall(r'<line [^>]*class="(s-\w+)"[^>]*stroke-width="2.2"(?: stroke-dasharray="([^"]*)")?', wide)
    assert len(set(looks)) == 12


def test_a_week_without_a_figure_has_a_dot_and_no_height():
    found = [Weeks("Group A", (0.5, None, 0.25)), Weeks("Group B", (None, None, 0.5))]
    for picture in weeks.weekly(found, SAY, **TOLD):
        heights = [float(one) for one in re.findall(r'<rect [^>]*height="([\d.]+)"', picture)]
        assert heights == [64, 32, 64]
        assert picture.count("<circle") == 3


def test_what_leaves_the_axis_of_ratios_points_there():
    inside, beyond = Ratio("a", 1.2, 0.5, 2.0, 1.5), Ratio("b", 3.0, 0.1, float("inf"), 1.5)
    none, _ = drawing.ratios([inside], SAY, **TOLD)
    both, narrow = drawing.ratios([inside, beyond], SAY, **TOLD)
    assert (none.count("<path"), both.count("<path"), narrow.count("<path")) == (1, 4, 4)
    assert "3.00 [0.10; ∞]" in both


def test_shares_that_rounding_made_more_than_one_stay_in_their_bar():
    stacks = [Stack("A", [("x", 0.52), ("y", 0.52)]), Stack("B", [("x", 0.3)])]
    wide, _ = drawing.stacks(stacks, ["x", "y"], rest="withheld", **TOLD)
    widths = [float(one) + 1 for one in re.findall(r'width="([\d.]+)" height="16"', wide)]
    assert abs(widths[0] + widths[1] - 704) < 0.3
    assert abs(widths[2] - 0.3 * 704) < 0.2
    assert wide.count(">withheld<") == 1
