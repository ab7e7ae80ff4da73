"""The ledger of a case as officers read it: each act and each opening, whether it is proven, and what was signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache

from telusur import process
from telusur.domain.text import Text
from telusur.evidence.ledger import EntryType, verify_inclusion
from telusur.evidence.signing import Checkpoint, Note
from telusur.office import bundles, custody, policies, store
from telusur.office.desk.case import people_of
from telusur.office.desk.exhibits import CLEARED
from telusur.office.desk.telling import said, who
from telusur.office.exhibits import as_download
from telusur.office.models import Case, Reading, User
from telusur.office.policies import needs
from telusur.office.setup.changes import opened_words

PER_PAGE: Final = 50

TYPES: Final[Mapping[EntryType, Text]] = {
    "intake": Text("masuk", "intake"),
    "seal": Text("segel", "seal"),
    "view": Text("dilihat", "view"),
    "export": Text("keluar", "export"),
    "derive": Text("turunan", "derived"),
    "transfer": Text("pelimpahan", "transfer"),
    "correction": Text("koreksi", "correction"),
    "hold": Text("ditahan", "hold"),
    "destroy": Text("dimusnahkan", "destroyed"),
    "determination": Text("penelusuran", "determination"),
    "decision": Text("keputusan", "decision"),
    "override": Text("dilewati", "override"),
    "step": Text("langkah", "step"),
    "key": Text("kunci", "key"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry on the page.

    Parameters
    ----------
    proven
        Its inclusion in what was signed last was verified for this page.
    """

    number: int
    type: Text
    at: datetime
    who: Text
    what: Text
    leaf: str
    proven: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed last."""

    size: int
    root: str
    fingerprint: str


def signed() -> Signed | None:
    """Give what was signed last; ``None`` before anything was."""
    log = custody.log()
    note, keys = log.last(), log.keys()
    if note is None or not keys:
        return None
    checkpoint = Checkpoint.parse(Note.parse(note).text)
    return Signed(checkpoint.size, checkpoint.root.hex(), keys[-1].key.fingerprint)


@never_cache
@needs("case.read")
def page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the ledger of a case."""
    case = get_object_or_404(Case.objects.select_related("respondent"), pk=case_id)
    if not policies.of(request.user).in_case("case.read", case):
        raise PermissionDenied
    held = custody.log().ledger
    numbers = sorted({*held.of_case(str(case.pk)), *(one for id_ in _reports(case) for one in held.of_case(id_))})
    numbers.reverse()
    shown = Paginator(numbers, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "case": case,
        "page": shown,
        "lines": _lines(case, list(shown.object_list)),
        "signed": signed(),
        "stamps": custody.stamps_state(),
        "bundles": policies.of(request.user).in_case(CLEARED, case) and bundles.possible(case),
    }
    return render(request, "office/desk/ledger.html", context)


@needs(CLEARED)
def evidence_bundle(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Hand out the bundle of a case's evidence; that it was is in the bundle itself."""
    case = get_object_or_404(Case, pk=case_id)
    if not policies.of(request.user).in_case(CLEARED, case):
        raise PermissionDenied
    user = request.user
    assert isinstance(user, User)
    if not bundles.possible(case):
        raise Http404
    custody.reading("bundle", user.person_id, case=case)
    return as_download(bundles.zipped(case), f"bukti-{case.number.replace('/', '-')}.zip")


def _reports(case: Case) -> list[str]:
    return [str(one) for one in case.reports.values_list("pk", flat=True)]


def _lines(case: Case, numbers: Sequence[int]) -> list[Line]:
    log = custody.log()
    note = log.last()
    head = Checkpoint.parse(Note.parse(note).text) if note else None
    file = store.file_of(case)
    people = people_of(file)
    steps = {row.entry: process.from_json(row.body) for row in case.steps.filter(entry__in=numbers)}
    readings = {row.entry: row for row in Reading.objects.filter(entry__in=numbers)}
    actors = {row.by for row in readings.values()}
    users = [int(one[1:]) for one in actors if one[:1] == "u" and one[1:].isdigit()]
    people |= {user.person_id: user.shown for user in User.objects.filter(pk__in=users)}
    found = []
    for number in numbers:
        entry = log.ledger.entry(number)
        body = entry.read()
        actor = log.ledger.openings(number)["actor"].value or ""
        what = _OTHER
        if number in steps:
            what = said(steps[number], file, people)
        elif number in readings:
            what = opened_words(readings[number].what)
        proven = head is not None and number < head.size
        if proven and head is not None:
            proof = log.ledger.inclusion(number, head.size)
            proven = verify_inclusion(entry.leaf, number, head.size, proof, head.root)
        at = parse_datetime(body["at"])
        assert at is not None
        by = _OUTSIDE if actor == custody.OUTSIDE else who(actor, file, people)
        found.append(Line(number, TYPES[body["type"]], at, by, what, entry.leaf.hex(), proven))
    return found


_OUTSIDE: Final = Text("pelapor tanpa akun", "a reporter without an account")
_OTHER: Final = Text("laporan atau pesan, dengan berkasnya", "a report or message, with its files")
