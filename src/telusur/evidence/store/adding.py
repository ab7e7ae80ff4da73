"""Files handed over: each sealed, encrypted, kept and recorded; all of one call, or none."""

from __future__ import annotations

import io
import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, cast

from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.text import Text
from telusur.domain.when import utc_words
from telusur.evidence import ledger, vault
from telusur.evidence.archive import shown
from telusur.evidence.folder import Folder
from telusur.evidence.limited import open_plain
from telusur.evidence.limits import Budget
from telusur.evidence.media_type import HEAD, TAIL, detect, misfits
from telusur.evidence.sealing import zip_problems
from telusur.evidence.store import items
from telusur.evidence.store.embedded import embedded_dates
from telusur.evidence.store.items import Item, Receipt
from telusur.evidence.store.store import Store

#: Told to everybody who adds or reads evidence.
LIMITS_OF_INTEGRITY: Final = Text(
    "Keutuhan berarti berkas ini tidak berubah sejak disimpan; keutuhan tidak menunjukkan bahwa isinya benar, "
    "dan tidak menunjukkan siapa yang berbuat.",
    "Integrity means that the file has not changed since it was kept; it shows neither that what it says is true "
    "nor who acted.",
)
_UNBOUNDED: Final = Budget(total_bytes=1 << 62)
_MOST_FAULTS: Final = 20
#: Bytes from which on a file is read before the database is locked, and how many of them at once.
_LARGE: Final = 64 << 20
_MOST_LARGE: Final = 64

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Given:
    """One file that is handed over.

    Parameters
    ----------
    path
        Where it lies.
    name
        What it is called in the case.
    receipt
        What is told of it.
    """

    path: Path
    name: str
    receipt: Receipt


def given(paths: Sequence[Path], receipt: Receipt) -> list[Given]:
    """List the files of a command line; folders are walked, in the order of their names.

    Parameters
    ----------
    paths
        Files and folders.
    receipt
        What is told of all of them.

    Raises
    ------
    BadInput
        If one is missing, unreadable, a link, a device or a pipe, or there is none at all; all faults at once.
    """
    found: list[Given] = []
    faults: list[BadInput] = []
    for path in paths:
        try:
            found += _listed(path, receipt)
        except BadInput as fault:
            faults.append(fault)
    if faults:
        raise SeveralProblems(faults[:_MOST_FAULTS]) if len(faults) > 1 else faults[0]
    if not found:
        raise BadInput(
            "there is no file in what was named; nothing was added", where=", ".join(str(path) for path in paths[:3])
        )
    return found


def _listed(path: Path, receipt: Receipt) -> Iterator[Given]:
    descriptor = open_plain(path, str(path))
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            yield Given(path, items.text_of(path.name), receipt)
            return
        folder = Folder(descriptor, str(path), _UNBOUNDED)
        for refused in folder.refused:
            raise BadInput(f"holds {refused.name}, which is refused: {refused.why.en}", where=str(path))
        base = path.resolve().name
        for member in folder.members:
            yield Given(path / member.name, items.text_of(f"{base}/{member.name}"), receipt)
    finally:
        os.close(descriptor)


def add(store: Store, case: str, files: Sequence[Given], *, actor: str, step: Step = lambda _: None) -> list[Item]:
    """Keep files in a case: one transaction, one entry a file, one object for the same bytes.

    Parameters
    ----------
    store
        Where to.
    case
        Its name.
    files
        What was handed over.
    actor
        Who takes it in.
    step
        Told the name of each file that is kept.

    Returns
    -------
    list[Item]
        In the order given.

    Raises
    ------
    BadInput
        If anything of it cannot be kept; then nothing is.
    """
    items.check_case(case)
    # A wrong passphrase is told before anything is read.
    assert store.log
    _refuse_own(store, files)
    dates = embedded_dates([one.path for one in files])
    at = store.now()
    new: list[str] = []
    try:
        with ExitStack() as stack:
            early = {place: stack.enter_context(_received(store, files[place])) for place in _large(files)}
            with store.acting():
                kept = []
                for place, (one, date) in enumerate(zip(files, dates, strict=True)):
                    with nullcontext(early[place]) if place in early else _received(store, one) as received:
                        item, name = _keep(store, case, one, received)
                    kept.append(replace(item, uploaded_at=utc_words(at), embedded_at=date))
                    if name is not None:
                        new.append(name)
                    step(one.name)
                entries = store.ledger.append([_act(item, at, actor) for item in kept])
                kept = [replace(item, seq=entry.seq) for item, entry in zip(kept, entries, strict=True)]
                items.keep(store.db, kept)
    except BaseException:
        store.discard(new)
        raise
    return kept


def _refuse_own(store: Store, files: Sequence[Given]) -> None:
    """Refuse what lies in the store: its keys would go out with the next bundle."""
    own = store.folder.resolve()
    for folder in {one.path.parent for one in files}:
        if folder.resolve().is_relative_to(own):
            raise BadInput(
                "lies in the store itself, beside its keys; name the files that were received", where=str(folder)
            )


def _act(item: Item, at: datetime, actor: str) -> ledger.Act:
    return ledger.Act("seal", at, actor, case=item.case, object=item.sha256, detail=item.detail())


def _large(files: Sequence[Given]) -> list[int]:
    """Give the places of those that are read before the database is locked, since they take their time."""
    found = []
    for place, one in enumerate(files):
        with suppress(OSError):
            if one.path.stat().st_size > _LARGE:
                found.append(place)
    return found[:_MOST_LARGE]


@contextmanager
def _received(store: Store, one: Given) -> Iterator[tuple[_Watched, vault.Received]]:
    with _opened(one) as source:
        try:
            with store.vault.receive(cast("BinaryIO", source)) as received:
                yield source, received
        except vault.SourceUnfit as fault:
            raise (fault if fault.where else BadInput(fault.words, where=shown(one.name, 300))) from None


def _keep(store: Store, case: str, one: Given, both: tuple[_Watched, vault.Received]) -> tuple[Item, str | None]:
    """Give a file its place in the case; and the name of its object, if the case did not hold it before."""
    source, received = both
    kept = store.vault.keep(case, received)
    found = detect(source.head, source.tail, source.size)
    problems = [*found.problems, *misfits(found.type, one.name, one.receipt.kind)]
    if found.type == "application/zip":
        problems += zip_problems(one.path, one.name)
    told = one.receipt
    item = Item(
        seq=-1,
        case=case,
        sha256=kept.sha256,
        size=kept.bytes,
        name=one.name,
        type=found.type,
        kind=told.kind,
        grade=told.grade.value,
        supplied_by=told.supplied_by,
        taken_before_officer=told.taken_before_officer,
        claimed_at=told.claimed_at,
        embedded_at=None,
        uploaded_at="",
        captured_at=told.captured_at,
        problems=tuple(problem.as_json() for problem in dict.fromkeys(problems)),
    )
    return item, kept.name if kept.new else None


class _Watched(io.RawIOBase):
    """A file that is read once: its first and last bytes are kept for telling its type."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._last: deque[bytes] = deque(maxlen=2)
        self.head = b""
        self.size = 0

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        # By this the vault sees that the file was not altered while it was read.
        return self._stream.fileno()

    def read(self, size: int = -1, /) -> bytes:
        chunk = self._stream.read(size)
        self.size += len(chunk)
        if len(self.head) < HEAD:
            self.head += chunk[: HEAD - len(self.head)]
        if chunk:
            self._last.append(chunk)
        return chunk

    @property
    def tail(self) -> bytes:
        return b"".join(self._last)[-TAIL:]


@contextmanager
def _opened(one: Given) -> Iterator[_Watched]:
    with ExitStack() as stack:
        descriptor = open_plain(one.path, shown(one.name, 300))
        file = stack.enter_context(os.fdopen(descriptor, "rb", buffering=0))
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise BadInput("is a folder by now; hand it in again", where=shown(one.name, 300))
        yield _Watched(file)
