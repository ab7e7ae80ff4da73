"""What is counted and told while an export is read: problems up to a number for each file, and one log of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.evidence import Archive, shown
from telusur.exports.json_cut import Break
from telusur.exports.messages import Message, event_message, log_message, problem_message

#: Problems told for one file; the rest are counted.
_TOLD: Final = 50
SKIPPED: Final = Text("catatan yang tidak dikenal bentuknya; dilewati: ", "a record of no known form; it was skipped: ")


_shown = lru_cache(maxsize=4_096)(shown)


class _Count:
    def __init__(self) -> None:
        self.file: str | None = None
        self.found = 0
        self.skipped = 0
        self.first: datetime | None = None
        self.last: datetime | None = None


class Tally:
    """Counts for one export.

    Parameters
    ----------
    logs
        The logs that such an export may have; all are told of, also those that are not there.
    """

    def __init__(self, logs: tuple[LogName, ...]) -> None:
        self._logs: dict[LogName, _Count] = {name: _Count() for name in logs}
        self._problems: dict[str, int] = {}

    @property
    def found(self) -> int:
        """Records read of all logs."""
        return sum(log.found for log in self._logs.values())

    def refused(self, archive: Archive) -> Iterator[Message]:
        """Tell of the members that are not read."""
        for refused in archive.refused:
            why = refused.why
            yield from self.problem(refused.name, Text(f"{why.id}; tidak dibaca", f"{why.en}; it was not read"))

    def problem(self, file: str, message: Text, offset: int | None = None) -> Iterator[Message]:
        """Tell of a problem, up to a number for each file; every one is counted."""
        self._problems[file] = self._problems.get(file, 0) + 1
        if self._problems[file] <= _TOLD:
            yield problem_message(shown(file), message, offset)

    def begin(self, log: LogName, file: str) -> None:
        """Note that a log is there, empty or not."""
        self._logs[log].file = self._logs[log].file or file

    def read(self, log: LogName, at: datetime | None) -> None:
        """Count a record that was read."""
        count = self._logs[log]
        count.found += 1
        if at is not None:
            count.first = at if count.first is None or at < count.first else count.first
            count.last = at if count.last is None or at > count.last else count.last

    def event(
        self, log: LogName, fields: Mapping[str, Any], file: str, offset: int, sha256: str, *, counted: bool = True
    ) -> Message:
        """Count an event, and give its message."""
        self.begin(log, file)
        if counted:
            self.read(log, fields["at"])
        return event_message(fields, _shown(file), offset, sha256)

    def skip(self, log: LogName | None, file: str, why: Text, offset: int | None = None) -> Iterator[Message]:
        """Count and tell of a record that was not read."""
        if log is not None:
            self.begin(log, file)
            self._logs[log].skipped += 1
        yield from self.problem(file, Text(SKIPPED.id + why.id, SKIPPED.en + why.en), offset)

    def broken(self, log: LogName | None, file: str, part: Break) -> Iterator[Message]:
        """Tell of a place that could not be read, and count the record that was lost there, if one was."""
        if part.record:
            yield from self.skip(log, file, part.message, part.offset)
        else:
            yield from self.problem(file, part.message, part.offset)

    def close(self) -> Iterator[Message]:
        """Tell what was counted."""
        for file, count in self._problems.items():
            if count > _TOLD:
                more = count - _TOLD
                words = Text(f"dan {more} masalah lain dalam berkas ini", f"and {more} further problems in this file")
                yield problem_message(shown(file), words)
        for name, log in self._logs.items():
            yield log_message(name, log.file, log.found, None, log.first, log.last, log.skipped)
