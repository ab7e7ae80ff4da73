"""Checking the DKIM signature of an e-mail (RFC 6376), as far as it can be without a network.

The signer's key stands in the DNS and is gone when it is rotated. Where an officer has saved the record, the signature
is verified whole; without it, only the hash of the body in it can be compared, which a changed body does not fit.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from typing import Final

import dkim
import dkim.canonicalization

_SIGNED: Final = re.compile(rb"^dkim-signature:(?P<value>(?:.*\r?\n)(?:[ \t].*\r?\n)*)", re.IGNORECASE | re.MULTILINE)
_TAG: Final = re.compile(rb"(?:^|;)\s*([a-z]+)\s*=\s*([^;]*)")


def checked(content: bytes, keys: Mapping[str, str]) -> str:
    """Say whether a signature holds.

    Parameters
    ----------
    content
        The whole e-mail.
    keys
        Key records by name, ``selector._domainkey.domain``, as they stood in the DNS.

    Returns
    -------
    str
        ``pass`` (with a key), ``fail``, or ``unchecked`` where there is no signature, no key and no hash to compare.
    """
    found = _SIGNED.search(content.partition(b"\n\r\n" if b"\r\n\r\n" in content else b"\n\n")[0] + b"\n")
    if found is None:
        return "unchecked"
    tags = {key.decode(): re.sub(rb"\s+", b"", value) for key, value in _TAG.findall(found["value"])}
    name = f"{tags.get('s', b'').decode('ascii', 'replace')}._domainkey.{tags.get('d', b'').decode('ascii', 'replace')}"
    record = keys.get(name.casefold())
    if record is not None:
        return "pass" if _verified(content, record) else "fail"
    return "fail" if _body_differs(content, tags) else "unchecked"


def _verified(content: bytes, record: str) -> bool:
    try:
        return bool(dkim.verify(content, dnsfunc=lambda *_, **__: record.encode()))
    except (dkim.DKIMException, ValueError, IndexError, KeyError, TypeError, binascii.Error):
        return False


def _body_differs(content: bytes, tags: Mapping[str, bytes]) -> bool:
    """Whether the body is another one than was signed; not where no whole hash stands in the signature."""
    algorithm = {b"rsa-sha256": hashlib.sha256, b"ed25519-sha256": hashlib.sha256}.get(tags.get("a", b""))
    try:
        signed = base64.b64decode(tags.get("bh", b""), validate=True)
    except (binascii.Error, ValueError):
        return False
    if algorithm is None or len(signed) != algorithm().digest_size or "l" in tags:
        return False
    try:
        policy = dkim.canonicalization.CanonicalizationPolicy.from_c_value(tags.get("c", b"simple/simple"))
        _, body = dkim.rfc822_parse(content)
    except (dkim.DKIMException, dkim.canonicalization.InvalidCanonicalizationPolicyError, ValueError):
        return False
    return bool(algorithm(policy.canonicalize_body(body)).digest() != signed)
