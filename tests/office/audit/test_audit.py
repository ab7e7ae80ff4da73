"""What the auditor does: a plan before the data, an audit in the worker, a release by two people."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from office.audit.auditing import CONTEST, audited, coded, invented
from office.conftest import PASSWORD
from telusur import balance
from telusur.office import custody
from telusur.office.audit import counts, plans, releases, running
from telusur.office.audit import extract as extracting
from telusur.office.audit.acts import ACTS
from telusur.office.audit.tables import AuditFacts, AuditPlan, AuditRelease, AuditRun

pytestmark = pytest.mark.django_db


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client


def send(client: Client, address: str, **told: object):
    page = client.get(address)
    form = page.context["form"]
    hidden = {name: form[name].value() or "" for name in ("token", "version")}
    return client.post(address, {**hidden, **told})


@pytest.fixture
def auditor(person):
    return person("office/balance")


@pytest.fixture
def receiver(person):
    return person("office/receiver", "bawaslu-general/reviewer")


@pytest.fixture
def many(monkeypatch):
    """Let the office have 900 cases without opening each."""
    held = invented()
    monkeypatch.setattr(running, "extract", lambda: held)


def test_who_decides_cases_does_not_audit_even_with_the_role(person):
    client = browser(person("office/balance", "bawaslu-general/chair"))
    assert client.get(reverse("audit:page")).status_code == 403
    assert browser(person("office/balance", "office/auditor")).get(reverse("audit:page")).status_code == 403
    assert browser(person("office/auditor")).get(reverse("audit:page")).status_code == 403


@pytest.mark.parametrize(
    "roles", [("office/administrator",), ("office/receiver",), ("office/legal",), ("bawaslu-general/chair",)]
)
def test_nobody_but_the_auditor_sees_any_page_of_an_audit(person, roles):
    client = browser(person(*roles))
    addresses = [
        reverse("audit:page"),
        reverse("audit:progress"),
        *(reverse("audit:act", args=[one]) for one in ACTS),
        reverse("audit:report", args=[1]),
        reverse("audit:document", args=[1]),
    ]
    assert {client.get(address).status_code for address in addresses} == {403}
    assert {client.post(reverse("audit:act", args=[one])).status_code for one in ACTS} == {403}
    assert {Client().get(address).status_code for address in addresses} == {302}, "who is not logged in may log in"


def test_an_office_without_codes_says_what_is_missing(auditor):
    page = browser(auditor).get(reverse("audit:page")).content.decode()
    assert "Belum ada perkara yang berketerangan" in page
    assert "Catat rencana" in page


def test_an_audit_needs_a_recorded_plan_first(auditor):
    client = browser(auditor)
    answer = send(client, reverse("audit:act", args=["jalankan"]))
    assert answer.status_code == 409
    assert not AuditRun.objects.exists()


def test_a_plan_is_recorded_in_the_ledger_and_what_is_no_plan_is_refused(auditor):
    client = browser(auditor)
    address = reverse("audit:act", args=["rencana"])
    assert send(client, address, plan="schema: lain").status_code == 422
    assert send(client, address, plan=balance.template()).status_code == 302
    plan = AuditPlan.objects.get()
    entry = custody.log().ledger.openings(plan.entry)
    assert entry["object"].value == plan.sha256


def test_a_plan_recorded_after_the_data_were_opened_is_stamped(auditor, receiver):
    coded(receiver)
    run = audited(auditor)
    assert run.state == "done", run.problem
    assert run.result["plan"]["post_hoc"] is None
    changed = re.sub(r"seed: \d+", "seed: 4711", balance.template())
    assert changed != balance.template()
    late = AuditRun.objects.create(
        plan=plans.record(changed, auditor.person_id), asked_by=auditor, asked_at="2026-01-02T00:00:00Z"
    )
    running.audit.func(late.pk)
    late.refresh_from_db()
    assert "setelah data dibuka" in late.result["plan"]["post_hoc"]["id"]
    assert "Rencana setelah data dilihat" in browser(auditor).get(reverse("audit:page")).content.decode()


@pytest.mark.parametrize("ticked", [True, False])
def test_the_threshold_test_runs_only_where_it_is_asked_for(auditor, many, monkeypatch, ticked):
    asked = []
    monkeypatch.setattr(running, "ask", lambda run, **told: asked.append((run, told)))
    plans.record(balance.template(), auditor.person_id)
    client = browser(auditor)
    assert "Jalankan juga uji ambang" in client.get(reverse("audit:page")).content.decode()
    send(client, reverse("audit:act", args=["jalankan"]), **({"thresholds": "on"} if ticked else {}))
    ((run, told),) = asked
    assert told == {"thresholds": ticked}
    running.audit.func(run.pk, **told)
    run.refresh_from_db()
    assert run.state == "done", run.problem
    verdicts = [one["numbers"]["verdict"] for one in run.result["findings"] if one["id"] == "thresholds"]
    assert verdicts == (["too_little_data"] if ticked else []), "two groups are too few, and it says so"


def test_an_audit_of_open_cases_says_nothing_of_thresholds_and_goes_on(auditor, receiver):
    coded(receiver)
    plan = plans.record(balance.template(), auditor.person_id)
    run = AuditRun.objects.create(plan=plan, asked_by=auditor, asked_at="2026-01-01T00:00:00Z")
    running.audit.func(run.pk, thresholds=True)
    run.refresh_from_db()
    assert run.state == "done", run.problem


def test_the_public_page_shows_no_small_count_and_every_file_agrees_with_it(auditor, many, client):
    run = audited(auditor)
    releases.publish(run, asked_by="u1", approved_by="u2")
    shown = counts.read(run.files[counts.FILE])
    # Four gates were let pass and six superiors gave orders.
    assert (shown["gates_overridden"], shown["superiors"]) == (None, None)
    assert all(n is None or n >= 10 for n in shown.values())
    assert abs(shown["mobilisation"] - 60) <= 8
    page = client.get("/keterbukaan/").content.decode()
    assert page.count("<dd>ditahan</dd>") == sum(n is None for n in shown.values())
    assert "office_mobilisation.csv" in page
    told = " ".join(run.files.values())
    for secret in (auditor.person_id, auditor.username, *(str(one["case"]) for one in invented().rows[:50])):
        assert secret not in page
        assert secret not in told


def test_few_cases_are_said_to_be_few_and_no_count_is_shown(auditor, receiver):
    coded(receiver, 3)
    run = audited(auditor)
    assert {one["verdict"] for one in run.result["steps"]} == {"too_little_data"}
    assert all(group["n"] is None for step in run.result["steps"] for group in step["groups"])
    client = browser(auditor)
    assert "data terlalu sedikit" in client.get(reverse("audit:page")).content.decode().lower()
    report = client.get(reverse("audit:report", args=[run.pk]))
    assert report.status_code == 200
    assert "script-src" not in report["Content-Security-Policy"]
    assert "'none'" in report["Content-Security-Policy"]
    assert client.get(reverse("audit:document", args=[run.pk])).json()["schema"] == "telusur.balance/1"


def test_an_audit_of_nothing_fails_in_words(auditor, receiver):
    run = audited(auditor)
    assert run.state == "failed"
    assert "berkode" in run.problem["id"]
    assert "berkode" in browser(auditor).get(reverse("audit:page")).content.decode()


def test_a_fault_that_nobody_foresaw_ends_the_run_in_words(auditor, receiver, monkeypatch):
    coded(receiver)
    monkeypatch.setattr(running, "extract", lambda: 1 / 0)
    assert "tidak terduga" in audited(auditor).problem["id"]


def test_a_release_is_published_by_two_people_and_by_no_decider(auditor, person, many, monkeypatch):
    monkeypatch.setenv("TELUSUR_DEMO", "1")  # consent by password, where nobody has a second factor
    run = audited(auditor)
    assert run.state == "done", run.problem
    second = person("office/legal", factor=False)
    decider = person("office/legal", "bawaslu-general/chair", factor=False)
    client, address = browser(auditor), reverse("audit:act", args=["terbitkan"])
    offered = [value for value, _ in client.get(address).context["form"].fields["second"].choices]
    assert offered == [second.person_id]
    assert decider.person_id not in offered
    assert send(client, address, second=second.person_id, code="keliru", read="on").status_code == 409
    assert not AuditRelease.objects.exists()
    assert send(client, address, second=second.person_id, code=PASSWORD, read="on").status_code == 302
    released = AuditRelease.objects.get()
    assert (released.asked_by, released.approved_by) == (auditor.person_id, second.person_id)
    assert custody.log().ledger.openings(released.entry)["object"].value == releases.whole(released.files)
    # The same audit goes out once.
    assert send(client, address, second=second.person_id, code=PASSWORD, read="on").status_code == 409
    with pytest.raises(ValueError, match="two people"):
        releases.publish(run, asked_by="u1", approved_by="u1")
    with pytest.raises(ValueError, match="another release"):
        releases.publish(run, asked_by="u1", approved_by="u2")


def test_anybody_gets_what_was_published_and_nothing_recovers_what_is_withheld(auditor, many, client, tmp_path):
    assert "Belum ada terbitan" in client.get("/keterbukaan/").content.decode()
    for number in (1, 2):
        run = audited(auditor) if number == 1 else AuditRun.objects.get()
        run.number = number
        run.save()
        releases.publish(run, asked_by="u1", approved_by="u2")
    page = client.get("/keterbukaan/").content.decode()
    assert releases.whole(run.files) in page
    assert "telusur balance attack" in page
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in run.files:
            answer = client.get(reverse("public:published", args=[number, name]))
            assert answer.status_code == 200, name
            (folder / name).write_bytes(answer.content)
    held = [balance.release.read(tmp_path / "1")]
    assert balance.release.attack(held).recovered == ()
    assert client.get("/keterbukaan/1/audit.json").status_code == 404
    assert client.get("/keterbukaan/9/report.html").status_code == 404


def test_the_row_of_a_case_holds_no_id_that_leads_back(receiver):
    (case,) = coded(receiver, 1)
    case.assigned = receiver
    case.save()
    (row,) = extracting.extract().rows
    assert row["beneficiary"] == f"{CONTEST}/Q"
    told = json.dumps(row)
    for held in (str(case.pk), case.number, case.respondent.name, receiver.person_id):
        assert held not in told


def test_more_cases_are_no_more_queries(receiver, django_assert_max_num_queries):
    coded(receiver, 2)
    with django_assert_max_num_queries(4):
        extracting.extract()
    coded(receiver, 6)
    with django_assert_max_num_queries(4):
        assert len(extracting.extract().rows) == 8


def test_the_page_takes_few_queries(auditor, receiver, django_assert_max_num_queries):
    coded(receiver, 4)
    client = browser(auditor)
    with django_assert_max_num_queries(16):
        client.get(reverse("audit:page"))


def test_what_was_written_down_is_only_ever_added(receiver):
    from django.db import DatabaseError  # noqa: PLC0415

    coded(receiver, 1)
    for doing in (lambda: AuditFacts.objects.update(mark="A"), lambda: AuditFacts.objects.all().delete()):
        from django.db import transaction  # noqa: PLC0415

        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            doing()
