"""Anyone's table: what is read of it, what is left out and counted, what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from telusur.domain.errors import BadInput
from telusur.validation import table as module
from telusur.validation.table import gathered

START = datetime(2023, 1, 1, tzinfo=UTC)


def rows(account, n, *, days=1.0, text="kata {place}"):
    return [
        {
            "account": account,
            "time": (START + timedelta(days=days * place)).isoformat(),
            "text": text.format(place=place),
        }
        for place in range(n)
    ]


def read(*parts, seed=1):
    return gathered(enumerate((row for part in parts for row in part), start=2), seed=seed)


def test_posts_stand_in_time_order_whatever_the_order_of_the_file():
    one = read(rows("a", 140), rows("b", 135))
    other = read(reversed(rows("b", 135)), reversed(rows("a", 140)))
    assert one.texts == other.texts
    assert [one.length(0), one.length(1)] in ([140, 135], [135, 140])
    assert (np.diff(one.times[one.rows(0)]) > 0).all()


def test_numbers_are_drawn_so_that_they_tell_nothing_of_names():
    orders = {
        tuple(read(*(rows(name, 131 + place) for place, name in enumerate("abcdef")), seed=seed).starts)
        for seed in range(8)
    }
    assert len(orders) > 1


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"account": "a", "time": "2023-01-01T00:00:00", "text": "tanpa zona"}, "bad"),
        ({"account": "a", "time": "kemarin", "text": "x"}, "bad"),
        ({"account": "", "time": "2023-01-01T00:00Z", "text": "x"}, "bad"),
        ({"account": "a", "time": "2023-01-01T00:00Z"}, "no_text"),
        ({"account": "a", "time": "9999-01-01T00:00Z", "text": "besok"}, "future"),
        (rows("a", 1)[0], "doubled"),
        (BadInput("is no JSON"), "bad"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_counted(spoilt, reason):
    told = read([spoilt], rows("a", 131), rows("b", 131))
    assert told.left_out == {reason: 1}
    assert (told.first_bad != "") == (reason == "bad")
    assert len(told.texts) == 262


def test_a_row_that_is_bad_is_told_with_its_line():
    told = read(rows("a", 131), [{"account": "a", "time": "2023-01-01T10:00", "text": "x"}], rows("b", 131))
    assert told.first_bad.startswith("line 133: time: the time '2023-01-01T10:00' has no zone")


def test_accounts_that_are_too_short_are_left_out_and_their_posts_counted():
    told = read(rows("a", 131), rows("b", 131), rows("c", 130))
    assert told.n_accounts == 2
    assert told.left_out == {"short": 130}


def test_of_too_many_accounts_some_are_drawn(monkeypatch):
    monkeypatch.setattr(module, "MOST_ACCOUNTS", 2)
    told = read(*(rows(name, 131) for name in "abcd"))
    assert told.n_accounts == 2
    assert told.left_out == {"beyond": 262}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "there are no rows in it"),
        (rows("a", 300), "only one account has 131 posts or more"),
        ([*rows("a", 130), *rows("b", 40)], "the longest of 2 has 130, and a measurement needs 131"),
        ([{"account": "a", "text": "x"}], "has no column 'time'"),
        ([{"time": "2023-01-01T00:00Z", "text": "x"}], "has no column 'account'"),
        ([{"account": "a", "time": "2023-01-01T00:00Z"}], "has no column 'text'"),
        (
            [{"account": "a", "time": "2023-01-01T00:00", "text": "x"}] * 3,
            "no row can be used; line 2: time: .* no zone",
        ),
        ([BadInput("is no JSON")], "no row can be used; line 2: is no JSON"),
    ],
)
def test_a_table_that_does_not_suffice_is_refused_in_a_sentence(given, says):
    with pytest.raises(BadInput, match=says):
        read(given)


def test_a_table_beyond_the_limit_is_refused_with_the_number(monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 100)
    with pytest.raises(BadInput, match="more than 100 posts"):
        read(rows("a", 101))


def test_the_earliest_place_after_a_gap_is_counted_from_the_last_known_post():
    told = read(rows("a", 200), rows("b", 200, days=0.25))
    assert sorted(told.earliest(14).tolist()) == [133, 175]
    assert sorted(told.earliest(60).tolist()) == [179, 200]
