"""What must be so of a letter's text: every name in it exists, and it says nothing that it may not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Final

from telusur.domain.errors import nearest
from telusur.domain.marked_yaml import Path
from telusur.office.letters import border
from telusur.office.letters.asks import common
from telusur.office.letters.names import CONDITIONS, EVERY, NAMING, PLACES, SHOWS
from telusur.process import PARTS, LetterKind

_PLACE: Final = re.compile(r"\{([^{}]*)\}")
#: Letters to the respondent that need the whole number, so that no other person is meant.
_WHOLE_NUMBER: Final[frozenset[LetterKind]] = frozenset({"summons", "second_summons", "decision"})
#: Words that judge a person; none stands in a letter.
_JUDGING: Final = re.compile(r"\b(bersalah|pelanggar|guilty|violators?|offenders?|culprits?)\b", re.IGNORECASE)
#: Until it is decided, nothing is said to be proven.
_PROVEN: Final = re.compile(
    r"\b(telah|sudah) (terbukti|melanggar)\b|\b(has|have|was|were) (been )?(proven|breached)\b", re.IGNORECASE
)
#: What is asked where two sign for the office.
_SECOND: Final = ("second", "second_position")
_DECIDING: Final[frozenset[LetterKind]] = frozenset({"decision", "clearing"})


Fault = tuple[Path, str]


def faults(held: border.LetterFile, name: str) -> Iterator[Fault]:
    """Give what is wrong with a text, each with its place in the file."""
    for check in _CHECKS:
        yield from check(held)
    if held.id != PurePosixPath(name).stem:
        yield ("id",), f"the file must be named as its id: {held.id}.yaml"


def _said(held: border.LetterFile) -> Iterator[tuple[Path, border.TwinsIn]]:
    """Give everything that the letter itself says, with its place."""
    for field in ("heading", "subject", "nature", "salutation", "closing"):
        twins = getattr(held, field)
        if twins:
            yield (field,), twins
    for i, copy in enumerate(held.copies):
        yield ("copies", i), copy
    for i, piece in enumerate(held.body):
        for kind in ("say", "head", "note", "clause"):
            twins = getattr(piece, kind)
            if twins:
                yield ("body", i, kind), twins
        for j, item in enumerate(piece.items):
            yield ("body", i, "items", j, "say"), item.say


def _places(held: border.LetterFile) -> Iterator[Fault]:
    asked = {one.id: i for i, one in enumerate(held.asks)}
    used: set[str] = {str(piece.quote) for piece in held.body if piece.quote}
    known = {*PLACES, *asked, *(one.id for one in common())}
    for path, twins in _said(held):
        named = [set(_PLACE.findall(words)) for words in (twins.id, twins.en)]
        if named[0] != named[1]:
            differ = ", ".join(sorted(named[0] ^ named[1]))
            yield path, f"the two languages do not name the same places: {differ} stands in one only"
        for place in sorted(named[0] | named[1]):
            if place not in known:
                yield path, f"there is no place {{{place}}}; {nearest(place, known)}"
        used |= named[0]
    used |= {
        condition.partition(":")[2].partition("=")[0]
        for _, condition in _asked_of(held)
        if condition.startswith("typed:")
    }
    used |= {name for piece in held.body if piece.show for name in SHOWS.get(piece.show, EVERY).asks}
    used |= {"to"} if held.to != "respondent" else set()
    used |= set(_SECOND) if "second" in held.sign else set()
    for name, i in asked.items():
        if name not in used:
            yield ("asks", i, "id"), f"{name!r} is asked and stands nowhere in the letter; use it or do not ask"
        if name in PLACES or name in {one.id for one in common()}:
            yield ("asks", i, "id"), f"{name!r} is known without asking; give it another name"


def _asked_of(held: border.LetterFile) -> Iterator[tuple[Path, str]]:
    for i, piece in enumerate(held.body):
        for part, conditions in (("when", piece.when), ("unless", piece.unless)):
            yield from ((("body", i, part, j), one) for j, one in enumerate(conditions))
        for k, item in enumerate(piece.items):
            for part, conditions in (("when", item.when), ("unless", item.unless)):
                yield from ((("body", i, "items", k, part, j), one) for j, one in enumerate(conditions))


def _conditions(held: border.LetterFile) -> Iterator[Fault]:
    choices = {one.id: {choice.id for choice in one.choices} for one in held.asks}
    for path, condition in _asked_of(held):
        if not condition.startswith("typed:"):
            if condition not in CONDITIONS:
                yield path, f"there is no condition {condition!r}; {nearest(condition, CONDITIONS)}"
            continue
        name, _, value = condition.removeprefix("typed:").partition("=")
        if name not in choices:
            yield path, f"{name!r} is not asked here; {nearest(name, choices) if choices else 'nothing is'}"
        elif value and value not in choices[name]:
            yield path, f"{value!r} is none of its choices; {nearest(value, choices[name])}"


def _pieces(held: border.LetterFile) -> Iterator[Fault]:
    for i, piece in enumerate(held.body):
        kinds = [kind for kind in ("say", "head", "note", "quote", "show", "clause") if getattr(piece, kind)]
        if len(kinds) + (bool(piece.items) and not piece.clause) != 1:
            yield ("body", i), "a piece is one of say, head, note, quote, show, clause with items, or items"
        if piece.clause and not piece.items:
            yield ("body", i, "clause"), "a clause without items says nothing; add items"
        if piece.show and piece.show not in SHOWS:
            yield ("body", i, "show"), f"nothing is shown by the name {piece.show!r}; {nearest(piece.show, SHOWS)}"
        if piece.quote and piece.quote not in {one.id for one in held.asks}:
            yield ("body", i, "quote"), f"{piece.quote!r} is not asked here; add it to asks"


def _musts(held: border.LetterFile) -> Iterator[Fault]:
    shown = {piece.show for piece in held.body if piece.show and not piece.when and not piece.unless}
    for i, must in enumerate(held.must):
        if must not in SHOWS:
            yield ("must", i), f"nothing is shown by the name {must!r}; {nearest(must, SHOWS)}"
        elif must not in shown:
            yield ("must", i), f"it must contain {must!r}, and its body never shows it without a condition"
    if held.kind == "decision":
        given = {part for must in held.must if must in SHOWS for part in SHOWS[must].gives}
        lacking = [part for part in PARTS if part not in given]
        if lacking:
            yield ("must",), f"a decision must give {', '.join(lacking)} too; name what shows it"


def _protection(held: border.LetterFile) -> Iterator[Fault]:
    if held.nip == "full" and (held.kind not in _WHOLE_NUMBER or held.to != "respondent"):
        yield (
            ("nip",),
            "the whole NIP stands in a summons and in the decision to the person alone; write masked or none",
        )
    named = {"respondent", "nip", "position", "unit", "rank"}
    if held.to == "holder":
        for path, twins in _said(held):
            found = sorted(named & set(_PLACE.findall(twins.id)))
            if found:
                yield path, f"who holds a record is not told whom it concerns; remove {{{found[0]}}}"
        for i, piece in enumerate(held.body):
            if piece.show in NAMING:
                yield ("body", i, "show"), f"who holds a record is not told whom it concerns; remove {piece.show!r}"
    for path, twins in _said(held):
        for words in (twins.id, twins.en):
            judging = _JUDGING.search(words) or (held.kind not in _DECIDING and _PROVEN.search(words))
            if judging:
                yield path, f"{judging.group()!r} judges; say what is alleged, or what the deciding official found"


def _choices(held: border.LetterFile) -> Iterator[Fault]:
    seen: set[str] = set()
    for i, ask in enumerate(held.asks):
        if ask.id in seen:
            yield ("asks", i, "id"), f"{ask.id!r} is asked twice; keep one"
        seen.add(ask.id)
        if (ask.kind == "choice") != bool(ask.choices):
            yield ("asks", i, "choices"), "a choice needs its choices, and nothing else has any"


def _needed(held: border.LetterFile) -> Iterator[Fault]:
    asked = {one.id for one in held.asks}
    if held.shape == "letter" and held.to in ("holder", "body") and "to" not in asked:
        yield ("asks",), "a letter to somebody else than the respondent asks whom it goes to; add the ask `to`"
    for name in _SECOND if "second" in held.sign else ():
        if name not in asked:
            yield ("asks",), f"a second signature has a name and a position; add the ask `{name}`"
    for piece in held.body:
        for name in SHOWS.get(piece.show or "", EVERY).asks:
            if name not in asked:
                yield ("asks",), f"what it shows needs the ask `{name}`; add it"
    if held.shape != "letter" and not held.heading:
        yield ("shape",), "a record and a decree stand under a heading; add heading"


_CHECKS: Final[tuple[Callable[[border.LetterFile], Iterator[Fault]], ...]] = (
    _pieces,
    _places,
    _conditions,
    _musts,
    _protection,
    _choices,
    _needed,
)
