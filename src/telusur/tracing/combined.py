"""All items together: which proposition is best supported, by how much, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telusur.domain import scale
from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.domain.text import Text
from telusur.domain.weight import Weight
from telusur.tracing.item import Item, thousandths

#: Two propositions closer than this cannot be told apart (contracts.md, section 3), in bans.
HALF_A_BAN = 0.5


@dataclass(frozen=True, slots=True)
class Combined:
    """All items together.

    Parameters
    ----------
    weights
        Weight of each proposition that at least one item bears on.
    leading
        The best supported of the owner and those; ``None`` when the two best lie within half a ban.
    verbal
        The same in words.
    """

    weights: Mapping[Proposition, Weight]
    leading: Proposition | None
    verbal: Text

    @property
    def unweighed(self) -> tuple[Proposition, ...]:
        """The propositions that no item bears on: neither supported nor ruled out."""
        return tuple(p for p in ALTERNATIVES if p not in self.weights)

    @property
    def foremost(self) -> Proposition:
        """The best supported of the owner and those that an item bears on, however closely others follow."""
        return _ranked(self.weights)[0][1]

    def lead_of(self, proposition: Proposition) -> float:
        """By how many bans a proposition lies above the best of all others; below it, negative.

        One that nothing bears on stands level with the owner, and leads over nobody where nothing was weighed at all.
        """
        bans = {p: weight.log10_lr for p, weight in self.weights.items()} | {Proposition.OWNER: 0.0}
        others = [value for p, value in bans.items() if p is not proposition]
        return bans.get(proposition, 0.0) - max(others, default=0.0)

    @property
    def excludes_owner(self) -> bool:
        """Whether some proposition's interval lies wholly above zero."""
        return any(weight.lower > 0 for weight in self.weights.values())

    def as_json(self) -> dict[str, object]:
        """Give all six propositions, the owner at 0, and 0 where nothing bears on one."""
        nothing = Weight(0.0, 0.0, 0.0, 0.0, 0.0, "elicited")
        weights = {p: self.weights.get(p, nothing) for p in Proposition}
        return {
            "log10_lr": {p.value: thousandths(w.log10_lr) for p, w in weights.items()},
            "interval": {p.value: [thousandths(w.lower), thousandths(w.upper)] for p, w in weights.items()},
            "leading": self.leading.value if self.leading else None,
            "verbal": self.verbal.as_json(),
        }


def combine(items: Sequence[Item]) -> Combined:
    """Add up the items, proposition by proposition.

    Items that depend on each other must have been joined before: this adds.
    """
    weights: dict[Proposition, Weight] = {}
    for item in items:
        for proposition, weight in item.weights.items():
            weights[proposition] = weights[proposition].joined_with(weight) if proposition in weights else weight
    ranked = _ranked(weights)
    told_apart = len(ranked) > 1 and ranked[0][0] - ranked[1][0] > HALF_A_BAN
    leading = ranked[0][1] if told_apart else None
    return Combined({p: weights[p] for p in ALTERNATIVES if p in weights}, leading, _verbal(leading, ranked))


def _ranked(weights: Mapping[Proposition, Weight]) -> list[tuple[float, Proposition]]:
    bans = ((weight.log10_lr, p) for p, weight in weights.items())
    return sorted([(0.0, Proposition.OWNER), *bans], key=lambda pair: -pair[0])


def _verbal(leading: Proposition | None, ranked: Sequence[tuple[float, Proposition]]) -> Text:
    if len(ranked) == 1:
        return Text(
            "Tidak ada butir bukti yang dapat ditimbang; tidak ada kesimpulan.",
            "No item of evidence could be weighed; there is no conclusion.",
        )
    nothing_of = _not_weighed([p for p in ALTERNATIVES if all(p is not named for _, named in ranked)])
    (best, first), (next_best, second) = ranked[0], ranked[1]
    if leading is None:
        return Text(
            f"Bukti tidak cukup membedakan “{first.short.id}” dan “{second.short.id}” "
            f"(selisih {_comma(best - next_best)} ban).{nothing_of.id}",
            f"The evidence cannot tell “{first.short.en}” from “{second.short.en}” ({best - next_best:.1f} ban apart)."
            f"{nothing_of.en}",
        )
    words = scale.words_for(best - next_best)
    return Text(
        f"Bukti memberi {words.id} bagi proposisi “{first.words.id}” dibanding proposisi terdekat, "
        f"“{second.words.id}” ({_comma(best - next_best)} ban).{nothing_of.id} "
        "Ini bukan probabilitas bahwa seseorang melakukannya.",
        f"The evidence gives {words.en} to the proposition “{first.words.en}” over the nearest other one, "
        f"“{second.words.en}” ({best - next_best:.1f} ban).{nothing_of.en} "
        "This is no probability that somebody did it.",
    )


def _not_weighed(left_out: Sequence[Proposition]) -> Text:
    """Say which propositions nothing speaks of, so that leading over the others is not read as leading over them."""
    if not left_out:
        return Text("", "")
    return Text(
        f" Sama sekali belum ditimbang, jadi tidak tersingkir: {', '.join(f'“{p.short.id}”' for p in left_out)}.",
        f" Not weighed at all, so not ruled out: {', '.join(f'“{p.short.en}”' for p in left_out)}.",
    )


def _comma(bans: float) -> str:
    return f"{bans:.1f}".replace(".", ",")
