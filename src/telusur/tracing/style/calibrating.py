"""Calibrate windows: from comparisons inside and between accounts to weights, and how far they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from telusur.tracing.style.bounds import Sample, elub, thresholds
from telusur.tracing.style.corpus import FOLDS
from telusur.tracing.style.logistic import Logistic, fit_logistic
from telusur.tracing.style.measures import summary

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LOOKALIKE_SHARE = 0.3
"""How much look-alikes count among the calibration's impostors: those with access are seldom strangers."""

_RIDGE = 1.0
_CAP_WORDS = (0, 8, 16, 40, 80, 160)


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Comparisons to calibrate on, one row each.

    Parameters
    ----------
    columns
        What the calibration weighs (`telusur.tracing.style.design.columns`).
    same
        Whether the author of the history wrote the window.
    near
        Whether a look-alike did.
    author
        Whose history it is.
    posts, words
        Of the window.
    bare
        Whether neither side holds mentions, links or tags.
    """

    columns: Floats
    same: NDArray[np.bool_]
    near: NDArray[np.bool_]
    author: Ints
    posts: Ints
    words: Ints
    bare: NDArray[np.bool_]

    @classmethod
    def joined(cls, parts: Sequence[Comparisons]) -> Comparisons:
        """Give all of several, one after the other."""
        return cls(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(cls)))

    def where(self, chosen: NDArray[np.bool_]) -> Comparisons:
        """Give some of them."""
        return Comparisons(*(getattr(self, one.name)[chosen] for one in fields(self)))


def _calibrated(found: Comparisons, fold_of: Ints) -> tuple[Logistic, Floats]:
    """Fit a calibration; give also what each comparison weighs by a fit that its author had no part in, in bans."""
    weight = 1 / np.bincount(found.posts)[found.posts].astype(np.float64)
    strangers = ~found.same & ~found.near
    if strangers.any() and found.near.any():
        share = LOOKALIKE_SHARE / (1 - LOOKALIKE_SHARE)
        weight[found.near] *= share * weight[strangers].sum() / weight[found.near].sum()
    whole = fit_logistic(found.columns, found.same, found.author, weight=weight, ridge=_RIDGE)
    fold = fold_of[found.author]
    unseen = np.zeros(found.same.size)
    for number in range(FOLDS):
        inside, outside = fold != number, fold == number
        part = fit_logistic(
            found.columns[inside], found.same[inside], found.author[inside], weight=weight[inside], ridge=_RIDGE
        )
        unseen[outside] = part.log_odds(found.columns[outside])[0] / np.log(10)
    return whole, unseen


def _bounded(found: Comparisons, unseen: Floats) -> tuple[Floats, dict[str, dict[str, float]]]:
    """Bound and measure the calibrations by comparisons of authors that nothing was fitted on."""
    edges = [*_CAP_WORDS, np.inf]
    caps, measured = [], {}
    for at, (low, high) in enumerate(pairwise(edges)):
        here = (found.words >= low) & (found.words < high)
        if found.same[here].any() and found.near[here].any():
            same, different = unseen[here & found.same], unseen[here & ~found.same]
            # Lengths beside one another are looked at together: of one length alone too few mislead to count them.
            about = (found.words >= edges[max(at - 1, 0)]) & (found.words < edges[min(at + 2, len(edges) - 1)])
            kinds = (Sample(unseen[about & kind], found.author[about & kind]) for kind in (found.same, found.near))
            caps.append((low, *elub(same, different), *thresholds(*kinds)))
            measured[f"window_from_{low}_words"] = summary(same, different)
    return np.array(caps), measured


def windows(found: Comparisons, fold_of: Ints) -> tuple[dict[str, Logistic], Floats, dict[str, dict[str, float]]]:
    """Calibrate windows, those of texts bare of mentions, links and tags by themselves.

    Parameters
    ----------
    found
        Comparisons of texts as published, and bare.
    fold_of
        Fold of each account.

    Returns
    -------
    tuple
        The calibrations by name, ``bare`` among them where most authors publish texts that are not bare; the caps and
        thresholds by words of a window; and what was measured, likewise.
    """
    tagging = np.unique(found.author[~found.bare & found.same])
    if 2 * tagging.size < np.unique(found.author).size:
        whole, weights = _calibrated(found, fold_of)
        return {"window": whole}, *_bounded(found, weights)
    calibrations, unseen = {}, np.zeros(found.same.size)
    for name, here in (("window", ~found.bare), ("bare", found.bare)):
        calibrations[name], unseen[here] = _calibrated(found.where(here), fold_of)
    return calibrations, *_bounded(found, unseen)
