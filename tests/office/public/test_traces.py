"""What nobody finds afterwards: no cookie, no row, no answer in an address or a log.

None of these tests may touch the database (they do not ask for it, so any query fails).
"""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse

from telusur.office.policies import PUBLIC

SECRET = "Bupati Rahasia"
PAGES = (
    "/",
    "/periksa/",
    "/periksa/pribadi/",
    "/periksa/instansi/",
    "/tenggat/",
    "/aturan/",
    "/aturan/latar/",
    "/aturan/SKB-2022/E4/",
    "/akun-diambil-alih/",
    "/akun-diambil-alih/x/",
    "/akun-diambil-alih/laporan-diri/",
)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_sets_a_cookie_or_asks_the_database(browser, address):
    page = browser.get(address)
    assert not page.response.cookies


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_spoken_in_the_language_chosen_and_frames_no_script_of_its_own(browser, address):
    page = browser.get(address)
    raw = page.response.content.decode()
    assert f'<html lang="{browser.language}"' in raw
    assert page.response["Content-Language"] == browser.language
    assert " style=" not in raw
    assert "onclick" not in raw


def go_through(browser):
    page = browser.send(browser.get("/periksa/pribadi/"), hari="15 Januari 2024")
    for _ in range(30):
        if "pilihan" not in page.form.choices:
            break
        page = browser.send(page, button=("lakukan", "choose"), pilihan=[page.form.choices["pilihan"][0]])
    browser.send(page, button=("lakukan", "result"))
    browser.send(browser.get("/tenggat/"), tenggat="bpasn-banding", mulai="1/4/2024", instansi="")
    report = browser.get("/akun-diambil-alih/laporan-diri/")
    browser.send(report, button=("lakukan", "periksa"), akun=SECRET, terjadi=SECRET)


def test_answers_are_in_no_address_no_cookie_and_no_log(browser, caplog, office):
    before = {path: path.stat().st_mtime_ns for path in Path(office).rglob("*") if path.is_file()}
    with caplog.at_level(logging.DEBUG):
        go_through(browser)
    assert len(browser.seen) > 8
    for response in browser.seen:
        assert response.request["QUERY_STRING"] == ""
        assert not response.cookies
        assert not response.has_header("Location")
    assert SECRET not in caplog.text
    assert "like" not in caplog.text
    assert {path: path.stat().st_mtime_ns for path in Path(office).rglob("*") if path.is_file()} == before


def test_what_is_answered_by_post_is_kept_by_no_proxy(browser):
    page = browser.send(browser.get("/periksa/pribadi/"), hari="15 Januari 2024")
    assert page.response["Cache-Control"] == "private, no-cache"


def test_another_language_is_chosen_without_losing_the_answers(browser):
    page = browser.send(browser.get("/periksa/pribadi/"), hari="15 Januari 2024")
    page = browser.send(page, button=("lakukan", "choose"), pilihan=["like"])
    other = {"id": "en", "en": "id"}[browser.language]
    turned = browser.send(page, form=page.choosers, button=("language", other))
    assert f'<html lang="{other}"' in turned.response.content.decode()
    assert [v for n, v in turned.form.hidden if n == "jawaban"] == [v for n, v in page.form.hidden if n == "jawaban"]
    assert set(turned.response.cookies) == {settings.LANGUAGE_COOKIE_NAME}


def test_another_zone_is_chosen_without_losing_the_answers(browser):
    page = browser.send(browser.get("/periksa/pribadi/"), hari="15 Januari 2024")
    page = browser.send(page, button=("lakukan", "choose"), pilihan=["like"])
    form = next(one for one in page.forms if ("zone", "WIT") in one.buttons)
    turned = browser.send(page, form=form, button=("zone", "WIT"))
    assert [v for n, v in turned.form.hidden if n == "jawaban"] == [v for n, v in page.form.hidden if n == "jawaban"]
    assert set(turned.response.cookies) == {"zona"}


def test_a_wrong_page_keeps_its_words_in_another_language(browser):
    page = browser.get("/akun-diambil-alih/laporan-diri/")
    wrong = browser.send(page, button=("lakukan", "periksa"), akun=SECRET)
    other = {"id": "en", "en": "id"}[browser.language]
    turned = browser.send(wrong, form=wrong.choosers, button=("language", other))
    assert turned.form.fields["akun"] == SECRET


def test_every_address_of_the_room_is_open_to_everybody():
    room = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", None) == "public")
    ours = [one for one in room.url_patterns if not one.name.startswith("report")]
    assert {one.callback.permission for one in ours} == {PUBLIC}
    assert all(one.callback.csrf_exempt for one in ours)


def test_the_first_page_leads_to_what_is_here(browser):
    links = set(browser.get("/").links)
    assert {"/periksa/pribadi/", "/periksa/instansi/", "/tenggat/", "/aturan/", "/akun-diambil-alih/"} <= links


def test_the_first_page_leads_reporters_respondents_and_inspectors_too(browser):
    links = set(browser.get("/").links)
    assert {reverse(name) for name in ("intake:report", "intake:follow", "portal:enter", "desk:queue")} <= links
