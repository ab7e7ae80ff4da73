"""What neither a guilty owner nor an accuser can reach by what lies in their own hands."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records import ACT_AT, IPHONE, act, ago, event, record
from telusur.domain.evidence import Grade
from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.tracing import Question, weigh
from telusur.tracing.bearing import table

P = Proposition
CLAIMS = [
    "not_mine",
    "taken_over",
    "lost_access",
    "shared_device",
    "lent",
    "office_account",
    "accidental",
    "fabricated",
]
OF_OWN_EXPORT = table().grade_caps[Grade.C]


def bans(tracing):
    return {p: tracing.combined.weights[p].log10_lr if p in tracing.combined.weights else 0.0 for p in ALTERNATIVES}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(CLAIMS), unique=True), st.booleans(), st.booleans())
def test_no_bare_statement_of_the_respondent_moves_anything(claims, signed, with_export):
    records = (record(days=20),) if with_export else ()
    silent = weigh(Question(act(), records))
    told = weigh(Question(act(), records, claims=tuple(claims), signed_after_particulars=signed))
    assert told.items == silent.items
    assert told.combined == silent.combined


def test_an_admission_moves_less_than_a_ban_since_people_admit_for_others():
    told = weigh(Question(act(), claims=("admits",), signed_after_particulars=True))
    silent = weigh(Question(act()))
    assert all(abs(bans(told)[p] - bans(silent)[p]) < 1 for p in ALTERNATIVES)


@pytest.mark.parametrize("action", ["password_changed", "email_changed"])
@pytest.mark.parametrize("hours", [-48, -1, 1, 48])
def test_a_staged_change_of_credentials_does_not_move_the_whole_by_a_ban(action, hours):
    before, after = (
        bans(weigh(Question(act(), (record(*more),))))
        for more in ((), (event(action, ago(hours=hours), old="a***@contoh.example", new="z***@lain.example"),))
    )
    assert all(after[p] - before[p] < 1 for p in ALTERNATIVES)


def edited(n):
    """An export into which its owner wrote what a takeover looks like, n rows of it."""
    written = (
        event("device_added", ago(hours=6), client=IPHONE, device="t2", until=ago(days=-3)),
        event("login", ago(hours=1), ip="203.0.113.4", device="t2"),
        event("email_changed", ago(hours=5), old="a***@contoh.example", new="z***@lain.example", device="t2"),
        event("password_changed", ago(hours=4), device="t2"),
        event("phone_changed", ago(hours=4), device="t2"),
        event("login", ago(hours=2), ip="203.0.113.5", device="t2"),
    )[:n]
    given_record = record(*written, client=IPHONE)
    return replace(
        given_record,
        events=tuple(e for e in given_record.events if e.action != "login" or e.at < ACT_AT or e.device == "t2"),
    )


@pytest.mark.parametrize("n", range(1, 7))
def test_an_edited_export_of_the_owner_s_own_reaches_no_further_than_such_an_export_can(n):
    found = weigh(Question(act(), (edited(n),)))
    in_export = [item for item in found.items if item.source]
    assert {item.group for item in in_export} >= {"session", "integrity", "identity"}
    for p in ALTERNATIVES:
        total = sum(item.weights[p].log10_lr for item in in_export if p in item.weights)
        assert abs(total) <= OF_OWN_EXPORT + 1e-9


def test_further_invented_rows_add_nothing_once_the_limit_is_reached():
    some, more = (bans(weigh(Question(act(), (edited(n),))))[P.TAKEN_OVER] for n in (3, 6))
    assert more - some < 1


def test_an_accuser_s_screenshot_alone_moves_nothing_by_a_ban_and_nobody_leads():
    found = weigh(Question(act(), capture_grade=Grade.E))
    assert all(abs(value) < 1 for value in bans(found).values())
    assert found.combined.leading is None
    assert not found.combined.excludes_owner


def test_an_address_of_the_accuser_s_making_does_not_exclude_that_it_was_made_up():
    found = weigh(Question(act(), capture_grade=Grade.E))
    fabricated = found.combined.weights[P.FABRICATED]
    assert fabricated.log10_lr > -1


def test_where_everything_abstains_it_is_said_what_to_ask_for():
    found = weigh(Question(act(url=None, at=None, text=None)))
    assert found.items == []
    assert found.combined.leading is None
    assert found.abstained
    assert found.next_evidence
