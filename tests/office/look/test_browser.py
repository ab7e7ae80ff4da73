"""In a real browser: nothing that axe knows of, nothing lost, by keyboard, and nearly all without a script."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from office.browsing import IN_A_BROWSER, found

pytestmark = [pytest.mark.urls("office.look.urls"), *IN_A_BROWSER]


@pytest.mark.parametrize(("language", "width", "dark"), [("id", 320, False), ("en", 1280, True)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    opened, language: str, width: int, *, dark: bool
) -> None:
    page = opened("/semua/", language=language, width=width, dark=dark)
    for _ in range(2):  # as it opens, and with faults
        assert found(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator("#work .button").first.click()


@pytest.mark.parametrize("address", ["/masuk/login/", "/tidak-ada/", "/masuk/signup/"])
def test_axe_finds_nothing_on_pages_of_login_and_error(opened, address: str) -> None:
    assert found(opened(address, width=320)) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_whatever_is_pressed_is_large_enough_for_a_finger(opened, width: int) -> None:
    page = opened("/semua/", width=width)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            'button, input:not([type=hidden]), select, textarea, .nav a, .pages a, summary, .button')]
            .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
            .filter(([, r]) => r.width && r.height < 44 - 0.5).map(([html, r]) => `${html} ${r.height}`)"""
    )
    assert small == []


def test_a_table_becomes_cards_on_a_phone(opened) -> None:
    cell = "td[data-label=Umur]"
    shown = "e => getComputedStyle(e, '::before').content"
    assert opened("/semua/", width=320).locator(cell).first.evaluate(shown) == '"Umur"'
    assert opened("/semua/", width=1280).locator(cell).first.evaluate(shown) == "none"


def test_paper_shows_the_page_without_its_frame(opened) -> None:
    page = opened("/semua/", dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    for part in (".head", ".foot", ".crumbs", ".button"):
        expect(page.locator(part).first).to_be_hidden()
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


def test_less_movement_is_less_movement(opened) -> None:
    page = opened("/semua/", reduced_motion="reduce")
    assert page.locator(".button").first.evaluate("e => getComputedStyle(e).transitionDuration") in {"0s", "0s, 0s"}


def test_the_first_tab_leads_past_the_navigation(opened) -> None:
    page = opened("/semua/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_faults_have_the_focus_and_their_links_lead_into_the_field(opened) -> None:
    page = opened("/semua/")
    page.locator("#work .button").first.click()
    expect(page.locator(".errors")).to_be_focused()
    assert page.title().startswith("Keliru: ")
    page.locator(".errors a[href='#id_moment_0']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_moment_0")).to_be_focused()


def test_faults_have_the_focus_without_a_script_too(opened) -> None:
    page = opened("/semua/", java_script_enabled=False)
    page.locator("#work .button").first.click()
    expect(page.locator(".errors")).to_be_focused()


def test_language_and_zone_are_chosen_by_keyboard_alone_and_without_a_script(opened) -> None:
    page = opened("/semua/", java_script_enabled=False)
    page.locator("button[lang=en]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("button[value=WIT]").focus()
    page.keyboard.press("Space")
    expect(page.locator("button[value=WIT]")).to_have_attribute("aria-pressed", "true")


def test_keys_search_walk_the_rows_and_show_help_and_can_be_switched_off(opened) -> None:
    page = opened("/semua/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#row-2")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#row-1")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("j/?")
    expect(page.locator("#q")).to_have_value("j/?")
    page.locator("#row-1").focus()
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    assert found(page) == []
    page.locator("#keys-off").check()
    page.keyboard.press("Escape")
    page.locator("#row-1").focus()
    page.keyboard.press("j")
    expect(page.locator("#row-1")).to_be_focused()


def test_files_too_large_are_told_before_they_are_sent(opened, tmp_path) -> None:
    page = opened("/semua/")
    page.locator("#id_files").evaluate("e => { e.dataset.limit = 5 }")
    (tmp_path / "a.pdf").write_bytes(b"123456")
    page.locator("#id_files").set_input_files(tmp_path / "a.pdf")
    expect(page.locator(".chosen")).to_contain_text("a.pdf (1 kB) terlalu besar")


def keys(page: Page) -> list[str]:
    return list(page.evaluate("Object.keys(sessionStorage).filter((k) => k.startsWith('telusur:keep:'))"))


def typed(page: Page, text: str) -> None:
    page.locator("#id_story").fill(text)
    page.wait_for_timeout(500)


def test_work_that_was_not_sent_comes_back_after_logging_in_again(opened, logged_in) -> None:
    who = logged_in("office/receiver")
    page = opened("/semua/", who=who)
    page.locator("#id_way_1").check()
    typed(page, "Sudah panjang sekali")
    page.on("dialog", lambda dialog: dialog.accept())
    address = page.url
    page.goto(address.replace("/semua/", "/tidak-ada/"))
    page.goto(address)
    expect(page.locator("#id_story")).to_have_value("Sudah panjang sekali")
    expect(page.locator("#id_way_1")).to_be_checked()
    expect(page.locator("main .notice[role=status]").first).to_contain_text("dipulihkan")
    page.get_by_role("button", name="Buang isian ini").click()
    expect(page.locator("#id_story")).to_have_value("")
    assert keys(page) == []


def test_work_that_was_taken_in_is_forgotten(opened, logged_in) -> None:
    page = opened("/semua/", who=logged_in("office/receiver"))
    typed(page, "terima")
    page.locator("#work .button").first.click()
    expect(page.locator("h1")).to_contain_text("Akun tidak aktif")
    assert keys(page) == []


def test_work_that_never_arrived_is_kept(opened, logged_in) -> None:
    page = opened("/semua/", who=logged_in("office/receiver"))
    address = page.url
    typed(page, "terima")
    page.route("**/semua/", lambda route: route.abort())
    page.locator("#work .button").first.click(no_wait_after=True)
    page.wait_for_timeout(500)
    page.unroute("**/semua/")
    page.goto(address.replace("/semua/", "/lain/"))
    page.goto(address)
    expect(page.locator("#id_story")).to_have_value("terima")


def test_work_that_met_a_fault_of_ours_or_an_expired_session_is_kept(opened, logged_in) -> None:
    page = opened("/semua/", who=logged_in("office/receiver"))
    address = page.url
    typed(page, "Jangan hilang")
    page.locator("#work").evaluate("e => { e.action = '/semua/?rusak' }")
    page.locator("#work .button").first.click()
    expect(page.locator("h1")).to_contain_text("gangguan")
    page.get_by_role("link", name="Ke halaman depan").click()
    page.goto(address)
    expect(page.locator("#id_story")).to_have_value("Jangan hilang")
    session = [one for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("#work").evaluate("e => { e.action = '/masuk/login/' }")
    page.locator("#work .button").first.click()
    expect(page.locator("h1")).to_contain_text("Masuk")
    page.context.add_cookies(session)  # logged in again
    page.goto(address)
    expect(page.locator("#id_story")).to_have_value("Jangan hilang")


def test_nothing_is_kept_without_a_login_nor_for_another_person(opened, logged_in, live_server) -> None:
    page = opened("/semua/")
    typed(page, "Rahasia")
    assert page.evaluate("sessionStorage.length") == 0
    page = opened("/semua/", who=logged_in("office/receiver"))
    typed(page, "Milik saya")
    assert keys(page)
    other = logged_in("office/receiver")
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    session = other.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.goto(page.url)
    expect(page.locator("#id_story")).to_have_value("")
    assert keys(page) == []


def test_a_form_is_sent_once_however_often_it_is_pressed(opened) -> None:
    page = opened("/semua/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate("const b = document.querySelector('#work .button'); b.click(); b.click(); b.click()")
    expect(page.locator(".errors")).to_be_visible()
    assert len(sent) == 1


def test_leaving_with_unsent_work_asks_first_and_sending_it_does_not(opened) -> None:
    page = opened("/semua/")
    asked: list[str] = []
    page.on("dialog", lambda dialog: dialog.accept())
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.locator("#id_story").press_sequentially("a")
    page.locator(".crumbs a").click()
    page.wait_for_load_state()
    assert asked == ["beforeunload"]
    page.go_back()
    page.locator("#id_story").fill("terima")
    page.locator("#work .button").first.click()
    expect(page.locator("h1")).to_contain_text("Akun tidak aktif")
    assert asked == ["beforeunload"]


def test_the_end_of_a_session_is_told_ten_minutes_before_and_when_it_has_come(opened, logged_in) -> None:
    page = opened("/lain/", who=logged_in("office/receiver"))
    page.clock.install()
    page.reload()
    expect(page.locator(".session")).to_be_hidden()
    page.clock.fast_forward((settings.SESSION_COOKIE_AGE - 9 * 60) * 1000)
    expect(page.locator(".session")).to_contain_text(re.compile(r"berakhir \d+ menit lagi"))
    page.clock.fast_forward(10 * 60 * 1000)
    expect(page.locator(".session")).to_contain_text("sudah berakhir")
    again = page.locator(".session a")
    expect(again).to_be_visible()
    assert "/masuk/login/?next=%2Flain%2F" in (again.get_attribute("href") or "")
    assert found(page) == []
