"""Invented cases, and releases that forget one of the rules."""

from collections import Counter
from unittest import mock

import numpy as np

from telusur.balance import CountTable
from telusur.balance.release import protect, protecting
from telusur.domain.text import Text

KEY = b"a key of rounding for the tests"
PAIRS = (("group", "state"), ("region", "state"), ("region", "group"))
PROVINCES = (
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96"
).split()


def cases(n, seed, *, regions=6, states=("not_accepted", "not_proven", "open", "sanctioned")):
    """Draw cases, regions by Zipf's law."""
    rng = np.random.default_rng(seed)
    weight = 1 / np.arange(1, regions + 1)
    return {
        "region": rng.choice(PROVINCES[:regions], n, p=weight / weight.sum()).tolist(),
        "group": rng.choice(["A", "B", "C"], n, p=[0.4, 0.35, 0.25]).tolist(),
        "state": rng.choice(states, n).tolist(),
        "source": rng.choice(["finding", "media", "report"], n, p=[0.3, 0.1, 0.6]).tolist(),
    }


def tables(columns, pairs=PAIRS):
    return [
        CountTable(
            "_".join(dims), Text("Uji", "Test"), dims, dict(Counter(zip(*(columns[dim] for dim in dims), strict=True)))
        )
        for dims in pairs
    ]


def table(name, dims, cells):
    return CountTable(name, Text("Uji", "Test"), dims, cells)


def weak(given, **options):
    """Publish without withholding anything beside the small cells."""
    with mock.patch.object(protecting, "_secure", lambda release, _: release):
        return protect(given, key=KEY, **options)
