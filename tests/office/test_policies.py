"""Who may see and do what: roles as data. That every view asks them is tested with the rest of security."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from office.case_at_desk import open_case
from telusur import process
from telusur.office import policies
from telusur.office.actions import actions

pytestmark = pytest.mark.django_db


def known():
    own, in_procedure = policies.roles()
    return {permission for role in own.values() for permission in role.may} | in_procedure


def test_every_act_needs_a_permission_that_some_role_has():
    assert {kind.permission for kind in actions().values()} <= known()


def test_a_role_of_a_procedure_gives_nothing_in_another(person):
    reviewer, other = person("bawaslu-general/reviewer"), person("discipline-pp94/ppk")
    case = open_case(reviewer)
    assert policies.of(reviewer).in_case("case.act", case)
    assert not policies.of(other).in_case("case.read", case)
    assert policies.of(reviewer).roles_in("bawaslu-general") == {"reviewer"}


@pytest.mark.parametrize("role", sorted(policies.roles()[0]))
def test_a_role_of_the_office_gives_what_its_file_says(person, role):
    user = person(f"office/{role}")
    case = open_case(person("bawaslu-general/reviewer"))
    own, _ = policies.roles()
    held = {permission for permission in known() if policies.of(user).in_case(permission, case)}
    assert held == own[role].may


def test_nobody_without_a_login_may_do_anything():
    assert policies.of(AnonymousUser()).held == frozenset()
    assert policies.of(None).held == frozenset()


def test_who_left_may_do_nothing(person):
    user = person("bawaslu-general/chair")
    user.is_active = False
    assert "case.list" not in policies.of(user)


@pytest.mark.parametrize("procedure", sorted(process.procedures()))
def test_a_page_of_the_desk_sends_strangers_to_the_login(person, procedure):
    role = next(iter(process.procedure(procedure).roles))
    how = next(iter(process.procedure(procedure).openings))
    told = {"sender": "X", "bundle": "0" * 64} if how == "handed_over" else {}
    case = open_case(person(f"{procedure}/{role}"), procedure, how, **told)
    answer = Client().get(f"/meja/berkas/{case.pk}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/masuk/")
