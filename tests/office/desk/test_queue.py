"""The queue: what presses on top, found by number and subject, at a fixed cost."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from telusur.office.models import Case, Respondent, User

pytestmark = pytest.mark.django_db
ROLE = "bawaslu-general/reviewer"


def cases(count, **told):
    respondent = Respondent.objects.create(name="Terlapor Contoh")
    today = timezone.localdate()
    held = Case.objects.count()
    return Case.objects.bulk_create(
        Case(
            **{
                "number": f"2024/{held + n:04d}",
                "procedure": "bawaslu-general",
                "stage": "preliminary",
                "subject": f"Unggahan {held + n}",
                "respondent": respondent,
                "received_on": today - timedelta(n % 40),
                "due": today + timedelta(n % 9 - 3) if n % 5 else None,
                "changed_at": timezone.now(),
                "assigned": User.objects.first(),
                **told,
            }
        )
        for n in range(1, count + 1)
    )


def rows(answer):
    return answer.content.decode().count("<tr>") - 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_empty_queue_says_so(logged_in, language):
    client = logged_in(ROLE)
    client.cookies["bahasa"] = language
    words = {"id": "Tidak ada berkas yang terbuka", "en": "No case is open"}[language]
    assert words in client.get("/meja/").content.decode()


def test_the_cost_does_not_grow_with_the_queue(logged_in, django_assert_num_queries):
    client = logged_in(ROLE)
    cases(10)
    client.get("/meja/")
    with django_assert_num_queries(6):
        client.get("/meja/")
    cases(990)
    with django_assert_num_queries(6):
        assert rows(client.get("/meja/")) == 25


def test_the_database_finds_what_presses_by_an_index(logged_in):
    logged_in(ROLE)
    cases(50)
    with connection.cursor() as cursor:
        held = Case.objects.filter(procedure="bawaslu-general", end="").order_by("due", "number")
        sql, told = held.query.sql_with_params()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", told)
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "USING INDEX" in plan
    assert "SCAN office_case" not in plan


def test_what_is_over_comes_first_and_what_has_no_term_last(logged_in):
    client = logged_in(ROLE)
    cases(9)
    page = client.get("/meja/").content.decode()
    assert page.index("lewat 2 hari") < page.index("hari ini") < page.index("hari lagi") < page.index("tidak ada")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"cari": "2024/0003"}, 1),
        ({"cari": "unggahan 7"}, 1),
        ({"cari": "tidak ada"}, 0),
        ({"prosedur": "bawaslu-general"}, 9),
        ({"tahap": "hearing"}, 0),
        ({"siapa": "saya"}, 9),
        ({"siapa": "selesai"}, 0),
        ({"hal": "banyak"}, 9),
    ],
)
def test_filters_find_what_they_say(logged_in, query, found):
    client = logged_in(ROLE)
    cases(9)
    answer = client.get("/meja/", query)
    assert max(rows(answer), 0) == found


def test_nobody_sees_the_cases_of_procedures_in_which_they_have_no_role(logged_in):
    client = logged_in("discipline-pp94/examiner")
    cases(3)
    assert "2024/0001" not in client.get("/meja/").content.decode()
    assert "2024/0001" not in client.get("/meja/daftar.csv").content.decode()
    assert "2024/0001" in logged_in("office/auditor").get("/meja/").content.decode()


def test_a_page_that_stands_gets_its_rows_alone(logged_in):
    client = logged_in(ROLE)
    cases(3)
    part = client.get("/meja/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "2024/0003" in part
    assert (
        "<html"
        in client.get("/meja/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).content.decode()
    )


def test_the_table_holds_no_name_and_no_formula(logged_in):
    client = logged_in(ROLE)
    user = User.objects.get()
    user.title = "=HYPERLINK(1)"
    user.save()
    cases(2, assigned=user)
    answer = client.get("/meja/daftar.csv")
    held = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert held[0][0] == "number"
    assert {row[0] for row in held[1:]} == {"2024/0001", "2024/0002"}
    assert held[1][-1] == "'=HYPERLINK(1)"
    assert "Terlapor Contoh" not in answer.content.decode()


def test_pages_lead_on_and_keep_the_filter(logged_in):
    client = logged_in(ROLE)
    cases(60)
    page = client.get("/meja/", {"cari": "Unggahan", "hal": 2}).content.decode()
    assert "cari=Unggahan&amp;hal=3" in page
    assert 'aria-current="page">2<' in page
