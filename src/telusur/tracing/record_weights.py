"""Weights of the items that records and documents give, learned on simulated accounts (``params/records.json``)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from telusur.domain.proposition import Proposition

#: Bans and their 95 % interval.
Bans = tuple[float, float, float]

SCHEMA: Final = "telusur.record_weights/1"
_FILE: Final = "records.json"


@dataclass(frozen=True, slots=True)
class RecordWeights:
    """Learned weights, by code of the item and proposition.

    Parameters
    ----------
    weights
        Bans and interval; a pair that is not there was never seen in the simulated accounts and weighs nothing.
    card
        What they were learned on: hash of the mix, seeds, number of accounts.
    sha256
        Lower-case hex hash of the file.
    """

    weights: Mapping[tuple[str, Proposition], Bans]
    card: Mapping[str, Any]
    sha256: str

    def of(self, code: str, proposition: Proposition) -> Bans:
        """Give a weight, 0 with no width where nothing was learned."""
        return self.weights.get((code, proposition), (0.0, 0.0, 0.0))


@cache
def load() -> RecordWeights:
    """Read the shipped weights.

    Raises
    ------
    ValueError
        If the file is of another schema, or a weight lies outside its interval.
    """
    content = resources.files(__package__).joinpath("params", _FILE).read_bytes()
    document = json.loads(content)
    if document.get("schema") != SCHEMA:
        raise ValueError(f"params/{_FILE}: expected schema {SCHEMA}, found {document.get('schema')!r}")
    weights: dict[tuple[str, Proposition], Bans] = {}
    for code, by_proposition in document["weights"].items():
        for name, (value, lower, upper) in by_proposition.items():
            if not lower <= value <= upper:
                raise ValueError(f"params/{_FILE}: {code}: {name}: {value} lies outside [{lower}, {upper}]")
            weights[code, Proposition(name)] = (value, lower, upper)
    return RecordWeights(weights, document["card"], hashlib.sha256(content).hexdigest())
