"""The queue of stamps: asked for, asked again at growing intervals, taken or given up, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.archive import shown
from telusur.evidence.database import Database
from telusur.evidence.stamps.authority import Authority, NoAnswer, Transport
from telusur.evidence.stamps.judging import Stamped, verify
from telusur.evidence.stamps.refused import StampRefused
from telusur.evidence.stamps.request import make_request
from telusur.evidence.stamps.stamp import Stamp, add, change, stamps

#: After the first try that failed; doubled after each further one.
_FIRST_WAIT: Final = timedelta(minutes=1)
_LONGEST_WAIT: Final = timedelta(days=1)
#: About three weeks of trying; what is given up can be asked for anew.
_MOST_TRIES: Final = 30
#: How far the clocks of this machine and of an authority may differ.
_TOLERANCE: Final = timedelta(hours=1)

_NOTE: Final = re.compile(rb"\S[^\n]*\n(0|[1-9]\d{0,17})\n[^\n]+\n(?:[^\n]+\n)*\n(?:\xe2\x80\x94 [^\n]+\n)+")

_SILENT: Final = Text("otoritas tidak menjawab ({what})", "the authority did not answer ({what})")
_NOT_CONFIGURED: Final = Text(
    "otoritas ini tidak lagi diatur; tambahkan lagi untuk mencoba lagi",
    "this authority is no longer configured; add it again to try again",
)
_COVERED: Final = Text(
    "titik periksa {size}, yang memuat semua isi titik ini, sudah distempel pada {at}",
    "checkpoint {size}, which holds all that this one holds, was stamped at {at}",
)


def size_of(note: bytes) -> int:
    """Give the size of the tree that a signed checkpoint (C2SP) speaks of.

    Raises
    ------
    BadInput
        If it is none.
    """
    found = _NOTE.fullmatch(note)
    if found is None:
        raise BadInput("is no signed checkpoint; stamps are for the whole note, with its signatures")
    return int(found[1])


def queue(db: Database, note: bytes, authorities: Iterable[Authority], at: datetime) -> list[int]:
    """Ask each authority for a stamp over a signed checkpoint: put down here, sent by `work`.

    Parameters
    ----------
    db
        A transaction that is open is joined.
    note
        The whole signed note.
    authorities
        Those configured; with fewer than two, nothing stands by when one lies.
    at
        Now.

    Returns
    -------
    list of int
        Numbers of what is new; what waits already, or is stamped, is not asked twice.

    Raises
    ------
    BadInput
        If the note is no signed checkpoint.
    """
    size = size_of(note)
    new = []
    with db.transaction():
        for authority in authorities:
            known = db.row(
                "SELECT id FROM stamp WHERE size = ? AND authority = ? AND document = ? AND state <> 'failed'",
                (size, authority.name, note),
            )
            if known is None:
                request = make_request(note)
                new.append(add(db, size=size, authority=authority.name, document=note, request=request, at=at))
    return new


def work(
    db: Database,
    authorities: Sequence[Authority],
    transport: Transport,
    clock: Callable[[], datetime],
    *,
    all_now: bool = False,
) -> list[int]:
    """Ask for every stamp that is due, the newest first, and write down what came of it.

    No transaction is held while an authority is asked; what is killed meanwhile is asked again.

    Parameters
    ----------
    db
        Without an open transaction.
    authorities
        Those configured.
    transport
        How an address is asked.
    clock
        Tells the time.
    all_now
        Whether those are asked too whose next try is later.

    Returns
    -------
    list of int
        Numbers of those asked; `stamps` tells what became of them.

    Raises
    ------
    RuntimeError
        If a transaction is open.
    """
    if db.in_transaction:
        raise RuntimeError("an authority may take its time; no transaction may be held meanwhile")
    by_name = {one.name: one for one in authorities}
    asked = []
    for waiting in reversed(stamps(db, "state = 'waiting'")):
        assert waiting.next_try is not None
        authority = by_name.get(waiting.authority)
        if authority is None:
            give_up(db, waiting.authority)
            continue
        if not all_now and waiting.next_try > clock():
            continue
        if not stamps(db, "id = ? AND state = 'waiting'", (waiting.id,)):
            continue  # covered by one that was stamped just now
        asked.append(waiting.id)
        try:
            reply = transport(authority.url, waiting.request)
        except NoAnswer as problem:
            put_off(db, waiting, problem.words, clock())
        except OSError as problem:
            what = shown(problem.strerror or type(problem).__name__)
            put_off(db, waiting, _SILENT.filled(what=what), clock())
        else:
            take(db, waiting, authority, reply, clock())
    return asked


def give_up(db: Database, authority: str) -> None:
    """Give up what waits for an authority that is no longer configured.

    Parameters
    ----------
    db
        A transaction that is open is joined.
    authority
        Its name.
    """
    with db.transaction():
        for one in stamps(db, "state = 'waiting' AND authority = ?", (authority,)):
            change(db, one.id, state="failed", next_try=None, why=_NOT_CONFIGURED)


def take(db: Database, waiting: Stamp, authority: Authority, reply: bytes, now: datetime) -> StampRefused | None:
    """Judge a reply to what waits, and keep it if it holds; say otherwise why it does not.

    Parameters
    ----------
    db
        Where it waits.
    waiting
        What was asked for.
    authority
        Whom.
    reply
        What came.
    now
        When.
    """
    try:
        found = verify(reply, waiting.document, authority.trust, request=waiting.request, policy=authority.policy)
        _check_time(found, waiting, now)
        _check_renewal(db, found, waiting)
    except StampRefused as refused:
        put_off(db, waiting, refused.words, now)
        return refused
    with db.transaction():
        change(
            db,
            waiting.id,
            state="stamped",
            next_try=None,
            why=None,
            reply=reply,
            token=found.token,
            chain=authority.certificates,
            stamped_at=found.at,
            serial=f"{found.serial:x}",
            policy=found.policy,
            until=found.until,
        )
        if waiting.size is not None:
            for older in stamps(
                db, "state = 'waiting' AND authority = ? AND size < ?", (waiting.authority, waiting.size)
            ):
                why = _COVERED.filled(size=waiting.size, at=found.at.isoformat())
                change(db, older.id, state="covered", next_try=None, why=why)
    return None


def _check_time(found: Stamped, waiting: Stamp, now: datetime) -> None:
    if not waiting.since - _TOLERANCE <= found.at <= now + _TOLERANCE:
        at, asked, upto = (one.isoformat(timespec="seconds") for one in (found.at, waiting.since, now))
        raise StampRefused("clock", at=at, asked=asked, now=upto)


def _check_renewal(db: Database, found: Stamped, waiting: Stamp) -> None:
    ends = [one.until for one in stamps(db) if one.id in waiting.renews and one.until is not None]
    if ends and found.until <= max(ends):
        raise StampRefused("not_later", until=max(ends).date().isoformat())


def put_off(db: Database, waiting: Stamp, why: Text, now: datetime) -> None:
    """Write down a try that failed, and when the next is due; after the last one, that it was given up."""
    tries = waiting.tries + 1
    wait = min(_FIRST_WAIT * 2 ** min(tries - 1, 20), _LONGEST_WAIT)
    over = {"state": "failed", "next_try": None} if tries >= _MOST_TRIES else {"next_try": now + wait}
    with db.transaction():
        change(db, waiting.id, tries=tries, why=why, **over)
