"""What one export or provider's record says of an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from telusur.domain.account import Account
from telusur.domain.event import Action, Event
from telusur.domain.evidence import Grade, SourceKind
from telusur.domain.text import Text

LogName = Literal[
    "posts",
    "deleted_posts",
    "comments",
    "likes",
    "groups",
    "messages",
    "logins",
    "sessions",
    "devices",
    "credentials",
    "handles",
    "apps",
    "account",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a record that could not be used; said, never dropped in silence.

    Parameters
    ----------
    file
        Name within the export.
    message
        One sentence: what was found, what was done.
    offset
        Bytes from the start of the file, where it is about one record.
    """

    file: str
    message: Text
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """One log of an export: how much of it is there.

    Parameters
    ----------
    name
        Which log.
    file
        Name within the export; ``None`` if the export has no such file.
    found
        Records read.
    expected
        Records that the export's own manifest promises; ``None`` if it promises none.
    first, last
        Span of the records in UTC.
    skipped
        Records that are there but could not be used; each is a problem.
    """

    name: LogName
    file: str | None
    found: int
    expected: int | None = None
    first: datetime | None = None
    last: datetime | None = None
    skipped: int = 0

    @property
    def complete(self) -> bool | None:
        """Whether all promised records were read; ``None`` where nothing was promised."""
        return None if self.expected is None else self.found >= self.expected


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """All that one source says of one account, in time order.

    Parameters
    ----------
    path
        The source within the case folder.
    account
        Whose record it is, as the record itself says.
    events
        In time order; those without a time last.
    logs
        What was looked for, and how much of it is there.
    problems
        What could not be used.
    left_out
        Files that were not opened because they hold messages, contacts, advertising or searches.
    generated_at
        When the platform made the record, in UTC.
    partial
        Whether the record itself says that it is only a part.
    grade
        Capture grade of the source.
    timezone
        Time zone that the account was set to, as the record names it.
    kind
        What sort of source it is: an export, a provider's record, a captured page.
    reduced
        Whether its owner had reduced it to what tracing needs before handing it in.
    """

    path: str
    account: Account
    events: Sequence[Event]
    logs: tuple[Log, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()
    generated_at: datetime | None = None
    partial: bool | None = None
    grade: Grade = field(default=Grade.C)
    timezone: str | None = None
    kind: SourceKind = "platform_export"
    reduced: bool = False

    def of(self, *actions: Action) -> list[Event]:
        """Give the events of some actions, in order."""
        return [event for event in self.events if event.action in actions]

    def log(self, name: LogName) -> Log | None:
        """Give one log, if it was looked for."""
        return next((log for log in self.logs if log.name == name), None)
