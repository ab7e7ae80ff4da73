"""A plan counts as made before the data only where the ledger shows it."""

from datetime import UTC, datetime

import pytest

from telusur.balance.registering import act, post_hoc, recorded
from telusur.evidence import store

PLAN, OTHER, DATA = "a" * 64, "b" * 64, "c" * 64
AT = datetime(2024, 11, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path):
    with store.Store.create(tmp_path / "store", name="auditor.example/log", actor="auditor") as made:
        yield made


def write(kept, kind, sha256):
    with kept.acting():
        kept.ledger.append([act(kind, sha256, at=AT, actor="auditor")])


def said(kept, plan=PLAN):
    return post_hoc(recorded(kept.ledger), plan=plan, data=DATA)


def test_a_plan_recorded_before_the_data_counts(kept):
    write(kept, "plan", PLAN)
    write(kept, "data", DATA)
    assert [one.kind for one in recorded(kept.ledger)] == ["plan", "data"]
    assert said(kept) is None


def test_a_plan_recorded_after_the_data_is_post_hoc(kept):
    write(kept, "data", DATA)
    write(kept, "plan", PLAN)
    assert said(kept).en == "This plan was recorded on 2024-11-01, after the data were opened on 2024-11-01."


def test_another_plan_is_a_new_plan(kept):
    write(kept, "plan", PLAN)
    assert "does not hold this plan" in said(kept, OTHER).en


def test_other_data_do_not_make_a_plan_late(kept):
    write(kept, "data", OTHER)
    write(kept, "plan", PLAN)
    assert said(kept) is None


def test_without_a_ledger_nothing_shows_when_a_plan_was_made():
    assert "Nothing shows" in post_hoc(None, plan=PLAN, data=DATA).en


def test_the_ledger_still_verifies(kept):
    write(kept, "plan", PLAN)
    assert all(entry.leaf for entry in kept.ledger.entries())
    assert kept.ledger.root()
