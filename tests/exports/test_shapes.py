"""Values known by their shapes, and mended texts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.exports.mojibake import mended
from telusur.exports.shapes import epoch, is_address, is_email, is_identifier, is_phone, iso

_AT = datetime(2023, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("value", [1_698_796_800, "1698796800", 1_698_796_800_000, 1_698_796_800_000_000, 1698796800.0])
def test_a_time_is_known_in_seconds_and_less(value):
    assert epoch(value) == _AT


@pytest.mark.parametrize("value", [0, -1, True, None, "x", "²", 1, 10**30, float("nan"), float("inf"), [], "9" * 5_000])
def test_other_values_are_no_time(value):
    assert epoch(value) is None


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("2023-11-01T00:00:00+00:00", _AT),
        ("2023-11-01T07:00:00+07:00", _AT),
        ("2023-11-01T00:00:00Z", _AT),
        ("2023-11-01T00:00:00", None),
        ("2023-11-01", None),
        ("x" * 20, None),
        (5, None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_a_written_time_needs_its_zone(value, at):
    assert iso(value) == at


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ("192.0.2.1", {is_address}),
        ("2001:db8::1", {is_address}),
        ("contoh@surel.example.org", {is_email}),
        ("+62 800 0000 12", {is_phone}),
        ("contohcookie0001", {is_identifier}),
        ("id", set()),
        ("192.0.2.999", set()),
        ("12590", set()),
        (None, set()),
    ],
)
def test_a_value_has_one_shape(value, known):
    assert {shape for shape in (is_address, is_email, is_phone, is_identifier) if shape(value)} == known


@given(st.text())
def test_mended_text_is_what_was_written(text):
    # A text of Latin-1 alone that happens to be valid UTF-8 cannot be told from one that was mis-encoded.
    assert (
        mended(text.encode("utf-8", "surrogatepass").decode("latin-1")) in {text, mended(text)}
        or not text.isprintable()
    )


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("caf\u00c3\u00a9", "café"),
        ("café", "café"),
        ("\u00f0\u009f\u0098\u008c", "😌"),
        ("😌 caf\u00c3\u00a9", "😌 café"),
        ("\u00c3\u0028", "\u00c3("),
        ("\u00c3\u00a9\u00ff", "\u00c3\u00a9\u00ff"),
        ("plain", "plain"),
    ],
)
def test_only_mis_encoded_stretches_change(written, text):
    assert mended(written) == text
