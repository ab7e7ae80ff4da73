"""A running term as a calendar file (RFC 5545), also one that no law counts, such as the time to answer."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from telusur import __version__, process
from telusur.domain.text import Language
from telusur.law import deadlines

#: Octets of a line without its end (RFC 5545, section 3.1).
_LONGEST = 75


def ics(term: process.RunningTerm, number: str, language: Language) -> bytes:
    """Write a term as an all-day entry; one that the law counts as the deadline calculator writes it.

    Parameters
    ----------
    term
        With a last day.
    number
        Of the file, so that the entry can be told from others.
    """
    if term.deadline is not None and term.deadline.due == term.due:
        return deadlines.ics(term.deadline, language)
    assert term.due is not None
    mark = hashlib.sha256(f"{number}\0{term.id}\0{term.due}".encode()).hexdigest()[:32]
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Telusur//telusur {__version__}//{language.upper()}",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        f"UID:{mark}@telusur",
        f"DTSTAMP:{term.start:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{term.due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{term.due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY;LANGUAGE={language}:{_escaped(term.title.in_language(language))} ({_escaped(number)})",
        f"DESCRIPTION;LANGUAGE={language}:{_escaped(term.how.in_language(language))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(_folded(line) for line in lines)


def _escaped(words: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        words = words.replace(plain, written)
    return words


def _folded(line: str) -> bytes:
    folded, room = b"", _LONGEST
    for character in line:
        octets = character.encode()
        if len(octets) > room:
            folded, room = folded + b"\r\n ", _LONGEST - 1
        folded += octets
        room -= len(octets)
    return folded + b"\r\n"
