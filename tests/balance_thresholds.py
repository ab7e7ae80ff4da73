"""Small tables for the tests of the threshold test."""

import numpy as np

from telusur.balance.thresholds.table import table


def grid(groups=3, places=5, n=400, examined=120, hits=50):
    """The same counts everywhere, but for a little chance."""
    rng = np.random.default_rng(3)
    return table(
        {
            (f"P{place}", f"G{group}"): (n + 10 * place, examined + int(rng.integers(9)), hits + int(rng.integers(9)))
            for place in range(places)
            for group in range(groups)
        },
        "grid",
    )
