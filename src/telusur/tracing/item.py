"""One item of evidence, weighed for stated propositions against the owner, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from telusur.domain.evidence import Grade
from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.domain.text import Language, Text
from telusur.domain.weight import Weight
from telusur.tracing.feature import Feature

Group = Literal["session", "style", "behaviour", "integrity", "identity", "document", "statement"]

#: What can hold a weight back: its capture grade, the data it was validated on, a judgement's own limit, the table.
LimitName = Literal["grade", "validation", "elicitation", "table"]


@dataclass(frozen=True, slots=True)
class Limit:
    """One of the limits that hold an item's weights.

    Parameters
    ----------
    name
        Which.
    lower, upper
        Between what it lets a weight lie, in bans.
    """

    name: LimitName
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Item:
    """One item of evidence, weighed.

    Parameters
    ----------
    code
        Stable name of the kind of item, for instance ``session.new_device``.
    group
        Which kind of evidence it belongs to; groups are independent of each other, items within one are not.
    what
        What was found.
    grade
        Capture grade of what it rests on.
    explain
        Why it weighs what it weighs.
    weights
        Weight of each alternative against the owner; a proposition left out is one that the item does not touch.
    data
        Which validation set, or whose judgement.
    limits
        Everything that holds the weights, the tightest of which is their cap.
    features
        What moved a weight of style, in the direction of the item's weights; empty where nothing can be told apart.
    source
        Which files it rests on; empty where nobody handed in what could be edited. However many groups they speak in,
        the same files support no more than their grade does (`telusur.tracing.holding`).
    """

    code: str
    group: Group
    what: Text
    grade: Grade
    explain: Text
    weights: Mapping[Proposition, Weight]
    data: Text
    limits: tuple[Limit, ...] = ()
    features: tuple[Feature, ...] = ()
    source: str = ""

    def as_json(self, language: Language) -> dict[str, object]:
        """Give the item in the form of the contract, rounded to thousandths of a ban."""
        weights = {p: self.weights[p] for p in ALTERNATIVES if p in self.weights}
        return {
            "code": self.code,
            "group": self.group,
            "what": self.what.in_language(language),
            "grade": self.grade.value,
            "explain": self.explain.in_language(language),
            "log10_lr": {p.value: thousandths(w.log10_lr) for p, w in weights.items()},
            "interval": {p.value: [thousandths(w.lower), thousandths(w.upper)] for p, w in weights.items()},
            "cap": {p.value: [thousandths(w.floor), thousandths(w.ceiling)] for p, w in weights.items()},
            "basis": "elicited" if any(w.basis == "elicited" for w in weights.values()) else "calibrated",
            "data": self.data.in_language(language),
        }


@dataclass(frozen=True, slots=True)
class Abstained:
    """A kind of evidence that was looked at and gave no weight, with the reason."""

    group: Group
    reason: Text

    def as_json(self, language: Language) -> dict[str, object]:
        """Give group and reason."""
        return {"group": self.group, "reason": self.reason.in_language(language)}


def thousandths(bans: float) -> float:
    """Round a weight as it is written down."""
    # Adding zero turns -0.0 into 0.0, which would otherwise print differently.
    return round(bans, 3) + 0.0
