"""What a respondent asked of the office and nobody answered yet: it waits in the queue until somebody does."""

from __future__ import annotations

from datetime import date
from typing import Final

from telusur import process
from telusur.domain.text import Text
from telusur.domain.when import day_words

EXTENSION: Final = "extension"
#: What a case waits for, as the queue and its page say it.
WAITING: Final = {
    EXTENSION: Text("permintaan waktu belum dijawab", "request for time not answered"),
}
#: How such a request begins in the file, and how an answer begins that gives no more time.
_ASKED: Final = "Permintaan perpanjangan waktu menjawab sampai "
_REFUSED: Final = "Jawaban atas permintaan perpanjangan waktu: "


def for_time(until: date, why: str) -> str:
    """Write a request for more time, as it goes on file."""
    return f"{_ASKED}{day_words(until).id}: {why}"


def no_more_time(why: str) -> str:
    """Write the answer that gives no more time."""
    return f"{_REFUSED}{why}"


def open_request(file: process.File) -> process.Noted | None:
    """Give the last request for more time, if neither more time nor an answer followed it."""
    asked = None
    for step in file.steps:
        if isinstance(step, process.Noted) and step.by == file.respondent and step.text.startswith(_ASKED):
            asked = step
        elif (isinstance(step, process.Extended) and step.term == "reply") or (
            isinstance(step, process.Told) and step.what.startswith(_REFUSED)
        ):
            asked = None
    return asked


def waiting(file: process.File) -> str:
    """Say what a file waits for (`WAITING`); empty where nothing does."""
    return EXTENSION if not file.final and open_request(file) else ""
