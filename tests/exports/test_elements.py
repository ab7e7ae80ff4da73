"""How a data file is cut into records: every byte accounted for, whatever is broken."""

from __future__ import annotations

import hashlib
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.exports import elements as module
from telusur.exports.elements import Element, Elements, Fault

HEAD = b"window.YTD.tweets.part0 = "


class Dripping:
    """A stream that gives a few bytes at a time, and may break."""

    def __init__(self, content: bytes, step: int = 1 << 16, breaks_at: int | None = None) -> None:
        self._inner = io.BytesIO(content)
        self._step = step
        self._breaks_at = breaks_at

    def read(self, size, /):
        if self._breaks_at is not None and self._inner.tell() >= self._breaks_at:
            raise BadInput(Text("isinya rusak", "its bytes are damaged"))
        return self._inner.read(min(size, self._step))


def cut(content: bytes, step: int = 1 << 16, **more):
    return list(Elements(Dripping(content, step, **more), ("tweet",)))


def values(parts):
    return [part.value for part in parts if isinstance(part, Element)]


def faults(parts):
    return [part for part in parts if isinstance(part, Fault)]


def record(number: int, **more) -> dict:
    return {"tweet": {"id": str(number), "text": 'a "quoted" {[\\ text', **more}}


texts = st.text(max_size=20)
values_of_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
records = st.lists(st.fixed_dictionaries({"tweet": st.dictionaries(texts, values_of_json, max_size=4)}), max_size=5)


@given(records, st.sampled_from([None, 2]), st.booleans(), st.integers(1, 400))
def test_what_was_written_is_read_however_it_arrives(listed, indent, ascii_only, step):
    content = HEAD + json.dumps(listed, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    parts = cut(content, step)
    assert faults(parts) == []
    assert values(parts) == listed
    for part in parts:
        assert content[part.offset : part.offset + len(part.raw)] == part.raw
        assert part.sha256 == hashlib.sha256(part.raw).hexdigest()


@given(st.lists(st.integers(0, 99), min_size=1, max_size=6), st.data())
def test_one_altered_byte_costs_a_record_at_most_in_silence_none(numbers, data):
    content = bytearray(HEAD + json.dumps([record(number) for number in numbers], indent=1).encode())
    at = data.draw(st.integers(len(HEAD), len(content) - 1))
    content[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[at]))
    elements = Elements(Dripping(bytes(content)), ("tweet",))
    parts = list(elements)
    # What is not read is told, with the place.
    if len(values(parts)) < len(numbers):
        assert faults(parts)
    assert all(0 <= fault.offset <= len(content) for fault in faults(parts))


@given(st.lists(st.integers(0, 99), min_size=1, max_size=6), st.data())
def test_a_file_cut_anywhere_gives_all_records_before_the_cut_and_says_so(numbers, data):
    content = HEAD + json.dumps([record(number) for number in numbers]).encode()
    at = data.draw(st.integers(len(HEAD), len(content) - 1))
    parts = cut(content[:at])
    whole = values(parts)
    assert whole == [record(number) for number in numbers][: len(whole)]
    assert any("truncated" in fault.message.en or "no list" in fault.message.en for fault in faults(parts))


@given(st.binary(max_size=300))
def test_no_bytes_make_it_crash(content):
    cut(HEAD + content)
    cut(content)


def listed(*texts: str) -> bytes:
    return HEAD + ("[" + ",".join(texts) + "]").encode()


ONE, TWO, THREE = (json.dumps(record(number)) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("content", "read", "told"),
    [
        (listed(ONE, '{"tweet": {"id": "2", }}', THREE), [1, 3], "broken"),
        (listed(ONE, '{"tweet": {"id": "2"', THREE), [1, 3], "broken|does not end"),
        (listed(ONE, '{"tweet": {"id": "2}}', THREE), [1, 3], "broken"),
        (listed(ONE, '{"tweet": {"id": NaN}}', THREE), [1, 3], "NaN is no JSON number"),
        (listed(ONE, '{"tweet": {"id": 1e999}}', THREE), [1, 3], "out of range"),
        (listed(ONE, '{"tweet": {"id": %s}}' % ("9" * 5000), THREE), [1, 3], "5000 digits"),
        (listed(ONE, '{"tweet": {"id": "2", "id": "3"}}', THREE), [1, 3], "the key 'id' stands twice"),
        (listed(ONE, '{"tweet": ' + "[" * 200_000 + "]" * 200_000 + "}", THREE), [1, 3], "nested more than 64 deep"),
        (listed(ONE, "17", THREE), [1, 3], "no record stands here"),
        (listed(ONE, '"a, ] b"', THREE), [1, 3], "no record stands here"),
        (listed(ONE, '["x", {"y": 1}]', THREE), [1, 3], "no record stands here"),
        (listed(ONE, "", THREE), [1, 3], ""),
        (listed(ONE + TWO, THREE), [1, 2, 3], "no comma"),
        (listed(ONE, TWO + "}", THREE), [1, 2, 3], "no record stands here"),
        (listed(ONE, TWO) + b"," + THREE.encode() + b"]", [1, 2, 3], "further bytes follow"),
        (listed(ONE, TWO) + b" and more", [1, 2], "further bytes follow"),
        (listed(ONE, TWO) + b";\n", [1, 2], None),
        (listed(), [], None),
        (b"\xef\xbb\xbf" + listed(ONE), [1], None),
        (listed(ONE)[:-1], [1], "truncated"),
        (listed(ONE, '["x"')[:-1], [1], "truncated"),
        (listed(ONE, '"unfinished')[:-1], [1], "truncated"),
    ],
)
def test_reading_resumes_after_a_break_and_tells_of_it(content, read, told):
    for step in (1 << 16, 3):
        if len(content) > 10_000 and step == 3:
            continue
        parts = cut(content, step)
        assert [int(value["tweet"]["id"]) for value in values(parts)] == read
        messages = " ".join(fault.message.en for fault in faults(parts))
        if told is None:
            assert messages == ""
        else:
            assert re.search(told, messages)


def test_a_list_within_a_list_that_never_ends_does_not_hide_the_records_after_it():
    parts = cut(HEAD + b'[["x", ' + ONE.encode() + b", " + TWO.encode())
    assert [value["tweet"]["id"] for value in values(parts)] == ["1", "2"]
    assert faults(parts)


def test_bytes_that_are_not_utf8_are_replaced_and_that_is_told():
    (part,) = cut(listed(ONE).replace(b"quoted", b"qu\xffted"))
    assert part.replaced
    assert "\ufffd" in part.value["tweet"]["text"]


def test_a_record_that_is_too_long_is_skipped_without_being_held(monkeypatch):
    monkeypatch.setattr(module, "_LONGEST", 1 << 17)
    long = json.dumps(record(2, more="x" * (1 << 19)))
    parts = cut(listed(ONE, long, THREE))
    assert [value["tweet"]["id"] for value in values(parts)] == ["1", "3"]
    assert "too long" in faults(parts)[0].message.en


def test_a_file_of_nothing_but_breaks_is_given_up_after_a_number(monkeypatch):
    monkeypatch.setattr(module, "_BREAKS", 10)
    parts = cut(listed(*["1"] * 50))
    assert len(parts) == 11
    assert "the rest of the file was not read" in parts[-1].message.en


def test_damage_in_the_packed_bytes_ends_the_file_and_is_told():
    content = listed(*[ONE] * 3000)
    parts = cut(content, step=1000, breaks_at=100_000)
    assert len(values(parts)) > 1000
    assert [fault.record for fault in faults(parts)] == [True, False, False]
    assert "truncated" in faults(parts)[1].message.en
    assert faults(parts)[-1].message == Text(
        "berkas berakhir di sini: isinya rusak", "the file ends here: its bytes are damaged"
    )


def test_damage_after_the_last_record_is_told_too():
    parts = cut(listed(ONE), breaks_at=len(listed(ONE)))
    assert len(values(parts)) == 1
    assert "damaged" in faults(parts)[0].message.en


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"window.YTD.tweets.part12 = []", "tweets"),
        (b"window.YTD.ip_audit.part0=[]", "ip_audit"),
        (b"window.__THAR_CONFIG = {}", "manifest"),
        (b"window.YTD.tweets.partX = []", None),
        (b"", None),
        (b"<html>", None),
    ],
)
def test_a_file_is_known_by_what_it_calls_itself(content, name):
    assert Elements(Dripping(content)).name == name


def test_the_manifest_is_one_object():
    head = b"window.__THAR_CONFIG = "
    assert values(cut(head + b'{"a": {"b": []}}\n')) == [{"a": {"b": []}}]
    assert "further bytes" in faults(cut(head + b'{"a": 1} x'))[0].message.en
    assert "truncated" in faults(cut(head + b'{"a": '))[0].message.en
    assert "no list of records" in faults(cut(head + b"17"))[0].message.en


def test_no_more_than_the_head_is_taken_before_the_name_is_known():
    stream = Dripping(b"window.YTD.direct_messages.part0 = [" + b"x" * 10_000)
    Elements(stream)
    assert stream._inner.tell() <= module.HEAD_LENGTH
