"""What tracing answers: items of evidence, weighed for stated propositions, and all of them together.

The form is contracts.md, section 3. It holds no verdict and no probability that somebody did it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.domain.text import Language, Text
from telusur.domain.when import utc_words
from telusur.tracing.combined import Combined
from telusur.tracing.feature import Feature
from telusur.tracing.item import Abstained, Group, Item, thousandths

__all__ = ["Abstained", "Feature", "Item", "NextEvidence", "Takeover", "Tracing", "Without"]


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
            "log10_bf": thousandths(self.log10_bf),
        }


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
            "log10_lr": {p.value: thousandths(weights[p].log10_lr) for p in ALTERNATIVES if p in weights},
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
            "uncapped": {p.value: thousandths(w.free) for p, w in self.combined.weights.items()},
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
