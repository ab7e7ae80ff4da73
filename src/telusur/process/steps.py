"""What people do with a case, as values: a file is the sequence of its steps, and nothing else.

A step is written when it is recorded: `at` is that time, with its zone; `by` is the opaque id of a person, or
``system`` for a worker of the program. Nothing is edited or deleted; a correction is a further step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final, Literal, get_args

from telusur.domain.account import Platform
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade, Supplier
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.domain.proposition import Proposition
from telusur.process.procedure_model import GateName, How, LetterKind

#: Who acts where no person does.
SYSTEM: Final = "system"

_WIB: Final = timezone(timedelta(hours=7))

Result = Literal["proven", "cleared", "not_proven", "stopped", "referred"]
What = Literal["summons", "second_summons", "particulars", "decision", "clearing"]
Claim = Literal[
    "not_mine",
    "taken_over",
    "lost_access",
    "shared_device",
    "lent",
    "office_account",
    "accidental",
    "fabricated",
    "admits",
]
OrderRole = Literal["superior", "institution", "ordered"]
Part = Literal["facts", "rules", "answer", "attribution", "remedy"]
#: What a decision's letter holds.
PARTS: Final[tuple[Part, ...]] = get_args(Part)


def day_of(at: date | datetime) -> date:
    """Give the day of a time in its own zone; in UTC, as databases keep times, it is read as WIB. A day is itself."""
    if not isinstance(at, datetime):
        return at
    return (at if at.utcoffset() else at.astimezone(_WIB)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What every step has.

    Parameters
    ----------
    at
        When it was recorded; with its zone.
    by
        Opaque id of the person, or ``system``.
    """

    at: datetime
    by: str

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise BadInput("the time of a step has no zone; give it one", field="at")
        if not self.by.strip():
            raise BadInput("a step is somebody's; name who took it", field="by")

    @property
    def recorded_on(self) -> date:
        """The day of `at`, as `day_of` reads it."""
        return day_of(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Recorded):
    """A file was opened; its first step.

    Parameters
    ----------
    respondent, reporter
        Opaque ids; a report without an account may have no reporter.
    incident, order, order_role
        The event it belongs to; the order that mobilised people; whose side of it this respondent is on.
    carried
        What another body hands over: the steps of its file that hold beyond it (`engine.carried`).
    sender, bundle
        Who handed it over, and the SHA-256 of the bundle.
    """

    procedure: str
    how: How
    respondent: str
    received_on: date
    reporter: str | None = None
    incident: str | None = None
    order: str | None = None
    order_role: OrderRole | None = None
    carried: tuple[Step, ...] = ()
    sender: str | None = None
    bundle: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusEstablished(Recorded):
    """What the respondent is, at the date of the acts; `rank` by `law.who_may_punish`."""

    status: str
    grounds: str
    rank: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActStated(Recorded):
    """An alleged act, stated or, by the same id, corrected.

    Parameters
    ----------
    facts
        What is known of it; control and authenticity are decided by steps of their own and do not stand here.
    when
        When it was done; with its zone.
    rule, catalogue
        The rule it is examined under, and the catalogue's hash.
    on_account
        Whether it was done with an account, so that somebody else may have done it.
    """

    act: str
    facts: Facts
    on_account: bool
    when: Moment | None = None
    platform: Platform | None = None
    handle: str | None = None
    url: str | None = None
    evidence: tuple[str, ...] = ()
    rule: str | None = None
    catalogue: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded(Recorded):
    """A file came in; its bytes are kept elsewhere, by their hash."""

    evidence: str
    sha256: str
    name: str
    grade: Grade
    supplied_by: Supplier
    sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PreservationAsked(Recorded):
    """Somebody was asked not to delete a record; `expires` is when it would be gone otherwise."""

    to: str
    what: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote: how many for it and against it, how many had to be there, and each dissent in words."""

    in_favour: int
    against: int
    quorum: int
    dissent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Recorded):
    """A move of the procedure.

    Parameters
    ----------
    role
        The role in which the person acts.
    expected_version
        The version of the file that the person saw; another one is refused.
    """

    move: str
    role: str
    expected_version: int
    grounds: str | None = None
    ballot: Ballot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Served(Recorded):
    """Something was served on the respondent.

    Parameters
    ----------
    how
        By what way, for instance ``in person`` or ``registered letter``.
    proof
        The evidence that shows it.
    reply_until
        Last day to answer or come.
    on
        The day it was served, if it was recorded later.
    """

    what: What
    how: str
    proof: str | None = None
    reply_until: date | None = None
    on: date | None = None

    @property
    def day(self) -> date:
        """The day it was served."""
        return self.on or self.recorded_on


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticularsGiven(Recorded):
    """The particulars of these acts were drawn up for the respondent, as the acts then stood."""

    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Recorded):
    """The respondent answered; taken down by an officer, it needs the signed minutes among its evidence."""

    text: str
    claims: tuple[Claim, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingWaived(Recorded):
    """The respondent gave up being heard; only in writing, and only after the particulars."""

    signed: bool
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Recorded):
    """A term was made longer; ``reply`` is the respondent's time to answer, any other is a term of the law."""

    term: str
    until: date
    grounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced(Recorded):
    """Who did an act was weighed; `report` is the SHA-256 of the tracing report."""

    act: str
    report: str
    excludes_owner: bool
    leading: Proposition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlDecided(Recorded):
    """A named person decided who held the account (``attribution.account_control``)."""

    act: str
    value: str
    grounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticityDecided(Recorded):
    """A named person decided whether what shows the act is genuine (``attribution.authenticity``)."""

    act: str
    value: str
    grounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSigned(Recorded):
    """The respondent signed a statement on an act; `document` is the paper, `corroboration` what else bears it out."""

    act: str
    admits: bool
    document: str
    corroboration: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recused(Recorded):
    """A person may have no more part in the case."""

    person: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TieDeclared(Recorded):
    """A tie, for instance of the reporter to a rival campaign; `with_whom` ``None``: asked, and none is known."""

    who: str
    what: str
    with_whom: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a draft finds of one act."""

    act: str
    result: Result


@dataclass(frozen=True, slots=True)
class Sanction:
    """A sanction: level and kind as `law.sanctions` has them, the rule, and who would impose it."""

    level: str
    kind: str
    rule: str
    official: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Recorded):
    """A decision was drafted.

    Parameters
    ----------
    findings
        One for each act.
    mitigation
        What speaks for the respondent; to have acted under an order always does.
    like_cases
        Like cases that were compared; ``()``: looked for, and none found; ``None``: not looked for.
    """

    draft: str
    findings: tuple[Finding, ...]
    grounds: str
    sanction: Sanction | None = None
    mitigation: str | None = None
    like_cases: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved(Recorded):
    """A second person approved a draft."""

    draft: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Recorded):
    """A draft was sent back."""

    draft: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden(Recorded):
    """Two persons let a closed gate pass, in the present stage only; never on the way to a sanction past some gates."""

    gate: GateName
    second: str
    grounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterMade(Recorded):
    """A letter was made.

    Parameters
    ----------
    letter
        Its kind.
    holds
        The parts it holds.
    remedy_until
        Last day of the remedy that it names.
    """

    letter: LetterKind
    sha256: str
    holds: tuple[Part, ...] = ()
    remedy_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Recorded):
    """The file went to another body with a bundle (its SHA-256)."""

    to: str
    bundle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverAnswered(Recorded):
    """The receiver of a bundle took it, or did not."""

    bundle: str
    accepted: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Recorded):
    """Somebody was told something; `override` names the gate whose override the respondent was told of."""

    whom: str
    what: str
    override: GateName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy(Recorded):
    """The respondent objected or appealed."""

    remedy: Literal["objection", "appeal"]
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyDecided(Recorded):
    """An objection or appeal was decided."""

    outcome: Literal["upheld", "changed", "annulled"]
    on: date
    grounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorSide(Recorded):
    """Where the case of the superior who ordered it stands; `grounds`: why none was opened."""

    case: str | None = None
    grounds: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Recorded):
    """A note; it changes nothing."""

    text: str


Step = (
    Opened
    | StatusEstablished
    | ActStated
    | EvidenceAdded
    | PreservationAsked
    | Moved
    | Served
    | ParticularsGiven
    | Answered
    | HearingWaived
    | Extended
    | Traced
    | ControlDecided
    | AuthenticityDecided
    | StatementSigned
    | Recused
    | TieDeclared
    | Drafted
    | Approved
    | Returned
    | Overridden
    | LetterMade
    | HandedOver
    | ReceiverAnswered
    | Told
    | Remedy
    | RemedyDecided
    | SuperiorSide
    | Noted
)

#: Every kind of step.
KINDS: Final[tuple[type[Step], ...]] = get_args(Step)
