"""A report as a page of its own, and what the steps are called."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from django.http import HttpResponse

from telusur.domain.text import Text

_STYLE: Final = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_STEPS: Final = {
    "accepted": Text("Laporan menjadi perkara", "A report becomes a case"),
    "examined": Text("Perkara diperiksa", "A case is examined"),
    "proven": Text("Dinyatakan terbukti", "It is found proven"),
    "sanctioned": Text("Sanksi dijatuhkan", "A sanction is imposed"),
}


def rung_words(step: str) -> Text:
    """Say which step of a case is meant."""
    return _STEPS.get(step, Text(step, step))


def report_page(html: str) -> HttpResponse:
    """Give a report that is complete in itself: no script, nothing from elsewhere, its own styles by their hash."""
    sheets = [
        "'sha256-" + base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() + "'"
        for one in _STYLE.findall(html)
    ]
    answer = HttpResponse(html)
    answer["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {' '.join(sheets) or chr(39) + 'none' + chr(39)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return answer
