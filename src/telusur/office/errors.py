"""Pages for what went wrong, in the office's own words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static

from telusur.domain.errors import BadInput


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that the page was open too long or cookies are off; what was typed stays in the browser's history."""
    return render(request, "office/errors/csrf.html", status=403)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that this person's roles do not open the page, and who can change that."""
    return render(request, "office/errors/403.html", status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page."""
    return render(request, "office/errors/404.html", status=404)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that what the browser sent cannot be read, and that nothing was stored."""
    return render(request, "office/errors/400.html", status=400)


def unrecorded(request: HttpRequest, problem: BadInput) -> HttpResponse:
    """Say why nothing can be entered, or a kept file be opened: a lost key, a full disk, an old backup."""
    return render(request, "office/errors/custody.html", {"why": problem.words}, status=503)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that it is our fault and nothing was half-done; asks neither the database nor who is there."""
    try:
        files = {"css": static("office/office.css"), "js": static("office/office.js")}
    except ValueError:  # not collected: the words matter more than the look
        files = {}
    # Without the request no context processor runs.
    return HttpResponse(get_template("office/errors/500.html").render(files), status=500)
