"""An audit for machines: ``telusur.balance/1`` (contracts.md, section 6)."""

from __future__ import annotations

import math
from typing import Any, Final

import telusur
from telusur.balance.release import Release, documents
from telusur.balance.result import Audit, Finding, Rate, Ratio, Rung, Step
from telusur.balance.steps import STEPS

SCHEMA: Final = "telusur.balance/1"
_DIGITS: Final = 6


def document(audit: Audit, release: Release) -> dict[str, Any]:
    """Give an audit as JSON.

    Parameters
    ----------
    audit
        The audit.
    release
        What of its counts is published.

    Returns
    -------
    dict
        No figure rests on fewer cases than the plan's smallest cell: such a rate, and every ratio of a step with too
        little data, is null.
    """
    least = audit.plan.suppress_below
    return {
        "schema": SCHEMA,
        "made_by": {"telusur": telusur.__version__, "catalogue": None, "models": None},
        "plan": {
            "sha256": audit.plan.sha256,
            "groups": audit.plan.groups,
            "strata": list(audit.plan.strata),
            "adjust": list(audit.plan.adjust),
            "post_hoc": None if audit.post_hoc is None else audit.post_hoc.as_json(),
        },
        "data": {
            "sha256": audit.data_sha256 or None,
            "censored_on": audit.censored_on.isoformat(),
            "cases": audit.n,
            "left_out": dict(audit.left_out),
        },
        "steps": [_step(step, least) for step in audit.steps],
        "findings": [_finding(one) for one in audit.findings],
        "tables": documents(release),
        "suppressed": release.suppressed,
    }


def _step(step: Step, least: int) -> dict[str, Any]:
    assert step.step in STEPS
    return {
        "step": step.step,
        "groups": [_group(rate, least) for rate in step.groups],
        "open": step.open if step.open >= least else None,
        "test": _test(step),
        "verdict": step.rung.verdict,
        "rung": step.rung.value,
        "words": step.words.id,
        "words_en": step.words.en,
    }


def _group(rate: Rate, least: int) -> dict[str, Any]:
    hidden = rate.n < least
    # A rate with few on one side tells who they are.
    few = hidden or min(rate.passed, rate.n - rate.passed) < least
    return {
        "group": rate.group,
        "n": None if hidden else rate.n,
        **dict.fromkeys(("rate", "lower", "upper")),
        **({} if few else {"rate": _number(rate.rate), "lower": _number(rate.lower), "upper": _number(rate.upper)}),
    }


def _test(step: Step) -> dict[str, Any] | None:
    test = step.test
    if test is None:
        return None
    said = step.rung is not Rung.TOO_LITTLE_DATA
    ends = {"effect": test.effect, "lower": test.lower, "upper": test.upper, "p": test.p, "q": test.q}
    return {
        "name": test.name,
        **{name: _number(value) if said else None for name, value in ends.items()},
        "detectable": _number(test.detectable),
        "group": test.group if said else None,
        "strata": test.strata,
        "pooled": _ratio(test.pooled) if said else None,
        "within_strata": _ratio(test.within) if said else None,
        "homogeneity_p": _number(test.homogeneity) if said else None,
        "by_group": {group: _ratio(ratio) for group, ratio in test.ratios.items()} if said else None,
    }


def _ratio(ratio: Ratio) -> dict[str, float | None]:
    return {name: _number(getattr(ratio, name)) for name in ("value", "lower", "upper", "p")}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "title": finding.title.as_json(),
        "rung": None if finding.rung is None else finding.rung.value,
        "words": finding.words.id,
        "words_en": finding.words.en,
        "numbers": {name: _plain(value) for name, value in finding.numbers.items()},
        "series": {name: [_plain(value) for value in values] for name, values in finding.series.items()},
    }


def _plain(value: object) -> object:
    return _number(value) if isinstance(value, float) else value


def _number(value: float | None) -> float | None:
    """Give a number that JSON knows, to six significant digits: the same on every machine."""
    return float(f"{value:.{_DIGITS}g}") if value is not None and math.isfinite(value) else None
