"""The figures of a study: what is reported of each setting, and what is not for want of data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from telusur.validation import metrics, pan
from telusur.validation.intervals import Measured, measured, share
from telusur.validation.pan import Pan
from telusur.validation.protocol import Impostor, Setting
from telusur.validation.study import Compared, Streams, recalibrated

Floats = NDArray[np.float64]

LEAST_ACCOUNTS: Final = 10
LEAST_COMPARISONS: Final = 30
"""Accounts, and comparisons of either kind in which the model speaks, below which only their count is reported."""

PRIORS: Final = np.round(np.arange(-2.5, 2.51, 0.1), 1)
"""Prior odds of an ECE curve, in bans."""

PLACES: Final = np.round(np.arange(-3, 3.001, 0.05), 2)
"""Weights of a Tippett curve, in bans."""

_MOST_STEPS = 160
_NEAR = 3


@dataclass(frozen=True, eq=False)
class Curves:
    """What the pictures of a setting show.

    Parameters
    ----------
    ece, ece_least
        Cost in bits at `PRIORS`, as weighed and after the best recalibration.
    same, different
        Share of comparisons that weigh at least `PLACES`.
    stated, observed
        Weights as stated, and what they turn out to be worth (PAV), in bans, ascending.
    """

    ece: Floats
    ece_least: Floats
    same: Floats
    different: Floats
    stated: Floats
    observed: Floats


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one setting gave.

    Parameters
    ----------
    setting
        Which one.
    n_same, n_different
        Comparisons of one author and of two.
    accounts
        Authors whose windows were compared.
    words
        Median words of a window.
    abstained_same, abstained_different
        Share of either kind in which the model abstains, and weighs 0; None where there are none.
    systems
        Measures by system: ``telusur``, ``uncapped``, of windows also ``plain``, and of those against look-alikes
        ``random_calibrated`` and ``alike_calibrated``; empty where there is too little data.
    curves
        Of ``telusur``; None likewise.
    pan
        Its measures by evaluation campaigns; None likewise.
    """

    setting: Setting
    n_same: int
    n_different: int
    accounts: int
    words: float
    abstained_same: float | None
    abstained_different: float | None
    systems: Mapping[str, Measured]
    curves: Curves | None
    pan: Pan | None

    @property
    def enough(self) -> bool:
        """Whether there was enough to report."""
        return bool(self.systems)


@dataclass(frozen=True, slots=True)
class Takeovers:
    """How takeovers by one kind of stranger were found; shares with their intervals.

    Parameters
    ----------
    stranger
        Which kind.
    n, controls
        Timelines with and without a takeover that were weighed.
    abstained
        Timelines that were not weighed.
    found, false_alarms, missed_strongly
        Share of the true ones that reach a ban; of the controls; of the true ones that weigh a ban against a takeover.
    within_three
        Share of the true ones that reach a ban and are placed within three posts.
    covered
        Share of those found whose 95 % interval holds the true place; None if none is found.
    error
        Median distance of place and truth among those found, in posts; None likewise.
    """

    stranger: Impostor
    n: int
    controls: int
    abstained: int
    found: tuple[float, float, float] | None = None
    false_alarms: tuple[float, float, float] | None = None
    missed_strongly: tuple[float, float, float] | None = None
    within_three: tuple[float, float, float] | None = None
    covered: tuple[float, float, float] | None = None
    error: float | None = None


def outcomes(
    every: Sequence[Compared], draws: Floats, tick: Callable[[float], None] = lambda _share: None
) -> list[Outcome]:
    """Measure every setting of a corpus.

    Parameters
    ----------
    every
        All settings tried on it.
    draws
        Of its accounts (`telusur.validation.intervals.drawn`).
    tick
        Told how far it is.
    """
    by_setting = {one.setting: one for one in every}
    found = []
    for done, one in enumerate(every):
        tick(done / len(every))
        found.append(_outcome(one, by_setting, draws))
    return found


def _outcome(one: Compared, by_setting: Mapping[Setting, Compared], draws: Floats) -> Outcome:
    same, weighed, setting = one.same, one.weighed, one.setting
    spoken = same[weighed.speaks]
    accounts = int(np.unique(one.writer).size)
    systems: dict[str, Measured] = {}
    curves = campaign = None
    if accounts >= LEAST_ACCOUNTS and min(int(spoken.sum()), int((~spoken).sum())) >= LEAST_COMPARISONS:
        bans = {"telusur": weighed.bans, "uncapped": weighed.uncapped}
        if setting.tried == "window":
            bans["plain"] = recalibrated(weighed.cosine, one, weighed.cosine, one)
        if setting.impostor == "alike" and setting.tried == "window":
            twin = Setting(setting.size, "random", setting.stripped, setting.history, setting.days, setting.other)
            easy = by_setting.get(twin)
            if easy is not None:
                bans["random_calibrated"] = recalibrated(weighed.uncapped, one, easy.weighed.uncapped, easy)
                bans["alike_calibrated"] = recalibrated(weighed.uncapped, one, weighed.uncapped, one)
        systems = {name: measured(of, one.claimed, one.writer, draws) for name, of in bans.items()}
        curves = _curves(weighed.bans[same], weighed.bans[~same])
        campaign = pan.pan(same, pan.value(weighed.bans))
    return Outcome(
        setting,
        int(same.sum()),
        int((~same).sum()),
        accounts,
        float(np.median(weighed.words)) if same.size else 0.0,
        _silent(weighed.speaks[same]),
        _silent(weighed.speaks[~same]),
        systems,
        curves,
        campaign,
    )


def _silent(speaks: NDArray[np.bool_]) -> float | None:
    return float(1 - speaks.mean()) if speaks.size else None


def _curves(same: Floats, different: Floats) -> Curves:
    best = metrics.pav(same, different)
    stated, observed = np.concatenate([same, different]), np.concatenate(best)
    values, first = np.unique(stated, return_index=True)
    chosen = np.unique(np.linspace(0, values.size - 1, _MOST_STEPS).astype(int))
    # Infinite weights cost what very large ones cost; the curves end at a finite one.
    held = tuple(np.clip(side, -30, 30) for side in best)
    return Curves(
        metrics.ece(same, different, PRIORS),
        metrics.ece(held[0], held[1], PRIORS),
        _at_least(same),
        _at_least(different),
        values[chosen],
        np.clip(observed[first][chosen], -_NEAR, _NEAR),
    )


def _at_least(bans: Floats) -> Floats:
    return np.asarray(1 - np.searchsorted(np.sort(bans), PLACES, side="left") / bans.size)


def takeovers(every: Sequence[Streams], draws: Floats) -> list[Takeovers]:
    """Measure how takeovers were found; the controls are shared."""
    control = next(one for one in every if one.stranger is None)
    own = np.array([not found.abstained for found in control.found], dtype=bool)
    alarms = np.array([found.bans >= 1 for found in control.found], dtype=bool)
    told = []
    for one in every:
        if one.stranger is None:
            continue
        weighed = np.array([not found.abstained for found in one.found], dtype=bool)
        n, controls = int(weighed.sum()), int(own.sum())
        silent = weighed.size - n + own.size - controls
        if min(n, controls) < LEAST_COMPARISONS:
            told.append(Takeovers(one.stranger, n, controls, silent))
            continue
        hits = np.array([found.bans >= 1 for found in one.found])
        against = np.array([found.bans < -1 for found in one.found])
        gap = np.array([np.inf if f.at is None else abs(f.at - at) for f, at in zip(one.found, one.place, strict=True)])
        inside = np.array(
            [
                f.interval is not None and f.interval[0] <= at <= f.interval[1]
                for f, at in zip(one.found, one.place, strict=True)
            ]
        )
        owner = one.owner
        told.append(
            Takeovers(
                one.stranger,
                n,
                controls,
                silent,
                share(hits[weighed], owner[weighed], draws),
                share(alarms[own], control.owner[own], draws),
                share(against[weighed], owner[weighed], draws),
                share((hits & (gap <= _NEAR))[weighed], owner[weighed], draws),
                share(inside[hits], owner[hits], draws) if hits.any() else None,
                float(np.median(gap[hits])) if hits.any() else None,
            )
        )
    return told


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Give what is reported of a setting."""
    setting = outcome.setting
    told: dict[str, Any] = {
        "setting": setting.key,
        "tried": setting.tried,
        "window_posts": setting.size or None,
        "impostor": setting.impostor,
        "stripped": setting.stripped,
        "known_posts": setting.history,
        "least_days_between": setting.days,
        "corpus": "other" if setting.other else "own",
        "accounts": outcome.accounts,
        "n_same": outcome.n_same,
        "n_different": outcome.n_different,
        "median_words": outcome.words,
        "abstained_same": _rounded(outcome.abstained_same),
        "abstained_different": _rounded(outcome.abstained_different),
        "verdict": "measured" if outcome.enough else "too_little_data",
    }
    told["systems"] = {
        name: {"value": one.value.as_json(), "lower": one.lower.as_json(), "upper": one.upper.as_json()}
        for name, one in outcome.systems.items()
    }
    told["pan"] = None if outcome.pan is None else outcome.pan.as_json()
    curves = outcome.curves
    told["curves"] = (
        None
        if curves is None
        else {
            "ece": {"prior_bans": _list(PRIORS), "bits": _list(curves.ece), "bits_after_pav": _list(curves.ece_least)},
            "tippett": {"bans": _list(PLACES), "same": _list(curves.same), "different": _list(curves.different)},
            "reliability": {"stated_bans": _list(curves.stated), "observed_bans": _list(curves.observed)},
        }
    )
    return told


def takeovers_as_json(found: Takeovers) -> dict[str, Any]:
    """Give what is reported of takeovers by one kind of stranger."""
    told: dict[str, Any] = {
        "stranger": found.stranger,
        "taken_over": found.n,
        "controls": found.controls,
        "abstained": found.abstained,
        "verdict": "measured" if found.found is not None else "too_little_data",
    }
    for name in ("found", "false_alarms", "missed_strongly", "within_three", "covered"):
        ends = getattr(found, name)
        told[name] = None if ends is None else dict(zip(("value", "lower", "upper"), map(_rounded, ends), strict=True))
    told["median_error_posts"] = found.error
    return told


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 6)


def _list(values: Floats) -> list[float]:
    return [round(float(value), 5) for value in values]
