"""What this office published on whether it is even-handed: the report, its tables, and every earlier release."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from telusur.domain.text import Text
from telusur.office.audit import counts, releases
from telusur.office.audit.showing import report_page
from telusur.office.audit.tables import AuditRelease
from telusur.office.public.pages import open_page
from telusur.office.words import language

_NAME: Final = re.compile(r"[a-z0-9_.-]{1,60}")
_KINDS: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json", "html": "text/html; charset=utf-8"}
#: The counts beside the report, in the order of the page.
_COUNTED: Final = {
    "cases": Text("Perkara seluruhnya", "Cases in all"),
    "gates_overridden": Text(
        "Perkara dengan syarat yang dilewati dua orang", "Cases where two people let a condition pass"
    ),
    "terms_missed": Text("Perkara yang pernah melewati tenggat", "Cases that missed a term"),
    "cleared": Text("Orang yang dinyatakan bersih", "People who were cleared"),
    "mobilisation": Text("Perkara karena perintah atau pengerahan", "Cases by an order or mobilisation"),
    "superiors": Text("Di antaranya atasan atau lembaga", "Of these, superiors or institutions"),
}


@open_page
def transparency(request: HttpRequest) -> HttpResponse:
    """Show the last release, and where the earlier ones are."""
    held = [_shown(one) for one in AuditRelease.objects.all()]
    last = held[0] if held else None
    counted = counts.read(last["files"][counts.FILE]) if last else {}
    context = {
        "last": last,
        "earlier": held[1:],
        "report": releases.REPORTS[language()],
        "other": releases.REPORTS["en" if language() == "id" else "id"],
        "counts": [(words, counted.get(name)) for name, words in _COUNTED.items()] if last else [],
    }
    return render(request, "office/public/transparency.html", context)


def _shown(one: AuditRelease) -> dict[str, Any]:
    return {
        "number": one.number,
        "at": one.at,
        "files": one.files,
        "sha256": releases.whole(one.files),
        "hashes": releases.hashes(one.files),
    }


@open_page
def published(request: HttpRequest, release: int, file: str) -> HttpResponse:
    """Give a file as it was published."""
    del request
    text = get_object_or_404(AuditRelease, number=release).files.get(file) if _NAME.fullmatch(file) else None
    if text is None:
        raise Http404
    ending = file.rsplit(".", 1)[-1]
    if ending == "html":
        return report_page(text)
    answer = HttpResponse(text.encode(), content_type=_KINDS[ending])
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
