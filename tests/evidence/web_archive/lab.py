"""Web archives made by code, sound or with one thing wrong."""

from __future__ import annotations

import base64
import datetime as dt
import functools
import gc
import gzip
import hashlib
import io
import json
import warnings
import zipfile
import zlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ADDRESS = "https://contoh.example/unggahan/1"
OTHER = "https://contoh.example/gambar.png"
DATE = "2024-01-20T02:35:00Z"
PAGE = "<!doctype html><title>Unggahan</title><p>Pilih nomor satu" + " lagi" * 50


def _quietly(make):
    """Let the temporary files that warcio leaves open go here, where nobody minds."""

    @functools.wraps(make)
    def made(*given, **named):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = make(*given, **named)
            gc.collect()
            return found

    return made


@functools.cache
@_quietly
def _cached(*, packed: bool, sha256: bool, info: bool, pages: tuple[tuple[str, str], ...]) -> bytes:
    return _warc(packed=packed, pages=dict(pages), sha256=sha256, info=info)


def warc(*, packed: bool = True, pages: dict[str, str] | None = None, sha256: bool = False, info: bool = True) -> bytes:
    """Write a WARC with warcio."""
    return _cached(
        packed=packed, sha256=sha256, info=info, pages=tuple((pages or {ADDRESS: PAGE, OTHER: "x" * 300}).items())
    )


def _warc(*, packed: bool, pages: dict[str, str], sha256: bool, info: bool) -> bytes:
    made = io.BytesIO()
    writer = WARCWriter(made, gzip=packed, warc_version="WARC/1.1", header_filter=None)
    if info:
        writer.write_record(writer.create_warcinfo_record("data.warc", {"software": "warcio 1.8"}))
    for address, page in pages.items():
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        headers = {"WARC-Date": DATE}
        if sha256:
            block = http.to_ascii_bytes() + page.encode()
            headers["WARC-Block-Digest"] = f"sha256:{hashlib.sha256(block).hexdigest()}"
            headers["WARC-Payload-Digest"] = f"sha256:{hashlib.sha256(page.encode()).hexdigest()}"
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(page.encode()), http_headers=http, warc_headers_dict=headers
        )
        writer.write_record(record)
    return made.getvalue()


@_quietly
def index_lines(content: bytes, name: str = "data.warc.gz") -> list[dict[str, object]]:
    """Write the index of a WARC, with warcio's places."""
    found = []
    records = ArchiveIterator(io.BytesIO(content))
    for record in records:
        record.content_stream().read()
        if record.rec_type != "response":
            continue
        headers = record.rec_headers
        offset, length = records.get_record_offset(), records.get_record_length()
        found.append(
            {
                "url": headers["WARC-Target-URI"],
                "digest": headers["WARC-Payload-Digest"],
                "offset": str(offset),
                "length": str(length),
                "filename": name,
                "recordDigest": "sha256:" + hashlib.sha256(content[offset : offset + length]).hexdigest(),
            }
        )
    return found


def cdx(lines: list[dict[str, object]]) -> bytes:
    return b"".join(b"example,contoh)/ 20240120023500 " + json.dumps(line).encode() + b"\n" for line in lines)


def members(**changes: bytes | None) -> dict[str, bytes]:
    """Give the members of a sound WACZ without its description; a change of ``None`` takes one away."""
    content = warc()
    pages = [{"format": "json-pages-1.0", "id": "pages"}, {"id": "1", "url": ADDRESS, "ts": DATE, "title": "Unggahan"}]
    made: dict[str, bytes | None] = {
        "archive/data.warc.gz": content,
        "indexes/index.cdx": cdx(index_lines(content)),
        "pages/pages.jsonl": b"".join(json.dumps(page).encode() + b"\n" for page in pages),
    }
    made |= {name.replace("__", "."): value for name, value in changes.items()}
    return {name: value for name, value in made.items() if value is not None}


def described(held: dict[str, bytes], **changes: object) -> bytes:
    """Write ``datapackage.json``."""
    resources = [
        {
            "name": name.rpartition("/")[2],
            "path": name,
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            "bytes": len(content),
        }
        for name, content in held.items()
    ]
    package = {
        "profile": "data-package",
        "resources": resources,
        "title": "Tangkapan",
        "wacz_version": "1.1.1",
        "software": "py-wacz 0.6",
    }
    return json.dumps(package | changes).encode()


def digested(package: bytes, signed: object = None, **changes: object) -> bytes:
    """Write ``datapackage-digest.json``."""
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
    if signed is not None:
        digest["signedData"] = signed
    return json.dumps(digest | changes).encode()


def signature(package: bytes, key: ec.EllipticCurvePrivateKey | None = None, *, plain: bool = True) -> dict[str, str]:
    """Sign as ArchiveWeb.page does."""
    key = key or ec.derive_private_key(7, ec.SECP384R1())
    digest = f"sha256:{hashlib.sha256(package).hexdigest()}"
    made = key.sign(digest.encode(), ec.ECDSA(hashes.SHA256()))
    if plain:
        r, s = decode_dss_signature(made)
        half = (key.curve.key_size + 7) // 8
        made = r.to_bytes(half, "big") + s.to_bytes(half, "big")
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return {
        "hash": digest,
        "created": DATE,
        "software": "ArchiveWeb.page 0.11",
        "version": "0.1.0",
        "signature": base64.b64encode(made).decode(),
        "publicKey": base64.b64encode(der).decode(),
    }


def zipped(held: dict[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in held.items() if isinstance(held, dict) else held:
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 20, 0, 0, 0)), content)
    return made.getvalue()


def wacz(held: dict[str, bytes] | None = None, **package: object) -> bytes:
    """Give a sound, unsigned WACZ."""
    held = held or members()
    written = described(held, **package)
    return zipped(held | {"datapackage.json": written, "datapackage-digest.json": digested(written)})


def signed_wacz() -> bytes:
    held = members()
    written = described(held, software="ArchiveWeb.page 0.11")
    digest = digested(written, signature(written))
    return zipped(held | {"datapackage.json": written, "datapackage-digest.json": digest})


def packed_index() -> dict[str, bytes]:
    """Give members whose index is packed in blocks."""
    content = warc()
    blocks = [gzip.compress(cdx([line]), mtime=0) for line in index_lines(content)]
    lines = [b'!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}']
    at = 0
    for block in blocks:
        entry = {"offset": at, "length": len(block), "digest": f"sha256:{hashlib.sha256(block).hexdigest()}"}
        lines.append(b"example,contoh)/ 20240120023500 " + json.dumps(entry).encode())
        at += len(block)
    held = members()
    del held["indexes/index.cdx"]
    return held | {
        "archive/data.warc.gz": content,
        "indexes/index.cdx.gz": b"".join(blocks),
        "indexes/index.idx": b"\n".join(lines) + b"\n",
    }


def bomb(size: int) -> bytes:
    """Give a gzip that unpacks to zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()


def certified(package: bytes, domain: str = "saksi.example", **changes: str) -> dict[str, str]:
    """Sign as an observer with a domain's certificate does; the chain and the timestamp are not verified."""
    key = ec.derive_private_key(11, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, domain)])
    day = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day)
        .not_valid_after(day + dt.timedelta(days=90))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(domain)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    mark = signature(package, key, plain=False)
    del mark["publicKey"]
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    held = {"domain": "saksi.example", "domainCert": pem, "timeSignature": "AA==", "timestampCert": pem}
    return mark | held | changes
