"""Counts made publishable, so that nobody behind them can be found, and tried against attacks.

Its door: `protect` makes a `Release` of exact counts; `Release.files` gives what is published, `read` reads it back;
`documents` gives its
tables for machines; `attack` tries to find out what releases withhold, from all of them together.
"""

from telusur.balance.release.attacking import Attack, Target, attack
from telusur.balance.release.figures import ALL, REST, Cell, Figure, Release, Rules, Shown
from telusur.balance.release.files import documents
from telusur.balance.release.protecting import protect
from telusur.balance.release.reading import read

__all__ = [
    "ALL",
    "REST",
    "Attack",
    "Cell",
    "Figure",
    "Release",
    "Rules",
    "Shown",
    "Target",
    "attack",
    "documents",
    "protect",
    "read",
]
