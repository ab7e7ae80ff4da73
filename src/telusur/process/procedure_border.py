"""The shape of a procedure's file: what a practitioner may write, checked before anything is made of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from telusur.law import Level
from telusur.law.citing import CitationIn, Strict
from telusur.process.procedure_model import Body, End, GateName, How, LetterKind, Need, Receiver

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]


def _not_blank(words: str) -> str:
    if not words.strip():
        raise PydanticCustomError("blank", "these words are blank; say it in this language too")
    return words


#: No word is left blank in either language.
Said = Annotated[str, AfterValidator(_not_blank), Field(json_schema_extra={"pattern": r"\S"})]
Starts = Annotated[
    str,
    StringConstraints(
        pattern=r"^(entered(:[a-z][a-z0-9_-]*)?|received|handed_over|receiver_answered|remedy"
        r"|letter:(preserve|summons|second_summons|notice|minutes|tracing_report|decision|forwarding|clearing)"
        r"|served:(summons|second_summons|particulars|decision|clearing)|term:[a-z0-9][a-z0-9-]*)$"
    ),
]


class TwinsIn(Strict):
    """One thing said in both languages."""

    id: Said
    en: Said


class WordsIn(Strict):
    """What the body calls the people and papers."""

    respondent: TwinsIn
    reporter: TwinsIn
    summons: TwinsIn
    hearing: TwinsIn
    minutes: TwinsIn
    answer: TwinsIn
    decision: TwinsIn


class RoleIn(Strict):
    """Who may act."""

    id: Id
    title: TwinsIn
    may_approve: bool = False


class OpeningIn(Strict):
    """A way in which a file comes about."""

    how: How
    stage: str
    term: str | None = None


class StageTermIn(Strict):
    """A term that runs in a stage; ``from`` says what it is counted from."""

    term: str
    starts: Annotated[Starts, Field(alias="from")]
    how: tuple[How, ...] = ()


class StageIn(Strict):
    """Where a file can be."""

    id: Id
    title: TwinsIn
    reporter_sees: TwinsIn
    respondent_sees: TwinsIn
    terms: tuple[StageTermIn, ...] = ()
    final: bool = False
    handed_to: Receiver | None = None
    citation: CitationIn | None = None
    note: TwinsIn | None = None


class MoveIn(Strict):
    """A step from one stage, or from any of several, to another."""

    id: Id
    title: TwinsIn
    origins: Annotated[str | Annotated[tuple[str, ...], Field(min_length=1)], Field(alias="from")]
    to: str
    roles: Annotated[tuple[str, ...], Field(min_length=1)]
    gates: tuple[GateName, ...] = ()
    needs: tuple[Need, ...] = ()
    after: str | None = None
    levels: tuple[Level, ...] = ()
    second: bool = False
    sanction: bool = False
    ballot: bool = False
    letter: LetterKind | None = None
    grounds: bool = False
    may_forward_untraced: bool = False
    to_next_person: bool = False
    end: End | None = None
    citation: CitationIn | None = None
    note: TwinsIn | None = None


class ProcedureFile(Strict):
    """One procedure."""

    schema_: Annotated[Literal["telusur.procedure/1"], Field(alias="schema")]
    id: Id
    title: TwinsIn
    body: Body
    note: TwinsIn | None = None
    citation: Annotated[tuple[CitationIn, ...], Field(min_length=1)]
    words: WordsIn
    roles: Annotated[tuple[RoleIn, ...], Field(min_length=1)]
    opens: Annotated[tuple[OpeningIn, ...], Field(min_length=1)]
    stages: Annotated[tuple[StageIn, ...], Field(min_length=1)]
    moves: Annotated[tuple[MoveIn, ...], Field(min_length=1)]
