"""Whether a number runs higher in one group than in others within strata: a score of means, judged by draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from telusur.balance.cases import Floats, Ints
from telusur.balance.passage import adjusting
from telusur.balance.passage.score import Strata
from telusur.balance.questions import drawing

MANY: Final = 2_000
"""Cases from which the normal law serves as well as draws."""

_NOTHING: Final = 1e-9
_TINY: Final = float(np.finfo(float).tiny)


@dataclass(frozen=True, eq=False)
class Means:
    """How far each group lies from all others within strata.

    Parameters
    ----------
    difference, error
        Mean difference of each group and its standard error where there is none, shape (k,).
    p
        Of the group that differs most.
    """

    difference: Floats
    error: Floats
    p: float

    @property
    def most(self) -> int:
        """Place of the group that differs most."""
        return int(np.abs(self.difference / self.error).argmax())


def ridits(values: Floats, codes: Ints) -> Floats:
    """Give each value's share of its stratum that lies below it, ties halved: 0 to 1."""
    order = np.lexsort((values, codes))
    held, where = values[order], codes[order]
    new = np.r_[True, (held[1:] != held[:-1]) | (where[1:] != where[:-1])]
    first = np.flatnonzero(new)
    last = np.r_[first[1:], held.size]
    middle = ((first + last) / 2)[np.cumsum(new) - 1]
    start = np.flatnonzero(np.r_[True, where[1:] != where[:-1]])
    sizes = np.diff(np.r_[start, held.size])
    place = np.cumsum(np.r_[True, where[1:] != where[:-1]]) - 1
    found = np.empty(held.size)
    found[order] = (middle - start[place]) / sizes[place]
    return found


def means(values: Floats, codes: Ints, members: Floats, seed: int, columns: Floats | None = None) -> Means | None:
    """Compare each group's mean with all others' within strata.

    Parameters
    ----------
    values
        Shape (n,).
    codes
        Stratum of each, shape (n,).
    members
        One column of 0 and 1 a group, shape (n, k).
    seed
        Of the draws.
    columns
        What was made equal in the values already, shape (n, p): their residuals (Freedman, Lane 1983).

    Returns
    -------
    Means or None
        None where no stratum can tell anything.
    """
    strata = Strata(codes)
    ones = np.ones(values.size)
    left = strata.centred(values[:, None], ones)[:, 0]
    inside = strata.centred(members, ones)
    fitted = 0 if columns is None else columns.shape[1]
    if columns is not None and fitted:
        alike = strata.centred(columns, ones)
        inside = inside - alike @ np.linalg.lstsq(alike, inside, rcond=None)[0]
    # Residuals lie closer to what happened than the truth does, by as much as each column takes of the cases.
    paid = values.size / max(values.size - fitted, 1)
    spread = paid * strata.sums(left**2) / np.maximum(strata.sizes - 1, 1)
    covariance = inside.T @ (inside * spread[strata.codes][:, None])
    error = np.sqrt(np.diag(covariance))
    held = (inside**2).sum(axis=0)
    if not (error > _NOTHING).all():
        return None
    z = inside.T @ left / error
    if values.size >= MANY:
        p = adjusting.largest(z, covariance, seed)
    else:

        def furthest(order: Ints) -> float:
            return float(np.sqrt(paid) * np.abs(inside.T @ left[order] / error).max())

        p = drawing.p_of(float(np.abs(z).max()), furthest, strata.codes, seed)[0]
    return Means(z * error / np.maximum(held, _TINY), error / np.maximum(held, _TINY), p)
