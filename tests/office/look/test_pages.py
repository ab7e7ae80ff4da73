"""Pages say in the reader's language what went wrong and what to do, and hold nothing inline."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from telusur.office import errors, navigation, policies
from telusur.office.templatetags import look

TEMPLATES = sorted(Path(str(resources.files("telusur.office").joinpath("templates"))).rglob("*.html"))
OWN = [
    path
    for path in TEMPLATES
    if path.parts[path.parts.index("templates") + 1] in {"account", "mfa", "allauth", "429.html"}
    or path.parts[-2] in {"errors", "forms"}
    or (path.parent.name == "office")
]
pytestmark = pytest.mark.urls("office.look.urls")


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\bsrc=)", text), path
    assert "https://" not in text


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_no_word_on_screen_stands_in_one_language_only(path: Path) -> None:
    bare = re.sub(r"\{[%{#].*?[%}#]\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", bare)
    # The name of the thing and of its languages is the same in both; `data-error` is an attribute in a block.
    assert set(re.findall(r"[A-Za-z]{3,}", text)) <= {"Telusur", "Indonesia", "English", "data", "error"}, path


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Ada gangguan di pihak kami"), ("en", "Something is wrong on our side")]
)
def test_our_own_failure_is_told_without_asking_the_database_or_who_is_there(language: str, words: str) -> None:
    # pytest-django refuses the database here, and the request knows neither a user nor a session.
    with translation.override(language):
        answer = errors.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert words in answer.content.decode()


def test_our_own_failure_is_told_even_when_static_files_were_never_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> str:
        raise ValueError

    monkeypatch.setattr(errors, "static", missing)
    answer = errors.broken(RequestFactory().get("/")).content.decode()
    assert "stylesheet" not in answer
    assert "Ada gangguan" in answer


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/tidak-ada/", 404, ("Halaman tidak ditemukan", "Page not found")),
        ("/rusak/", 500, ("Ada gangguan di pihak kami", "Something is wrong on our side")),
        ("/masuk/login/", 200, ("Nama pengguna", "User name")),
        ("/masuk/signup/", 200, ("Akun dibuat oleh administrator", "Accounts are made by the administrator")),
        ("/masuk/password/reset/", 200, ("Lupa kata sandi", "Forgotten password")),
        ("/masuk/inactive/", 200, ("Akun tidak aktif", "Account not active")),
    ],
)
def test_pages_speak_the_reader_s_language(
    client: Client, language: str, address: str, status: int, words: tuple[str, str]
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(address)
    assert page.status_code == status
    html = page.content.decode()
    assert f'<html lang="{language}">' in html
    assert words[language == "en"] in html
    assert words[language == "id"] not in html


@pytest.mark.django_db
def test_a_page_that_roles_do_not_open_says_who_can_change_that(logged_in) -> None:
    page = logged_in("office/receiver").get("/meja/berkas/00000000-0000-0000-0000-000000000000/lakukan/x/")
    assert page.status_code in {403, 404}
    assert "administrator kantor" in page.content.decode()


@pytest.mark.django_db
def test_a_form_that_came_without_its_token_is_told_what_to_do(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/masuk/login/", {"login": "x"})
    assert page.status_code == 403
    assert "Formulir perlu dikirim lagi" in page.content.decode()


@pytest.mark.django_db
def test_a_body_that_is_too_large_is_told_so(client: Client) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10):
        page = client.post("/masuk/login/", {"login": "x" * 100})
    assert page.status_code == 400
    assert "Permintaan tidak dapat dibaca" in page.content.decode()


@pytest.mark.django_db
def test_a_wrong_password_says_what_to_check_and_keeps_the_name_but_never_the_password(client: Client, person) -> None:
    user = person()
    html = client.post("/masuk/login/", {"login": user.username, "password": "rahasia sekali"}).content.decode()
    assert "Nama pengguna dan kata sandi tidak cocok" in html
    assert f'value="{user.username}"' in html
    assert "rahasia sekali" not in html


@pytest.mark.django_db
def test_too_many_attempts_close_the_login_for_a_while(client: Client, person) -> None:
    user = person()
    pages = [
        client.post("/masuk/login/", {"login": user.username, "password": "salah semua ini"})
        for _ in range(settings.AXES_FAILURE_LIMIT + 1)
    ]
    assert [page.status_code for page in pages[: settings.AXES_FAILURE_LIMIT - 1]] == [200] * (
        settings.AXES_FAILURE_LIMIT - 1
    )
    for closed in pages[settings.AXES_FAILURE_LIMIT - 1 :]:
        assert closed.status_code == 429
        assert "Tunggu 15 menit" in closed.content.decode()
        assert user.username not in closed.content.decode()


@pytest.mark.django_db
def test_every_page_can_be_skipped_into_and_names_its_parts(client: Client) -> None:
    html = client.get("/semua/").content.decode()
    assert html.index('class="skip"') < html.index("<header")
    assert 'href="#main"' in html
    assert 'id="main"' in html
    assert html.count("<h1") == 1


@pytest.mark.django_db
def test_language_and_zone_are_chosen_without_a_script_and_remembered(client: Client) -> None:
    html = client.get("/semua/?a=1").content.decode()
    assert '<input type="hidden" name="next" value="/semua/?a=1">' in html
    assert re.search(r'name="language" value="id"[^>]*aria-pressed="true"', html)
    assert client.post("/bahasa/", {"language": "en", "next": "/semua/?a=1"}).headers["Location"] == "/semua/?a=1"
    client.post("/bahasa/", {"zone": "WIT", "next": "/semua/"})
    html = client.get("/semua/").content.decode()
    assert '<html lang="en">' in html
    assert re.search(r'name="zone" value="WIT" aria-pressed="true"', html)


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "example.org", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_office(back: str) -> None:
    assert Client().post("/bahasa/", {"language": "en", "next": back}).headers["Location"] == "/"


@pytest.mark.django_db
def test_unsent_work_is_kept_only_where_somebody_is_logged_in(client: Client, logged_in) -> None:
    assert "data-who" not in client.get("/semua/").content.decode()
    html = logged_in("office/receiver").get("/semua/").content.decode()
    left = re.search(r'data-session-left="(\d+)" data-who="u\d+"', html)
    assert left
    assert 0 < int(left[1]) <= settings.SESSION_COOKIE_AGE


@pytest.mark.django_db
def test_pages_about_a_login_are_never_kept_in_the_browser(client: Client, logged_in) -> None:
    assert 'data-keep="no"' in client.get("/masuk/login/").content.decode()
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        if path.parts[-2] in {"account", "mfa", "totp"} and "{{ form }}" in text:
            assert 'data-keep="no"' in text, path


@pytest.mark.django_db
def test_the_navigation_shows_each_reader_what_they_may_enter(client: Client, logged_in) -> None:
    outside = client.get("/semua/").content.decode()
    assert 'href="/meja/"' not in outside
    assert 'href="/periksa/"' in outside
    inside = logged_in("office/receiver").get("/semua/").content.decode()
    assert 'href="/meja/"' in inside
    assert 'href="/periksa/"' not in inside


def test_the_place_where_the_reader_is_says_so() -> None:
    request = RequestFactory().get("/akun-diambil-alih/google/")
    assert [link.address for link in navigation.links(request, None) if link.here] == ["/akun-diambil-alih/"]


def test_a_place_that_its_room_does_not_have_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = navigation.Link("public:nowhere", navigation.LINKS[0].words)
    monkeypatch.setattr(navigation, "LINKS", (lost,))
    assert navigation.links(None, policies.May(frozenset())) == []


@pytest.mark.parametrize("link", navigation.LINKS, ids=lambda link: link.name)
def test_every_place_asks_for_a_permission_that_a_role_can_give(link: navigation.Link) -> None:
    own, in_procedure = policies.roles()
    given = in_procedure.union(*(role.may for role in own.values()), {policies.PUBLIC})
    assert link.permission in given


def test_figures_sizes_and_numbers_in_templates() -> None:
    assert look.masked(None) == ""
    assert look.masked("193904111959031009") == "1939•••• •••••• • 009"
    assert look.number(1234567) == "1.234.567"
    assert look.size(1_572_864) == "1,5 MB"
    assert look.number(None) == look.size(None) == ""


@pytest.mark.parametrize("name", ["429.html", "office/locked_out.html", "office/errors/400.html"])
def test_rarely_seen_pages_can_be_shown(name: str) -> None:
    request = RequestFactory().get("/")
    assert "<h1>" in get_template(name).render({}, request)
