"""From what a reader in the worker tells to an account's record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from telusur.domain.errors import BadInput
from telusur.domain.event import Event
from telusur.domain.evidence import Grade, SourceKind
from telusur.domain.record import AccountRecord, Log, Problem
from telusur.exports import messages

_LAST = datetime.max.replace(tzinfo=UTC)
_STEP = 1_000


def gathered(
    told: Iterable[Mapping[str, Any]],
    *,
    name: str,
    grade: Grade,
    kind: SourceKind,
    progress: Callable[[int], None] | None = None,
) -> AccountRecord:
    """Put a reader's messages together, each checked.

    Parameters
    ----------
    told
        The messages.
    name
        What the case calls the source.
    grade, kind
        Of the source.
    progress
        Told the number of events so far, now and then.

    Returns
    -------
    AccountRecord
        Events in time order, those without a time last.

    Raises
    ------
    BadInput
        If a message is none that a reader of the house would send.
    """
    intake = messages.Intake()
    events: list[Event] = []
    problems: list[Problem] = []
    logs: list[Log] = []
    record: object = None
    try:
        for message in told:
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
        kind=kind,
        reduced=whole.reduced,
    )
