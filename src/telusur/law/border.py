"""The shape of the catalogue's files: what a lawyer may write, checked before anything is made of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from telusur.law.calendars import STEPS
from telusur.law.model import PHASE_RELATIONS, Bearing, Confidence, Level, Scope, Track

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9/_-]*$")]
PhaseRelation = Literal[
    "before_determination", "from_determination", "during_campaign", "any_phase", "no_contest", "always"
]
StepName = Literal[
    "registration", "number_draw", "recapitulation", "inauguration", "determination", "campaign", "quiet", "vote"
]
# A literal cannot be built from a value, so the two must be held together.
assert set(get_args(PhaseRelation)) == set(PHASE_RELATIONS)
assert set(get_args(StepName)) == set(STEPS)

#: A condition is checked by `conditions.compiled`, which knows the vocabulary.
Stated = dict[str, object]


class Strict(BaseModel):
    """No unknown field, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Spanned = TypeVar("Spanned", bound=Strict)


def _in_order(held: Spanned, first: date | None, last: date | None) -> Spanned:
    if first is not None and last is not None and last < first:
        message = f"it ends on {last}, before it begins on {first}; exchange or correct them"
        raise ValueError(message)
    return held


class Words(Strict):
    """One thing said in both languages."""

    id: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class SpanIn(Strict):
    """Days, both included; left out is open."""

    first: Annotated[date | None, Field(alias="from")] = None
    last: Annotated[date | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        return _in_order(self, self.first, self.last)


class KnownIn(Strict):
    """Since when something could be known here."""

    first: Annotated[date, Field(alias="from")]


class SourceIn(Strict):
    """Where something was read."""

    id: Id
    url: Annotated[str, Field(min_length=1)]
    what: Annotated[str, Field(min_length=1)]


class InstrumentIn(Strict):
    """An instrument; a note says what is unsure of it."""

    id: Id
    title: Words
    in_force: SpanIn
    confidence: Confidence
    sources: tuple[str, ...]
    note: str | None = None


class CitationIn(Strict):
    """Where a form stands. What rests on no source at hand says so by the confidence ``memory``."""

    instrument: str | None = None
    part: str | None = None
    row: str | None = None
    article: str | None = None
    status: Literal["official", "reported"]
    confidence: Confidence
    sources: tuple[str, ...]
    note: str | None = None


class BasisIn(Strict):
    """What a sanction rests on."""

    instrument: str
    article: str | None = None


class SanctionIn(Strict):
    """Level of the sanction and what it rests on."""

    level: Level
    basis: tuple[BasisIn, ...] = ()


class OverrideIn(Strict):
    """Another rule that yields to this one; a person declares it and says why."""

    rule: str
    reason: Words
    declared_by: Annotated[str, Field(min_length=1)]


class CommonIn(Strict):
    """What all rules of a file share unless they say otherwise."""

    applies_to: tuple[str, ...] | None = None
    in_force: SpanIn | None = None
    known: KnownIn | None = None
    unless: tuple[str, ...] | None = None
    readings: tuple[str, ...] = ()


class RuleIn(CommonIn):
    """One rule."""

    id: Id
    title: Words
    citation: CitationIn
    continuing: bool = False
    phase: PhaseRelation
    when: Stated
    overrides: tuple[OverrideIn, ...] = ()
    track: Track
    sanction: SanctionIn
    examples: tuple[str, ...] = ()


class SameFormsIn(CommonIn):
    """A provision by which the forms of another instrument hold for other people, on another track."""

    forms_of: str
    citation: CitationIn
    track: Track
    sanction: SanctionIn
    examples: tuple[str, ...] = ()


class RulesFile(Strict):
    """``rules/*.yaml``: one instrument, one version."""

    schema_: Annotated[Literal["telusur.rules/1"], Field(alias="schema")]
    instrument: str
    common: CommonIn = CommonIn()
    rules: tuple[RuleIn, ...] = ()
    same_forms: tuple[SameFormsIn, ...] = ()


class TermIn(Strict):
    """A named condition, as statutes have definitions."""

    id: Id
    title: Words
    when: Stated


class TermsFile(Strict):
    """``terms.yaml``."""

    schema_: Annotated[Literal["telusur.terms/1"], Field(alias="schema")]
    terms: tuple[TermIn, ...]


class ExceptionIn(Strict):
    """An exception, with the exception to it."""

    id: Id
    title: Words
    citation: CitationIn
    in_force: SpanIn = SpanIn()
    when: Stated
    unless: Stated | None = None


class ExceptionsFile(Strict):
    """``exceptions.yaml``."""

    schema_: Annotated[Literal["telusur.exceptions/1"], Field(alias="schema")]
    exceptions: tuple[ExceptionIn, ...]


class ReadingIn(Strict):
    """How one authority reads a rule."""

    says: Words
    by: Annotated[str, Field(min_length=1)]
    day: Annotated[date | None, Field(alias="date")] = None
    source: str


class IssueIn(Strict):
    """A question on which readings differ; one reading alone is no difference."""

    id: Id
    title: Words
    bears_on: Bearing
    when: Stated | None = None
    readings: Annotated[tuple[ReadingIn, ...], Field(min_length=2)]


class IssuesFile(Strict):
    """``issues.yaml``."""

    schema_: Annotated[Literal["telusur.issues/1"], Field(alias="schema")]
    issues: tuple[IssueIn, ...]


class SourcesFile(Strict):
    """``sources.yaml``."""

    schema_: Annotated[Literal["telusur.sources/1"], Field(alias="schema")]
    sources: tuple[SourceIn, ...]


class InstrumentsFile(Strict):
    """``instruments.yaml``."""

    schema_: Annotated[Literal["telusur.instruments/1"], Field(alias="schema")]
    instruments: tuple[InstrumentIn, ...]


class CoverageIn(Strict):
    """Whether the catalogue speaks to people of one status."""

    status: str
    scope: Scope
    note: Words
    sources: tuple[str, ...]
    confidence: Confidence = "memory"
    instruments: tuple[str, ...] = ()


class CoverageFile(Strict):
    """``coverage.yaml``."""

    schema_: Annotated[Literal["telusur.coverage/1"], Field(alias="schema")]
    coverage: tuple[CoverageIn, ...]


class StepIn(Strict):
    """A dated step of a contest; ``to`` left out: one day."""

    what: StepName
    first: Annotated[date, Field(alias="from")]
    last: Annotated[date | None, Field(alias="to")] = None
    known: KnownIn
    confidence: Confidence
    sources: tuple[str, ...]
    region: str | None = None
    note: str | None = None


class CoversIn(Strict):
    """The days a calendar speaks of."""

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        return _in_order(self, self.first, self.last)


class CalendarFile(Strict):
    """``calendars/*.yaml``."""

    schema_: Annotated[Literal["telusur.calendar/1"], Field(alias="schema")]
    id: Id
    title: Words
    contests: Annotated[tuple[str, ...], Field(min_length=1)]
    round: Literal["1", "2", "rerun"] = "1"
    by_region: bool = False
    covers: CoversIn
    steps: tuple[StepIn, ...]


class ExpectIn(Strict):
    """What the answer must be; left out: free."""

    outcome: Literal["meets_rule", "meets_no_rule", "insufficient_facts", "out_of_scope"] | None = None
    contested: bool = False
    tracks: tuple[Track, ...] | None = None
    missing: tuple[str, ...] | None = None
    rules: dict[str, Literal["met", "not_met", "defeated", "undecided"]] = {}


class ExampleIn(Strict):
    """A worked example."""

    id: Id
    title: Words
    facts: Stated
    expect: ExpectIn
    why: Words


class ExamplesFile(Strict):
    """``examples/*.yaml``."""

    schema_: Annotated[Literal["telusur.examples/1"], Field(alias="schema")]
    examples: tuple[ExampleIn, ...]
