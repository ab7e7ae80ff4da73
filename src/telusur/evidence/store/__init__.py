"""The store: a folder in which the files of cases lie encrypted, and a ledger that proves what became of them.

It unites the rooms below it. Its door: `Store.create` and `Store.open`; `given` and `add` keep files, `check` verifies
all of it, `gather` gives a case with its proofs for a bundle; `hold`, `release`, `close` and `keeping` say how long
evidence is kept, `erase` destroys it and gives a `Proof`; `backup` and `restore` carry a store to another disk.
"""

from telusur.evidence.store.adding import LIMITS_OF_INTEGRITY, Given, add, given
from telusur.evidence.store.backup import Backup, backup
from telusur.evidence.store.checking import Verified, check
from telusur.evidence.store.destruction import Proof, page, verify
from telusur.evidence.store.erasing import Plan, earlier, erase, plan, proof_of
from telusur.evidence.store.gathering import exported, gather
from telusur.evidence.store.items import Item, Receipt
from telusur.evidence.store.keeping import Hold, Keeping, all_keeping, close, hold, keeping, release
from telusur.evidence.store.listing import Line, lines
from telusur.evidence.store.restoring import restore
from telusur.evidence.store.store import Store

__all__ = [
    "LIMITS_OF_INTEGRITY",
    "Backup",
    "Given",
    "Hold",
    "Item",
    "Keeping",
    "Line",
    "Plan",
    "Proof",
    "Receipt",
    "Store",
    "Verified",
    "add",
    "all_keeping",
    "backup",
    "check",
    "close",
    "earlier",
    "erase",
    "exported",
    "gather",
    "given",
    "hold",
    "keeping",
    "lines",
    "page",
    "plan",
    "proof_of",
    "release",
    "restore",
    "verify",
]
