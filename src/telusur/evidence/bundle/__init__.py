"""The bundle: a case's files with what proves them, in a folder that anyone verifies with ``sh`` and ``openssl``.

Its door: `make` writes a folder from `Contents` (values; the store gathers them), with what `Contents.withholding` or
`Contents.only` leaves out listed by its commitment; `verify` judges a folder by a fingerprint that the user supplies,
exactly as the folder's own ``verify.sh`` does. docs/verify-bundle.md tells the format in full.
"""

from telusur.evidence.bundle.contents import Contents, Piece, Record, StampFiles
from telusur.evidence.bundle.making import Made, make
from telusur.evidence.bundle.verifying import Verdict, read_fingerprint, verify

__all__ = ["Contents", "Made", "Piece", "Record", "StampFiles", "Verdict", "make", "read_fingerprint", "verify"]
