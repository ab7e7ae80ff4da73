"""What a timeline shows: the events of the records, sorted into lanes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from telusur.domain.event import Action, Event
from telusur.domain.record import AccountRecord
from telusur.tracing import network_of

LaneKind = Literal["posts", "logins", "devices"]

#: Changes of what opens the account, marked one by one.
CHANGES: Final[tuple[Action, ...]] = (
    "account_created",
    "password_changed",
    "email_changed",
    "phone_changed",
    "handle_changed",
    "app_connected",
    "recovered",
)
#: More lanes of a kind than these are joined into one.
_LANES: Final = {"posts": 5, "logins": 6, "devices": 8}


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the timeline.

    Parameters
    ----------
    kind
        What it shows.
    name
        Which client, network or device; ``None`` where the record does not say.
    key
        What tells it from the other lanes of its kind.
    times
        Times of its events in UTC, in order.
    spans
        First and last time in UTC, for devices.
    hollow
        Those of `times` that were deleted posts.
    others
        How many lanes were joined into this one; 0 for a lane of its own.
    """

    kind: LaneKind
    name: str | None
    key: str | None = None
    times: tuple[datetime, ...] = ()
    spans: tuple[tuple[datetime, datetime], ...] = ()
    hollow: frozenset[datetime] = frozenset()
    others: int = 0

    @property
    def first(self) -> datetime:
        """Its earliest time."""
        return min([*self.times[:1], *(start for start, _ in self.spans)])

    @property
    def last(self) -> datetime:
        """Its latest time."""
        return max([*self.times[-1:], *(end for _, end in self.spans)])

    @property
    def count(self) -> int:
        """How many events or spans it holds."""
        return len(self.times) + len(self.spans)

    def within(self, start: datetime, end: datetime) -> int:
        """How many of its events or spans touch a window."""
        return sum(start <= t <= end for t in self.times) + sum(a <= end and b >= start for a, b in self.spans)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of what opens the account, with its number in the picture."""

    number: int
    event: Event
    at: datetime


@dataclass(frozen=True, slots=True)
class Lanes:
    """Everything that a timeline shows."""

    lanes: tuple[Lane, ...]
    changes: tuple[Change, ...]

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """First and last time of the posts, logins and devices, or of the changes if there is nothing else."""
        times = [(lane.first, lane.last) for lane in self.lanes] or [(change.at, change.at) for change in self.changes]
        return (min(first for first, _ in times), max(last for _, last in times)) if times else None


def lanes_of(records: Sequence[AccountRecord]) -> Lanes:
    """Sort the events of the records into lanes, busiest first; events without a time are not drawn."""
    events = [event for record in records for event in record.events if event.at is not None]
    events.sort(key=lambda event: (event.at, event.action, event.source.file, event.source.offset))
    posts = _lanes("posts", [e for e in events if e.action in {"post", "deleted_post", "comment"}], lambda e: e.client)
    logins = _lanes("logins", [e for e in events if e.action == "login"], lambda e: e.ip and (network_of(e.ip) or e.ip))
    added = [e for e in events if e.action in {"device_added", "device_seen"}]
    twins = _twins(added)
    devices = _lanes("devices", added, lambda e: twins[id(e)])
    changes = tuple(
        Change(number, event, event.at)
        for number, event in enumerate((e for e in events if e.action in CHANGES), start=1)
        if event.at is not None
    )
    return Lanes((*posts, *logins, *devices), changes)


def _twins(events: Sequence[Event]) -> dict[int, str]:
    """Give what tells each device event's device from others.

    Rows that two registers wrote in the same second, one with the client and one with the program's own name, are
    about one device, though each register has its own name for it.
    """
    keys: dict[int, str] = {}
    waiting: dict[tuple[datetime, bool], str] = {}
    for event in events:
        assert event.at is not None
        second = event.at.replace(microsecond=0)
        key = event.device or f"{event.source.file}:{event.source.offset}"
        keys[id(event)] = waiting.pop((second, event.client is None), key)
        if keys[id(event)] == key:
            waiting[second, event.client is not None] = key
    return keys


def _lanes(kind: LaneKind, events: Iterable[Event], name: Callable[[Event], str | None]) -> list[Lane]:
    grouped: dict[str | None, list[Event]] = {}
    for event in events:
        grouped.setdefault(name(event), []).append(event)
    if kind == "devices":
        order = sorted(grouped, key=lambda key: (min(_span(e) for e in grouped[key]), key or ""))
    else:
        order = sorted(grouped, key=lambda key: (-len(grouped[key]), key or ""))
    shown, rest = order[: _LANES[kind]], order[_LANES[kind] :]
    lanes = [_lane(kind, key, grouped[key]) for key in shown]
    if rest:
        lanes.append(_lane(kind, None, [e for key in rest for e in grouped[key]], others=len(rest)))
    return lanes


def _lane(kind: LaneKind, name: str | None, events: Sequence[Event], others: int = 0) -> Lane:
    if kind == "devices":
        spans = sorted(_span(e) for e in events)
        if others:
            return Lane(kind, None, None, spans=tuple(spans), others=others)
        client = next((e.client for e in events if e.client), None)
        agent = next((e.user_agent for e in events if e.user_agent), None)
        title = " · ".join(part for part in (client, agent) if part) or next((e.device for e in events), None)
        return Lane(kind, title, name, spans=((spans[0][0], max(end for _, end in spans)),))
    times = sorted(e.at for e in events if e.at is not None)
    hollow = frozenset(e.at for e in events if e.action == "deleted_post" and e.at is not None)
    return Lane(kind, name, name, tuple(times), hollow=hollow, others=others)


def _span(event: Event) -> tuple[datetime, datetime]:
    assert event.at is not None
    return event.at, max(event.until or event.at, event.at)


def binned(times: Iterable[datetime], start: datetime, end: datetime, bins: int) -> list[tuple[int, int]]:
    """Count times into equal bins of a window; give number of bin and count, for the bins that hold any.

    However many events there are, a picture holds no more shapes than bins.
    """
    length = (end - start) / timedelta(seconds=1)
    counts = Counter(
        min(int((t - start) / timedelta(seconds=1) / length * bins), bins - 1) for t in times if start <= t <= end
    )
    return sorted(counts.items())
