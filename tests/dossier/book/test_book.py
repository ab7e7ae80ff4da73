"""The readable catalogue: whole, self-contained, the same every time, and fit to be walked through."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from telusur import law
from telusur.domain.errors import BadInput
from telusur.domain.vocabulary import FIELDS
from telusur.dossier import book
from telusur.dossier.book import render_book, write_book
from telusur.dossier.book.saying import anchor, condition, conditions, days
from telusur.dossier.render.speech import Speech, words
from telusur.law import AnyOf, Span

LANGUAGES = ("id", "en")
VOID = {"meta", "link", "br", "hr", "img", "input", "line", "path", "rect", "circle"}


class Tree(HTMLParser):
    """What a page holds, and whether it is well nested."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.tags, self.headings, self.text = [], [], [], [], [], []
        self.attributes = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.tags.append(tag)
        self.attributes += attrs
        if "id" in held:
            self.ids.append(held["id"])
        if tag == "a":
            self.links.append(held["href"])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(autouse=True)
def _office(tmp_path, monkeypatch):
    monkeypatch.setenv("TELUSUR_HOME", str(tmp_path / "kantor"))


@pytest.fixture(scope="module")
def pages():
    return {language: render_book(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_alone_and_runs_nothing(pages, language):
    tree = Tree(pages[language])
    assert {"script", "link", "img", "iframe", "object", "form", "input"}.isdisjoint(tree.tags)
    assert not [name for name, _ in tree.attributes if name.startswith("on") or name in {"src", "srcset"}]
    assert "url(" not in pages[language]
    assert "default-src 'none'" in pages[language]
    assert f'<html lang="{language}">' in pages[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_catalogue_gives_the_same_bytes(pages, language):
    assert render_book(language) == pages[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_somewhere_and_every_id_stands_once(pages, language):
    tree = Tree(pages[language])
    assert len(tree.ids) == len(set(tree.ids))
    assert {link[1:] for link in tree.links} <= set(tree.ids)
    assert all(link.startswith("#") for link in tree.links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_follow_each_other_without_a_step_left_out(pages, language):
    levels = Tree(pages[language]).headings
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_stands_in_it_with_all_that_the_catalogue_says(pages, language):
    tree = Tree(pages[language])
    said = " ".join(" ".join(tree.text).split())
    examples = law.examples()
    for rule in law.catalogue().rules.values():
        assert anchor(rule.id) in tree.ids
        assert rule.title.in_language(language) in said
        assert all(f"source-{anchor(source.id)}" in tree.ids for source in rule.citation.sources)
        assert all(examples[name].why.in_language(language) in said for name in rule.examples)
        assert all(over.reason.in_language(language) in said for over in rule.overrides)
        if rule.derived_from is None:
            speech = Speech(language, "telusur.dossier.book")
            for item in conditions(rule.when, speech):
                assert " ".join(item[0][0].text.split()) in said
    for exception in law.catalogue().exceptions.values():
        assert exception.title.in_language(language) in said
    for issue in law.catalogue().issues.values():
        assert all(reading.says.in_language(language) in said for reading in issue.readings)
    for source in law.catalogue().sources.values():
        assert source.url in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_indexes_lead_from_acts_and_instruments_to_rules(pages, language):
    acts, instruments = (
        re.search(rf'<h2 id="{name}">.*?</table>', pages[language], re.DOTALL)[0]
        for name in ("by-act", "by-instrument")
    )
    for kind in FIELDS["act.kind"].values:
        assert law.label("act.kind", kind).in_language(language) in text_of(acts)
    for rule in law.catalogue().rules:
        assert f'href="#{anchor(rule)}"' in acts
        assert f'href="#{anchor(rule)}"' in instruments


def text_of(part):
    return re.sub(r"<[^>]+>", "", part).replace("&#39;", "'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_calendar_has_a_picture_that_can_be_read_without_seeing_it(pages, language):
    for calendar in law.catalogue().calendars.all:
        section = pages[language].partition(f'<h3 id="calendar-{calendar.id}">')[2].partition("<h3")[0]
        assert section.count("<svg") == 2
        assert section.count("<title") == section.count("<desc") == 2
        for step in calendar.steps:
            assert days(Span(step.first, step.last), Speech(language, "telusur.dossier.book")) in section


def test_what_follows_a_decision_is_shown_with_what_is_open(pages):
    for level in ("moral", "light", "medium", "heavy", "dismissal"):
        for held in law.sanctions(level).sets:
            assert all(kind.title.en in pages["en"] for kind in held.kinds)
    assert law.sanctions("medium").open.en in pages["en"]
    assert "President: only Honourable dismissal not at own request" in pages["en"]
    assert "The independent body that is to be created" in pages["en"]


def test_a_rule_that_was_confirmed_here_says_by_whom(tmp_path, pages):
    text = tmp_path / "naskah.txt"
    text.write_text("naskah")
    law.confirm("SKB-2022/E4", text, by="Ahli <Hukum>", on=date(2026, 11, 20))
    page = render_book("en")
    assert "checked against the official text · by Ahli &lt;Hukum&gt;, 20 November 2026" in page
    assert f"1 of {len(law.catalogue().rules)}" in page
    assert law.catalogue().hash in page
    assert "checked against the official text ·" not in pages["en"]


def test_conditions_are_said_with_their_joints():
    speech = Speech("en", "telusur.dossier.book")
    rule = law.rule("SKB-2022/E2")
    said = condition(rule.when, speech)
    assert " and (one of: (" in said
    assert "kind of act: campaigning online" in said
    parts = conditions(rule.when, speech)
    assert len(parts) == 2
    assert isinstance(rule.when.parts[1], AnyOf)
    single = law.rule("SKB-2022/D5").when
    assert condition(single, speech) == "kind of act: being a party member"
    assert condition(law.catalogue().issues["decision-before"].when, speech) == "always"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (Span(date(2024, 1, 1), date(2024, 1, 2)), "1 January 2024 to 2 January 2024"),
        (Span(date(2024, 1, 1), date(2024, 1, 1)), "1 January 2024"),
        (Span(date(2024, 1, 1)), "from 1 January 2024"),
        (Span(None, date(2024, 1, 1)), "until 1 January 2024"),
        (Span(), "the first day was not found"),
    ],
)
def test_days_are_said(span, said):
    assert days(span, Speech("en", "telusur.dossier.book")) == said


def test_every_text_stands_in_both_languages_and_is_used():
    folder = Path(book.__file__).parent
    source = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    spoken = set(re.findall(r"""["']([a-z_]+\.[a-z_]+|unknown)["']""", source))
    families = {"step", "part", "coverage"}
    for key, text in words("telusur.dossier.book").items():
        assert text.id.strip()
        assert text.en.strip()
        assert key in spoken or key.partition(".")[0] in families or key == "unknown", key


def test_a_book_is_written_once_and_replaced_only_when_asked(tmp_path):
    out = tmp_path / "katalog"
    made = write_book(out, "en")
    assert made == out / "book.html"
    before = made.read_bytes()
    with pytest.raises(BadInput, match="add --force"):
        write_book(out)
    assert made.read_bytes() == before
    write_book(out, "id", force=True)
    assert b'lang="id"' in made.read_bytes()
    assert [path.name for path in out.iterdir()] == ["book.html"]
    with pytest.raises(BadInput, match="no folder"):
        write_book(made)


def test_nothing_half_written_is_left(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError):  # noqa: PT011 - the very error that was made
        write_book(tmp_path / "katalog")
    assert not list((tmp_path / "katalog").iterdir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_month_is_named_where_a_picture_has_no_room_for_it(pages, language):
    for wide, shapes in re.findall(r'<svg [^>]*viewBox="0 0 (\d+) [^>]*>(.*?)</svg>', pages[language], re.DOTALL):
        for at, month in re.findall(r'<text x="([\d.]+)"[^>]*>(\d+/\d+)</text>', shapes):
            assert float(at) + 5 * len(month) <= float(wide), month
