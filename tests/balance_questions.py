"""Cases for questions about balance: drawn alike for all groups, then changed as a test wants."""

from datetime import date

import numpy as np

from telusur.balance import default_plan
from telusur.balance.cases import Cases
from telusur.balance.questions.asking import Ground
from telusur.balance.steps import populations

CUT_OFF = date(2025, 3, 1)
START = float(date(2024, 8, 1).toordinal())
SEVERITY = [0.1, 0.4, 0.25, 0.15, 0.1]


def words(values):
    held = np.empty(len(values), dtype=object)
    held[:] = [None if value is None else str(value) for value in values]
    return held


def fair(n=1_200, seed=1, **changed):
    """Every column there is, with nothing depending on the group."""
    rng = np.random.default_rng(seed)
    reported = START + rng.integers(0, 90, n)
    accepted = reported + rng.integers(1, 6, n)
    examined = accepted + rng.integers(2, 20, n)
    decided = examined + np.ceil(rng.gamma(2.0, 10.0, n))
    executed = decided + np.ceil(rng.exponential(20.0, n))
    outcome = words(rng.choice(["dropped", "not_proven", "proven"], n, p=[0.2, 0.2, 0.6]))
    is_open = decided > CUT_OFF.toordinal()
    outcome[is_open] = None
    decided[is_open] = np.nan
    executed[(executed > CUT_OFF.toordinal()) | (outcome != "proven")] = np.nan
    severity = np.where(outcome == "proven", rng.choice(5, n, p=SEVERITY), np.nan)
    pick = lambda *names: words(rng.choice(names, n))  # noqa: E731 - a word for what follows
    columns = {
        "beneficiary": words(rng.choice(["A", "B", "C"], n, p=[0.4, 0.35, 0.25])),
        "region": pick("11", "12", "13", "14", "15", "16"),
        "rank": pick("executor", "leader"),
        "source": pick("report", "finding", "media"),
        "body": pick("regional", "provincial"),
        "handler": pick("h1", "h2", "h3"),
        "masked": pick("true", "false"),
        "appeal": words(rng.choice(["changed", "upheld", ""], n, p=[0.05, 0.1, 0.85])),
    }
    columns["appeal"][columns["appeal"] == ""] = None
    numbers = {
        "severity": severity,
        "severity_min": np.where(outcome == "proven", 0.0, np.nan),
        "severity_max": np.where(outcome == "proven", 4.0, np.nan),
        "evidence_strength": rng.normal(0, 1, n),
    }
    days = {
        "reported": reported.astype(float), "accepted": accepted.astype(float), "examined": examined.astype(float),
        "decided": decided, "executed": executed,
    }  # fmt: skip
    held = Cases(tuple(f"{place:06d}" for place in range(n)), columns, days, outcome, numbers, CUT_OFF)
    return with_(held, **changed)


def with_(cases, *, columns=None, days=None, numbers=None, outcome=None, without=()):
    def merged(old, new):
        return {name: values for name, values in {**old, **(new or {})}.items() if name not in without}

    return Cases(
        cases.case, merged(cases.columns, columns), merged(cases.days, days),
        cases.outcome if outcome is None else outcome, merged(cases.numbers, numbers), cases.censored_on,
    )  # fmt: skip


def ground(cases, plan=None, uneven=frozenset()):
    return Ground(cases, plan or default_plan(), populations(cases), uneven)
