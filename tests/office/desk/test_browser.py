"""Queue and case in a real browser: nothing that axe knows of, nothing wider than a phone."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from office.browsing import IN_A_BROWSER, faults
from office.case_at_desk import Desk, open_case
from office.desk.test_tracing import of_the_example, with_features
from telusur import dossier
from telusur.office import jobs
from telusur.office.models import TracingRun
from telusur.tracing import Feature

pytestmark = IN_A_BROWSER


@pytest.fixture
def desk(person):
    user = person("bawaslu-general/reviewer", "bawaslu-general/chair")
    desk = Desk(open_case(user, reporter="p-1", incident="E-1"), user)
    desk.states_the_act().asks_of_ties()
    desk.does("penelusuran", "P1", act="P1", text="pilih 9", account_id="", evidence=list(desk.file.evidence))
    jobs.trace.func(TracingRun.objects.get().pk)
    desk.decides()
    desk.does("penelusuran", "P1", act="P1", text="pilih 9", account_id="", evidence=list(desk.file.evidence))
    return desk


def test_axe_finds_nothing_and_all_fits(desk, opened):
    case = f"/meja/berkas/{desk.case.pk}/"
    addresses = ["/meja/", "/meja/?cari=tidak-ada", case, f"{case}peristiwa/", f"{case}nip/"]
    those = ("perbuatan", "aturan", "sampaikan", "penguasaan", "konsep", "setujui")
    addresses += [desk.address(name, "P1") for name in those]
    for language, width in (("id", 1280), ("en", 360)):
        page = opened("/health", who=desk.client, language=language, width=width)
        root = page.url.removesuffix("/health")
        for number, address in enumerate(addresses):
            page.goto(root + address)
            assert faults(page, f"desk-{number:02d}-{width}") == [], (address, language)


def test_the_pictures_of_a_tracing_are_drawn_at_any_width(desk, opened, monkeypatch):
    found = with_features(of_the_example(), Feature("wkwk", 0.4), Feature("😂", -0.2, "setting"))
    monkeypatch.setattr(dossier, "trace", lambda *_: found)
    desk.does("penelusuran", "P1", act="P1", text="pilih 8", account_id="", evidence=list(desk.file.evidence))
    jobs.trace.func(TracingRun.objects.filter(state="waiting").latest("pk").pk)
    for language, width in (("id", 1280), ("en", 360)):
        page = opened(f"/meja/berkas/{desk.case.pk}/", who=desk.client, language=language, width=width)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        pictures = page.locator("figure.picture svg:visible")
        assert pictures.count() == 2
        for picture in pictures.all():
            box = picture.bounding_box()
            assert 0 < box["width"] <= width
            assert box["height"] > 60
        assert faults(page, f"desk-tracing-{width}") == [], language


def test_rows_answer_to_the_keyboard_and_filters_renew_them_alone(desk, opened):
    open_case(desk.user, reporter="p-1")
    page = opened("/meja/", who=desk.client)
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") != first
    page.locator("#cari").fill("0002")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("cari=0002"))
    assert str(timezone.localdate().year) in page.locator("#rows tbody a").first.text_content()
