"""The keys of a log one after the other, followed from the one whose fingerprint somebody holds."""

from __future__ import annotations

import pytest

from signed_logs import NAME, key, witness_key
from telusur.evidence.signing import Checkpoint, KeyChange, KeyFrom, NoteRefused, follow, sign, signers

KEYS = [key(number) for number in range(1, 6)]
CHANGES = [
    KeyChange(NAME, 10 * number, KEYS[number].verify_key).signed([KEYS[number - 1], KEYS[number]])
    for number in range(1, 5)
]


@pytest.mark.parametrize("start", range(5))
def test_any_key_leads_to_all_that_came_after_it(start: int) -> None:
    found = follow(KEYS[start].verify_key, CHANGES, 10 * start)

    assert [link.key for link in found] == [each.verify_key for each in KEYS[start:]]
    assert [link.from_size for link in found] == [10 * number for number in range(start, 5)]


def test_a_change_left_out_doubled_or_out_of_order_leads_nowhere() -> None:
    for changes in (CHANGES[1:], [CHANGES[0], *CHANGES[2:]], [CHANGES[0], CHANGES[0]], [CHANGES[1], CHANGES[0]]):
        with pytest.raises(NoteRefused):
            follow(KEYS[0].verify_key, changes)


def test_a_change_that_goes_back_in_size_is_refused() -> None:
    back = KeyChange(NAME, 10, KEYS[2].verify_key).signed([KEYS[1], KEYS[2]])

    with pytest.raises(NoteRefused, match="out of order"):
        follow(KEYS[0].verify_key, [CHANGES[0], back])


@pytest.mark.parametrize(
    "note",
    [
        pytest.param(KeyChange(NAME, 10, KEYS[1].verify_key).signed([KEYS[0]]), id="the new key has not signed"),
        pytest.param(KeyChange(NAME, 10, KEYS[1].verify_key).signed([KEYS[1]]), id="the old key has not signed"),
        pytest.param(KeyChange(NAME, 10, KEYS[1].verify_key).signed([KEYS[2], KEYS[1]]), id="another signed"),
        pytest.param(KeyChange(NAME, 10, KEYS[1].verify_key, lost=True).signed([KEYS[0], KEYS[1]]), id="lost"),
        pytest.param(CHANGES[0].replace(b" 10\n", b" 11\n"), id="another size"),
        pytest.param(CHANGES[0].replace(KEYS[1].vkey.encode(), KEYS[2].vkey.encode()), id="another key"),
        pytest.param(sign(f"{NAME}\n10\n{KEYS[1].vkey}\n", KEYS[:2]), id="a checkpoint's second line"),
        pytest.param(sign(f"{NAME}\nnew key from size 010\n{KEYS[1].vkey}\n", KEYS[:2]), id="a leading zero"),
        pytest.param(sign(f"{NAME}\nnew key from size 10\n{KEYS[1].vkey}\nx\n", KEYS[:2]), id="a line more"),
        pytest.param(sign(f"other\nnew key from size 10\n{KEYS[1].vkey}\n", KEYS[:2]), id="another log"),
        pytest.param(sign(f"{NAME}\nnew key from size 10\n{witness_key().vkey}\n", KEYS[:2]), id="a witness's key"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_is_no_change_that_both_keys_signed_is_refused(note: bytes) -> None:
    with pytest.raises(NoteRefused):
        follow(KEYS[0].verify_key, [note])


def test_a_change_of_another_log_is_refused() -> None:
    one, two = key(1, "telusur/a"), key(2, "telusur/a")
    other = KeyChange("telusur/a", 10, two.verify_key).signed([one, two])

    with pytest.raises(NoteRefused, match="another log"):
        follow(KEYS[0].verify_key, [other])


def test_a_change_comes_back_and_is_no_checkpoint() -> None:
    for lost in (False, True):
        change = KeyChange(NAME, 7, KEYS[1].verify_key, lost)
        assert KeyChange.parse(change.text()) == change
        with pytest.raises(NoteRefused):
            Checkpoint.parse(change.text())


def test_two_keys_sign_where_one_hands_over_and_one_where_it_was_lost() -> None:
    one, two, three = (each.verify_key for each in KEYS[:3])
    chain = [KeyFrom(0, one), KeyFrom(5, two), KeyFrom(9, three, lost=True)]

    assert [signers(chain, size) for size in (0, 4, 5, 6, 8, 9, 99)] == [
        [one], [one], [one, two], [two], [two], [three], [three],
    ]  # fmt: skip
    assert signers([], 1) == []
