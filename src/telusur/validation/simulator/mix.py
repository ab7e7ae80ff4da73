"""The mix of simulated accounts, and draws from its ranges."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from telusur.domain import marked_yaml
from telusur.domain.account import Platform
from telusur.domain.proposition import Proposition

_FILE = "mix.yaml"


@dataclass(frozen=True, slots=True)
class Draw:
    """One value of every parameter.

    Parameters
    ----------
    seed
        Which draw it is.
    values
        By name.
    """

    seed: int
    values: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        return self.values[name]


@cache
def _mix() -> Any:  # noqa: ANN401 - the package's own YAML; a test reads it whole
    return marked_yaml.packaged(__package__, _FILE).value


@cache
def mix_hash() -> str:
    """Give the lower-case hex SHA-256 of the committed mix."""
    return hashlib.sha256(resources.files(__package__).joinpath(_FILE).read_bytes()).hexdigest()


def draw(seed: int) -> Draw:
    """Take one value of every parameter in its range; the same seed, the same values."""
    random = np.random.default_rng([1, seed])
    values = {}
    for name, entry in _mix()["parameters"].items():
        low, high = entry["range"]
        values[name] = float(random.uniform(low, high))
    return Draw(seed, values)


def choose(random: np.random.Generator, proposition: Proposition) -> tuple[str, Platform]:
    """Choose a variant of a proposition and a platform it can be on, by their shares."""
    variants = _mix()["variants"][proposition.value]
    names = list(variants)
    shares = np.array([variants[name]["share"] for name in names])
    variant = names[int(random.choice(len(names), p=shares / shares.sum()))]
    everywhere = _mix()["platforms"]
    platforms = variants[variant].get("platforms", list(everywhere))
    weights = np.array([everywhere.get(name, 1.0) for name in platforms])
    return variant, platforms[int(random.choice(len(platforms), p=weights / weights.sum()))]
