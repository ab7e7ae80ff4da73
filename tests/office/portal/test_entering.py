"""Coming in: a code is good for one passphrase, a session for one case and eight hours."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal_case import PASSPHRASE, enter, with_particulars
from telusur.office import codes, policies
from telusur.office.models import AccessCode, PortalAccess, StepRow
from telusur.office.portal.access import KEY
from telusur.office.portal.codes import LASTS, MARGIN, PURPOSE, new_code, withdraw
from telusur.office.portal.urls import urlpatterns

ANY = "00000000-0000-4000-8000-000000000000"
OPEN = {"enter", "choose", "login", "leave"}
GUARDED = [one.name for one in urlpatterns if one.name not in OPEN]


def address(name):
    args = {"evidence": [ANY], "letter": [ANY], "term": ["reply"], "receipt": [1]}.get(name, [])
    return reverse(f"portal:{name}", args=args)


def came_back(client, told, passphrase=PASSPHRASE, **more):
    return client.post(reverse("portal:login"), {"nomor": told.case.number, "rahasia": passphrase, **more})


def test_every_page_but_those_for_coming_in_is_guarded():
    assert set(GUARDED) >= {
        "page",
        "answer",
        "records",
        "extension",
        "waiver",
        "whole",
        "evidence",
        "letter",
        "receipt",
    }


def test_every_view_says_who_may_enter():
    assert {one.callback.permission for one in urlpatterns} == {policies.PUBLIC}


@pytest.mark.parametrize("name", GUARDED)
def test_without_a_session_no_page_shows_or_takes_anything(told, name):
    client = Client()
    steps = StepRow.objects.count()
    answer = client.get(address(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("portal:login"))
    assert client.post(address(name), {"umum": "x", "lakukan": "kirim"}).status_code == 403
    assert StepRow.objects.count() == steps


@pytest.mark.parametrize("name", GUARDED)
def test_after_leaving_no_page_shows_anything(told, name):
    person = enter(told)
    assert "Anda sudah keluar" in person.post("leave", {}).content.decode()
    assert person.client.get(address(name)).status_code == 302


@pytest.mark.parametrize("name", GUARDED)
def test_what_a_session_opens_is_kept_by_no_browser_nor_found_with_an_officers_login(told, name, person):
    inside = enter(told)
    answer = inside.client.get(address(name))
    assert answer.status_code in (200, 404)
    assert answer.status_code == 404 or "no-store" in answer["Cache-Control"]
    inside.client.force_login(person("bawaslu-general/reviewer"))
    assert inside.client.get(address(name)).status_code == 302


def test_one_cases_session_opens_nothing_of_another(told):
    other = with_particulars(2)
    inside = enter(told)
    page = inside.text("page")
    assert told.case.number in page
    assert other.case.number not in page
    stranger = other.exhibits["tangkapan-web.wacz"]
    assert inside.get("evidence", stranger.pk).status_code == 404
    assert inside.get("evidence", told.exhibits["tangkapan-web.wacz"].pk).status_code == 200
    assert all(
        other.case.number not in line and str(other.case.pk) not in line for line in inside.text("whole").split()
    )


def test_no_address_names_a_case(inside):
    page = inside.text("page")
    assert str(inside.told.case.pk) not in page
    assert inside.told.respondent not in page
    assert inside.told.case.respondent.nip not in page


def test_a_code_is_kept_as_a_keyed_hash_and_used_once(told):
    code = new_code(told.case)
    held = AccessCode.objects.get()
    assert code not in held.digest
    assert held.digest == codes.digest(code, PURPOSE)
    first, second = Client(), Client()
    for client in (first, second):
        assert client.post(reverse("portal:enter"), {"code": code}).status_code == 302
    chosen = {"rahasia": PASSPHRASE, "ulang": PASSPHRASE}
    assert first.post(reverse("portal:choose"), chosen).status_code == 302
    late = second.post(reverse("portal:choose"), {"rahasia": "frasa orang lain", "ulang": "frasa orang lain"})
    assert late.status_code == 409
    assert "Kode ini sudah dipakai" in late.content.decode()
    assert second.get(reverse("portal:page")).status_code == 302
    again = Client().post(reverse("portal:enter"), {"code": code})
    assert again.status_code == 404
    assert "segera beri tahu kantor" in again.content.decode()


def test_before_a_passphrase_is_chosen_nothing_is_shown(told):
    client = Client()
    client.post(reverse("portal:enter"), {"code": new_code(told.case)})
    assert client.get(reverse("portal:page")).status_code == 302
    assert AccessCode.objects.get().used_at is None
    assert KEY not in client.session


@pytest.mark.parametrize(
    ("chosen", "again", "words"),
    [
        ("pendek", "pendek", "Terlalu pendek"),
        ("1234567890123", "1234567890123", "Mudah ditebak"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "Mudah ditebak"),
        ("qwertyuiop", "qwertyuiop", "paling sering dipakai"),
        (PASSPHRASE, "tiga kata lain sama sekali", "Keduanya berbeda"),
    ],
)
def test_a_weak_passphrase_is_refused_with_a_word_on_what_to_do(told, chosen, again, words):
    client = Client()
    client.post(reverse("portal:enter"), {"code": new_code(told.case)})
    answer = client.post(reverse("portal:choose"), {"rahasia": chosen, "ulang": again})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PortalAccess.objects.exists()


def test_a_code_runs_out_after_the_time_to_answer_and_a_newer_one_ends_it(told):
    old = new_code(told.case)
    held = AccessCode.objects.get()
    assert held.expires_at - held.made_at == LASTS
    with time_machine.travel(held.expires_at + timedelta(seconds=1), tick=False):
        assert "Masa kode ini sudah lewat" in Client().post(reverse("portal:enter"), {"code": old}).content.decode()
    new_code(told.case)
    assert "kode baru" in Client().post(reverse("portal:enter"), {"code": old}).content.decode()


def test_a_long_time_to_answer_keeps_the_code_longer(told):
    until = timezone.localdate() + timedelta(days=90)
    told.served("second_summons", reply_until=until, proof=told.exhibits["tanda-terima.pdf"].evidence_id)
    new_code(told.case)
    held = AccessCode.objects.get()
    assert held.expires_at - held.made_at == timedelta(days=90) + MARGIN


def test_a_slip_of_the_pen_is_told_from_a_wrong_code(told):
    slip = Client().post(reverse("portal:enter"), {"code": "1234 5678 9012 3456"})
    assert (slip.status_code, "bandingkan" in slip.content.decode()) == (422, True)
    wrong = Client().post(reverse("portal:enter"), {"code": codes.new_code()})
    assert (wrong.status_code, "Tidak ada surat dengan kode ini" in wrong.content.decode()) == (404, True)


def test_the_number_and_the_passphrase_open_the_file_again(told):
    enter(told)
    client = Client()
    assert came_back(client, told, "bukan frasa itu").status_code == 403
    assert client.get(reverse("portal:page")).status_code == 302
    answer = came_back(client, told)
    assert answer["Location"] == reverse("portal:page")
    assert told.case.number in client.get(reverse("portal:page")).content.decode()
    assert PASSPHRASE not in PortalAccess.objects.get().secret


@pytest.mark.parametrize("wrong", ["https://example.org/", "//example.org/tanggapan/", "/meja/", "/tanggapan/login/"])
def test_coming_back_leads_nowhere_else(told, wrong):
    enter(told)
    assert came_back(Client(), told, ke=wrong)["Location"] == reverse("portal:page")
    assert came_back(Client(), told, ke=reverse("portal:answer"))["Location"] == reverse("portal:answer")


def test_a_session_ends_after_eight_hours(told):
    person = enter(told)
    with time_machine.travel(timezone.now() + timedelta(hours=7, minutes=59)):
        assert person.get("page").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=8, minutes=1)):
        assert person.get("page").status_code == 302


def test_a_session_that_lives_on_somehow_opens_nothing_after_its_end(told):
    person = enter(told)
    session = person.client.session
    session[KEY] = {**session[KEY], "until": (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()
    assert person.get("page").status_code == 302


def test_a_new_passphrase_and_a_withdrawal_end_open_sessions(told):
    first = enter(told)
    second = enter(told, passphrase="lain sama sekali")
    assert first.get("page").status_code == 302
    assert second.get("page").status_code == 200
    unused = new_code(told.case)
    withdraw(told.case)
    assert second.get("page").status_code == 302
    assert came_back(Client(), told, "lain sama sekali").status_code == 403
    assert Client().post(reverse("portal:enter"), {"code": unused}).status_code == 404


def test_entering_gives_a_session_of_another_name_and_ends_an_officers_login(told, person):
    client = Client()
    client.force_login(person("bawaslu-general/reviewer"))
    before = client.session.session_key
    enter(told, client=client)
    assert client.session.session_key != before
    assert "_auth_user_id" not in client.session


def test_codes_and_passphrases_cannot_be_tried_without_end(told):
    client = Client()
    answers = [client.post(reverse("portal:enter"), {"code": codes.new_code()}).status_code for _ in range(12)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert client.post(reverse("portal:enter"), {"code": new_code(told.case)}).status_code == 429


def test_a_file_takes_no_passphrase_for_a_while_after_many_wrong_ones_from_anywhere(told):
    enter(told)
    for at in range(20):
        came_back(Client(REMOTE_ADDR=f"203.0.113.{at}"), told, "salah sama sekali")
    assert came_back(Client(REMOTE_ADDR="203.0.113.99"), told).status_code == 403
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        assert came_back(Client(REMOTE_ADDR="203.0.113.100"), told).status_code == 302


def test_what_was_typed_when_the_session_had_ended_comes_back_unsent(told):
    person = enter(told)
    steps = StepRow.objects.count()
    person.client.cookies.pop("telusur")
    typed = {"klaim_0": ["not_mine", "lost_access"], "kata_0": 'Kata "saya" <b>', "lakukan": "kirim", "benar": "on"}
    page = person.post("answer", typed)
    assert page.status_code == 403
    assert "belum ada yang terkirim" in page.content.decode()
    kept = page.context["kept"]
    wrong = came_back(person.client, told, "bukan frasa itu", bawa=kept, ke=page.context["following"])
    assert wrong.context["kept"] == kept
    page = came_back(person.client, told, bawa=kept, ke=page.context["following"])
    assert page.status_code == 200
    sent = [(name, value) for name, value in page.context["carried"] if name != "lakukan"]
    data = {name: [one for other, one in sent if other == name] for name, _ in sent}
    form = person.post("answer", {**data, "lakukan": "ubah", "version": str(_version(person))}).context["form"]
    assert form["klaim_0"].value() == ["not_mine", "lost_access"]
    assert form["kata_0"].value() == 'Kata "saya" <b>'
    assert StepRow.objects.count() == steps


def test_another_language_at_the_door_keeps_what_was_carried(told):
    person = enter(told)
    person.client.cookies.pop("telusur")
    page = person.post("answer", {"kata_0": "Tetap ada.", "lakukan": "kirim"})
    again = person.post("answer", {**dict(page.wsgi_request.brought), "language": "en"})
    assert "Your session had ended" in again.content.decode()
    assert again.context["kept"] == page.context["kept"]
    wrong = came_back(person.client, told, "bukan frasa itu", bawa=again.context["kept"], ke=reverse("portal:answer"))
    last = person.client.post(reverse("portal:login"), {**dict(wrong.wsgi_request.brought), "zone": "WIT"})
    assert last.status_code == 200
    assert last.context["kept"] == page.context["kept"]
    assert last.cookies["zona"].value == "WIT"


def _version(person):
    return person.get("answer").context["form"]["version"].value()


@pytest.mark.parametrize("sent", ["{", "[1]", '[["a"]]', '[["a", 1]]', '{"a": "b"}'])
def test_what_was_carried_along_wrongly_is_left_aside(told, sent):
    enter(told)
    assert came_back(Client(), told, bawa=sent).status_code == 302


@pytest.mark.parametrize(("language", "words"), [("id", "Kode dari surat"), ("en", "Code of the letter")])
def test_the_first_page_speaks_both_languages(db, language, words):
    client = Client()
    client.cookies["bahasa"] = language
    assert words in client.get(reverse("portal:enter")).content.decode()
