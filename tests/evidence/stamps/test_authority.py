"""Whom people may configure, and what becomes of the file of roots that they give."""

import pytest
from cryptography.hazmat.primitives import serialization

from evidence.stamps.defects import certified_with_sha1
from evidence.tsa_lab import certify, forge, root
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.stamps import Authority, NoAnswer, StampRefused, Trust
from telusur.evidence.stamps.trust import check_strength

URL = "https://tsa.example.org/stempel?x=1"


def pem():
    return forge().root.pem


def test_it_is_kept_as_it_was_given_and_read_again():
    for policy in (None, "1.2.3"):
        one = Authority("satu", URL, pem(), policy)
        assert Authority.of(one.as_json()) == one
    assert set(Authority("satu", URL, pem()).as_json()) == {"name", "url", "certificates"}


@pytest.mark.parametrize("name", ["", "A", "a b", "-a", "../a", "a" * 41, "a\n", "é"])
def test_a_name_that_is_no_name_is_refused(name):
    with pytest.raises(BadInput, match="cannot be used") as caught:
        Authority(name, URL, pem())
    assert caught.value.field == "name"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "tsa.example.org",
        "file:///etc/passwd",
        "ftp://tsa.example.org/",
        "https://",
        "https:///x",
        "https://nama:sandi@tsa.example.org/",
        "https://tsa.example.org:99999/",
        "https://tsa.example.org/\r\nX: y",
        "https://tsa.example.org/a b",
        "https://[::1/",
        "https://tsa.example.org/é",
        "https://tsa.example.org/" + "x" * 500,
    ],
)
def test_an_address_that_is_none_or_holds_a_password_is_refused(url):
    with pytest.raises(BadInput, match="http:// or https://") as caught:
        Authority("satu", url, pem())
    assert caught.value.field == "url"
    assert "sandi@" not in str(caught.value)


@pytest.mark.parametrize("policy", ["", "1", "3.1", "1.2.x", "1..2", "x" * 99])
def test_a_policy_that_is_none_is_refused(policy):
    with pytest.raises(BadInput, match="no object identifier"):
        Authority("satu", URL, pem(), policy)


def test_roots_and_links_are_told_apart():
    own = forge()
    trust = Trust.read(own.link.pem + own.root.pem + own.root.pem)
    assert (trust.roots, trust.between) == ((own.root.certificate,), (own.link.certificate,))
    assert trust.pem() == own.root.pem + own.link.pem


def test_a_key_that_stood_in_the_file_goes_no_further():
    own = root()
    key = own.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    one = Authority("satu", URL, f"catatan\n{key}{own.pem}catatan\n")
    assert one.certificates == own.pem


@pytest.mark.parametrize(
    "text", ["", "bukan sertifikat", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_file_without_certificates_is_refused(text):
    with pytest.raises(BadInput, match="no PEM file of certificates") as caught:
        Trust.read(text, where="akar.pem")
    assert caught.value.where == "akar.pem"


def test_a_file_of_too_many_or_too_large_is_refused():
    many = "".join(root(f"Akar {number}").pem for number in range(33))
    with pytest.raises(BadInput, match="no PEM file"):
        Trust.read(many)
    with pytest.raises(BadInput, match="no PEM file"):
        Trust.read(forge().root.pem + "x" * 300_000)


def test_a_file_without_a_root_is_refused():
    with pytest.raises(BadInput, match="holds no root"):
        Trust.read(forge().link.pem)


def test_a_certificate_that_names_itself_as_issuer_but_is_signed_by_another_key_is_no_root():
    own = forge()
    twin = certify("Akar Uji", own.evil_root, ca=True, usage="issue")
    fake = certify("Akar Jahat", own.evil_root, ca=True, usage="issue")
    for one in (twin, fake):
        with pytest.raises(BadInput, match="holds no root"):
            Trust.read(one.pem)


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"name": "satu", "url": URL},
        {"name": "satu", "url": URL, "certificates": "x", "lain": "y"},
        {"name": "satu", "url": 7, "certificates": "x"},
    ],
)
def test_settings_that_are_incomplete_are_refused(words):
    with pytest.raises(BadInput):
        Authority.of(words)


def test_a_chain_signed_with_sha1_is_too_weak_even_where_the_library_verifies_it():
    weak = certified_with_sha1().certificate
    check_strength([forge().signer.certificate, forge().root.certificate])
    with pytest.raises(StampRefused, match=r"too weak \(sha1\)"):
        check_strength([weak, forge().root.certificate])
    # A root's own signature proves nothing anyway.
    check_strength([weak])


def test_no_answer_has_its_reason_in_both_languages():
    assert str(NoAnswer(Text("sunyi", "silent"))) == "silent"
