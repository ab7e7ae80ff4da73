"""The public report says what the audit says, draws it, and lets nothing out that is not published.

Golden pages: `TELUSUR_GOLDEN=write pytest tests/dossier/balance_report/test_page.py` writes them anew; look at the
difference.
"""

import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dossier.balance_report.example import FIGURES, PLAN, audit, finding, findings, page, released, step
from telusur.balance import Rung, default_plan, published
from telusur.balance.release import protect
from telusur.domain.text import Text
from telusur.dossier.balance_report import render

GOLDEN = Path(__file__).parent / "golden"


def told(html):
    return " ".join(re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).split())


class Tables(HTMLParser):
    """Reads the tables of a page, and which figure stands before each."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.rows, self.blocks, self._inside, self._text = {}, [], None, ""
        self.feed(html)

    def handle_starttag(self, tag, _):
        if tag in {"figure", "h2", "h3"}:
            self.blocks.append(tag)
        if tag in {"caption", "th", "td"}:
            self._inside, self._text = tag, ""
        if tag == "tr" and self.blocks[-1][0] == "table":
            self.rows[self.blocks[-1][1]].append([])

    def handle_endtag(self, tag):
        if tag == "caption":
            self.blocks.append(("table", self._text))
            self.rows[self._text] = []
        if tag in {"th", "td"}:
            self.rows[self.blocks[-1][1]][-1].append(" ".join(self._text.split()))
        if tag == self._inside:
            self._inside = None

    def handle_data(self, data):
        if self._inside:
            self._text += data + " "


def table(name, **options):
    """Give the rows of a table by the start of its caption."""
    rows = Tables(page(**options)).rows
    return next(held for caption, held in rows.items() if caption.strip().startswith(name))


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
    assert "fewer than 10" in text


def test_counts_of_places_stand_in_the_release_alone():
    rows = table("Regions?")
    assert rows == [["Place", "Accepted", "Examined"], ["31", "50 %", "67 %"], ["32", "62 % outside", "withheld"]]
    assert "120" not in told(page()).split("Regions?")[-1].split("Bodies?")[0]


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
    second = protect(audit().tables, key=b"k" * 32, earlier=[released()], as_of="2024-11-30")
    assert "0 of" in told(render(published(audit()), second, "en", earlier=released()))


def test_an_office_tells_of_its_own_duties_too():
    text = told(page(duties={"gates_overridden": None, "terms_missed": 15, "cleared": 20, "mobilisation": None}))
    assert "Terms missed 15" in text
    assert "Gates overridden with written grounds withheld" in text
    assert "own duties" not in told(page())


@pytest.mark.parametrize("name", FIGURES)
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


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_report_is_as_it_was_agreed(language):
    body = page(language=language).split("</head>")[1]
    golden = GOLDEN / f"report-{language}.html"
    if os.environ.get("TELUSUR_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(body, "utf-8")
    assert body == golden.read_text("utf-8")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_figure_says_how_it_is_read_and_has_its_table(language):
    html = page(language=language)
    blocks = Tables(html).blocks
    assert blocks.count("figure") == len(FIGURES)
    after = [blocks[place + 1] for place, block in enumerate(blocks) if block == "figure"]
    assert [one[0] for one in after] == ["table"] * len(FIGURES)
    captions = re.findall("<figcaption>(.*?)</figcaption>", html, re.DOTALL)
    how = "Cara membaca:" if language == "id" else "How to read:"
    assert [how in caption for caption in captions] == [True] * len(FIGURES)


def changed(values, change):
    return [change(value) if isinstance(value, int) and not isinstance(value, bool) else value for value in values]


def changing(change):
    """Give the audit with every count of its findings changed."""

    def of(one):
        series = {name: changed(values, change) for name, values in one.series.items()}
        return replace(
            one, series=series, numbers=dict(zip(one.numbers, changed(one.numbers.values(), change), strict=True))
        )

    return audit(findings=tuple(of(one) for one in findings()))


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_count_that_is_withheld_stands_anywhere_in_the_page(language):
    """Whatever the small counts are, not a byte of the page is another."""
    small = [lambda n: 9 - n if n < 10 else n, lambda n: (n * 7 + 1) % 10 if n < 10 else n]
    for change in small:
        assert page(changing(change), language) == page(language=language)
    assert page(changing(lambda n: n + 10), language) != page(language=language)


def test_no_count_is_told_finer_than_it_is_rounded():
    rounded = changing(lambda n: 5 * round(n / 5) if n >= 10 else n)
    assert page(rounded) == page()


def test_the_cases_of_the_funnel_and_of_bodies_are_those_of_the_release():
    shown = {figure.shown for figure in released().figures.values() if figure.shown is not None}
    for name in ("Cases by how far they came", "Denominators by body"):
        counts = [row[1] for row in table(name)[1:]]
        assert {int(count) for count in counts if count != "withheld"} <= shown
        assert any(count.isdigit() for count in counts)
    assert [row[0] for row in table("Denominators by body")[1:]] == ["Badan A", "Badan B", "others"]


def test_the_funnel_tells_the_cut_off_and_the_days_of_each_step():
    html = page()
    assert "Cases by how far they came, up to 30 November 2024" in html
    assert table("Days of each step")[1:] == [
        ["report → accepted", "4", "at least 200"],
        ["accepted → examined", "11", "at least 30"],
    ]
    wide = html.split('id="funnel-w-t"')[1].split("</svg>")[0]
    assert "11 days, at least 30 cases" in wide
    assert "Cases up to 30 November 2024" in wide


def test_medians_and_the_term_of_the_plan_are_said_and_drawn():
    text = told(page())
    assert "within (median): group A 41 days; group B cannot be told yet." in text
    assert "Term from report to decision 45 days" in text
    rows = table("How many days?")
    assert rows[2] == ["45 (term)", "40 % [32–48]", "60 % [48–72]"]
    assert rows[3][1:] == ["20 % [8–32]", "withheld"]
    assert "term in the plan: 45 days" in page()
    bare = replace(PLAN, deadline_days=None)
    days = next(findings())
    without = {name: value for name, value in days.numbers.items() if name != "deadline"}
    html = page(audit(plan=bare, findings=(replace(days, numbers=without),)))
    assert "term in the plan" not in html
    assert "Term from report to decision none named" in told(html)


def test_files_and_their_columns_are_linked_and_explained():
    html, files = page(), released().files()
    links = re.findall(r'<a href="\./([^"]*)"', html)
    assert sorted(links) == sorted(files)
    dictionary = json.loads(files["release.json"])["dictionary"]
    rows = dict(table("Data dictionary")[1:])
    assert {"group", "state", "body"} | set(dictionary) == set(rows)
    assert rows["cases"] == dictionary["cases"]["en"]


def test_weeks_are_shares_in_steps_of_the_smallest_cell_published():
    assert table("Floods?") == [
        ["Week", "Group A", "Group B"], ["1", "40 %", "28 %"], ["2", "64 %", "42 %"], ["3", "withheld", "35 %"],
    ]  # fmt: skip


def test_what_has_nothing_to_tell_has_neither_figure_nor_table():
    empty = {"group": ["A", "B"], "severity": ["0", "0"], "n": [3, 4], "share": [1.0, 1.0]}
    none = {"column": ["rank"], "group": ["A"], "n": [20], "missing": [0], "present": [20], "share": [0.0]}
    blank = [
        finding("severity", empty), finding("missing", none), finding("days", {}), finding("outcome", {}),
        finding("regions", {}), finding("sources", {}), finding("flooding", {}), finding("mobilisation", {}),
        finding("thresholds", {}), finding("severity_range", {}),
    ]  # fmt: skip
    found = Tables(page(audit(findings=tuple(blank))))
    assert found.blocks.count("figure") == 3
    assert not any("?" in caption for caption in found.rows)


def test_a_release_of_nothing_is_a_report_too():
    empty = replace_release(released())
    html = render(published(audit(plan=default_plan(), steps=())), empty, "en")
    assert "No cell is large enough" in html
    assert "Denominators by body" not in html
    assert re.findall(r'<a href="\./([^"]*)"', html) == ["release.json"]


def replace_release(held):
    return type(held)((), {}, {}, {}, held.rules, "", as_of=held.as_of)


def test_parts_of_a_bar_stand_in_one_order_whatever_is_withheld_of_whom():
    """The lightest sanction is withheld of group A alone, and is the palest all the same."""
    shares = finding("severity", {
        "group": ["A", "A", "B", "B"], "severity": ["0", "2"] * 2, "n": [3, 60, 30, 30], "share": [0.05, 0.9, 0.5, 0.5],
    })  # fmt: skip
    legend = page(audit(findings=(shares,))).split('id="severity-w-t"')[1].split(">Group A<")[0]
    assert re.findall(">(none|light|withheld)<", legend) == ["none", "light", "withheld"]


def test_thresholds_are_told_by_both_models():
    assert table("Evidence?")[1] == ["A", "B", "+0.10 [−0.20; +0.40]", "+0.10 [−0.20; +0.40]", "no difference detected"]
