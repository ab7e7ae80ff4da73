"""The rule book on the screen: every rule has its page, every link leads somewhere, the words are those of the book."""

from __future__ import annotations

import pytest

from telusur import law
from telusur.dossier.book import Book

RULES = sorted(law.catalogue().rules)
EXAMPLES = law.examples()


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_a_page_with_its_conditions_citation_and_status(browser, name):
    page = browser.get(f"/aturan/{name}/")
    rule = law.rule(name)
    assert " ".join(rule.title.in_language(browser.language).split()) in page.text
    assert law.label("citation_status", rule.citation.status).in_language(browser.language) in page.text
    assert rule.citation.instrument.title.in_language(browser.language) in page.text
    for example in rule.examples:
        assert " ".join(EXAMPLES[example].title.in_language(browser.language).split()) in page.text


def test_near_misses_stand_beside_the_worked_examples(browser):
    words = {"id": "Nyaris, tetapi tidak memenuhi SKB-2022/E4", "en": "Near misses: SKB-2022/E4 is not met"}
    assert words[browser.language] in browser.get("/aturan/SKB-2022/E4/").text


def test_every_link_within_the_book_leads_to_a_place_that_is_there(browser):
    pages, left = {}, ["/aturan/"]
    while left:
        address = left.pop()
        if address in pages:
            continue
        pages[address] = browser.get(address)
        left += [link.partition("#")[0] for link in pages[address].links if link.startswith("/aturan/")]
    assert len(pages) == len(RULES) + 2
    for page in pages.values():
        for link in page.links:
            address, _, anchor = link.partition("#")
            if address.startswith("/aturan/") and anchor:
                assert f'id="{anchor}"' in pages[address].response.content.decode(), link


def test_a_rule_that_is_not_there_is_not_found(client):
    assert client.get("/aturan/SKB-2022/E99/").status_code == 404


def test_a_book_knows_its_rules_by_their_anchors():
    book = Book("id")
    assert [book.rule_at(name) for name in ("skb-2022-e4", "issue-x", "")] == ["SKB-2022/E4", None, None]


def test_a_rule_that_took_its_form_from_another_leads_to_it(browser):
    derived = next(rule for rule in law.catalogue().rules.values() if rule.derived_from)
    assert f"/aturan/{derived.derived_from}/" in browser.get(f"/aturan/{derived.id}/").links
