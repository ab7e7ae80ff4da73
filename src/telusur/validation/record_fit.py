"""Learn the weights of what records and documents say, on simulated accounts.

All items are weighed together: one multinomial logistic regression without intercept whose columns are the items and
whose classes are the propositions. Its coefficients are log likelihood ratios against the owner that already know how
items hang together (a takeover brings device, network and new e-mail at once), and where nothing was found nothing is
weighed, since there is no intercept. A coefficient exists only where ``bearing.yaml`` says that the item bears on the
proposition (Ramos and Gonzalez-Rodriguez 2013 on calibration; Morrison 2013 on logistic fusion).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from telusur.domain.proposition import Proposition

Floats = NDArray[np.float64]

SCHEMA: Final = "telusur.record_weights/1"
NEPER: Final = float(np.log(10.0))
_CLASSES: Final = tuple(Proposition)
#: Spread in bans that a weight is taken to have before anything is seen: what is rare stays near 0.
_PRIOR_BANS: Final = 0.7


@dataclass(frozen=True, slots=True)
class Observation:
    """What tracing found in one simulated account.

    Parameters
    ----------
    truth
        Who acted.
    draw
        Which draw of the simulator's parameters it comes from: accounts of one draw hang together.
    codes
        Codes of the items that were found.
    stratum
        What kind of file it is: within each all propositions count alike, so that it tells nothing that this platform
        or this much evidence came together with one of them more often.
    """

    truth: Proposition
    draw: int
    codes: frozenset[str]
    stratum: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Learned weights: bans and 95 % interval by code and proposition."""

    weights: Mapping[str, Mapping[Proposition, tuple[float, float, float]]]

    def as_bytes(self, card: Mapping[str, Any]) -> bytes:
        """Give the parameter file: the same observations, the same bytes."""
        weights = {
            code: {p.value: [round(v, 3) + 0.0 for v in bans] for p, bans in sorted(by.items())}
            for code, by in sorted(self.weights.items())
        }
        document = {"schema": SCHEMA, "card": dict(card), "weights": weights}
        return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()


def fit(
    observations: Sequence[Observation],
    bears_on: Mapping[str, frozenset[Proposition]],
    *,
    rounds: int = 40,
    seed: int = 1,
    step: Callable[[int], None] = lambda _: None,
) -> Fitted:
    """Learn the weights.

    Parameters
    ----------
    observations
        At least one of every proposition.
    bears_on
        Which propositions each item may weigh on.
    rounds
        Bootstrap rounds over draws, for the intervals.
    seed
        Same observations and seed, same weights.
    step
        Told after each round.

    Raises
    ------
    ValueError
        If a proposition is lacking.
    """
    found = Counter(one.truth for one in observations)
    lacking = [p.value for p in _CLASSES if not found[p]]
    if lacking:
        raise ValueError(f"no simulated account of {', '.join(lacking)}; every proposition is needed")
    codes = sorted({code for one in observations for code in one.codes} & set(bears_on))
    place = {code: i for i, code in enumerate(codes)}
    design = np.zeros((len(observations), len(codes)))
    for row, one in enumerate(observations):
        for code in one.codes & set(place):
            design[row, place[code]] = 1.0
    truth = np.array([_CLASSES.index(one.truth) for one in observations])
    draws = np.array([one.draw for one in observations])
    _, strata = np.unique([one.stratum for one in observations], return_inverse=True)
    allowed = np.array([[p in bears_on[code] for p in _CLASSES] for code in codes])
    allowed[:, _CLASSES.index(Proposition.OWNER)] = False
    whole = _solve(design, truth, allowed, _even(truth, strata, np.ones(len(observations))))
    names, members = np.unique(draws, return_inverse=True)
    random = np.random.default_rng(seed)
    refits = []
    for round_ in range(rounds):
        times = random.multinomial(names.size, np.full(names.size, 1 / names.size))
        even = _even(truth, strata, times[members].astype(np.float64))
        refits.append(_solve(design, truth, allowed, even, start=whole))
        step(round_ + 1)
    spread = 1.96 * np.std(np.array(refits), axis=0, ddof=1)
    # A sum over bootstrap rounds may differ in its last bits between machines; thousandths of a ban do not.
    weights: dict[str, dict[Proposition, tuple[float, float, float]]] = {}
    for code, i in place.items():
        for j, proposition in enumerate(_CLASSES):
            if allowed[i, j]:
                value, wide = float(whole[i, j]) / NEPER, float(spread[i, j]) / NEPER
                weights.setdefault(code, {})[proposition] = (value, value - wide, value + wide)
    return Fitted(weights)


def _even(truth: NDArray[np.int64], strata: NDArray[np.int64], times: Floats) -> Floats:
    """Give how often each account counts so that within each stratum all propositions that occur count alike."""
    cell = strata * len(_CLASSES) + truth
    in_cell = np.bincount(cell, weights=times, minlength=int(strata.max() + 1) * len(_CLASSES)).reshape(
        -1, len(_CLASSES)
    )
    occur = (in_cell > 0).sum(axis=1)
    total = in_cell.sum(axis=1)
    share = np.divide(total / np.maximum(occur, 1), 1.0)[:, None] / np.maximum(in_cell, 1e-9)
    return np.asarray(times * share.ravel()[cell])


def _solve(
    design: Floats, truth: NDArray[np.int64], allowed: NDArray[np.bool_], even: Floats, start: Floats | None = None
) -> Floats:
    """Give the coefficients in natural log odds, shape (items, propositions), 0 where none is allowed."""
    rows = np.arange(truth.size)
    penalty = 1 / (_PRIOR_BANS * NEPER) ** 2

    def loss(flat: Floats) -> tuple[float, Floats]:
        coefficients = np.zeros(allowed.shape)
        coefficients[allowed] = flat
        scores = design @ coefficients
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        value = -(even * np.log(np.maximum(shares[rows, truth], 1e-300))).sum() + penalty * float(flat @ flat) / 2
        shares[rows, truth] -= 1
        gradient = design.T @ (shares * even[:, None])
        return value, gradient[allowed] + penalty * flat

    begin = np.zeros(int(allowed.sum())) if start is None else start[allowed]
    solved = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 500, "ftol": 1e-10})
    coefficients = np.zeros(allowed.shape)
    coefficients[allowed] = solved.x
    return coefficients
