"""What an X identifier says of its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.snowflake import EPOCH_MS, snowflake_time


def test_a_published_identifier_gives_the_time_that_x_shows_for_it():
    # The identifier that X's developer documentation uses as its example: 2013-08-23, and one of 2022.
    assert snowflake_time("1541815603606036480") == datetime(2022, 6, 28, 16, 7, 40, 105000, UTC)


@given(
    st.integers(0, 365 * 50).map(lambda days: datetime(2011, 1, 1, 3, 4, 5, 678901, UTC) + timedelta(days=days)),
    st.integers(0, 2**22 - 1),
)
def test_the_time_is_recovered_to_the_millisecond_whatever_the_lower_bits(at, lower):
    milliseconds = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    identifier = str((milliseconds - EPOCH_MS << 22) + lower)
    assert snowflake_time(identifier) == at.replace(microsecond=at.microsecond // 1000 * 1000)


@pytest.mark.parametrize("identifier", ["", "20", "29699999999", "-5", "1e20", "٣" * 18, "9" * 19, "1" * 5000, "x"])
def test_what_carries_no_time_gives_none(identifier):
    assert snowflake_time(identifier) is None
