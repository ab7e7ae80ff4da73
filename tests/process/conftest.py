"""An office whose lawyer has checked one rule against the gazette."""

import pytest

from process_case import confirm


@pytest.fixture(scope="session")
def office_with_a_confirmed_rule(tmp_path_factory):
    office = tmp_path_factory.mktemp("office")
    confirm(office)
    return office


@pytest.fixture
def confirmed(office_with_a_confirmed_rule, monkeypatch):
    monkeypatch.setenv("TELUSUR_HOME", str(office_with_a_confirmed_rule))


@pytest.fixture
def unconfirmed(tmp_path, monkeypatch):
    monkeypatch.setenv("TELUSUR_HOME", str(tmp_path / "office"))
