"""Whether the office is up, and whether it can work; for machines, without a login."""

from __future__ import annotations

from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, JsonResponse

from telusur import __version__
from telusur.office import working
from telusur.office.policies import PUBLIC, needs


@needs(PUBLIC)
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view
    """Say that the process answers."""
    return JsonResponse({"status": "ok", "telusur": __version__})


@needs(PUBLIC)
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view
    """Say whether the database answers, and whether a worker lives; without one what waits for it waits, no more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database does not answer"}, status=503)
    return JsonResponse({"status": "ok", "worker": "running" if working.alive() else "down"})
