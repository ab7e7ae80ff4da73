"""The first run of an office, its people and roles, and the office itself.

Door: `address` gives the one-time address of the set-up for the terminal; the pages stand in `urls`.
"""

from telusur.office.setup.gate import address

__all__ = ["address"]
