"""What a record of an account promises."""

from datetime import UTC, datetime

import pytest

from telusur.domain.account import PLATFORMS, Account
from telusur.domain.event import Event, SourceRef
from telusur.domain.record import AccountRecord, Log

HERE = SourceRef("data/tweets.js", 0, "0" * 64)


def event(action, day):
    at = datetime(2024, 1, day, tzinfo=UTC)
    return Event(action, at, at.isoformat(), "exact", HERE)


RECORD = AccountRecord(
    "evidence/a.zip",
    Account("x", "contoh"),
    (event("post", 1), event("login", 2), event("post", 3), event("like", 4)),
    logs=(Log("posts", "data/tweets.js", 2, 2), Log("logins", None, 0)),
)


def test_events_of_some_actions_keep_their_order():
    assert [e.at.day for e in RECORD.of("like", "post")] == [1, 3, 4]
    assert RECORD.of("recovered") == []


def test_a_log_is_found_by_name_or_was_not_looked_for():
    assert RECORD.log("posts").found == 2
    assert RECORD.log("apps") is None


@pytest.mark.parametrize(
    ("found", "expected", "complete"), [(2, 2, True), (3, 2, True), (1, 2, False), (5, None, None)]
)
def test_a_log_is_complete_only_against_a_promise(found, expected, complete):
    assert Log("posts", "f", found, expected).complete is complete


def test_an_account_may_be_unknown_but_its_platform_is_one_of_the_list():
    assert Account("other").handle is None
    assert "x" in PLATFORMS
    assert len(set(PLATFORMS)) == len(PLATFORMS)


def test_values_cannot_be_changed_behind_ones_back():
    with pytest.raises(AttributeError):
        RECORD.path = "elsewhere"
    with pytest.raises(AttributeError):
        RECORD.account.handle = "other"
