"""What somebody sends who means no good, or whose machine stutters: refused in words, and nothing is done twice."""

from __future__ import annotations

import errno
import re
import time
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from telusur.domain.evidence import Grade
from telusur.law.selfcheck import Interview
from telusur.office import custody, exhibits, limits, policies, store, uploads
from telusur.office.actions import action
from telusur.office.home import Home
from telusur.office.intake import opening, reporting
from telusur.office.models import Case, Exhibit, PublicReport, Reading, ReportFile, ReportMessage, Respondent, User

pytestmark = pytest.mark.django_db

LONG = "9" * 5000
PASSWORD = "sebuah kata sandi panjang"  # of the tests' own people
TOLD = {
    "what": "Akun seorang pegawai membagikan ajakan memilih salah satu calon.",
    "url": "https://www.facebook.com/akun/posts/1",
    "token": "t" * 32,
}
OPENED = {
    "procedure": "bawaslu-general",
    "how": "finding",
    "received_on": "10 November 2023",
    "subject": "unggahan di Facebook",
    "name": "Terlapor Rekaan",
    "token": "k" * 32,
}


def case(number: str, procedure: str = "bawaslu-general", stage: str = "preliminary") -> Case:
    respondent = Respondent.objects.create(name="Terlapor Rekaan")
    return Case.objects.create(
        number=number,
        procedure=procedure,
        stage=stage,
        subject="unggahan",
        respondent=respondent,
        received_on="2023-11-10",
        changed_at="2023-11-10T00:00:00Z",
    )


# -- Figures, texts and names that no page wrote --


@pytest.mark.parametrize("room", ["person", "agency"])
@pytest.mark.parametrize("field", [{"ubah": LONG}, {"di": LONG, "lakukan": "back"}, {"di": LONG, "lakukan": "choose"}])
def test_the_number_of_a_question_may_be_of_any_length(client, room, field):
    answer = client.post(reverse(f"public:selfcheck-{room}"), {"hari": "1 Januari 2024", **field})
    assert answer.status_code == 200


@pytest.mark.parametrize("brought", ['[["a","\\ud800"]]', "[" * 100_000, '[["a",1]]', "{}", LONG])
def test_what_somebody_brings_back_to_the_respondents_door_may_be_anything(client, brought):
    answer = client.post(reverse("portal:login"), {"nomor": "", "rahasia": "x", "bawa": brought})
    assert answer.status_code == 422


def test_the_version_of_a_page_may_be_of_any_length(logged_in):
    held = logged_in("bawaslu-general/reviewer")
    opened = logged_in("office/receiver").post(reverse("intake:open"), OPENED)
    address = reverse("desk:act", args=[opened["Location"].split("/")[3], "catatan"])
    assert held.post(address, {"version": LONG, "text": "x"}).status_code in (409, 422)


@pytest.mark.parametrize(
    "name",
    [
        "a." + "b" * 300,
        "a." + "é" * 200,
        "../../etc/passwd.pdf",
        "<img src=x onerror=alert(1)>.pdf",
        'a";x="\r\nX: y.pdf',
    ],
)
def test_a_file_may_bear_any_name(client, name):
    paper = SimpleUploadedFile("x.pdf", b"%PDF-1.7")
    paper._name = name
    answer = client.post(reverse("intake:report"), TOLD | {"papers": paper})
    assert answer.status_code in (200, 422)
    assert b"<img src=x" not in answer.content
    for kept in ReportFile.objects.all():
        assert "/" not in kept.name
        assert kept.name.isprintable()


def test_a_download_carries_its_name_in_one_line(client, logged_in):
    client.post(reverse("intake:report"), TOLD | {"papers": SimpleUploadedFile("a;\u202ex=é.pdf", b"%PDF-1.7")})
    held = ReportFile.objects.get()
    answer = logged_in("office/custodian").get(reverse("intake:report_original", args=[held.report_id, held.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Cache-Control"] == "no-store"


# -- More than is taken --


def test_what_says_itself_that_it_is_far_too_much_is_refused_before_a_byte_is_written(client, monkeypatch):
    monkeypatch.setattr(uploads, "MOST", 1000)
    answer = client.post(reverse("account_login"), {"x": SimpleUploadedFile("a.pdf", b"x" * 2000)})
    assert answer.status_code == 400
    assert list(Home.here().incoming.iterdir()) == []


def test_of_what_is_over_the_limit_only_the_size_is_kept(client, monkeypatch):
    monkeypatch.setattr(uploads, "FORM_LIMIT", 1000)
    written = []
    handler = uploads.TemporaryFileUploadHandler
    whole = handler.receive_data_chunk
    monkeypatch.setattr(
        handler, "receive_data_chunk", lambda self, raw, start: (written.append(len(raw)), whole(self, raw, start))[1]
    )
    answer = client.post(reverse("intake:report"), TOLD | {"papers": SimpleUploadedFile("a.pdf", b"x" * 2000)})
    # The form would take it; where it is sealed it is seen that it did not come whole.
    assert answer.status_code == 422
    assert written == []
    assert TOLD["what"] in answer.content.decode()
    assert not PublicReport.objects.exists()


def test_a_full_disk_is_told_and_loses_nothing(client, monkeypatch):
    def full(*_args: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(custody, "keep", full)
    answer = client.post(reverse("intake:report"), TOLD | {"papers": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert answer.status_code == 422
    assert TOLD["what"] in answer.content.decode()
    assert not PublicReport.objects.exists()
    assert list(Home.here().incoming.iterdir()) == []


def test_the_tables_of_the_self_check_do_not_grow_without_end():
    interview = Interview(date(2024, 1, 15))
    assert interview._table.cache_info().maxsize is not None


def test_messages_to_the_office_are_counted(client, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "message", (2, 60))
    page = client.post(reverse("intake:report"), TOLD).content.decode()
    code = re.search(r'<strong class="code">([\d ]+)</strong>', page)[1]
    sent = [
        client.post(reverse("intake:follow"), {"code": code, "text": "ada lagi", "token": str(n) * 24})
        for n in range(3)
    ]
    assert [one.status_code for one in sent] == [200, 200, 429]
    assert ReportMessage.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("", "", True),
    ],
)
def test_a_line_of_ipv6_counts_as_one_machine(monkeypatch, first, second, same):
    monkeypatch.setitem(limits.LIMITS, "code", (1, 60))
    made = RequestFactory()
    assert not limits.too_often(made.get("/", REMOTE_ADDR=first), "code")
    assert limits.too_often(made.get("/", REMOTE_ADDR=second), "code") is same


def test_what_a_sender_says_of_its_address_counts_for_nothing(client, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "code", (3, 60))
    sent = [
        client.post(
            reverse("portal:enter"),
            {"code": "0000 0000 0000 0000"},
            headers={"X-Forwarded-For": f"192.0.2.{n}", "Forwarded": f"for=192.0.2.{n}"},
        ).status_code
        for n in range(4)
    ]
    assert sent == [404, 404, 404, 429]


# -- Twice at once --


def test_the_same_file_twice_is_kept_once_in_a_case_and_again_in_another(office):
    for owner, objects in ((first := case("2023/0001"), 1), (first, 1), (case("2023/0002"), 2)):
        with exhibits.Tray() as tray:
            upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 isi yang dikenal")
            exhibits.keep(owner, [tray.take_in(upload, kind=None, grade=Grade.E)])
        kept = [one for one in Home.here().objects.rglob("*") if one.is_file()]
        assert len(kept) == objects
        assert not any(b"isi yang dikenal" in one.read_bytes() for one in kept)


def test_a_report_sent_twice_at_once_is_one_report(client, monkeypatch):
    taken = reporting._keep

    def twice(code, cleaned):
        taken(code, cleaned)  # the other thread was quicker
        return taken(code, cleaned)

    monkeypatch.setattr(reporting, "_keep", twice)
    answer = client.post(reverse("intake:report"), TOLD)
    assert answer.status_code == 200
    assert PublicReport.objects.count() == 1


def test_two_officers_who_open_the_same_report_open_one_case(client, logged_in, monkeypatch):
    client.post(reverse("intake:report"), TOLD)
    report = PublicReport.objects.get()
    first, second = logged_in("office/receiver"), logged_in("office/receiver")
    address = reverse("intake:open_report", args=[report.pk])
    open_, asked = opening._open, []

    def late(*args):
        if not asked:
            asked.append(first)
            assert first.post(address, OPENED | {"how": "report", "token": "p" * 32}).status_code == 302
        return open_(*args)

    monkeypatch.setattr(opening, "_open", late)
    answer = second.post(address, OPENED | {"how": "report"})
    assert answer["Location"] == reverse("intake:received", args=[report.pk])
    assert Case.objects.count() == 1


def test_a_form_that_opens_a_case_twice_at_once_opens_one(logged_in, monkeypatch):
    open_ = opening._open

    def twice(*args):
        open_(*args)
        return open_(*args)

    monkeypatch.setattr(opening, "_open", twice)
    assert logged_in("office/receiver").post(reverse("intake:open"), OPENED).status_code == 302
    assert Case.objects.count() == 1


def test_numbers_go_on_past_ten_thousand_a_year():
    case("2023/9999")
    case("2023/10000")
    assert store.next_number(Case.objects.get(number="2023/9999").received_on.replace(year=2023)) == "2023/10001"


# -- Who sees what --


def test_a_role_of_the_office_that_opens_no_cases_opens_none_of_other_procedures(logged_in):
    case("2023/0001", "bawaslu-general")
    case("2023/0002", "bkn-sbt", "verification")
    queue, table = reverse("desk:queue"), reverse("desk:queue_csv")
    both = logged_in("office/administrator", "bawaslu-general/reviewer")
    for address in (queue, table):
        page = both.get(address).content.decode()
        assert "2023/0001" in page
        assert "2023/0002" not in page
    assert "2023/0002" in logged_in("office/auditor").get(queue).content.decode()


def test_everywhere_is_said_by_the_role_and_for_the_permission():
    assert policies.May(frozenset({"office/receiver"})).everywhere("case.open")
    assert not policies.May(frozenset({"office/administrator"})).everywhere("case.list")
    assert not policies.May(frozenset({"bkn-sbt/auditor"})).everywhere("case.list")


@pytest.mark.parametrize("address", ["desk:queue", "public:home", "public:rules", "mfa_index", "account_logout"])
def test_no_browser_keeps_a_page_that_somebody_saw_who_was_logged_in(client, logged_in, address):
    answer = logged_in("office/receiver").get(reverse(address))
    assert "no-store" in answer["Cache-Control"]


def test_a_page_for_everybody_may_be_kept(client):
    assert "no-store" not in client.get(reverse("public:home")).headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "///evil.example", ""],
)
def test_nobody_is_led_away(client, address):
    assert client.post(reverse("language"), {"next": address, "language": "en"})["Location"] == "/"


# -- The first login --


def begun(client: Client, user: User) -> None:
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})


def test_who_has_just_typed_the_password_sets_the_first_factor_up_without_typing_it_again(person):
    client = Client()
    begun(client, person("office/receiver", factor=False))
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_later_the_password_is_asked_for_again(person):
    client = Client()
    with time_machine.travel(time.time(), tick=False) as clock:
        begun(client, person("office/receiver", factor=False))
        clock.shift(600)
        answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_whoever_had_a_factor_types_the_password_again_before_it_is_touched(logged_in):
    held = logged_in("office/receiver")
    for address in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        answer = held.get(reverse(address))
        assert answer.status_code in (302, 404), address
        if answer.status_code == 302:
            assert "reauthenticate" in answer["Location"]


# -- What stands on file --


def test_a_rank_that_the_rules_no_longer_know_closes_no_page():
    file = SimpleNamespace(status=SimpleNamespace(step=SimpleNamespace(rank="a_rank_of_an_earlier_book")))
    assert action("konsep")(case("2023/0001"), User(), file)._officials() == []


def test_a_file_that_is_not_there_is_told_and_not_written_down_as_read(client, logged_in):
    client.post(reverse("intake:report"), TOLD | {"papers": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    held = ReportFile.objects.get()
    for one in Home.here().objects.rglob("*"):
        if one.is_file():
            one.unlink()
    officer = logged_in("office/receiver")
    assert officer.get(reverse("intake:report_file", args=[held.report_id, held.pk])).status_code == 404
    officer.post(reverse("intake:open_report", args=[held.report_id]), OPENED | {"how": "report"})
    exhibit = Exhibit.objects.get()
    assert officer.get(reverse("desk:exhibit", args=[exhibit.case_id, exhibit.pk])).status_code == 404
    custodian = logged_in("office/custodian")
    for view, *args in (
        ("intake:report_original", held.report_id, held.pk),
        ("desk:original", exhibit.case_id, exhibit.pk),
    ):
        assert custodian.get(reverse(view, args=args)).status_code == 404
    assert not Reading.objects.filter(what__contains="file").exists()
    assert not Reading.objects.filter(what__contains="exhibit").exists()


def test_what_lay_half_received_when_the_power_went_is_swept_away(office):
    home = Home.here()
    (home.incoming / "tracing-x").mkdir()
    (home.incoming / "tracing-x" / "case.yaml").touch()
    for left in (home.incoming / "tmpx.upload.pdf", home.path / ".head.note.ab.part"):
        left.touch()
    home.sweep()
    assert list(home.incoming.iterdir()) == list(home.path.glob(".*.part")) == []
