"""How a case is opened, and what is preserved first."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from telusur import process
from telusur.office import custody, store
from telusur.office.models import Case, Exhibit, PublicReport, Respondent

pytestmark = pytest.mark.django_db

TYPED = {
    "procedure": "bawaslu-general",
    "how": "report",
    "received_on": "6 November 2023",
    "subject": "Unggahan di Facebook, November 2023",
    "name": "Kepala Seksi A",
    "nip": "19390101 195901 1 001",
    "status": "pns",
    "kind": "share",
    "contest": "president",
    "platform": "facebook",
    "url": "https://www.facebook.com/akun/posts/1",
    "when_tanggal": "5 November 2023",
    "when_jam": "20.15",
    "when_zona": "WITA",
    "token": "a" * 32,
}
ROLES = ("office/receiver", "bawaslu-general/reviewer")


@pytest.fixture
def desk(logged_in):
    return logged_in(*ROLES)


def opened(desk, **changes):
    answer = desk.post("/terima/buka/", TYPED | changes)
    return answer, Case.objects.first()


def test_a_case_begins_with_its_steps(desk):
    answer, case = opened(desk)
    assert answer.status_code == 302, answer.content.decode()
    file = store.file_of(case)
    assert case.number == "2023/0001"
    assert case.stage == file.stage == "preliminary"
    act = file.acts["P1"].stated
    assert act.when.at.isoformat() == "2023-11-05T20:15:00+08:00"
    assert act.on_account
    assert act.facts.value("act.kind") == "share"


def test_the_case_leads_to_preserving_first(desk):
    answer, case = opened(desk)
    assert answer["Location"] == f"/terima/amankan/{case.pk}/"
    page = desk.get(answer["Location"]).content.decode()
    assert "Sebelum siapa pun diberi tahu" in page
    assert TYPED["url"] in page


def test_what_is_not_known_stays_unknown(desk):
    _, case = opened(desk, kind="", contest="", when_tanggal="", when_jam="")
    act = store.file_of(case).acts["P1"].stated
    assert act.facts.stated == {}
    assert act.when is None


def test_a_report_becomes_a_case_with_its_files_and_its_reporter_stays_unknown(desk, client):
    told = {"what": "Sebuah unggahan mengajak memilih.", "platform": "facebook", "url": TYPED["url"], "token": "r" * 32}
    client.post("/terima/lapor/", told | {"papers": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")})
    report = PublicReport.objects.get()
    desk.post(f"/terima/buka/{report.pk}/", TYPED)
    report.refresh_from_db()
    file = store.file_of(report.case)
    exhibit = Exhibit.objects.get()
    assert exhibit.supplied_by == "reporter"
    assert file.evidence[exhibit.evidence_id].step.sha256 == exhibit.sha256
    assert file.reporter == f"p{report.pk}"


def test_a_report_is_opened_once(desk, client):
    client.post("/terima/lapor/", {"what": "Sebuah unggahan mengajak memilih.", "token": "r" * 32})
    report = PublicReport.objects.get()
    for token in ("a" * 32, "b" * 32):
        desk.post(f"/terima/buka/{report.pk}/", TYPED | {"token": token})
    assert Case.objects.count() == 1


def test_a_form_sent_twice_opens_one_case(desk):
    assert opened(desk)[0]["Location"] == opened(desk)[0]["Location"]
    assert Case.objects.count() == Respondent.objects.count() == 1


def test_nothing_is_left_behind_where_the_process_refuses(desk, monkeypatch):
    def refuse(file, step):
        raise process.Refused((process.UNTRACED,))

    monkeypatch.setattr(process, "take", refuse)
    answer = desk.post("/terima/buka/", TYPED)
    assert answer.status_code == 409
    assert process.UNTRACED.id in answer.content.decode()
    assert not Case.objects.exists()
    assert not Respondent.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Nama terlapor"),
        ({"received_on": "kemarin"}, "kemarin"),
        ({"nip": "123"}, "18"),
        ({"when_zona": "GMT"}, "Waktu perbuatan"),
        ({"procedure": "rahasia"}, "Pilih"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, wrong, says):
    answer = desk.post("/terima/buka/", TYPED | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert TYPED["subject"] in page


def test_numbers_count_up_within_the_year(desk):
    opened(desk)
    opened(desk, token="c" * 32)
    assert sorted(Case.objects.values_list("number", flat=True)) == ["2023/0001", "2023/0002"]


def test_a_capture_is_sealed_and_noted(desk, office):
    _, case = opened(desk)
    answer = desk.post(
        f"/terima/amankan/{case.pk}/",
        {"lakukan": "tangkap", "tangkap-grade": "B", "tangkap-papers": SimpleUploadedFile("c.pdf", b"%PDF-1.7 isi")},
    )
    assert answer.status_code == 302, answer.content.decode()
    exhibit = Exhibit.objects.get()
    assert exhibit.grade == "B"
    assert custody.opened(exhibit.case, exhibit.sha256).read()
    assert store.file_of(case).evidence[exhibit.evidence_id].step.sealed


def test_a_request_to_keep_records_is_noted(desk):
    _, case = opened(desk)
    typed = {"lakukan": "minta", "minta-to": "platform", "minta-what": "Catatan login 1 sampai 10 November 2023"}
    desk.post(f"/terima/amankan/{case.pk}/", typed)
    (asked,) = store.file_of(case).preserved
    assert asked.step.to == "platform"


def test_a_capture_without_a_file_says_so(desk):
    _, case = opened(desk)
    answer = desk.post(f"/terima/amankan/{case.pk}/", {"lakukan": "tangkap", "tangkap-grade": "B"})
    assert answer.status_code == 422
    assert "Pilih berkas" in answer.content.decode()


def test_others_procedures_are_closed(desk, logged_in):
    _, case = opened(desk)
    assert logged_in("discipline-pp94/examiner").get(f"/terima/amankan/{case.pk}/").status_code == 403
