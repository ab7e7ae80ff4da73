"""Working copies: what people look at, so that nobody needs to open an original.

Pictures are decoded and encoded again, a PDF becomes pictures of its pages, a web page, letter or office file becomes
plain text; all of it in the limited worker. What else an original says of its maker (where, with what, whose) is read
apart, for those who are cleared to see it, and is in no copy. Its door: `make` and `read_metadata`.
"""

from telusur.evidence.copies.making import make, read_metadata
from telusur.evidence.copies.values import LIMITS, PAGES, Page, WorkingCopy

__all__ = ["LIMITS", "PAGES", "Page", "WorkingCopy", "make", "read_metadata"]
