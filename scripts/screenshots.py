"""Take the documents' pictures of the office: `python scripts/screenshots.py [--lang id|en]`.

A trial's office is made in a folder of its own, served on this machine, and looked at in Debian's Chromium as the
people of the trial see it, wide and on a phone; afterwards the folder is gone. Times and codes differ from run to run,
so `make docs` does not do this: run it, or `make pictures`, when the look has changed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs/images"
WIDE, PHONE = (1280, 860), (390, 844)
CODE = re.compile(r"\b\d{4} \d{4} \d{4} \d{4}\b")
#: Seconds until the trial has to answer.
PATIENCE = 120
#: Of all invented people, as the trial prints it.
PASSWORD = "uji coba telusur"  # noqa: S105 - see above
PASSPHRASE = "tiga kata rahasia"  # noqa: S105 - of a trial that is thrown away


def main() -> None:
    """Serve a trial, take the pictures, and throw the trial away."""
    chosen = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    chosen.add_argument("--lang", choices=("id", "en"), default="id", help="language of the pages (default: id)")
    language = chosen.parse_args().lang
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("No browser. Run this once, then run the command again: sudo apt-get install -y chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as (root, said), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        take(browser, root, said, language)
        browser.close()


@contextmanager
def served() -> Iterator[tuple[str, str]]:
    """Start a trial in a folder of its own; gives its address and what it said as it began."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="telusur-pictures-") as home:
        program = Path(sys.executable).with_name("telusur")
        told = Path(home) / "told.txt"
        office = {**os.environ, "TELUSUR_HOME": f"{home}/office", "NO_COLOR": "1", "COLUMNS": "120"}
        with told.open("wb") as out:
            running = subprocess.Popen(  # noqa: S603 - our own command
                [str(program), "serve", "--demo", "--port", str(port)], env=office, stdout=out, stderr=out
            )
        try:
            root = f"http://127.0.0.1:{port}"
            _wait(root, running, told)
            yield root, told.read_text("utf-8")
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(30)


def _wait(root: str, running: subprocess.Popen[bytes], told: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if running.poll() is not None:
            sys.exit(f"The office did not start:\n{told.read_text('utf-8')}")
        try:
            with urllib.request.urlopen(f"{root}/ready", timeout=5):  # noqa: S310 - our own, on this machine
                if CODE.search(told.read_text("utf-8")):  # it is told last how to come in
                    return
        except OSError:
            pass
        time.sleep(0.5)
    sys.exit("The office did not answer in time.")


def take(browser: Browser, root: str, said: str, language: str) -> None:
    """Take the pictures of the main pages."""
    for name, size in (("", WIDE), ("-phone", PHONE)):
        everybody = visitor(browser, root, size, language)
        picture(everybody, f"{root}/", f"home{name}")
        picture(everybody, f"{root}/periksa/pribadi/", f"selfcheck{name}", question=True)
        for who, address, what in (("ketua", "/meja/", "queue"), ("atasan", "/meja/?cari=diambil+alih", "case")):
            inside = logged_in(visitor(browser, root, size, language), root, who)
            page = inside.pages[0]
            page.goto(f"{root}{address}")
            if what == "case":
                page.locator("main table a").first.click()
                page.wait_for_url("**/berkas/**")
            picture(inside, page.url, f"{what}{name}")
    respondents(browser, root, said, language)


def respondents(browser: Browser, root: str, said: str, language: str) -> None:
    """Enter once with the code that the trial printed, and take the respondent's page wide and on a phone."""
    codes = CODE.findall(said)
    context = visitor(browser, root, WIDE, language)
    page = context.new_page()
    for code in codes:
        page.goto(f"{root}/tanggapan/")
        page.locator("main input[type=text]").fill(code)
        press(page, "main form .button")
        if page.locator("main input[type=password]").count():
            break
    for box in page.locator("main input[type=password]").all():
        box.fill(PASSPHRASE)
    press(page, "main form .button")
    for name, (width, height) in (("", WIDE), ("-phone", PHONE)):
        page.set_viewport_size({"width": width, "height": height})
        _save(page, f"respondent{name}")


def visitor(browser: Browser, root: str, size: tuple[int, int], language: str) -> BrowserContext:
    """Give somebody's browser."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme="light")
    context.add_cookies([{"name": "bahasa", "value": language, "url": root}])
    return context


def logged_in(context: BrowserContext, root: str, who: str) -> BrowserContext:
    """Log in as somebody of the trial."""
    page = context.new_page()
    page.goto(f"{root}/masuk/login/")
    page.locator("#id_login").fill(who)
    page.locator("#id_password").fill(PASSWORD)
    press(page, "main form .button")
    return context


def picture(context: BrowserContext, address: str, name: str, *, question: bool = False) -> None:
    """Take what is first seen of a page."""
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(address)
    if question:
        press(page, "main form .button-row .button")
    _save(page, name)


def press(page: Page, selector: str) -> None:
    """Press what leads to another page, and wait for it."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def _save(page: Page, name: str) -> None:
    """Keep what is seen of a page."""
    path = FOLDER / f"office-{name}.png"
    page.screenshot(path=path)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
