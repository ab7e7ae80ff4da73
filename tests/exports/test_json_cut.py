"""JSON documents, cut into records whose place and hash anybody can check."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.exports.json_cut import Break, Cut, Cutter

_SCALARS = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=12)
_RECORDS = st.lists(st.dictionaries(st.text(max_size=6), _SCALARS, min_size=1, max_size=4), max_size=6)


def parts(content, **options):
    return list(Cutter(content, **options))


@given(_RECORDS, st.booleans(), st.booleans(), st.sampled_from([None, "kunci", "kunci \u00e9"]))
def test_every_record_is_cut_with_its_very_bytes(records, ascii_only, bom, key):
    document = records if key is None else {key: records}
    content = json.dumps(document, ensure_ascii=ascii_only, indent=1).encode("utf-8", "surrogatepass")
    content = b"\xef\xbb\xbf" * bom + content
    cut = parts(content)
    assert [part.value for part in cut] == records
    for part in cut:
        assert isinstance(part, Cut)
        end = part.offset + len(json.dumps(part.value, ensure_ascii=ascii_only, indent=1)) // 2
        assert content[part.offset : part.offset + 1] == b"{"
        assert any(
            hashlib.sha256(content[part.offset : stop]).hexdigest() == part.sha256
            for stop in range(min(end, len(content)), len(content) + 1)
        )


@pytest.mark.parametrize(
    ("content", "values", "breaks"),
    [
        (b'[{"a":1},{"a":2,},{"a":3}]', [{"a": 1}, {"a": 3}], 1),
        (b'[{"a":"x},{"a":2},{"a":3}]', [{"a": 2}, {"a": 3}], 1),
        (b'[{"a":1},{"a":2', [{"a": 1}], 1),
        (b'[{"a":1}', [{"a": 1}], 1),
        (b'{"k":[{"a":1}', [{"a": 1}], 2),
        (b'{"k":[{"a":1}]} x', [{"a": 1}], 1),
        (b'{"k":{"l":[{"a":1}],"m":2},"n":3}', [{"a": 1}, {"m": 2}, {"n": 3}], 0),
        (b'{"k":{"l":1}}', [{"l": 1}], 0),
        (b'{"k":tru', [], 2),
        (b"[1,[2]]", [1, [2]], 0),
        (b"x", [], 1),
        (b"", [], 1),
        (b"[]", [], 0),
        (b'{"a":' * 30 + b'[{"b":1}]' + b"}" * 30, [], 1),
        (b'[{"a":1,"a":2}]', [], 1),
    ],
)
def test_what_is_broken_costs_no_more_than_itself(content, values, breaks):
    cut = parts(content)
    assert [part.value for part in cut if isinstance(part, Cut)] == values
    assert sum(isinstance(part, Break) for part in cut) >= min(breaks, 1)
    assert (breaks == 0) == all(isinstance(part, Cut) for part in cut)


def test_paths_lead_to_records():
    cut = parts(b'{"k":{"l":[{"a":1}]},"m":[{"b":1}]}')
    assert [part.path for part in cut] == [("k", "l"), ("m",)]


def test_an_object_can_be_one_record():
    assert [part.value for part in parts(b' {"k":[{"a":1}]}', whole=True)] == [{"k": [{"a": 1}]}]
    assert [part.value for part in parts(b'{"k":[{"a":1}]', whole=True) if isinstance(part, Cut)] == [{"a": 1}]


def test_half_characters_and_foreign_bytes_become_signs_of_loss():
    content = b'[{"a":"\\ud83d"},{"a":"\\ud83d\\ude0c"},{"a":"\xff"},{"\\ud83d":1,"\\ud83e":2}]'
    cut = parts(content)
    assert [(part.value, part.replaced) for part in cut] == [
        ({"a": "\ufffd"}, True),
        ({"a": "\U0001f60c"}, False),
        ({"a": "\ufffd"}, True),
        (None, True),
    ]
    assert cut[2].sha256 == hashlib.sha256(b'{"a":"\xff"}').hexdigest()
    assert content[cut[3].offset :].startswith(b'{"\\ud83d":1')


def test_a_crafted_file_is_given_up():
    cut = parts(b"[" + b'{"a" 1},' * 5_000 + b"]")
    assert sum(isinstance(part, Break) for part in cut) <= 2_001


@given(st.binary(max_size=200))
def test_any_bytes_are_taken(content):
    parts(content)


@given(st.text(alphabet='[]{}",:1a\\', max_size=60))
def test_any_brackets_are_taken(text):
    parts(text.encode())
