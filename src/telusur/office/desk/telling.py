"""Steps in words, for the timeline of a case: the sentences are data (``telling.yaml``), the rest names and dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from telusur import law, process
from telusur.domain import marked_yaml
from telusur.domain.errors import BadInput
from telusur.domain.proposition import Proposition
from telusur.domain.text import Text
from telusur.domain.when import day_words

_FILE: Final = "telling.yaml"
_PLACE: Final = re.compile(r"\{(\w+)\}")
#: Fields that hold what a person wrote down with a step.
_WRITTEN: Final = ("grounds", "why", "text")
_PEOPLE: Final = ("person", "who", "second")


@dataclass(frozen=True, slots=True)
class Told:
    """A step as the timeline shows it.

    Parameters
    ----------
    number
        Its place in the file.
    who
        What the person is called; the part in the case where the person has no login.
    grounds
        What was written down with it.
    """

    number: int
    at: datetime
    who: Text
    what: Text
    grounds: str | None = None


@cache
def _words() -> Mapping[str, Any]:
    held: Any = marked_yaml.packaged(__package__, _FILE).value
    return {"steps": held["steps"], "values": held["values"]}


def told(number: int, step: process.Step, file: process.File, people: Mapping[str, str]) -> Told:
    """Say what a step was."""
    grounds = next((str(found) for name in _WRITTEN if (found := getattr(step, name, None))), None)
    return Told(number, step.at, who(step.by, file, people), said(step, file, people), grounds)


def who(person: str, file: process.File, people: Mapping[str, str]) -> Text:
    """Say who somebody is: by name where the office knows one, a party by its part; never an id."""
    if person in people:
        return Text(people[person], people[person])
    if person == process.SYSTEM:
        return Text("program", "program")
    if person == file.respondent:
        return file.flow.words.respondent
    if person == file.reporter:
        return file.flow.words.reporter
    return Text("petugas", "official")


def said(step: process.Step, file: process.File, people: Mapping[str, str]) -> Text:
    """Say in a few words what a step is.

    Raises
    ------
    KeyError
        If its kind has no words.
    """
    whole = Text.of(_words()["steps"][process.kind_of(step)])
    sentence = Text(_worth_saying(whole.id, step), _worth_saying(whole.en, step))
    values = {
        one.name: _value(one.name, getattr(step, one.name), file, people)
        for one in fields(step)
        if f"{{{one.name}}}" in sentence.id
    }
    return Text(
        _PLACE.sub(lambda found: values[found[1]].id, sentence.id),
        _PLACE.sub(lambda found: values[found[1]].en, sentence.en),
    )


def _worth_saying(sentence: str, step: process.Step) -> str:
    """Leave out the clauses, after the first, all of whose fields are empty: a move without a vote names none."""
    first, *further = sentence.split("; ")
    asked = [(one, [getattr(step, name) for name in _PLACE.findall(one)]) for one in further]
    kept = [one for one, held in asked if not held or any(value not in (None, ()) for value in held)]
    return "; ".join([first, *kept])


def _value(name: str, value: Any, file: process.File, people: Mapping[str, str]) -> Text:
    if value is None or value == ():
        return Text.of(_words()["values"]["open" if name == "leading" else "none"])
    if isinstance(value, bool):
        return Text.of(_words()["values"]["flag"][str(value).lower()])
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Proposition):
        return value.short
    if name in _PEOPLE:
        return who(value, file, people)
    if name in _NAMED:
        return _NAMED[name](value, file)
    known = _words()["values"].get(name, {})
    if isinstance(value, tuple):
        return _listed(Text.of(known[one]) if one in known else Text(one, one) for one in value)
    return Text.of(known[value]) if value in known else Text(str(value), str(value))


def _listed(words: Iterable[Text]) -> Text:
    held = list(words)
    return Text(", ".join(one.id for one in held), ", ".join(one.en for one in held))


def _status(value: str, _: process.File) -> Text:
    return law.label("actor.status", value)


def _rank(value: str, _: process.File) -> Text:
    powers = law.catalogue().powers
    return powers.ranks[value].title if powers and value in powers.ranks else Text(value, value)


def _move(value: str, file: process.File) -> Text:
    try:
        return file.flow.move(value).title
    except BadInput:
        return Text(value, value)


def _decided(value: str, _: process.File) -> Text:
    for field in ("attribution.account_control", "attribution.authenticity"):
        try:
            return law.label(field, value)
        except BadInput:
            continue
    return Text(value, value)


def _findings(value: tuple[process.Finding, ...], _: process.File) -> Text:
    results = _words()["values"]["results"]
    words = [Text.of(results[one.result]) for one in value]
    return _listed(Text(f"{one.act} {word.id}", f"{one.act} {word.en}") for one, word in zip(value, words, strict=True))


def _sanction(value: process.Sanction, _: process.File) -> Text:
    return sanction_words(value)


def sanction_words(sanction: process.Sanction) -> Text:
    """Say a sanction: its kind, its level, and the rule that it rests on."""
    level = law.label("sanction_level", sanction.level)
    try:
        kinds = {kind.id: kind.title for one in law.sanctions(sanction.level).sets for kind in one.kinds}
    except BadInput:
        kinds = {}
    kind = kinds.get(sanction.kind, Text(sanction.kind, sanction.kind))
    return Text(f"{kind.id} ({level.id}, {sanction.rule})", f"{kind.en} ({level.en}, {sanction.rule})")


def letter_words(kind: str) -> Text:
    """Say a kind of letter."""
    words = _words()["values"]["letter"]
    return Text.of(words[kind]) if kind in words else Text(kind, kind)


def _ballot(value: process.Ballot, _: process.File) -> Text:
    return Text(
        f"{value.in_favour} setuju, {value.against} menolak, kuorum {value.quorum}",
        f"{value.in_favour} for, {value.against} against, quorum {value.quorum}",
    )


def _procedure(value: str, _: process.File) -> Text:
    return process.procedure(value).title


def _gate(value: str, file: process.File) -> Text:
    assert file.last is not None
    return next(one.title for one in process.gates(file, file.last.recorded_on) if one.name == value)


def _term(value: str, _: process.File) -> Text:
    if value == "reply":
        return Text.of(_words()["values"]["term"]["reply"])
    try:
        return law.deadlines.register().term(value).title
    except BadInput:
        return Text(value, value)


_NAMED: Final[Mapping[str, Callable[[Any, process.File], Text]]] = {
    "status": _status,
    "rank": _rank,
    "move": _move,
    "value": _decided,
    "findings": _findings,
    "sanction": _sanction,
    "ballot": _ballot,
    "procedure": _procedure,
    "gate": _gate,
    "term": _term,
}
