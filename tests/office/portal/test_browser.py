"""In a real browser: axe finds nothing, nothing is wider than the screen, and unsent work comes back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect, sync_playwright

from portal_case import PASSPHRASE, enter, with_particulars
from telusur import process
from telusur.office import codes
from telusur.office.portal.codes import new_code

CHROMIUM = shutil.which("chromium")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: apt-get install -y chromium"),
]
PAGES = ("page", "answer", "records", "extension", "waiver")
#: Where to put pictures of the pages, if anybody wants to look at them.
PICTURES = os.environ.get("TELUSUR_PICTURES")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright's loop makes Django take this thread for an asynchronous one.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _triggers() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


@pytest.fixture(scope="module")
def guards(django_db_setup, django_db_blocker):
    """Give the triggers that keep steps from being deleted, and have them in place again afterwards."""
    with django_db_blocker.unblock():
        held = _triggers()
    yield held
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for name in held.keys() - _triggers().keys():
            cursor.execute(held[name])


@pytest.fixture(autouse=True)
def emptied(guards, transactional_db):
    """Let the tests' own database be emptied after each of these, for which alone the guards step aside."""
    with connection.cursor() as cursor:
        for name in guards.keys() - _triggers().keys():
            cursor.execute(guards[name])
    yield
    with connection.cursor() as cursor:
        for name in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')


@pytest.fixture
def opened(browser, live_server):
    """Open a page as the respondent: ``opened("page", told, width=360)``."""
    contexts = []

    def go(name, inside=None, *, width=1280, language="id") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800})
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if inside is not None:
            cookies[settings.SESSION_COOKIE_NAME] = inside.client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.goto(live_server.url + reverse(f"portal:{name}"))
        return page

    yield go
    for context in contexts:
        context.close()


def look(page: Page, name: str) -> None:
    """Find nothing wrong with a page as it stands."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    response = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    found = [f"{one['id']}: {node['html'][:160]}" for one in response["violations"] for node in one["nodes"]]
    assert found == []
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0


@pytest.mark.parametrize(("language", "width"), [("id", 360), ("en", 1280)])
def test_every_page_of_a_respondent_is_sound(opened, language, width):
    told = with_particulars()
    told.take(process.Told, whom="respondent", what="Rincian disampaikan.")
    inside = enter(told, language)
    for name in PAGES:
        page = opened(name, inside, width=width, language=language)
        look(page, f"{name}-{language}-{width}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        look(page, f"{name}-open-{language}-{width}")


@pytest.mark.parametrize(("language", "width"), [("en", 360), ("id", 1280)])
def test_from_the_code_to_the_receipt(opened, language, width):
    told = with_particulars()
    page = opened("enter", width=width, language=language)
    look(page, f"enter-{language}-{width}")
    page.get_by_role("textbox").fill("1234")
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".errors")).to_be_focused()
    look(page, f"enter-wrong-{language}-{width}")
    page.get_by_role("textbox").fill(codes.shown(new_code(told.case)))
    page.get_by_role("textbox").press("Enter")
    look(page, f"choose-{language}-{width}")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSPHRASE)
    page.locator("main form button").click()
    expect(page.locator("h1")).to_contain_text(told.case.number)
    page.locator(".task-list a").first.click()
    page.locator("#id_klaim_0_1").check()
    page.locator("#id_kata_0").fill("Sejak malam itu saya tidak dapat masuk.")
    page.locator("main form .button").click()
    look(page, f"check-{language}-{width}")
    page.locator("input[type=file]").set_input_files(
        {"name": "surel.eml", "mimeType": "message/rfc822", "buffer": b"From: x"}
    )
    page.locator("#id_benar").check()
    page.locator("main form .button").click()
    expect(page.locator(".panel")).to_be_visible()
    look(page, f"receipt-{language}-{width}")
    file = told.file
    assert file.answers[-1].step.claims == ("taken_over",)
    assert file.evidence[file.answers[-1].step.evidence[0]].step.name == "surel.eml"


def test_what_was_typed_and_not_sent_comes_back_after_entering_again(opened):
    told = with_particulars()
    inside = enter(told)
    page = opened("answer", inside)
    page.locator("#id_kata_0").fill("Tulisan panjang yang belum terkirim.")
    page.locator("#id_kata_0").blur()
    page.wait_for_timeout(600)
    # The session ends; the page that was being written is sent nevertheless.
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("main form .button").click()
    look(page, "login-kept")
    page.locator("#id_nomor").fill(told.case.number)
    page.locator("#id_rahasia").fill(PASSPHRASE)
    page.locator("main form .button").click()
    look(page, "carry-on")
    page.locator("main form .button").click()
    expect(page.locator("#id_kata_0")).to_have_value("Tulisan panjang yang belum terkirim.")
    assert not told.file.answers


def test_leaving_forgets_what_the_tab_kept(opened):
    told = with_particulars()
    page = opened("answer", enter(told))
    page.locator("#id_kata_0").fill("Rahasia di tab ini.")
    page.wait_for_timeout(600)
    assert "Rahasia di tab ini." in page.evaluate("JSON.stringify(sessionStorage)")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator(f'form[action="{reverse("portal:leave")}"] button').click()
    expect(page.locator(".panel")).to_be_visible()
    look(page, "left")
    assert "Rahasia" not in page.evaluate("JSON.stringify(sessionStorage)")
    page.go_back()
    expect(page.locator("#id_nomor")).to_be_visible()
