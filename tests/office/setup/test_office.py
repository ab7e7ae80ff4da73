"""The office's own page: letterhead, backup, and whether the worker lives."""

import pytest

from telusur.office import Home
from telusur.office.models import Office, Reading

pytestmark = pytest.mark.django_db
SENT = {"name": "Kantor Contoh", "agency": "Badan", "place": "Rekaan", "zone": "WIT"}


def test_it_is_changed_and_the_change_is_written_down(logged_in):
    browser = logged_in("office/administrator")
    assert browser.post("/kantor/", SENT).status_code == 302
    assert Office.objects.get().zone == "WIT"
    assert Reading.objects.get().what == "office.changed"
    assert browser.post("/kantor/", {**SENT, "name": "", "place": "Kota"}).status_code == 422
    assert Office.objects.get().place == "Rekaan"


def test_it_says_where_the_data_lie_and_whether_the_worker_lives(logged_in):
    browser = logged_in("office/administrator")
    page = browser.get("/kantor/").text
    assert str(Home.here().path) in page
    assert "sedang tidak berjalan" in page
    (Home.here().path / "worker.beat").touch()
    assert "sedang tidak berjalan" not in browser.get("/kantor/").text
    (Home.here().path / "worker.beat").unlink()


@pytest.mark.parametrize(
    ("held", "leads"),
    [
        ("bawaslu-general/reviewer", "/meja/"),
        ("office/administrator", "/kantor/orang/"),
        ("office/auditor", "/meja/"),
    ],
)
def test_whoever_comes_in_goes_to_what_their_roles_open(logged_in, held, leads):
    assert logged_in(held).get("/kantor/lanjut/").headers["Location"] == leads


def test_nobody_is_led_to_the_front_page(client):
    assert client.get("/kantor/lanjut/").headers["Location"] == "/"
