"""The ledger: every act, in the transaction that carries it out, in a Merkle tree that only ever grows (RFC 6962).

Its door: `create` makes the tables; `Ledger` appends an `Act` as an `Entry` with commitments, reads, proves, and
forgets what opens the commitments of a case; `verify_inclusion` and `verify_consistency` need no database; `check`
recomputes all. An entry holds no name and no bare hash, but salted commitments (`commit`), so that erasing what opens
them erases.
"""

from telusur.evidence.ledger.checking import Checked, check
from telusur.evidence.ledger.entry import Act, Entry, EntryType, Field, Opening, commit, commit_hash
from telusur.evidence.ledger.hashing import EMPTY_ROOT, leaf_hash, node_hash, verify_consistency, verify_inclusion
from telusur.evidence.ledger.ledger import Ledger
from telusur.evidence.ledger.tables import create
from telusur.evidence.ledger.tree import LedgerBroken

__all__ = [
    "EMPTY_ROOT",
    "Act",
    "Checked",
    "Entry",
    "EntryType",
    "Field",
    "Ledger",
    "LedgerBroken",
    "Opening",
    "check",
    "commit",
    "commit_hash",
    "create",
    "leaf_hash",
    "node_hash",
    "verify_consistency",
    "verify_inclusion",
]
