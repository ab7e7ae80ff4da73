"""How strong the evidence of reports is, by group: a description of reports, not of how they are judged."""

from __future__ import annotations

from typing import Final

import numpy as np

from telusur.balance.questions import asking, ranks, speaking
from telusur.balance.questions.asking import Answer, Ground
from telusur.balance.result import Value

_LEAST: Final = 30
_LEVELS: Final = 8
"""Numbers of so many different values or fewer are shown as they are; more by their fifths."""


def grades(ground: Ground) -> Answer:
    """Ask whether the reports about one group are weaker, within strata."""
    cases = ground.cases
    if not cases.has("evidence_strength"):
        return asking.absent("grades", "evidence_strength")
    if "evidence_strength" in cases.columns:
        words = cases.columns["evidence_strength"]
        series = _shown(ground, words.astype(object), sorted({one for one in words if one is not None}))
        # Words have no order that the data tell.
        return Answer("grades", told=speaking.say("grades.words"), series=series)
    strength = cases.numbers["evidence_strength"]
    known = ~np.isnan(strength)
    distinct = np.unique(strength[known])
    labels = np.full(cases.n, None, dtype=object)
    if distinct.size <= _LEVELS:
        labels[known] = [f"{value:g}" for value in strength[known]]
        names = [f"{value:g}" for value in distinct]
    else:
        cuts = np.quantile(strength[known], [0.2, 0.4, 0.6, 0.8])
        labels[known] = [str(1 + int(place)) for place in np.searchsorted(cuts, strength[known], side="left")]
        names = ["1", "2", "3", "4", "5"]
    series = _shown(ground, labels, names)
    mask = known & ground.comparable
    large = ground.large(mask, _LEAST)
    if len(large) < 2:  # noqa: PLR2004 - it takes two to differ
        found = None
    else:
        values = ranks.ridits(strength[mask], ground.strata[mask])
        found = ranks.means(values, ground.strata[mask], ground.members(large)[mask], ground.seed("grades"))
    if found is None:
        n = ground.count(int(mask.sum()))
        return asking.few("grades", "graded", n=n, least=_LEAST, series=series)
    gap, error = float(found.difference[found.most]), float(found.error[found.most])
    numbers: dict[str, Value] = {
        "group": large[found.most], "difference": gap, "lower": gap - asking.Z * error, "upper": gap + asking.Z * error,
        "detectable": asking.POWER * error,
    }  # fmt: skip
    side = "weaker" if gap < 0 else "stronger"
    return Answer(
        "grades",
        p=found.p,
        accuses=False,
        difference=speaking.say(f"grades.{side}", group=large[found.most], share=speaking.percent(abs(gap))),
        nothing=speaking.say("grades.alike", share=speaking.percent(asking.POWER * error)),
        numbers=numbers,
        series=series,
    )


def _shown(
    ground: Ground, labels: np.ndarray[tuple[int, ...], np.dtype[np.object_]], names: list[str]
) -> dict[str, list[object]]:
    series: dict[str, list[object]] = {key: [] for key in ("group", "grade", "n", "share")}
    for name in ground.names:
        ours = (ground.group == name) & (labels != np.array(None))
        for label in names:
            n = int((ours & (labels == label)).sum())
            for key, value in zip(series, (name, label, n, n / max(int(ours.sum()), 1)), strict=True):
                series[key].append(value)
    return series
