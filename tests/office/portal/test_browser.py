"""In a real browser: axe finds nothing, nothing is wider than the screen, and unsent work comes back."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from office.browsing import IN_A_BROWSER, faults
from portal_case import PASSPHRASE, enter, with_particulars
from telusur import process
from telusur.office import codes
from telusur.office.portal.codes import new_code

pytestmark = IN_A_BROWSER
PAGES = ("page", "answer", "records", "extension", "waiver")


@pytest.fixture
def shown(opened):
    """Open a page as the respondent: ``shown("page", inside, width=360)``."""

    def go(name, inside=None, **more) -> Page:
        return opened(reverse(f"portal:{name}"), who=inside.client if inside else None, **more)

    return go


def look(page: Page, name: str) -> None:
    """Find nothing wrong with a page as it stands."""
    assert faults(page, name) == []


@pytest.mark.parametrize(("language", "width"), [("id", 360), ("en", 1280)])
def test_every_page_of_a_respondent_is_sound(shown, language, width):
    told = with_particulars()
    told.take(process.Told, whom="respondent", what="Rincian disampaikan.")
    inside = enter(told, language)
    for name in PAGES:
        page = shown(name, inside, width=width, language=language)
        look(page, f"{name}-{language}-{width}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        look(page, f"{name}-open-{language}-{width}")


@pytest.mark.parametrize(("language", "width"), [("en", 360), ("id", 1280)])
def test_from_the_code_to_the_receipt(shown, language, width):
    told = with_particulars()
    page = shown("enter", width=width, language=language)
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


def test_what_was_typed_and_not_sent_comes_back_after_entering_again(shown):
    told = with_particulars()
    inside = enter(told)
    page = shown("answer", inside)
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


def test_leaving_forgets_what_the_tab_kept(shown):
    told = with_particulars()
    page = shown("answer", enter(told))
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
