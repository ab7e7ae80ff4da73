"""From an export to an account's record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from telusur.domain.errors import BadInput
from telusur.domain.event import Event
from telusur.domain.evidence import Grade
from telusur.domain.record import AccountRecord, Log, Problem
from telusur.evidence import Limits, open_limited
from telusur.exports import messages

_LAST = datetime.max.replace(tzinfo=UTC)
_STEP = 1_000
#: Processor seconds: enough for any small file, more for a large one, so that a crafted small file is stopped soon.
_SECONDS, _SECONDS_AT_MOST = 30, 180
_MB = 1 << 20


def read(
    path: Path,
    *,
    name: str,
    grade: Grade = Grade.C,
    progress: Callable[[int], None] | None = None,
    limits: Limits | None = None,
) -> AccountRecord:
    """Read a platform's export of one account.

    Messages, contacts, advertising and searches are not opened; the record names what was left out.

    Parameters
    ----------
    path
        Zip or folder.
    name
        What the case calls it.
    grade
        Its capture grade.
    progress
        Told the number of events read so far, now and then.
    limits
        What reading may spend; by its size, if not given.

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
    intake = messages.Intake()
    events: list[Event] = []
    problems: list[Problem] = []
    logs: list[Log] = []
    record: object = None
    try:
        for message in open_limited("telusur.exports.task:read", path, limits or _limits(path), name=name):
            match message:
                case {"event": event}:
                    events.append(intake.event(event))
                    if progress is not None and len(events) % _STEP == 0:
                        progress(len(events))
                case {"problem": problem}:
                    problems.append(messages.problem(problem))
                case {"log": log}:
                    logs.append(messages.log(log))
                case {"record": record}:
                    pass
                case _:
                    raise messages.Nonsense
        whole = messages.whole(record)
    except messages.Nonsense:
        raise BadInput("made its reader answer nonsense; keep the file and tell the developers", where=name) from None
    events.sort(key=lambda event: event.at or _LAST)
    if progress is not None:
        progress(len(events))
    return AccountRecord(
        path=name,
        account=whole.account,
        events=events,
        logs=tuple(logs),
        problems=tuple(problems),
        left_out=whole.left_out,
        generated_at=whole.generated_at,
        partial=whole.partial,
        grade=grade,
        timezone=whole.timezone,
    )


def _limits(path: Path) -> Limits:
    """Give what a file of its size may spend; a folder's size is not known beforehand."""
    seconds = _SECONDS_AT_MOST if path.is_dir() else _SECONDS + (path.stat().st_size // _MB if path.is_file() else 0)
    seconds = min(seconds, _SECONDS_AT_MOST)
    return Limits(cpu_seconds=seconds, wall_seconds=4.0 * seconds)
