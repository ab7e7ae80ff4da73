"""The signature of a WACZ (wacz-auth 0.1.0), as far as it can be verified without asking anybody.

A signature by a key that lies beside it shows that the holder of that key vouched for the list, and nothing of who that
is. Chains of certificates and timestamps need roots of trust that this program does not bring; that is said.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.backends.openssl import backend  # noqa: F401 - loaded at the first use, which a confined worker cannot
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from telusur.evidence.archive import shown
from telusur.evidence.web_archive.values import Signature
from telusur.evidence.web_archive.warc import Found

_ALWAYS: Final = ("hash", "created", "software", "version", "signature")
_ANONYMOUS: Final = {*_ALWAYS, "publicKey"}
_DOMAIN: Final = {*_ALWAYS, "domain", "domainCert", "timeSignature", "timestampCert", "crossSignedCert"}
#: Programs that sign whatever they write: without a signature, it was taken away.
_SIGNING: Final = ("archiveweb.page", "webrecorder express")


@dataclass(frozen=True, slots=True)
class Signed:
    """What is known of a signature.

    Parameters
    ----------
    state
        See `Signature`.
    by
        Its domain, or the hash of its key.
    """

    state: Signature = "none"
    by: str = ""


def check_signature(digest: Mapping[str, Any], expected: str, software: str, found: Found) -> Signed:
    """Check what stands in ``datapackage-digest.json`` beside the hash.

    Parameters
    ----------
    digest
        The document.
    expected
        The hash of ``datapackage.json``.
    software
        What says that it made the archive.
    found
        Where to note what does not hold.
    """
    signed = digest.get("signedData")
    if signed is None:
        if software.lower().startswith(_SIGNING):
            found.problem(
                f"tidak bertanda tangan, padahal {shown(software, 60)} selalu menandatangani: tanda tangannya dibuang",
                f"has no signature, though {shown(software, 60)} always signs: it was taken away",
            )
            return Signed("stripped")
        found.notice(
            "tidak bertanda tangan: tidak ada yang menjamin daftarnya, dan tanda tangan yang dibuang tidak "
            "meninggalkan bekas",
            "has no signature: nobody vouches for its list, and one that was taken away would leave no trace",
        )
        return Signed()
    kinds = [kind for kind in (_ANONYMOUS, _DOMAIN) if isinstance(signed, dict) and set(signed) <= kind]
    texts = isinstance(signed, dict) and all(isinstance(value, str) for value in signed.values())
    if not kinds or not texts or any(not signed.get(name) for name in _ALWAYS):
        found.problem(
            "tanda tangannya tidak lengkap atau memuat hal lain: sebagiannya dibuang atau ditambahkan",
            "its signature is incomplete or holds other things: parts of it were taken away or added",
        )
        return Signed("stripped")
    if signed["hash"] != expected:
        found.problem("tanda tangannya adalah untuk daftar lain", "its signature is for another list")
        return Signed("broken")
    if "publicKey" in signed:
        return _anonymous(signed, found)
    if not signed.get("domainCert") or not signed.get("domain"):
        found.problem(
            "tanda tangannya tidak memuat kunci atau sertifikatnya: dibuang",
            "its signature has neither key nor certificate: they were taken away",
        )
        return Signed("stripped")
    return _of_domain(signed, found)


def _anonymous(signed: Mapping[str, str], found: Found) -> Signed:
    try:
        der = base64.b64decode(signed["publicKey"], validate=True)
        key = load_der_public_key(der)
    except (ValueError, binascii.Error, UnsupportedAlgorithm):
        key, der = None, b""
    by = f"sha256:{hashlib.sha256(der).hexdigest()}"
    if not isinstance(key, ec.EllipticCurvePublicKey) or not _verifies(key, signed):
        found.problem("tanda tangannya tidak sah", "its signature does not verify")
        return Signed("broken", by if der else "")
    found.notice(
        "bertanda tangan dengan kunci yang tersimpan di dalamnya; milik siapa kunci itu tidak diketahui, dan siapa pun "
        "dapat menandatangani ulang dengan kunci lain",
        "is signed by a key that lies within it; whose key it is, is not known, and anybody can sign anew with another",
    )
    return Signed("fits", by)


def _of_domain(signed: Mapping[str, str], found: Found) -> Signed:
    by = shown(signed["domain"], 253)
    try:
        certificate = x509.load_pem_x509_certificates(signed["domainCert"].encode("ascii", "replace"))[0]
        key = certificate.public_key()
        named = _names_of(certificate)
    except (ValueError, IndexError, UnsupportedAlgorithm, x509.ExtensionNotFound, x509.DuplicateExtension):
        key, named = None, set()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not _verifies(key, signed):
        found.problem("tanda tangannya tidak sah", "its signature does not verify")
        return Signed("broken", by)
    if signed["domain"].lower() not in named:
        found.problem(
            f"sertifikat tanda tangannya bukan milik {by}", f"the certificate of its signature is not that of {by}"
        )
        return Signed("broken", by)
    if not signed.get("timeSignature") or not signed.get("timestampCert"):
        found.problem(
            "stempel waktu tanda tangannya tidak ada: dibuang", "its signature has no timestamp: it was taken away"
        )
        return Signed("stripped", by)
    found.notice(
        f"bertanda tangan atas nama {by}; rantai sertifikat, pencabutan dan stempel waktunya tidak diperiksa di sini",
        f"is signed in the name of {by}; its chain of certificates, revocation and timestamp are not verified here",
    )
    return Signed("unverified", by)


def _names_of(certificate: x509.Certificate) -> set[str]:
    names = {str(found.value).lower() for found in certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)}
    try:
        other = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return names
    return names | {name.lower() for name in other.value.get_values_for_type(x509.DNSName)}


def _verifies(key: ec.EllipticCurvePublicKey, signed: Mapping[str, str]) -> bool:
    """Verify ECDSA with SHA-256 over the words of the hash, written as DER or, as browsers do, as two plain numbers."""
    try:
        signature = base64.b64decode(signed["signature"], validate=True)
    except (ValueError, binascii.Error):
        return False
    half = (key.curve.key_size + 7) // 8
    forms = [signature]
    if len(signature) == 2 * half:
        forms.append(
            encode_dss_signature(int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big"))
        )
    for form in forms:
        try:
            key.verify(form, signed["hash"].encode("utf-8"), ec.ECDSA(hashes.SHA256()))
        except (InvalidSignature, UnsupportedAlgorithm, ValueError):
            continue
        return True
    return False
