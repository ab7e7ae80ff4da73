"""Judging a bundle, rule by rule as its ``verify.sh`` does: both come to the same verdict on every folder.

Where this module looks stranger than it need (lines joined before they are matched, say), it does what the other
does with the tools that it has.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import ledger, stamps

MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
SEAL: Final = "proof/seal.sig"
VKEY: Final = "proof/log.vkey"
NOTE: Final = "proof/checkpoint.note"
SALTS: Final = "proof/salts.txt"
ENTRIES: Final = "proof/entries"
STAMPS: Final = "proof/stamps"
#: What a proof file begins with (c2sp.org/tlog-proof).
PROOF_HEAD: Final = "c2sp.org/tlog-proof@v1\nindex {seq}\n"

_FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}")
_NAME: Final = re.compile(rb"(?!\.)[A-Za-z0-9._-]+")
_VKEY: Final = re.compile(rb"([A-Za-z0-9/_-]+)\+([0-9a-f]{8})\+(A[Q-Za-f][A-Za-z0-9+/]{42})")
_TEXT: Final = re.compile(rb"([A-Za-z0-9/_-]+)\n([1-9][0-9]{0,14})\n([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)\n")
_LINES: Final = re.compile("\n(?:— [^\n\0]*\n)*".encode())
_SIGNATURE: Final = re.compile("^— ([^ \n]+) ([A-Za-z0-9+/]{90}[AEIMQUYcgkosw048]=)$".encode(), re.MULTILINE)
_OPENING: Final = re.compile(
    rb"([0-9]+) ([0-9a-f]{64}) (?=object data/|case proof/case|actor proof/open/|detail proof/open/)([a-z]+) ([^ ]*)"
)
_HASH: Final = re.compile(rb"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=")
_SEQ: Final = re.compile(r"[0-9]{1,15}")
_ID_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of verifying a bundle.

    Parameters
    ----------
    holds
        Whether all of it holds.
    problem
        The first thing that does not.
    files
        Number of files that it shows.
    withheld
        Number of entries that name a file which is not shown.
    size, root
        Of the tree that was signed.
    stamps
        The timestamps that were verified; ``None`` where no root certificate was given, so that time was not checked.
    """

    holds: bool
    problem: Text | None = None
    files: int = 0
    withheld: int = 0
    size: int = 0
    root: bytes = b""
    stamps: tuple[stamps.Stamped, ...] | None = None


class _Refused(Exception):
    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def read_fingerprint(written: str) -> str:
    """Read a fingerprint as people copy it from paper: capitals, spaces and colons do not matter.

    Raises
    ------
    BadInput
        If it is not 64 hexadecimal digits.
    """
    found = written.replace(" ", "").replace(":", "").translate(str.maketrans("ABCDEF", "abcdef"))
    if not _FINGERPRINT.fullmatch(found):
        raise BadInput(
            f"the fingerprint has 64 hexadecimal digits, this one {len(found)} characters; copy it from an official "
            "record of the office, never from the bundle",
            field="--key",
        )
    return found


def verify(folder: Path, fingerprint: str, trust: stamps.Trust | None = None) -> Verdict:
    """Judge a bundle.

    Parameters
    ----------
    folder
        The bundle.
    fingerprint
        Of the log's key: from an official record, never from the bundle.
    trust
        Root certificates of the timestamp authorities, from elsewhere too; without them time is not checked.

    Returns
    -------
    Verdict
        With the first problem found. Exactly what the bundle's ``verify.sh`` says.

    Raises
    ------
    BadInput
        If there is no such folder, or the fingerprint is none.
    """
    wanted = read_fingerprint(fingerprint)
    if not folder.is_dir():
        raise BadInput("is no folder; name the folder of a bundle", where=str(folder))
    try:
        return _judged(folder, wanted, trust)
    except _Refused as refused:
        return Verdict(holds=False, problem=refused.problem)
    except OSError as error:
        problem = Text(f"tidak dapat dibaca ({error.strerror})", f"something cannot be read ({error.strerror})")
        return Verdict(holds=False, problem=problem)


def _judged(folder: Path, fingerprint: str, trust: stamps.Trust | None) -> Verdict:
    sums = _files(folder)
    note, size, root = _signed(folder, fingerprint)
    entries = {path.name.removesuffix(".json"): path.read_bytes() for path in sorted((folder / ENTRIES).glob("*.json"))}
    withheld = _commitments(folder, sums, entries)
    if {path.name.removesuffix(".tlog-proof") for path in (folder / ENTRIES).glob("*.tlog-proof")} != set(entries):
        _refuse("bukti dan entri tidak berpasangan", "proofs and entries do not go in pairs")
    for name, body in entries.items():
        _included(folder, name, body, note, size, root)
    stamped = None if trust is None else _stamped(folder, note, trust)
    files = sum(path.startswith(b"data/") for path in sums)
    return Verdict(holds=True, files=files, withheld=withheld, size=size, root=root, stamps=stamped)


def _files(folder: Path) -> dict[bytes, str]:
    """Hash everything, and hold it against both manifests; give the hashes by path."""
    paths = sorted(_walk(os.fsencode(folder), b""))
    sums = {}
    for path in paths:
        with open(os.path.join(os.fsencode(folder), path), "rb") as file:  # noqa: PTH118, PTH123 - names are bytes
            sums[path] = hashlib.file_digest(file, "sha256").hexdigest()
    listed = {path: f"{digest}  ".encode() + path + b"\n" for path, digest in sums.items()}
    payload = b"".join(line for path, line in listed.items() if path.startswith(b"data/"))
    apart = {TAG_MANIFEST.encode(), SEAL.encode()}
    tags = b"".join(line for path, line in listed.items() if not path.startswith(b"data/") and path not in apart)
    for name, expected in ((MANIFEST, payload), (TAG_MANIFEST, tags)):
        if _read(folder, name) != expected:
            _refuse(
                f"berkas tidak seperti yang tercatat dalam {name}: ada yang berubah, hilang atau ditambahkan",
                f"the files are not as {name} lists them: something was changed, removed or added",
            )
    return sums


def _walk(base: bytes, below: bytes) -> list[bytes]:
    found = []
    with os.scandir(os.path.join(base, below) if below else base) as inside:  # noqa: PTH118 - names are bytes
        for one in inside:
            if not _NAME.fullmatch(one.name):
                _refuse(
                    "sebuah nama tersembunyi atau memuat karakter yang tidak ada dalam bundel",
                    "a name is hidden, or holds a character that no name in a bundle has",
                )
            path = below + b"/" + one.name if below else one.name
            if one.is_dir(follow_symlinks=False):
                found += _walk(base, path)
            elif one.is_file(follow_symlinks=False):
                found.append(path)
            else:
                _refuse("memuat tautan atau yang bukan berkas", "holds a link, or something that is no file")
    return found


def _signed(folder: Path, fingerprint: str) -> tuple[bytes, int, bytes]:
    """Verify both signatures; give the checkpoint and the tree that it names."""
    vkey = _VKEY.fullmatch(_read(folder, VKEY).replace(b"\n", b""))
    if vkey is None:
        _refuse(f"{VKEY} tidak memuat kunci", f"{VKEY} holds no key")
    name, key_id, public = vkey[1], bytes.fromhex(vkey[2].decode()), base64.b64decode(vkey[3])[1:]
    found = hashlib.sha256(public).hexdigest()
    if found != fingerprint:
        _refuse(
            f"ditandatangani dengan kunci lain, {found}; tanyakan kepada kantornya sendiri apakah kunci itu miliknya",
            f"it is signed with another key, {found}; ask the office itself whether that one is its key",
        )
    if not _holds(public, _read(folder, SEAL), _read(folder, TAG_MANIFEST)):
        _refuse("tanda tangan atas daftar berkas tidak sah", "the signature over the list of files does not hold")
    note = _read(folder, NOTE)
    text = _TEXT.match(note)
    if text is None or text[1] != name or not _LINES.fullmatch(note, text.end()):
        _refuse(f"{NOTE} bukan titik periksa log ini", f"{NOTE} is no checkpoint of this log")
    decoded = [base64.b64decode(line[2]) for line in _SIGNATURE.finditer(note, text.end()) if line[1] == name]
    signatures = [value for value in decoded if value[:_ID_BYTES] == key_id]
    if len(signatures) != 1 or not _holds(public, signatures[0][_ID_BYTES:], text[0]):
        _refuse("tanda tangan titik periksa tidak sah", "the signature of the checkpoint does not hold")
    return note, int(text[2]), base64.b64decode(text[3])


def _holds(public: bytes, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _commitments(folder: Path, sums: Mapping[bytes, str], entries: Mapping[str, bytes]) -> int:
    """Hold what is shown against the entries that commit to it; give how many name a file that is not shown."""
    for name, body in entries.items():
        lines = body.removesuffix(b"\n")
        if not body.startswith(b"{") or b"\n" in lines or f'"seq":{name},'.encode() not in lines:
            _refuse(f"entri {name} bukan entri dengan nomor itu", f"entry {name} is no entry of that number")
    opened, shown = set(), set()
    for line in _read(folder, SALTS).removesuffix(b"\n").split(b"\n"):
        found = _OPENING.fullmatch(line)
        if found is None or found[4] not in sums:
            _refuse(f"{SALTS} tidak seperti seharusnya", f"{SALTS} is not as it has to be")
        seq, field, path = found[1].decode(), found[3].decode(), found[4]
        commitment = ledger.commit_hash(bytes.fromhex(sums[path]), bytes.fromhex(found[2].decode()))
        if f'"{field}":"{commitment.hex()}"'.encode() not in entries.get(seq, b""):
            _refuse(
                f"{path.decode()} bukan yang disegel oleh entri {seq}",
                f"{path.decode()} is not what entry {seq} has sealed",
            )
        opened.add((seq, field))
        shown.add(path)
    if any(path.startswith((b"data/", b"proof/open/")) and path not in shown for path in sums):
        _refuse("sebuah berkas tidak disegel oleh entri mana pun", "a file is sealed by no entry")
    if not entries or any((name, "case") not in opened for name in entries):
        _refuse("sebuah entri bukan dari perkara ini", "an entry is not shown to be of this case")
    return sum(b'"object":' in entries[name] and (name, "object") not in opened for name in entries)


def _included(folder: Path, name: str, body: bytes, note: bytes, size: int, root: bytes) -> None:
    proof = _read(folder, f"{ENTRIES}/{name}.tlog-proof")
    hashes = []
    for line in proof.split(b"\n")[2:]:
        if not line:
            break
        hashes.append(line)
    written = PROOF_HEAD.format(seq=name).encode() + b"".join(line + b"\n" for line in hashes) + b"\n" + note
    if proof != written or not all(map(_HASH.fullmatch, hashes)) or not _SEQ.fullmatch(name):
        _refuse(f"bukti entri {name} tidak seperti seharusnya", f"the proof of entry {name} is not as it has to be")
    path = [base64.b64decode(line) for line in hashes]
    if not ledger.verify_inclusion(ledger.leaf_hash(body), int(name), size, path, root):
        _refuse(f"entri {name} tidak ada dalam log", f"entry {name} is not in the log")


def _stamped(folder: Path, note: bytes, trust: stamps.Trust) -> tuple[stamps.Stamped, ...]:
    replies = sorted((folder / STAMPS).glob("*.tsr"))
    if not replies:
        _refuse("bundel ini tidak berstempel waktu", "the bundle has no timestamp")
    found = []
    for path in replies:
        try:
            found.append(stamps.verify(path.read_bytes(), note, trust))
        except stamps.StampRefused as refused:
            _refuse(f"stempel waktu {path.name}: {refused.words.id}", f"timestamp {path.name}: {refused.words.en}")
    return tuple(found)


def _read(folder: Path, name: str) -> bytes:
    path = folder / name
    if not path.is_file():
        _refuse(f"{name} tidak ada", f"{name} is missing")
    return path.read_bytes()


def _refuse(indonesian: str, english: str) -> NoReturn:
    raise _Refused(Text(indonesian, english))
