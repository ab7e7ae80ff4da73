"""What an audit comes to: rates and a test a step, an answer a question, and the counts they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from telusur.balance.plan import Plan
from telusur.domain.text import Text

Verdict = Literal["even", "uneven", "too_little_data"]
StepName = Literal["accepted", "examined", "proven", "sanctioned"]

#: What a figure or a table shows, as JSON writes it.
Value = str | int | float | bool | None
Series = Mapping[str, Sequence[object]]


class Rung(StrEnum):
    """The ladder of words, from the lowest: how much may be said. Above these nothing is ever said."""

    TOO_LITTLE_DATA = "too_little_data"
    NO_DIFFERENCE = "no_difference"
    EXPLAINED_BY_MIX = "explained_by_mix"
    AFTER_STRATIFICATION = "after_stratification"
    REQUIRED_EVIDENCE = "required_evidence"

    @property
    def verdict(self) -> Verdict:
        """The contract's word: uneven on the two upper rungs only."""
        if self is Rung.TOO_LITTLE_DATA:
            return "too_little_data"
        return "uneven" if self in {Rung.AFTER_STRATIFICATION, Rung.REQUIRED_EVIDENCE} else "even"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a group passed a step.

    Parameters
    ----------
    group
        The group's code.
    n
        Its cases whose step is settled.
    passed
        Of these, those that passed.
    lower, upper
        Ends of the 95 % interval of the rate (Wilson).
    """

    group: str
    n: int
    passed: int
    lower: float
    upper: float

    @property
    def rate(self) -> float:
        """Share that passed, 0 to 1; 0 where there is none."""
        return self.passed / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True)
class Ratio:
    """An odds ratio with its 95 % interval and the p of its test."""

    value: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True, slots=True)
class Test:
    """The test of one step.

    Parameters
    ----------
    name
        What it is called.
    p
        Of the group that differs most, over all groups of the step.
    q
        The same after all steps of the audit together (Holm): at most alpha accuses.
    group
        The group that differs most.
    effect, lower, upper
        Odds ratio of that group passing against all others, like against like, with its 95 % interval.
    detectable
        Smallest odds ratio above one that would be found with 80 % power at this size.
    strata
        Strata in which anything can be compared.
    pooled
        The same group against all others without strata: what a table alone would show.
    within
        The same group within strata alone (Cochran, Mantel, Haenszel).
    homogeneity
        p of Breslow and Day's test that the ratio is the same in all strata; None where it cannot be told.
    ratios
        The ratio of each group against all others, in the order of the groups.
    """

    name: str
    p: float
    q: float
    group: str
    effect: float
    lower: float
    upper: float
    detectable: float
    strata: int
    pooled: Ratio
    within: Ratio
    homogeneity: float | None
    ratios: Mapping[str, Ratio]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel.

    Parameters
    ----------
    step
        Its name.
    groups
        Groups in the order of their codes.
    open
        Cases that came this far and are not settled.
    test
        None where nothing can be compared.
    rung
        How much may be said.
    words
        What is said.
    """

    step: StepName
    groups: tuple[Rate, ...]
    open: int
    test: Test | None
    rung: Rung
    words: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question beside the steps.

    Parameters
    ----------
    id
        Its name: ``severity``, ``days``, ...
    title
        What is asked.
    rung
        How much may be said; None where the answer is a count, or the columns it needs are absent.
    words
        What is said.
    numbers
        The numbers it rests on, each by name.
    series
        What its figure and its table need: lists of equal length by column.
    """

    id: str
    title: Text
    rung: Rung | None
    words: Text
    numbers: Mapping[str, Value] = field(default_factory=dict)
    series: Series = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts of cases by one or more columns, exact: not to be published before `release.protect`.

    Parameters
    ----------
    id
        Its name.
    title
        What it counts.
    dims
        Columns.
    cells
        Count by the values of the columns, in their order; cells of no case may be absent.
    """

    id: str
    title: Text
    dims: tuple[str, ...]
    cells: Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit.

    Parameters
    ----------
    plan
        By which it was made.
    data_sha256
        Of the file of cases; empty where they come from the office.
    censored_on
        The cut-off.
    n
        Cases.
    left_out
        Rows left out or not compared, by reason.
    groups
        Codes compared, in order.
    steps, findings, tables
        What was found, and the counts it rests on.
    post_hoc
        Why the plan cannot count as made before the data were seen; None where the ledger shows that it was.
    """

    plan: Plan
    data_sha256: str
    censored_on: date
    n: int
    left_out: Mapping[str, int]
    groups: tuple[str, ...]
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    tables: tuple[CountTable, ...]
    post_hoc: Text | None = None
