"""Whom a stamp is believed: the roots that people chose, and the chain from a signer to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.stamps.refused import StampRefused

_MOST_BYTES: Final = 256 * 1024
_MOST_CERTIFICATES: Final = 32
_LONGEST_CHAIN: Final = 8
#: Of 112 bits and more, as OpenSSL's second level of security asks.
_STRONG: Final = {"sha224", "sha256", "sha384", "sha512", "sha3-224", "sha3-256", "sha3-384", "sha3-512"}
_LEAST_RSA_BITS: Final = 2048
_LEAST_CURVE_BITS: Final = 224

_NO_PEM: Final = Text(
    "bukan berkas sertifikat PEM; diperlukan sertifikat akar otoritas, dan sertifikat antaranya bila ada",
    "is no PEM file of certificates; the authority's root certificate is needed, and those between if there are any",
)
_NO_ROOT: Final = Text(
    "tidak memuat sertifikat akar (yang menandatangani dirinya sendiri); tambahkan sertifikat akar otoritas",
    "holds no root certificate (one that signs itself); add the authority's root certificate",
)


@dataclass(frozen=True, slots=True)
class Trust:
    """Certificates that people put in for an authority; nothing that came with a reply is ever among them.

    Parameters
    ----------
    roots
        Those that sign themselves: where a chain has to end.
    between
        The others: links that a reply may leave out.
    """

    roots: tuple[x509.Certificate, ...]
    between: tuple[x509.Certificate, ...]

    @classmethod
    def read(cls, pem: bytes | str, *, where: str | None = None) -> Self:
        """Take a PEM file: roots, and the certificates between if need be.

        Parameters
        ----------
        pem
            The file's content; whatever is no certificate in it is left aside.
        where
            Its name, for the message.

        Raises
        ------
        BadInput
            If it holds no root.
        """
        data = pem.encode() if isinstance(pem, str) else pem
        try:
            found = list(dict.fromkeys(x509.load_pem_x509_certificates(data))) if len(data) <= _MOST_BYTES else []
        except Exception:  # noqa: BLE001 - of many kinds, none of which is documented
            found = []
        if not 0 < len(found) <= _MOST_CERTIFICATES:
            raise BadInput(_NO_PEM, where=where)
        roots = tuple(one for one in found if _issued(one, one))
        if not roots:
            raise BadInput(_NO_ROOT, where=where)
        return cls(roots, tuple(one for one in found if one not in roots))

    def pem(self) -> str:
        """Write them as PEM, roots first."""
        return "".join(one.public_bytes(Encoding.PEM).decode() for one in (*self.roots, *self.between))

    def chain(
        self, leaf: x509.Certificate, came_along: Sequence[x509.Certificate], at: datetime
    ) -> tuple[x509.Certificate, ...]:
        """Find a chain from a signer to a root that was valid at a time.

        Parameters
        ----------
        leaf
            The signer's certificate.
        came_along
            Certificates of the reply: links at most, never an end.
        at
            The time.

        Returns
        -------
        tuple of Certificate
            From the signer to the root.

        Raises
        ------
        StampRefused
            If there is none (``untrusted``), or none that was valid then (``not_valid_then``).
        """
        chains = self._chains((leaf,), tuple(dict.fromkeys((*self.between, *came_along))))
        if not chains:
            raise StampRefused("untrusted")
        for chain in chains:
            if all(one.not_valid_before_utc <= at <= one.not_valid_after_utc for one in chain):
                return chain
        raise StampRefused("not_valid_then", at=at.isoformat())

    def _chains(
        self, begun: tuple[x509.Certificate, ...], links: tuple[x509.Certificate, ...]
    ) -> list[tuple[x509.Certificate, ...]]:
        if begun[-1] in self.roots:
            return [begun]
        if len(begun) == _LONGEST_CHAIN:
            return []
        return [
            chain
            for one in (*self.roots, *links)
            if one not in begun and _may_issue(one) and _issued(begun[-1], one)
            for chain in self._chains((*begun, one), links)
        ]


def _issued(one: x509.Certificate, by: x509.Certificate) -> bool:
    if one.issuer != by.subject:
        return False
    try:
        one.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _may_issue(one: x509.Certificate) -> bool:
    try:
        if not one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
        return one.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound as missing:
        return missing.oid == ExtensionOID.KEY_USAGE
    except (ValueError, x509.DuplicateExtension):
        return False


def check_purpose(leaf: x509.Certificate) -> None:
    """Refuse a signer whose certificate is for anything but time stamps (RFC 3161, 2.3).

    Raises
    ------
    StampRefused
        ``purpose``.
    """
    try:
        extended = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (ValueError, x509.DuplicateExtension):
        raise StampRefused("purpose", what="extensions") from None
    except x509.ExtensionNotFound:
        raise StampRefused("purpose", what="extendedKeyUsage: -") from None
    if not extended.critical:
        raise StampRefused("purpose", what="extendedKeyUsage: not critical")
    if list(extended.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise StampRefused("purpose", what="extendedKeyUsage: other purposes")
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    signs = usage.digital_signature or usage.content_commitment
    if not signs or usage.key_encipherment or usage.data_encipherment or usage.key_agreement or _of_an_issuer(usage):
        raise StampRefused("purpose", what="keyUsage")


def _of_an_issuer(usage: x509.KeyUsage) -> bool:
    return usage.key_cert_sign or usage.crl_sign


def check_strength(chain: Sequence[x509.Certificate]) -> None:
    """Refuse a chain with a hash below SHA-224 or a short key; a root's own signature proves nothing anyway.

    Raises
    ------
    StampRefused
        ``weak_signature``.
    """
    for one in chain[:-1]:
        digest = one.signature_hash_algorithm
        if digest is not None and digest.name not in _STRONG:
            raise StampRefused("weak_signature", what=digest.name)
    for key in (one.public_key() for one in chain):
        short = (isinstance(key, rsa.RSAPublicKey) and key.key_size < _LEAST_RSA_BITS) or (
            isinstance(key, ec.EllipticCurvePublicKey) and key.key_size < _LEAST_CURVE_BITS
        )
        if short:
            raise StampRefused("weak_signature", what="short key")
