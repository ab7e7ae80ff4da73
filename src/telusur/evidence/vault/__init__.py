"""Kept files: encrypted, each under a key of its own, so that destroying a key destroys the file for good.

Its door: `create` makes the tables; `Vault` keeps, opens, moves, destroys, sweeps and checks; `make_root_key` and
`load_root_key` hold the key that all others are wrapped by; `scrub` wipes a database's files of deleted rows; `told`
and `VaultTrouble` with its kinds say what went wrong. `stream` is the format of an object's file.
"""

from telusur.evidence.vault.keys import load_root_key, make_root_key, save_root_key
from telusur.evidence.vault.scrub import scrub
from telusur.evidence.vault.troubles import (
    DatabaseDamaged,
    DatabaseLocked,
    DiskFull,
    KeyLost,
    NotKept,
    ObjectAltered,
    ObjectMissing,
    SourceChanged,
    SourceTooLarge,
    SourceUnfit,
    StoreReadOnly,
    VaultTrouble,
    told,
)
from telusur.evidence.vault.values import Checked, Destroyed, Kept, Received, Swept
from telusur.evidence.vault.vault import Vault, create

__all__ = [
    "Checked",
    "DatabaseDamaged",
    "DatabaseLocked",
    "Destroyed",
    "DiskFull",
    "Kept",
    "KeyLost",
    "NotKept",
    "ObjectAltered",
    "ObjectMissing",
    "Received",
    "SourceChanged",
    "SourceTooLarge",
    "SourceUnfit",
    "StoreReadOnly",
    "Swept",
    "Vault",
    "VaultTrouble",
    "create",
    "load_root_key",
    "make_root_key",
    "save_root_key",
    "scrub",
    "told",
]
