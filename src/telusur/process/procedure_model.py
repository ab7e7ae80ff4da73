"""A procedure as frozen values: the stages a file goes through, and the moves from one to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from telusur.domain.errors import BadInput, nearest
from telusur.domain.text import Text
from telusur.law import Citation, Level
from telusur.law.deadlines import Term

#: The eight conditions of contracts.md, in the order in which a file meets them.
GateName = Literal["particulars", "notice", "heard", "tracing", "purpose", "consistency", "independence", "letter"]
GATES: Final[tuple[GateName, ...]] = (
    *("particulars", "notice", "heard", "tracing"),
    *("purpose", "consistency", "independence", "letter"),
)

#: Gates that no override opens for a sanction.
UNBENDING: Final[frozenset[GateName]] = frozenset({"tracing", "heard", "independence"})

#: How a file ends. The first three clear the respondent, each in its own way.
End = Literal["cleared", "not_proven", "stopped", "forwarded", "sanctioned", "referred"]
CLEARING: Final[tuple[End, ...]] = ("cleared", "not_proven", "stopped")

How = Literal["report", "finding", "lead", "handed_over"]
LetterKind = Literal[
    "preserve",
    "summons",
    "second_summons",
    "notice",
    "minutes",
    "tracing_report",
    "decision",
    "forwarding",
    "clearing",
]
#: Letters that tell the respondent what is alleged: none goes out without particulars.
SUMMONING: Final[frozenset[LetterKind]] = frozenset({"summons", "second_summons", "notice"})

Body = Literal["bawaslu", "bkn", "agency"]

#: Who a file is handed to. Who the supervisor of ASN is depends on the day: `law.supervisor_on` names it.
Receiver = Literal["asn_supervisor", "gakkumdu", "ppk", "bawaslu", "other_agency"]

#: What must be so, beside the gates, before a move.
#: ``status``: the respondent's status has been established. ``accepted``, ``refused``: so did the receiver answer the
#: last hand-over. ``answer``: an answer or minutes of a hearing are on file. ``draft``: a draft lies there (an approved
#: one where the move needs a second person). ``served_decision``: the decision was served. ``objection``, ``appeal``,
#: ``no_remedy``: what was sought against the decision as last served. ``remedy_upheld``, ``remedy_changed``,
#: ``remedy_annulled``: what that came to.
Need = Literal[
    "status",
    "accepted",
    "refused",
    "answer",
    "draft",
    "served_decision",
    "objection",
    "appeal",
    "no_remedy",
    "remedy_upheld",
    "remedy_changed",
    "remedy_annulled",
]


@dataclass(frozen=True, slots=True)
class Role:
    """Who may act in a procedure, by the body's own word.

    Parameters
    ----------
    may_approve
        Whether a person in this role can be the second one, who approves what another drafted.
    """

    id: str
    title: Text
    may_approve: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What a body calls the people and papers of its procedure."""

    respondent: Text
    reporter: Text
    summons: Text
    hearing: Text
    minutes: Text
    answer: Text
    decision: Text


@dataclass(frozen=True, slots=True)
class Opening:
    """One way in which a file comes about.

    Parameters
    ----------
    stage
        Where it begins.
    term
        Within which it must have come in, counted from the day that the term names; ``None``: no source names one.
    """

    how: How
    stage: str
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class StageTerm:
    """A term that runs while a file is in a stage.

    Parameters
    ----------
    starts
        What it is counted from, the last time that it happened: ``entered`` (the stage was), ``entered:<stage>``
        (another stage was), ``received`` (the day the file came in), ``handed_over``, ``receiver_answered``,
        ``remedy``, ``letter:<kind>`` (a letter was made), ``served:<what>`` (something was served), or
        ``term:<id>`` (the last day of another term of the same stage). What has not happened starts nothing.
    how
        It runs only for files that came in so; empty: for all.
    """

    term: Term
    starts: str
    how: tuple[How, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a file can be.

    Parameters
    ----------
    title
        What the body itself calls it.
    reporter_sees, respondent_sees
        What it is called outside.
    final
        Nothing leads out of it.
    handed_to
        Who has the file and owes an answer; ``None``: the body itself has it.
    note
        What the sources leave open, or what Telusur adds to them.
    """

    id: str
    title: Text
    reporter_sees: Text
    respondent_sees: Text
    terms: tuple[StageTerm, ...] = ()
    final: bool = False
    handed_to: Receiver | None = None
    citation: Citation | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A step from one stage to another.

    Parameters
    ----------
    origins
        Stages that it leads out of; it may lead back into one of them.
    to
        The stage that it leads into.
    roles
        Any of them may take it.
    gates
        Conditions that must be open.
    needs
        What must be so beside the gates.
    after
        Term of the stage that must be over first, in every reading of it.
    levels
        Levels of the sanction in the draft that it may carry; empty where it carries none.
    second
        A second person must have approved the draft that it carries out.
    sanction
        It carries, decides or puts into effect a sanction, or what weighs like one.
    ballot
        It is decided by a vote with a quorum; dissent is written down.
    letter
        Letter that goes out with it.
    grounds
        Whoever takes it must write down why.
    may_forward_untraced
        A closed gate *tracing* does not hold it up; it travels with the file to the receiver.
    to_next_person
        The one who acted so far hands to another, being involved or not in power.
    end
        How the file ends by it.
    """

    id: str
    title: Text
    origins: tuple[str, ...]
    to: str
    roles: tuple[str, ...]
    gates: tuple[GateName, ...] = ()
    needs: tuple[Need, ...] = ()
    after: Term | None = None
    levels: tuple[Level, ...] = ()
    second: bool = False
    sanction: bool = False
    ballot: bool = False
    letter: LetterKind | None = None
    grounds: bool = False
    may_forward_untraced: bool = False
    to_next_person: bool = False
    end: End | None = None
    citation: Citation | None = None
    note: Text | None = None

    @property
    def clears(self) -> bool:
        """Whether it ends the file in the respondent's favour."""
        return self.end in CLEARING


@dataclass(frozen=True)
class Procedure:
    """One body's way from intake to an end.

    Parameters
    ----------
    hash
        Lower-case hex SHA-256 of its file.
    citations
        Where the procedure as a whole stands, with how sure that is.
    """

    id: str
    title: Text
    body: Body
    citations: tuple[Citation, ...]
    words: Words
    roles: Mapping[str, Role]
    openings: Mapping[How, Opening]
    stages: Mapping[str, Stage]
    moves: Mapping[str, Move]
    hash: str
    note: Text | None = None
    _out: Mapping[str, tuple[Move, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        out = {stage: tuple(move for move in self.moves.values() if stage in move.origins) for stage in self.stages}
        object.__setattr__(self, "_out", out)

    def stage(self, stage_id: str) -> Stage:
        """Give a stage by its id.

        Raises
        ------
        BadInput
            Naming the nearest known id.
        """
        found = self.stages.get(stage_id)
        if found is None:
            raise BadInput(f"{self.id} has no stage {stage_id!r}; {nearest(stage_id, self.stages)}")
        return found

    def move(self, move_id: str) -> Move:
        """Give a move by its id.

        Raises
        ------
        BadInput
            Naming the nearest known id.
        """
        found = self.moves.get(move_id)
        if found is None:
            raise BadInput(f"{self.id} has no move {move_id!r}; {nearest(move_id, self.moves)}")
        return found

    def out_of(self, stage_id: str) -> tuple[Move, ...]:
        """Give the moves that lead out of a stage, in the order of the file; of a final one there is none."""
        return self._out[self.stage(stage_id).id]

    def opening(self, how: How) -> Opening:
        """Give where a file begins that comes in this way.

        Raises
        ------
        BadInput
            If none can come in this way.
        """
        found = self.openings.get(how)
        if found is None:
            raise BadInput(f"no file of {self.id} begins by {how!r}; {nearest(how, self.openings)}")
        return found

    @property
    def ends(self) -> frozenset[End]:
        """How its files can end."""
        return frozenset(move.end for move in self.moves.values() if move.end)
