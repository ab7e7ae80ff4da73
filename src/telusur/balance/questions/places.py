"""Funnel plots of regions and bodies: a screen that shows where to look, and accuses nobody."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.special import bdtr, bdtrik, ndtri
from scipy.stats import fisher_exact

from telusur.balance.cases import Bools, Floats, Ints, Objects
from telusur.balance.passage import score
from telusur.balance.questions import asking, speaking
from telusur.balance.questions.asking import Answer, Ground
from telusur.balance.result import Value
from telusur.balance.steps import Population

_SIDE: Final = 10
"""Cases of the group and of the others that a region needs to be looked at alone."""

_FALSE: Final = 0.10
"""Share of false ones among the regions that the screen shows (Benjamini, Hochberg)."""

_ENDS: Final = ((0.025, "95"), (0.001, "998"))
_WINSOR: Final = 0.1
_CLOSE: Final = 1e-9


def bodies(ground: Ground) -> Answer:
    """Ask which bodies decide unlike the others, as far as their sizes can tell."""
    return _asked("bodies", "body", ground)


def regions(ground: Ground) -> Answer:
    """Ask the same of regions; and in which of them one group fares unlike the others."""
    answer = _asked("regions", "region", ground)
    if answer.absent:
        return answer
    series: dict[str, list[object]] = {key: list(values) for key, values in answer.series.items()}
    contrasts = {str(step): _contrasts(ground, population) for step, population in ground.found.items()}
    rows = zip(map(str, series["step"]), map(str, series["place"]), strict=True)
    held = [contrasts.get(step, {}).get(place) for step, place in rows]
    series["p"] = [None if one is None else one[0] for one in held]
    series["q"] = [None if one is None else one[1] for one in held]
    # What regions show counts for nothing where the step itself is even.
    series["shown"] = [
        one is not None and one[1] <= _FALSE and step in ground.uneven
        for step, one in zip(series["step"], held, strict=True)
    ]
    shown = sum(bool(one) for one in series["shown"])
    said = speaking.say("regions.shown", n=float(shown)) if ground.uneven else speaking.say("regions.even")
    return asking.told(
        Answer("regions", told=answer.told, numbers={**answer.numbers, "shown": float(shown)}, series=series), said
    )


def _asked(question: str, column: str, ground: Ground) -> Answer:
    if column not in ground.cases.columns:
        return asking.absent(question, column)
    keys = (
        "step", "place", "n", "passed", "failed", "rate", "lower95", "upper95", "lower998", "upper998", "shrunken",
        "outside",
    )  # fmt: skip
    series: dict[str, list[object]] = {key: [] for key in keys}
    numbers: dict[str, Value] = {}
    outside = 0
    for step, population in ground.found.items():
        places = ground.cases.columns[column]
        mask = population.settled & (places != np.array(None))
        if not mask.any():
            continue
        names, n, passed = _counts(places[mask], population.passed[mask])
        overall, phi, within = funnel(n, passed)
        rate = passed / n
        beyond = outside_limits(n, passed, overall, phi)
        outside += int(beyond.sum())
        numbers |= {f"overall_{step}": overall, f"dispersion_{step}": phi}
        series["step"] += [step] * names.size
        series["place"] += names.tolist()
        series["n"] += n.tolist()
        series["passed"] += passed.tolist()
        series["failed"] += (n - passed).tolist()
        series["outside"] += beyond.tolist()
        for key, values in (("rate", rate), *within.items(), ("shrunken", shrunken(n, passed))):
            series[key] += values.tolist()
    numbers["outside"] = float(outside)
    told = speaking.say(f"{question}.outside", n=float(outside), all=float(len(series["place"])))
    return Answer(question, told=told, numbers=numbers, series=series)


def _counts(places: Objects, passed: Bools) -> tuple[Objects, Ints, Ints]:
    names, where = np.unique(places.astype(str), return_inverse=True)
    n = np.bincount(where)
    return names, n, np.bincount(where, weights=passed.astype(float), minlength=n.size).astype(np.int64)


def funnel(n: Ints, passed: Ints) -> tuple[float, float, dict[str, Floats]]:
    """Give the limits within which places lie by chance (Spiegelhalter 2005).

    Parameters
    ----------
    n, passed
        Cases of each place, and those that passed, shape (m,).

    Returns
    -------
    tuple
        The overall rate; how many times wider than chance places scatter (winsorised, at least 1); and the limits by
        name. Without over-dispersion they are the exact binomial ones, interpolated.
    """
    overall = float(passed.sum() / n.sum())
    z = (passed / n - overall) / _spread(n, overall)
    kept = np.clip(z, *np.quantile(z, [_WINSOR, 1 - _WINSOR]))
    phi = float((kept**2).mean())
    # Only a scatter that chance does not give counts as over-dispersion.
    wide = n.size > 1 and phi > 1 + 2 * np.sqrt(2 / n.size)
    phi = phi if wide else 1.0
    return overall, phi, limits(n, overall, phi)


def limits(n: Ints, overall: float, phi: float) -> dict[str, Floats]:
    """Give the limits within which places of some sizes lie by chance.

    Parameters
    ----------
    n
        Cases, shape (m,); they need not be those of any place.
    overall
        Rate of all, 0 to 1.
    phi
        How many times wider than chance places scatter; 1 where they do not.

    Returns
    -------
    dict
        Rates by name: ``lower95``, ``upper95``, ``lower998``, ``upper998``, each of shape (m,). Where `phi` is 1 they
        are the exact binomial ones, interpolated.
    """
    found: dict[str, Floats] = {}
    for tail, name in _ENDS:
        for side, chance in (("lower", tail), ("upper", 1 - tail)):
            if phi > 1:
                end = overall + float(ndtri(chance)) * np.sqrt(phi) * _spread(n, overall)
            elif 0 < overall < 1:
                end = _exact(n, overall, chance) / n
            else:
                end = np.full(n.size, overall)
            found[f"{side}{name}"] = np.clip(end, 0.0, 1.0)
    return found


def _spread(n: Ints, overall: float) -> Floats:
    if not 0 < overall < 1:
        return np.ones(n.size)
    return np.asarray(np.sqrt(overall * (1 - overall) / n))


def outside_limits(n: Ints, passed: Ints, overall: float, phi: float) -> Bools:
    """Say which places lie outside the 99.8 % limits; by exact tails, unless places scatter more than chance."""
    if not 0 < overall < 1:
        return np.zeros(n.size, dtype=bool)
    tail = _ENDS[1][0]
    if phi > 1:
        z = (passed / n - overall) / np.sqrt(phi * overall * (1 - overall) / n)
        return np.asarray(np.abs(z) > -float(ndtri(tail)))
    at_most = bdtr(passed.astype(float), n, overall)
    below = np.where(passed > 0, bdtr(np.maximum(passed - 1.0, 0.0), n, overall), 0.0)
    return np.asarray((at_most <= tail) | (1 - below <= tail))


def _exact(n: Ints, rate: float, chance: float) -> Floats:
    """Give the binomial quantile between whole numbers, so that limits are smooth in n."""
    counts = n.astype(float)
    none = bdtr(0.0, n, rate)
    near = np.where(none >= chance, 0.0, bdtrik(chance, counts, rate))
    # The nearest whole number is told wrong by a rounding error at most.
    whole = np.clip(np.ceil(near - _CLOSE), 0.0, counts)
    above = bdtr(whole, n, rate)
    below = np.where(whole > 0, bdtr(np.maximum(whole - 1, 0), n, rate), 0.0)
    # Where the last number itself is likelier than the tail, nothing lies beyond it.
    return np.asarray(np.where(whole >= counts, counts, whole - (above - chance) / (above - below)))


def shrunken(n: Ints, passed: Ints) -> Floats:
    """Give each place's rate drawn towards the overall one by how little it tells (beta-binomial, by moments)."""
    overall, rate = float(passed.sum() / n.sum()), passed / n
    between = float((n * (rate - overall) ** 2).sum() - (n.size - 1) * overall * (1 - overall))
    scale = float(n.sum() - (n**2).sum() / n.sum())
    spread = max(between / scale, 0.0) if scale > 0 else 0.0
    if spread == 0:
        return np.full(n.size, overall)
    prior = max(overall * (1 - overall) / spread - 1, 0.0)
    return np.asarray((passed + prior * overall) / (n + prior))


def _contrasts(ground: Ground, population: Population) -> dict[str, tuple[float, float]]:
    """Give Fisher's p of the group that differs most at a step, and its q, by region with enough on both sides."""
    places = ground.cases.columns["region"]
    mask = population.settled & (ground.group != np.array(None)) & (places != np.array(None))
    names = ground.large(mask, _SIDE)
    if not names:
        return {}
    held, codes = np.unique(places[mask].astype(str), return_inverse=True)
    passed, members = population.passed[mask], ground.members(names)[mask]
    useful = score.informative(passed, codes, members)
    if not useful.any():
        return {}
    scored = score.scores(passed[useful], codes[useful], np.zeros((int(useful.sum()), 0)), members[useful])
    member = members[:, int(np.abs(scored.z).argmax())]
    found: dict[str, float] = {}
    cells = np.stack(
        [np.bincount(codes, weights=one, minlength=held.size) for one in (
            member * passed, member * ~passed, (1 - member) * passed, (1 - member) * ~passed)], axis=1,
    )  # fmt: skip
    for name, (a, b, c, d) in zip(held.tolist(), cells.tolist(), strict=True):
        if min(a + b, c + d) >= _SIDE:
            found[name] = float(fisher_exact([[a, b], [c, d]]).pvalue)
    return dict(zip(found, zip(found.values(), hochberg(list(found.values())), strict=True), strict=True))


def hochberg(p: list[float]) -> list[float]:
    """Adjust p values so that few of those found are false (Benjamini, Hochberg 1995)."""
    values = np.array(p)
    order = np.argsort(values, kind="stable")
    ranked = values[order] * values.size / np.arange(1, values.size + 1)
    q = np.empty_like(values)
    q[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    return [float(one) for one in q]
