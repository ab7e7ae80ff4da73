"""The public report says what the audit says, draws it, and lets nothing out that is not published."""

import re
from datetime import date
from functools import cache

import pytest

from telusur import balance
from telusur.balance import Audit, CountTable, Finding, Rate, Ratio, Rung, Step, default_plan, published
from telusur.balance.release import protect
from telusur.domain.text import Text
from telusur.dossier.balance_report import render

RATIO = Ratio(1.8, 1.2, 2.7, 0.002)
STATES = {"open": 20, "not_accepted": 60, "not_examined": 70, "not_proven": 50, "sanctioned": 100}


def step(name, rung=Rung.AFTER_STRATIFICATION, **changes):
    test = balance.Test("a test", 0.002, 0.006, "A", 1.8, 1.2, 2.7, 1.5, 12, Ratio(0.9, 0.7, 1.1, 0.3), RATIO, 0.4,
                {"A": RATIO, "B": Ratio(0.6, 0.4, 0.8, 0.002)})  # fmt: skip
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


def findings():
    yield Finding("days", Text("Lama?", "How long?"), Rung.NO_DIFFERENCE, Text("tidak", "none"), {"horizon": 60.0}, {
        "group": ["A", "A", "B", "B"], "day": [0.0, 60.0, 0.0, 60.0], "waiting": [1.0, 0.2, 1.0, 0.3],
        "lower": [1.0, 0.1, 1.0, 0.2], "upper": [1.0, 0.3, 1.0, 0.4], "watched": [147, 20, 153, 30],
    })  # fmt: skip
    yield Finding("severity", Text("Berat?", "How heavy?"), None, Text("kata", "words"), {}, {
        "group": ["A", "A", "B"], "severity": ["0", "2", "2"], "n": [3, 40, 50], "share": [0.07, 0.93, 1.0],
    })  # fmt: skip
    yield Finding("regions", Text("Wilayah?", "Regions?"), None, Text("kata", "words"), {"overall_accepted": 0.5}, {
        "step": ["accepted", "accepted"], "place": ["31", "32"], "n": [120, 80], "rate": [0.5, 0.6],
        "lower998": [0.3, 0.2], "upper998": [0.7, 0.8], "outside": [False, True],
    })  # fmt: skip
    yield Finding("outcome", Text("Terbukti?", "Proven?"), None, Text("kata", "words"), {}, {
        "group": ["A", "B"], "n": [80, 90], "proven": [50, 40], "not_proven": [30, 50], "rate": [0.625, 0.444],
        "lower": [0.52, 0.35], "upper": [0.72, 0.55], "enough": [True, True],
    })  # fmt: skip
    yield Finding("thresholds", Text("Bukti?", "Evidence?"), Rung.NO_DIFFERENCE, Text("kata", "words"), {}, {
        "first": ["A"], "second": ["B"], "verdict": ["no_difference"],
        **{f"{family}_evidence_{end}": [value] for family in ("beta", "discriminant")
           for end, value in (("mean", 0.1), ("lower", -0.2), ("upper", 0.4))},
    })  # fmt: skip
    yield Finding("mobilisation", Text("Suruhan?", "Orders?"), None, Text("kata", "words"),
                  {"orders": 14, "superiors": 12, "superiors_examined": 2, "subordinates": 60,
                   "subordinates_sanctioned": 41, "institutions": 0},
                  {"order": ["secret-order"], "silent": [True]})  # fmt: skip


def audit(**changes):
    table = CountTable("group_state", Text("Kasus", "Cases"), ("group", "state"),
                       {(group, state): n // 2 for group in "AB" for state, n in STATES.items()})  # fmt: skip
    given = {
        "plan": default_plan(), "data_sha256": "d" * 64, "censored_on": date(2024, 11, 30), "n": 300,
        "left_out": {"doubled": 2}, "groups": ("A", "B"), "steps": (step("accepted"), step("examined")),
        "findings": tuple(findings()), "tables": (table,), "post_hoc": None,
    }  # fmt: skip
    return published(Audit(**given | changes))


@cache
def released():
    return protect(audit().tables, key=b"k" * 32)


def page(found=None, language="en", **options):
    return render(found or audit(), released(), language, **options)


def told(html):
    return " ".join(re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def test_every_step_is_said_in_its_fixed_words_with_its_ratio():
    text = told(page())
    assert "Accepted : is said" in text or "Accepted: is said" in text
    assert "1.80 [1.20; 2.70]" in text
    assert "direction reverses" in text


def test_it_is_whole_in_itself_in_both_languages():
    for language in ("id", "en"):
        html = page(language=language)
        assert not re.search(r"(src|href)=.?https?:", html)
        assert "<script" not in html
        assert "{" not in told(html)
        assert f'lang="{language}"' in html


def test_small_counts_and_orders_do_not_stand_in_it():
    text = told(page())
    assert "secret-order" not in text
    assert "Superiors examined withheld" in text
    assert "none 3" not in text
    assert "fewer than 10" in text


def test_counts_stand_in_the_release_alone():
    text = told(page())
    assert "accepted 31 50 %" in text
    assert "120" not in text.split("Regions?")[-1].split("Days taken")[0]


def test_too_little_data_prints_no_ratio():
    little = step("accepted", Rung.TOO_LITTLE_DATA, words=Text("sedikit", "too little"))
    text = told(page(audit(steps=(little,))))
    assert "1.80" not in text
    assert "no ratio is printed" in text


def test_a_plan_after_the_data_is_stamped():
    assert "PLAN AFTER THE DATA" not in page()
    stamped = page(audit(post_hoc=Text("terlambat", "came late")))
    assert "PLAN AFTER THE DATA" in stamped
    assert "came late" in stamped


def test_it_says_what_changed_against_the_release_before():
    assert "first release" in page()
    second = protect(audit().tables, key=b"k" * 32, earlier=[released()])
    assert "0 of" in told(render(audit(), second, "en", earlier=released()))


def test_an_office_tells_of_its_own_duties_too():
    text = told(page(duties={"gates_overridden": None, "terms_missed": 15, "cleared": 20, "mobilisation": None}))
    assert "Terms missed 15" in text
    assert "Gates overridden with written grounds withheld" in text
    assert "own duties" not in told(page())


@pytest.mark.parametrize(
    "name",
    ["funnel", "forest", "simpson", "days", "severity", "regions-accepted", "outcome", "thresholds", "mobilisation"],
)
def test_figures_are_drawn_with_a_description_at_both_widths(name):
    html = page()
    for width in "wn":
        assert f'id="{name}-{width}-t"' in html
        assert f'id="{name}-{width}-d"' in html


def test_questions_that_were_not_asked_are_said_to_be_missing():
    asked = audit()
    without = tuple(one for one in findings() if one.id != "thresholds")
    assert "threshold test was not run" not in page(asked)
    assert "threshold test was not run" in page(audit(findings=without))
