"""An audit made up for the tests of the public report: every figure has something to show, and to withhold."""

from datetime import date
from functools import cache

from telusur import balance
from telusur.balance import Audit, CountTable, Finding, Rate, Ratio, Rung, Step, published, read_plan, template
from telusur.balance.release import protect
from telusur.domain.text import Text
from telusur.dossier.balance_report import render

RATIO = Ratio(1.8, 1.2, 2.7, 0.002)
STATES = {"open": 20, "not_accepted": 60, "not_examined": 70, "not_proven": 50, "sanctioned": 100}
PLAN = read_plan(template() + "deadline_days: 45\n", "plan.yaml")
TITLES = {
    "days": Text("Berapa hari?", "How many days?"),
    "severity": Text("Berat?", "How heavy?"),
    "severity_range": Text("Rentang?", "In the range?"),
    "regions": Text("Wilayah?", "Regions?"),
    "bodies": Text("Badan?", "Bodies?"),
    "outcome": Text("Terbukti?", "Proven?"),
    "thresholds": Text("Bukti?", "Evidence?"),
    "sources": Text("Asal?", "From where?"),
    "flooding": Text("Banjir?", "Floods?"),
    "mobilisation": Text("Suruhan?", "Orders?"),
    "missing": Text("Kosong?", "Missing?"),
    "handling_order": Text("Antrean?", "The queue?"),
}
FIGURES = (
    "funnel", "forest", "simpson", "regions", "bodies", "days", "severity", "severity_range", "outcome", "thresholds",
    "sources", "flooding", "mobilisation",
)  # fmt: skip
WORDS = Text("kata", "words")


def step(name, rung=Rung.AFTER_STRATIFICATION, **changes):
    test = balance.Test("a test", 0.002, 0.006, "A", 1.8, 1.2, 2.7, 1.5, 12, Ratio(0.9, 0.7, 1.1, 0.3), RATIO, 0.4,
                {"A": RATIO, "B": Ratio(0.6, 0.2, 4.8, 0.002)})  # fmt: skip
    rates = (Rate("A", 147, 93, 0.55, 0.71), Rate("B", 153, 61, 0.32, 0.48))
    given = {
        "step": name,
        "groups": rates,
        "open": 20,
        "test": test,
        "rung": rung,
        "words": Text("dikatakan", "is said"),
    }
    return Step(**given | changes)


def finding(name, series, numbers=None, rung=None):
    return Finding(name, TITLES[name], rung, WORDS, numbers or {}, series)


def places(name, places, **numbers):
    """Two steps; the last place has few cases at the first, and the second step has none but its first place."""
    rows = [("accepted", place, n, passed) for place, n, passed in places] + [("examined", places[0][0], 60, 40)]
    return finding(name, {
        "step": [row[0] for row in rows], "place": [row[1] for row in rows], "n": [row[2] for row in rows],
        "passed": [row[3] for row in rows], "failed": [row[2] - row[3] for row in rows],
        "rate": [row[3] / row[2] for row in rows], "lower998": [0.3] * len(rows), "upper998": [0.7] * len(rows),
        "outside": [False, True, *[False] * (len(rows) - 2)],
    }, {"overall_accepted": 0.5, "dispersion_accepted": 1.0, "overall_examined": 0.66, "dispersion_examined": 2.34}
      | numbers)  # fmt: skip


def findings():
    yield finding("days", {
        "group": ["A"] * 3 + ["B"] * 3, "day": [0.0, 45.0, 60.0] * 2, "waiting": [1.0, 0.4, 0.2, 1.0, 0.6, 0.3],
        "lower": [1.0, 0.3, 0.1, 1.0, 0.5, 0.2], "upper": [1.0, 0.5, 0.3, 1.0, 0.7, 0.4],
        "watched": [147, 40, 20, 153, 30, 4],
    }, {
        "horizon": 45.0, "deadline": 45.0, "median_A": 41.0, "median_B": None, "step_days_accepted": 4.5,
        "step_n_accepted": 223, "step_days_examined": 11.0, "step_n_examined": 41, "step_days_decided": None,
        "step_n_decided": 7,
    }, Rung.NO_DIFFERENCE)  # fmt: skip
    yield finding("severity", {
        "group": ["A", "A", "A", "B"], "severity": ["0", "2", "3", "2"], "n": [3, 40, 57, 50],
        "share": [0.03, 0.40, 0.57, 1.0],
    })  # fmt: skip
    yield finding("severity_range", {
        "group": ["A", "B"], "n": [80, 90], "position": [0.42, 0.37],
    }, {"below_A": 0, "within_A": 80, "above_A": 2})  # fmt: skip
    yield places("regions", [("31", 120, 60), ("32", 80, 50), ("33", 14, 5)])
    yield places("bodies", [("Badan A", 110, 60), ("Badan B", 90, 50)], dispersion_accepted=3.1)
    yield finding("outcome", {
        "group": ["A", "B"], "n": [80, 90], "proven": [50, 40], "not_proven": [30, 50], "rate": [0.625, 0.444],
        "lower": [0.52, 0.35], "upper": [0.72, 0.55], "enough": [True, True],
    })  # fmt: skip
    yield finding("thresholds", {
        "first": ["A"], "second": ["B"], "verdict": ["no_difference"],
        **{f"{family}_evidence_{end}": [value] for family in ("beta", "discriminant")
           for end, value in (("mean", 0.1), ("lower", -0.2), ("upper", 0.4))},
    }, rung=Rung.NO_DIFFERENCE)  # fmt: skip
    yield finding("sources", {
        "group": ["A", "A", "B", "B"], "source": ["media", "report", "media", "report"], "n": [6, 140, 53, 100],
        "share": [0.04, 0.96, 0.35, 0.65], "settled": [6, 140, 52, 98], "accepted": [3, 90, 30, 60],
        "rate": [0.5, 0.64, 0.58, 0.61], "lower": [0.2, 0.5, 0.4, 0.5], "upper": [0.8, 0.7, 0.7, 0.7],
    })  # fmt: skip
    yield finding("flooding", {
        "group": ["A"] * 4 + ["B"] * 4, "week": [0.0, 1.0, 2.0, 3.0] * 2, "n": [52, 81, 8, 6, 40, 60, 49, 4],
    })  # fmt: skip
    yield finding("mobilisation", {"order": ["secret-order"], "silent": [True]}, {
        "orders": 14, "superiors": 12, "superiors_examined": 2, "subordinates": 60, "subordinates_sanctioned": 41,
        "institutions": 0,
    })  # fmt: skip
    yield finding("missing", {
        "column": ["rank", "rank", "body", "body"], "group": ["A", "B"] * 2, "n": [147, 153] * 2,
        "missing": [20, 3, 0, 0], "present": [127, 150, 147, 153], "share": [0.136, 0.02, 0.0, 0.0],
    })  # fmt: skip
    yield finding("handling_order", {"group": ["A", "B"], "n": [140, 130], "fell_back": [0.012, -0.001]})


def tables():
    yield CountTable("group_state", Text("Kasus", "Cases"), ("group", "state"),
                     {(group, state): n // 2 for group in "AB" for state, n in STATES.items()})  # fmt: skip
    cells = {(body, state): n // 2 for body in ("Badan A", "Badan B") for state, n in STATES.items()}
    yield CountTable("body_state", Text("Kasus menurut badan", "Cases by body"), ("body", "state"), cells)


def audit(**changes):
    """Give an audit with exact counts."""
    given = {
        "plan": PLAN, "data_sha256": "d" * 64, "censored_on": date(2024, 11, 30), "n": 300,
        "left_out": {"doubled": 2}, "groups": ("A", "B"), "steps": (step("accepted"), step("examined")),
        "findings": tuple(findings()), "tables": tuple(tables()), "post_hoc": None,
    }  # fmt: skip
    return Audit(**given | changes)


@cache
def released():
    return protect(tuple(tables()), key=b"k" * 32, as_of="2024-11-30")


@cache
def _page(language):
    return page(audit(), language)


def page(found=None, language="en", **options):
    if found is None and not options:
        return _page(language)
    return render(published(found or audit()), released(), language, **options)
