"""Queue and case in a real browser: nothing that axe knows of, nothing wider than a phone."""

from __future__ import annotations

import os
import re

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from office.browsing import IN_A_BROWSER, found
from office.case_at_desk import Desk, open_case
from telusur.office import jobs
from telusur.office.models import TracingRun

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


def test_axe_finds_nothing_and_all_fits(desk, browser, live_server):
    case = f"/meja/berkas/{desk.case.pk}/"
    addresses = ["/meja/", "/meja/?cari=tidak-ada", case, f"{case}peristiwa/", f"{case}nip/"]
    those = ("perbuatan", "aturan", "sampaikan", "penguasaan", "konsep", "setujui")
    addresses += [desk.address(name, "P1") for name in those]
    shots = os.environ.get("TELUSUR_SHOTS")
    for language, width in (("id", 1280), ("en", 360)):
        context = browser.new_context(viewport={"width": width, "height": 900})
        cookies = {
            settings.LANGUAGE_COOKIE_NAME: language,
            settings.SESSION_COOKIE_NAME: desk.client.cookies[settings.SESSION_COOKIE_NAME].value,
        }
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        for number, address in enumerate(addresses):
            page.goto(live_server.url + address)
            assert found(page) == [], (address, language)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, width)
            if shots:
                page.screenshot(path=f"{shots}/{number:02d}-{width}.png", full_page=True)
        context.close()


def test_rows_answer_to_the_keyboard_and_filters_renew_them_alone(desk, browser, live_server):
    open_case(desk.user, reporter="p-1")
    context = browser.new_context()
    value = desk.client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/meja/")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") != first
    page.locator("#cari").fill("0002")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("cari=0002"))
    assert str(timezone.localdate().year) in page.locator("#rows tbody a").first.text_content()
    context.close()
