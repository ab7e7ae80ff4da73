"""Steps are appended in one transaction with all that follows from them, or not at all."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from office.case_at_desk import open_case
from telusur import process
from telusur.domain.errors import BadInput
from telusur.office import store
from telusur.office.models import Case, StepRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(person):
    return open_case(person("bawaslu-general/reviewer"))


def note(text="Catatan."):
    return process.Noted(at=timezone.now(), by="u1", text=text)


def test_what_is_read_back_is_what_was_taken(case):
    store.record(case.pk, [note("satu"), note("dua")], version=1)
    case.refresh_from_db()
    assert case.version == 3
    assert [one.text for one in store.steps_of(case)[1:]] == ["satu", "dua"]
    assert store.file_of(case) == process.read(store.steps_of(case))


def test_a_refused_step_takes_the_others_with_it(case):
    wrong = process.StatusEstablished(at=timezone.now(), by="u1", status="pns", grounds=" ")
    with pytest.raises(process.Refused):
        store.record(case.pk, [note(), wrong], version=1)
    assert StepRow.objects.filter(case=case).count() == 1
    assert Case.objects.get().version == 1


def test_a_step_that_could_not_be_read_back_is_not_kept(case):
    odd = process.Served(at=timezone.now(), by="u1", what="surat cinta", how="pos")
    with pytest.raises(BadInput, match="surat cinta"):
        store.record(case.pk, odd, version=1)
    assert StepRow.objects.filter(case=case).count() == 1


def test_a_stale_version_writes_nothing(case):
    store.record(case.pk, note(), version=1)
    with pytest.raises(store.Stale) as stale:
        store.record(case.pk, note(), version=1)
    assert "belum ada yang disimpan" in stale.value.words.id
    assert StepRow.objects.filter(case=case).count() == 2


def test_the_list_follows_the_file(case):
    status = process.StatusEstablished(at=timezone.now(), by="u1", status="pns", grounds="SK")
    moved = process.Moved(at=timezone.now(), by="u1", move="register", role="reviewer", expected_version=2)
    store.record(case.pk, [status, moved], version=1)
    case.refresh_from_db()
    assert case.stage == "registered"
    assert case.due is not None


@pytest.mark.parametrize("act", ["UPDATE office_steprow SET by = 'x'", "DELETE FROM office_steprow"])
def test_no_step_is_changed_or_deleted_whoever_asks(case, act):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    assert StepRow.objects.get(case=case).by != "x"


def test_numbers_count_up_past_nine_thousand(person):
    user = person("bawaslu-general/reviewer")
    first = open_case(user)
    year = timezone.localdate().year
    Case.objects.filter(pk=first.pk).update(number=f"{year}/9999")
    assert open_case(user).number == f"{year}/10000"
    assert open_case(user).number == f"{year}/10001"
