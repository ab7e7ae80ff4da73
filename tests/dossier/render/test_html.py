"""What the page promises.

Golden pages: `TELUSUR_GOLDEN=write pytest tests/dossier/render/test_html.py` writes them anew; look at the difference.
"""

import os
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dossier.render import example
from telusur.domain.account import Account
from telusur.domain.text import Text
from telusur.dossier.render import render_html

GOLDEN = Path(__file__).parent / "golden"
VOID = {"meta", "br", "hr", "img", "link", "input"}
FORBIDDEN = ("bersalah", "guilty", "pelanggar", "violator", "probabilitas bersalah")
HOSTILE = "<script>alert(1)</script> & \"'> \u202egnp.exe {{ 7*7 }} {% raw %} ]]> </style> \x00\ud800 #set"


class Reader(HTMLParser):
    """Reads a page and refuses tags that do not nest."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.text, self.headings, self.ids = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        assert len(attrs) == len({name for name, _ in attrs}), f"an attribute stands twice in <{tag}>"
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another tag"

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(scope="module", params=["id", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def page(language):
    return render_html(example.assessment(posts=24), language)


def test_the_page_is_as_it_was_agreed(page, language):
    golden = GOLDEN / f"dossier-{language}.html"
    if os.environ.get("TELUSUR_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(page, "utf-8")
    assert page == golden.read_text("utf-8")


def test_the_same_assessment_gives_the_same_page_in_another_process(page, language):
    code = (
        "import sys; from dossier.render import example; from telusur.dossier.render import render_html;"
        f"sys.stdout.buffer.write(render_html(example.assessment(posts=24), {language!r}).encode())"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONHASHSEED": "77",
        "TZ": "Asia/Tokyo",
    }
    made = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True).stdout
    assert made.decode() == page


@pytest.mark.parametrize(
    "made", [example.assessment, example.empty, example.without_account], ids=["full", "empty", "without account"]
)
def test_the_page_is_well_formed_with_headings_in_order(made, language):
    reader = read(render_html(made(), language))
    assert reader.headings[0] == 1
    assert reader.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(reader.headings, reader.headings[1:], strict=False))
    assert len(reader.ids) == len(set(reader.ids))


def test_nothing_is_fetched_and_nothing_runs(page):
    reader = read(page)
    assert not [tag for tag, _ in reader.tags if tag in {"script", "link", "img", "iframe", "object", "form", "base"}]
    for tag, attributes in reader.tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert "src" not in attributes
        assert "style" not in attributes
        assert attributes.get("href", "#").startswith("#"), tag
    style = re.search("<style>(.*?)</style>", page, re.DOTALL).group(1)
    assert not re.search(r"url\(|@import|expression|http", style)
    assert "default-src 'none'" in page


def test_every_link_leads_somewhere(page):
    reader = read(page)
    targets = [attributes["href"][1:] for tag, attributes in reader.tags if tag == "a"]
    assert targets
    assert set(targets) <= set(reader.ids)


def test_it_can_be_read_by_keyboard_and_by_ear(page, language):
    reader = read(page)
    assert ("html", {"lang": language}) in reader.tags
    tags = [tag for tag, _ in reader.tags]
    assert {"header", "main", "nav", "footer"} <= set(tags)
    assert next(attributes for tag, attributes in reader.tags if tag == "a")["class"] == "skip"
    assert tags.count("caption") == tags.count("table")
    assert all(attributes.get("scope") in {"col", "row"} for tag, attributes in reader.tags if tag == "th")
    pictures = [attributes for tag, attributes in reader.tags if tag == "svg"]
    assert pictures
    for attributes in pictures:
        assert attributes["role"] == "img"
        assert set(attributes["aria-labelledby"].split()) <= set(reader.ids)


def test_it_prints_and_goes_dark_and_fits_a_telephone(page):
    assert "@media print" in page
    assert "size: A4" in page
    assert "prefers-color-scheme: dark" in page
    assert 'content="width=device-width, initial-scale=1"' in page
    assert 'class="narrow"' in page


@pytest.mark.parametrize("made", [example.assessment, example.empty, example.without_account])
def test_nobody_is_called_anything(made, language):
    text = " ".join(read(render_html(made(), language)).text).lower()
    # The title of a regulation may speak of breaches (pelanggaran); nobody is called one who breached.
    assert not [word for word in FORBIDDEN if re.search(rf"\b{word}(?!an)", text)]


def test_the_parts_come_in_the_order_a_reader_needs(page):
    anchors = re.findall(r'<h2 id="([a-z]+)"', page)
    order = "contents statement glance law tracing gates deadlines next evidence limits guide"
    assert " ".join(anchors) == order


def test_the_title_names_the_case_and_nobody(language):
    page = render_html(example.assessment(name="Terlapor Contoh"), language)
    assert "C-001" in re.search("<title>(.*?)</title>", page).group(1)
    assert "Terlapor" not in re.search("<title>(.*?)</title>", page).group(1)
    assert "Terlapor Contoh" in page
    assert not [value for value in read(page).ids if "erlapor" in value]


@pytest.mark.parametrize("language", ["id"])
def test_it_says_the_time_in_the_zone_of_the_act(language):
    page = render_html(example.assessment(), language)
    assert "8 Desember 2023 pukul 06.08 WIB" in page
    assert "6 Desember 2023 pukul 10.08 WIB" in page


def test_every_weight_says_its_unit(page):
    cells = re.findall(r"<(?:td|th)[^>]*>(.*?)</(?:td|th)>", page, re.DOTALL)
    numbers = [cell for cell in cells if re.search("[+−]\\d+[.,]\\d\\d", cell)]
    assert len(numbers) > 5
    for cell in numbers:
        for line in re.findall(r"<p>(.*?)</p>", cell, re.DOTALL) or [cell]:
            assert not re.search("[+−]\\d+[.,]\\d\\d", line) or "ban" in line


def test_hostile_text_is_shown_and_does_nothing(language):
    page = render_html(
        example.assessment(
            text=HOSTILE,
            name=HOSTILE,
            id=HOSTILE,
            accounts=(Account("x", HOSTILE, HOSTILE),),
            notes=(Text(HOSTILE, HOSTILE), Text("w" * 5000, "w" * 5000)),
        ),
        language,
    )
    page.encode()
    reader = read(page)
    assert "script" not in {tag for tag, _ in reader.tags}
    assert not re.search("[\x00\u202e]", page)
    text = "".join(reader.text)
    assert "<script>alert(1)</script>" in text
    assert "‹U+202E›gnp.exe" in text
    assert "{{ 7*7 }}" in text
    assert "‹U+0000›‹U+D800›" in text
    assert "w" * 5000 in text


def test_hostile_records_are_shown_and_do_nothing(language):
    made = example.assessment(posts=3)
    bad = example.record(3)
    events = (
        example.event("post", example.ACT_AT.utc, 1, client=HOSTILE),
        example.event("login", example.ACT_AT.utc, 2, ip=HOSTILE),
        example.event("device_added", example.ACT_AT.utc, 3, device=HOSTILE, user_agent=HOSTILE),
        example.event("handle_changed", example.ACT_AT.utc, 4, old=HOSTILE, new=HOSTILE),
    )
    record = example.AccountRecord(HOSTILE, bad.account, events, bad.logs, bad.problems, (HOSTILE,))
    act = example.ActAssessment(made.acts[0].act, made.acts[0].determination, example.tracing(), (record,))
    page = render_html(example.Assessment(made.case, (), (act,), (), made.isolation, {HOSTILE: HOSTILE}), language)
    reader = read(page)
    assert "script" not in {tag for tag, _ in reader.tags}
    assert not re.search("[\x00\u202e\ud800]", page)


def test_an_empty_case_is_told_what_to_do(language):
    text = " ".join(read(render_html(example.empty(), language)).text)
    assert "case.yaml" in text
    assert {"id": "kesempatan nyata untuk menjawab", "en": "real opportunity to answer"}[language] in " ".join(
        text.split()
    )


def test_an_act_without_an_account_is_not_traced(language):
    text = " ".join(read(render_html(example.without_account(), language)).text)
    assert {"id": "tidak dilakukan dengan akun", "en": "not done with an account"}[language] in text
    assert {"id": "garis waktu tidak dapat digambar", "en": "no timeline can be drawn"}[language] in " ".join(
        text.split()
    )


def test_ten_thousand_posts_still_make_a_small_page_fast(language):
    made = example.assessment(posts=10_000)
    render_html(made, language)
    start = time.process_time()
    page = render_html(made, language)
    assert time.process_time() - start < 3
    assert len(page.encode()) < 1_000_000


def test_thousands_of_problems_do_not_drown_the_page(language):
    made = example.assessment(posts=3)
    record = example.record(3)
    problems = tuple(
        example.Problem("data/tweets.js", Text(f"masalah {i}", f"problem number {i}"), i) for i in range(3000)
    )
    noisy = example.AccountRecord(record.path, record.account, record.events, record.logs, problems, partial=True)
    act = example.ActAssessment(made.acts[0].act, made.acts[0].determination, example.tracing(()), (noisy,))
    page = render_html(example.Assessment(made.case, (), (act,), (), made.isolation, {}), language)
    said = {"id": "masalah {}", "en": "problem number {}"}[language]
    assert said.format(49) in page
    assert said.format(50) not in page
    assert {"id": "dan 2.950 lagi", "en": "and 2,950 more"}[language] in page
