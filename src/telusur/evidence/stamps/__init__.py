"""Trusted time: stamps of outside authorities (RFC 3161) over the whole signed checkpoint, from two or more of them.

Its door: `Authority` as people configure it; `queue` asks for stamps, `queue_renewals` for those that end soon, and
`work` sends what waits through a `Transport` handed in; `write_requests` and `take_replies` do the same by hand.
`stamps` tells the state of each, `with_renewals` gives what belongs to a checkpoint, `lapsed` what was not renewed in
time, `check` judges all that is kept anew. `verify` judges one reply; `StampRefused` says why one proves nothing.
"""

from telusur.evidence.stamps.authority import Authority, NoAnswer, Transport
from telusur.evidence.stamps.check import check
from telusur.evidence.stamps.handover import HandedIn, take_replies, write_requests
from telusur.evidence.stamps.judging import Stamped, verify
from telusur.evidence.stamps.queue import give_up, queue, size_of, work
from telusur.evidence.stamps.refused import StampRefused
from telusur.evidence.stamps.renewal import document_name, lapsed, queue_renewals, renewal_list, with_renewals
from telusur.evidence.stamps.reply import MOST_BYTES
from telusur.evidence.stamps.request import make_request
from telusur.evidence.stamps.stamp import Stamp, create, stamps
from telusur.evidence.stamps.trust import Trust

__all__ = [
    "MOST_BYTES",
    "Authority",
    "HandedIn",
    "NoAnswer",
    "Stamp",
    "StampRefused",
    "Stamped",
    "Transport",
    "Trust",
    "check",
    "create",
    "document_name",
    "give_up",
    "lapsed",
    "make_request",
    "queue",
    "queue_renewals",
    "renewal_list",
    "size_of",
    "stamps",
    "take_replies",
    "verify",
    "with_renewals",
    "work",
    "write_requests",
]
