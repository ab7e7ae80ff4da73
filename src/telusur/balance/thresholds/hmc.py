"""Hamiltonian Monte Carlo: several chains in one array, in coordinates in which the target is nearly round.

The target's own curvature at its mode makes the first coordinates, the draws of the warm-up the later ones; then few
steps a draw are enough (Neal 2011). The step size is set by dual averaging (Hoffman and Gelman 2014, section 3.2), and
the length of the path varies at random, so that no direction is walked in circles.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Tick = Callable[[float], None]

#: Share of proposals that should be taken.
_ACCEPTED: Final = 0.9
#: Length of a path in standard deviations, shortest and longest.
_PATH: Final = (0.8, 2.6)
#: Error of the energy, above which a path has left what the steps can follow.
_DIVERGENT: Final = 1000.0
#: More steps than these a path are never worth while.
_MOST_STEPS: Final = 64
#: Smallest variance of a direction that counts as one.
_FLAT: Final = 1e-14
#: Draws at which the curvature is looked at, and draws a parameter with which they count for half.
_POINTS: Final = 10
_FEW: Final = 2
#: Weight of the dual averaging, as its authors set it: gamma, t0, kappa.
_GAMMA, _LATER, _KAPPA = 0.05, 10.0, 0.75


class Target(Protocol):
    """What is drawn from."""

    def density(self, at: Floats) -> tuple[Floats, Floats]:
        """Give the log density, shape (chains,), and its slopes, (chains, parameters); not finite where impossible."""
        ...  # pragma: no cover


@dataclass(frozen=True, slots=True)
class Draws:
    """What was drawn.

    Parameters
    ----------
    values
        Draws, shape (chains, draws, parameters).
    accepted
        Share of proposals taken.
    divergent
        Paths that went astray.
    step
        Size of a step.
    """

    values: Floats
    accepted: float
    divergent: int
    step: float


@dataclass(slots=True)
class Sampler:
    """Chains that are moved on, draw by draw.

    Parameters
    ----------
    target
        What is drawn from.
    at
        Where the chains stand, shape (chains, parameters).
    centre
        Middle of the coordinates, shape (parameters,).
    root
        Lower root of their covariance, shape (parameters, parameters).
    rng
        Source of chance.
    curved
        The covariance that the target's curvature at some points (points, parameters) tells, shape (parameters,
        parameters). It has no noise of draws, of which many parameters would need more than a warm-up has.
    """

    target: Target
    at: Floats
    centre: Floats
    root: Floats
    rng: np.random.Generator
    curved: Callable[[Floats], Floats]
    step: float = 0.5
    divergent: int = 0

    def warm_up(self, windows: tuple[int, ...], tick: Tick = lambda _share: None) -> None:
        """Find coordinates and step size.

        Parameters
        ----------
        windows
            Draws of each window; after each but the last, the coordinates are taken from its draws.
        tick
            Told the share that is done.
        """
        done = 0
        for number, size in enumerate(windows):
            seen = self._adapt(size)
            done += size
            tick(done / sum(windows))
            if number < len(windows) - 1:
                self._reshape(seen)

    def draw(self, draws: int) -> Draws:
        """Draw, with everything held still.

        Parameters
        ----------
        draws
            From each chain.
        """
        values = np.empty((len(self.at), draws, self.at.shape[1]))
        taken = 0.0
        before = self.divergent
        for place in range(draws):
            taken += float(self._move(self.step).mean())
            values[:, place] = self.at
        return Draws(values, taken / draws, self.divergent - before, self.step)

    def _adapt(self, draws: int) -> Floats:
        anchor = math.log(10 * self.step)
        short, smoothed = 0.0, math.log(self.step)
        step = self.step
        seen = np.empty((draws, *self.at.shape))
        for place in range(draws):
            accepted = float(self._move(step).mean())
            count = place + 1
            share = 1 / (count + _LATER)
            short = (1 - share) * short + share * (_ACCEPTED - accepted)
            log_step = anchor - math.sqrt(count) / _GAMMA * short
            weight = count**-_KAPPA
            smoothed = weight * log_step + (1 - weight) * smoothed
            step = min(math.exp(log_step), 2.0)
            seen[place] = self.at
        self.step = min(math.exp(smoothed), 2.0)
        self.divergent = 0
        return seen

    def _reshape(self, seen: Floats) -> None:
        """Take the covariance of half a window's draws, drawn towards what curvature tells as far as draws are few."""
        late = seen[len(seen) // 2 :].reshape(-1, seen.shape[2])
        mean = late.mean(0)
        found = (late - mean).T @ (late - mean) / (len(late) - 1)
        told = self.curved(late[self.rng.choice(len(late), min(_POINTS, len(late)), replace=False)])
        weight = len(late) / (len(late) + _FEW * late.shape[1])
        mixed = weight * found + (1 - weight) * told
        # Chains that hardly moved leave a flat matrix: then the one in use serves on.
        if np.isfinite(mixed).all() and np.linalg.eigvalsh(mixed)[0] > _FLAT:
            self.centre, self.root = mean, np.linalg.cholesky(mixed)

    def _move(self, step: float) -> Floats:
        """Move every chain by one path; give the chance with which each was taken, shape (chains,)."""
        steps = int(min(max(1, math.ceil(self.rng.uniform(*_PATH) / step)), _MOST_STEPS))
        density, slope = self.target.density(self.at)
        momentum = self.rng.standard_normal(self.at.shape)
        energy = density - 0.5 * (momentum**2).sum(1)
        place = self.at
        pushed = momentum + 0.5 * step * (slope @ self.root)
        for number in range(steps):
            place = place + step * (pushed @ self.root.T)
            density, slope = self.target.density(place)
            # A chain in an impossible place is not pushed on: its path ends there, and is not taken.
            slope = np.where(np.isfinite(slope), slope, 0.0)
            pushed = pushed + (0.5 if number == steps - 1 else 1.0) * step * (slope @ self.root)
        with np.errstate(over="ignore", invalid="ignore"):
            change = density - 0.5 * (pushed**2).sum(1) - energy
        change = np.where(np.isfinite(change), change, -np.inf)
        self.divergent += int((change < -_DIVERGENT).sum())
        chance = np.exp(np.minimum(change, 0.0))
        taken = self.rng.random(len(chance)) < chance
        self.at = np.where(taken[:, None], place, self.at)
        return chance
