"""That a plan was there before anybody saw the data.

Door: `act` makes what a ledger records, `recorded` reads it back, `post_hoc` says why a plan came too late.
"""

from telusur.balance.registering.records import FILE, Recorded, act, post_hoc, recorded

__all__ = ["FILE", "Recorded", "act", "post_hoc", "recorded"]
