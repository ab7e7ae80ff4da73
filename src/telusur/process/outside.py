"""What the reporter and the respondent see of where a case stands: other words than inside, for every stage."""

from __future__ import annotations

from typing import Final, Literal

from telusur.domain.text import Text
from telusur.process.file import File

_NOT_OPENED: Final = {
    "reporter": Text("Laporan diterima; belum dibuka sebagai berkas.", "Your report came in; no file was opened yet."),
    "respondent": Text("Tidak ada berkas.", "There is no file."),
}


def seen(file: File, by: Literal["reporter", "respondent"]) -> Text:
    """Say where a case stands, as the reporter or the respondent is told it."""
    if file.opened is None:
        return _NOT_OPENED[by]
    return file.place.reporter_sees if by == "reporter" else file.place.respondent_sees
