"""Replies that are sound, and replies that are wrong in one known way, each with the verdict that it deserves.

Each maker takes a random source, so that one fault has many replies. `REFUSED` says by which reason Telusur refuses
it; a name in `STRICTER` is one that ``openssl ts -verify`` takes all the same (decision 0095 has the same table).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from evidence.tsa_lab import (
    POLICY,
    TIME_STAMPING,
    Authority,
    Forged,
    Keyed,
    algorithm,
    certify,
    forge,
    make_authority,
    middle,
    number,
    oid,
    query,
    root,
    shifted,
    tlv,
)
from telusur.evidence.stamps import der, make_request
from telusur.evidence.stamps.request import read_request

_OTHER_PURPOSE = x509.ExtendedKeyUsageOID.EMAIL_PROTECTION
_UNKNOWN_PURPOSE = x509.ObjectIdentifier("1.3.6.1.4.1.99999.7")


@dataclass(frozen=True)
class Case:
    """A reply, and what it is judged against."""

    reply: bytes
    document: bytes
    roots: str
    request: bytes | None = None
    policy: str | None = None


Maker = Callable[[random.Random, Path], Case]
SOUND: dict[str, Maker] = {}
DEFECTS: dict[str, Maker] = {}
REFUSED: dict[str, str] = {}
#: Refused here, taken by OpenSSL.
STRICTER: set[str] = set()


def sound(maker: Maker) -> Maker:
    SOUND[maker.__name__] = maker
    return maker


def defect(reason: str, *, stricter: bool = False) -> Callable[[Maker], Maker]:
    def keep(maker: Maker) -> Maker:
        DEFECTS[maker.__name__] = maker
        REFUSED[maker.__name__] = reason
        if stricter:
            STRICTER.add(maker.__name__)
        return maker

    return keep


def _document(rng: random.Random) -> bytes:
    return b"telusur/lab\n%d\n%s\n" % (rng.randrange(10**6), rng.randbytes(24).hex().encode())


def _asked(rng: random.Random, **changes) -> tuple[bytes, Forged]:
    """Ask for a stamp, and begin the answer."""
    document = _document(rng)
    request = make_request(document)
    at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=rng.randrange(10**8))
    options = {"nonce": read_request(request).nonce, "at": at, "serial": rng.randrange(1, 2**64)} | changes
    return request, forge().good(document, **options)


def _case(rng: random.Random, *, roots: str | None = None, **changes) -> Case:
    request, forged = _asked(rng, **changes)
    return Case(forged.reply(), forged.document, roots or forge().root.pem, request)


def _by(rng: random.Random, signer: Keyed, *between: Keyed, roots: str | None = None, **changes) -> Case:
    certificates = (signer.der, *(one.der for one in between))
    return _case(rng, roots=roots, signer=signer, certificates=certificates, **changes)


@cache
def _under_link(**leaf) -> Keyed:
    """Make a signer under the forge's link; made once for each kind."""
    return certify("Otoritas Cacat", forge().link, **leaf)


@cache
def _rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


@cache
def _real(folder: Path, binding: str, link: bool) -> Authority:  # noqa: FBT001 - part of the key of the cache
    return make_authority(folder / f"real-{binding}-{link}", binding=binding, link=link)


# Sound ones


@sound
def made_by_openssl(rng, folder):
    authority = _real(folder, "sha256", rng.random() < 0.5)
    document = _document(rng)
    request = make_request(document)
    return Case(authority.reply(request), document, authority.roots, request)


@sound
def made_by_openssl_for_its_own_query(rng, folder):
    authority = _real(folder, "sha512", True)
    document = _document(rng)
    request = query(folder, document, "-tspolicy", POLICY)
    return Case(authority.reply(request), document, authority.roots, request, POLICY)


@sound
def made_by_openssl_with_the_older_binding(rng, folder):
    authority = _real(folder, "sha1", True)
    document = _document(rng)
    request = make_request(document)
    return Case(authority.reply(request), document, authority.roots, request)


@sound
def forged_without_fault(rng, folder):
    return _case(rng)


@sound
def link_from_configuration(rng, folder):
    own = forge()
    return _case(rng, certificates=(own.signer.der,), roots=own.root.pem + own.link.pem)


@sound
def several_roots_configured(rng, folder):
    own = forge()
    return _case(rng, roots=own.evil_root.pem + own.root.pem)


@sound
def certificates_not_sorted(rng, folder):
    return _case(rng, order="reversed")


@sound
def root_comes_along(rng, folder):
    own = forge()
    return _case(rng, certificates=(own.signer.der, own.link.der, own.root.der))


@sound
def stranger_comes_along(rng, folder):
    own = forge()
    return _case(rng, certificates=(own.signer.der, own.link.der, own.evil_root.der))


@sound
def certificate_of_the_same_number_comes_along(rng, folder):
    own = forge()
    return _case(rng, certificates=(own.signer.der, own.link.der, _same_number().der))


@cache
def _same_number() -> Keyed:
    own = forge()
    return certify("Otoritas Jahat", own.evil_root, serial=own.signer.certificate.serial_number)


@sound
def expired_now_but_valid_then(rng, folder):
    old = _under_link(until=datetime(2022, 1, 1, tzinfo=UTC))
    return _by(rng, old, forge().link, at=datetime(2021, 1, 1, tzinfo=UTC) + timedelta(hours=rng.randrange(8000)))


@sound
def valid_only_in_years_to_come(rng, folder):
    late = _under_link(since=datetime(2050, 1, 1, tzinfo=UTC))
    return _by(rng, late, forge().link, at=datetime(2060, 1, 1, tzinfo=UTC) + timedelta(hours=rng.randrange(8000)))


@sound
def fraction_of_a_second(rng, folder):
    return _case(rng, at_written=b"20250102030405.%dZ" % rng.choice((1, 123, 999999)))


@sound
def accuracy_and_ordering(rng, folder):
    accuracy = tlv(0x30, number(rng.randrange(1, 99)), tlv(0x80, b"\x05"), tlv(0x81, b"\x07"))
    return _case(rng, accuracy=accuracy, ordering=tlv(1, b"\xff"))


@sound
def older_binding(rng, folder):
    return _case(rng, binding=("v1",))


@sound
def both_bindings(rng, folder):
    return _case(rng, binding=("v1", "v2"))


@sound
def binding_by_another_hash(rng, folder):
    return _case(rng, binding=("v2-sha512",))


@sound
def binding_with_issuer(rng, folder):
    return _case(rng, bind_issuer=forge().signer)


@sound
def binding_of_the_chain(rng, folder):
    return _case(rng, bound_too=(forge().link,))


@sound
def signed_by_rsa(rng, folder):
    return _by(rng, _under_link(key=_rsa_key(2048)), forge().link)


@sound
def signed_with_sha512(rng, folder):
    return _case(rng, digest="sha512")


@sound
def longer_hash_without_request(rng, folder):
    _, forged = _asked(rng, imprint_hash=rng.choice(("sha384", "sha512")))
    return Case(forged.reply(), forged.document, forge().root.pem)


@sound
def no_nonce_and_no_request(rng, folder):
    _, forged = _asked(rng, nonce=None)
    return Case(forged.reply(), forged.document, forge().root.pem)


@sound
def signer_chosen_as_root(rng, folder):
    own = _self_signed()
    return _by(rng, own, roots=own.pem)


@sound
def words_with_the_grant(rng, folder):
    return _case(rng, status_words="Operasi berhasil")


@cache
def _self_signed() -> Keyed:
    return certify("Otoritas Sendiri")


# Trust


@defect("untrusted")
def evil_authority_brings_its_root(rng, folder):
    own = forge()
    return _by(rng, own.evil_signer, own.evil_root)


@cache
def _evil_twins() -> tuple[Keyed, Keyed, Keyed]:
    """Make a root, a link and a signer with the names and numbers of the true ones."""
    own = forge()
    top = root(serial=own.root.certificate.serial_number)
    link = middle("Antara Uji", top, serial=own.link.certificate.serial_number)
    return top, link, certify("Otoritas Uji", link, serial=own.signer.certificate.serial_number)


@defect("untrusted")
def evil_twins_of_the_whole_chain(rng, folder):
    top, link, signer = _evil_twins()
    return _by(rng, signer, link, top)


@defect("untrusted")
def evil_link_of_the_same_name(rng, folder):
    _, link, signer = _evil_twins()
    return _by(rng, signer, link)


@defect("untrusted")
def evil_signer_beside_the_true_link(rng, folder):
    _, _, signer = _evil_twins()
    return _by(rng, signer, forge().link)


@defect("untrusted")
def self_signed_signer(rng, folder):
    return _by(rng, _self_signed())


@defect("untrusted")
def link_missing(rng, folder):
    return _case(rng, certificates=(forge().signer.der,))


@cache
def _bad_link(kind: str) -> tuple[Keyed, Keyed]:
    own = forge()
    options: dict[str, dict[str, object]] = {
        "no authority": {"ca": False, "purposes": ()},
        "not said": {"ca": None, "purposes": ()},
        "may not issue": {"usage": "sign"},
        "expired": {"until": datetime(2023, 1, 1, tzinfo=UTC)},
        "a signer": {"ca": False, "usage": "sign"},
    }
    link = middle(f"Antara {kind}", own.root, **options[kind])
    return link, certify(f"Otoritas {kind}", link)


@defect("untrusted")
def link_that_is_no_authority(rng, folder):
    link, signer = _bad_link("no authority")
    return _by(rng, signer, link)


@defect("untrusted")
def link_that_does_not_say_it_is_an_authority(rng, folder):
    link, signer = _bad_link("not said")
    return _by(rng, signer, link)


@defect("untrusted")
def link_that_may_not_issue(rng, folder):
    link, signer = _bad_link("may not issue")
    return _by(rng, signer, link)


@defect("untrusted")
def issued_by_another_signer(rng, folder):
    link, signer = _bad_link("a signer")
    return _by(rng, signer, link)


@cache
def _too_long() -> tuple[Keyed, Keyed, Keyed]:
    short = middle("Antara Pendek", forge().root, path_length=0)
    further = middle("Antara Lanjut", short)
    return short, further, certify("Otoritas Lanjut", further)


@defect("signature")
def chain_longer_than_its_link_allows(rng, folder):
    short, further, signer = _too_long()
    return _by(rng, signer, further, short)


@defect("not_valid_then")
def link_expired_then(rng, folder):
    link, signer = _bad_link("expired")
    return _by(rng, signer, link)


@cache
def _old_root() -> tuple[Keyed, Keyed]:
    top = root("Akar Lama", until=datetime(2023, 1, 1, tzinfo=UTC))
    return top, certify("Otoritas Lama", top)


@defect("not_valid_then")
def root_expired_then(rng, folder):
    top, signer = _old_root()
    return _by(rng, signer, roots=top.pem)


@defect("not_valid_then")
def signer_expired_then(rng, folder):
    return _by(rng, _under_link(until=datetime(2022, 1, 1, tzinfo=UTC)), forge().link)


@defect("not_valid_then")
def signer_not_yet_valid_then(rng, folder):
    return _by(rng, _under_link(since=datetime(2050, 1, 1, tzinfo=UTC)), forge().link)


@defect("not_valid_then")
def time_before_all_certificates(rng, folder):
    return _case(rng, at=datetime(2015, 6, 1, tzinfo=UTC) + timedelta(hours=rng.randrange(9999)))


@defect("not_valid_then")
def time_after_all_certificates(rng, folder):
    return _case(rng, at=shifted(datetime(2090, 6, 1, tzinfo=UTC), rng.random()))


# Purpose


@defect("purpose")
def no_purpose(rng, folder):
    return _by(rng, _under_link(purposes=()), forge().link)


@defect("purpose")
def purpose_not_critical(rng, folder):
    return _by(rng, _under_link(critical=False), forge().link)


@defect("purpose")
def other_purpose(rng, folder):
    return _by(rng, _under_link(purposes=(_OTHER_PURPOSE,)), forge().link)


@defect("purpose")
def further_purpose(rng, folder):
    return _by(rng, _under_link(purposes=(TIME_STAMPING, _OTHER_PURPOSE)), forge().link)


@defect("purpose", stricter=True)
def further_purpose_that_nobody_knows(rng, folder):
    return _by(rng, _under_link(purposes=(TIME_STAMPING, _UNKNOWN_PURPOSE)), forge().link)


@defect("purpose")
def key_that_encrypts(rng, folder):
    return _by(rng, _under_link(usage="encrypt"), forge().link)


@defect("purpose")
def key_that_signs_and_encrypts(rng, folder):
    return _by(rng, _under_link(usage="sign encrypt"), forge().link)


@defect("purpose")
def key_that_issues(rng, folder):
    return _by(rng, _under_link(usage="sign issue"), forge().link)


# What was asked


@defect("nonce")
def other_nonce(rng, folder):
    return _case(rng, nonce=rng.getrandbits(63))


@defect("nonce")
def nonce_left_out(rng, folder):
    return _case(rng, nonce=None)


@defect("nonce")
def nonce_with_its_sign_turned(rng, folder):
    request, forged = _asked(rng)
    forged.nonce = -(forged.nonce or 1)
    return Case(forged.reply(), forged.document, forge().root.pem, request)


@defect("nonce")
def longer_hash_than_asked_for(rng, folder):
    return _case(rng, imprint_hash="sha512")


@defect("other_document")
def other_document(rng, folder):
    request, forged = _asked(rng)
    return Case(forged.reply(), _document(rng), forge().root.pem, request)


@defect("other_document")
def other_imprint(rng, folder):
    return _case(rng, imprint=rng.randbytes(32))


@defect("other_document")
def shorter_imprint(rng, folder):
    request, forged = _asked(rng)
    forged.imprint = read_request(request).imprint[:-1]
    return Case(forged.reply(), forged.document, forge().root.pem, request)


@defect("other_request")
def request_for_another_document(rng, folder):
    case = _case(rng)
    return Case(case.reply, case.document, case.roots, make_request(_document(rng)))


@defect("policy")
def other_policy(rng, folder):
    document = _document(rng)
    request = query(folder, document, "-tspolicy", POLICY)
    forged = forge().good(document, nonce=read_request(request).nonce, policy="1.2.3.4.2")
    return Case(forged.reply(), document, forge().root.pem, request, POLICY)


@defect("policy")
def other_policy_than_was_asked_for(rng, folder):
    case = other_policy(rng, folder)
    return Case(case.reply, case.document, case.roots, case.request)


@defect("weak_imprint")
def sha1_imprint_for_a_longer_request(rng, folder):
    return _case(rng, imprint_hash="sha1")


@defect("weak_imprint", stricter=True)
def sha1_imprint_without_request(rng, folder):
    _, forged = _asked(rng, imprint_hash="sha1")
    return Case(forged.reply(), forged.document, forge().root.pem)


@defect("weak_imprint", stricter=True)
def sha224_imprint_without_request(rng, folder):
    _, forged = _asked(rng, imprint_hash="sha224")
    return Case(forged.reply(), forged.document, forge().root.pem)


# Status


@defect("modified", stricter=True)
def granted_with_mods(rng, folder):
    return _case(rng, status=1)


@defect("rejected")
def rejected(rng, folder):
    return _case(rng, status=2, with_token=False, status_words="Bad request format.")


@defect("rejected")
def other_status_with_a_stamp(rng, folder):
    return _case(rng, status=rng.choice((2, 3, 4, 5, 6, 99)))


@defect("rejected")
def negative_status(rng, folder):
    return _case(rng, status=-1)


@defect("no_token")
def granted_without_a_stamp(rng, folder):
    return _case(rng, with_token=False)


# Signature


@defect("signature")
def signed_by_another_key(rng, folder):
    return _case(rng, signing_key=forge().evil_signer)


@defect("signature")
def digest_of_something_else(rng, folder):
    return _case(rng, wrong_digest=True)


@defect("weak_signature", stricter=True)
def signed_with_sha1(rng, folder):
    return _case(rng, digest="sha1")


# `cryptography` verifies no such signature any more, so no chain is found.
@defect("untrusted", stricter=True)
def certificate_signed_with_sha1(rng, folder):
    return _by(rng, certified_with_sha1(), forge().link)


@cache
def certified_with_sha1() -> Keyed:
    """Sign a certificate anew by what `cryptography` signs no certificate with any more."""
    good = certify("Otoritas Usang", forge().link)
    how = tlv(0x30, oid("1.2.840.10045.4.1"))
    said = [one.raw for one in der.read(good.certificate.tbs_certificate_bytes).children()]
    signed = tlv(0x30, *said[:2], how, *said[3:])
    signature = forge().link.key.sign(signed, ec.ECDSA(hashes.SHA1()))
    return Keyed(x509.load_der_x509_certificate(tlv(0x30, signed, how, tlv(3, b"\0", signature))), good.key)


@defect("weak_signature", stricter=True)
def short_rsa_key(rng, folder):
    return _by(rng, _under_link(key=_rsa_key(1024)), forge().link)


@defect("weak_signature", stricter=True)
def short_curve(rng, folder):
    return _by(rng, _under_link(key=_short_curve()), forge().link)


@cache
def _short_curve() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP192R1())


@defect("signers")
def two_signers(rng, folder):
    own = forge()
    return _case(rng, extra_signer=own.evil_signer, certificates=(own.signer.der, own.link.der, own.evil_signer.der))


@defect("signers")
def one_signer_twice(rng, folder):
    return _case(rng, signers=2)


@defect("signers")
def no_signer(rng, folder):
    return _case(rng, signers=0)


@defect("certificate_binding")
def certificate_not_bound(rng, folder):
    return _case(rng, binding=())


@defect("certificate_binding")
def other_certificate_bound(rng, folder):
    return _case(rng, bound=forge().evil_signer)


@defect("certificate_binding")
def second_bound_certificate_is_a_stranger(rng, folder):
    return _case(rng, bound_too=(forge().evil_signer,))


@defect("certificate_binding")
def bound_with_another_issuer(rng, folder):
    return _case(rng, bind_issuer=forge().evil_signer)


@defect("certificate_binding", stricter=True)
def bound_by_sha1_under_the_newer_name(rng, folder):
    return _case(rng, binding=("v2-sha1",))


@cache
def _same_key() -> Keyed:
    """Make a second certificate for the true signer's key."""
    return _under_link(key=forge().signer.key)


@defect("certificate_binding")
def other_certificate_of_the_same_key(rng, folder):
    return _case(rng, signer=_same_key(), bound=forge().signer, certificates=(_same_key().der, forge().link.der))


@defect("no_certificate")
def no_certificate(rng, folder):
    return _case(rng, certificates=())


@defect("no_certificate")
def signer_not_among_the_certificates(rng, folder):
    own = forge()
    return _case(rng, certificates=(own.link.der, own.evil_signer.der))


@defect("ambiguous_certificate", stricter=True)
def certificate_twice(rng, folder):
    own = forge()
    return _case(rng, certificates=(own.signer.der, own.signer.der, own.link.der))


# Form


@defect("token_only")
def token_instead_of_reply(rng, folder):
    request, forged = _asked(rng)
    return Case(forged.token(), forged.document, forge().root.pem, request)


@defect("malformed")
def request_instead_of_reply(rng, folder):
    case = _case(rng)
    return Case(case.request or b"", case.document, case.roots, case.request)


@defect("malformed")
def page_instead_of_reply(rng, folder):
    case = _case(rng)
    return Case(b"<!DOCTYPE html><title>503</title>", case.document, case.roots, case.request)


@defect("malformed")
def nothing_at_all(rng, folder):
    case = _case(rng)
    return Case(b"", case.document, case.roots, case.request)


@defect("malformed")
def cut_off(rng, folder):
    case = _case(rng)
    return Case(case.reply[: rng.randrange(1, len(case.reply))], case.document, case.roots, case.request)


@defect("malformed", stricter=True)
def bytes_left_over(rng, folder):
    case = _case(rng)
    return Case(case.reply + rng.randbytes(rng.randrange(1, 9)), case.document, case.roots, case.request)


@defect("too_large", stricter=True)
def very_large(rng, folder):
    return _case(rng, status_words="x" * 300_000)


@defect("malformed", stricter=True)
def written_in_ber(rng, folder):
    case = _case(rng)
    reply = case.reply
    assert reply[:2] == b"\x30\x82"
    other = b"\x30\x80" + reply[4:] + b"\x00\x00" if rng.random() < 0.5 else b"\x30\x83\x00" + reply[2:]
    return Case(other, case.document, case.roots, case.request)


@defect("malformed")
def stamp_of_another_version(rng, folder):
    return _case(rng, version=rng.choice((0, 2)))


@defect("malformed")
def something_else_signed(rng, folder):
    return _case(rng, content_type="1.2.840.113549.1.7.1")


@defect("malformed", stricter=True)
def signature_over_another_type(rng, folder):
    return _case(rng, signed_type="1.2.840.113549.1.7.1")


@defect("malformed")
def time_that_is_none(rng, folder):
    return _case(rng, at_written=rng.choice((b"20261340010203Z", b"20261122", b"hari ini juga!!", b"20260231000000Z")))


@defect("malformed", stricter=True)
def time_with_a_zone(rng, folder):
    return _case(rng, at_written=rng.choice((b"20261122100000+0700", b"202611221000Z", b"20261122100000.10Z")))


@defect("malformed")
def certificate_that_is_none(rng, folder):
    own = forge()
    return _case(rng, certificates=(own.signer.der, own.link.der, tlv(0x30, oid("1.2.3"))))


@defect("malformed", stricter=True)
def certificate_of_a_version_that_is_none(rng, folder):
    own = forge()
    broken = own.evil_root.der.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020109"), 1)
    return _case(rng, certificates=(own.signer.der, own.link.der, broken))


@defect("malformed")
def bare_algorithm_for_a_stamp(rng, folder):
    request, forged = _asked(rng)
    reply = tlv(0x30, tlv(0x30, number(0)), algorithm("sha256"))
    return Case(reply, forged.document, forge().root.pem, request)
