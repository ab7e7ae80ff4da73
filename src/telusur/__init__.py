"""Telusur: from a report to a fair, documented decision on civil-servant neutrality.

The house has floors; each room may use the rooms on lower floors only (see ``docs/decisions/0001-floors.md``).
"""

__version__ = "0.1.0"
