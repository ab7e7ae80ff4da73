"""JSON that can be read in one way only."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.exports.strict_json import NotJson, loads

ordinary = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(ordinary)
def test_ordinary_json_means_what_it_means_everywhere(value):
    assert loads(json.dumps(value)) == json.loads(json.dumps(value))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a": 1, "a": 2}', "stands twice"),
        ('{"b": {"a": 1, "a": 1}}', "stands twice"),
        ("NaN", "no JSON number"),
        ("[-Infinity]", "no JSON number"),
        ("1e400", "out of range"),
        ("9" * 41, "41 digits"),
        ("9" * 5000, "5000 digits"),
        ("{", "broken at its character 2"),
        ("[1] 2", "broken"),
        ("", "broken"),
        ("[" * 200_000, "nested too deeply"),
    ],
)
def test_what_parsers_read_differently_is_refused(text, why):
    with pytest.raises(NotJson, match=why):
        loads(text)


@given(st.text(max_size=60))
def test_no_text_makes_it_crash(text):
    with contextlib.suppress(NotJson):
        loads(text)
