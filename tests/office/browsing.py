"""A real browser without a screen, and what is asked of every page in it.

The fixtures are taken in by the folder's ``conftest.py``; without Debian's Chromium their tests are skipped.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: What a test module that opens pages says of itself: ``pytestmark = IN_A_BROWSER``.
IN_A_BROWSER = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("emptied"),
    pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: sudo apt-get install -y chromium"),
]
#: Where to put pictures of the pages that were looked at, if anybody wants them.
PICTURES = os.environ.get("TELUSUR_PICTURES")


@pytest.fixture
def emptied(transactional_db) -> Iterator[None]:
    """Empty the tables after a test, those too whose rows are otherwise only ever added."""
    yield
    # What points to emptied rows is emptied next.
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        for table in {table for _, table, _ in triggers}:
            cursor.execute(f"DELETE FROM {table}")
        for _, _, sql in triggers:
            cursor.execute(sql)


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


@pytest.fixture
def opened(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open an address as somebody would: ``opened("/semua/", width=320, dark=True)``."""
    contexts: list[BrowserContext] = []

    def go(
        address: str,
        *,
        width: int = 1280,
        dark: bool = False,
        language: str = "id",
        who: Client | None = None,
        **more: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", **more
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if who is not None:
            cookies[settings.SESSION_COOKIE_NAME] = who.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.goto(live_server.url + address)
        return page

    yield go
    for context in contexts:
        context.close()


def press(page: Page, selector: str) -> None:
    """Press a link or button that leads to another page, and wait for that page."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def send(page: Page, field: str = "main form") -> None:
    """Send the form that holds a field, and wait for what comes."""
    press(
        page, f"main form:has({field}) .button-row .button" if field != "main form" else "main form .button-row .button"
    )


def enter(page: Page, key: str = "Enter") -> None:
    """Press a key that leads to another page, and wait for that page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something that is meant has the focus; every stop on the way can be seen."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            outline = page.evaluate(
                """() => { const e = document.activeElement, s = getComputedStyle(e)
                return s.outlineStyle !== 'none' || s.boxShadow !== 'none' || s.borderStyle !== 'none' }"""
            )
            assert outline, f"{selector} does not show that it has the focus"
            return
    raise AssertionError(f"Tab never comes to {selector}")


def found(page: Page) -> list[str]:
    """Give what axe finds wrong with a page as it stands."""
    response = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    return [f"{one['id']}: {node['html'][:160]}" for one in response["violations"] for node in one["nodes"]]


def wider(page: Page) -> list[str]:
    """Give what makes a page wider than its screen: the elements that stick out, the innermost ones."""
    return list(
        page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth
              if (document.documentElement.scrollWidth <= width) return []
              const out = [...document.body.querySelectorAll('*')].filter((e) => {
                const box = e.getBoundingClientRect()
                return box.width && box.right > width + 0.5 && !e.closest('.table-wrap')
              })
              return [`${document.documentElement.scrollWidth} > ${width}`].concat(out
                .filter((e) => !out.some((other) => other !== e && e.contains(other)))
                .map((e) => e.outerHTML.slice(0, 120)))
            }"""
        )
    )


def faults(page: Page, name: str = "") -> list[str]:
    """Give all that is wrong with a page: what axe finds, what sticks out, details opened too."""
    if PICTURES and name:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    page.evaluate("document.querySelectorAll('main details').forEach((e) => { e.open = true })")
    wrong = [*found(page), *wider(page)]
    return [f"{name or page.url}: {one}" for one in wrong]
