"""What an authority is asked: a stamp for the hash of a document (RFC 3161, 2.4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rfc3161_client import TimestampRequestBuilder
from rfc3161_client.base import HashAlgorithm

from telusur.evidence.stamps import der
from telusur.evidence.stamps.reply import imprint_of

_MOST_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for.

    Parameters
    ----------
    algorithm, imprint
        Object identifier of the hash, and the hash of the document.
    nonce
        The random number that the reply has to give back.
    policy
        Object identifier of the policy that the stamp has to follow; ``None``: any.
    """

    algorithm: str
    imprint: bytes
    nonce: int | None
    policy: str | None = None


def make_request(document: bytes) -> bytes:
    """Ask for a stamp over a document: SHA-256, a random number, and the authority's certificate with the reply.

    Parameters
    ----------
    document
        What is to be stamped; only its hash is sent.

    Returns
    -------
    bytes
        The request (``.tsq``).
    """
    builder = TimestampRequestBuilder().data(document).hash_algorithm(HashAlgorithm.SHA256)
    return bytes(builder.nonce(nonce=True).cert_request(cert_request=True).build().as_bytes())


def read_request(data: bytes) -> Asked:
    """Read a request.

    Raises
    ------
    Malformed
        If it is none.
    """
    if len(data) > _MOST_BYTES:
        raise der.Malformed("too long for a request")
    parts = der.expect(der.read(data), der.SEQUENCE).children()
    if len(parts) < 2 or der.integer(parts[0]) != 1:  # noqa: PLR2004
        raise der.Malformed("no request")
    algorithm, imprint = imprint_of(parts[1])
    nonce = [der.integer(one) for one in parts[2:] if one.tag == der.INTEGER]
    policy = [der.name(one) for one in parts[2:3] if one.tag == der.NAME]
    return Asked(algorithm, imprint, nonce[0] if nonce else None, policy[0] if policy else None)
