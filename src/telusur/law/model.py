"""What the catalogue holds, as frozen values: instruments, rules, exceptions, open issues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from telusur.domain.contest import PHASES, PhaseName
from telusur.domain.errors import BadInput, nearest
from telusur.domain.text import Text
from telusur.law.calendars import Calendars
from telusur.law.conditions import Condition
from telusur.law.consequences import Powers, Provision, Sanctions, Supervisor

Track = Literal["ethics", "discipline", "dismissal", "contract", "criminal_referral"]
Level = Literal["unsettled", "moral", "light", "medium", "heavy", "dismissal"]
Confidence = Literal["primary", "transcription", "secondary", "single", "conflict", "memory"]
Bearing = Literal["outcome", "track", "level"]
Scope = Literal["full", "referral", "none"]

#: Levels from the mildest; what is unsettled outweighs nothing.
LEVELS: Final[tuple[Level, ...]] = ("unsettled", "moral", "light", "medium", "heavy", "dismissal")
_WEIGHTS: Final[Mapping[Level, int]] = {level: i for i, level in enumerate(LEVELS)}
#: Tracks, the gravest first.
TRACKS: Final[tuple[Track, ...]] = ("dismissal", "discipline", "contract", "ethics", "criminal_referral")

#: What a rule may say of the phase, and the phases that it means. ``None`` stands for "no contest".
PHASE_RELATIONS: Final[Mapping[str, frozenset[PhaseName | None]]] = {
    "before_determination": frozenset({"before_determination"}),
    "from_determination": frozenset(PHASES[1:]),
    "during_campaign": frozenset({"campaign"}),
    "any_phase": frozenset(PHASES),
    "no_contest": frozenset({None}),
    "always": frozenset({*PHASES, None}),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included; ``None`` is open."""

    first: date | None = None
    last: date | None = None

    def as_json(self) -> dict[str, str | None]:
        """Give ``{"from", "to"}``."""
        return {
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
        }

    def holds(self, day: date) -> bool:
        """Say whether a day lies in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read."""

    id: str
    url: str
    what: str

    def as_json(self) -> dict[str, str]:
        """Give it as the contract's citations do."""
        return {"id": self.id, "url": self.url, "what": self.what}


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation, circular or joint decree."""

    id: str
    title: Text
    in_force: Span
    confidence: Confidence
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """A place in an instrument: what a sanction or a form rests on."""

    instrument: Instrument
    article: str | None

    def as_json(self) -> dict[str, str | None]:
        """Give ``{"instrument", "article"}``."""
        return {"instrument": self.instrument.id, "article": self.article}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That a named lawyer checked a rule against the official text, in one installation.

    Parameters
    ----------
    text_sha256
        Lower-case hex SHA-256 of the text; a copy of it is kept there.
    """

    by: str
    on: date
    text_sha256: str

    def as_json(self) -> dict[str, str]:
        """Give who, when, and the text's hash."""
        return {"by": self.by, "on": self.on.isoformat(), "text_sha256": self.text_sha256}


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands, how sure that is, and whether somebody checked it against the gazette."""

    instrument: Instrument
    part: str | None
    row: str | None
    article: str | None
    status: Literal["official", "reported"]
    confidence: Confidence
    sources: tuple[Source, ...]
    note: str | None = None
    confirmed: Confirmation | None = None

    def as_json(self) -> dict[str, object]:
        """Give the citation with its sources written out, and who confirmed it if somebody did."""
        confirmed = {"confirmed": self.confirmed.as_json()} if self.confirmed else {}
        return {
            "instrument": self.instrument.id,
            "title": self.instrument.title.as_json(),
            "part": self.part,
            "row": self.row,
            "article": self.article,
            "status": self.status,
            "confidence": self.confidence,
            "sources": [source.as_json() for source in self.sources],
            "note": self.note,
            **confirmed,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """How one authority reads a rule."""

    says: Text
    by: str
    day: date | None
    source: Source

    def as_json(self) -> dict[str, object]:
        """Give it with its source."""
        return {
            "says": self.says.as_json(),
            "by": self.by,
            "date": self.day.isoformat() if self.day else None,
            "source": self.source.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Issue:
    """A question on which the published readings differ.

    Parameters
    ----------
    bears_on
        What depends on it: whether a rule is met at all (``outcome``), on which ``track``, or only the ``level``.
    when
        Of which facts the readings differ.
    """

    id: str
    title: Text
    bears_on: Bearing
    when: Condition
    readings: tuple[Reading, ...]

    def as_json(self) -> list[dict[str, object]]:
        """Give one entry a reading, as ``rule_results`` hold them."""
        return [
            {"issue": self.id, "title": self.title.as_json(), "bears_on": self.bears_on, **reading.as_json()}
            for reading in self.readings
        ]


@dataclass(frozen=True, slots=True)
class RuleException:
    """What takes an act out of a rule, unless a further fact takes it back in."""

    id: str
    title: Text
    citation: Citation
    in_force: Span
    when: Condition
    unless: Condition | None

    def as_json(self) -> dict[str, object]:
        """Give it as ``defeated_by``."""
        return {"exception": self.id, "title": self.title.as_json(), "citation": self.citation.as_json()}


@dataclass(frozen=True, slots=True)
class Override:
    """A rule that yields to another one, with the reason somebody declared."""

    rule: str
    reason: Text
    declared_by: str

    def as_json(self) -> dict[str, object]:
        """Give the reason and who declared it."""
        return {"reason": self.reason.as_json(), "declared_by": self.declared_by}


@dataclass(frozen=True, slots=True)
class Rule:
    """One prohibited act.

    Parameters
    ----------
    in_force, known_from
        The two time axes: when the rule holds, and since when it could be known here.
    continuing
        The conduct lasts (a follow stays a follow), so that it may have begun before the rule came into force.
    applies_to
        Statuses of the actor.
    phase
        Its relation to the phase of the contest (`PHASE_RELATIONS`).
    act_kinds
        The kinds of act its conditions speak of, for the index.
    overrides
        The rules that yield when this one is met.
    derived_from
        The rule whose form it takes over for another status.
    """

    id: str
    title: Text
    citation: Citation
    in_force: Span
    known_from: date
    applies_to: tuple[str, ...]
    phase: str
    act_kinds: frozenset[str]
    when: Condition
    unless: tuple[RuleException, ...]
    overrides: tuple[Override, ...]
    issues: tuple[Issue, ...]
    track: Track
    level: Level
    basis: tuple[Basis, ...]
    examples: tuple[str, ...]
    continuing: bool = False
    derived_from: str | None = None
    #: Exception facts that bear on it, so that a presumption can be named.
    presumable: tuple[str, ...] = ()

    @property
    def allows_sanction(self) -> bool:
        """Whether a sanction may rest on it: a rule that is only reported advises."""
        return self.citation.status == "official"

    @property
    def weight(self) -> int:
        """How grave its level is: the place in `LEVELS`."""
        return _WEIGHTS[self.level]

    @property
    def phases(self) -> frozenset[PhaseName | None]:
        """The phases in which it holds; ``None`` among them means "without a contest"."""
        return PHASE_RELATIONS[self.phase]

    def in_force_on(self, day: date) -> bool:
        """Say whether it holds of an act of that day."""
        if self.continuing:
            return self.in_force.last is None or day <= self.in_force.last
        return self.in_force.holds(day)

    def basis_on(self, day: date | None) -> tuple[Basis, ...]:
        """Give what its sanction rests on; of instruments that replaced each other, the one in force that day."""
        return tuple(basis for basis in self.basis if day is None or basis.instrument.in_force.holds(day))

    def as_json(self) -> dict[str, object]:
        """Give all that stands in the catalogue of it, for ``telusur rules show``."""
        return {
            "rule": self.id,
            "title": self.title.as_json(),
            "citation": self.citation.as_json(),
            "in_force": self.in_force.as_json(),
            "known_from": self.known_from.isoformat(),
            "continuing": self.continuing,
            "applies_to": list(self.applies_to),
            "phase": self.phase,
            "when": self.when.as_json(),
            "unless": [
                {
                    **exception.as_json(),
                    "when": exception.when.as_json(),
                    "unless": exception.unless.as_json() if exception.unless else None,
                }
                for exception in self.unless
            ],
            "overrides": [{"rule": over.rule, **over.as_json()} for over in self.overrides],
            "track": self.track,
            "sanction_level": self.level,
            "sanction_basis": [basis.as_json() for basis in self.basis],
            "readings": [reading for issue in self.issues for reading in issue.as_json()],
            "form_of": self.derived_from,
            "examples": list(self.examples),
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether the catalogue speaks to people of one status."""

    status: str
    scope: Scope
    note: Text
    sources: tuple[Source, ...]
    confidence: Confidence = "memory"
    #: What it rests on, by the ids of instruments.
    instruments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All that the rules are made of, at one version.

    Parameters
    ----------
    hash
        Lower-case hex SHA-256 of its files: of each, in order of name, name, length and bytes.
    """

    hash: str
    sources: Mapping[str, Source]
    instruments: Mapping[str, Instrument]
    terms: Mapping[str, Condition]
    exceptions: Mapping[str, RuleException]
    issues: Mapping[str, Issue]
    rules: Mapping[str, Rule]
    calendars: Calendars
    coverage: Mapping[str, Coverage]
    by_act: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    sanctions: Mapping[str, Sanctions] = field(default_factory=dict)
    powers: Powers | None = None
    supervisors: tuple[Supervisor, ...] = ()
    provisions: Mapping[str, Provision] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Rule:
        """Give a rule by its id.

        Raises
        ------
        BadInput
            Naming the nearest known id.
        """
        found = self.rules.get(rule_id)
        if found is None:
            raise BadInput(f"there is no rule {rule_id!r}; {nearest(rule_id, self.rules)}")
        return found
