"""What each further record is expected to tell, computed on simulated accounts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from telusur.domain.proposition import Proposition
from telusur.tracing import Tracing

SCHEMA: Final = "telusur.evidence_gains/1"
#: Fewer accounts than this give no table.
_FEWEST: Final = 30


@dataclass(frozen=True, slots=True)
class Gain:
    """How much one record told in one simulated account.

    Parameters
    ----------
    platform, held, brings
        The account's platform; what was held, sorted and joined by ``+``; what was added.
    truth
        Who acted.
    bans
        Rise of `score` by the addition.
    """

    platform: str
    held: str
    brings: str
    truth: Proposition
    bans: float


def score(tracing: Tracing, truth: Proposition) -> float:
    """Give the logarithmic score in bans: log10 of the share that the truth has of all propositions at even odds."""
    bans = {p: tracing.combined.weights[p].log10_lr if p in tracing.combined.weights else 0.0 for p in Proposition}
    return bans[truth] - float(np.log10(sum(10.0**value for value in bans.values())))


def table(gains: Iterable[Gain], card: Mapping[str, Any]) -> bytes:
    """Give the parameter file: mean gain, every proposition counting alike; the same gains, the same bytes.

    Parameters
    ----------
    gains
        Of many accounts.
    card
        What they were computed on.
    """
    found: dict[tuple[str, str, str], dict[Proposition, list[float]]] = defaultdict(lambda: defaultdict(list))
    for gain in gains:
        found[gain.platform, gain.held, gain.brings][gain.truth].append(gain.bans)
    tables: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for (platform, held, brings), by_truth in sorted(found.items()):
        if sum(len(values) for values in by_truth.values()) >= _FEWEST:
            mean = float(np.mean([np.mean(values) for _, values in sorted(by_truth.items())]))
            tables[platform][held][brings] = round(max(mean, 0.0), 2) + 0.0
    document = {"schema": SCHEMA, "card": dict(card), "gains": tables}
    return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()
