"""Files that come in: sealed by their hash, kept unchanged and encrypted; every opening is written down."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Self
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from telusur import evidence, process
from telusur.domain.errors import BadInput
from telusur.domain.evidence import EvidenceItem, Grade, SourceKind, Supplier
from telusur.domain.text import Text
from telusur.office import custody
from telusur.office.home import Home
from telusur.office.models import Case, Exhibit, PublicReport

_log = logging.getLogger(__name__)
#: Characters of a file's own name that are kept; the rest says nothing that a person needs.
_NAME = 120


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was sealed and kept.

    Parameters
    ----------
    item
        What it is; its path is the name it came with.
    path
        Where it lies until it is kept.
    """

    item: EvidenceItem
    path: Path


class Tray:
    """What came in with one form: each file lies here until it is kept, and what was not kept is removed at the end.

    A form that is refused, is sent twice or comes too late thus leaves nothing behind.
    """

    def __init__(self) -> None:
        self._lying: list[Path] = []

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what lies here."""
        self.clear()

    def clear(self) -> None:
        """Remove what lies here."""
        while self._lying:
            self._lying.pop().unlink(missing_ok=True)

    def take_in(self, upload: UploadedFile[Any], *, kind: SourceKind | None, grade: Grade) -> Taken:
        """Seal an uploaded file.

        Raises
        ------
        BadInput
            If it is empty or did not come whole.
        """
        taken = _taken(upload, kind=kind, grade=grade)
        self._lying.append(taken.path)
        return taken


def keep(owner: Case | PublicReport, taken: Iterable[Taken]) -> None:
    """Keep files encrypted, by their hashes; last in the transaction that writes their rows.

    Parameters
    ----------
    owner
        The case or the report that they came with.
    taken
        The files.

    Raises
    ------
    BadInput
        If one cannot be kept.
    """
    for one in taken:
        try:
            kept = custody.keep(owner, one.path)
        except OSError:  # the disk is full, say
            _log.exception("a file could not be kept")
            raise BadInput(_not_kept(one.item.path)) from None
        if kept != one.item.sha256:
            raise BadInput(_not_kept(one.item.path))


def _taken(upload: UploadedFile[Any], *, kind: SourceKind | None, grade: Grade) -> Taken:
    home = Home.here()
    home.make()
    beside = home.incoming / f"{uuid4().hex}.part"
    name = process_name(upload.name or "")
    try:
        with beside.open("xb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        size = beside.stat().st_size
        if not upload.size:
            raise BadInput(
                Text(f"berkas {name} kosong; pilih berkas yang berisi", f"the file {name} is empty; choose another")
            )
        if size != upload.size:
            raise BadInput(_not_kept(name))
        item = evidence.seal(beside, name=beside.name, kind=kind, grade=grade, case_dir=home.incoming)
    except OSError:  # the disk is full, say
        beside.unlink(missing_ok=True)
        _log.exception("a file could not be kept")
        raise BadInput(_not_kept(name)) from None
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return Taken(replace(item, path=name), beside)


def _not_kept(name: str) -> Text:
    return Text(
        f"berkas {name} tidak dapat disimpan, dan belum ada yang dicatat; coba lagi nanti, dan beri tahu kantor bila "
        "tetap gagal",
        f"the file {name} could not be kept, and nothing was recorded; try again later, and tell the office if it "
        "still fails",
    )


def process_name(name: str) -> str:
    """Give the name of a file as it may be shown: its last part, without signs that steer, of bounded length."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(sign if sign.isprintable() else "_" for sign in last).strip() or "berkas"
    return plain if len(plain) <= _NAME else f"{plain[: _NAME - 12]}…{plain[-10:]}"


def add(case: Case, taken: Taken, *, supplied_by: Supplier, at: Any, by: str) -> tuple[Exhibit, process.EvidenceAdded]:
    """Give the row of a file in a case, unsaved, and the step that adds it; both go into one transaction."""
    item = taken.item
    row = Exhibit(
        case=case,
        sha256=item.sha256,
        name=item.path,
        bytes=item.size,
        kind=item.kind or "document",
        media_type=item.type,
        grade=item.grade.value,
        supplied_by=supplied_by,
        added_at=at,
    )
    step = process.EvidenceAdded(
        at=at,
        by=by,
        evidence=row.evidence_id,
        sha256=item.sha256,
        name=item.path,
        grade=item.grade,
        supplied_by=supplied_by,
        sealed=True,
    )
    return row, step


def handed_out(exhibit: Exhibit, by: str) -> FileResponse:
    """Hand out a file as a download, never shown in the browser as what it says it is; and write down who took it.

    Raises
    ------
    FileNotFoundError
        If it is not there.
    """
    file = custody.opened(exhibit.case, exhibit.sha256)
    custody.reading(f"exhibit:{exhibit.pk}", by, case=exhibit.case, sha256=exhibit.sha256)
    return as_download(file, exhibit.name)


def as_download(file: BinaryIO, name: str) -> FileResponse:
    """Give a file as a download that no browser takes for what it says it is."""
    answer = FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store"
    return answer


def problems(taken: Taken) -> Iterator[Text]:
    """Give what is wrong with a file, for the page that follows."""
    yield from taken.item.problems
