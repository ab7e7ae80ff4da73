"""Take what a respondent sends: all of it once, in one transaction, through the store; and the receipt for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from telusur import process
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade, SourceKind
from telusur.domain.text import Text
from telusur.office import exhibits, sending, store
from telusur.office.models import Case, Exhibit, Sent
from telusur.office.portal.access import Visitor
from telusur.office.portal.seen import given, sent

#: How many files one respondent may hand in here; more are taken at the desk.
MOST_FILES: Final = 200
_SHORTEST_TOKEN: Final = 16


class Changed(Exception):
    """Other particulars were served since the page was opened: nothing was written."""

    words = Text(
        "Rincian dugaan berubah sejak halaman ini dibuka; belum ada yang dikirim, dan yang Anda ketik masih ada. "
        "Baca rincian yang baru, lalu kirim sekali lagi.",
        "The particulars have changed since this page was opened; nothing was sent, and what you typed is still here. "
        "Read the new ones, then send again.",
    )


@dataclass(frozen=True, slots=True)
class Making:
    """What a sending is made of.

    Parameters
    ----------
    file
        The case as it now stands.
    evidence
        Ids of the files that came along.
    """

    file: process.File
    at: datetime
    by: str
    evidence: tuple[str, ...]


def take(
    request: HttpRequest,
    present: Visitor,
    make: Callable[[Making], Sequence[process.Step]],
    *,
    files: Sequence[tuple[UploadedFile[Any], Kind]] = (),
    seen: int | None = None,
) -> str:
    """Take a sending of the respondent's: the files and the steps, or nothing; the same token twice is taken once.

    Whoever sends something else with the same token is told on the page that follows.

    Parameters
    ----------
    request
        With the one-time token of the form.
    make
        Gives the steps that follow those of the files.
    files
        What was uploaded, and what it is.
    seen
        The particulars that the page showed (`seen.Given.n`), where what is sent answers them.

    Returns
    -------
    str
        The address of the receipt.

    Raises
    ------
    Changed
        If the particulars are no longer those that were seen.
    process.Refused
        If the process does not allow a step; it says why.
    BadInput
        If the form has no token, or too many files came in already.
    """
    token = request.POST.get("token", "")[:64]
    if len(token) < _SHORTEST_TOKEN:
        raise BadInput(_OLD)
    try:
        with exhibits.Tray() as tray:
            taken = [tray.take_in(one, kind=held.kind, grade=held.grade) for one, held in files]
            with transaction.atomic():
                done = _taken(present, Sent(pk=token, digest=sending.mark(request)), make, taken, seen)
    except IntegrityError:
        earlier = Sent.objects.filter(pk=token).first()
        if earlier is None:
            raise
        done = earlier
    sending.tell(request, done)
    return done.led_to


def _taken(
    present: Visitor,
    now_sent: Sent,
    make: Callable[[Making], Sequence[process.Step]],
    files: Sequence[exhibits.Taken],
    seen: int | None,
) -> Sent:
    case = Case.objects.select_for_update().select_related("respondent").get(pk=present.case.pk)
    earlier = Sent.objects.filter(pk=now_sent.pk).first()
    if earlier is not None:
        return earlier
    file = store.file_of(case)
    now = given(file)
    if seen is not None and (now is None or now.n != seen):
        raise Changed
    mine = sum(one.step.by == present.person_id for one in file.evidence.values())
    if mine + len(files) > MOST_FILES:
        raise BadInput(_TOO_MANY)
    at, by = timezone.now(), present.person_id
    added = [exhibits.add(case, one, supplied_by="respondent", at=at, by=by) for one in files]
    made = make(Making(file, at, by, tuple(row.evidence_id for row, _ in added)))
    steps = [*(step for _, step in added), *made]
    now_sent.led_to = reverse("portal:receipt", args=[len(sent(file)) + 1])
    now_sent.save(force_insert=True)
    store.record(case.pk, steps, version=file.version)
    Exhibit.objects.bulk_create(row for row, _ in added)
    exhibits.keep(case, files)
    return now_sent


def judged(uploads: Sequence[UploadedFile[Any]], kind: str = "") -> list[tuple[UploadedFile[Any], Kind]]:
    """Say what each upload is, with the grade that such a file has from its owner's hand.

    Parameters
    ----------
    kind
        A key of `KINDS`; by the ending of each file's name if left out.
    """
    return [(one, KINDS[kind] if kind else _by_ending(one.name or "")) for one in uploads]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record, and the grade it has when its owner hands it in."""

    kind: SourceKind
    grade: Grade
    words: Text
    hint: Text


KINDS: Final = {
    "export": Kind(
        "platform_export",
        Grade.C,
        Text("Unduhan data akun dari platform", "The account's data, downloaded from the platform"),
        Text(
            "Tingkat C. Yang diunduh di depan petugas dengan berita acara bertingkat B.",
            "Grade C. One downloaded before an officer, with minutes, is grade B.",
        ),
    ),
    "email": Kind(
        "security_email",
        Grade.D,
        Text("Surel keamanan asli (.eml)", "Security e-mails, original (.eml)"),
        Text("Tingkat D. Cetakan atau tangkapan layarnya hanya E.", "Grade D. A print or screenshot of it is only E."),
    ),
    "original": Kind(
        "document",
        Grade.D,
        Text("Berkas asli dari perangkat yang membuatnya", "An original file from the device that made it"),
        Text(
            "Tingkat D: foto, video, atau dokumen dengan metadatanya.", "Grade D: photo, video or paper with metadata."
        ),
    ),
    "operator": Kind(
        "operator_letter",
        Grade.E,
        Text("Surat operator seluler (pindaian)", "The mobile operator's letter (a scan)"),
        Text(
            "Tingkat E sampai kantor menerimanya langsung; bawalah aslinya.",
            "Grade E until the office has it directly; bring the original.",
        ),
    ),
    "police": Kind(
        "police_report",
        Grade.E,
        Text("Tanda terima laporan polisi (pindaian)", "The receipt of a police report (a scan)"),
        Text("Tingkat E; bawalah aslinya.", "Grade E; bring the original."),
    ),
    "screenshot": Kind(
        "screenshot",
        Grade.E,
        Text("Tangkapan layar", "A screenshot"),
        Text("Tingkat E; lebih baik berkas aslinya.", "Grade E; the original is better."),
    ),
    "other": Kind("document", Grade.E, Text("Lainnya", "Something else"), Text("Tingkat E.", "Grade E.")),
}
_ENDINGS: Final = {".eml": "email", ".zip": "export", ".json": "export"}


def _by_ending(name: str) -> Kind:
    return KINDS[_ENDINGS.get(PurePath(name).suffix.lower(), "other")]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was taken in at one time, and the hash that anybody can compute again.

    Parameters
    ----------
    sha256
        Over `held` as JSON in UTF-8, keys sorted, without blanks.
    """

    number: int
    at: datetime
    steps: tuple[process.Step, ...]
    held: dict[str, Any]
    sha256: str


def receipts(case: Case, file: process.File) -> dict[int, Receipt]:
    """Give the receipts of all that the respondent sent, by its number."""
    found = {}
    for number, steps in sent(file).items():
        said = {"case": case.number, "steps": [_said(step) for step in steps]}
        written = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
        found[number] = Receipt(number, steps[-1].at, steps, said, digest)
    return found


def _said(step: process.Step) -> dict[str, Any]:
    """Give a step as its receipt holds it: without the opaque id, which means nothing outside."""
    return {name: value for name, value in process.to_json(step).items() if name != "by"}


_OLD: Final = Text(
    "halaman ini terbuka terlalu lama; yang Anda ketik masih ada. Kirim sekali lagi",
    "this page was open for too long; what you typed is still here. Send it once more",
)
_TOO_MANY: Final = Text(
    f"di sini diterima paling banyak {MOST_FILES} berkas; serahkan selebihnya di kantor",
    f"at most {MOST_FILES} files are taken here; hand in the rest at the office",
)
