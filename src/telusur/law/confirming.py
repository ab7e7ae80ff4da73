"""Confirm a rule of the shipped catalogue in this installation, and ask what was confirmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from telusur.law import confirmed
from telusur.law.confirmed import Recorded
from telusur.law.load import shipped


def confirm(rule_id: str, text: Path, *, by: str, on: date, office: Path | None = None) -> Recorded:
    """Record that a named lawyer checked a rule against the official text; from then on it is official here.

    Parameters
    ----------
    rule_id
        The rule.
    text
        The official text; its hash and a copy are kept.
    by, on
        Who checked it, and when.
    office
        The folder of the installation; ``TELUSUR_HOME``, or ``telusur-office``, if left out.

    Raises
    ------
    BadInput
        If there is no such rule, the text cannot be read, or nobody is named.
    """
    return confirmed.confirm(shipped().rule(rule_id), text, by, on, office or confirmed.home())


def confirmations(rule_id: str | None = None, *, office: Path | None = None) -> tuple[Recorded, ...]:
    """Give what was confirmed here, oldest first, of one rule or of all, and whether it still holds.

    Raises
    ------
    BadInput
        If the office's file cannot be read.
    """
    found = confirmed.recorded(shipped(), office or confirmed.home())
    return tuple(one for one in found if rule_id in (None, one.rule))
