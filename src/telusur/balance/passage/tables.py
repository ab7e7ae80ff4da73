"""Two by two tables, pooled and by stratum: rates, Fisher's test, Mantel-Haenszel ratios and whether they are one."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import fisher_exact
from scipy.stats.contingency import chi2_contingency

from telusur.balance.cases import Bools, Floats, Ints
from telusur.balance.result import Rate, Ratio

_Z: Final = float(ndtri(0.975))
_EXACT: Final = 20_000
"""Cases from which Fisher's exact test and the chi square test are the same in practice, and only one is quick."""


def rate(group: str, n: int, passed: int) -> Rate:
    """Give a rate with its Wilson interval (Wilson 1927); none at all where there is no case."""
    if n == 0:
        return Rate(group, 0, 0, 0.0, 1.0)
    share, z = passed / n, _Z
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return Rate(group, n, passed, max(0.0, middle - reach), min(1.0, middle + reach))


def pooled(passed: Bools, member: Bools) -> Ratio:
    """Give the odds ratio of members against all others without strata; a half is added where a cell is empty."""
    cells = _cells(passed, member)
    p = float(fisher_exact(cells).pvalue) if passed.size < _EXACT else float(chi2_contingency(cells).pvalue)
    held = cells + 0.5 if (cells == 0).any() else cells
    value = float(np.log(held[0, 0] * held[1, 1] / (held[0, 1] * held[1, 0])))
    error = float(np.sqrt((1 / held).sum()))
    return _ratio(value, error, p)


def _ratio(value: float, error: float, p: float) -> Ratio:
    return Ratio(float(np.exp(value)), float(np.exp(value - _Z * error)), float(np.exp(value + _Z * error)), p)


def _cells(passed: Bools, member: Bools) -> Floats:
    return np.array(
        [
            [(member & passed).sum(), (member & ~passed).sum()],
            [(~member & passed).sum(), (~member & ~passed).sum()],
        ],
        dtype=float,
    )


def within(passed: Bools, member: Bools, codes: Ints) -> tuple[Ratio, float | None]:
    """Give the ratio of members against all others within strata, and whether it is the same in all.

    Parameters
    ----------
    passed, member
        Shape (n,).
    codes
        Stratum of each, shape (n,).

    Returns
    -------
    tuple
        Mantel-Haenszel odds ratio with its interval (Robins, Breslow, Greenland 1986) and the p of Cochran's,
        Mantel's and Haenszel's test with continuity correction; and the p of Breslow's and Day's test with Tarone's
        correction, None where fewer than two strata can tell.
    """
    from statsmodels.stats.contingency_tables import StratifiedTable  # noqa: PLC0415 - seconds to load

    tables = _by_stratum(passed, member, codes)
    if not tables.shape[2]:
        return Ratio(1.0, 0.0, np.inf, 1.0), None
    held = StratifiedTable(tables)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(held.oddsratio_pooled)
        lower, upper = (float(end) for end in held.oddsratio_pooled_confint())
        p = float(held.test_null_odds(correction=True).pvalue)
        same = float(held.test_equal_odds(adjust=True).pvalue) if tables.shape[2] > 1 else np.nan
    if not np.isfinite([value, lower, upper]).all() or value == 0:
        # An empty cell in every stratum: the ratio is told by its side only.
        value, lower, upper = (np.inf, 1.0, np.inf) if value > 1 else (0.0, 0.0, 1.0)
    return Ratio(value, lower, upper, p), float(same) if np.isfinite(same) else None


def _by_stratum(passed: Bools, member: Bools, codes: Ints) -> NDArray[np.float64]:
    """Give the tables with anything to compare, shape (2, 2, strata)."""
    numbers = np.unique(codes, return_inverse=True)[1]
    size = int(numbers.max()) + 1 if numbers.size else 0
    cells = np.stack(
        [np.bincount(numbers[mask], minlength=size) for mask in
         (member & passed, member & ~passed, ~member & passed, ~member & ~passed)]
    ).reshape(2, 2, size).astype(float)  # fmt: skip
    useful = (cells.sum(axis=0) > 0).all(axis=0) & (cells.sum(axis=1) > 0).all(axis=0)
    return np.asarray(cells[:, :, useful])
