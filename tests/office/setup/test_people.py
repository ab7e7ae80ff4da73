"""People and their roles: given, taken and written down; never deleted, and never without an administrator."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from telusur.office.models import Reading, RoleHeld, User
from telusur.office.setup import passphrases, roles

pytestmark = pytest.mark.django_db
ADMINISTRATOR = "office/administrator"
OWN = "tujuh jendela kayu tua"


@pytest.fixture
def admin(person):
    return person(ADMINISTRATOR)


@pytest.fixture
def browser(admin):
    client = Client()
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    return client


def rows():
    return list(Reading.objects.order_by("pk").values_list("what", flat=True))


def roles_of(user):
    return set(RoleHeld.objects.filter(user=user).values_list("role", flat=True))


def made(browser, **more):
    sent = {"username": "staf", "title": "Pemeriksa C", "bawaslu-general": ["bawaslu-general/reviewer"], **more}
    return browser.post("/kantor/orang/baru/", sent)


def test_every_role_of_every_procedure_is_on_offer(browser):
    page = browser.get("/kantor/orang/baru/").text
    assert all(f'value="{name}"' in page for name in roles.known())
    assert {"office/auditor", "bkn-sbt/head", "discipline-pp94/ppk", "bawaslu-regional/chair"} <= roles.known()


def test_a_new_person_gets_a_passphrase_that_is_shown_once_and_kept_as_a_hash(browser, admin):
    answer = made(browser, token="t" * 30)
    user = User.objects.get(username="staf")
    given = re.search(r'class="code">([a-z-]+)<', answer.text)[1]
    assert user.check_password(given)
    assert given not in user.password
    assert user.given_until > timezone.now()
    assert rows() == [
        f"people.made:{user.person_id}",
        f"people.given:{user.person_id}:bawaslu-general/reviewer",
    ]
    assert Reading.objects.first().by == admin.person_id
    again = made(browser, token="t" * 30)
    assert again.headers["Location"] == f"/kantor/orang/{user.pk}/"
    assert given not in browser.get(f"/kantor/orang/{user.pk}/").text


def test_it_is_changed_at_the_first_login_and_then_opens_what_the_roles_open(browser):
    given = re.search(r'class="code">([a-z-]+)<', made(browser).text)[1]
    user = User.objects.get(username="staf")
    new = Client()
    new.post("/masuk/login/", {"login": "staf", "password": given})
    assert new.get("/meja/").headers["Location"] == "/masuk/password/change/"
    sent = {"oldpassword": given, "password1": OWN, "password2": OWN}
    assert new.post("/masuk/password/change/", sent).headers["Location"] == "/kantor/lanjut/"
    user.refresh_from_db()
    assert (user.given_until, user.check_password(OWN)) == (None, True)
    assert new.get("/meja/").headers["Location"] == "/masuk/2fa/totp/activate/"


def test_a_passphrase_that_was_not_used_in_time_opens_nothing(browser):
    given = re.search(r'class="code">([a-z-]+)<', made(browser).text)[1]
    User.objects.filter(username="staf").update(given_until=timezone.now() - dt.timedelta(days=1))
    new = Client()
    new.post("/masuk/login/", {"login": "staf", "password": given})
    assert new.get("/meja/").headers["Location"] == "/masuk/login/"
    assert "_auth_user_id" not in new.session


def test_roles_are_given_and_taken_and_both_are_written_down(browser, person):
    user = person("bawaslu-general/reviewer")
    sent = {"title": "Ketua", "bawaslu-general": ["bawaslu-general/chair"], "office": ["office/auditor"]}
    browser.post(f"/kantor/orang/{user.pk}/", sent)
    assert roles_of(user) == {"bawaslu-general/chair", "office/auditor"}
    who = user.person_id
    assert rows() == [
        f"people.renamed:{who}",
        f"people.given:{who}:bawaslu-general/chair",
        f"people.given:{who}:office/auditor",
        f"people.taken:{who}:bawaslu-general/reviewer",
    ]
    page = browser.get(f"/kantor/orang/{user.pk}/").text
    assert "mencabut peran Staf penanganan pelanggaran" in page


def test_the_last_administrator_stays_one(browser, admin, person):
    answer = browser.post(f"/kantor/orang/{admin.pk}/", {"title": "A"})
    assert (answer.status_code, "administrator terakhir" in answer.text) == (409, True)
    assert roles_of(admin) == {ADMINISTRATOR}
    closed = person(ADMINISTRATOR)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert browser.post(f"/kantor/orang/{admin.pk}/", {"title": "A"}).status_code == 409
    person(ADMINISTRATOR)
    assert browser.post(f"/kantor/orang/{admin.pk}/", {"title": "A"}).status_code == 302
    assert roles_of(admin) == set()


def test_an_administrator_holds_no_role_in_cases_and_gives_none_to_themselves(browser, admin):
    assert browser.get("/meja/").status_code == 403
    sent = {"title": "A", "office": [ADMINISTRATOR], "bkn-sbt": ["bkn-sbt/head"]}
    answer = browser.post(f"/kantor/orang/{admin.pk}/", sent)
    assert (answer.status_code, "administrator lain" in answer.text) == (409, True)
    assert roles_of(admin) == {ADMINISTRATOR}


def test_an_account_is_closed_at_once_and_never_deleted(browser, person, logged_in):
    user = person("bawaslu-general/reviewer")
    theirs = Client()
    theirs.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert theirs.get("/meja/daftar.csv").status_code == 200
    browser.post(f"/kantor/orang/{user.pk}/tutup/")
    assert theirs.get("/meja/daftar.csv").status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    browser.post(f"/kantor/orang/{user.pk}/tutup/")
    user.refresh_from_db()
    assert user.is_active
    assert rows() == [f"people.closed:{user.person_id}", f"people.opened:{user.person_id}"]


def test_nobody_closes_their_own_account(browser, admin, person):
    person(ADMINISTRATOR)
    answer = browser.post(f"/kantor/orang/{admin.pk}/tutup/", follow=True)
    assert "ditutup oleh administrator lain" in answer.text
    admin.refresh_from_db()
    assert admin.is_active


def test_a_lost_phone_and_a_forgotten_passphrase(browser, person, admin):
    user = person("bawaslu-general/reviewer")
    assert browser.post(f"/kantor/orang/{user.pk}/ponsel/").status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    answer = browser.post(f"/kantor/orang/{user.pk}/kata-sandi/")
    given = re.search(r'class="code">([a-z-]+)<', answer.text)[1]
    user.refresh_from_db()
    assert user.check_password(given)
    assert browser.post(f"/kantor/orang/{admin.pk}/ponsel/").status_code == 403
    assert rows() == [f"people.factor:{user.person_id}", f"people.passphrase:{user.person_id}"]


@pytest.mark.parametrize("page", ["", "tutup/", "kata-sandi/", "ponsel/"])
def test_to_look_changes_nothing(browser, person, page):
    user = person()
    assert browser.get(f"/kantor/orang/{user.pk}/{page}").status_code == 200
    assert rows() == []


def test_the_auditor_reads_what_was_changed(browser, person, logged_in):
    made(browser)
    page = logged_in("office/auditor").get("/kantor/catatan/").text
    assert "membuat akun Pemeriksa C" in page


def test_passphrases_are_words_that_can_be_read_out_and_differ():
    drawn = {passphrases.drawn() for _ in range(50)}
    assert len(drawn) == 50
    assert all(re.fullmatch(r"([a-z][aiueo]){3}(-([a-z][aiueo]){3}){3}", one) for one in drawn)


def test_the_list_asks_as_often_for_ten_as_for_a_hundred(browser, person, django_assert_max_num_queries):
    for _ in range(30):
        person("bawaslu-general/reviewer", factor=False)
    with django_assert_max_num_queries(8):
        browser.get("/kantor/orang/")
