"""How anybody verifies evidence of this office: the fingerprint of its key, and what it signed last."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from telusur.office import custody
from telusur.office.desk.ledger import signed
from telusur.office.public.pages import open_page


@open_page
def verify(request: HttpRequest) -> HttpResponse:
    """Show the fingerprint, the last checkpoint, and how to check a bundle."""
    return render(request, "office/public/verify.html", {"signed": signed()})


@open_page
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Give what was signed last, as it was signed: whoever keeps it notices if something is taken back."""
    del request
    note = custody.log().last()
    if note is None:
        raise Http404
    answer = HttpResponse(note, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="checkpoint.note"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
