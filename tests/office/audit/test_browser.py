"""The audit's pages in a browser: axe finds nothing, all fits, and the keyboard does."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from office.audit.auditing import audited, coded, invented
from office.browsing import IN_A_BROWSER, enter, faults, tab_to
from telusur.office.audit import plans, releases, running
from telusur.office.audit.tables import AuditPlan

pytestmark = IN_A_BROWSER


def client(user) -> Client:
    found = Client()
    found.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    return found


@pytest.fixture
def auditor(person):
    return person("office/balance")


@pytest.fixture
def published(auditor, monkeypatch):
    """Let an audit of invented cases be published."""
    held = invented()
    monkeypatch.setattr(running, "extract", lambda: held)
    run = audited(auditor)
    assert run.state == "done", run.problem
    releases.publish(run, asked_by="u1", approved_by="u2")
    return run


@pytest.mark.parametrize(("language", "width", "dark"), [("id", 390, False), ("en", 1280, True)])
def test_nothing_is_wrong_with_the_pages_of_an_audit(opened, auditor, published, language, width, *, dark):
    who = client(auditor)
    wrong = []
    inside = ("/audit/", "/audit/lakukan/rencana/", "/audit/lakukan/terbitkan/", f"/audit/{published.pk}/laporan/")
    report = "report.html" if language == "id" else "report.en.html"
    for address in (*inside, "/keterbukaan/", f"/keterbukaan/1/{report}"):
        page = opened(address, who=who if address in inside else None, language=language, width=width, dark=dark)
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.reload()
        wrong += [f"{address}: {one}" for one in said]
        wrong += faults(page, f"audit-{width}-{re.sub(r'[^a-z]+', '-', address)}")
    assert wrong == []


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_not_there_yet_is_said_and_looks_right(opened, auditor, width):
    wrong = faults(opened("/audit/", who=client(auditor), width=width), f"audit-empty-{width}")
    wrong += faults(opened("/keterbukaan/", width=width), f"transparency-empty-{width}")
    assert wrong == []


def test_what_the_receiver_enters_is_a_form_like_others(opened, person):
    receiver = person("office/receiver", "bawaslu-general/reviewer")
    (case,) = coded(receiver, 1)
    address = reverse("desk:act", args=[case.pk, "keterangan-audit"])
    assert faults(opened(address, who=client(receiver), width=390), "audit-facts-390") == []


def test_a_plan_is_recorded_and_an_audit_asked_for_by_keyboard(opened, auditor):
    page = opened("/audit/", who=client(auditor))
    tab_to(page, "main a.button")
    enter(page)
    tab_to(page, "main form .button-row .button")
    enter(page)
    assert AuditPlan.objects.get() == plans.standing()
    tab_to(page, "main form .button")
    enter(page)
    expect(page.locator("#audit progress")).to_be_visible()
