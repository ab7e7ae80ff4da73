"""Several acts of one person: one sanction, the heaviest, and never two for one act.

What is compared are the rules that determinations found met, as if each had been decided so; the person who decides
may of course decide otherwise of each act. Elements to be referred are no sanction and stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from telusur.law.consequences import Provision
from telusur.law.determine import Determination
from telusur.law.evaluate import RuleResult
from telusur.law.load import catalogue
from telusur.law.model import LEVELS, Track

#: Why a rule that is met adds no sanction of its own.
Because = Literal["same_act", "lighter"]

#: Tracks whose sanctions are weighed against each other, gravest first; each group gives at most one.
_GROUPS: Final[tuple[tuple[Track, ...], ...]] = (("dismissal", "discipline"), ("contract",), ("ethics",))


@dataclass(frozen=True, slots=True)
class Counted:
    """A rule that is met, with the act it was met by.

    Parameters
    ----------
    act
        Number of the act, from 0, in the order given.
    """

    act: int
    result: RuleResult

    def as_json(self) -> dict[str, object]:
        """Give act, rule, track and level."""
        rule = self.result.rule
        return {"act": self.act, "rule": rule.id, "track": rule.track, "sanction_level": rule.level}


@dataclass(frozen=True, slots=True)
class Absorbed:
    """A rule that is met and adds no sanction, and why."""

    counted: Counted
    because: Because

    def as_json(self) -> dict[str, object]:
        """Give what was absorbed, and why."""
        return {**self.counted.as_json(), "because": self.because}


@dataclass(frozen=True, slots=True)
class Concurrence:
    """At most one sanction for each group of tracks, what it absorbs, and what is referred beside it.

    Parameters
    ----------
    heaviest
        The rules on which the one sanction can rest.
    unsettled
        Rules whose level no instrument settles: they may outweigh the heaviest, so that a person has to say.
    referred
        Elements of crimes, for others to examine.
    provision
        The provision that this applies; ``None`` if the catalogue does not hold it.
    """

    heaviest: tuple[Counted, ...]
    absorbed: tuple[Absorbed, ...]
    unsettled: tuple[Counted, ...]
    referred: tuple[Counted, ...]
    provision: Provision | None

    def as_json(self) -> dict[str, object]:
        """Give it as one mapping."""
        return {
            "heaviest": [one.as_json() for one in self.heaviest],
            "absorbed": [one.as_json() for one in self.absorbed],
            "unsettled": [one.as_json() for one in self.unsettled],
            "referred": [one.as_json() for one in self.referred],
            "provision": self.provision.as_json() if self.provision else None,
        }


def concurrence(determinations: Sequence[Determination]) -> Concurrence:
    """Weigh the rules that several acts of one person meet.

    Parameters
    ----------
    determinations
        One for each act; an act that stands twice among the facts must be given once.
    """
    absorbed: list[Absorbed] = []
    of_acts: list[Counted] = []
    referred: list[Counted] = []
    for number, determination in enumerate(determinations):
        met = [Counted(number, one) for one in determination.met]
        referred += [one for one in met if one.result.rule.track == "criminal_referral"]
        mine = _heaviest_first(one for one in met if one.result.rule.track != "criminal_referral")
        of_acts += mine[:1]
        absorbed += [Absorbed(one, "same_act") for one in mine[1:]]
    chosen: list[Counted] = []
    for group in _GROUPS:
        mine = _heaviest_first(one for one in of_acts if one.result.rule.track in group)
        chosen += mine[:1]
        absorbed += [Absorbed(one, "lighter") for one in mine[1:]]
    held = [*chosen, *(one.counted for one in absorbed)]
    return Concurrence(
        tuple(chosen),
        tuple(absorbed),
        tuple(sorted((one for one in held if one.result.rule.level == "unsettled"), key=_place)),
        tuple(referred),
        catalogue().provisions.get("concurrence"),
    )


def _heaviest_first(counted: Iterable[Counted]) -> list[Counted]:
    return sorted(counted, key=lambda one: (-LEVELS.index(one.result.rule.level), *_place(one)))


def _place(one: Counted) -> tuple[int, str]:
    return (one.act, one.result.rule.id)
