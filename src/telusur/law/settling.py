"""What several rules come to together: overrides, what still matters, whether readings bear on the outcome."""

from __future__ import annotations

from typing import Any

from telusur.law.evaluate import RuleResult, in_order
from telusur.law.model import Override


def settled(results: list[RuleResult]) -> list[RuleResult]:
    """Let rules yield to those that override them; one that may yet be overridden stays undecided."""
    overriding: dict[str, list[tuple[RuleResult, Override]]] = {}
    for winner in results:
        for over in winner.rule.overrides:
            overriding.setdefault(over.rule, []).append((winner, over))
    # Overrides form no circle (the catalogue is checked for it), so that this comes to an end.

    def yielded(one: RuleResult) -> RuleResult:
        for winner, over in overriding.get(one.rule.id, ()):
            one = _yielding(one, yielded(winner), over)
        return one

    return [yielded(one) for one in results]


def _yielding(one: RuleResult, winner: RuleResult, over: Override) -> RuleResult:
    if one.status in ("met", "undecided") and winner.status == "met":
        return RuleResult(
            one.rule, "defeated", one.met, defeated_by=over, defeated_by_rule=winner.rule.id, basis=one.basis
        )
    if one.status == "met" and winner.status == "undecided":
        return one._replace(status="undecided", missing=in_order([*one.missing, *winner.missing]))
    return one


def relevant(results: list[RuleResult]) -> tuple[RuleResult, ...]:
    """Give the undecided rules that could add a track, or a graver level on a track that is met already."""
    gravest: dict[str, int] = {}
    for one in results:
        if one.status == "met":
            gravest[one.rule.track] = max(gravest.get(one.rule.track, -1), one.rule.weight)
    return tuple(
        one for one in results if one.status == "undecided" and one.rule.weight > gravest.get(one.rule.track, -1)
    )


def still_matters(key: tuple[Any, ...]) -> tuple[str, ...]:
    """Give the facts that could still matter, of track, level and missing facts of each relevant rule.

    A rule that needs all that a rule as grave on the same track needs, and more, adds nothing: when that one is met
    it no longer matters, and its further facts are not worth asking first.
    """
    names: set[str] = set()
    for track, level, needs in key:
        mine = set(needs)
        outdone = any(
            set(other) < mine and other and other_track == track and other_level >= level
            for other_track, other_level, other in key
        )
        if not outdone:
            names |= mine
    return in_order(names)


def contested(results: list[RuleResult], open_: tuple[RuleResult, ...]) -> bool:
    """Say whether readings that differ bear on the outcome.

    They do not where an undisputed rule on the same track is met anyway. While the facts of a disputed rule are
    themselves open, and an undisputed one may still be met, it is facts that are wanted first, not readings.
    """
    certain = {one.rule.track for one in results if one.status == "met" and not one.contested}
    undisputed_open = any(not one.contested for one in open_)
    for one in results:
        if not one.contested or one.status not in ("met", "undecided") or one.rule.track in certain:
            continue
        if not _conduct_open(one) or not undisputed_open:
            return True
    return False


def _conduct_open(one: RuleResult) -> bool:
    """Whether facts of the rule's own conditions are missing, other than those on which only the issue turns."""
    on_issue = {atom.field for issue in one.readings for atom in issue.when.atoms()}
    return any(name not in on_issue and not name.startswith("attribution.") for name in one.missing)
