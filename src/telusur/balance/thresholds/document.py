"""The threshold test for machines: one JSON document, and one line of CSV a place and group."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import telusur
from telusur.balance.thresholds.comparing import Comparison
from telusur.balance.thresholds.posterior import Bar, Interval, Posterior
from telusur.balance.thresholds.priors import BETA, DISCRIMINANT

SCHEMA: Final = "telusur.thresholds/1"

#: Chances and bans beyond these digits are chance.
_DIGITS: Final = 6


def document(comparisons: Sequence[Comparison], *, file: str, sha256: str) -> dict[str, Any]:
    """Give ``thresholds.json``.

    Parameters
    ----------
    comparisons
        One a table of the file.
    file, sha256
        Name of the file and its digest.
    """
    return {
        "schema": SCHEMA,
        "made_by": {"telusur": telusur.__version__, "catalogue": None, "models": {}},
        "data": {"file": file, "sha256": sha256},
        "tables": [_table(one) for one in comparisons],
    }


def bars_csv(comparisons: Sequence[Comparison]) -> str:
    """Give ``thresholds.csv``: one line a place and group, the families side by side.

    Parameters
    ----------
    comparisons
        One a table of the file.
    """
    held = io.StringIO()
    rows = csv.writer(held, lineterminator="\n")
    ends = ("mean", "lower", "upper")
    named = [f"{family}_{scale}_{end}" for family in ("beta", "discriminant") for scale in _SCALES for end in ends]
    rows.writerow(("table", "place", "group", "n", "examined", "hits", *named))
    for one in comparisons:
        if one.beta is None or one.discriminant is None:
            continue
        for beta, other in zip(one.beta.rows, one.discriminant.rows, strict=True):
            numbers = [
                f"{getattr(getattr(bar, scale), end):.{_DIGITS}f}"
                for bar in (beta.bar, other.bar)
                for scale in _SCALES
                for end in ends
            ]
            rows.writerow((one.table.name, beta.place, beta.group, beta.n, beta.examined, beta.hits, *numbers))
    return held.getvalue()


_SCALES: Final = ("chance", "evidence")


def _table(one: Comparison) -> dict[str, Any]:
    table = one.table
    return {
        "name": table.name or None,
        "groups": list(table.groups),
        "places": len(table.places),
        "n": int(table.n.sum()),
        "examined": int(table.examined.sum()),
        "hits": int(table.hits.sum()),
        "left_out": dict(table.left_out),
        "verdict": one.verdict,
        "words": one.words.as_json(),
        "group": one.group,
        "bar": one.side,
        "differences": [
            {
                "first": pair.first,
                "second": pair.second,
                "verdict": pair.verdict,
                "beta": _bar(pair.beta),
                "discriminant": _bar(pair.discriminant),
            }
            for pair in one.pairs
        ],
        "families": {found.family: _family(found) for found in (one.beta, one.discriminant) if found is not None},
    }


def _family(found: Posterior) -> dict[str, Any]:
    priors = BETA[found.setting] if found.family == "beta" else DISCRIMINANT[found.setting]
    return {
        "priors": {"setting": found.setting, **asdict(priors)},
        "seed": found.seed,
        "chains": found.chains,
        "draws": found.draws,
        "r_hat": _rounded(found.r_hat),
        "effective_draws": round(found.sample),
        "divergent": found.divergent,
        "rms": {"examined": _rounded(found.examined_rms), "hits": _rounded(found.hits_rms)},
        "groups": [{"group": group, **_bar(bar)} for group, bar in found.groups],
        "rows": [
            {"place": row.place, "group": row.group, "n": row.n, "examined": row.examined, "hits": row.hits,
             **_bar(row.bar)}
            for row in found.rows
        ],
    }  # fmt: skip


def _bar(bar: Bar) -> Mapping[str, Any]:
    return {"chance": _interval(bar.chance), "evidence": _interval(bar.evidence)}


def _interval(found: Interval) -> dict[str, float]:
    return {"mean": _rounded(found.mean), "lower": _rounded(found.lower), "upper": _rounded(found.upper)}


def _rounded(value: float) -> float:
    return round(value, _DIGITS)
