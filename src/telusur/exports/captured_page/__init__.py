"""Pages of an account as an officer captured them (WARC, WACZ): posts with their times, and whose page it is.

Door: `read_page`. A page shows what a visitor saw: a part of the posts, and nothing of sessions. Whether the archive
was changed since it was packed is `telusur.evidence.web_archive`'s to check.
"""

from telusur.exports.captured_page.door import read_page

__all__ = ["read_page"]
