"""A cleared person's record is erased for good, by two people, once its day has come; all else still proves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from office.actions.test_shortcuts import code_of
from office.case_at_desk import Desk, open_case
from telusur import process
from telusur.office import custody, erasing, store
from telusur.office.actions import action
from telusur.office.demo.making import make
from telusur.office.models import Case, Erasing, StepRow

TESTS = Path(__file__).parents[1]


def test_after_erasing_nothing_of_a_case_lies_anywhere_and_the_ledger_still_holds(tmp_path):
    there = {
        **os.environ,
        "TELUSUR_HOME": str(tmp_path / "kantor"),
        "TELUSUR_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "telusur.office.settings",
        "PYTHONPATH": str(TESTS),
        "TELUSUR_HOSTS": "testserver localhost",
    }
    (tmp_path / "kantor" / "incoming").mkdir(parents=True)
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "office.erased_office"],
        env=there,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["before"] > 0
    assert told["after"] == []
    assert told["problems"] == told["again"] == []
    assert told["erased"] not in told["cases"]
    assert told["respondents"] == 1
    assert told["next"] not in (told["erased"], *told["cases"])


@pytest.mark.django_db
def test_rows_of_a_case_that_nobody_had_erased_stay(person):
    case = open_case(person("bawaslu-general/reviewer"))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM office_steprow")
    other = open_case(person("bawaslu-general/reviewer"))
    erasing.erase(case, asked_by="u1", approved_by="u2")
    assert not StepRow.objects.filter(case_id=case.pk).exists()
    assert StepRow.objects.filter(case=other).exists()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM office_erasing")


@pytest.mark.django_db
def test_one_person_alone_erases_nothing(person):
    case = open_case(person("bawaslu-general/reviewer"))
    with pytest.raises(ValueError, match="two people"):
        erasing.erase(case, asked_by="u1", approved_by="u1")


@pytest.mark.django_db
def test_the_day_has_to_be_set_and_to_have_come(person):
    user = person("bawaslu-general/reviewer", "bawaslu-general/chair")
    desk = Desk(open_case(user, reporter="p-1"), user)
    assert "belum berakhir" in action("hapus")(desk.case, user).check()[0].id
    doing = action("hapus")(desk.case, user)
    assert "belum ditetapkan" in _why(doing)
    for days, said in ((5, "disimpan sampai"), (0, "")):
        day = timezone.localdate() + timedelta(days=days)
        text = f"{erasing.DAY_SET} nanti ({day.isoformat()})"
        held = Case.objects.get(pk=desk.case.pk)
        store.record(held.pk, process.Noted(at=timezone.now(), by="u1", text=text), version=held.version)
        why = _why(action("hapus")(desk.case, user))
        assert said in why if said else not why


def _why(doing):
    doing.file = replace(doing.file, end="cleared")
    return " ".join(one.id for one in doing.check())


@pytest.mark.django_db
def test_two_people_erase_a_case_from_its_page_and_one_alone_does_not(person, office):
    make()
    (office / "trial.json").unlink()
    case = Case.objects.filter(end__in=process.CLEARING, letters=None).first() or Case.objects.filter(end="cleared")[0]
    role = next(iter(process.procedure(case.procedure).roles))
    first, second = (person(f"{case.procedure}/{role}") for _ in range(2))
    text = f"{erasing.DAY_SET} hari ini ({timezone.localdate().isoformat()})"
    store.record(case.pk, process.Noted(at=timezone.now(), by=first.person_id, text=text), version=case.version)
    desk = Desk(Case.objects.get(pk=case.pk), first)
    desk.refused("hapus", second=second.person_id, code="000000", sure="on")
    desk.refused("hapus", second=second.person_id, code=code_of(second))
    assert Case.objects.filter(pk=case.pk).exists()
    answer = desk.send("hapus", second=second.person_id, code=code_of(second), sure="on")
    assert answer["Location"] == "/meja/"
    assert not Case.objects.filter(pk=case.pk).exists()
    left = Erasing.objects.get()
    assert (left.number, left.asked_by, left.approved_by) == (case.number, first.person_id, second.person_id)
    assert desk.client.get(f"/meja/berkas/{case.pk}/").status_code == 404
    assert custody.checked(custody.database(), office).problems == ()
