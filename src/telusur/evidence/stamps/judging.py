"""Whether a reply proves that a document was there at a time, by authorities that people chose."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import VerifierBuilder, decode_timestamp_response

from telusur.evidence.stamps import der
from telusur.evidence.stamps.der import Element, Malformed
from telusur.evidence.stamps.refused import StampRefused
from telusur.evidence.stamps.reply import Info, Reply, Signer, algorithm_of, read_reply
from telusur.evidence.stamps.request import read_request
from telusur.evidence.stamps.trust import Trust, check_purpose, check_strength

_HASHES: Final = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_WEAK: Final = {"1.3.14.3.2.26": "SHA-1", "1.2.840.113549.2.5": "MD5", "2.16.840.1.101.3.4.2.4": "SHA-224"}
#: Which certificate signed, by its hash: RFC 2634 (SHA-1, bound by a stronger signature) and RFC 5035.
_BINDING: Final = "1.2.840.113549.1.9.16.2.12"
_BINDING_2: Final = "1.2.840.113549.1.9.16.2.47"


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a reply proves.

    Parameters
    ----------
    at
        The time that the authority attests.
    authority
        Subject of its certificate.
    serial
        The stamp's number there.
    policy
        Object identifier of the policy that it followed.
    until
        When the first certificate of its chain ends: renew the stamp before.
    token
        The stamp as it lies within the reply (``openssl ts -verify -token_in``).
    """

    at: datetime
    authority: str
    serial: int
    policy: str
    until: datetime
    token: bytes


def verify(
    reply: bytes, document: bytes, trust: Trust, *, request: bytes | None = None, policy: str | None = None
) -> Stamped:
    """Check a reply against a document; the chain of certificates is judged at the time of the stamp.

    Parameters
    ----------
    reply
        The authority's whole reply (``.tsr``).
    document
        What is said to have been stamped.
    trust
        Roots that people chose.
    request
        What was asked (``.tsq``); where it is given, the reply has to answer it.
    policy
        Object identifier that the stamp has to follow; ``None``: any.

    Returns
    -------
    Stamped
        What it proves.

    Raises
    ------
    StampRefused
        If it proves nothing.
    """
    read = read_reply(reply)
    _check_info(read.info, document, request, policy)
    leaf, others = _certificates(read)
    check_purpose(leaf)
    digest = read.signer.digest
    if digest not in _HASHES:
        raise StampRefused("weak_signature", what=_WEAK.get(digest, digest))
    chain = trust.chain(leaf, others, read.info.at)
    check_strength(chain)
    _check_binding(read.signer, chain)
    _check_signature(read, trust)
    return Stamped(
        at=read.info.at,
        authority=leaf.subject.rfc4514_string(),
        serial=read.info.serial,
        policy=read.info.policy,
        until=min(one.not_valid_after_utc for one in chain),
        token=read.token,
    )


def _check_info(info: Info, document: bytes, request: bytes | None, policy: str | None) -> None:
    if info.algorithm not in _HASHES:
        raise StampRefused("weak_imprint", algorithm=_WEAK.get(info.algorithm, info.algorithm))
    if not hmac.compare_digest(info.imprint, _hash(info.algorithm, document)):
        raise StampRefused("other_document")
    _check_policy(info, policy)
    if request is None:
        return
    try:
        asked = read_request(request)
    except Malformed:
        raise StampRefused("other_request") from None
    if asked.algorithm not in _HASHES or asked.imprint != _hash(asked.algorithm, document):
        raise StampRefused("other_request")
    if asked.algorithm != info.algorithm or asked.nonce != info.nonce:
        raise StampRefused("nonce")
    _check_policy(info, asked.policy)


def _check_policy(info: Info, expected: str | None) -> None:
    if expected is not None and info.policy != expected:
        raise StampRefused("policy", found=info.policy, expected=expected)


def _hash(algorithm: str, document: bytes) -> bytes:
    return hashlib.new(_HASHES[algorithm], document).digest()


def _certificates(read: Reply) -> tuple[x509.Certificate, list[x509.Certificate]]:
    try:
        found = [x509.load_der_x509_certificate(one) for one in read.certificates]
        names = [one.issuer.public_bytes() for one in found]
        signers = [
            one
            for one, issuer in zip(found, names, strict=True)
            if one.serial_number == read.signer.serial and issuer == read.signer.issuer
        ]
    except Exception as problem:  # noqa: BLE001 - of many kinds, InvalidVersion among them, which share no ancestor
        raise StampRefused("malformed", what=type(problem).__name__) from None
    if not signers:
        raise StampRefused("no_certificate")
    if len(signers) > 1:
        raise StampRefused("ambiguous_certificate")
    return signers[0], [one for one in found if one is not signers[0]]


def _check_binding(signer: Signer, chain: Sequence[x509.Certificate]) -> None:
    """Hold the signature to its certificate: without this, another one for the same key could take its place."""
    bound = [kind for kind in (_BINDING, _BINDING_2) if kind in signer.attributes]
    try:
        fits = all(_names(signer.attributes[kind], chain, newer=kind == _BINDING_2) for kind in bound)
    except Malformed:
        fits = False
    if not bound or not fits:
        raise StampRefused("certificate_binding")


def _names(attribute: Element, chain: Sequence[x509.Certificate], *, newer: bool) -> bool:
    parts = der.expect(attribute, der.SEQUENCE).children()
    listed = der.expect(parts[0], der.SEQUENCE).children() if parts else []
    if not listed or not _is_named(listed[0], chain[0], newer=newer):
        return False
    return all(any(_is_named(one, other, newer=newer) for other in chain) for one in listed[1:])


def _is_named(listed: Element, certificate: x509.Certificate, *, newer: bool) -> bool:
    parts = der.expect(listed, der.SEQUENCE).children()
    algorithm = "sha256" if newer else "sha1"
    if newer and parts and parts[0].tag == der.SEQUENCE:
        algorithm = _HASHES.get(algorithm_of(parts.pop(0)), "")
    if not parts or not algorithm:
        return False
    # SHA-1 only tells apart what a stronger signature binds already.
    found = hashlib.new(algorithm, certificate.public_bytes(Encoding.DER), usedforsecurity=newer).digest()
    if der.expect(parts[0], der.OCTETS).content != found:
        return False
    return len(parts) == 1 or _is_issuer(parts[1], certificate)


def _is_issuer(element: Element, certificate: x509.Certificate) -> bool:
    parts = der.expect(element, der.SEQUENCE).children()
    if len(parts) != 2 or der.integer(parts[1]) != certificate.serial_number:  # noqa: PLR2004
        return False
    names = der.expect(parts[0], der.SEQUENCE).children()
    return len(names) == 1 and names[0].tag == 0xA4 and names[0].content == certificate.issuer.public_bytes()  # noqa: PLR2004


def _check_signature(read: Reply, trust: Trust) -> None:
    """Let `rfc3161_client`, and OpenSSL within it, judge signature and chain on their own.

    It gets roots and links that people chose, and no certificate of the reply: one that signs itself would become a
    root there. Its lists are made anew, for its builder changes them.
    """
    try:
        verifier = VerifierBuilder(roots=list(trust.roots), intermediates=list(trust.between)).build()
        holds = verifier.verify(decode_timestamp_response(read.ordered), read.info.imprint)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 - what goes wrong in its Rust part is not even an Exception
        raise StampRefused("signature") from None
    if holds is not True:
        raise StampRefused("signature")
