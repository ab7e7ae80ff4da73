"""The pages of a case's letters, in a browser without a screen."""

import hashlib
import io
import re
from datetime import date
from uuid import uuid4

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from office.letters import example
from telusur import process
from telusur.office import custody, letters, store
from telusur.office.actions import action
from telusur.office.models import Case, Letter, Office, Reading, Respondent, StepRow, TracingRun

pytestmark = pytest.mark.django_db
ROLE = "discipline-pp94/direct_superior"


def saved(steps):
    """Put a file of the example into the tables as it stands."""
    respondent = Respondent.objects.create(
        name=example.PERSON.name, nip=example.PERSON.nip, position="Analis Contoh", unit="Dinas Contoh"
    )
    Office.objects.get_or_create(name="Inspektorat Kabupaten Misal", place="Misal", zone="WIB")
    case = Case.objects.create(
        number=f"2024/{Case.objects.count() + 1:04d}",
        procedure=steps.file.procedure,
        stage=steps.file.stage,
        version=steps.file.version,
        subject="Unggahan",
        respondent=respondent,
        received_on=date(2024, 1, 22),
        changed_at=timezone.now(),
    )
    for number, step in enumerate(steps.file.steps, 1):
        body = process.to_json(step)
        StepRow.objects.create(case=case, number=number, kind=body["kind"], body=body, by=step.by, at=step.at)
    return case


@pytest.fixture
def case():
    return saved(example.stated())


def typed(case, **more):
    return {
        "version": case.version,
        "token": uuid4().hex,
        "language": "id",
        "number": "800/017",
        "signer": "Pejabat Dua",
        "signer_position": "Inspektur",
        "reply_until": "19 Februari 2024",
        **more,
    }


def make(client, case, text="notice", **more):
    return client.post(f"/meja/berkas/{case.pk}/lakukan/surat-{text}/", typed(case, **more))


@pytest.mark.parametrize(("language", "words"), [("id", "Yang dapat dibuat"), ("en", "What can be made")])
def test_the_list_says_what_can_be_made_and_why_the_rest_cannot(logged_in, case, language, words):
    client = logged_in(ROLE)
    client.cookies["bahasa"] = language
    page = client.get(f"/surat/{case.pk}/").content.decode()
    assert words in page
    assert f"/meja/berkas/{case.pk}/lakukan/surat-summons/" in page
    assert f"/meja/berkas/{case.pk}/lakukan/surat-decision/" not in page
    assert {"id": "Belum ada konsep keputusan", "en": "There is no draft of the decision"}[language] in page
    assert example.PERSON.nip not in page


def test_a_file_that_has_ended_is_offered_the_letters_of_its_end_alone(logged_in):
    steps = example.cleared()
    steps.take(
        process.Moved,
        by="o-3",
        move="clear",
        role="ppk",
        expected_version=steps.file.version,
        grounds="Bukan perbuatannya.",
    )
    page = logged_in(ROLE).get(f"/surat/{saved(steps).pk}/").content.decode()
    assert "lakukan/surat-clearing-cleared/" in page
    assert "lakukan/surat-clearing-bodies/" in page
    for other in ("summons", "notice", "clearing-not-proven", "forwarding"):
        assert f"surat-{other}/" not in page


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_of_each_letter_asks_what_its_text_asks(logged_in, language):
    for procedure in ("discipline-pp94", "bkn-sbt"):
        case = saved(example.stated(procedure))
        client = logged_in(f"{procedure}/{next(iter(process.procedure(procedure).roles))}")
        client.cookies["bahasa"] = language
        for text in letters.forms(process.procedure(procedure)):
            answer = client.get(f"/meja/berkas/{case.pk}/lakukan/surat-{text.id}/")
            assert answer.status_code == 200
            page = answer.content.decode()
            for ask in (*text.asks, *letters.common()):
                assert f'name="{ask.id}' in page, (text.id, ask.id)
            assert re.search(r'formaction="/surat/[-0-9a-f]+/lihat/', page)


def test_a_letter_that_is_made_is_a_step_a_row_and_bytes_by_their_hash(logged_in, case, office):
    client = logged_in(ROLE)
    answer = make(client, case)
    assert answer.status_code == 302, answer.content.decode()
    letter = Letter.objects.get()
    step = StepRow.objects.order_by("number").last()
    assert (step.kind, step.body["sha256"]) == ("letter_made", letter.sha256)
    held = letters.kept(letter)
    assert hashlib.sha256(held).hexdigest() == letter.sha256
    said = letters.said(letter)
    assert said["schema"] == "telusur.letter-data/1"
    assert said["draft"] is False
    assert store.file_of(Case.objects.get()).letters[-1].step.letter == "notice"

    page = client.get(f"/surat/{case.pk}/").content.decode()
    assert letter.sha256[:16] in page
    download = client.get(f"/surat/{case.pk}/{letter.pk}.pdf")
    assert download.content == held
    assert download["Content-Disposition"].startswith("attachment")
    assert download["Cache-Control"] == "no-store"
    assert example.PERSON.nip not in download["Content-Disposition"]
    assert Reading.objects.filter(case=case, what=f"letter:{letter.pk}").count() == 1


def test_sent_twice_it_is_made_once(logged_in, case):
    client = logged_in(ROLE)
    told = {"token": "satu"}
    make(client, case, **told)
    assert make(client, case, **told).status_code == 302
    assert Letter.objects.count() == 1


def test_on_a_page_that_went_stale_nothing_is_made_and_what_was_typed_stays(logged_in, case):
    client = logged_in(ROLE)
    make(client, case)
    answer = make(client, case, number="NOMOR-LAIN")
    assert answer.status_code == 409
    assert "NOMOR-LAIN" in answer.content.decode()
    assert Letter.objects.count() == 1


def test_a_letter_that_lacks_something_is_refused_with_the_reason(logged_in):
    case = saved(example.traced())
    told = {"about": "x", "effect": "x", "remedy": "keberatan", "remedy_to": "x"}
    answer = make(logged_in(ROLE), case, "decision", **told)
    assert answer.status_code == 409
    assert "Belum ada konsep keputusan" in answer.content.decode()
    assert not Letter.objects.exists()


def test_the_decision_is_recorded_with_its_parts_and_the_last_day(logged_in):
    case = saved(example.drafted())
    told = {"about": "Hukuman disiplin", "effect": "hari ke-15", "remedy": "keberatan", "remedy_to": "PPK"}
    assert make(logged_in(ROLE), case, "decision", **told).status_code == 302
    step = store.file_of(case).letters[-1].step
    assert step.holds == process.PARTS
    assert step.remedy_until is not None


def test_the_tracing_report_is_made_of_the_last_tracing_that_was_done(logged_in, person):
    case = saved(example.traced())
    client = logged_in(ROLE)
    assert "belum ditelusuri" in make(client, case, "tracing-report").content.decode()
    for state, result in (("done", example.TRACING), ("failed", None), ("running", None)):
        TracingRun.objects.create(
            case=case, act="A1", asked_by=person(), asked_at=timezone.now(), state=state, result=result
        )
    assert make(client, case, "tracing-report").status_code == 302


def test_a_look_beforehand_keeps_nothing_but_that_somebody_looked(logged_in, case):
    client = logged_in(ROLE)
    answer = client.post(f"/surat/{case.pk}/lihat/notice/", typed(case))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert not Letter.objects.exists()
    assert Reading.objects.filter(what="letter-preview:notice").count() == 1
    assert store.file_of(case).version == case.version


def test_a_form_with_a_fault_keeps_what_was_typed(logged_in, case):
    client = logged_in(ROLE)
    answer = client.post(f"/surat/{case.pk}/lihat/notice/", typed(case, reply_until="31 Februari 2024", number="N-77"))
    assert answer.status_code == 422
    assert "N-77" in answer.content.decode()
    assert client.get(f"/surat/{case.pk}/lihat/notice/").status_code == 200


def test_only_who_holds_a_role_in_the_procedure_sees_or_makes_letters(logged_in, case):
    make(logged_in(ROLE), case)
    letter = Letter.objects.get()
    for role in ("bawaslu-general/reviewer", "office/receiver", "office/administrator"):
        client = logged_in(role)
        for address in (f"/surat/{case.pk}/", f"/surat/{case.pk}/{letter.pk}.pdf", f"/surat/{case.pk}/lihat/notice/"):
            assert client.get(address).status_code == 403, (role, address)
    assert Client().get(f"/surat/{case.pk}/{letter.pk}.pdf").status_code == 302


def test_what_is_not_there_is_told_as_such(logged_in, case, office):
    client = logged_in(ROLE)
    assert client.get(f"/surat/{uuid4()}/").status_code == 404
    assert client.get(f"/surat/{case.pk}/lihat/ode/").status_code == 404
    assert client.get(f"/surat/{case.pk}/{uuid4()}.pdf").status_code == 404
    make(client, case)
    letter = Letter.objects.get()
    other = saved(example.stated())
    assert client.get(f"/surat/{other.pk}/{letter.pk}.pdf").status_code == 404
    for one in (office / "objects").rglob("*"):
        if one.is_file():
            one.chmod(0o600)
            one.write_bytes(b"lain")
    assert client.get(f"/surat/{case.pk}/{letter.pk}.pdf").status_code == 404


def test_the_list_takes_as_many_queries_for_many_letters_as_for_few(logged_in, case, django_assert_max_num_queries):
    client = logged_in(ROLE)
    Letter.objects.bulk_create(
        Letter(case=case, kind="notice", sha256=f"{n:064x}", made_at=timezone.now()) for n in range(300)
    )
    with django_assert_max_num_queries(16):
        client.get(f"/surat/{case.pk}/")


def test_an_action_of_a_text_is_reached_from_the_letters_alone():
    for text in letters.texts():
        assert not action(f"surat-{text}").listed


def test_a_letter_bears_the_fingerprint_by_which_anybody_verifies_what_the_office_signs(logged_in, case):
    make(logged_in(ROLE), case)
    letter = Letter.objects.get()
    assert letters.said(letter)["verifies"].endswith(custody.fingerprint())
    pages = pypdf.PdfReader(io.BytesIO(letters.kept(letter))).pages
    assert all(custody.fingerprint() in page.extract_text() for page in pages)
