"""Both families together: a difference is told only where both see it, on both scales."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from telusur.balance.result import Finding, Rung
from telusur.balance.thresholds.posterior import Bar, Posterior, fit
from telusur.balance.thresholds.priors import Setting
from telusur.balance.thresholds.table import LEAST_EXAMINED, ThresholdTable
from telusur.balance.thresholds.wording import said
from telusur.domain.text import Text

Verdict = Literal["different", "no_difference", "scales_disagree", "families_disagree", "too_little_data"]

#: What is said of the whole is the most that is said of any pair.
_ORDER: Final[tuple[Verdict, ...]] = ("different", "families_disagree", "scales_disagree", "no_difference")

Tick = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups, by both families.

    Parameters
    ----------
    first, second
        The groups.
    beta, discriminant
        The first's bar less the second's.
    verdict
        ``different`` only where both families exclude nought on both scales, all four with one sign.
    """

    first: str
    second: str
    beta: Bar
    discriminant: Bar
    verdict: Verdict

    @property
    def sign(self) -> int:
        """1 where more is asked of the first group, -1 where less; 0 where that cannot be said."""
        return self.beta.evidence.sign if self.verdict == "different" else 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer to one table.

    Parameters
    ----------
    table
        The counts.
    verdict
        The most that is said of any pair.
    words
        What is said.
    pairs
        Every two groups; empty where there is too little data.
    beta, discriminant
        What each family says; None where it was not run.
    """

    table: ThresholdTable
    verdict: Verdict
    words: Text
    pairs: tuple[Pair, ...] = ()
    beta: Posterior | None = None
    discriminant: Posterior | None = None

    @property
    def group(self) -> str | None:
        """The group whose bar differs from most others'; None where none does."""
        told = [pair for pair in self.pairs if pair.verdict == "different"]
        if not told:
            return None

        def weight(group: str) -> tuple[int, float]:
            own = [pair for pair in told if group in {pair.first, pair.second}]
            return len(own), sum(abs(pair.beta.evidence.mean) for pair in own)

        return max(self.table.groups, key=weight)

    @property
    def side(self) -> Literal["higher", "lower"] | None:
        """Whether more or less is asked of that group; None where none differs, or it lies between others."""
        signs = {
            pair.sign if pair.first == self.group else -pair.sign
            for pair in self.pairs
            if pair.sign and self.group in {pair.first, pair.second}
        }
        if len(signs) != 1:
            return None
        return "higher" if signs == {1} else "lower"


def compare(beta: Posterior, discriminant: Posterior, *, least: int = LEAST_EXAMINED) -> Comparison:
    """Compare what both families say of one table.

    Parameters
    ----------
    beta, discriminant
        What each says.
    least
        Examined cases that are needed.
    """
    table = beta.table
    lacking = table.lacking(least)
    for one in (beta, discriminant):
        if lacking is None and not one.converged:
            lacking = said("r_hat", family=one.family, r_hat=one.r_hat)
    if lacking is not None:
        return Comparison(table, "too_little_data", said("too_little_data", why=lacking), (), beta, discriminant)
    pairs = tuple(
        Pair(one.first, one.second, one.bar, two.bar, _verdict(one.bar, two.bar))
        for one, two in zip(beta.differences, discriminant.differences, strict=True)
    )
    verdict = min((pair.verdict for pair in pairs), key=_ORDER.index)
    return Comparison(table, verdict, _words(verdict, pairs), pairs, beta, discriminant)


def answer(
    table: ThresholdTable, *, setting: Setting = "stops", seed: int = 0, tick: Tick = lambda _what, _share: None
) -> Comparison:
    """Run both families over one table and compare them; too little data is an answer, too.

    Parameters
    ----------
    table
        The counts.
    setting
        Whose priors: ``stops`` for police stops, ``cases`` for an audit's own.
    seed
        The same seed, the same answer.
    tick
        Told what is done, and its share.
    """
    lacking = table.lacking()
    if lacking is not None:
        return Comparison(table, "too_little_data", said("too_little_data", why=lacking))
    beta = fit(table, family="beta", setting=setting, seed=seed, tick=lambda share: tick("beta", share))
    other = fit(
        table, family="discriminant", setting=setting, seed=seed, tick=lambda share: tick("discriminant", share)
    )
    return compare(beta, other)


def finding(comparison: Comparison) -> Finding:
    """Give a comparison as the audit takes it; its rung is above "no difference" only where all agree.

    Parameters
    ----------
    comparison
        What was found.

    Returns
    -------
    Finding
        ``numbers["group"]`` is the group that differs, ``numbers["bar"]`` ``higher`` or ``lower``.
    """
    rung = {"different": Rung.REQUIRED_EVIDENCE, "no_difference": Rung.NO_DIFFERENCE}.get(
        comparison.verdict, Rung.TOO_LITTLE_DATA
    )
    beta, other = comparison.beta, comparison.discriminant
    pairs = comparison.pairs
    return Finding(
        "thresholds",
        said("title"),
        rung,
        comparison.words,
        {
            "verdict": comparison.verdict,
            "group": comparison.group,
            "bar": comparison.side,
            "examined": int(comparison.table.examined.sum()),
            "beta_r_hat": None if beta is None else beta.r_hat,
            "discriminant_r_hat": None if other is None else other.r_hat,
        },
        {
            "first": [pair.first for pair in pairs],
            "second": [pair.second for pair in pairs],
            "verdict": [pair.verdict for pair in pairs],
            **{
                f"{family}_{scale}_{end}": [getattr(getattr(getattr(pair, family), scale), end) for pair in pairs]
                for family in ("beta", "discriminant")
                for scale in ("evidence", "chance")
                for end in ("mean", "lower", "upper")
            },
        },
    )


def _verdict(beta: Bar, other: Bar) -> Verdict:
    by_family = [{one.evidence.sign, one.chance.sign} for one in (beta, other)]
    seen = set.union(*by_family)
    if seen == {0}:
        return "no_difference"
    if len(seen) == 1:
        return "different"
    # Each scale may hold a difference that both families see, and the other scale none: then it is a matter of how
    # often reports are true, not of what is asked.
    alike = beta.evidence.sign == other.evidence.sign and beta.chance.sign == other.chance.sign
    return "scales_disagree" if alike else "families_disagree"


def _words(verdict: Verdict, pairs: tuple[Pair, ...]) -> Text:
    if verdict != "different":
        return said(verdict)
    told = [
        said(
            "higher",
            more=pair.first if pair.sign > 0 else pair.second,
            less=pair.second if pair.sign > 0 else pair.first,
        )
        for pair in pairs
        if pair.sign
    ]
    return said("different", told=Text("; ".join(one.id for one in told), "; ".join(one.en for one in told)))
