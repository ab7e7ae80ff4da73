"""Codes that open one thing, and are kept as keyed hashes only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput
from telusur.office import codes

DRAWN = st.text("0123456789", min_size=15, max_size=15).map(lambda digits: digits + codes._check_digit(digits))


def test_the_check_digit_is_luhns():
    assert codes._check_digit("7992739871") == "3"  # the example of the standard's annex


def test_a_code_is_read_as_it_is_shown():
    code = codes.new_code()
    assert len(code) == 16
    assert codes.read(codes.shown(code)) == code
    assert codes.read(f" {code[:8]}-{code[8:]} ") == code


@given(DRAWN, st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_told(code, place, by):
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    with pytest.raises(BadInput, match="a digit is wrong"):
        codes.read(wrong)


@given(DRAWN, st.integers(0, 14))
def test_two_swapped_digits_are_told_but_for_nought_and_nine(code, place):
    one, other = code[place], code[place + 1]
    swapped = code[:place] + other + one + code[place + 2 :]
    if one == other or {one, other} == {"0", "9"}:
        assert codes.read(swapped)
    else:
        with pytest.raises(BadInput):
            codes.read(swapped)


@pytest.mark.parametrize("written", ["", "1234", "1" * 17, "abcd efgh ijkl mnop", "١" * 16])
def test_what_is_no_code_says_what_one_is(written):
    with pytest.raises(BadInput, match="16 digits"):
        codes.read(written)


def test_what_is_kept_does_not_tell_the_code_and_is_bound_to_its_use():
    code = codes.new_code()
    assert code not in codes.digest(code, "report")
    assert codes.digest(code, "report") != codes.digest(code, "respondent")
    assert codes.digest(code, "report") == codes.digest(code, "report")
