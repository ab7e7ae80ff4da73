"""What tracing answers: items of evidence, weighed for stated propositions, and all of them together.

The form is contracts.md, section 3. It holds no verdict and no probability that somebody did it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from telusur.domain import scale
from telusur.domain.evidence import Grade
from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.domain.text import Language, Text
from telusur.domain.weight import Weight
from telusur.domain.when import utc_words

Group = Literal["session", "style", "behaviour", "integrity", "identity", "document", "statement"]

#: What can hold a weight back: its capture grade, the data it was validated on, a judgement's own limit, the table.
LimitName = Literal["grade", "validation", "elicitation", "table"]

#: Two propositions closer than this cannot be told apart (contracts.md, section 3), in bans.
HALF_A_BAN = 0.5


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
class Feature:
    """A way of writing that moved a weight of style, as it stands in the account's own posts.

    Parameters
    ----------
    label
        The word, or in square brackets the way of setting words; what was masked (names, links, tags) stands as its
        mark. Nothing of other people's writing.
    bans
        What it added: positive where it is untypical of the earlier writing, negative where it is typical.
    """

    label: str
    bans: float


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
        What moved a weight of style; empty where nothing can be told apart.
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

    def as_json(self, language: Language) -> dict[str, object]:
        """Give the item in the form of the contract, rounded to thousandths of a ban."""
        weights = {p: self.weights[p] for p in ALTERNATIVES if p in self.weights}
        return {
            "code": self.code,
            "group": self.group,
            "what": self.what.in_language(language),
            "grade": self.grade.value,
            "explain": self.explain.in_language(language),
            "log10_lr": {p.value: _bans(w.log10_lr) for p, w in weights.items()},
            "interval": {p.value: [_bans(w.lower), _bans(w.upper)] for p, w in weights.items()},
            "cap": {p.value: [_bans(w.floor), _bans(w.ceiling)] for p, w in weights.items()},
            "basis": "elicited" if any(w.basis == "elicited" for w in weights.values()) else "calibrated",
            "data": self.data.in_language(language),
        }


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
            "log10_lr": {p.value: _bans(w.log10_lr) for p, w in weights.items()},
            "interval": {p.value: [_bans(w.lower), _bans(w.upper)] for p, w in weights.items()},
            "leading": self.leading.value if self.leading else None,
            "verbal": self.verbal.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Takeover:
    """When the person who writes seems to have changed.

    Parameters
    ----------
    change_at
        Time of the first post by another person, in UTC; ``None`` when the posts show no change.
    interval
        95 % credible interval of that time, in UTC.
    log10_bf
        Bayes factor of a change against none, in bans.
    """

    change_at: datetime | None
    interval: tuple[datetime, datetime] | None
    log10_bf: float

    def as_json(self) -> dict[str, object]:
        """Give the change in the form of the contract."""
        return {
            "change_at": utc_words(self.change_at) if self.change_at else None,
            "interval": [utc_words(t) for t in self.interval] if self.interval else None,
            "log10_bf": _bans(self.log10_bf),
        }


@dataclass(frozen=True, slots=True)
class Abstained:
    """A kind of evidence that was looked at and gave no weight, with the reason."""

    group: Group
    reason: Text

    def as_json(self, language: Language) -> dict[str, object]:
        """Give group and reason."""
        return {"group": self.group, "reason": self.reason.in_language(language)}


@dataclass(frozen=True, slots=True)
class NextEvidence:
    """A record that could still be had, and what it could tell.

    Parameters
    ----------
    ask_for
        Which record.
    whom
        Who has it.
    how
        From which menu, or by which letter.
    why
        What it would tell.
    until
        Last day on which it is said to be kept; ``None`` where nobody published one.
    expected_gain_bans
        Expected gain under the present weights, in bans; ``None`` until it is computed from a simulator.
    """

    ask_for: Text
    whom: Text
    how: Text
    why: Text
    until: date | None = None
    expected_gain_bans: float | None = None

    def as_json(self, language: Language) -> dict[str, object]:
        """Give the request in the form of the contract."""
        return {
            "ask_for": self.ask_for.in_language(language),
            "from": self.whom.in_language(language),
            "how": self.how.in_language(language),
            "why": self.why.in_language(language),
            "until": self.until.isoformat() if self.until else None,
            "expected_gain_bans": self.expected_gain_bans,
        }


@dataclass(frozen=True, slots=True)
class Without:
    """What all the others say where one item, or one whole group of items, is left out.

    Parameters
    ----------
    numbers
        Which items, by place, from 0.
    group
        The group, where all of one are left out.
    combined
        The others together.
    changes
        Whether another proposition leads then, or none, or one where none did.
    """

    numbers: tuple[int, ...]
    group: Group | None
    combined: Combined
    changes: bool

    def as_json(self) -> dict[str, object]:
        """Give what is left out, the weights without it, and which proposition leads then."""
        weights, leading = self.combined.weights, self.combined.leading
        return {
            "items": list(self.numbers),
            "group": self.group,
            "log10_lr": {p.value: _bans(weights[p].log10_lr) for p in ALTERNATIVES if p in weights},
            "leading": leading.value if leading else None,
            "changes": self.changes,
        }


@dataclass(frozen=True, slots=True)
class Tracing:
    """Who acted: everything that was weighed for one act on an account.

    Parameters
    ----------
    items, combined, takeover, abstained, next_evidence
        As contracts.md, section 3, has them.
    without
        How much hangs on each item and on each group; not part of the contract's document (`sensitivity`).
    """

    items: Sequence[Item]
    combined: Combined
    takeover: Takeover | None
    abstained: Sequence[Abstained]
    next_evidence: Sequence[NextEvidence]
    without: Sequence[Without] = ()

    def sensitivity(self) -> dict[str, object]:
        """Give what the answer hangs on: the whole before any cap, and the whole without each item and group."""
        return {
            "uncapped": {p.value: _bans(w.free) for p, w in self.combined.weights.items()},
            "unweighed": [p.value for p in self.combined.unweighed],
            "without": [one.as_json() for one in self.without],
        }

    def as_json(self, language: Language) -> dict[str, object]:
        """Give the tracing in the form of the contract, without ``schema`` and ``made_by``."""
        return {
            "propositions": [p.value for p in Proposition],
            "items": [item.as_json(language) for item in self.items],
            "combined": self.combined.as_json(),
            "takeover": self.takeover.as_json() if self.takeover else None,
            "abstained": [a.as_json(language) for a in self.abstained],
            "next_evidence": [n.as_json(language) for n in self.next_evidence],
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


def _bans(value: float) -> float:
    # Adding zero turns -0.0 into 0.0, which would otherwise print differently.
    return round(value, 3) + 0.0
