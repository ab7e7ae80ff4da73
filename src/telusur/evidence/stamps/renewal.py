"""A stamp over stamps, in time: what an expired certificate attests could have been signed by whoever found its key.

All stamps that end soon are renewed together. What is stamped is a list of them, in the form of ``sha256sum``: each
line a hash and a file's name, the reply and the document of each stamp (compare RFC 4998, 5.2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from telusur.evidence.database import Database
from telusur.evidence.stamps.authority import Authority
from telusur.evidence.stamps.request import make_request
from telusur.evidence.stamps.stamp import Stamp, add, stamps

#: How long before its end a stamp is renewed.
MARGIN: Final = timedelta(days=90)


def queue_renewals(
    db: Database, authorities: Iterable[Authority], at: datetime, *, margin: timedelta = MARGIN
) -> list[int]:
    """Ask each authority to renew the stamps that end soon and are not renewed yet.

    Parameters
    ----------
    db
        A transaction that is open is joined.
    authorities
        Those configured.
    at
        Now.
    margin
        How long before its end a stamp is renewed.

    Returns
    -------
    list of int
        Numbers of what is new.
    """
    new = []
    with db.transaction():
        held = stamps(db)
        due = _due(held, at, margin)
        for authority in authorities if due else ():
            # What waits at this authority already is not asked for twice.
            waits = {
                number
                for one in held
                if one.state == "waiting" and one.authority == authority.name
                for number in one.renews
            }
            open_yet = [one for one in due if one.id not in waits]
            if not open_yet:
                continue
            document = renewal_list(open_yet)
            request = make_request(document)
            number = add(db, size=None, authority=authority.name, document=document, request=request, at=at)
            db.executemany(
                "INSERT INTO stamp_renews (stamp, renewed) VALUES (?, ?)", [(number, one.id) for one in open_yet]
            )
            new.append(number)
    return new


def _due(held: Sequence[Stamp], at: datetime, margin: timedelta) -> list[Stamp]:
    renewed = {number for one in held if one.state == "stamped" for number in one.renews}
    return [
        one
        for one in held
        if one.state == "stamped" and one.id not in renewed and one.until is not None and at <= one.until <= at + margin
    ]


def lapsed(db: Database, at: datetime) -> list[Stamp]:
    """Give the stamps whose certificates ended before anybody renewed them."""
    held = stamps(db)
    renewed = {number for one in held if one.state == "stamped" for number in one.renews}
    return [
        one
        for one in held
        if one.state == "stamped" and one.id not in renewed and one.until is not None and one.until < at
    ]


def renewal_list(renewed: Iterable[Stamp]) -> bytes:
    """Write what a renewal stamps: the hash of each stamp's reply and document, as ``sha256sum -c`` reads them.

    Parameters
    ----------
    renewed
        Stamps that have their reply.
    """
    lines = []
    for one in sorted(renewed, key=lambda one: one.id):
        assert one.reply is not None
        lines += [f"{hashlib.sha256(one.document).hexdigest()}  {document_name(one)}"]
        lines += [f"{hashlib.sha256(one.reply).hexdigest()}  {one.id}.tsr"]
    return ("\n".join(lines) + "\n").encode()


def document_name(stamp: Stamp) -> str:
    """Name the file of what a stamp stamps: ``7.note``, or ``7.sha256`` for a renewal's list."""
    return f"{stamp.id}.{'note' if stamp.size is not None else 'sha256'}"


def with_renewals(db: Database, size: int) -> list[Stamp]:
    """Give the stamps over a checkpoint, and those that renew them, and those that renew these.

    Parameters
    ----------
    db
        Where they lie.
    size
        Size of the checkpoint.
    """
    held = [one for one in stamps(db) if one.state == "stamped"]
    chosen = {one.id for one in held if one.size == size}
    for one in held:  # a renewal has a higher number than what it renews
        if chosen.intersection(one.renews):
            chosen.add(one.id)
    return [one for one in held if one.id in chosen]
