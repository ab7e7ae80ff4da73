"""The shape of a letter's text: what a practitioner may write, checked before anything is made of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from telusur.law.citing import Strict
from telusur.office.letters.model import Masking, Reader, Shape
from telusur.process import Body, End, LetterKind

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
#: No word is left blank in either language.
Said = Annotated[str, StringConstraints(pattern=r"\S")]


class TwinsIn(Strict):
    """One thing said in both languages."""

    id: Said
    en: Said


class ChoiceIn(Strict):
    """One of several answers."""

    id: Name
    title: TwinsIn


class AskIn(Strict):
    """What the officer fills in."""

    id: Name
    kind: Literal["line", "words", "day", "moment", "choice"]
    label: TwinsIn
    hint: TwinsIn | None = None
    required: bool = True
    choices: tuple[ChoiceIn, ...] = ()


class ConditionalIn(Strict):
    """What stands in a letter only where something is so, or is not so."""

    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class ItemIn(ConditionalIn):
    """One item of a list."""

    say: TwinsIn


class PieceIn(ConditionalIn):
    """One piece of the body; exactly one of its kinds."""

    say: TwinsIn | None = None
    head: TwinsIn | None = None
    note: TwinsIn | None = None
    quote: Name | None = None
    show: str | None = None
    clause: TwinsIn | None = None
    items: tuple[ItemIn, ...] = ()
    marks: Literal["numbers", "letters", "ordinals"] = "numbers"


class LetterFile(Strict):
    """One text."""

    schema_: Annotated[Literal["telusur.letter/1"], Field(alias="schema")]
    id: Id
    kind: LetterKind
    shape: Shape
    to: Reader
    nip: Masking
    bodies: Annotated[tuple[Body, ...], Field(min_length=1)] = ("bawaslu", "bkn", "agency")
    end: End | None = None
    title: TwinsIn
    heading: TwinsIn | None = None
    subject: TwinsIn
    nature: TwinsIn
    salutation: TwinsIn | None = None
    must: tuple[str, ...] = ()
    asks: tuple[AskIn, ...] = ()
    body: Annotated[tuple[PieceIn, ...], Field(min_length=1)]
    closing: TwinsIn | None = None
    sign: Annotated[tuple[Literal["official", "respondent", "second"], ...], Field(min_length=1)] = ("official",)
    copies: tuple[TwinsIn, ...] = ()
