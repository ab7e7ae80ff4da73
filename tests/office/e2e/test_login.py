"""Coming in: password and code, what a wrong one says, and the door that closes after too many."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.urls import reverse
from playwright.sync_api import expect

from office.browsing import IN_A_BROWSER, faults, press, send
from office.conftest import PASSWORD

pytestmark = IN_A_BROWSER


def shown_now(secret: str) -> str:
    """Give the code that a phone with this secret shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def secret_of(user) -> str:
    held = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return decrypt(TOTP(held).instance.data["secret"])


def give(page, username: str, password: str) -> None:
    page.locator("#id_login").fill(username)
    page.locator("#id_password").fill(password)
    send(page)


@pytest.mark.parametrize(("language", "width"), [("id", 320), ("en", 1280)])
def test_a_person_comes_in_with_password_and_code_and_leaves(opened, person, language: str, width: int):
    user = person("bawaslu-general/reviewer")
    page = opened(reverse("desk:queue"), language=language, width=width)
    wrong = faults(page, "login")
    give(page, user.username, "bukan kata sandinya")
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator("#id_login")).to_have_value(user.username)
    wrong += faults(page, "login: wrong password")
    give(page, user.username, PASSWORD)
    wrong += faults(page, "login: code")
    page.locator("#id_code").fill("000000")
    send(page)
    expect(page.locator(".errors")).to_be_focused()
    wrong += faults(page, "login: wrong code")
    page.locator("#id_code").fill(shown_now(secret_of(user)))
    send(page)
    assert page.url.endswith(reverse("desk:queue"))
    press(page, f"form[action='{reverse('account_logout')}'] button")
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + reverse("desk:queue"))
    assert reverse("account_login") in page.url
    assert wrong == []


def test_whoever_has_no_second_factor_sets_one_before_anything_else(opened, person):
    user = person("bawaslu-general/reviewer", factor=False)
    page = opened(reverse("account_login"), width=360)
    give(page, user.username, PASSWORD)
    assert page.url.endswith(reverse("mfa_activate_totp"))
    wrong = faults(page, "second factor")
    secret = page.locator("main strong.hash").inner_text().replace(" ", "")
    page.locator("#id_code").fill(shown_now(secret))
    press(page, "main form .button")
    wrong += faults(page, "second factor: set")
    for view in ("mfa_index", "mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_deactivate_totp"):
        page.goto(page.url.split("/masuk/")[0] + reverse(view))
        expect(page.locator("main h1")).to_have_count(1)
        wrong += faults(page, view)
        if view == "mfa_generate_recovery_codes":
            press(page, "main form .button")
            wrong += faults(page, "recovery codes")
    page.goto(page.url.split("/masuk/")[0] + reverse("desk:queue"))
    expect(page.locator("h1")).to_contain_text("Antrean")
    assert wrong == []


@pytest.mark.parametrize(("language", "width"), [("en", 320), ("id", 1280)])
def test_after_five_wrong_passwords_the_door_closes_and_says_for_how_long(opened, person, language: str, width: int):
    user = person("bawaslu-general/reviewer")
    page = opened(reverse("account_login"), language=language, width=width)
    for _ in range(5):
        give(page, user.username, "bukan kata sandinya")
    expect(page.locator("main")).to_contain_text("15")
    assert page.locator("#id_login").count() == 0
    wrong = faults(page, "locked out")
    page.goto(page.url)
    give(page, user.username, PASSWORD)
    assert page.locator("#id_code").count() == 0
    assert wrong == []
