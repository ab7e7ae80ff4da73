"""The trial: invented people in every role, cases in every procedure, made once and kept as it is left."""

import hashlib
import re
from pathlib import Path

import pytest
import time_machine
from django.db import transaction

from telusur import process
from telusur.office import Home, codes, custody, demo, store
from telusur.office.demo.people import PASSWORD, PEOPLE
from telusur.office.models import Case, Exhibit, Letter, Office, PublicReport, Respondent, RoleHeld, User
from telusur.office.portal.codes import PURPOSE
from telusur.office.setup import roles

pytestmark = pytest.mark.django_db
URL = "http://127.0.0.1:8000/"


@pytest.fixture
def trial():
    yield demo.welcome(URL)
    (Home.here().path / "trial.json").unlink(missing_ok=True)


def test_it_is_whole(trial, client):
    files = {case: store.file_of(case) for case in Case.objects.all()}
    assert {case.procedure for case in files} == set(process.procedures())
    for case, file in files.items():
        # Every step would be taken again today: nothing was slipped past the process.
        assert process.replay(file.steps) == file
        assert (case.version, case.stage) == (file.version, file.stage)
        assert {one.evidence_id for one in case.exhibits.all()} == set(file.evidence)
        for one in case.exhibits.all():
            kept = custody.opened(case, one.sha256).read()
            assert hashlib.sha256(kept).hexdigest() == one.sha256 == file.evidence[one.evidence_id].step.sha256
    assert {file.end for file in files.values()} >= {None, "cleared", "not_proven"}
    assert len({case.stage for case in files}) >= 9
    assert Letter.objects.count() == 1

    held = set(RoleHeld.objects.values_list("role", flat=True))
    assert roles.known() == held
    assert not any(user.is_superuser or user.is_staff for user in User.objects.all())
    assert {login.username for login in trial.logins} == set(User.objects.values_list("username", flat=True))
    assert User.objects.first().check_password(PASSWORD)

    _roles_and_no_names()
    _one_event()
    _the_archive_of_the_example()
    _codes_open(trial)
    _kept_as_it_is_left(trial)


def _roles_and_no_names():
    names = [one.name for one in Respondent.objects.all()]
    assert all(re.fullmatch(r"Terlapor Contoh \d\d", one) for one in names)
    assert len(PEOPLE) == len({one.title for one in PEOPLE})


def _one_event():
    cases = {str(case.pk): store.file_of(case) for case in Case.objects.filter(incident="apel-contoh")}
    seen = process.incident(cases)
    assert [(len(one.superiors), len(one.ordered)) for one in seen.orders] == [(1, 2)]
    assert all("belum dibuka" not in reason.id for reasons in seen.before_closing.values() for reason in reasons)


def _the_archive_of_the_example():
    example = Path(__file__).parents[3] / "examples/diambil-alih/evidence/arsip-x.zip"
    archive = Exhibit.objects.get(kind="platform_export")
    assert archive.sha256 == hashlib.sha256(example.read_bytes()).hexdigest()
    assert archive.supplied_by == "respondent"


def _codes_open(trial):
    assert PublicReport.objects.count() == 3
    report, respondent = (codes.read(one.code) for one in trial.codes)
    assert PublicReport.objects.filter(digest=codes.digest(report, "report")).exists()
    case = Case.objects.get(access_codes__digest=codes.digest(respondent, PURPOSE))
    assert store.file_of(case).stage == "invited"


def _kept_as_it_is_left(trial):
    Office.objects.update(name="Diubah")
    Case.objects.filter(incident="").first().respondent.cases.update(subject="diubah")
    before = (Case.objects.count(), User.objects.count(), PublicReport.objects.count())
    assert demo.welcome(URL) == trial
    assert (Case.objects.count(), User.objects.count(), PublicReport.objects.count()) == before
    assert Office.objects.get().name == "Diubah"


@pytest.mark.parametrize("day", ["2026-01-01T00:10:00+00:00", "2026-12-31T23:50:00+00:00", "2027-03-09T03:00:00+00:00"])
def test_it_can_be_made_on_any_day(day):
    with time_machine.travel(day, tick=True), transaction.atomic():
        demo.welcome(URL)
        assert Case.objects.count() >= 12
        transaction.set_rollback(True)
    (Home.here().path / "trial.json").unlink(missing_ok=True)


def test_the_login_page_shows_the_logins_in_a_trial_only(client, monkeypatch):
    assert PASSWORD not in client.get("/masuk/login/").text
    monkeypatch.setenv("TELUSUR_DEMO", "1")
    page = client.get("/masuk/login/").text
    assert PASSWORD in page
    assert all(one.username in page for one in PEOPLE)
