"""Who works on the case that is walked through its screens."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from django.urls import reverse

from office import case_at_desk
from office.e2e import screens
from office.e2e.screens import Desk

ROLES = ("personnel", "examiner", "deciding_official", "ppk")


@pytest.fixture
def unconfirmed(office):
    """Leave no confirmation of a rule to other tests."""
    yield
    (office / "confirmations.json").unlink(missing_ok=True)
    shutil.rmtree(office / "texts", ignore_errors=True)


@pytest.fixture
def people(opened, logged_in, unconfirmed) -> Callable[..., Desk]:
    """Give somebody's desk: ``people("ppk")``, a browser of their own at the queue; the same one when asked again."""
    screens.office()
    known: dict[str, Desk] = {}
    seen: set[str] = set()

    def desk(role: str, case_id: object = None, **more: object) -> Desk:
        held = role if "/" in role else f"discipline-pp94/{role}"
        if held not in known:
            known[held] = Desk(opened(reverse("desk:queue"), who=logged_in(held), **more), seen=seen)
        if case_id is not None:
            known[held].case_id = case_id
        return known[held]

    return desk


@pytest.fixture
def agency(person, unconfirmed) -> dict[str, case_at_desk.Desk]:
    """Give an agency's people at one case, without screens: for whatever comes before what a test is about."""
    screens.office()
    superior = person("discipline-pp94/direct_superior")
    case = case_at_desk.open_case(superior, "discipline-pp94", reporter="p-1")
    return {
        "superior": case_at_desk.Desk(case, superior),
        "legal": case_at_desk.Desk(case, person("office/legal")),
        **{role: case_at_desk.Desk(case, person(f"discipline-pp94/{role}")) for role in ROLES},
    }


@pytest.fixture
def at_screen(opened, agency) -> Callable[..., Desk]:
    """Give one of them a screen, at the case."""

    def desk(role: str, **more: object) -> Desk:
        case = agency[role].case.pk
        return Desk(opened(reverse("desk:case", args=[case]), who=agency[role].client, **more), case)

    return desk
