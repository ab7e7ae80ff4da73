"""Signed notes: read strictly, believed only with a trusted key."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.evidence.signing import Note, NoteRefused, SigningKey, VerifyKey, open_note, sign
from telusur.evidence.signing.verify_key import cosigned_seconds

PETER = VerifyKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
ENOCH = VerifyKey.parse("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop")
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
#: The seed of PeterNeumann's published signing key.
PETER_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
KEY = SigningKey("kantor/log", bytes(32))


def test_the_note_of_the_go_documentation_holds_and_is_made_byte_for_byte() -> None:
    note = f"{TEXT}\n{PETER_LINE}".encode()

    assert open_note(note, [PETER]) == TEXT
    assert sign(TEXT, [SigningKey("PeterNeumann", PETER_SEED)]) == note
    assert SigningKey("PeterNeumann", PETER_SEED).vkey == PETER.vkey


def test_the_example_of_the_format_holds() -> None:
    key = VerifyKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    line = (
        "— example.com/foo "
        "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )

    assert open_note(f"This is an example message.\n\n{line}".encode(), [key]) == "This is an example message.\n"


def test_two_sign_and_an_unknown_signer_is_ignored() -> None:
    note = f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}".encode()

    assert open_note(note, [PETER]) == open_note(note, [ENOCH]) == open_note(note, [PETER, ENOCH]) == TEXT
    assert [line.line for line in Note.parse(note).signatures] == [PETER_LINE, ENOCH_LINE]


def test_a_text_may_hold_empty_lines_and_the_last_one_parts_it_from_the_signatures() -> None:
    poem = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n"

    assert Note.parse(sign(poem, [KEY])).text == poem


def test_the_time_of_the_example_of_a_cosignature_is_the_one_it_names() -> None:
    line = (
        "— witness.example.com/w1 "
        "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
    )
    (found,) = Note.parse(f"x\n\n{line}".encode()).signatures

    assert cosigned_seconds(found.value) == 1679315147


def _note(text: str = "a\n", *lines: str) -> bytes:
    return f"{text}\n{''.join(lines) or PETER_LINE}".encode()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"a\n", id="no signature"),
        pytest.param(b"a\n\n", id="an empty signature block"),
        pytest.param(f"a\n{PETER_LINE}".encode(), id="no empty line"),
        pytest.param(_note()[:-1], id="no last newline"),
        pytest.param(_note() + b"\n", id="one newline too many"),
        pytest.param(_note().replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(_note("a\tb\n"), id="a tab in the text"),
        pytest.param(_note("a\0\n"), id="a zero byte"),
        pytest.param(_note("a\x1b[2J\n"), id="an escape sequence"),
        pytest.param(b"\xff\n\n" + PETER_LINE.encode(), id="no UTF-8"),
        pytest.param(b"\xc0\x80\n\n" + PETER_LINE.encode(), id="overlong UTF-8"),
        pytest.param(b"\xed\xa0\x80\n\n" + PETER_LINE.encode(), id="half a character"),
        pytest.param(_note("a\n", PETER_LINE.replace("—", "-")), id="a hyphen for the dash"),
        pytest.param(_note("a\n", PETER_LINE.replace("— ", "—")), id="no space behind the dash"),
        pytest.param(_note("a\n", PETER_LINE.replace("PeterNeumann ", "")), id="no name"),
        pytest.param(_note("a\n", PETER_LINE.replace("PeterNeumann ", " ")), id="an empty name"),
        pytest.param(_note("a\n", PETER_LINE.replace("rN", "r N")), id="a space in the name"),
        pytest.param(_note("a\n", PETER_LINE.replace("rN", "r\u00a0N")), id="a no-break space in the name"),
        pytest.param(_note("a\n", PETER_LINE.replace("rN", "r+N")), id="a plus in the name"),
        pytest.param(_note("a\n", PETER_LINE.replace("AM=\n", "AN=\n")), id="base64 with spare bits set"),
        pytest.param(_note("a\n", PETER_LINE.replace("AM=\n", "AM\n")), id="base64 without padding"),
        pytest.param(_note("a\n", PETER_LINE.replace("/", "_")), id="base64 of addresses"),
        pytest.param(_note("a\n", PETER_LINE.replace("=\n", "=\u200b\n")), id="something unseen behind the base64"),
        pytest.param(_note("a\n", PETER_LINE.replace("=\n", "= \n")), id="a space behind the base64"),
        pytest.param(_note("a\n", "— PeterNeumann x08gow==\n"), id="a key id and no signature"),
        pytest.param(_note("a\n", PETER_LINE, "Saksi: tidak ada\n"), id="another line among the signatures"),
        pytest.param(_note("a\n", *[PETER_LINE] * 17), id="seventeen signatures"),
        pytest.param(_note("a" * (1 << 20) + "\n"), id="more than a mebibyte"),
        pytest.param(b"\xef\xbb\xbf" + f"\n\n{PETER_LINE}".encode()[:-1], id="a byte order mark, cut off"),
    ],
)
def test_what_is_not_written_as_a_note_is_refused(data: bytes) -> None:
    with pytest.raises(NoteRefused):
        Note.parse(data)


def test_sixteen_signatures_are_read() -> None:
    keys = [SigningKey(f"kantor/{number}", bytes([number]) * 32) for number in range(16)]

    note = sign("a\n", keys)

    assert open_note(note, [key.verify_key for key in keys]) == "a\n"


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ([SigningKey("PeterNeumann", bytes(32)).verify_key], "no key that is known"),
        ([VerifyKey("peterneumann", PETER.public)], "no key that is known"),
        ([VerifyKey("PeterNeumann", PETER.public, kind=4)], "no key that is known"),
        ([], "no key that is known"),
    ],
    ids=["same name, other key", "same key, other name", "same key, other kind", "no key"],
)
def test_a_note_that_no_known_key_signed_is_refused(known: list[VerifyKey], why: str) -> None:
    with pytest.raises(NoteRefused, match=why):
        open_note(f"{TEXT}\n{PETER_LINE}".encode(), known)


def test_a_wrong_signature_of_a_known_key_spoils_the_note_although_another_holds() -> None:
    wrong = ENOCH_LINE.replace("QQ=", "Qg=")
    note = f"{TEXT}\n{PETER_LINE}{wrong}".encode()

    assert open_note(note, [PETER]) == TEXT
    with pytest.raises(NoteRefused, match="EnochRoot does not hold"):
        open_note(note, [PETER, ENOCH])


def test_a_known_key_signs_once() -> None:
    with pytest.raises(NoteRefused, match="twice"):
        open_note(f"{TEXT}\n{PETER_LINE}{PETER_LINE}".encode(), [PETER])


@pytest.mark.parametrize("text", ["", "a", "a\nb", "a\r\n", "a\0\n"])
def test_a_text_that_cannot_be_that_of_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(NoteRefused):
        sign(text, [KEY])


@given(
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=40).map("{}\n".format),
    st.integers(1, 16),
)
def test_whatever_is_signed_comes_back(text: str, count: int) -> None:
    keys = [SigningKey(f"kantor/{number}", bytes([number]) * 32) for number in range(count)]
    note = sign(text, keys)

    assert open_note(note, [key.verify_key for key in keys]) == text
    assert Note.parse(note).to_bytes() == note


@given(st.binary(max_size=200))
def test_rubbish_is_refused_and_nothing_else_happens(data: bytes) -> None:
    with pytest.raises(NoteRefused):
        open_note(data + b"\n\n" + data, [PETER])
