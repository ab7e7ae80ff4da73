"""What is compared with what: strata, and the columns that are made equal within them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.interpolate import BSpline

from telusur.balance.cases import Bools, Cases, Floats, Ints, Objects

_LEVELS: Final = 8
"""Numbers of so many different values or fewer are taken as levels."""

_COMMON: Final = 10
"""Cases of a level of its own; rarer ones are put together."""

_MANY: Final = 500
"""Cases from which a curve may have knots; fewer carry a parabola."""

_QUANTILES: Final = (0.25, 0.5, 0.75)


def codes(cases: Cases, columns: Sequence[str]) -> tuple[Ints, Bools]:
    """Give the stratum of each case, numbered.

    Parameters
    ----------
    cases
        The cases.
    columns
        Columns of words; those that no case has are left away.

    Returns
    -------
    tuple of arrays
        The number of each case's stratum from 0, and whether it has a value in every column; both of shape (n,).
    """
    held = [cases.columns[name] for name in columns if name in cases.columns]
    known = np.ones(cases.n, dtype=bool)
    joint = np.zeros(cases.n, dtype=np.int64)
    for values in held:
        known &= values != np.array(None)
        levels, numbers = np.unique(np.where(values == np.array(None), "", values).astype(str), return_inverse=True)
        joint = joint * levels.size + numbers
        joint = np.unique(joint, return_inverse=True)[1]
    return joint, known


def covariates(cases: Cases, columns: Sequence[str]) -> Floats:
    """Give the columns of a regression that make cases alike.

    Parameters
    ----------
    cases
        The cases compared.
    columns
        Names; words become levels, numbers and days a cubic curve with knots at their quartiles (of few cases a
        parabola), absent columns nothing. Where a row has no value it gets the mean and a column that says so.

    Returns
    -------
    ndarray of shape (n, p)
        Each column with mean 0 and standard deviation 1; none that is constant.
    """
    parts: list[Floats] = []
    for name in columns:
        if name in cases.columns:
            parts.append(_levels(cases.columns[name]))
        elif name in cases.numbers:
            parts.append(_number(cases.numbers[name]))
        elif name in cases.days:
            parts.append(_number(cases.days[name]))
    if not parts:
        return np.zeros((cases.n, 0))
    joined = np.hstack(parts)
    spread = joined.std(axis=0)
    joined = joined[:, spread > 0]
    return np.asarray((joined - joined.mean(axis=0)) / joined.std(axis=0))


def _levels(values: Objects) -> Floats:
    words = np.where(values == np.array(None), "", values).astype(str)
    levels, numbers, counts = np.unique(words, return_inverse=True, return_counts=True)
    common = np.flatnonzero(counts >= _COMMON)
    # The most frequent level is what the others are compared with.
    rest = common[np.argsort(-counts[common], kind="stable")][1:] if common.size == levels.size else common
    return (
        np.stack([(numbers == level).astype(float) for level in rest], axis=1)
        if rest.size
        else np.zeros((values.size, 0))
    )


def _number(values: Floats) -> Floats:
    missing = np.isnan(values)
    if missing.all():
        return np.zeros((values.size, 0))
    distinct = np.unique(values[~missing])
    if distinct.size <= _LEVELS:
        words = values.astype(object)
        words[missing] = None
        return _levels(words)
    filled = np.where(missing, values[~missing].mean(), values)
    if values.size < _MANY:
        middle = (filled - filled.mean()) / filled.std()
        parts = [middle, middle**2]
        return np.column_stack([*parts, missing.astype(float)] if missing.any() else parts)
    low, high = filled.min(), filled.max()
    inner = np.unique(np.quantile(filled, _QUANTILES))
    knots = np.concatenate([[low] * 4, inner[(inner > low) & (inner < high)], [high] * 4])
    basis = BSpline.design_matrix(filled, knots, 3).toarray()[:, 1:]
    return np.column_stack([basis, missing.astype(float)]) if missing.any() else basis
