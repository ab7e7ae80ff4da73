"""The texts of the letters, read from their files and checked: a faulty one is told with file and line.

A text names places (``{hearing_at}``), conditions (``when``) and parts that are worked out (``show``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal

from telusur.domain.errors import BadInput, SeveralProblems, nearest
from telusur.domain.text import Text
from telusur.law.citing import Document
from telusur.office.letters import border
from telusur.office.letters.asks import Ask
from telusur.office.letters.checks import faults
from telusur.office.letters.model import Masking, Reader, Shape
from telusur.process import Body, End, LetterKind


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list."""

    say: Text
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the body.

    Parameters
    ----------
    name
        Of ``show``, what is shown; of ``quote``, what the officer typed.
    """

    kind: Literal["say", "head", "note", "quote", "show", "clause", "items"]
    text: Text | None = None
    name: str = ""
    items: tuple[Item, ...] = ()
    marks: Literal["numbers", "letters", "ordinals"] = "numbers"
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterText:
    """The text of one letter.

    Parameters
    ----------
    title
        What lists call it.
    heading
        What stands above a record or a decree.
    reader
        Whom it goes to.
    end
        The end that it tells of.
    must
        Parts without which it cannot be made.
    sha256
        Lower-case hex hash of its file.
    """

    id: str
    kind: LetterKind
    shape: Shape
    reader: Reader
    nip: Masking
    bodies: tuple[Body, ...]
    end: End | None
    title: Text
    heading: Text | None
    subject: Text
    nature: Text
    salutation: Text | None
    must: tuple[str, ...]
    asks: tuple[Ask, ...]
    body: tuple[Piece, ...]
    closing: Text | None
    sign: tuple[str, ...]
    copies: tuple[Text, ...]
    sha256: str


@cache
def texts() -> Mapping[str, LetterText]:
    """Give the texts that are shipped with the program, by id; read once."""
    return load(resources.files(__package__).joinpath("texts"), lines=False)


def text(text_id: str) -> LetterText:
    """Give a shipped text by its id.

    Raises
    ------
    BadInput
        Naming the nearest known id.
    """
    found = texts().get(text_id)
    if found is None:
        raise BadInput(f"there is no letter {text_id!r}; {nearest(text_id, texts())}")
    return found


def load(folder: Traversable, *, lines: bool = True) -> Mapping[str, LetterText]:
    """Read the texts of a folder.

    Parameters
    ----------
    folder
        Holds one YAML file a text, named as its id.
    lines
        Read with the slower reader, which refuses keys that stand twice too.

    Raises
    ------
    SeveralProblems
        Every fault with file and line.
    """
    problems: list[BadInput] = []
    made: dict[str, LetterText] = {}
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if not entry.name.endswith(".yaml"):
            continue
        held = entry.read_bytes()
        try:
            document = Document(entry.name, held.decode("utf-8"))
        except UnicodeDecodeError:
            problems.append(BadInput("this file is not UTF-8; save it as UTF-8", where=entry.name))
            continue
        read, told = document.read(border.LetterFile, lines=lines)
        told += [document.problem(path, message) for path, message in faults(read, entry.name)] if read else []
        problems += told
        if read and not told:
            made[read.id] = _made(read, hashlib.sha256(held).hexdigest())
    if problems:
        raise SeveralProblems(problems)
    return made


def _made(held: border.LetterFile, digest: str) -> LetterText:
    return LetterText(
        id=held.id,
        kind=held.kind,
        shape=held.shape,
        reader=held.to,
        nip=held.nip,
        bodies=held.bodies,
        end=held.end,
        title=_text(held.title),
        heading=_maybe(held.heading),
        subject=_text(held.subject),
        nature=_text(held.nature),
        salutation=_maybe(held.salutation),
        must=held.must,
        asks=tuple(_ask(one) for one in held.asks),
        body=tuple(_piece(one) for one in held.body),
        closing=_maybe(held.closing),
        sign=held.sign,
        copies=tuple(_text(one) for one in held.copies),
        sha256=digest,
    )


def _ask(held: border.AskIn) -> Ask:
    choices = tuple((one.id, _text(one.title)) for one in held.choices)
    return Ask(held.id, held.kind, _text(held.label), _maybe(held.hint), held.required, choices)


def _piece(held: border.PieceIn) -> Piece:
    items = tuple(Item(_text(one.say), one.when, one.unless) for one in held.items)
    more = {"items": items, "marks": held.marks, "when": held.when, "unless": held.unless}
    for kind in ("say", "head", "note", "clause"):
        twins = getattr(held, kind)
        if twins:
            return Piece(kind, _text(twins), **more)  # type: ignore[arg-type] # of one mapping each has its own type
    if held.quote:
        return Piece("quote", name=held.quote, when=held.when, unless=held.unless)
    if held.show:
        return Piece("show", name=held.show, when=held.when, unless=held.unless)
    return Piece("items", None, **more)  # type: ignore[arg-type] # same


def _text(held: border.TwinsIn) -> Text:
    return Text(held.id, held.en)


def _maybe(held: border.TwinsIn | None) -> Text | None:
    return _text(held) if held else None
