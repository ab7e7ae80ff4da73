"""Triage without knowing for whom: a share of reports, drawn by a keyed hash, is triaged with the group hidden."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.stats._binomtest import binomtest
from scipy.stats.contingency import chi2_contingency

from telusur.balance.cases import Bools, Floats, Ints
from telusur.balance.questions import asking, drawing, speaking
from telusur.balance.questions.asking import Answer, Ground
from telusur.balance.result import Value
from telusur.domain.errors import BadInput

_LEAST: Final = 30
"""Settled reports of each group in each arm."""

_SPACE: Final = 2**64
_ODD: Final = 0.001
_KEY: Final = 16
_BALANCED: Final = ("source", "region", "rank", "body")


def assign(report_id: str, key: bytes, share: float) -> bool:
    """Say whether a report is triaged with its group hidden.

    Parameters
    ----------
    report_id
        The report.
    key
        Secret of the office, at least 16 bytes: without it nobody can tell beforehand, with it anybody can check.
    share
        Share of reports that is masked, 0 to 1.

    Raises
    ------
    BadInput
        If the key is too short, or the share is none.
    """
    if len(key) < _KEY:
        raise BadInput(f"has {len(key)} bytes; a key that cannot be guessed has at least {_KEY}", field="key")
    if not 0 <= share <= 1:
        raise BadInput(f"{share} is no share; expected 0 to 1", field="share")
    drawn = hmac.new(key, report_id.encode(), hashlib.sha256).digest()[:8]
    return int.from_bytes(drawn, "big") < share * _SPACE


def departures(report_ids: Sequence[str], masked: Sequence[bool], key: bytes, share: float) -> tuple[str, ...]:
    """Give the reports that were triaged otherwise than the draw says.

    Parameters
    ----------
    report_ids, masked
        Of each report its id, and whether it was masked.
    key, share
        As for `assign`.
    """
    return tuple(
        report for report, was in zip(report_ids, masked, strict=True) if assign(report, key, share) is not was
    )  # fmt: skip


def trial(ground: Ground, share: float | None = None) -> Answer:
    """Ask whether groups are accepted more alike where nobody can see for whom a report is.

    Parameters
    ----------
    ground
        The cases.
    share
        Share that was to be masked; None if it is not known.

    Notes
    -----
    For each group, its acceptance less that of all others where it was seen, less the same where it was hidden. The
    draw is what was random, so the test repeats it: arms change places within strata.
    """
    if "masked" not in ground.cases.columns:
        return asking.absent("trial", "masked")
    column = ground.cases.columns["masked"]
    known = np.isin(column, ["true", "false"])
    hidden = np.asarray(column == "true", dtype=bool)
    numbers = _checked(ground, known, hidden, share)
    population = ground.found["accepted"]
    mask = population.settled & known & ground.comparable
    names = tuple(
        name for name in ground.names
        if min(int((mask & arm & side).sum()) for arm in (hidden, ~hidden)
               for side in (ground.group == name, ground.group != name)) >= _LEAST
    )  # fmt: skip
    series = _shown(ground, mask, hidden)
    told = speaking.say("trial.odd") if numbers["odd"] else speaking.NOTHING
    if not names or len(ground.names) < 2:  # noqa: PLR2004 - it takes two to differ
        n = ground.count(int(mask.sum()))
        arms = [asking.split([int((mask & arm & (ground.group == name)).sum()) for name in ground.names])
                for arm in (hidden, ~hidden)]  # fmt: skip
        missed = speaking.percent(min(1.0, asking.POWER * float(np.sqrt(sum(arms) / 4))))
        few = asking.few(
            "trial", "arms", n=n, least=_LEAST, missed=speaking.say("missed.rate", share=missed), numbers=numbers,
            series=series,
        )  # fmt: skip
        return asking.told(few, told)
    passed, members = population.passed[mask].astype(float), ground.members(names)[mask]
    arm, codes = hidden[mask], ground.strata[mask]
    gap, error = _gaps(passed, members, arm)

    def furthest(order: Ints) -> float:
        return float(np.abs(np.divide(*_gaps(passed, members, arm[order]))).max())

    p, _ = drawing.p_of(furthest(np.arange(arm.size)), furthest, codes, ground.seed("trial"))
    most = int(np.abs(gap / error).argmax())
    found, reach = float(gap[most]), float(error[most])
    numbers |= {
        "group": names[most], "difference": found, "lower": found - asking.Z * reach, "upper": found + asking.Z * reach,
        "detectable": asking.POWER * reach,
    }  # fmt: skip
    side = "favoured" if found > 0 else "disfavoured"
    return Answer(
        "trial",
        p=p,
        difference=speaking.say(
            f"trial.{side}", group=names[most], share=speaking.percent(abs(found)),
            lower=speaking.percent(abs(found) - asking.Z * reach),
            upper=speaking.percent(abs(found) + asking.Z * reach),
        ),
        nothing=speaking.say("missed.rate", share=speaking.percent(asking.POWER * reach)),
        told=told,
        numbers=numbers,
        series=series,
    )  # fmt: skip


def _gaps(passed: Floats, members: Floats, arm: Bools) -> tuple[Floats, Floats]:
    """Give each group's lead where it is seen less that where it is hidden, and the standard error."""
    gap, variance = np.zeros(members.shape[1]), np.zeros(members.shape[1])
    for sign, chosen in ((1.0, ~arm), (-1.0, arm)):
        for side, part in ((1.0, members[chosen]), (-1.0, 1 - members[chosen])):
            # A case on each side keeps the error of a rate of nought or one from being nought.
            n = np.maximum(part.sum(axis=0), 1.0)
            through = passed[chosen] @ part
            held = (through + 1) / (n + 2)
            gap += sign * side * through / n
            variance += held * (1 - held) / n
    return gap, np.sqrt(variance)


def _shown(ground: Ground, mask: Bools, hidden: Bools) -> dict[str, list[object]]:
    passed = ground.found["accepted"].passed
    keys = ("group", "masked", "n", "accepted", "not_accepted", "rate")
    series: dict[str, list[object]] = {key: [] for key in keys}
    for name in ground.names:
        for is_hidden in (False, True):
            ours = mask & (ground.group == name) & (hidden == is_hidden)
            n, through = int(ours.sum()), int((ours & passed).sum())
            row = (name, is_hidden, n, through, n - through, through / n if n else None)
            for key, value in zip(series, row, strict=True):
                series[key].append(value)
    return series


def _checked(ground: Ground, known: Bools, hidden: Bools, share: float | None) -> dict[str, Value]:
    """Give whether the arms look as a draw makes them: their share, and what each holds."""
    n, there = int(known.sum()), int((known & hidden).sum())
    numbers: dict[str, Value] = {"masked": there, "unmasked": n - there}
    p_values = []
    if n:
        held = binomtest(there, n, share if share is not None else 0.5)
        interval = held.proportion_ci(method="exact")
        numbers |= {"share": there / n, "share_lower": float(interval.low), "share_upper": float(interval.high)}
        if share is not None:
            p_values.append(float(held.pvalue))
    columns = {"group": ground.group} | {
        name: ground.cases.columns[name] for name in _BALANCED if name in ground.cases.columns
    }
    for name, values in columns.items():
        rows = known & (values != np.array(None))
        levels, place = np.unique(values[rows].astype(str), return_inverse=True)
        table = np.bincount(place * 2 + hidden[rows], minlength=2 * levels.size).reshape(-1, 2)
        common = table[table.sum(axis=1) >= _LEAST]
        if common.shape[0] > 1 and (common.sum(axis=0) > 0).all():
            p = float(chi2_contingency(common, correction=False).pvalue)
            numbers[f"balance_{name}_p"] = p
            p_values.append(p)
    # A draw looks odd once in a thousand times, over all that is looked at.
    numbers["odd"] = bool(p_values) and min(p_values) * len(p_values) < _ODD
    return numbers
