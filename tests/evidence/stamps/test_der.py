"""DER is read in its one way of writing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.tsa_lab import number, oid, tlv
from telusur.evidence.stamps import der
from telusur.evidence.stamps.der import Malformed


@given(st.binary(max_size=64))
def test_any_bytes_are_read_or_refused(data):
    try:
        element = der.read(data)
    except Malformed:
        return
    assert element.raw == data


@given(st.integers())
def test_numbers_are_read_back(value):
    written = tlv(2, value.to_bytes((value + (value < 0)).bit_length() // 8 + 1, signed=True))
    assert der.integer(der.read(written)) == value


@given(st.binary(max_size=300), st.integers(0, 30))
def test_what_is_written_is_read_back(content, tag):
    element = der.read(tlv(tag, content))
    assert (element.tag, element.content) == (tag, content)


@pytest.mark.parametrize("dotted", ["1.2.3.4.1", "2.16.840.1.101.3.4.2.1", "1.3.14.3.2.26", "0.9.2342", "2.999.3"])
def test_object_identifiers_are_read_back(dotted):
    assert der.name(der.read(oid(dotted))) == dotted


def test_children_are_read_in_their_places():
    whole = der.read(tlv(0x30, number(1), tlv(4, b"ab")))
    assert [one.raw for one in whole.children()] == [number(1), tlv(4, b"ab")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x01",
        b"\x30\x80\x00\x00",
        b"\x30\x81\x01\x00",
        b"\x30\x82\x00\x80" + bytes(128),
        b"\x30\x85\x00\x00\x00\x00\x00",
        b"\x3f\x01\x00",
        b"\x04\x01ab",
        b"\x30\x82\x01",
    ],
)
def test_other_ways_of_writing_are_refused(data):
    with pytest.raises(Malformed):
        der.read(data)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"\xff\x80"])
def test_numbers_written_too_long_are_refused(content):
    with pytest.raises(Malformed):
        der.integer(der.read(tlv(2, content)))


@pytest.mark.parametrize("content", [b"", b"\x80\x01", b"\x2a\x86", bytes([1]) * 65])
def test_object_identifiers_that_are_none_are_refused(content):
    with pytest.raises(Malformed):
        der.name(der.read(tlv(6, content)))


@pytest.mark.parametrize(
    ("written", "at"),
    [
        (b"20261122120000Z", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        (b"20261122120000.5Z", datetime(2026, 11, 22, 12, 0, 0, 500_000, tzinfo=UTC)),
        (b"20261122120000.123456789Z", datetime(2026, 11, 22, 12, 0, 0, 123_456, tzinfo=UTC)),
        (b"20261122120000.0Z", None),
        (b"20261122120000.Z", None),
        (b"202611221200Z", None),
        (b"20261122120060Z", None),
        (b"20261122120000", None),
        (b"20261122120000+0700", None),
        (b"20260230120000Z", None),
    ],
)
def test_times_are_in_utc_to_the_second_or_finer(written, at):
    element = der.read(tlv(0x18, written))
    if at is None:
        with pytest.raises(Malformed):
            der.moment(element)
    else:
        assert der.moment(element) == at


@pytest.mark.parametrize("tag", [2, 6, 0x18])
def test_another_element_than_expected_is_refused(tag):
    with pytest.raises(Malformed, match="instead of"):
        der.expect(der.read(tlv(4, b"")), tag)
