"""What an example wants of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from telusur.domain.errors import BadInput
from telusur.domain.facts import Facts
from telusur.law.determine import Determination, determine
from telusur.law.examples import Example
from telusur.law.model import Catalogue


@dataclass(frozen=True, slots=True)
class Expected:
    """What an example wants of its answer; ``None`` leaves it free.

    Parameters
    ----------
    tracks
        Those that must be met; `besides` may come on top.
    rules
        Statuses that rules must have.
    """

    id: str
    facts: Facts
    outcomes: tuple[str, ...] | None
    contested: bool | None
    tracks: frozenset[str] | None = None
    besides: frozenset[str] = frozenset()
    missing: frozenset[str] | None = None
    rules: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, one: Example) -> Expected:
        """Take an example that stands beside the rules."""
        return cls(
            one.id,
            one.facts,
            None if one.outcome is None else (one.outcome,),
            one.contested,
            None if one.tracks is None else frozenset(one.tracks),
            frozenset(),
            None if one.missing is None else frozenset(one.missing),
            one.rules,
        )

    def held_by(self, answer: Determination) -> bool:
        """Say whether an answer is as expected."""
        if self.outcomes is not None and answer.outcome not in self.outcomes:
            return False
        if self.contested is not None and answer.contested is not self.contested:
            return False
        if self.tracks is not None and frozenset(answer.tracks) - (self.besides - self.tracks) != self.tracks:
            return False
        if self.missing is not None and frozenset(answer.missing) != self.missing:
            return False
        found = {one.rule.id: one.status for one in answer.rule_results}
        return all(found.get(rule) == status for rule, status in self.rules.items())

    def held_in(self, catalogue: Catalogue) -> bool:
        """Say whether a catalogue answers as expected; without a calendar of the contest it does not."""
        try:
            answer = determine(self.facts, catalogue=catalogue)
        except BadInput:
            return False
        return self.held_by(answer)
