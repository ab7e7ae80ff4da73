"""From an export to an account's record."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from telusur.domain.account import Account
from telusur.domain.errors import BadInput
from telusur.domain.event import Event
from telusur.domain.evidence import Grade, SourceKind
from telusur.domain.record import AccountRecord, Problem
from telusur.domain.text import Text
from telusur.evidence import Limits, open_limited
from telusur.exports.chats import Chat
from telusur.exports.gathering import gathered

#: Processor seconds: enough for any small file, more for a large one, so that a crafted small file is stopped soon.
_SECONDS, _SECONDS_AT_MOST = 30, 180
#: For each megabyte; pages of HTML are packed to a twentieth of what they hold.
_SECONDS_EACH = 10
_MB = 1 << 20
#: A provider's tables need a reader of spreadsheets, which exports need not wait for.
_TASKS: Final[Mapping[SourceKind, str]] = {
    "platform_export": "telusur.exports.task:read",
    "provider_record": "telusur.exports.provider_task:read",
}


def read(
    path: Path,
    *,
    name: str,
    grade: Grade = Grade.C,
    progress: Callable[[int], None] | None = None,
    limits: Limits | None = None,
    kind: SourceKind = "platform_export",
    chat: Chat | None = None,
    account: Account | None = None,
) -> AccountRecord:
    """Read a platform's export, or a provider's record, of one account.

    Messages, contacts, advertising and searches are not opened; the record names what was left out.

    Parameters
    ----------
    path
        Zip or folder; or the one file of a chat, table or record.
    name
        What the case calls it.
    grade
        Its capture grade.
    progress
        Told the number of events read so far, now and then.
    limits
        What reading may spend; by its size, if not given.
    kind
        ``provider_record`` for what the platform sent to the authority; its tables are read as well as its exports.
    chat
        Whose messages of a chat are kept, and its zone; nobody's without it.
    account
        The account that the case is about, for a provider's table that does not say its platform, or holds several.

    Returns
    -------
    AccountRecord
        Events in time order, those without a time last; logs with what the export itself promises; every problem.

    Raises
    ------
    BadInput
        If it is missing, no archive, damaged beyond reading, protected by a password, of another platform, without
        account data, or beyond a limit: one sentence that names it.
    """
    task = _TASKS.get(kind, _TASKS["platform_export"])
    told = _uncollected(open_limited(task, path, limits or _limits(path), name=name, **_said(chat, account)))
    record = gathered(told, name=name, grade=grade, kind=kind, progress=progress)
    if record.reduced and kind == "provider_record":
        # What came from the account's owner must not count as what came from the platform.
        raise BadInput(
            "is an export that its owner reduced, not a provider's record; list it as platform_export", where=name
        )
    return replace(record, problems=(*record.problems, *_of_the_future(name, record.events)))


def _of_the_future(name: str, events: Sequence[Event]) -> list[Problem]:
    """Say that rows lie in the future; a day is left for clocks.

    By this machine's clock: an export names no day that its owner could not have altered too. A row that was in the
    future when its case was first assessed is therefore told of only until that day has come.
    """
    latest = max((event.at for event in events if event.at is not None), default=None)
    now = datetime.now(UTC) + timedelta(days=1)
    if latest is None or latest <= now:
        return []
    count = sum(event.at is not None and event.at > now for event in events)
    return [
        Problem(
            name,
            Text(
                f"{count} baris bertanggal di masa depan, sampai {latest:%Y-%m-%d}; jam pembuatnya salah atau "
                "berkasnya diubah. Mintalah unduhan baru.",
                f"{count} rows bear dates in the future, up to {latest:%Y-%m-%d}; a clock was wrong or the file "
                "was altered. Ask for a new download.",
            ),
        )
    ]


def _uncollected(told: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give messages while no garbage is looked for: none of them is circular, and looking takes a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield from told
    finally:
        if collecting:
            gc.enable()


def _said(chat: Chat | None, account: Account | None) -> dict[str, Any]:
    """Give what the case says as plain values, for the worker."""
    return {
        "chat": None if chat is None else chat.as_json(),
        "account": None if account is None else [account.platform, account.handle, account.account_id],
    }


def _limits(path: Path) -> Limits:
    """Give what a file of its size may spend; a folder's size is not known beforehand."""
    seconds = (
        _SECONDS_AT_MOST
        if path.is_dir()
        else _SECONDS + (path.stat().st_size * _SECONDS_EACH // _MB if path.is_file() else 0)
    )
    seconds = min(seconds, _SECONDS_AT_MOST)
    return Limits(cpu_seconds=seconds, wall_seconds=4.0 * seconds)
