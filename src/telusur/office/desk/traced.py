"""A tracing read back from what its run keeps, so that the dossier's own parts can draw it.

The run keeps the report, whose form is the contract's (in Indonesian), and beside it what pages show and reports do
not: what the answer hangs on, and the ways of writing that moved a weight of style.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from telusur.domain.evidence import Grade
from telusur.domain.proposition import Proposition
from telusur.domain.text import Text
from telusur.domain.weight import Weight
from telusur.tracing import Combined, Feature, Item, Tracing, Without


def read_back(report: Mapping[str, Any], shown: Mapping[str, Any]) -> Tracing:
    """Give the items, the whole, and the whole without each item and group.

    Parameters
    ----------
    report
        The run's result.
    shown
        What it keeps beside it; runs of old have less or nothing.
    """
    sensitivity = shown.get("sensitivity", {})
    features: Sequence[Sequence[Mapping[str, Any]]] = shown.get("features", ())
    items = [
        _item(one, features[number] if number < len(features) else ()) for number, one in enumerate(report["items"])
    ]
    combined = report["combined"]
    borne_on = {p for item in items for p in item.weights}
    weights = {
        p: _weight(combined["log10_lr"][p.value], combined["interval"][p.value]) for p in Proposition if p in borne_on
    }
    whole = Combined(weights, _leading(combined["leading"]), Text.of(combined["verbal"]))
    without = [_without(one) for one in sensitivity.get("without", ())]
    return Tracing(items, whole, None, (), (), without)


def _item(told: Mapping[str, Any], features: Sequence[Mapping[str, Any]]) -> Item:
    def same(name: str) -> Text:
        return Text(told[name], told[name])

    return Item(
        told["code"],
        told["group"],
        same("what"),
        Grade(told["grade"]),
        same("explain"),
        {Proposition(name): _weight(bans, told["interval"][name]) for name, bans in told["log10_lr"].items()},
        same("data"),
        features=tuple(Feature(**one) for one in features),
    )


def _weight(bans: float, ends: Sequence[float]) -> Weight:
    # How it was capped stands in the report; here it is only drawn.
    return Weight(bans, ends[0], ends[1], ends[0], ends[1], "elicited")


def _leading(name: str | None) -> Proposition | None:
    return None if name is None else Proposition(name)


def _without(told: Mapping[str, Any]) -> Without:
    weights = {Proposition(name): _weight(bans, (bans, bans)) for name, bans in told["log10_lr"].items()}
    rest = Combined(weights, _leading(told["leading"]), Text("", ""))
    return Without(tuple(told["items"]), told["group"], rest, told["changes"])
