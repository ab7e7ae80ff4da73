"""The set-up, people and office pages as a browser shows them: wide, narrow, dark, in both languages."""

import pytest
from django.test import Client

from office.browsing import IN_A_BROWSER, faults
from telusur.office.models import Office, Reading
from telusur.office.setup import address, gate, people

pytestmark = IN_A_BROWSER
PASSPHRASE = "empat kuda lumping biru"
PERSON = {"username": "admin.kantor", "title": "Administrator", "first": PASSPHRASE, "second": PASSPHRASE}
EVERY = [("id", 1280, False), ("en", 360, True)]


@pytest.fixture
def begun():
    browser = Client()
    browser.get(address("http://localhost/").removeprefix("http://localhost"))
    yield browser
    gate.end()


@pytest.mark.parametrize(("language", "width", "dark"), EVERY)
def test_the_set_up_reads_well(begun, opened, language, width, dark):
    look = {"language": language, "width": width, "dark": dark, "who": begun}
    before = ("/", "/kantor/mulai/", "/kantor/mulai/administrator/")
    wrong = [one for path in before for one in faults(opened(path, **look), f"mulai{path.replace('/', '-')}{width}")]
    begun.post("/kantor/mulai/administrator/", PERSON)
    after = ("", "kantor/", "kunci/", "kunci/lembar/")
    for path in after:
        page = opened(f"/kantor/mulai/{path}", **look)
        wrong += faults(page, f"kemudian-{path.replace('/', '-')}{width}")
    assert wrong == []


@pytest.mark.parametrize(("language", "width", "dark"), EVERY)
def test_people_and_office_read_well(person, opened, language, width, dark):
    admin, other = person("office/administrator", "office/auditor"), person("bawaslu-general/reviewer", "bkn-sbt/head")
    Office.objects.create(name="Bawaslu Kabupaten Contoh", agency="Badan Contoh", place="Rekaan")
    Reading.objects.create(what=f"people.given:{other.person_id}:bkn-sbt/head", by=admin.person_id, at="2026-01-01T00Z")
    browser = Client()
    browser.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    here = f"orang/{other.pk}/"
    wrong = []
    for path in (
        "",
        "orang/",
        "orang/baru/",
        here,
        f"{here}tutup/",
        f"{here}kata-sandi/",
        f"{here}ponsel/",
        "catatan/",
    ):
        page = opened(f"/kantor/{path}", language=language, width=width, dark=dark, who=browser)
        wrong += faults(page, f"kantor-{path.replace('/', '-')}{width}{'-gelap' if dark else ''}")
    assert wrong == []


def test_a_passphrase_on_its_card_reads_well(person, opened):
    admin = person("office/administrator")
    browser = Client()
    browser.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    page = opened("/kantor/orang/baru/", width=360, who=browser)
    page.fill("[name=username]", "staf")
    page.fill("[name=title]", "Pemeriksa C")
    page.click("main form .button")
    page.wait_for_selector(".code")
    assert faults(page, "kata-sandi-360") == []
    assert people.passphrases.LASTS.days == 14
