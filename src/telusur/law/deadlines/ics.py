"""A deadline as a calendar file (RFC 5545): the same bytes for the same deadline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from telusur import __version__
from telusur.domain.text import Language, Text
from telusur.law.deadlines import words
from telusur.law.deadlines.count import Deadline

#: Octets of a line without its end (RFC 5545, section 3.1).
_LONGEST: Final = 75

_FROM: Final = Text("Dihitung {count} sejak {start} ({event}).", "Counted {count} from {start} ({event}).")
_BASIS: Final = Text("Dasar: {title}{article}.", "Basis: {title}{article}.")
_ARTICLE: Final = Text(" pasal {article}", ", art. {article}")
_CALENDAR: Final = Text(
    "Kalender {id} sebagaimana diketahui {known}, versi {hash}.", "Calendar {id} as known on {known}, version {hash}."
)
_EARLIEST: Final = Text("paling aman", "to be safe")


def ics(deadline: Deadline, language: Language = "id") -> bytes:
    """Write a deadline as a calendar file with an all-day entry.

    A reading by which the term ends earlier has an entry of its own. The day of an entry is part of its UID, so that a
    deadline that was counted anew stands beside the old one and never replaces it silently.

    Parameters
    ----------
    deadline
        The deadline.
    language
        Language of its words.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Telusur//telusur {__version__}//{language.upper()}",
        "CALSCALE:GREGORIAN",
        *_entry(deadline, deadline.due, deadline.term.title, language),
    ]
    earliest = deadline.earliest
    if earliest.due < deadline.due:
        title = deadline.term.title
        marked = Text(
            f"{title.id} ({_EARLIEST.id}: {earliest.says.id})", f"{title.en} ({_EARLIEST.en}: {earliest.says.en})"
        )
        lines += _entry(deadline, earliest.due, marked, language)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _entry(deadline: Deadline, day: date, title: Text, language: Language) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(deadline, day)}"
    # No clock: the same deadline is the same file whenever it is written.
    yield f"DTSTAMP:{deadline.start:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={language}:{_escaped(title.in_language(language))}"
    yield f"DESCRIPTION;LANGUAGE={language}:{_escaped(chr(10).join(_described(deadline, language)))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _described(deadline: Deadline, language: Language) -> Iterator[str]:
    term, version = deadline.term, deadline.version
    article = _ARTICLE.filled(article=term.citation.article) if term.citation.article else ""
    said = (
        words.filled(
            _FROM, count=words.count_words(term.count), start=words.long_day(deadline.start), event=term.from_event
        ),
        words.filled(_BASIS, title=term.citation.instrument.title, article=article),
        *(caution.says for caution in deadline.cautions),
        words.filled(_CALENDAR, id=version.calendar, known=version.known_on.isoformat(), hash=version.hash[:16]),
    )
    for one in said:
        yield one.in_language(language)


def _uid(deadline: Deadline, day: date) -> str:
    parts = (deadline.term.id, deadline.start.isoformat(), day.isoformat(), deadline.version.agency or "")
    return f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@telusur"


def _escaped(words_: str) -> str:
    """Escape TEXT (RFC 5545, section 3.3.11)."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        words_ = words_.replace(plain, written)
    return words_


def _folded(line: str) -> bytes:
    """Fold a line at 75 octets, never within a character, and end it with CRLF."""
    folded, room = b"", _LONGEST
    for character in line:
        octets = character.encode()
        if len(octets) > room:
            folded += b"\r\n "
            room = _LONGEST - 1
        folded += octets
        room -= len(octets)
    return folded + b"\r\n"
