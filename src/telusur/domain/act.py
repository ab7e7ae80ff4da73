"""One alleged conduct of one person at one time."""

from __future__ import annotations

from dataclasses import dataclass

from telusur.domain.account import Account
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment


@dataclass(frozen=True, slots=True)
class Act:
    """An alleged act.

    Parameters
    ----------
    id
        What the case calls it.
    facts
        What is known of it, in the closed vocabulary.
    account
        The account it was done with; ``None`` if it was done without one.
    at
        When, as the report says.
    text
        What it said.
    url
        Address that was reported.
    evidence
        Paths within the case folder.
    """

    id: str
    facts: Facts
    account: Account | None = None
    at: Moment | None = None
    text: str | None = None
    url: str | None = None
    evidence: tuple[str, ...] = ()
