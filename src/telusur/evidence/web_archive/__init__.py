"""Web archives as evidence: a WARC or WACZ is taken as it is, and checked more strictly than replaying it needs.

Whoever captured could still invent what a server gave; what is shown here is that the archive was not changed since it
was packed, in whatever way its own digests can show, and what it says of itself. Its door: `check`.
"""

from telusur.evidence.web_archive.checking import check
from telusur.evidence.web_archive.values import LIMITS, PageListed, Signature, WebArchive

__all__ = ["LIMITS", "PageListed", "Signature", "WebArchive", "check"]
