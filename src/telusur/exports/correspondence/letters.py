"""Letters of operators, police reports and minutes: labelled lines, read by the table of labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, timedelta, tzinfo
from functools import cache
from typing import Any, Final

from telusur.domain.document import Document, Fact
from telusur.domain.evidence import Grade, SourceKind
from telusur.domain.record import Problem
from telusur.domain.text import Text
from telusur.exports.correspondence.moments import Read, times_in

_LINE: Final = re.compile(r"^\s*(?P<label>[^:]{2,80}?)\s*:\s*(?P<value>.*?)\s*$")
_LONGEST: Final = 500


@cache
def _table() -> Any:  # noqa: ANN401 - the package's own YAML; a test reads every pattern
    # Loaded where the data are asked for, not in every worker that opens a file.
    from telusur.domain import marked_yaml  # noqa: PLC0415 - same

    return marked_yaml.packaged(__package__, "labels.yaml").value


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def read_letter(text: str, *, name: str, kind: SourceKind, grade: Grade, zone: tzinfo | None) -> Document:
    """Give what a letter says.

    Parameters
    ----------
    text
        The letter, as plain text.
    name
        What the case calls it.
    kind, grade
        As the case states.
    zone
        Zone of times that state none.
    """
    lines = [(number, line[:_LONGEST]) for number, line in enumerate(text.splitlines(), start=1)]
    dated = _dated(lines, zone)
    labelled = [(number, found["label"].strip(), found["value"]) for number, found in _labels(lines)]
    facts = [*_told(labelled, kind, dated, zone), *_holders(lines)]
    undated = dated is None and any(fact.name == "no_sim_change_since" for fact in facts)
    facts = [fact for fact in facts if fact.name != "no_sim_change_since" or fact.until is not None]
    problems = [Problem(name, _UNDATED)] if undated else []
    problems += _zones(name, facts, [value for _, _, value in labelled], zone)
    return Document(
        name,
        kind,
        grade,
        dated.at if dated else None,
        facts=tuple(facts),
        problems=tuple(problems),
        numbers=tuple(_numbers(labelled)) if kind == "operator_letter" else (),
        hashes=tuple(dict.fromkeys(found.lower() for _, line in lines for found in _SHA256.findall(line))),
    )


def _numbers(lines: Sequence[tuple[int, str, str]]) -> Iterator[str]:
    """Give the numbers of lines that name a subscriber's, not those of letters or identity cards."""
    for _, label, value in lines:
        found = _WRITTEN_NUMBER.search(value) if _SUBSCRIBER.search(label) else None
        if found:
            yield found[0]


_SUBSCRIBER: Final = re.compile(
    r"^(nomor|no\.?)( (pelanggan|telepon|telp\.?|hp|ponsel|seluler|handphone|kartu|msisdn|yang (diminta|ditanyakan)))+$"
    r"|^msisdn$|^(subscriber|phone|mobile|telephone)( number| no\.?)?$",
    re.IGNORECASE,
)
_SHA256: Final = re.compile(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{64}(?![0-9A-Za-z])")
_WRITTEN_NUMBER: Final = re.compile(r"(?:\+|\b0|\b62)[\d ().-]{7,20}\d\b")


_UNDATED: Final = Text(
    "tidak bertanggal, sehingga tidak diketahui sampai kapan kartu SIM tidak diganti",
    "it bears no date, so that until when no SIM card was replaced is not known",
)
_ASSUMED: Final = Text(
    "sebuah waktu di dalamnya tidak menyebut zona; dibaca dalam zona waktu perbuatan",
    "a time in it states no zone; it was read in the zone of the act",
)
_NO_ZONE: Final = Text(
    "sebuah waktu di dalamnya tidak menyebut zona dan zona perbuatan tidak diketahui; tidak dipakai",
    "a time in it states no zone, and that of the act is not known; it was not used",
)


def _zones(name: str, facts: Sequence[Fact], values: Sequence[str], zone: tzinfo | None) -> list[Problem]:
    """Say where a time without a zone was read in that of the act, or could not be read."""
    if zone is None:
        return [Problem(name, _NO_ZONE)] if any(unplaced(value) for value in values) else []
    assumed = (f for f in facts if f.at is not None and f.precision < timedelta(days=1) and unplaced(f.written))
    return [Problem(name, _ASSUMED)] if any(assumed) else []


def unplaced(words: str) -> bool:
    """Whether a time stands in some words that states no zone."""
    return any(not read.zoned for read in times_in(words, UTC))


def _labels(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, re.Match[str]]]:
    for number, line in lines:
        found = _LINE.match(line)
        if found:
            yield number, found


def _dated(lines: Sequence[tuple[int, str]], zone: tzinfo | None) -> Read | None:
    """Give the letter's own date: a labelled line, else "Place, date" on a line of its own."""
    for _, found in _labels(lines):
        if _pattern(_table()["date"]).search(found["label"].strip()) and (times := times_in(found["value"], zone)):
            return times[0]
    for _, line in lines:
        place = _pattern(_table()["place_and_date"]).match(line.strip())
        if place and (times := times_in(place["date"], zone)):
            return times[0]
    return None


def _told(
    lines: Sequence[tuple[int, str, str]], kind: SourceKind, dated: Read | None, zone: tzinfo | None
) -> Iterator[Fact]:
    table = _table()
    identified: bool | None = None
    recycled = False
    facts: list[Fact] = []
    registered: list[Fact] = []
    for number, label, value in lines:
        fits = (r for r in table["rows"] if kind in r.get("kinds", [kind]) and _pattern(r["label"]).search(label))
        name = next((row["fact"] for row in fits), "other")
        times = times_in(value, zone)
        none = _pattern(table["none"]).search(value) is not None
        unknown = _pattern(table["no_data"]).search(value) is not None
        recycled |= _pattern(table["recycled"]).search(f"{label} {value}") is not None and not none and not unknown
        if name == "other" or (unknown and not (none and _pattern(table["none_days"]).search(value))):
            continue
        match name:
            case "identified":
                identified = _identified(value) if identified is None else identified
            case "device_returned":
                returned = _pattern(table["returned"]).search(f"{label} {value}")
                facts += [_fact("sim_returned_at", one, value, number) for one in times[-1:] if returned]
            case "sim_replaced_at" if none:
                facts.append(_unchanged(value, times, dated, number))
            case "sim_replaced_at":
                facts += [_fact(name, one, value, number) for one in times]
            case "registered_since":
                registered += [_fact("number_reassigned_at", one, value, number) for one in times[-1:]]
            case _ if not none:
                facts += [_fact(name, one, value, number) for one in times[-1:]]
    if recycled and not any(fact.name == "number_reassigned_at" for fact in facts):
        # Since when a number is registered tells of another subscriber only in a letter that says there is one.
        facts += registered
    yield from (replace(one, identified=identified) if one.name == "sim_replaced_at" else one for one in facts)


def _fact(name: Any, read: Read, written: str, line: int) -> Fact:  # noqa: ANN401 - one of the table's names, which a test holds against FactName
    return Fact(name, read.at, written, precision=read.precision, line=line)


def _unchanged(value: str, times: Sequence[Read], dated: Read | None, line: int) -> Fact:
    """Give since and until when no card was replaced: a stretch that is named, else up to the letter's date."""
    until = times[1].at if len(times) > 1 else dated.at if dated else None
    if times:
        return Fact("no_sim_change_since", times[0].at, value, until=until, line=line)
    found = _pattern(_table()["none_days"]).search(value)
    since = None
    if found and until is not None:
        # A month of 28 days claims no day that the letter does not.
        since = until - timedelta(days=_UNITS[found["unit"][:3].casefold()] * int(found["count"]))
    return Fact("no_sim_change_since", since, value, until=until, line=line)


_UNITS: Final = {"har": 1, "day": 1, "min": 7, "wee": 7, "bul": 28, "mon": 28, "tah": 365, "yea": 365}


def _identified(value: str) -> bool | None:
    """Whether the subscriber's original card was shown; not said where somebody came for the subscriber with it."""
    table = _table()
    if _pattern(table["not_identified"]).search(value):
        return False
    shown, proxy = (_pattern(table[name]).search(value) is not None for name in ("identified", "by_proxy"))
    return None if shown == proxy else shown


def holder_in(line: str) -> tuple[str, str] | None:
    """Give the device and its holder that a line names: ``Model - dipegang Orang``; ``None`` where it names none."""
    found = _pattern(_table()["held"]).match(line.strip())
    if found is None or _pattern(_table()["nobody"]).search(found["holder"].strip()):
        return None
    return found["device"].strip(), found["holder"].strip().rstrip(".;")


def _holders(lines: Sequence[tuple[int, str]]) -> Iterator[Fact]:
    for number, line in lines:
        found = holder_in(line)
        if found:
            yield Fact("device_of", None, line.strip(), device=found[0], holder=found[1], line=number)
