"""Opening letters and e-mails: what comes out of the limited worker, and whether signatures hold."""

import base64
import contextlib
import os
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.evidence import Opened
from telusur.exports.correspondence import read_document, task
from telusur.exports.correspondence.signature import checked

WIB = timezone(timedelta(hours=7))
X = "x.com"
HEAD = f"From: X <info@{X}>\r\n".encode() + (b"Date: Sat, 23 Dec 2023 07:28:01 +0000\r\nSubject: Login baru ke X\r\n")
NAME = "s1._domainkey.x.com"


def opened(tmp_path, content):
    path = tmp_path / "a"
    path.write_bytes(content)
    return Opened(os.open(path, os.O_RDONLY), "evidence/a", {})


def told(tmp_path, content, *, mail=True):
    given = opened(tmp_path, content)
    try:
        [message] = task.read(given, mail=mail, keys={})
    finally:
        os.close(given.descriptor)
    return message["mail" if mail else "letter"]


@pytest.fixture(scope="module")
def signed():
    """Give an e-mail with a sound DKIM signature, and the record of its key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    content = HEAD + b"\r\nHalo,\r\nAda login.\r\n"
    signature = dkim.sign(content, b"s1", b"x.com", private, include_headers=[b"From", b"Date", b"Subject"])
    return signature + content, "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode()


def test_a_signature_is_checked_with_the_saved_key(signed):
    content, record = signed
    assert checked(content, {NAME: record}) == "pass"
    assert checked(content, {}) == "unchecked"
    assert checked(content.replace(b"\r\n", b"\n"), {NAME: record}) == "pass"


def test_a_changed_body_is_noticed_without_a_key_and_a_changed_subject_with_one(signed):
    content, record = signed
    assert checked(content.replace(b"Ada login", b"Ada sandi"), {}) == "fail"
    renamed = content.replace(b"Login baru", b"Sandi baru")
    assert checked(renamed, {}) == "unchecked"
    assert checked(renamed, {NAME: record}) == "fail"


@pytest.mark.parametrize("header", [b"", b"DKIM-Signature: v=1; a=rsa-sha256; bh=abcd=; b=x; d=x.com; s=s1\r\n"])
def test_without_a_whole_hash_nothing_can_be_checked(header):
    assert checked(header + HEAD + b"\r\nx\r\n", {}) == "unchecked"


def test_a_whole_e_mail_is_read_behind_the_worker(tmp_path, signed):
    path = tmp_path / "a.eml"
    path.write_bytes(signed[0])
    document = read_document(
        path, name="evidence/a.eml", kind="security_email", grade=Grade.D, zone=WIB, keys={NAME: signed[1]}
    )
    assert document.authenticity == "shown"
    assert [(fact.name, fact.at) for fact in document.facts] == [
        ("login_new_device_at", datetime(2023, 12, 23, 7, 28, 1, tzinfo=UTC))
    ]


def test_an_e_mail_of_html_alone_gives_its_words(tmp_path):
    mail = EmailMessage()
    mail["From"], mail["Date"], mail["Subject"] = f"X <info@{X}>", "Sat, 23 Dec 2023 07:28:01 +0000", "Ada é"
    mail.set_content("<style>x</style><table><tr><td>Perangkat</td><td>Lontar L5</td></tr></table>", subtype="html")
    found = told(tmp_path, mail.as_bytes())
    assert found["body"].strip().split("\n") == ["Perangkat", "Lontar L5"]
    assert ["Subject", "Ada é"] in found["headers"]
    assert not found["pictures"]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n", b"%PDF-1.7", b"PK\x03\x04", b"", b"Halo\n", b"Subject: x\n\nx"])
def test_what_is_no_e_mail_asks_for_the_original(content, tmp_path):
    with pytest.raises(BadInput, match=r"\.eml"):
        told(tmp_path, content)


def test_a_mark_or_blank_lines_before_an_e_mail_are_passed_over(tmp_path):
    assert told(tmp_path, b"\xef\xbb\xbf\r\n" + HEAD + b"\r\nx")["body"] == "x"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", None),
        (b"\xff\xd8\xff\xe0", None),
        ("Tanggal: é".encode(), "Tanggal: é"),
        ("Tanggal: é".encode("utf-16"), "Tanggal: é"),
        ("Tanggal: é".encode("cp1252"), "Tanggal: é"),
    ],
)
def test_a_letter_is_read_in_its_encoding_or_left_to_a_person(content, words, tmp_path):
    assert told(tmp_path, content, mail=False) == words


@given(st.binary(max_size=400), st.booleans())
def test_no_bytes_stop_the_reader_without_a_sentence(tmp_path_factory, content, mail):
    folder = tmp_path_factory.mktemp("bytes")
    with contextlib.suppress(BadInput):
        told(folder, (HEAD if mail else b"") + content, mail=mail)
