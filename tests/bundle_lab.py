"""Bundles of an invented case from a ledger in memory, and both verifiers side by side."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from telusur.evidence import ledger, signing, stamps
from telusur.evidence.bundle import Contents, Piece, Record, StampFiles, making, verify
from telusur.evidence.database import Database, open_sqlite

CASE = "K-001"
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILES: Mapping[str, bytes] = {
    "tangkapan.png": b"\x89PNG invented picture",
    "ekspor akun.zip": b"PK invented export",
    "caf\u00e9.txt": b"composed",
    "cafe\u0301.txt": b"decomposed",
}
SCRIPT = Path(making.__file__).with_name(making.SCRIPT)
SHELLS = [shell for shell in ("dash", "bash") if shutil.which(shell)]


def opens(content: bytes) -> Callable[[], AbstractContextManager[BinaryIO]]:
    return lambda: nullcontext(io.BytesIO(content))


class Office:
    """A log that holds two cases, and whatever it is to be filled up with."""

    def __init__(self, folder: Path, *, before: int = 5, seed: bytes = b"k" * 32) -> None:
        self.db = Database(open_sqlite(folder / "log.db"))
        ledger.create(self.db)
        self.ledger = ledger.Ledger(self.db)
        self.key = signing.SigningKey("telusur/0123456789abcdef", seed)
        self.fill(before)

    def fill(self, count: int) -> None:
        self.append([ledger.Act("step", AT, "petugas-2", case="K-999") for _ in range(count)])

    def append(self, acts: Sequence[ledger.Act]) -> list[ledger.Entry]:
        with self.db.transaction():
            return self.ledger.append(acts)

    def seal(self, files: Mapping[str, bytes], case: str = CASE) -> tuple[Piece, ...]:
        pieces = []
        for name, content in files.items():
            digest = hashlib.sha256(content).hexdigest()
            detail = {"name": name, "bytes": len(content), "grade": "E"}
            at = AT + timedelta(seconds=len(pieces))
            entry = self.append([ledger.Act("seal", at, "petugas-1", case=case, object=digest, detail=detail)])[0]
            pieces.append(Piece(entry.seq, name, digest, len(content), "E", opens(content), {"kind": "screenshot"}))
            self.fill(1)
        return tuple(pieces)

    def note(self, size: int | None = None) -> bytes:
        size = self.ledger.size() if size is None else size
        return signing.sign(signing.Checkpoint(self.key.name, size, self.ledger.root(size)).text(), [self.key])

    def records(self, seqs: Sequence[int], size: int) -> tuple[Record, ...]:
        entry, openings, inclusion = self.ledger.entry, self.ledger.openings, self.ledger.inclusion
        return tuple(Record(seq, entry(seq).body, tuple(inclusion(seq, size)), openings(seq)) for seq in seqs)

    def contents(self, pieces: Sequence[Piece], note: bytes | None = None) -> Contents:
        note = note or self.note()
        size = signing.Checkpoint.parse(signing.Note.parse(note).text).size
        records = self.records([seq for seq in self.ledger.of_case(CASE) if seq < size], size)
        return Contents(CASE, tuple(pieces), records, note, self.key)


def stamped(contents: Contents, request: bytes, reply: bytes) -> Contents:
    return replace(
        contents,
        stamps=(*contents.stamps, StampFiles("otoritas-uji", "2026-11-22T12:00:00Z", request, reply)),
        authorities=("otoritas-uji", "otoritas-lain"),
    )


def manifest_anew(bundle: Path) -> None:
    """Write both manifests as whoever altered the bundle would."""
    sums = {}
    for path in sorted(p for p in bundle.rglob("*") if p.is_file() and not p.is_symlink()):
        sums[path.relative_to(bundle).as_posix()] = path
    for name, payload in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
        lines = [
            f"{hashlib.sha256((bundle / path).read_bytes()).hexdigest()}  {path}\n"
            for path in sorted({*sums, "manifest-sha256.txt"} if not payload else sums)
            if path.startswith("data/") is payload and path not in {"tagmanifest-sha256.txt", "proof/seal.sig"}
        ]
        (bundle / name).write_bytes("".join(lines).encode("utf-8", "surrogateescape"))


def seal_anew(bundle: Path, key: signing.SigningKey) -> None:
    """Write both manifests, and sign them: an office that forges its own record."""
    manifest_anew(bundle)
    (bundle / "proof/seal.sig").write_bytes(key.sign((bundle / "tagmanifest-sha256.txt").read_bytes()))


def by_script(
    bundle: Path, *words: str, shell: str = "dash", script: Path = SCRIPT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the script over a folder, as it lies in the package (the bundle's own may have been altered)."""
    command = [shell, str(script), *words]
    if script is SCRIPT:
        command += [""] * (2 - len(words)) + [str(bundle)]
    return subprocess.run(
        command, capture_output=True, text=True, errors="replace", check=False, env={**os.environ, **environment}
    )


def both(bundle: Path, fingerprint: str, roots: Path | None = None, shell: str = "dash") -> bool:
    """Give the verdict of both verifiers, which must be the same."""
    words = [fingerprint] if roots is None else [fingerprint, str(roots)]
    said = by_script(bundle, *words, shell=shell)
    trust = None if roots is None else stamps.Trust.read(roots.read_bytes())
    verdict = verify(bundle, fingerprint, trust)
    assert said.returncode == (0 if verdict.holds else 1), (said, verdict)
    return verdict.holds
