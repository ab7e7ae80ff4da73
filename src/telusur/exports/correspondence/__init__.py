"""E-mails, letters, police reports and minutes, read into dated facts; what no program can read is left to a person.

Door: `read_document`; `holder_in` for the words that say who holds a device. Phrases, labels and senders' domains are
data (``notices.yaml``, ``labels.yaml``, ``senders.yaml``): platforms and operators change their words more often than
anybody changes this code.
"""

from telusur.exports.correspondence.door import read_document
from telusur.exports.correspondence.letters import holder_in

__all__ = ["holder_in", "read_document"]
