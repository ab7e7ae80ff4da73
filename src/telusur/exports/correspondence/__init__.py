"""E-mails, letters, police reports and minutes, read into dated facts; what no program can read is left to a person.

Door: `read_document`. Phrases, labels and senders' domains are data (``notices.yaml``, ``labels.yaml``,
``senders.yaml``): platforms and operators change their words more often than anybody changes this code.
"""

from telusur.exports.correspondence.door import read_document

__all__ = ["read_document"]
