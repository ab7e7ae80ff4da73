"""Signing: the heads of the ledger as signed notes that anyone verifies with ``openssl`` (C2SP formats).

Its door: `SigningKey` (made once, saved under a passphrase, printed as a sheet, restored from it) and `VerifyKey`;
`Note`, `sign` and `open_note`; `Checkpoint` and `open_checkpoint`; `ProofFile` and `verify`; `Log`, which signs the
ledger of a database and refuses to contradict itself, and `check_log`; `follow`, from the key whose fingerprint a user
holds to those that came after; `Witness`, the folder in which another institution cosigns what it is asked with a
`WitnessRequest` (`cosign`, `verify_cosignature`). Whatever must not be believed is a `NoteRefused`.
"""

from telusur.evidence.signing.checkpoints import Checkpoint, open_checkpoint
from telusur.evidence.signing.key_chain import KeyChange, KeyFrom, follow, open_change, signers
from telusur.evidence.signing.lines import NoteRefused
from telusur.evidence.signing.log import Log
from telusur.evidence.signing.log_check import check_log
from telusur.evidence.signing.notes import Note, Signature, open_note, sign
from telusur.evidence.signing.proofs import ProofFile, verify
from telusur.evidence.signing.signing_key import SigningKey, WrongPassphrase, new_origin
from telusur.evidence.signing.tables import create
from telusur.evidence.signing.verify_key import COSIGNATURE, ED25519, VerifyKey
from telusur.evidence.signing.witness import LogChanged, check_growth, cosign, verify_cosignature
from telusur.evidence.signing.witness_folder import Witness
from telusur.evidence.signing.witness_request import WitnessRequest
from telusur.evidence.signing.witness_state import Watched

__all__ = [
    "COSIGNATURE",
    "ED25519",
    "Checkpoint",
    "KeyChange",
    "KeyFrom",
    "Log",
    "LogChanged",
    "Note",
    "NoteRefused",
    "ProofFile",
    "Signature",
    "SigningKey",
    "VerifyKey",
    "Watched",
    "Witness",
    "WitnessRequest",
    "WrongPassphrase",
    "check_growth",
    "check_log",
    "cosign",
    "create",
    "follow",
    "new_origin",
    "open_change",
    "open_checkpoint",
    "open_note",
    "sign",
    "signers",
    "verify",
    "verify_cosignature",
]
