"""A local time-stamp authority: certificates made here, replies made by ``openssl ts``, or forged fault by fault.

`Authority` answers as real ones do. `forge` writes a reply piece by piece, so that each piece can be wrong while the
signature is right. `openssl_says` is the judge: ``openssl ts -verify`` on the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

POLICY = "1.2.3.4.1"
LONG_AGO, LONG_AHEAD = datetime(2020, 1, 1, tzinfo=UTC), datetime(2089, 1, 1, tzinfo=UTC)
TIME_STAMPING = ExtendedKeyUsageOID.TIME_STAMPING
_HASH_NAMES = {
    "sha1": "1.3.14.3.2.26",
    "sha224": "2.16.840.1.101.3.4.2.4",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
_ECDSA = {
    "sha1": "1.2.840.10045.4.1",
    "sha256": "1.2.840.10045.4.3.2",
    "sha384": "1.2.840.10045.4.3.3",
    "sha512": "1.2.840.10045.4.3.4",
}
_RSA = "1.2.840.113549.1.1.1"
_SETTINGS = """\
[ tsa ]
default_tsa = one
[ one ]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = {policy}
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = {binding}
"""


@dataclass(frozen=True)
class Keyed:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


def certify(
    subject: str,
    by: Keyed | None = None,
    *,
    ca: bool | None = False,
    purposes: tuple[x509.ObjectIdentifier, ...] = (TIME_STAMPING,),
    critical: bool = True,
    usage: str = "sign",
    since: datetime = LONG_AGO,
    until: datetime = LONG_AHEAD,
    digest: hashes.HashAlgorithm | None = None,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None,
    serial: int | None = None,
    path_length: int | None = None,
) -> Keyed:
    """Make a certificate, signed by another or by itself."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by.certificate.subject if by else name)
        .public_key(key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca, path_length if ca else None), critical=True)
    if usage:
        signs, issues = "sign" in usage, "issue" in usage
        encrypts = "encrypt" in usage
        builder = builder.add_extension(
            x509.KeyUsage(signs, False, encrypts, False, False, issues, issues, False, False), critical=True
        )
    if purposes and not ca:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=critical)
    return Keyed(builder.sign((by or Keyed(None, key)).key, digest or hashes.SHA256()), key)


def root(subject: str = "Akar Uji", **options) -> Keyed:
    return certify(subject, ca=True, usage="issue", **options)


def middle(subject: str, by: Keyed, **options) -> Keyed:
    options = {"ca": True, "usage": "issue"} | options
    return certify(subject, by, **options)


@dataclass(frozen=True)
class Authority:
    """An authority in a folder of its own that answers by ``openssl ts -reply``.

    Parameters
    ----------
    folder
        For its key, certificates and settings.
    name
        Its name.
    signer
        Its certificate; none: made under a root and a link of its own.
    chain
        Certificates that its replies bring along, from the signer's issuer on; the root is left out.
    roots
        PEM: what people would put in for it.
    binding
        Which hash names its certificate within the signature.
    """

    folder: Path
    name: str
    signer: Keyed
    chain: tuple[Keyed, ...]
    roots: str
    binding: str = "sha256"

    @property
    def root_file(self) -> Path:
        return self.folder / "roots.pem"

    def reply(self, request: bytes) -> bytes:
        """Answer a request now."""
        asked, given = self.folder / "request.tsq", self.folder / "reply.tsr"
        asked.write_bytes(request)
        chain = ["-chain", str(self.folder / "chain.pem")] if self.chain else []
        run("ts", "-reply", "-config", self.folder / "tsa.cnf", "-queryfile", asked, "-out", given,
            "-signer", self.folder / "signer.pem", "-inkey", self.folder / "key.pem", *chain)  # fmt: skip
        return given.read_bytes()

    def stamp(self, document: bytes) -> tuple[bytes, bytes]:
        """Ask for a stamp over a document and answer: request and reply."""
        request = query(self.folder, document)
        return request, self.reply(request)

    def as_configured(self) -> dict[str, str]:
        """Give what `telusur.evidence.stamps.Authority` takes."""
        return {"name": self.name, "url": f"https://{self.name}.example.org/tsa", "certificates": self.roots}


def make_authority(
    folder: Path, name: str = "satu", *, link: bool = True, binding: str = "sha256", **leaf
) -> Authority:
    """Make an authority: a root, a link if wanted, and a signer; ``leaf`` changes the signer's certificate."""
    top = root(f"Akar {name}")
    between = middle(f"Antara {name}", top) if link else None
    signer = certify(f"Otoritas {name}", between or top, **leaf)
    chain = (between,) if between else ()
    made = Authority(folder, name, signer, chain, top.pem, binding)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tsa.cnf").write_text(_SETTINGS.format(folder=folder, policy=POLICY, binding=binding))
    (folder / "serial").write_text("01\n")
    (folder / "signer.pem").write_text(signer.pem)
    (folder / "chain.pem").write_text("".join(one.pem for one in chain))
    (folder / "roots.pem").write_text(made.roots)
    (folder / "key.pem").write_bytes(
        signer.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return made


def query(folder: Path, document: bytes, *options: str) -> bytes:
    """Ask by ``openssl ts -query``."""
    path, given = folder / "document", folder / "document.tsq"
    path.write_bytes(document)
    run("ts", "-query", "-data", path, "-sha256", "-cert", "-out", given, *options)
    return given.read_bytes()


def run(*words: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


# The judge


def openssl_says(
    folder: Path, reply: bytes, document: bytes, roots: str, request: bytes | None = None, *, strict: bool = False
) -> bool:
    """Judge a reply by ``openssl ts -verify``, at the time that it names: with the document, and with the request.

    ``strict``: as ``verify.sh`` calls it, which also wants a plain grant, SHA-256 or better, and strong certificates.
    """
    (folder / "judged.tsr").write_bytes(reply)
    (folder / "judged").write_bytes(document)
    (folder / "judged.pem").write_text(roots)
    at = time_of(folder / "judged.tsr", strict=strict)
    if at is None:
        return False
    level = ["-auth_level", "2"] if strict else []
    against = [["-data", folder / "judged", *level]]
    if request is not None:
        (folder / "judged.tsq").write_bytes(request)
        against.append(["-queryfile", folder / "judged.tsq", *level])
    return all(
        _holds("ts", "-verify", *one, "-in", folder / "judged.tsr", "-CAfile", folder / "judged.pem", "-attime", at)
        for one in against
    )


def time_of(reply: Path, *, strict: bool = False) -> int | None:
    """Read the time of a reply as ``openssl ts -reply -text`` tells it, in seconds since 1970."""
    told = subprocess.run(["openssl", "ts", "-reply", "-in", str(reply), "-text"], capture_output=True, check=False)
    found = re.search(rb"^Time stamp: (\w{3} +\d+ \d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT$", told.stdout, re.MULTILINE)
    if told.returncode != 0 or found is None:
        return None
    plain = (rb"^Status: Granted\.$", rb"^Hash Algorithm: sha(256|384|512)$")
    if strict and not all(re.search(line, told.stdout, re.MULTILINE) for line in plain):
        return None
    at = datetime.strptime(f"{found[1].decode()} {found[2].decode()}", "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    return int(at.timestamp())


def _holds(*words: object) -> bool:
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    assert (b"Verification: OK" in done.stdout) == (done.returncode == 0)
    return done.returncode == 0


# The forge


def tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content


def number(value: int) -> bytes:
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, signed=True))


def oid(dotted: str) -> bytes:
    first, second, *others = map(int, dotted.split("."))
    content = b""
    for value in (40 * first + second, *others):
        chunk = bytes([value & 0x7F])
        while value := value >> 7:
            chunk = bytes([0x80 | value & 0x7F]) + chunk
        content += chunk
    return tlv(6, content)


def algorithm(name: str, *, null: bool = False) -> bytes:
    return tlv(0x30, oid(_HASH_NAMES.get(name, name)), b"\x05\x00" if null else b"")


def _attribute(kind: str, value: bytes) -> bytes:
    return tlv(0x30, oid(kind), tlv(0x31, value))


@dataclass
class Forged:
    """A reply to be written piece by piece; every field can be made wrong."""

    document: bytes
    signer: Keyed
    certificates: tuple[bytes, ...] | None = None
    nonce: int | None = None
    at: datetime = datetime(2026, 11, 22, 12, tzinfo=UTC)
    at_written: bytes | None = None
    policy: str = POLICY
    serial: int = 4711
    imprint_hash: str = "sha256"
    imprint: bytes | None = None
    digest: str = "sha256"
    binding: tuple[str, ...] = ("v2",)
    bound: Keyed | None = None
    bound_too: tuple[Keyed, ...] = ()
    bind_issuer: Keyed | None = None
    status: int = 0
    status_words: str | None = None
    with_token: bool = True
    order: str = "sorted"
    signers: int = 1
    extra_signer: Keyed | None = None
    content_type: str = "1.2.840.113549.1.9.16.1.4"
    signed_type: str | None = None
    accuracy: bytes = b""
    ordering: bytes = b""
    version: int = 1
    extensions: bytes = b""
    unsigned: bytes = b""
    more: dict[str, bytes] = field(default_factory=dict)
    wrong_digest: bool = False
    signing_key: Keyed | None = None

    def info(self) -> bytes:
        imprint = self.imprint or hashlib.new(self.imprint_hash, self.document).digest()
        written = self.at_written or self.at.strftime("%Y%m%d%H%M%SZ").encode()
        return tlv(
            0x30,
            number(self.version),
            oid(self.policy),
            tlv(0x30, algorithm(self.imprint_hash, null=True), tlv(4, imprint)),
            number(self.serial),
            tlv(0x18, written),
            self.accuracy,
            self.ordering,
            b"" if self.nonce is None else number(self.nonce),
            self.extensions,
        )

    def _binding(self, kind: str) -> bytes:
        bound = [self.bound or self.signer, *self.bound_too]
        digest = {"v1": "sha1", "v2": "sha256", "v2-sha512": "sha512", "v2-sha1": "sha1"}[kind]
        named = algorithm(digest) if kind in {"v2-sha512", "v2-sha1"} else b""
        issuer = b""
        if self.bind_issuer:
            of = self.bind_issuer.certificate
            issuer = tlv(0x30, tlv(0x30, tlv(0xA4, of.issuer.public_bytes())), number(of.serial_number))
        listed = [
            tlv(0x30, named, tlv(4, hashlib.new(digest, one.der).digest()), issuer if place == 0 else b"")
            for place, one in enumerate(bound)
        ]
        number_of = "12" if kind == "v1" else "47"
        return _attribute(f"1.2.840.113549.1.9.16.2.{number_of}", tlv(0x30, tlv(0x30, *listed)))

    def _signer(self, who: Keyed, info: bytes) -> bytes:
        digest = hashlib.new(self.digest, info + (b"x" if self.wrong_digest else b"")).digest()
        attributes = [
            _attribute("1.2.840.113549.1.9.3", oid(self.signed_type or self.content_type)),
            _attribute("1.2.840.113549.1.9.4", tlv(4, digest)),
            *(self._binding(kind) for kind in self.binding),
            *(_attribute(kind, value) for kind, value in self.more.items()),
        ]
        signed = b"".join(sorted(attributes))
        key = (self.signing_key or who).key
        hashed = getattr(hashes, self.digest.upper())()
        if isinstance(key, rsa.RSAPrivateKey):
            from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415 - rare

            signature, how = key.sign(tlv(0x31, signed), PKCS1v15(), hashed), algorithm(_RSA, null=True)
        else:
            signature, how = key.sign(tlv(0x31, signed), ec.ECDSA(hashed)), algorithm(_ECDSA[self.digest])
        return tlv(
            0x30,
            number(1),
            tlv(0x30, who.certificate.issuer.public_bytes(), number(who.certificate.serial_number)),
            algorithm(self.digest, null=True),
            tlv(0xA0, signed),
            how,
            tlv(4, signature),
            self.unsigned,
        )

    def token(self) -> bytes:
        info = self.info()
        brought = list(self.certificates if self.certificates is not None else (self.signer.der,))
        brought.sort(reverse=self.order == "reversed")
        signers = [self._signer(self.signer, info) for _ in range(self.signers)]
        if self.extra_signer:
            signers.append(self._signer(self.extra_signer, info))
        signed = tlv(
            0x30,
            number(3),
            tlv(0x31, algorithm(self.digest, null=True)),
            tlv(0x30, oid(self.content_type), tlv(0xA0, tlv(4, info))),
            tlv(0xA0, *brought) if brought else b"",
            tlv(0x31, *sorted(signers)),
        )
        return tlv(0x30, oid("1.2.840.113549.1.7.2"), tlv(0xA0, signed))

    def reply(self) -> bytes:
        words = b"" if self.status_words is None else tlv(0x30, tlv(0x0C, self.status_words.encode()))
        status = tlv(0x30, number(self.status), words)
        return tlv(0x30, status, self.token() if self.with_token else b"")


@dataclass(frozen=True)
class Forge:
    """Certificates for forged replies: a root, a link, a signer, and an evil twin of each."""

    root: Keyed
    link: Keyed
    signer: Keyed
    evil_root: Keyed
    evil_signer: Keyed

    def good(self, document: bytes, **changes) -> Forged:
        options = {"signer": self.signer, "certificates": (self.signer.der, self.link.der)} | changes
        return Forged(document, **options)


@cache
def forge() -> Forge:
    """Give the forge of this process; its keys are made once."""
    top = root()
    link = middle("Antara Uji", top)
    evil = root("Akar Jahat")
    return Forge(top, link, certify("Otoritas Uji", link), evil, certify("Otoritas Jahat", evil))


def shifted(at: datetime, years: float) -> datetime:
    return at + timedelta(days=365.25 * years)
