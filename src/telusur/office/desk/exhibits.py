"""A file of a case: what it is, and its download, which is written down."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from telusur.office import exhibits, policies
from telusur.office.models import Exhibit
from telusur.office.policies import needs


@needs("evidence.read")
def show(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> FileResponse:
    """Hand out a file of a case."""
    exhibit = get_object_or_404(Exhibit.objects.select_related("case"), pk=exhibit_id, case_id=case_id)
    if not policies.of(request.user).in_case("evidence.read", exhibit.case):
        raise PermissionDenied
    try:
        return exhibits.handed_out(exhibit, request.user.person_id)  # type: ignore[union-attr] # behind `needs`
    except FileNotFoundError:
        raise Http404 from None
