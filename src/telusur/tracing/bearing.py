"""The one table of which item of evidence bears on which proposition, and how much (``bearing.yaml``)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, get_args

from telusur.domain import marked_yaml
from telusur.domain.evidence import Grade
from telusur.domain.proposition import Proposition
from telusur.domain.text import Text
from telusur.domain.weight import Basis, Weight
from telusur.tracing import record_weights
from telusur.tracing.holding import held
from telusur.tracing.item import Abstained, Group, Item, Limit, LimitName
from telusur.tracing.record_weights import Bans, RecordWeights


@dataclass(frozen=True, slots=True)
class Row:
    """What one kind of item bears on.

    Parameters
    ----------
    code, group, what, explain
        As in `Item`, with places to fill in the texts.
    weights
        Bans and interval by proposition, elicited or learned; empty for a row that is calibrated elsewhere.
    bears_on
        Every proposition that the item has a bearing on.
    learned
        Whether its weights were learned on the simulator, together with all others of its kind.
    most
        What the table lets it weigh at most, in bans, however sure the simulated accounts are.
    free
        The weights before that.
    """

    code: str
    group: Group
    what: Text
    explain: Text
    weights: Mapping[Proposition, Bans]
    bears_on: frozenset[Proposition]
    learned: bool = False
    most: float = math.inf
    free: Mapping[Proposition, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table.

    Parameters
    ----------
    rows
        By code.
    abstentions
        Reasons for giving no weight, by name, with places to fill.
    judgement
        Whose judgement the elicited weights are.
    simulated
        What the learned weights were learned on.
    elicited_cap
        What an elicited weight can support at most, in bans.
    grade_caps
        What each capture grade can support at most, in bans.
    discount
        Factor for each item of a group after its strongest.
    lone_post_share
        Share of posts by somebody else that stand alone, without others by the same hand around them.
    """

    rows: Mapping[str, Row]
    abstentions: Mapping[str, Text]
    judgement: Text
    simulated: Text
    elicited_cap: float
    grade_caps: Mapping[Grade, float]
    discount: float
    lone_post_share: float = 0.0

    def weighed(self, code: str, grade: Grade, **fills: object) -> Item:
        """Give an item with the weights that the table has for it, elicited or learned, capped by its grade.

        Parameters
        ----------
        code
            Which row.
        grade
            Capture grade of what the item rests on.
        **fills
            Words for the places in its texts; a `Text` is filled in its own language.
        """
        row = self.rows[code]
        basis: Basis = "calibrated" if row.learned else "elicited"
        most: dict[LimitName, float] = {"grade": self.grade_caps[grade], "table": row.most}
        if not row.learned:
            most["elicitation"] = self.elicited_cap
        cap = min(most.values())
        weights = {
            p: replace(Weight.capped(*bans, (-cap, cap), basis), uncapped=row.free.get(p, bans[0]))
            for p, bans in row.weights.items()
        }
        data = self.simulated if row.learned else self.judgement
        limits = tuple(Limit(name, -bans, bans) for name, bans in most.items() if bans < math.inf)
        what, explain = _fill(row.what, fills), _fill(row.explain, fills)
        return Item(code, row.group, what, grade, explain, weights, data, limits)

    def calibrated(self, code: str, grade: Grade, weight: Weight, data: Text, **fills: object) -> Item:
        """Give an item whose weight was calibrated on data, for every proposition its row names, capped by grade."""
        row = self.rows[code]
        cap = self.grade_caps[grade]
        bounds = (max(weight.floor, -cap), min(weight.ceiling, cap))
        capped = Weight.capped(weight.log10_lr, weight.lower, weight.upper, bounds, weight.basis)
        weights = {p: replace(capped, uncapped=weight.free) for p in Proposition if p in row.bears_on}
        limits = (Limit("grade", -cap, cap), Limit("validation", weight.floor, weight.ceiling))
        what, explain = _fill(row.what, fills), _fill(row.explain, fills)
        return Item(code, row.group, what, grade, explain, weights, data, limits)

    def abstain(self, group: Group, name: str, **fills: object) -> Abstained:
        """Give the reason why a kind of evidence has no weight."""
        return Abstained(group, _fill(self.abstentions[name], fills))

    def discounted(self, items: Sequence[Item]) -> list[Item]:
        """Give the items with their weights as they count together.

        Items of one group tell partly the same story (a takeover brings device, network and new e-mail at once).
        Weights that were learned together already know it. Of all others, elicited or calibrated each by itself, for
        each proposition only the strongest counts in full and each further one by a fixed factor. A weight that counts
        less is still shown as it counts: what is shown adds up to the whole. Last, what rests on the same grade or the
        same files is held to what those support (`telusur.tracing.holding`).
        """
        strongest: dict[tuple[Group, Proposition], int] = {}
        for i, item in enumerate(items):
            for p, weight in item.weights.items():
                best = strongest.get((item.group, p))
                if not self._learned(item) and (
                    best is None or abs(weight.log10_lr) > abs(items[best].weights[p].log10_lr)
                ):
                    strongest[item.group, p] = i
        fewer = [
            replace(
                item,
                weights={
                    p: weight
                    if self._learned(item) or strongest[item.group, p] == i
                    else _scaled(weight, self.discount)
                    for p, weight in item.weights.items()
                },
            )
            for i, item in enumerate(items)
        ]
        return held(fewer, self.grade_caps)

    def _learned(self, item: Item) -> bool:
        row = self.rows.get(item.code)
        return row is not None and row.learned


def _scaled(weight: Weight, factor: float) -> Weight:
    # Counting less makes nothing surer: the interval keeps its width, and the cap stays.
    by = weight.log10_lr * (factor - 1)
    cap = (weight.floor, weight.ceiling)
    capped = Weight.capped(weight.log10_lr + by, weight.lower + by, weight.upper + by, cap, weight.basis)
    return replace(capped, uncapped=weight.free * factor)


def _fill(text: Text, fills: Mapping[str, object]) -> Text:
    def words(language: str) -> dict[str, object]:
        return {k: getattr(v, language) if isinstance(v, Text) else v for k, v in fills.items()}

    return Text(text.id.format(**words("id")), text.en.format(**words("en")))


@cache
def table() -> Table:
    """Read the table.

    Raises
    ------
    ValueError
        If the table names an unknown group, proposition or grade, or a weight outside its interval.
    """
    document: Any = marked_yaml.packaged(__package__, "bearing.yaml").value
    judgement = document["judgement"]
    learned = record_weights.load()
    rows = {entry["code"]: _row(entry, learned) for entry in document["items"]}
    return Table(
        rows,
        {key: Text.of(words) for key, words in document["abstentions"].items()},
        Text(judgement["id"], judgement["en"]),
        Text.of(document["simulated"]),
        float(document["elicited_cap_bans"]),
        {Grade(grade): float(cap) for grade, cap in document["grade_cap_bans"].items()},
        float(document["further_items_count"]),
        float(document["lone_post_share"]),
    )


def _held(bans: Bans, most: float) -> Bans:
    """Give a weight and its interval no further from 0 than so many bans."""
    value, lower, upper = (min(max(bound, -most), most) for bound in bans)
    return value, lower, upper


def _row(entry: Any, learned: RecordWeights) -> Row:  # noqa: ANN401 - straight from YAML, checked here
    if entry["group"] not in get_args(Group):
        raise ValueError(f"{entry['code']}: unknown group {entry['group']!r}")
    code, names = entry["code"], [Proposition(name) for name in entry.get("learned", [])]
    most = float(entry.get("most", math.inf))
    weights: dict[Proposition, Bans] = {p: _held(learned.of(code, p), most) for p in names}
    for name, (value, lower, upper) in entry.get("weights", {}).items():
        if not lower <= value <= upper:
            raise ValueError(f"{code}: {name}: {value} lies outside [{lower}, {upper}]")
        weights[Proposition(name)] = (float(value), float(lower), float(upper))
    bears_on = frozenset(weights) | {Proposition(name) for name in entry.get("calibrated", [])}
    what, explain = Text.of(entry["what"]), Text.of(entry["explain"])
    free = {p: learned.of(code, p)[0] for p in names}
    return Row(code, entry["group"], what, explain, weights, bears_on, learned=bool(names), most=most, free=free)
