"""What the time in an identifier promises."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.snowflake import EPOCH_MS, FIRST, snowflake_time

lower_bits = st.integers(0, 2**22 - 1)
milliseconds = st.integers(10_000, 2**41 - 1)


@given(milliseconds, lower_bits)
def test_the_upper_bits_are_milliseconds_since_the_platforms_epoch(elapsed, low):
    at = snowflake_time(str(elapsed << 22 | low))
    assert at == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=EPOCH_MS + elapsed)


@given(st.integers(FIRST, 2**63 - 1), st.integers(FIRST, 2**63 - 1))
def test_a_later_identifier_is_never_earlier(one, other):
    first, second = sorted((one, other))
    assert snowflake_time(str(first)) <= snowflake_time(str(second))


def test_the_first_timed_identifiers_fall_on_the_day_of_the_change():
    assert snowflake_time(str(FIRST)).date().isoformat() == "2010-11-04"


@pytest.mark.parametrize(
    "written", ["", "12a", "-5", "1.5", "²", "٣" * 18, "20", str(FIRST - 1), str(2**63), "9" * 5000]
)
def test_what_carries_no_time_gives_none(written):
    assert snowflake_time(written) is None


@given(st.text())
def test_any_text_is_answered(written):
    at = snowflake_time(written)
    assert at is None or at.tzinfo is UTC
