"""An agency and a Bawaslu at their desks."""

from __future__ import annotations

import shutil

import pytest

from office.case_at_desk import Desk, open_case


@pytest.fixture
def unconfirmed(office):
    """Leave no confirmation of a rule to other tests."""
    yield office
    (office / "confirmations.json").unlink(missing_ok=True)
    shutil.rmtree(office / "texts", ignore_errors=True)


@pytest.fixture
def bawaslu(person):
    reviewer = person("bawaslu-general/reviewer")
    case = open_case(reviewer, reporter="p-1")
    return Desk(case, reviewer), Desk(case, person("bawaslu-general/chair"))


@pytest.fixture
def agency(person, unconfirmed):
    superior = person("discipline-pp94/direct_superior")
    case = open_case(superior, "discipline-pp94", reporter="p-1")
    roles = ("personnel", "examiner", "deciding_official", "ppk")
    return {
        "superior": Desk(case, superior),
        "legal": Desk(case, person("office/legal")),
        **{role: Desk(case, person(f"discipline-pp94/{role}")) for role in roles},
    }
