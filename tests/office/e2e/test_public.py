"""Without a login: the self-check, reports by code, what to do about an account; by mouse, by keyboard, on a phone."""

from __future__ import annotations

import io
import re
from datetime import date

import pypdf
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from office.browsing import IN_A_BROWSER, enter, faults, press, send, tab_to
from telusur.law import selfcheck
from telusur.law.selfcheck import State
from telusur.office.models import PublicReport
from telusur.office.public.takeover import guide

pytestmark = IN_A_BROWSER

STORY = {
    "id": "Akun seorang pegawai mengunggah ajakan memilih seorang calon.",
    "en": "The account of an official posted an appeal to vote for a candidate.",
}
LINK = "https://x.com/contoh_pegawai/status/1748725849781301248"
CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")
PICTURE = {"name": "tangkapan.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"0" * 64}


def answered(page: Page, *, agency: bool, day: str, of: date) -> State:
    """Answer the first option of every question, and give what was answered to the library."""
    state = State(of, agency=agency)
    page.get_by_role("textbox").fill(day)
    send(page)
    while page.locator("main [name=pilihan]").count():
        asked = selfcheck.question(state)
        assert asked is not None
        page.locator("#choice-1").check()
        state = state.with_answer(asked.take([asked.options[0].id]))
        send(page)
    return state


@pytest.mark.parametrize(
    ("agency", "language", "width", "day"),
    [
        (False, "id", 320, "15 Januari 2024"),
        (False, "en", 1280, "15 January 2024"),
        (True, "id", 1280, "15/01/2024"),
        (True, "en", 360, "15/01/2024"),
    ],
)
def test_the_self_check_ends_with_the_library_s_answer(opened, agency: bool, language: str, width: int, day: str):  # noqa: FBT001
    page = opened(reverse("public:home"), language=language, width=width)
    asked = reverse("public:selfcheck-agency" if agency else "public:selfcheck-person")
    press(page, f"main a[href='{asked}']")
    wrong = faults(page, "self-check: the day")
    page.get_by_role("textbox").fill("31/02/2024")
    send(page)
    expect(page.locator(".errors")).to_be_focused()
    wrong += faults(page, "self-check: no such day")
    page.get_by_role("textbox").fill(day)
    send(page)
    wrong += faults(page, "self-check: a question")
    send(page)  # without an answer
    expect(page.locator(".errors")).to_be_visible()
    wrong += faults(page, "self-check: no answer")
    page.goto(page.url)
    state = answered(page, agency=agency, day=day, of=date(2024, 1, 15))
    wrong += faults(page, "self-check: answers")
    send(page)
    expected = selfcheck.answer(state)
    expect(page.locator("main .notice").first).to_contain_text(expected.sentence.in_language(language))
    wrong += faults(page, "self-check: result")
    assert wrong == []


@pytest.mark.parametrize(("language", "width"), [("id", 320), ("en", 1280)])
def test_a_report_without_an_account_is_followed_by_its_code_alone(opened, logged_in, language: str, width: int):
    page = opened(reverse("intake:report"), language=language, width=width)
    wrong = faults(page, "report")
    page.locator("#id_what").fill("Singkat")
    page.locator("input[name=platform][value=x]").check()
    send(page)
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator("#id_what")).to_have_value("Singkat")
    wrong += faults(page, "report: faults")
    page.locator("#id_what").fill(STORY[language])
    page.locator("#id_url").fill(LINK)
    page.locator("input[type=file]").set_input_files(PICTURE)
    send(page)
    code = page.locator(".code").inner_text()
    assert CODE.fullmatch(code)
    wrong += faults(page, "report: received")
    report = PublicReport.objects.get()
    assert report.told["url"] == LINK
    assert report.files.get().name == "tangkapan.png"
    expect(page.locator("main")).to_contain_text(report.receipt)

    page.goto(page.url.replace(reverse("intake:report"), reverse("intake:follow")))
    wrong += faults(page, "follow")
    page.locator("#id_code").fill(code[:-1] + ("1" if code[-1] == "0" else "0"))
    send(page)
    expect(page.locator(".errors")).to_be_focused()
    wrong += faults(page, "follow: a slip")
    page.locator("#id_code").fill(code.replace(" ", "-"))
    send(page)
    wrong += faults(page, "follow: standing")
    assert code not in page.url

    officer = opened(reverse("intake:reports"), who=logged_in("office/receiver"), language=language, width=width)
    wrong += faults(officer, "reports")
    press(officer, "main table a")
    wrong += faults(officer, "reports: one")
    expect(officer.locator("main")).to_contain_text(LINK)
    officer.locator("#id_text").fill("Apakah tautannya masih ada?")
    send(officer, "#id_text")
    expect(officer.locator("ol.timeline")).to_contain_text("Apakah tautannya masih ada?")

    page.goto(page.url)
    page.locator("#id_code").fill(code)
    send(page)
    expect(page.locator("ol.timeline")).to_contain_text("Apakah tautannya masih ada?")
    page.locator("#id_text").fill("Ya, masih ada.")
    send(page)
    expect(page.locator("ol.timeline")).to_contain_text("Ya, masih ada.")
    wrong += faults(page, "follow: messages")
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert wrong == []


def test_a_report_is_made_and_followed_by_keyboard_alone(opened):
    page = opened(reverse("public:home"))
    keys = page.keyboard
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, f"main a[href='{reverse('intake:report')}']")
    enter(page)
    tab_to(page, "#id_what")
    keys.type(STORY["id"])
    tab_to(page, "input[name=platform]")
    keys.press("ArrowDown")
    expect(page.locator("input[name=platform]:focus")).to_be_checked()
    while page.locator("input[name=platform]:checked").get_attribute("value") != "x":
        keys.press("ArrowDown")
    tab_to(page, "#id_url")
    keys.type(LINK)
    enter(page)
    code = page.locator(".code").inner_text()
    tab_to(page, f"main a[href='{reverse('intake:follow')}']")
    enter(page)
    tab_to(page, "#id_code")
    keys.type(code)
    enter(page)
    expect(page.locator("main .lead")).to_contain_text("Diterima")
    tab_to(page, "#id_text")
    keys.type("Saya masih menyimpan berkas aslinya.")
    tab_to(page, "main .button-row .button")
    enter(page, "Space")
    expect(page.locator("ol.timeline")).to_contain_text("Saya masih menyimpan berkas aslinya.")
    assert PublicReport.objects.get().told["platform"] == "x"


@pytest.mark.parametrize(("language", "width"), [("id", 360), ("en", 1280)])
def test_an_account_taken_over_ends_in_a_paper_with_the_hashes(opened, language: str, width: int):
    page = opened(reverse("public:takeover"), language=language, width=width)
    wrong = faults(page, "taken over")
    for platform in guide().platforms:
        page.goto(page.url.split("/akun-")[0] + reverse("public:takeover-platform", args=[platform]))
        wrong += faults(page, f"taken over: {platform}")
    press(page, "main .button--start")
    wrong += faults(page, "self-report")
    send(page)
    expect(page.locator(".errors")).to_be_visible()
    wrong += faults(page, "self-report: faults")
    page.locator("input[name=platform][value=x]").check()
    page.locator("main [name=akun]").fill("contoh_pegawai")
    page.locator("main [name=keadaan]").first.check()
    for name, day, hour in (("tahu", "20/01/2024", "09.35"), ("pakai", "19/01/2024", "21.00")):
        page.locator(f"main [name={name}_tanggal]").fill(day)
        page.locator(f"main [name={name}_jam]").fill(hour)
        page.locator(f"main [name={name}_zona]").select_option("WIB")
    page.locator("main [name=terjadi]").fill("Muncul tiga unggahan yang bukan tulisan saya.")
    page.locator("main [name=nama]").fill("Nama Contoh")
    page.locator("input[type=file]").set_input_files(
        {"name": "surel.eml", "mimeType": "message/rfc822", "buffer": b"From: x"}
    )
    send(page)
    wrong += faults(page, "self-report: check")
    with page.expect_download() as download:
        page.locator("main .button[value=pdf]").click()
    paper = pypdf.PdfReader(io.BytesIO(download.value.path().read_bytes()))
    words = "".join(one.extract_text() for one in paper.pages)
    assert "surel.eml" in words
    assert "contoh_pegawai" in words
    assert wrong == []


@pytest.mark.parametrize(("language", "width"), [("id", 320), ("en", 1280)])
def test_a_deadline_is_counted_and_a_rule_is_read(opened, language: str, width: int):
    page = opened(reverse("public:deadline"), language=language, width=width)
    wrong = faults(page, "deadline")
    page.locator("main [name=tenggat]").select_option(index=1)
    page.locator("main [name=mulai]").fill("5 Februari 2024" if language == "id" else "5 February 2024")
    send(page)
    expect(page.locator("main .panel")).to_be_visible()
    wrong += faults(page, "deadline: counted")
    page.goto(page.url.replace(reverse("public:deadline"), reverse("public:rules")))
    wrong += faults(page, "rules")
    press(page, f"main a[href^='{reverse('public:rules')}SKB-2022/']")
    expect(page.locator("h1")).to_contain_text("SKB-2022/")
    wrong += faults(page, "rules: one")
    page.goto(page.url.split("/aturan/")[0] + reverse("public:rules-background"))
    wrong += faults(page, "rules: background")
    assert wrong == []
