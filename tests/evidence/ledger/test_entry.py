from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput, MissingZone
from telusur.evidence.ledger import Act, Entry, EntryType, commit, commit_hash, leaf_hash
from telusur.evidence.ledger.checking import _BODY
from telusur.evidence.ledger.entry import TYPES, opened, written

AT = datetime(2026, 11, 22, 19, 0, 0, 250, tzinfo=timezone(timedelta(hours=7)))
OBJECT = sha256(b"a picture").hexdigest()

ids = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30)
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
details = st.dictionaries(
    texts,
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53) + 1, 2**53 - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | texts,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)
acts = st.builds(
    Act,
    st.sampled_from(sorted(TYPES)),
    st.datetimes(timezones=st.sampled_from([UTC, AT.tzinfo]), min_value=datetime(1000, 1, 2)),  # noqa: DTZ001 - the strategy adds one
    ids,
    case=st.none() | ids,
    object=st.none() | st.binary(min_size=32, max_size=32).map(bytes.hex),
    detail=st.none() | details,
    keep_detail=st.booleans(),
)


@given(st.lists(acts, max_size=4), st.integers(0, 2**53 - 5))
def test_an_entry_is_canonical_and_its_openings_open_it_and_say_nothing_themselves(done: list[Act], first: int) -> None:
    entries, rows = written(done, first)
    salts = set()
    for act, entry, row in zip(done, entries, rows, strict=True):
        said = entry.read()
        assert rfc8785.dumps(dict(said)) == entry.body
        assert _BODY.fullmatch(entry.body.decode())
        assert (said["v"], said["seq"], said["type"]) == (1, entry.seq, act.type)
        assert datetime.fromisoformat(said["at"]) == act.at
        assert entry.leaf == leaf_hash(entry.body)
        openings = opened(entry.body, row[1:])
        values = {"actor": act.actor, "case": act.case, "object": act.object}
        if act.detail is not None:
            values["detail"] = rfc8785.dumps(act.detail).decode()
        values = {field: value for field, value in values.items() if value is not None}
        assert set(openings) == set(values) == set(said) - {"at", "seq", "tool", "type", "v"}
        for field, value in values.items():
            digest = bytes.fromhex(value) if field == "object" else sha256(value.encode()).digest()
            assert said[field] == commit_hash(digest, openings[field].salt).hex()
            if field == "detail" and not act.keep_detail:
                assert openings[field].value is None
                assert openings[field].commitment(field) is None
            else:
                assert openings[field].value == value
                assert openings[field].commitment(field).hex() == said[field]
            salts.add(openings[field].salt)
    assert len(salts) == sum(len(opened(entry.body, row[1:])) for entry, row in zip(entries, rows, strict=True))
    assert [entry.seq for entry in entries] == [row[0] for row in rows] == list(range(first, first + len(done)))


def test_a_commitment_is_what_the_shell_makes_of_it() -> None:
    salt = bytes(range(32))
    value = b"petugas-1"
    line = (
        "{ printf 'telusur/commitment/1\\0'; printf %s \"$1\" | xxd -r -p; "
        'printf %s "$2" | sha256sum | cut -c-64 | xxd -r -p; } | sha256sum | cut -c-64'
    )
    found = subprocess.run(
        ["sh", "-c", line, "sh", salt.hex(), value.decode()], check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == commit(value, salt).hex()
    assert commit(value, salt) == commit_hash(sha256(value).digest(), salt)


def test_the_same_act_twice_looks_different() -> None:
    act = Act("view", AT, "officer", case="case", object=OBJECT, detail={"a": 1})
    first, second = (entry.read() for entry in written([act, act], 0)[0])
    assert all(first[field] != second[field] for field in ("actor", "case", "object", "detail"))


@pytest.mark.parametrize(("digest", "salt"), [(b"", bytes(32)), (bytes(32), bytes(16)), (bytes(33), bytes(32))])
def test_a_commitment_needs_a_whole_digest_and_salt(digest: bytes, salt: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commit_hash(digest, salt)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"type": "vieww"}, "did you mean 'view'"),
        ({"type": None}, "no act of the type None"),
        ({"actor": ""}, "names who did it"),
        ({"case": ""}, "not empty"),
        ({"object": OBJECT.upper()}, "lower-case"),
        ({"object": OBJECT[1:]}, "64"),
        ({"object": OBJECT + "\n"}, "64"),
        ({"detail": {"a": float("nan")}}, "canonical JSON"),
        ({"detail": {"a": 2**60}}, "canonical JSON"),
        ({"detail": {"a": {1, 2}}}, "canonical JSON"),
        ({"detail": {1: "a"}}, "canonical JSON"),
        ({"detail": {"a": "\ud800"}}, "canonical JSON"),
        ({"actor": "\ud800"}, "half a character"),
        ({"case": "a\0b"}, "NUL"),
    ],
)
def test_what_cannot_be_written_down_is_told(given: dict, said: str) -> None:
    act = Act(**{"type": "view", "at": AT, "actor": "officer", **given})
    with pytest.raises(BadInput, match=said):
        written([act], 0)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(MissingZone):
        written([Act("view", AT.replace(tzinfo=None), "officer")], 0)


def test_every_type_of_the_design_is_known() -> None:
    asked = "intake seal view export derive transfer correction hold destroy determination decision override".split()
    assert set(asked) <= set(EntryType.__args__) == TYPES


def test_an_entry_reads_what_it_says() -> None:
    entry = Entry.of(0, b'{"seq":0}')
    assert entry.read() == {"seq": 0}
