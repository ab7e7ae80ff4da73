"""Platform exports, read into one stream of events.

Floor 2. Its door: `read` takes a zip or folder and gives an `AccountRecord`. Files are opened in evidence's limited
worker; messages, contacts, advertising and searches are not opened at all. A reader for a further platform is a package
beside ``x_archive`` and one entry in ``readers.py``.
"""

from telusur.exports.chats import Chat
from telusur.exports.door import read
from telusur.exports.readers import READERS

#: Platforms whose exports can be read.
PLATFORMS = frozenset(platform for reader in READERS for platform in reader.platforms)

__all__ = ["PLATFORMS", "Chat", "read"]
