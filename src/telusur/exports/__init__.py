"""Platform exports, read into one stream of events.

Floor 2. Its door: `read` takes a zip or folder and gives an `AccountRecord`; `read_page` does so for a captured page,
and `read_document` gives what an e-mail or letter says as a `Document`. Files are opened in evidence's limited
worker; messages, contacts, advertising and searches are not opened at all, and dropped there where a page mixes them
with what is read. Pages in HTML become the records that JSON would hold (``html_cards``). A reader for a further
platform is a package beside ``x_archive`` and one entry in ``readers.py``. `reduce` cuts an export down to what a case
needs, and `compared` holds the result against the full one; `retention_of` says how long a platform keeps a log.
"""

from telusur.exports.captured_page import read_page
from telusur.exports.chats import Chat
from telusur.exports.correspondence import read_document
from telusur.exports.door import read
from telusur.exports.readers import READERS
from telusur.exports.reduced import Asked, Reduction, Wanted, compared, reduce
from telusur.exports.retention import Retention, retention_of

#: Platforms whose exports can be read.
PLATFORMS = frozenset(platform for reader in READERS for platform in reader.platforms)

__all__ = [
    "PLATFORMS",
    "Asked",
    "Chat",
    "Reduction",
    "Retention",
    "Wanted",
    "compared",
    "read",
    "read_document",
    "read_page",
    "reduce",
    "retention_of",
]
