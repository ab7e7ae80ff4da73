"""What an authority's reply says (RFC 3161 and CMS, RFC 5652), before anything of it is believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from telusur.evidence.archive import shown
from telusur.evidence.stamps import der
from telusur.evidence.stamps.der import Element, Malformed
from telusur.evidence.stamps.refused import StampRefused

#: The largest reply that is read, in bytes; common ones have 1 to 7 kB.
MOST_BYTES: Final = 256 * 1024
_MOST_CERTIFICATES: Final = 16

_SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
_TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
_GRANTED, _GRANTED_WITH_MODS = 0, 1


@dataclass(frozen=True, slots=True)
class Info:
    """What the authority attests.

    Parameters
    ----------
    policy
        Object identifier of the policy that it followed.
    algorithm, imprint
        Object identifier of the hash, and the hash of the document.
    serial
        The stamp's number at the authority.
    at
        The time.
    nonce
        The request's random number, given back.
    """

    policy: str
    algorithm: str
    imprint: bytes
    serial: int
    at: datetime
    nonce: int | None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who says to have signed, and how.

    Parameters
    ----------
    issuer, serial
        DER of the issuer's name, and the number, of the certificate.
    digest
        Object identifier of the hash that is signed.
    attributes
        What is signed along: values by object identifier.
    """

    issuer: bytes
    serial: int
    digest: str
    attributes: dict[str, Element]


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that grants a stamp; nothing of it is checked but its form.

    Parameters
    ----------
    token
        The stamp itself (a CMS structure), as it lies within the reply.
    info
        What is attested.
    signer
        Who says so.
    certificates
        DER of those that came along.
    ordered
        The reply with its certificates in the order that DER asks for. They are not signed, and authorities in use
        send them in another.
    """

    token: bytes
    info: Info
    signer: Signer
    certificates: tuple[bytes, ...]
    ordered: bytes


def read_reply(data: bytes) -> Reply:
    """Read a reply.

    Parameters
    ----------
    data
        As the authority sent it.

    Returns
    -------
    Reply
        What it says.

    Raises
    ------
    StampRefused
        If it is none, is too large, or grants no stamp.
    """
    if len(data) > MOST_BYTES:
        raise StampRefused("too_large", most=MOST_BYTES)
    try:
        return _reply(data)
    except Malformed as problem:
        raise StampRefused("malformed", what=str(problem)) from None


def _reply(data: bytes) -> Reply:
    outer = der.expect(der.read(data), der.SEQUENCE).children()
    if outer and outer[0].tag == der.NAME:
        raise StampRefused("token_only")
    if len(outer) not in {1, 2}:
        raise Malformed("not a status and a stamp")
    _check_status(outer[0])
    if len(outer) == 1:
        raise StampRefused("no_token")
    signed = _signed_data(outer[1])
    version, algorithms, encapsulated, *rest = signed
    der.integer(version)
    der.expect(algorithms, der.SET)
    certificates = rest.pop(0).children() if rest and rest[0].tag == 0xA0 else []  # noqa: PLR2004
    if rest and rest[0].tag == 0xA1:  # noqa: PLR2004 - revocation lists
        rest.pop(0)
    if len(rest) != 1:
        raise Malformed("not the parts of a signature")
    if len(certificates) > _MOST_CERTIFICATES:
        raise Malformed("too many certificates")
    signers = der.expect(rest[0], der.SET).children()
    if len(signers) != 1:
        raise StampRefused("signers", count=len(signers))
    return Reply(
        token=outer[1].raw,
        info=_info(encapsulated),
        signer=_signer(signers[0]),
        certificates=tuple(der.expect(one, der.SEQUENCE).raw for one in certificates),
        ordered=_ordered(data, certificates),
    )


def _ordered(data: bytes, certificates: list[Element]) -> bytes:
    if not certificates:
        return data
    first, last = certificates[0].start, certificates[-1].end
    return data[:first] + b"".join(sorted(one.raw for one in certificates)) + data[last:]


def _check_status(element: Element) -> None:
    parts = der.expect(element, der.SEQUENCE).children()
    if not parts:
        raise Malformed("no status")
    status = der.integer(parts[0])
    if status == _GRANTED:
        return
    if status == _GRANTED_WITH_MODS:
        raise StampRefused("modified")
    raise StampRefused("rejected", status=status, words=_said(parts[1:]))


def _said(parts: list[Element]) -> str:
    if not parts or parts[0].tag != der.SEQUENCE:
        return ""
    words = " ".join(one.content.decode("utf-8", "replace") for one in parts[0].children())
    return f": {shown(words)}" if words else ""


def _signed_data(token: Element) -> list[Element]:
    parts = der.expect(token, der.SEQUENCE).children()
    if len(parts) != 2 or der.name(parts[0]) != _SIGNED_DATA:  # noqa: PLR2004
        raise Malformed("no signed data")
    within = der.expect(parts[1], 0xA0).children()
    if len(within) != 1:
        raise Malformed("no signed data")
    signed = der.expect(within[0], der.SEQUENCE).children()
    if len(signed) < 4:  # noqa: PLR2004
        raise Malformed("not the parts of a signature")
    return signed


def _info(encapsulated: Element) -> Info:
    parts = der.expect(encapsulated, der.SEQUENCE).children()
    if len(parts) != 2 or der.name(parts[0]) != _TST_INFO:  # noqa: PLR2004
        raise Malformed("no stamp within")
    within = der.expect(parts[1], 0xA0).children()
    if len(within) != 1:
        raise Malformed("no stamp within")
    said = der.expect(der.read(der.expect(within[0], der.OCTETS).content), der.SEQUENCE).children()
    if len(said) < 5 or der.integer(said[0]) != 1:  # noqa: PLR2004
        raise Malformed("no stamp within")
    algorithm, imprint = imprint_of(said[2])
    nonce = [der.integer(one) for one in said[5:] if one.tag == der.INTEGER]
    if len(nonce) > 1:
        raise Malformed("two nonces")
    return Info(
        policy=der.name(said[1]),
        algorithm=algorithm,
        imprint=imprint,
        serial=der.integer(said[3]),
        at=der.moment(said[4]),
        nonce=nonce[0] if nonce else None,
    )


def imprint_of(element: Element) -> tuple[str, bytes]:
    """Read a message imprint: the hash's object identifier, and the hash."""
    parts = der.expect(element, der.SEQUENCE).children()
    if len(parts) != 2:  # noqa: PLR2004
        raise Malformed("no imprint")
    return algorithm_of(parts[0]), der.expect(parts[1], der.OCTETS).content


def algorithm_of(element: Element) -> str:
    """Read which algorithm is named."""
    parts = der.expect(element, der.SEQUENCE).children()
    if not parts:
        raise Malformed("no algorithm")
    return der.name(parts[0])


def _signer(element: Element) -> Signer:
    parts = der.expect(element, der.SEQUENCE).children()
    if len(parts) < 6 or der.integer(parts[0]) != 1 or parts[3].tag != 0xA0:  # noqa: PLR2004
        raise Malformed("no signer")
    whose = der.expect(parts[1], der.SEQUENCE).children()
    if len(whose) != 2:  # noqa: PLR2004
        raise Malformed("no signer")
    attributes: dict[str, Element] = {}
    for one in parts[3].children():
        pair = der.expect(one, der.SEQUENCE).children()
        if len(pair) != 2 or (kind := der.name(pair[0])) in attributes:  # noqa: PLR2004
            raise Malformed("not what is signed along")
        values = der.expect(pair[1], der.SET).children()
        if len(values) != 1:
            raise Malformed("not what is signed along")
        attributes[kind] = values[0]
    if _CONTENT_TYPE not in attributes or der.name(attributes[_CONTENT_TYPE]) != _TST_INFO:
        raise Malformed("a signature over something else")
    return Signer(
        issuer=whose[0].raw, serial=der.integer(whose[1]), digest=algorithm_of(parts[2]), attributes=attributes
    )
