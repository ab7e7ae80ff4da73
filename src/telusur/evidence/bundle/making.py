"""Making a bundle: the same contents give the same bytes; written beside its place, verified, and renamed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO, Final

import telusur
from telusur.domain.errors import BadInput
from telusur.evidence.bundle.contents import Contents, Piece, Record
from telusur.evidence.bundle.explaining import explained
from telusur.evidence.bundle.naming import safe_names
from telusur.evidence.bundle.verifying import (
    ENTRIES,
    MANIFEST,
    NOTE,
    SALTS,
    SEAL,
    STAMPS,
    TAG_MANIFEST,
    VKEY,
    verify,
)
from telusur.evidence.signing import Checkpoint, Note, ProofFile

#: The program that every bundle carries.
SCRIPT: Final = "verify.sh"
#: More would not fit a command line, which is how the script hands names to its tools.
MOST: Final = 20_000
_CASE: Final = "proof/case.txt"
_OPEN: Final = "proof/open"
_ITEMS: Final = "proof/items.json"
_BAGIT: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle that was made.

    Parameters
    ----------
    folder
        Where it lies.
    fingerprint
        Of the key that signed it: to be told to whoever gets the bundle, on another way than with it.
    size, root
        Of the tree that its checkpoint signs.
    names
        Path within the bundle of each file that is shown, by its entry's number.
    """

    folder: Path
    fingerprint: str
    size: int
    root: bytes
    names: Mapping[int, str]


def script() -> bytes:
    """Give the ``verify.sh`` that bundles carry."""
    return resources.files(__package__).joinpath(SCRIPT).read_bytes()


def make(contents: Contents, folder: Path, *, record: Callable[[Made], object] = lambda _: None) -> Made:
    """Write a bundle.

    Parameters
    ----------
    contents
        What goes into it.
    folder
        Where it is to lie; must not be there yet.
    record
        Told of the bundle before it lies in its place: what cannot be recorded leaves nothing.

    Returns
    -------
    Made
        Verified as anyone would.

    Raises
    ------
    BadInput
        If something lies there, the folder cannot be written, a file is not what was sealed, or what was gathered does
        not fit together. Nothing stays then.
    """
    _check(contents)
    names = _names(contents)
    with _beside(folder) as beside:
        tags = _Tree(beside)
        for piece in contents.shown:
            _copy(piece, beside / names[piece.seq])
        _write_proof(tags, contents, names)
        for name, words in explained(contents, names).items():
            tags.put(name, words.encode())
        _write_bag(tags, contents)
        found = verify(beside, contents.key.fingerprint)
        if found.problem is not None:
            raise BadInput(
                f"the bundle that was made does not hold ({found.problem.en}); verify the store with "
                "`telusur evidence ledger --verify`",
                where=contents.case,
            )
        made = Made(folder, contents.key.fingerprint, found.size, found.root, names)
        record(made)
    return made


def _check(contents: Contents) -> None:
    if not contents.records:
        raise BadInput("the case has no entry in the ledger, so there is nothing to prove", where=contents.case)
    if max(len(contents.records), len(contents.pieces)) > MOST:
        raise BadInput(f"a bundle holds {MOST:,} files and entries at most; choose with --only", where=contents.case)
    if len({record.seq for record in contents.records}) != len(contents.records):
        raise BadInput("an entry was gathered twice", where=contents.case)
    size = Checkpoint.parse(Note.parse(contents.note).text).size
    for record in contents.records:
        if record.seq >= size:
            raise BadInput(
                f"entry {record.seq} came after the checkpoint of size {size}; sign a newer one", where=contents.case
            )
        opening = record.openings.get("case")
        if opening is None or opening.value != contents.case:
            raise BadInput(f"entry {record.seq} cannot be shown to be of this case", where=contents.case)


def _names(contents: Contents) -> dict[int, str]:
    safe = safe_names([piece.name for piece in contents.shown])
    return {piece.seq: f"data/{name}" for piece, name in zip(contents.shown, safe, strict=True)}


class _Tree:
    """The files beside ``data/``, as they are written."""

    def __init__(self, base: Path) -> None:
        self.base = base

    def put(self, name: str, content: bytes, mode: int = 0o644) -> None:
        path = self.base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(mode)

    def sums(self, *, payload: bool) -> bytes:
        paths = sorted(path.relative_to(self.base).as_posix() for path in self.base.rglob("*") if path.is_file())
        lines = []
        for path in paths:
            if path.startswith("data/") is payload and path not in {TAG_MANIFEST, SEAL}:
                with (self.base / path).open("rb") as file:
                    lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path}\n")
        return "".join(lines).encode()


def _copy(piece: Piece, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    digest = hashlib.sha256()
    with piece.open() as source, path.open("xb") as sink:
        for chunk in _chunks(source):
            digest.update(chunk)
            sink.write(chunk)
    path.chmod(0o644)
    if digest.hexdigest() != piece.sha256:
        raise BadInput("its bytes are no longer those that were sealed; verify the store", where=piece.name)


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _write_proof(tags: _Tree, contents: Contents, names: Mapping[int, str]) -> None:
    salts = []
    for record in sorted(contents.records, key=lambda record: record.seq):
        tags.put(f"{ENTRIES}/{record.seq}.json", record.body)
        proof = ProofFile(record.seq, record.proof, contents.note)
        tags.put(f"{ENTRIES}/{record.seq}.tlog-proof", proof.to_bytes())
        for field, path, value in _opened(contents, record, names):
            if value is not None:
                tags.put(path, value.encode())
            salts.append(f"{record.seq} {record.openings[field].salt.hex()} {field} {path}\n")
    tags.put(SALTS, "".join(salts).encode())
    tags.put(NOTE, contents.note)
    tags.put(VKEY, f"{contents.key.vkey}\n".encode())
    for number, stamp in enumerate(contents.stamps, 1):
        tags.put(f"{STAMPS}/{number}.tsq", stamp.request)
        tags.put(f"{STAMPS}/{number}.tsr", stamp.reply)
    tags.put(_ITEMS, (json.dumps(_items(contents, names), ensure_ascii=True, indent=2) + "\n").encode())


def _opened(contents: Contents, record: Record, names: Mapping[int, str]) -> Iterator[tuple[Any, str, str | None]]:
    """Give what is opened of an entry: field, path, and what is to be written there."""
    openings = record.openings
    if "actor" in openings and openings["actor"].value is not None:
        yield "actor", f"{_OPEN}/{record.seq}.actor.txt", openings["actor"].value
    yield "case", _CASE, contents.case
    seqs = {piece.seq for piece in contents.pieces}
    by_hash = {piece.sha256: names[piece.seq] for piece in reversed(contents.shown)}
    file = openings["object"].value if "object" in openings else None
    path = names.get(record.seq) if record.seq in seqs else by_hash.get(file or "")
    # Once anything is withheld, a detail is shown only of what concerns a file that is shown: others may name it.
    if "detail" in openings and openings["detail"].value is not None and (path is not None or not contents.withheld):
        yield "detail", f"{_OPEN}/{record.seq}.detail.txt", openings["detail"].value
    if path is not None and "object" in openings:
        yield "object", path, None


def _items(contents: Contents, names: Mapping[int, str]) -> dict[str, Any]:
    bodies = {record.seq: json.loads(record.body) for record in contents.records}
    items = []
    for piece in contents.pieces:
        if piece.seq in names:
            listed = {"file": names[piece.seq], "name": piece.name, "sha256": piece.sha256, "bytes": piece.size}
            items.append({"seq": piece.seq, **listed, "grade": piece.grade, **piece.detail})
        else:
            commitment = bodies.get(piece.seq, {}).get("object")
            items.append({"seq": piece.seq, "withheld": True, "commitment": commitment})
    return {
        "schema": "telusur.bundle_items/1",
        "made_by": {"telusur": telusur.__version__, "catalogue": None, "models": None},
        "case": contents.case,
        "items": items,
    }


def _write_bag(tags: _Tree, contents: Contents) -> None:
    tags.put(SCRIPT, script(), 0o755)
    (tags.base / "data").mkdir(exist_ok=True)
    tags.put("bagit.txt", _BAGIT.encode())
    octets = sum(piece.size for piece in contents.shown)
    info = f"Bag-Software-Agent: telusur {telusur.__version__}\nPayload-Oxum: {octets}.{len(contents.shown)}\n"
    tags.put("bag-info.txt", info.encode())
    tags.put(MANIFEST, tags.sums(payload=True))
    listed = tags.sums(payload=False)
    tags.put(TAG_MANIFEST, listed)
    tags.put(SEAL, contents.key.sign(listed))


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    if os.path.lexists(folder):
        raise BadInput("something lies here already; name a folder that is not there yet", where=str(folder))
    if not folder.parent.is_dir():
        raise BadInput("its folder does not exist; make it first", where=str(folder))
    # Without a leading dot: the parts are verified where they are written.
    beside = folder.parent / f"telusur-bundle-{os.getpid()}.part"
    try:
        beside.mkdir()
        yield beside
        beside.rename(folder)
    except OSError as error:
        raise BadInput(f"cannot be written ({error.strerror})", where=str(folder)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
