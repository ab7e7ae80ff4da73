"""The main places of the office: each is shown to whoever may enter it, and only where its room has it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from telusur.domain.text import Text
from telusur.office.policies import PUBLIC


@dataclass(frozen=True, slots=True)
class Link:
    """A place.

    Parameters
    ----------
    name
        As `reverse` knows it.
    words
        What it is called.
    permission
        Who may enter; `policies.PUBLIC` is for readers who are not logged in.
    """

    name: str
    words: Text
    permission: str = PUBLIC


@dataclass(frozen=True, slots=True)
class Here:
    """A place as a page shows it; ``here`` if it is where the reader is."""

    address: str
    words: Text
    here: bool


LINKS: Final = (
    Link("public:selfcheck", Text("Periksa sendiri", "Self-check")),
    Link("intake:report", Text("Laporkan", "Report")),
    Link("public:takeover", Text("Akun diambil alih", "Account taken over")),
    Link("public:deadline", Text("Hitung tenggat", "Deadlines")),
    Link("public:rules", Text("Aturan", "Rules")),
    Link("portal:enter", Text("Beri tanggapan", "Respond")),
    Link("desk:queue", Text("Antrean", "Queue"), "case.list"),
    Link("intake:reports", Text("Laporan masuk", "Reports"), "reports.read"),
    Link("intake:open", Text("Buka berkas", "Open a case"), "case.open"),
    Link("audit:page", Text("Audit", "Audit"), "balance.read"),
    Link("setup:people", Text("Orang dan peran", "People and roles"), "people.manage"),
    Link("setup:office", Text("Kantor", "Office"), "office.configure"),
    Link("setup:changes", Text("Catatan akses", "Access record"), "audit.read"),
    Link("public:rules", Text("Aturan", "Rules"), "case.list"),
    Link("public:deadline", Text("Hitung tenggat", "Deadlines"), "case.list"),
)


def links(request: HttpRequest | None, may: Container[str] | None) -> list[Here]:
    """Give the places this reader may enter; readers without a login get the public ones."""
    user = getattr(request, "user", None)
    inside = user is not None and user.is_authenticated
    path = request.path if request is not None else ""
    found = []
    for link in LINKS:
        if (link.permission == PUBLIC) == inside or (inside and link.permission not in (may or ())):
            continue
        try:
            address = reverse(link.name)
        except NoReverseMatch:  # its room does not have it
            continue
        found.append((address, link.words))
    open_here = max((address for address, _ in found if path.startswith(address)), key=len, default=None)
    return [Here(address, words, address == open_here) for address, words in found]
