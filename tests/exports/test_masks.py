"""Personal data cut down to what tracing needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.exports.masks import masked_email, masked_phone, named_by_hash


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("contoh.pegawai@surel.example.org", "c***@surel.example.org"),
        ("a@b@c.example", "a***@c.example"),
        ("tanpa", "***"),
        ("@kosong", "***"),
        ("nama@", "***"),
    ],
)
def test_an_address_keeps_one_letter_and_its_provider(address, masked):
    assert masked_email(address) == masked


@pytest.mark.parametrize(("number", "masked"), [("+62 812-0000-1234", "***34"), ("1234", "***"), ("", "***")])
def test_a_number_keeps_its_last_two_digits(number, masked):
    assert masked_phone(number) == masked


@given(st.text())
def test_a_token_is_named_without_being_given(token):
    name = named_by_hash(token)
    assert name == named_by_hash(token)
    assert len(name) == len("sha256:") + 16
    assert len(token) < 3 or token not in name.removeprefix("sha256:") or len(token) < 6
