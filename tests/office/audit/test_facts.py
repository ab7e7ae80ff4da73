"""What the audit needs of a case: written by whoever takes it in, shown to nobody, told to no ledger."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from office.audit.auditing import CONTEST, coded
from telusur.office import store
from telusur.office.audit import facts
from telusur.office.audit.tables import AuditFacts

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(person):
    return person("office/receiver", "bawaslu-general/reviewer")


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client


def enter(client: Client, case, **told: str):
    address = reverse("desk:act", args=[case.pk, "keterangan-audit"])
    form = client.get(address).context["form"]
    hidden = {name: form[name].value() for name in ("token", "version")}
    return client.post(address, {**hidden, "contest": CONTEST, "mark": "Q", "region": "31.71", **told})


def test_the_receiver_enters_it_and_a_later_one_stands(receiver):
    (case,) = coded(receiver, 1)
    assert enter(browser(receiver), case, mark="Z", tie="none").status_code == 302
    assert [one.mark for one in AuditFacts.objects.all()] == ["Q", "Z"]
    assert store.file_of(case).version == case.version, "the file gets no step"


@pytest.mark.parametrize(
    ("field", "wrong"), [("contest", "Nama Orang"), ("mark", "Budi"), ("region", "Jakarta"), ("tie", "kawan")]
)
def test_what_is_no_code_is_refused(receiver, field, wrong):
    (case,) = coded(receiver, 1)
    assert enter(browser(receiver), case, **{field: wrong}).status_code == 422
    assert AuditFacts.objects.count() == 1


@pytest.mark.parametrize("role", ["bawaslu-general/reviewer", "bawaslu-general/chair", "office/balance"])
def test_nobody_else_enters_it(receiver, person, role):
    (case,) = coded(receiver, 1)
    address = reverse("desk:act", args=[case.pk, "keterangan-audit"])
    assert browser(person(role)).get(address).status_code == 403


def test_the_code_is_on_no_page_of_a_case_not_even_of_who_entered_it(receiver, person, caplog):
    (case,) = coded(receiver, 1)
    pages = [
        reverse("desk:case", args=[case.pk]),
        reverse("desk:ledger", args=[case.pk]),
        reverse("desk:act", args=[case.pk, "keterangan-audit"]),
        reverse("desk:queue"),
        reverse("desk:queue_csv"),
        reverse("setup:changes"),
        reverse("audit:page"),
    ]
    seen = 0
    with caplog.at_level(logging.DEBUG):
        for user in (receiver, person("bawaslu-general/chair"), person("office/auditor"), person("office/balance")):
            for address in pages:
                answer = browser(user).get(address)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                if answer.status_code == 200:
                    seen += 1
                    assert CONTEST not in body.decode(), address
    assert seen > 8
    assert CONTEST not in caplog.text


def test_nobody_finds_a_case_by_its_code(receiver):
    (case,) = coded(receiver, 1)
    client = browser(receiver)
    assert case.number in client.get(reverse("desk:queue"), {"cari": case.number}).content.decode()
    assert case.number not in client.get(reverse("desk:queue"), {"cari": CONTEST}).content.decode()


def test_the_ledger_holds_a_commitment_that_nobody_can_guess_and_the_row_opens(receiver):
    coded(receiver, 1)
    row = AuditFacts.objects.get()
    told = {name: getattr(row, name) for name in facts.FIELDS}
    assert facts.commitment(told, row.nonce) == row.commitment
    assert facts.commitment({**told, "mark": "Z"}, row.nonce) != row.commitment
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in cursor.fetchall() if name != "office_auditfacts"]
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            held = repr(cursor.fetchall())
            assert CONTEST not in held, table
            assert row.nonce not in held, table
        cursor.execute("SELECT what FROM office_reading WHERE what LIKE 'balance%'")
        assert cursor.fetchall() == [("balance.facts",)]
