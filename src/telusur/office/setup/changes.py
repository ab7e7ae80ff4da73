"""What was changed about people and the office, and what was opened: rows that are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from telusur.domain.text import Text
from telusur.office import custody
from telusur.office.models import Reading, User
from telusur.office.policies import needs
from telusur.office.setup import roles

PER_PAGE: Final = 50

_SAID: Final[Mapping[str, Text]] = {
    "people.made": Text("membuat akun {whom}", "made an account for {whom}"),
    "people.renamed": Text("mengubah sebutan {whom}", "changed what {whom} is called"),
    "people.given": Text("memberi {whom} peran {role}", "gave {whom} the role {role}"),
    "people.taken": Text("mencabut peran {role} dari {whom}", "took the role {role} from {whom}"),
    "people.closed": Text("menutup akun {whom}", "closed the account of {whom}"),
    "people.opened": Text("membuka lagi akun {whom}", "opened the account of {whom} again"),
    "people.passphrase": Text("memberi {whom} kata sandi sementara", "gave {whom} a temporary password"),
    "people.factor": Text("melepas kode ponsel {whom}", "took the phone code off {whom}"),
    "office.changed": Text("mengubah data kantor", "changed the office's data"),
    "office.keys": Text("menyatakan kunci kantor sudah disalin", "said that the office's key was backed up"),
    "office.begun": Text("menyelesaikan penyiapan kantor", "finished setting the office up"),
    "nip": Text("membuka NIP terlapor", "unmasked the respondent's number"),
    "exhibit": Text("mengunduh bukti asli", "downloaded original evidence"),
    "report-file": Text("mengunduh berkas asli sebuah laporan", "downloaded the original file of a report"),
    "copy": Text("melihat salinan kerja", "looked at a working copy"),
    "letter": Text("mengunduh surat", "downloaded a letter"),
    "letter-preview": Text("melihat konsep surat", "looked at a draft letter"),
    "own-file": Text("mengunduh seluruh berkasnya sendiri", "downloaded the whole of one's own file"),
    "bundle": Text("mengunduh bundel bukti", "downloaded a bundle of evidence"),
    "hand-over": Text("mengunduh bundel pelimpahan", "downloaded the bundle of a hand-over"),
    "tracing": Text("membaca bukti untuk penelusuran", "read evidence for a tracing"),
    "balance.facts": Text("mengisi keterangan untuk audit", "entered what the audit needs"),
    "erased": Text("menghapus berkas {what}", "erased a file"),
}
_OTHER: Final = Text("membuka {what}", "opened {what}")


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the record."""

    at: datetime
    who: str
    what: Text
    case: str


def write_down(by: User, what: str) -> None:
    """Write down that somebody changed something.

    Parameters
    ----------
    what
        As `_SAID` knows it, then whom and which role, with colons between.
    """
    custody.reading(what, by.person_id)


def told(rows: Iterable[Reading]) -> list[Change]:
    """Give rows in words."""
    held = list(rows)
    ids = {one for row in held for one in (row.by, *row.what.split(":")[1:2])}
    numbers = [int(one[1:]) for one in ids if one[:1] == "u" and one[1:].isdigit()]
    people = {user.person_id: user.shown for user in User.objects.filter(pk__in=numbers)}
    return [
        Change(row.at, people.get(row.by, "–"), _words(row.what, people), row.case.number if row.case else "")
        for row in held
    ]


def opened_words(what: str) -> Text:
    """Say what was opened, without saying of whom."""
    return _words(what, {})


def _words(what: str, people: Mapping[str, str]) -> Text:
    kind, *rest = what.split(":")
    whom = people.get(rest[0], "–") if rest else ""
    role = roles.title(rest[1]) if len(rest) > 1 else Text("", "")
    said = _SAID.get(kind, _OTHER)
    return Text(
        said.id.format(whom=whom, role=role.id, what=kind),
        said.en.format(whom=whom, role=role.en, what=kind),
    )


@needs("audit.read")
def listed(request: HttpRequest) -> HttpResponse:
    """Show all of it, the last first."""
    rows = Reading.objects.select_related("case").order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    return render(request, "office/setup/changes.html", {"page": page, "lines": told(page.object_list)})
