"""The first run: nothing opens before it is done, and its address opens nothing afterwards."""

import hashlib
import html

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from telusur.domain.errors import BadInput
from telusur.evidence.signing import SigningKey
from telusur.office import Home, custody
from telusur.office.models import Office, Reading, RoleHeld, User
from telusur.office.setup import address, gate, keys

pytestmark = pytest.mark.django_db
PASSPHRASE = "empat kuda lumping biru"
PERSON = {"username": "admin.kantor", "title": "Administrator", "first": PASSPHRASE, "second": PASSPHRASE}
OFFICE = {"name": "Bawaslu Kabupaten Contoh", "agency": "Badan Contoh", "place": "Rekaan", "zone": "WITA"}


@pytest.fixture
def begun():
    yield address("http://localhost/")
    gate.end()


@pytest.fixture
def browser(begun):
    client = Client()
    assert client.get(begun.removeprefix("http://localhost")).headers["Location"] == "/kantor/mulai/"
    return client


def test_until_it_is_set_up_only_the_set_up_opens(begun, client):
    for path in ("/", "/meja/", "/kantor/", "/terima/lapor/", "/tanggapan/"):
        answer = client.get(path)
        assert (answer.status_code, "belum disiapkan" in answer.text) == (503, True)
    assert client.get("/health").status_code == 200
    assert client.get("/kantor/mulai/").status_code == 403
    assert client.get("/kantor/mulai/salah/").status_code == 404


def test_the_address_is_the_same_until_it_is_used_up(begun):
    assert address("http://localhost/") == begun
    assert len(begun.split("/")[-2]) >= 40


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"first": "pendek", "second": "pendek"}, "terlalu lemah"),
        ({"first": "123456789012345", "second": "123456789012345"}, "terlalu lemah"),
        ({"first": "admin.kantor", "second": "admin.kantor"}, "terlalu lemah"),
        ({"second": "lain dari yang pertama"}, "tidak sama"),
        ({"username": "193901011959011001"}, "Jangan memakai NIP"),
        ({"username": "dua kata"}, "Pakai huruf"),
        ({"title": ""}, "Isi"),
    ],
)
def test_the_first_administrator_is_told_what_to_do(browser, changed, says):
    answer = browser.post("/kantor/mulai/administrator/", PERSON | changed)
    assert (answer.status_code, says in answer.text) == (422, True)
    assert not User.objects.exists()
    assert PASSPHRASE not in answer.text


def test_the_rules_for_the_passphrase_are_told_before(browser):
    assert "Paling sedikit 12 huruf" in browser.get("/kantor/mulai/administrator/").text


def test_the_whole_way(browser, begun):
    assert browser.post("/kantor/mulai/administrator/", PERSON).status_code == 302
    user = User.objects.get()
    assert user.check_password(PASSPHRASE)
    assert list(user.roles_held.values_list("role", flat=True)) == ["office/administrator"]
    assert browser.post("/kantor/mulai/selesai/").headers["Location"] == "/kantor/mulai/"

    assert browser.post("/kantor/mulai/kantor/", {"name": ""}).status_code == 422
    browser.post("/kantor/mulai/kantor/", OFFICE)
    assert Office.objects.get().zone == "WITA"

    page = browser.get("/kantor/mulai/kunci/").text
    assert keys.fingerprint() in page
    assert keys.key() not in page
    assert browser.post("/kantor/mulai/kunci/", {}).status_code == 422
    browser.post("/kantor/mulai/kunci/", {"saved": "on"})
    assert browser.post("/kantor/mulai/selesai/").headers["Location"] == "/kantor/mulai/"
    assert gate.closed()

    assert browser.get("/masuk/2fa/totp/activate/").status_code in (200, 302)
    TOTP.activate(user, generate_totp_secret())
    assert "Buka kantor" in browser.get("/kantor/mulai/").text
    assert browser.post("/kantor/mulai/selesai/").headers["Location"] == "/kantor/orang/"
    assert browser.get("/kantor/orang/").status_code == 200
    assert {"office.begun"} <= set(Reading.objects.values_list("what", flat=True))

    for path in (begun.removeprefix("http://localhost"), "/kantor/mulai/", "/kantor/mulai/kunci/lembar/"):
        assert browser.get(path).status_code == 404
    assert address("http://localhost/") is None


def test_the_sheet_holds_the_key_and_how_to_check_it(browser):
    browser.post("/kantor/mulai/administrator/", PERSON)
    answer = browser.get("/kantor/mulai/kunci/lembar/")
    assert keys.grouped() in answer.text
    assert answer.headers["Cache-Control"].startswith("max-age=0")
    held = (Home.here().path / "codes.key").read_bytes()
    assert keys.grouped().replace(" ", "").encode() == held
    assert hashlib.sha256(held).hexdigest() == keys.fingerprint()


def test_whoever_has_no_part_in_the_set_up_sees_no_key(begun, client):
    for path in ("kantor/", "kunci/", "kunci/lembar/"):
        assert client.get(f"/kantor/mulai/{path}").status_code == 403


def test_there_is_one_first_administrator(browser):
    browser.post("/kantor/mulai/administrator/", PERSON)
    other = {**PERSON, "username": "lain"}
    assert browser.post("/kantor/mulai/administrator/", other).status_code == 302
    assert RoleHeld.objects.count() == 1


def test_what_was_begun_goes_on_after_a_login(browser, begun):
    browser.post("/kantor/mulai/administrator/", PERSON)
    again = Client()
    again.get(begun.removeprefix("http://localhost"))
    assert "Masuk untuk melanjutkan" in again.get("/kantor/mulai/").text
    again.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    assert again.get("/kantor/mulai/kantor/").status_code == 200


def test_an_office_that_was_set_up_is_open_whatever_was_left_behind(begun, client):
    Office.objects.create(name="Kantor", set_up_at="2026-01-01T00:00:00Z")
    assert address("http://localhost/") is None
    assert client.get("/").status_code == 200


def test_the_sheet_prints_the_signing_key_under_a_passphrase_and_the_root_key(browser):
    browser.post("/kantor/mulai/administrator/", PERSON)
    page = "/kantor/mulai/kunci/lembar/"
    assert custody.fingerprint() in browser.get("/kantor/mulai/kunci/").text
    assert (Home.here().root_key.read_text("ascii").strip()) in browser.get(page).text
    assert browser.post(page, {"first": "pendek", "second": "pendek"}).status_code == 422
    assert browser.post(page, {"first": PASSPHRASE, "second": f"{PASSPHRASE}x"}).status_code == 422
    printed = browser.post(page, {"first": PASSPHRASE, "second": PASSPHRASE}).text
    sheet = html.unescape(printed.split("<pre")[1].split(">", 1)[1].split("</pre>")[0])
    assert SigningKey.from_sheet(sheet, PASSPHRASE).fingerprint == custody.fingerprint()
    with pytest.raises(BadInput):
        SigningKey.from_sheet(sheet, "bukan frasa sandinya")
