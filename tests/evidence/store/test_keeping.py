"""Holds and stages are read from the ledger, so that nobody lifts one by changing a row."""

from datetime import date

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence import store as stores

EXPORT = stores.Receipt("platform_export", supplied_by="respondent")


@pytest.fixture
def case(store, put):
    put("K-1", EXPORT, a=b"ekspor")
    put("K-1", stores.Receipt("screenshot"), b=b"gambar")
    return store


def test_what_is_open_is_kept(case):
    found = stores.keeping(case, "K-1")
    assert found.stage.id == "open"
    assert [one.on for one in found.files] == [None, None]
    assert found.due(date(2100, 1, 1)) == ()


def test_a_closed_case_has_its_days_by_kind(case):
    stores.close(case, "K-1", stage="cleared", on=date(2024, 1, 1), by="kepala")
    found = stores.keeping(case, "K-1")
    assert [one.on for one in found.files] == [date(2024, 3, 31), date(2024, 6, 29)]
    assert [item.name for item in found.due(date(2024, 3, 31))] == ["a.txt"]
    assert found.due(date(2024, 3, 30)) == ()
    assert found.as_json(date(2024, 3, 31))["files"][0] == {
        "seq": 1,
        "name": "a.txt",
        "kind": "platform_export",
        "erase_on": "2024-03-31",
        "days": 90,
        "status": "assumed",
        "sources": ["UU-27-2022/15, 42-44"],
        "due": True,
    }


def test_the_last_word_on_a_stage_counts(case):
    stores.close(case, "K-1", stage="cleared", on=date(2024, 1, 1), by="kepala")
    stores.close(case, "K-1", stage="open", on=date(2024, 2, 1), by="kepala")
    assert stores.keeping(case, "K-1").due(date(2100, 1, 1)) == ()


def test_a_hold_wins_over_every_day_until_it_is_released(case):
    stores.close(case, "K-1", stage="cleared", on=date(2024, 1, 1), by="kepala")
    seq = stores.hold(case, "K-1", grounds="gugatan", by="kepala")
    [held] = stores.keeping(case, "K-1").state.holds
    assert (held.seq, held.by, held.grounds) == (seq, "kepala", "gugatan")
    assert stores.keeping(case, "K-1").due(date(2100, 1, 1)) == ()
    stores.release(case, "K-1", grounds="putusan", by="kepala")
    assert len(stores.keeping(case, "K-1").due(date(2100, 1, 1))) == 2


def test_of_several_holds_one_is_named(case):
    first = stores.hold(case, "K-1", grounds="satu", by="a")
    second = stores.hold(case, "K-1", grounds="dua", by="b")
    with pytest.raises(BadInput, match="several holds"):
        stores.release(case, "K-1", grounds="x", by="a")
    with pytest.raises(BadInput, match="no hold that stands"):
        stores.release(case, "K-1", grounds="x", by="a", seq=99)
    stores.release(case, "K-1", grounds="x", by="a", seq=first)
    assert [held.seq for held in stores.keeping(case, "K-1").state.holds] == [second]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda s: stores.hold(s, "K-9", grounds="x", by="y"), "no case"),
        (lambda s: stores.hold(s, "K-1", grounds=" ", by="y"), "--grounds"),
        (lambda s: stores.hold(s, "K-1", grounds="x", by=""), "--by"),
        (lambda s: stores.release(s, "K-1", grounds="x", by="y"), "nothing holds"),
        (lambda s: stores.close(s, "K-1", stage="selesai", on=date(2024, 1, 1), by="y"), "no stage"),
        (lambda s: stores.close(s, "K-1", stage="cleared", on=date(2030, 1, 1), by="y"), "has not come"),
    ],
)
def test_what_cannot_be_said_of_a_case_is_not_recorded(case, act, said):
    size = case.ledger.size()
    with pytest.raises(BadInput, match=said):
        act(case)
    assert case.ledger.size() == size


def test_all_cases_are_listed(case, put):
    put("K-0", c=b"lain")
    assert [one.case for one in stores.all_keeping(case)] == ["K-0", "K-1"]
