"""A report by somebody without an account."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from telusur.office import codes, custody
from telusur.office.models import PublicReport, Reading, ReportFile, ReportMessage

pytestmark = pytest.mark.django_db

TOLD = {
    "what": "Akun seorang pegawai membagikan ajakan memilih salah satu calon.",
    "kind": "share",
    "platform": "facebook",
    "url": "https://www.facebook.com/akun/posts/1",
    "on": "5 November 2023",
    "known_on": "06/11/2023",
    "token": "t" * 32,
}


def sent(client, **changes):
    answer = client.post("/terima/lapor/", TOLD | changes)
    found = re.search(r'<strong class="code">([\d ]+)</strong>', answer.content.decode())
    return answer, found[1] if found else None


def followed(client, code, **more):
    return client.post("/terima/lapor/ikuti/", {"code": code, **more})


def test_a_report_gives_a_code_a_receipt_and_a_time(client):
    answer, code = sent(client)
    assert answer.status_code == 200
    report = PublicReport.objects.get()
    assert report.digest == codes.digest(codes.read(code), "report")
    assert report.receipt in answer.content.decode()
    assert report.told["on"] == "2023-11-05"
    assert report.told["known_on"] == "2023-11-06"


def test_neither_number_nor_rank_nor_the_reporters_name_is_asked_for(client):
    page = client.get("/terima/lapor/").content.decode().lower()
    asked = set(re.findall(r'name="([a-z_]+)"', page))
    assert asked.isdisjoint({"nip", "nik", "rank", "pangkat", "email", "phone", "reporter", "name"})


def test_nothing_that_is_kept_holds_the_code_or_the_senders_address(client):
    _, code = sent(client)
    report = PublicReport.objects.get()
    kept = repr([getattr(report, field.name) for field in PublicReport._meta.fields])
    assert codes.read(code) not in kept
    assert "127.0.0.1" not in kept


def test_a_form_sent_twice_gives_one_report_and_the_same_code(client):
    _, first = sent(client)
    _, second = sent(client)
    assert first == second
    assert PublicReport.objects.count() == 1


def test_two_forms_give_two_codes(client):
    assert sent(client)[1] != sent(client, token="u" * 32)[1]


def test_files_are_sealed_and_their_hashes_are_on_the_receipt(client, office):
    content = b"%PDF-1.4 sebuah tangkapan"
    answer, _ = sent(client, papers=SimpleUploadedFile("bukti.pdf", content))
    sha256 = hashlib.sha256(content).hexdigest()
    assert sha256 in answer.content.decode()
    assert custody.opened(PublicReport.objects.get(), sha256).read() == content
    assert not any(content in one.read_bytes() for one in office.rglob("*") if one.is_file())
    assert not list((office / "incoming").iterdir())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"what": ""}, "Apa yang terjadi"),
        ({"what": "terlalu singkat"}, "Terlalu singkat"),
        ({"url": ""}, "Beri tautan"),
        ({"on": "31/02/2023"}, "31"),
        ({"token": "pendek"}, "terbuka terlalu lama"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, wrong, says):
    answer = client.post("/terima/lapor/", TOLD | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert not PublicReport.objects.exists()
    if "url" not in wrong:
        assert TOLD["url"] in page


def test_an_empty_file_is_refused_by_name(client):
    answer = client.post("/terima/lapor/", TOLD | {"papers": SimpleUploadedFile("kosong.pdf", b"")})
    assert answer.status_code == 422
    assert "kosong.pdf" in answer.content.decode()


def test_the_code_opens_the_report_and_its_messages(client):
    _, code = sent(client)
    page = followed(client, code).content.decode()
    assert "belum dibaca" in page
    done = followed(client, code, text="Unggahannya sudah dihapus pagi ini.", token="m" * 32)
    assert "Pesan terkirim" in done.content.decode()
    assert ReportMessage.objects.get().from_office is False


def test_a_message_sent_twice_is_kept_once(client):
    _, code = sent(client)
    for _ in range(2):
        followed(client, code, text="Sekali saja, tolong.", token="m" * 32)
    assert ReportMessage.objects.count() == 1


def test_later_files_are_kept_with_the_report(client):
    _, code = sent(client)
    followed(client, code, text="Ini tangkapannya.", papers=SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n"))
    assert ReportFile.objects.get().name == "a.png"


def test_a_slip_of_the_pen_is_told_from_an_unknown_code(client):
    _, code = sent(client)
    digits = codes.read(code)
    slip = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    assert "angka yang keliru" in followed(client, slip).content.decode()
    assert followed(client, codes.new_code()).status_code == 404


def test_guessing_codes_is_stopped(client):
    answers = [followed(client, codes.new_code()).status_code for _ in range(12)]
    assert answers[:10] == [404] * 10
    assert answers[-1] == 429


def test_pages_of_reports_are_not_kept_by_browsers(client):
    answer, code = sent(client)
    for page in (answer, followed(client, code)):
        assert "no-store" in page["Cache-Control"]


def test_the_english_page_speaks_english(client):
    client.cookies["bahasa"] = "en"
    assert "Report without an account" in client.get("/terima/lapor/").content.decode()
    assert "Report received" in sent(client)[0].content.decode()


def test_an_officer_reads_a_report_and_answers(client, logged_in):
    _, code = sent(client)
    report = PublicReport.objects.get()
    officer = logged_in("office/receiver")
    assert TOLD["what"] in officer.get(f"/terima/laporan/{report.pk}/").content.decode()
    officer.post(
        f"/terima/laporan/{report.pk}/",
        {"text": "Mohon kirim alamat unggahannya.", "state": "in_review", "token": "k" * 32},
    )
    page = followed(client, code).content.decode()
    assert "Mohon kirim alamat" in page
    assert "Sedang dibaca" in page


def test_a_file_of_a_report_is_downloaded_and_that_is_written_down(client, logged_in):
    sent(client, papers=SimpleUploadedFile("b.html", b"<script>alert(1)</script>"))
    report, file = PublicReport.objects.get(), ReportFile.objects.get()
    address = f"/terima/laporan/{report.pk}/berkas/{file.pk}/"
    # Who receives reports looks at a working copy; the original goes to the custodian.
    receiver = logged_in("office/receiver")
    assert "alert(1)" not in receiver.get(address).content.decode()
    assert Reading.objects.get().what == f"copy:report-file:{file.pk}"
    assert receiver.get(f"{address}asli/").status_code == 403
    answer = logged_in("office/custodian").get(f"{address}asli/")
    assert answer.getvalue() == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Reading.objects.last().what == f"report-file:{file.pk}"


@pytest.mark.parametrize("roles", [(), ("office/administrator",), ("bawaslu-general/reviewer",)])
def test_reports_are_for_those_who_receive_them(logged_in, roles):
    assert logged_in(*roles).get("/terima/laporan/").status_code == 403


def test_to_look_at_a_report_changes_nothing_and_a_button_takes_it_on(client, logged_in):
    _, code = sent(client)
    report = PublicReport.objects.get()
    officer, address = logged_in("office/receiver"), f"/terima/laporan/{report.pk}/"
    page = officer.get(address).content.decode()
    assert 'value="baca"' in page
    report.refresh_from_db()
    assert report.state == "received"
    officer.post(address, {"lakukan": "baca"})
    assert "Sedang dibaca" in followed(client, code).content.decode()
    assert 'value="baca"' not in officer.get(address).content.decode()


def test_a_report_that_was_changed_and_sent_again_says_that_the_first_was_kept(client):
    sent(client)
    assert "TIDAK tersimpan" not in sent(client)[0].content.decode()
    assert "TIDAK tersimpan" in sent(client, what="Sesuatu yang lain sama sekali terjadi.")[0].content.decode()


def test_a_message_that_came_already_leaves_no_file(client, office):
    _, code = sent(client)
    more = {"text": "Ini berkas saya.", "token": "m" * 32}
    followed(client, code, **more)
    before = set(office.rglob("*"))
    followed(client, code, **more, papers=SimpleUploadedFile("c.pdf", b"%PDF-1.7 c"))
    assert set(office.rglob("*")) == before
