"""The printed backup: what is mistyped is found, and named by its line."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput
from telusur.evidence.signing import COSIGNATURE, SigningKey, typed

NAME = "telusur/0123456789abcdef"
KEY = SigningKey(NAME, bytes(range(32)))
PASSPHRASE = "kuda benar baterai"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.fixture(scope="module")
def sheet() -> str:
    return KEY.sheet("id", PASSPHRASE)


def test_the_key_comes_back_from_the_sheet_and_its_passphrase(sheet: str) -> None:
    back = SigningKey.from_sheet(sheet, PASSPHRASE)

    assert back.vkey == KEY.vkey
    assert back.sign(b"x") == KEY.sign(b"x")


def test_another_passphrase_does_not_open_the_sheet(sheet: str) -> None:
    with pytest.raises(BadInput, match="does not open the sheet"):
        SigningKey.from_sheet(sheet, "kuda benar bateria")
    with pytest.raises(BadInput, match="none was given"):
        SigningKey.from_sheet(sheet, None)


@pytest.mark.parametrize(("language", "words"), [("id", "CADANGAN KUNCI"), ("en", "BACKUP OF A SIGNING KEY")])
def test_the_sheet_says_what_it_is_and_holds_the_fingerprint(language: str, words: str) -> None:
    text = KEY.sheet(language, None)

    assert text.startswith(words)
    assert KEY.fingerprint in text.replace(" ", "")
    assert max(map(len, text.splitlines())) <= 120
    assert "WARNING" in text or "PERINGATAN" in text
    assert SigningKey.from_sheet(text, None).vkey == KEY.vkey


def test_a_sheet_under_a_passphrase_warns_of_nothing_and_holds_no_secret(sheet: str) -> None:
    open_code = "".join(re.findall(r"^ \d\. (.*)$", KEY.sheet("id", None), re.MULTILINE)).replace(" ", "")
    code = "".join(re.findall(r"^ \d\. (.*)$", sheet, re.MULTILINE)).replace(" ", "")

    assert "PERINGATAN" not in sheet
    assert PASSPHRASE not in sheet
    assert not any(open_code[at : at + 12] in code for at in range(44, 80))


def test_two_sheets_of_one_key_have_nothing_in_common_but_the_name(sheet: str) -> None:
    again = KEY.sheet("id", PASSPHRASE)

    mine, other = (re.findall(r"^ [2-5]\. (.*)$", text, re.MULTILINE) for text in (sheet, again))
    assert not set(mine) & set(other)


def test_a_sheet_is_typed_in_any_case_with_other_gaps_and_the_usual_confusions() -> None:
    text = KEY.sheet("en", None)
    lines = re.findall(r"^ (\d)\. (.*)$", text, re.MULTILINE)
    typed_in = f"nama: x\nNama:   {NAME}\n" + "\n".join(
        f"{number}) {code.replace(' ', '-').lower().replace('0', 'o').replace('1', 'l')}" for number, code in lines
    )

    assert SigningKey.from_sheet(typed_in, None).vkey == KEY.vkey


def test_a_mistyped_name_is_found() -> None:
    text = KEY.sheet("en", None)

    with pytest.raises(BadInput, match="does not fit the code"):
        SigningKey.from_sheet(text.replace(NAME, NAME.replace("3", "8")), None)
    with pytest.raises(BadInput, match="is missing"):
        SigningKey.from_sheet(text.replace("Name:", ""), None)


def test_a_line_left_out_doubled_or_exchanged_is_found() -> None:
    lines = KEY.sheet("en", None).splitlines()
    code = [at for at, line in enumerate(lines) if re.match(r" \d\. ", line)]
    for at in code:
        with pytest.raises(BadInput, match="lines of code"):
            SigningKey.from_sheet("\n".join(lines[:at] + lines[at + 1 :]), None)
        with pytest.raises(BadInput, match="lines of code"):
            SigningKey.from_sheet("\n".join([*lines[:at], lines[at], *lines[at:]]), None)
    for one, two in itertools.combinations(code, 2):
        moved = list(lines)
        moved[one], moved[two] = moved[two], moved[one]
        with pytest.raises(BadInput, match="mistyped"):
            SigningKey.from_sheet("\n".join(moved), None)


def _slips(line: str) -> list[str]:
    slips = []
    for at, letter in enumerate(line):
        slips += [line[:at] + other + line[at + 1 :] for other in LETTERS if other != letter]
        if at and line[at - 1] != letter:
            slips.append(line[: at - 1] + letter + line[at - 1] + line[at + 1 :])
    return slips


def test_every_wrong_letter_and_every_swap_is_found_and_its_line_is_named() -> None:
    data = bytes(range(100, 162))
    lines = [line.replace(" ", "") for line in typed.lines(data)]
    for number, line in enumerate(lines, 1):
        for slip in _slips(line):
            with pytest.raises(BadInput, match=f"line {number} of the code is mistyped"):
                typed.read([*lines[: number - 1], slip, *lines[number:]], len(data))


def test_every_two_wrong_letters_of_a_line_are_found() -> None:
    (line,) = typed.lines(bytes(12))
    letters = line.replace(" ", "")
    found = 0
    for one, two in itertools.combinations(range(len(letters)), 2):
        for first, second in (("7", "7"), ("7", "Z"), ("1", "G"), ("V", "2")):
            slip = list(letters)
            slip[one], slip[two] = first, second
            assert slip[one] != letters[one]
            with pytest.raises(BadInput):
                typed.read(["".join(slip)], 12)
            found += 1
    assert found == 924


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda line: line[:-1], "has 21 characters"),
        (lambda line: f"{line}0", "has 23"),
        (lambda line: f"U{line[1:]}", "'U'"),
    ],
)
def test_what_cannot_be_a_line_is_told(change: object, why: str) -> None:
    (line,) = typed.lines(bytes(12))

    with pytest.raises(BadInput, match=why):
        typed.read([change(line.replace(" ", ""))], 12)  # type: ignore[operator]


@given(st.binary(min_size=1, max_size=90))
def test_whatever_is_printed_comes_back(data: bytes) -> None:
    assert typed.read(list(typed.lines(data)), len(data)) == data


def test_bits_beyond_the_end_are_nought() -> None:
    # Of two ways to type the same bytes one is wrong.
    (line,) = typed.lines(bytes(11) + b"\1")
    with pytest.raises(BadInput):
        typed.read([line], 11)


def test_a_sheet_of_another_version_is_refused() -> None:
    code = "\n".join(f"{number}. {line}" for number, line in enumerate(typed.lines(bytes([7]) + bytes(61)), 1))

    with pytest.raises(BadInput, match="another version"):
        SigningKey.from_sheet(f"Name: a\n{code}\n", None)


def test_a_witness_has_a_sheet_too() -> None:
    witness = SigningKey("pengawas/saksi", bytes(32), COSIGNATURE)

    assert SigningKey.from_sheet(witness.sheet("id", None), None).verify_key == witness.verify_key
