"""Attempted shortcuts on the screens: each is refused, says why, and loses nothing that was typed."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from playwright.sync_api import expect

from office.browsing import IN_A_BROWSER, enter, press, send, tab_to
from office.case_at_desk import DRAFT, before_deciding, confirm
from office.e2e.screens import fill, in_days, paper, today
from telusur.office.models import StepRow

pytestmark = IN_A_BROWSER

TRACE_FIRST = "timbang dahulu siapa yang memakai akun"


def code_of(user) -> str:
    """Give the code that a person's phone shows now."""
    held = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    secret = decrypt(TOTP(held).instance.data["secret"])
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_no_summons_without_particulars(agency, at_screen):
    agency["superior"].states_the_act()
    desk = at_screen("superior")
    said = desk.refused(
        "sampaikan",
        what="summons",
        how="kurir",
        on=today(),
        reply_until=in_days(7),
        proof=paper("tanda-terima.pdf"),
    )
    assert "Susun dahulu rincian" in said
    expect(desk.page.locator("main [name=how]:checked")).to_have_value("kurir")
    assert desk.wrong == []


def test_no_draft_of_a_sanction_while_the_tracing_is_open_nor_after_an_override_of_it(agency, at_screen):
    before_deciding(agency)
    confirm(agency)
    official = at_screen("deciding_official")
    assert TRACE_FIRST in official.refused("konsep", **DRAFT)
    expect(official.page.locator("main [name=grounds]")).to_have_value(DRAFT["grounds"])

    superior, second = at_screen("superior"), agency["personnel"].user
    wrong_code = {"gate": "tracing", "second": second.person_id, "grounds": "Mendesak.", "code": "000000"}
    assert "Kode orang kedua tidak cocok" in superior.refused("lewati", **wrong_code)
    file = superior.does("lewati", **{**wrong_code, "code": code_of(second)})
    assert [one.step.gate for one in file.overrides] == ["tracing"]
    expect(superior.page.locator("li.gate--overridden")).to_have_count(1)
    superior.look("case: overridden")

    assert TRACE_FIRST in official.refused("konsep", **DRAFT)
    assert "Susun dahulu konsep keputusan" in at_screen("ppk").reasons("Tetapkan hukuman berat")
    assert official.file.draft is None
    assert [*official.wrong, *superior.wrong] == []


def test_nobody_approves_their_own_draft(agency, at_screen):
    before_deciding(agency).traces().decides()
    confirm(agency)
    ppk = at_screen("ppk")
    ppk.does("konsep", **DRAFT)
    assert "Penyusun tidak menyetujui konsepnya sendiri" in ppk.reasons("Setujui konsep keputusan")
    assert "Penyusun tidak menyetujui konsepnya sendiri" in ppk.closed("setujui")
    ppk.at_case()
    expect(ppk.page.locator("main a[href$='/langkah-decide_heavy/']")).to_have_count(0)
    at_screen("deciding_official").does("setujui")
    assert ppk.file.draft.approved
    assert ppk.wrong == []


def test_no_sanction_before_the_respondent_was_heard(agency, at_screen):
    agency["superior"].states_the_act().asks_of_ties().informs().traces().decides()
    confirm(agency)
    official = at_screen("deciding_official")
    assert "Terlapor belum menjawab" in official.refused("konsep", **DRAFT)
    expect(official.page.locator("main [name=grounds]")).to_have_value(DRAFT["grounds"])
    assert official.file.draft is None
    assert official.wrong == []


@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_that_went_stale_says_so_and_is_sent_again_as_it_was_typed(agency, at_screen, width):
    one, other = at_screen("superior", width=width), at_screen("ppk")
    one.opens("catatan")
    fill(one.page, "main form", {"text": "Kata-kata yang panjang."})
    other.does("catatan", text="Dari orang lain.")
    send(one.page)
    expect(one.page.locator(".errors")).to_contain_text("Berkas ini telah berubah")
    expect(one.page.locator(".errors")).to_be_focused()
    expect(one.page.locator("main [name=text]")).to_have_value("Kata-kata yang panjang.")
    one.look("stale")
    send(one.page)
    expect(one.page.locator("h1")).to_contain_text("Unggahan di X")
    assert [row.body["text"] for row in StepRow.objects.filter(kind="noted")] == [
        "Dari orang lain.",
        "Kata-kata yang panjang.",
    ]
    assert one.wrong == []


def test_of_two_who_approve_at_once_the_second_is_told(agency, at_screen):
    before_deciding(agency).traces().decides()
    confirm(agency)
    agency["deciding_official"].does("konsep", **DRAFT)
    first = at_screen("ppk")
    first.opens("setujui")
    second = at_screen("ppk")
    second.opens("setujui")
    send(first.page)
    send(second.page)
    expect(second.page.locator("main")).to_contain_text("sudah disetujui")
    assert StepRow.objects.filter(kind="approved").count() == 1
    second.look("approved twice")
    assert second.wrong == []


def test_a_move_is_taken_by_keyboard_alone(agency, at_screen):
    desk = at_screen("superior")
    agency["superior"].states_the_act().asks_of_ties().informs()
    page, keys = desk.page, desk.page.keyboard
    press(page, "nav a[href='/meja/']")
    keys.press("j")
    enter(page)
    expect(page.locator("h1")).to_contain_text("Unggahan di X")
    tab_to(page, "main a[href$='/langkah-summon/']")
    enter(page)
    tab_to(page, "main form .button")
    enter(page, "Space")
    expect(page.locator("main .notice--ok, main [role=status]").first).to_contain_text("Panggil")
    assert desk.file.stage == "summoned"
