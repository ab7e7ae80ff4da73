"""A funnel plot tells no place's count: points stand in classes, and limits are drawn for all sizes."""

import re
from itertools import pairwise

import numpy as np
import pytest

from telusur.balance.questions.places import limits
from telusur.dossier.balance_report import scatter
from telusur.dossier.balance_report.scatter import Panel, Point
from telusur.dossier.render.speech import Speech

SAY = Speech("en", "telusur.dossier.balance_report")
MOST = Point(400, 0.5, outside=False)


def drawn(*points, dispersion=1.0, overall=0.5):
    panel = Panel("Accepted", points, overall, dispersion)
    return scatter.panels([panel], SAY, title="t", description="d", name="n")


def test_places_of_one_class_are_drawn_alike():
    assert drawn(Point(95, 0.5, outside=False), MOST) == drawn(Point(105, 0.5, outside=False), MOST)
    assert drawn(Point(95, 0.5, outside=False), MOST) != drawn(Point(150, 0.5, outside=False), MOST)


@pytest.mark.parametrize("n", [10, 11, 14, 37, 88, 90, 140, 999, 12_345])
def test_a_class_is_never_further_off_than_one_in_six(n):
    assert n / 1.2 <= scatter.classed(n) <= n * 1.2


def test_both_pairs_of_limits_are_drawn_wide_as_places_scatter():
    wide, narrow = drawn(MOST, dispersion=4.0)
    for picture in (wide, narrow):
        paths = re.findall(r'<path d="([^"]+)"[^>]*?(stroke-dasharray="4 3")?/>', picture)
        assert [bool(dash) for _, dash in paths] == [False, False, True, True]
    # At the right edge: half of the height is half of all.
    ends = [float(re.findall(r"[\d.]+", steps)[-1]) for steps, _ in re.findall(r'<path d="([^"]+)"([^>]*)/>', wide)]
    lower998, upper998, lower95, upper95 = ends
    assert upper998 < upper95 < lower95 < lower998
    right = {name: float(values[-1]) for name, values in limits(np.array([400]), 0.5, 4.0).items()}
    assert (lower998 - upper998) / (lower95 - upper95) == pytest.approx(
        (right["upper998"] - right["lower998"]) / (right["upper95"] - right["lower95"]), abs=0.02
    )
    assert drawn(MOST, dispersion=1.0) != drawn(MOST, dispersion=4.0)


def test_what_lies_outside_is_full_and_the_rest_hollow():
    wide, _ = drawn(Point(50, 0.1, outside=True), MOST)
    legend, points = wide.split("Accepted", 1)
    assert legend.count("<circle") == 2
    assert points.count('class="f-paper s-fill"') == 1
    assert points.count('class="f-fill s-fill"') == 1


def test_marks_of_the_axis_keep_apart_and_panels_stand_side_by_side_where_there_is_room():
    panel = Panel("Accepted", [Point(5_000, 0.5, outside=False)], 0.5, 1.0)
    wide, narrow = scatter.panels([panel] * 4, SAY, title="t", description="d", name="n")
    heights = [float(re.search(r'viewBox="0 0 \d+ ([\d.]+)"', one).group(1)) for one in (wide, narrow)]
    assert heights[1] > 1.9 * heights[0] - 60
    (single, _) = drawn(Point(5_000, 0.5, outside=False))
    found = re.findall(r'<text x="([\d.]+)" y="[\d.]+" font-size="10"[^>]*middle">[\d,]+<', single)
    marks = sorted(map(float, found))
    assert len(marks) >= 4
    assert min(b - a for a, b in pairwise(marks)) >= 24
