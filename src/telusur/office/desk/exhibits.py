"""A file of a case: people look at a working copy, made anew each time; an original goes to a cleared role alone."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.evidence import copies
from telusur.office import custody, exhibits, policies
from telusur.office.models import Case, Exhibit, PublicReport
from telusur.office.policies import needs

#: What lets somebody have an original, with all that it says of its maker.
CLEARED: Final = "evidence.original"


@dataclass(frozen=True, slots=True)
class Shown:
    """A working copy as a page shows it.

    Parameters
    ----------
    pages
        Number and address of each picture; the picture stands in its address.
    facts
        What the original says of its maker; for a cleared role, ``None`` for any other.
    """

    copy: copies.WorkingCopy
    pages: tuple[tuple[int, str], ...]
    first: int
    following: int | None
    facts: Mapping[str, str] | None


def looked_at(
    owner: Case | PublicReport, sha256: str, name: str, by: str, mark: str, *, first: int = 1, cleared: bool = False
) -> Shown:
    """Make a working copy of a kept file, and write down who looked at it.

    Raises
    ------
    FileNotFoundError
        If it is not there, or is no longer what it was.
    """
    with custody.opened(owner, sha256) as held:
        content = held.read()
    made = copies.make(content, name=name, first=first)
    facts: Mapping[str, str] | None = None
    if cleared:
        try:
            facts = copies.read_metadata(content, name=name)
        except BadInput:
            facts = {}
    whose = {"case": owner} if isinstance(owner, Case) else {"report": owner}
    custody.reading(f"copy:{mark}", by, sha256=sha256, **whose)
    pages = tuple(
        (one.number, f"data:{one.media_type};base64,{base64.b64encode(one.content).decode('ascii')}")
        for one in made.pages
    )
    last = pages[-1][0] if pages else 0
    more = last + 1 if made.pages_in_all is not None and last < made.pages_in_all else None
    return Shown(made, pages, first, more, facts)


@never_cache
@needs("evidence.read")
def show(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """Show the working copy of a file."""
    exhibit = _exhibit(request, case_id, exhibit_id, "evidence.read")
    cleared = policies.of(request.user).in_case(CLEARED, exhibit.case)
    try:
        shown = looked_at(
            exhibit.case,
            exhibit.sha256,
            exhibit.name,
            request.user.person_id,  # type: ignore[union-attr] # behind `needs`
            f"exhibit:{exhibit.pk}",
            first=page_asked(request),
            cleared=cleared,
        )
    except FileNotFoundError:
        raise Http404 from None
    context: dict[str, Any] = {
        "case": exhibit.case,
        "name": exhibit.name,
        "bytes": exhibit.bytes,
        "sha256": exhibit.sha256,
        "grade": (exhibit.grade, Grade(exhibit.grade).meaning),
        "supplied_by": exhibit.supplied_by,
        "added_at": exhibit.added_at,
        "original": reverse("desk:original", args=[exhibit.case.pk, exhibit.pk]) if cleared else None,
        **in_words(shown),
    }
    return render(request, "office/desk/copy.html", context)


def page_asked(request: HttpRequest) -> int:
    """Give the page from which a copy begins, as the address says it."""
    asked = request.GET.get("mulai", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1  # noqa: PLR2004 - no page has more digits


def in_words(shown: Shown) -> dict[str, Any]:
    """Give what the page of a copy says, besides which file it is."""
    return {"shown": shown, "copy": shown.copy, "integrity": INTEGRITY}


#: What stands on every page that shows evidence.
INTEGRITY: Final = Text(
    "Keutuhan berkas menunjukkan bahwa berkas ini tidak berubah sejak diterima. Itu tidak menunjukkan bahwa isinya "
    "benar, dan tidak menunjukkan siapa yang melakukannya.",
    "Integrity shows that this file has not changed since it was received. It shows neither that what it says is true "
    "nor who acted.",
)


@needs(CLEARED)
def original(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> FileResponse:
    """Hand out a file as it was received, as a download."""
    exhibit = _exhibit(request, case_id, exhibit_id, CLEARED)
    try:
        return exhibits.handed_out(exhibit, request.user.person_id)  # type: ignore[union-attr] # behind `needs`
    except FileNotFoundError:
        raise Http404 from None


def _exhibit(request: HttpRequest, case_id: UUID, exhibit_id: UUID, permission: str) -> Exhibit:
    exhibit = get_object_or_404(Exhibit.objects.select_related("case"), pk=exhibit_id, case_id=case_id)
    if not policies.of(request.user).in_case(permission, exhibit.case):
        raise PermissionDenied
    return exhibit
