"""Letters of operators, police reports and minutes: labelled lines, read by the table of labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from functools import cache
from typing import Any, Final

from telusur.domain import marked_yaml
from telusur.domain.document import Document, Fact
from telusur.domain.evidence import Grade, SourceKind
from telusur.domain.record import Problem
from telusur.domain.text import Text
from telusur.exports.correspondence.moments import Read, times_in

_LINE: Final = re.compile(r"^\s*(?P<label>[^:]{2,80}?)\s*:\s*(?P<value>.*?)\s*$")
_LONGEST: Final = 500


@cache
def _table() -> Any:  # noqa: ANN401 - the package's own YAML; a test reads every pattern
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
    facts = [*_labelled(lines, kind, dated, zone), *_holders(lines)]
    problems = []
    if facts and zone is not None and any(fact.at is not None and not _zoned(fact.written) for fact in facts):
        problems.append(
            Problem(
                name,
                Text(
                    "sebuah waktu di dalamnya tidak menyebut zona; dibaca dalam zona waktu perbuatan",
                    "a time in it states no zone; it was read in the zone of the act",
                ),
            )
        )
    return Document(name, kind, grade, dated.at if dated else None, facts=tuple(facts), problems=tuple(problems))


def _zoned(written: str) -> bool:
    return any(read.zoned for read in times_in(written, None)) or not re.search(r"\d[.:]\d\d", written)


def _dated(lines: list[tuple[int, str]], zone: tzinfo | None) -> Read | None:
    for _, line in lines:
        found = _LINE.match(line)
        if found and _pattern(_table()["date"]).search(found["label"].strip()):
            times = times_in(found["value"], zone)
            if times:
                return times[0]
    return None


def _labelled(
    lines: list[tuple[int, str]], kind: SourceKind, dated: Read | None, zone: tzinfo | None
) -> Iterator[Fact]:
    identified: bool | None = None
    replaced: list[Fact] = []
    others: list[Fact] = []
    table = _table()
    for number, line in lines:
        found = _LINE.match(line)
        row = found and next(
            (
                r
                for r in table["rows"]
                if kind in r.get("kinds", [kind]) and _pattern(r["label"]).search(found["label"].strip())
            ),
            None,
        )
        if not found or row is None:
            continue
        value, times = found["value"], times_in(found["value"], zone)
        match row["fact"]:
            case "identified":
                identified = _identified(value) if identified is None else identified
            case "device_returned":
                if _pattern(table["returned"]).search(value) and times:
                    others.append(_fact("sim_returned_at", times[-1], value, number))
            case "sim_replaced_at" if _pattern(table["none"]).search(value):
                if dated is not None:
                    others.append(_unchanged(value, dated.at, number))
            case "sim_replaced_at":
                replaced += [_fact("sim_replaced_at", one, value, number) for one in times]
            case "number_reassigned_at" if _pattern(table["none"]).search(value):
                continue
            case name:
                others += [_fact(name, one, value, number) for one in times[-1:]]
    yield from (replace(one, identified=identified) for one in replaced)
    yield from others


def _fact(name: Any, read: Read, written: str, line: int) -> Fact:  # noqa: ANN401 - one of the table's names, which a test holds against FactName
    return Fact(name, read.at, written, precision=read.precision, line=line)


def _unchanged(value: str, dated: datetime, line: int) -> Fact:
    found = _pattern(_table()["none_days"]).search(value)
    since = dated - timedelta(days=int(found["days"])) if found else None
    return Fact("no_sim_change_since", since, value, until=dated, line=line)


def _identified(value: str) -> bool | None:
    if _pattern(_table()["not_identified"]).search(value):
        return False
    return True if _pattern(_table()["identified"]).search(value) else None


def holder_in(line: str) -> tuple[str, str] | None:
    """Give the device and its holder that a line names: ``Model - dipegang Orang``; ``None`` where it names none."""
    found = _pattern(_table()["held"]).match(line.strip())
    return (found["device"].strip(), found["holder"].strip().rstrip(".;")) if found else None


def _holders(lines: list[tuple[int, str]]) -> Iterator[Fact]:
    for number, line in lines:
        found = holder_in(line)
        if found:
            yield Fact("device_of", None, line.strip(), device=found[0], holder=found[1], line=number)
