"""Sealing: what a file was when it came in."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from telusur.domain.errors import BadInput
from telusur.domain.evidence import EvidenceItem, Grade, SourceKind
from telusur.domain.text import Text
from telusur.evidence import web_archive
from telusur.evidence.archive import shown
from telusur.evidence.folder import Folder
from telusur.evidence.limited import open_limited
from telusur.evidence.limits import Budget
from telusur.evidence.media_type import HEAD, TAIL, detect, misfits
from telusur.evidence.places import open_within, parts_of

#: Media type given to a folder that was handed in as one export.
FOLDER_TYPE = "inode/directory"
_CHUNK = 1 << 20
#: Problems of a web archive that are told one by one.
_TOLD = 20
_HASH_OF_A_FOLDER = Text(
    "Ini folder: hash-nya dihitung dari daftar terurut hash dan nama semua berkas di dalamnya.",
    "This is a folder: its hash is that of the sorted list of its files' hashes and names.",
)
_EMPTY = Text("kosong (tidak ada berkas di dalamnya)", "it is empty (no files)")
_NONSENSE = Text(
    "pemeriksaan isinya memberi jawaban yang tidak dapat dimengerti",
    "the inspection of its members answered nonsense",
)
#: A folder is only hashed here, so its bytes are bounded by the disk alone.
_UNBOUNDED = Budget(total_bytes=1 << 62)


def seal(path: Path, *, name: str, kind: SourceKind | None, grade: Grade, case_dir: Path | None = None) -> EvidenceItem:
    """Take down what a file is: hash, size, type, and what is wrong with it. It is never changed.

    Parameters
    ----------
    path
        File, or a folder that is one export.
    name
        Its path within the case folder.
    kind
        What the case says it is.
    grade
        Its capture grade.
    case_dir
        The case folder; taken from `path` and `name` where it is not given.

    Returns
    -------
    EvidenceItem
        The hash of a folder is that of its list of files as `listing` writes it.

    Raises
    ------
    BadInput
        If it is missing, unreadable, a symbolic link, a device or a pipe, or lies outside the case folder.
    """
    descriptor = open_within(case_dir or case_folder(path, name), name)
    try:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            return _seal_folder(descriptor, name, kind, grade)
        facts = measure(descriptor)
    finally:
        os.close(descriptor)
    detected = detect(facts.head, facts.tail, facts.size)
    problems = [*detected.problems, *misfits(detected.type, name, kind)]
    if detected.type == "application/zip":
        problems += zip_problems(path, name)
    elif detected.type == "application/warc" or name.lower().endswith(".warc.gz"):
        problems += web_problems(path, name)
    return EvidenceItem(name, facts.sha256, facts.size, kind, detected.type, grade, tuple(dict.fromkeys(problems)))


def case_folder(path: Path, name: str) -> Path:
    """Give the case folder that a file's whole path and its path within the case speak of."""
    parts = parts_of(name)
    if PurePosixPath(path).parts[-len(parts) :] != parts:
        raise BadInput(f"is not where the case says ({shown(name, 300)})", where=str(path))
    return path.parents[len(parts) - 1] if len(parts) <= len(path.parents) else Path()


@dataclass(frozen=True, slots=True)
class Measured:
    """Hash, size, first and last bytes of a file."""

    sha256: str
    size: int
    head: bytes
    tail: bytes


def measure(descriptor: int) -> Measured:
    """Read a file once, a chunk at a time."""
    digest = hashlib.sha256()
    size = 0
    head = b""
    last: deque[bytes] = deque(maxlen=2)
    while chunk := os.read(descriptor, _CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if len(head) < HEAD:
            head += chunk[: HEAD - len(head)]
        last.append(chunk)
    return Measured(digest.hexdigest(), size, head, b"".join(last)[-TAIL:])


def zip_problems(path: Path, name: str) -> Iterator[Text]:
    """Give what is wrong with a zip, found in the limited worker; of a WACZ, what is wrong with the archive in it."""
    if name.lower().endswith(".wacz"):
        yield from web_problems(path, name)
        return
    try:
        for message in open_limited("telusur.evidence.inspect_zip:inspect", path, name=name):
            match message:
                case {"problem": {"id": str(indonesian), "en": str(english)}}:
                    yield Text(indonesian, english)
                case _:
                    yield _NONSENSE
    except BadInput as problem:
        yield Text(f"berkas ini {problem.words.id}", f"it {problem.words.en}")


def web_problems(path: Path, name: str) -> Iterator[Text]:
    """Give why a WARC or WACZ does not hold, found in the limited worker."""
    try:
        problems = web_archive.check(path, name=name).problems
    except BadInput as problem:
        problems = (problem.words,)
    for words in problems[:_TOLD]:
        yield Text(f"arsip web: {words.id}", f"web archive: {words.en}")
    if len(problems) > _TOLD:
        more = len(problems) - _TOLD
        yield Text(f"arsip web: dan {more} masalah lain", f"web archive: and {more} further problems")


def listing(descriptor: int, name: str) -> tuple[bytes, int]:
    """Give the list of a folder's files, a line each as ``sha256sum`` writes it, and the bytes they have in all.

    Raises
    ------
    BadInput
        If a file in it is a link or no ordinary file, or cannot be read.
    """
    folder = Folder(descriptor, name, _UNBOUNDED)
    for refused in folder.refused:
        raise BadInput(f"holds {refused.name}, which is refused: {refused.why.en}", where=shown(name, 300))
    lines = []
    total = 0
    for member in folder.members:
        digest = hashlib.sha256()
        with folder.open(member.name) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                total += len(chunk)
        lines.append(_line(digest.hexdigest(), member.name))
    return b"".join(lines), total


def _line(sha256: str, name: str) -> bytes:
    """Write a line as ``sha256sum`` does: a stroke before it says that line ends in the name are written out."""
    written = name.replace("\n", "\\n").replace("\r", "\\r")
    mark = "" if written == name else "\\"
    return f"{mark}{sha256}  {written}\n".encode("utf-8", "surrogateescape")


def _seal_folder(descriptor: int, name: str, kind: SourceKind | None, grade: Grade) -> EvidenceItem:
    lines, total = listing(descriptor, name)
    problems = (*(() if lines else (_EMPTY,)), *misfits(FOLDER_TYPE, name, kind))
    sha256 = hashlib.sha256(lines).hexdigest()
    return EvidenceItem(name, sha256, total, kind, FOLDER_TYPE, grade, problems, (_HASH_OF_A_FOLDER,))
