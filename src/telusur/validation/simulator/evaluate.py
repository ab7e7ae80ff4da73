"""How tracing fares on simulated accounts that nothing was fitted on: other seeds, other draws, other writers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np

from telusur.domain.account import Platform
from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.tracing import Question, Tracing, weigh
from telusur.tracing.style import StyleModel
from telusur.validation import metrics
from telusur.validation.simulator.account import Texts
from telusur.validation.simulator.evidence import question
from telusur.validation.simulator.mix import draw
from telusur.validation.simulator.regimes import REGIMES, held_in
from telusur.validation.simulator.world import world

#: Draws from here on are for measuring; smaller ones are for fitting.
FIRST_DRAW: Final = 1_000
ACCOUNTS_A_DRAW: Final = 30
#: What one account is asked under; the first and the last are what the requirements speak of.
_FULL, _NONE = "full_export", "no_export"
#: Owners who did it and say that somebody else took the account, in the variants that go to some length for it.
STAGED: Final = frozenset(
    {"staged_change", "staged_edit", "staged_second_phone", "locked_out_claim", "gave_code_claim"}
)
#: Cleared or implicated by so many bans is a grave error.
A_BAN: Final = 1.0

Regime = Literal["full_export", "export_before_officer", "export_and_provider", "provider", "no_export"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What tracing answered for one account under one state of the file.

    Parameters
    ----------
    draw, seed
        Which account.
    truth, variant, platform
        What it is.
    regime
        What really lay in the file: a locked-out account has no export, whatever was asked for.
    bans
        Of each alternative against the owner, 0 where nothing bears on it.
    leading
        As answered; ``None`` for an abstention.
    """

    draw: int
    seed: int
    truth: Proposition
    variant: str
    platform: Platform
    regime: Regime
    bans: Mapping[Proposition, float]
    leading: Proposition | None

    @property
    def right(self) -> bool:
        """Whether the truth leads."""
        return self.leading is self.truth

    @property
    def wrong(self) -> bool:
        """Whether something else leads."""
        return self.leading is not None and self.leading is not self.truth

    @property
    def misled(self) -> bool:
        """Whether something else leads the truth by more than a ban."""
        return self._of(self.truth) < max(self._of(p) for p in Proposition if p is not self.truth) - A_BAN

    @property
    def cleared(self) -> bool:
        """Whether an owner who did it is cleared: an alternative leads the owner by more than a ban."""
        return self.truth is Proposition.OWNER and max(self.bans.values()) > A_BAN

    @property
    def implicated(self) -> bool:
        """Whether an owner who did not do it leads the truth by more than a ban."""
        return self.truth is not Proposition.OWNER and -self._of(self.truth) > A_BAN

    def _of(self, proposition: Proposition) -> float:
        return self.bans.get(proposition, 0.0)


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval (Wilson 1927)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share; not a number where there is nothing."""
        return self.hits / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval, 0 to 1 where there is nothing."""
        if not self.of:
            return 0.0, 1.0
        z = 1.959964
        centre = self.value + z * z / (2 * self.of)
        half = z * math.sqrt(self.value * (1 - self.value) / self.of + z * z / (4 * self.of**2))
        wide = 1 + z * z / self.of
        return max((centre - half) / wide, 0.0), min((centre + half) / wide, 1.0)

    @classmethod
    def of_those(cls, found: Iterable[bool]) -> Share:
        """Count."""
        values = list(found)
        return cls(sum(values), len(values))


@dataclass(frozen=True, slots=True)
class Calibration:
    """How good the weights of one alternative against the owner are, in bits, on accounts of either.

    Parameters
    ----------
    cllr, cllr_min
        As in `metrics`; their difference is the calibration loss.
    same, different
        Accounts where the alternative is true, and where the owner is.
    """

    cllr: float
    cllr_min: float
    same: int
    different: int

    @property
    def loss(self) -> float:
        """What better calibration would save."""
        return self.cllr - self.cllr_min


def outcomes(
    n: int,
    seed: int,
    *,
    texts: Texts | None = None,
    style: StyleModel | None = None,
    processes: int = 2,
    step: Callable[[int], None] = lambda _: None,
) -> list[Outcome]:
    """Trace simulated accounts; each with a full export, without one, and in one state between.

    Parameters
    ----------
    n
        Accounts; a whole number of draws of `ACCOUNTS_A_DRAW` each.
    seed
        The same seed, the same accounts; any seed gives other accounts and draws than those fitted on.
    texts
        Words of the posts; without them style says nothing.
    style
        A style model that was not fitted on the writers of `texts`.
    processes
        Processes to share the work.
    step
        Told the number of accounts done, now and then.
    """
    draws = range(FIRST_DRAW * (1 + seed), FIRST_DRAW * (1 + seed) + math.ceil(n / ACCOUNTS_A_DRAW))
    of_draw = partial(_of_draw, texts=texts, style=style)
    if processes == 1:
        batches: Iterator[list[Outcome]] = map(of_draw, draws)
        return _gathered(batches, step)
    with ProcessPoolExecutor(processes) as pool:
        return _gathered(pool.map(of_draw, draws), step)


def _gathered(batches: Iterable[list[Outcome]], step: Callable[[int], None]) -> list[Outcome]:
    found: list[Outcome] = []
    for done, batch in enumerate(batches, start=1):
        found += batch
        step(done * ACCOUNTS_A_DRAW)
    return found


def _of_draw(number: int, *, texts: Texts | None, style: StyleModel | None) -> list[Outcome]:
    drawn = draw(number)
    random = np.random.default_rng([8, number])
    found = []
    for seed in range(ACCOUNTS_A_DRAW):
        # Seeds of accounts are told apart by draw, so that writers differ as well.
        made = world(drawn, number * ACCOUNTS_A_DRAW + seed)
        between = REGIMES[1 + int(random.integers(len(REGIMES) - 2))]
        asked = (_FULL, between, _NONE) if made.platform != "whatsapp" else (_NONE,)
        for regime in asked:
            put = question(made, held_in(regime, random, made.platform), texts)
            traced = weigh(put, style)
            found.append(
                Outcome(
                    number, made.seed, made.truth, made.variant, made.platform, _really(put), bans(traced),
                    traced.combined.leading,
                )
            )  # fmt: skip
    return found


def bans(traced: Tracing) -> dict[Proposition, float]:
    """Give the weight of every alternative, 0 where nothing bears on it."""
    weights = traced.combined.weights
    return {p: weights[p].log10_lr if p in weights else 0.0 for p in ALTERNATIVES}


def _really(put: Question) -> Regime:
    kinds = {record.kind for record in put.records if record.account.platform != "whatsapp"}
    if "platform_export" not in kinds:
        return "provider" if "provider_record" in kinds else "no_export"
    if "provider_record" in kinds:
        return "export_and_provider"
    officer = any(record.kind == "platform_export" and record.grade.value == "B" for record in put.records)
    return "export_before_officer" if officer else "full_export"


def calibration(found: Sequence[Outcome], alternative: Proposition) -> Calibration | None:
    """Measure one alternative's weights against the owner; ``None`` where one side has no account."""
    same = np.array([one.bans[alternative] for one in found if one.truth is alternative])
    different = np.array([one.bans[alternative] for one in found if one.truth is Proposition.OWNER])
    if not same.size or not different.size:
        return None
    return Calibration(
        metrics.cllr(same, different), metrics.cllr_min(same, different), int(same.size), int(different.size)
    )


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of some outcomes."""

    right: Share
    abstained: Share
    wrong: Share
    misled: Share


def row(found: Iterable[Outcome]) -> Row:
    """Measure some outcomes."""
    some = list(found)
    return Row(
        Share.of_those(one.right for one in some),
        Share.of_those(one.leading is None for one in some),
        Share.of_those(one.wrong for one in some),
        Share.of_those(one.misled for one in some),
    )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole table.

    Parameters
    ----------
    by_regime, by_variant
        Measures by what lay in the file; by regime, truth and variant.
    staged_cleared, implicated
        Shares of staged takeovers cleared, and of innocent owners implicated, by a ban: by regime.
    calibrations
        By regime and alternative.
    """

    by_regime: Mapping[str, Row]
    by_variant: Mapping[tuple[str, str, str], Row]
    staged_cleared: Mapping[str, Share]
    implicated: Mapping[str, Share]
    calibrations: Mapping[tuple[str, Proposition], Calibration]


def evaluate(found: Sequence[Outcome]) -> Evaluation:
    """Give the table of what `outcomes` found; the regime ``all`` holds all of them."""
    regimes = {"all": list(found)}
    for one in found:
        regimes.setdefault(one.regime, []).append(one)
    variants: dict[tuple[str, str, str], list[Outcome]] = {}
    for name, some in regimes.items():
        for one in some:
            variants.setdefault((name, one.truth.value, one.variant), []).append(one)
    return Evaluation(
        {name: row(some) for name, some in regimes.items()},
        {key: row(some) for key, some in sorted(variants.items())},
        {name: Share.of_those(one.cleared for one in some if one.variant in STAGED) for name, some in regimes.items()},
        {
            name: Share.of_those(one.implicated for one in some if one.truth is not Proposition.OWNER)
            for name, some in regimes.items()
        },
        {
            (name, alternative): measured
            for name, some in regimes.items()
            for alternative in ALTERNATIVES
            if (measured := calibration(some, alternative)) is not None
        },
    )
