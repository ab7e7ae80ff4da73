"""What somebody's own priors would become: a curve over the prior of the owner, never one number, and kept nowhere.

Priors are not this program's business: they are for whoever decides, who knows what does not stand in the file. It only
does the arithmetic for those who name theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from telusur.domain.errors import BadInput, nearest
from telusur.domain.proposition import Proposition
from telusur.domain.text import Text
from telusur.tracing.combined import Combined

#: Said wherever a curve is shown.
NOT_OURS: Final = Text(
    "Prior bukan urusan Telusur: angka itu milik yang memasukkannya. Kurva ini hitungan saja, tidak disimpan, bukan "
    "temuan, dan tidak masuk ke surat mana pun.",
    "Priors are not Telusur's business: they belong to whoever entered them. This curve is arithmetic only; it is not "
    "kept, is no finding, and goes into no letter.",
)
#: Priors of the owner along the curve.
_GRID: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
_WHOLE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Point:
    """One place of the curve.

    Parameters
    ----------
    prior
        Of the owner; the others share the rest as they were entered.
    posterior
        Lower end, value and upper end by proposition, from the interval of the weights.
    """

    prior: float
    posterior: Mapping[Proposition, tuple[float, float, float]]

    def as_json(self) -> dict[str, object]:
        """Give the place, rounded to thousandths."""
        return {
            "prior_owner": round(self.prior, 4),
            "posterior": {p.value: [round(v, 3) for v in values] for p, values in self.posterior.items()},
        }


def checked(given: Mapping[str, object], where: str = "--prior") -> dict[Proposition, float]:
    """Check priors that somebody entered.

    Parameters
    ----------
    given
        By name of proposition: numbers between 0 and 1 that make 1 together, the owner among at least two.
    where
        What to name in errors.

    Raises
    ------
    BadInput
        If a name is no proposition, a number is none, or they do not make 1.
    """
    names = [p.value for p in Proposition]
    found: dict[Proposition, float] = {}
    for name, value in given.items():
        if name not in names:
            raise BadInput(f"there is no proposition {name!r}; {nearest(str(name), names)}", where=where)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1:
            raise BadInput(f"expected a number between 0 and 1, found {value!r}", where=where, field=name)
        found[Proposition(name)] = float(value)
    if Proposition.OWNER not in found or len(found) < 2:  # noqa: PLR2004 - the owner and another
        raise BadInput("name the prior of the owner and of at least one other proposition", where=where)
    if abs(sum(found.values()) - 1) > _WHOLE:
        raise BadInput(f"the priors make {sum(found.values()):g} together; they must make 1", where=where)
    return found


def curve(combined: Combined, priors: Mapping[Proposition, float]) -> list[Point]:
    """Give what the priors would become, for many priors of the owner.

    Parameters
    ----------
    combined
        All items together.
    priors
        From `checked`. Propositions without a prior are left out: whoever entered none rules them out.

    Notes
    -----
    A proposition that nothing bears on keeps its odds against the owner. The ends come from the ends of the weights'
    intervals: a proposition's lower one with its own lowest weight and the highest of all others.
    """
    ends = {p: (w.lower, w.log10_lr, w.upper) if (w := combined.weights.get(p)) else (0.0, 0.0, 0.0) for p in priors}
    shares = {p: value / (1 - priors[Proposition.OWNER]) for p, value in priors.items() if p is not Proposition.OWNER}

    def posterior(p: Proposition, start: Mapping[Proposition, float], mine: int, theirs: int) -> float:
        odds = {q: start[q] * 10 ** ends[q][mine if q is p else theirs] for q in start}
        return odds[p] / sum(odds.values())

    points = []
    for own in sorted({*_GRID, round(priors[Proposition.OWNER], 6)}):
        start: dict[Proposition, float] = {Proposition.OWNER: own}
        start |= {p: share * (1 - own) for p, share in shares.items()}
        found = {p: (posterior(p, start, 0, 2), posterior(p, start, 1, 1), posterior(p, start, 2, 0)) for p in start}
        points.append(Point(own, found))
    return points
