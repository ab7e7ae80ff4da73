"""The guide for whoever lost an account: both languages, a source for each fact, every platform."""

from __future__ import annotations

import pytest

from telusur.domain.account import PLATFORMS
from telusur.office.public.takeover import guide

HELD = guide().platforms


def test_every_platform_that_a_case_can_name_has_its_steps():
    assert set(HELD) == set(PLATFORMS) - {"other"}


@pytest.mark.parametrize("name", sorted(HELD))
def test_each_says_what_to_do_inside_and_locked_out_what_clears_and_what_expires(name):
    held = HELD[name]
    assert min(map(len, (held.inside, held.locked_out, held.records, held.expires))) >= 1


@pytest.mark.parametrize("name", sorted(HELD))
def test_the_page_shows_every_step_and_every_source_that_it_marks(browser, name):
    page = browser.get(f"/akun-diambil-alih/{name}/")
    held = guide()
    said = [*held.first, *HELD[name].inside, *HELD[name].locked_out, *held.operator, *held.tell]
    for step in said:
        assert " ".join(step.do.in_language(browser.language).split()) in page.text
    for expiry in (*HELD[name].expires, *held.operator_expires):
        assert " ".join(expiry.when.in_language(browser.language).split()) in page.text
    raw = page.response.content.decode()
    marks = {link.removeprefix("#") for link in page.links if link.startswith("#sumber-")}
    assert marks
    assert all(f'id="{mark}"' in raw for mark in marks)


def test_what_to_record_comes_before_what_to_throw_out():
    for held in HELD.values():
        first = held.inside[0].do
        assert first.id.index("rekam") < first.id.index("baru")
        assert "record" in first.en


def test_every_source_says_how_sure_it_is_and_where_it_is():
    for held in HELD.values():
        for source in guide().sources(held):
            assert source.sure in ("official", "secondary")
            assert source.url.startswith("http")


def test_the_guide_leads_to_every_platform(browser):
    links = browser.get("/akun-diambil-alih/").links
    assert {f"/akun-diambil-alih/{name}/" for name in HELD} <= set(links)


def test_a_platform_that_is_not_there_is_not_found(client):
    assert client.get("/akun-diambil-alih/gayatri/").status_code == 404
