"""The public report in a real browser: axe finds nothing, all fits on a telephone, and it prints."""

import shutil
from io import BytesIO

import pytest
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from dossier.balance_report import example
from office import browsing

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: sudo apt-get install -y chromium")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def opened(browser, language, width, *, dark=False):
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light")
    page.set_content(example.page(language=language))
    return page


@pytest.mark.parametrize(("language", "width", "dark"), [("id", 390, True), ("en", 1280, False)])
def test_axe_finds_nothing_and_all_fits(browser, language, width, dark):
    page = opened(browser, language, width, dark=dark)
    said = []
    page.on("console", lambda message: said.append(message.text))
    assert browsing.found(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    words = page.evaluate(
        """() => [...document.querySelectorAll('svg[role=img]')].filter((e) => e.checkVisibility()).flatMap((e) => {
          const box = e.getBoundingClientRect()
          return [...e.querySelectorAll('text')].filter((t) => {
            const own = t.getBoundingClientRect()
            return own.left < box.left - 4 || own.right > box.right + 4 || own.bottom > box.bottom + 1
          }).map((t) => `${e.querySelector('title').textContent}: ${t.textContent}`)
        })"""
    )
    assert words == []
    assert said == []
    page.close()


def test_on_paper_it_is_light_and_wide_with_every_figure_whole(browser):
    page = opened(browser, "id", 390, dark=True)
    page.emulate_media(media="print")
    shown = page.evaluate(
        """() => [...document.querySelectorAll('figure')].map((e) => [
          e.querySelector('.wide').checkVisibility(), e.querySelector('.narrow').checkVisibility(),
          getComputedStyle(e).breakInside])"""
    )
    assert shown == [[True, False, "avoid"]] * len(example.FIGURES)
    assert not page.locator(".skip").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in {
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    }
    paper = PdfReader(BytesIO(page.pdf(format="A4")))
    text = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
    assert 3 <= len(paper.pages) <= 15
    assert "Kamus data" in text
    assert "Tenggat dari laporan sampai putusan" in text
    page.close()
