"""A form that is sent twice is done once; and whoever changed it in between is told that the change went nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from telusur.domain.text import Text
from telusur.office.models import Sent
from telusur.office.words import say

#: Fields that the page makes anew each time, and that nobody types.
_NOT_TYPED: Final = frozenset({"csrfmiddlewaretoken", "token", "version", "language", "zone", "lakukan"})
_ALTERED: Final = Text(
    "Halaman itu sudah terkirim lebih dulu; yang tersimpan adalah kiriman pertama. Yang Anda ubah sesudahnya TIDAK "
    "tersimpan. Buka halamannya sekali lagi untuk mencatat perubahan itu.",
    "That page had been sent before; the first sending is what was kept. What you changed after it was NOT saved. "
    "Open the page once more to record the change.",
)


def mark(request: HttpRequest) -> str:
    """Give a keyed hash of what a form sent: typed values, and names and sizes of files."""
    typed = {name: request.POST.getlist(name) for name in sorted(request.POST) if name not in _NOT_TYPED}
    files = {name: [(one.name, one.size) for one in request.FILES.getlist(name)] for name in sorted(request.FILES)}
    return _mark((typed, files))


def _mark(held: tuple[Mapping[str, Any], Mapping[str, Any]]) -> str:
    return salted_hmac("telusur.office.sending", repr(held), algorithm="sha256").hexdigest()


def tell(request: HttpRequest, earlier: Sent) -> bool:
    """Say on the page that follows that only the first sending was kept, where this one says something else."""
    altered = bool(earlier.digest) and earlier.digest != mark(request)
    if altered:
        messages.warning(request, say(_ALTERED))
    return altered
