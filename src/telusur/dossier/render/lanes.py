"""What a timeline shows: posts, devices, networks, changes, and what documents say, sorted into lanes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from telusur.domain.document import Document, Fact
from telusur.domain.event import Action, Event
from telusur.domain.record import AccountRecord
from telusur.tracing import Device, Graph, graph_of

LaneKind = Literal["posts", "devices", "networks"]

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
_LANES: Final = {"posts": 5, "networks": 6, "devices": 8}
_POSTS: Final = ("post", "deleted_post", "comment", "share", "message")


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the timeline.

    Parameters
    ----------
    kind
        What it shows.
    name
        Which client, device or network; ``None`` where the record does not say.
    key
        What tells it from the other lanes of its kind.
    number
        By which a device or network is called in the picture, from 1; 0 for what has none.
    times
        Times of its events in UTC, in order.
    spans
        First and last time in UTC, for devices.
    hollow
        Those of `times` that were deleted posts.
    by_network
        Times of a device by the number of the network; 0 for networks without a number and rows without an address.
    others
        How many lanes were joined into this one; 0 for a lane of its own.
    holder
        Who holds the device, as minutes say.
    shared
        Whether a carrier shares the network among many people.
    places
        Where the platform takes the network to be.
    """

    kind: LaneKind
    name: str | None
    key: str | None = None
    number: int = 0
    times: tuple[datetime, ...] = ()
    spans: tuple[tuple[datetime, datetime], ...] = ()
    hollow: frozenset[datetime] = frozenset()
    by_network: tuple[tuple[int, tuple[datetime, ...]], ...] = ()
    others: int = 0
    holder: str | None = None
    shared: bool = False
    places: tuple[str, ...] = ()

    @property
    def first(self) -> datetime:
        """Its earliest time."""
        return min([*self.times[:1], *(start for start, _ in self.spans)])

    @property
    def last(self) -> datetime:
        """Its latest time."""
        return max([*self.times[-1:], *(end for _, end in self.spans)])

    def within(self, start: datetime, end: datetime) -> int:
        """How many of its events lie in a window."""
        return sum(start <= t <= end for t in self.times)


@dataclass(frozen=True, slots=True)
class Mark:
    """A change of what opens the account, or what a document says, with its number in the picture.

    Parameters
    ----------
    number
        From 1; changes first, then what documents say.
    at
        When, in UTC.
    event
        The row of a record, for a change.
    fact, document
        What a document says, and which one.
    device
        Number of the lane of the device that made the change; 0 where nothing tells or it has no lane of its own.
    """

    number: int
    at: datetime
    event: Event | None = None
    fact: Fact | None = None
    document: Document | None = None
    device: int = 0

    @property
    def until(self) -> datetime:
        """End of the stretch that a document speaks of; `at` where it speaks of a moment."""
        return self.fact.until if self.fact and self.fact.until else self.at

    @property
    def contradicted(self) -> bool:
        """Whether something contradicts that the document comes from whom it says."""
        return self.document is not None and self.document.authenticity == "contradicted"


@dataclass(frozen=True, slots=True)
class Lanes:
    """Everything that a timeline shows."""

    lanes: tuple[Lane, ...]
    changes: tuple[Mark, ...]
    facts: tuple[Mark, ...] = ()
    together: tuple[tuple[datetime, datetime, int], ...] = ()

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """First and last time of the lanes and the documents' facts, or of the changes if there is nothing else."""
        times = [(lane.first, lane.last) for lane in self.lanes] + [(fact.at, fact.until) for fact in self.facts]
        times = times or [(change.at, change.at) for change in self.changes]
        return (min(first for first, _ in times), max(last for _, last in times)) if times else None

    def lane(self, kind: LaneKind, number: int) -> Lane | None:
        """Give the lane of a device or network by its number."""
        return next((lane for lane in self.lanes if number and lane.kind == kind and lane.number == number), None)


def lanes_of(records: Sequence[AccountRecord], documents: Sequence[Document] = ()) -> Lanes:
    """Sort what records and documents say into lanes; what has no time is not drawn."""
    graph = graph_of(records, documents)
    networks = _networks(graph)
    devices = _devices(graph, {lane.key: lane.number for lane in networks if lane.key})
    numbers = {lane.key: lane.number for lane in devices if lane.key}
    changes = _changes(records, graph, numbers)
    facts = _facts(documents, graph, numbers, len(changes))
    spans = [(device.first, device.last) for device in graph.devices]
    return Lanes((*_posts(records), *devices, *networks), changes, facts, tuple(together(spans)))


def _posts(records: Sequence[AccountRecord]) -> list[Lane]:
    grouped: dict[str | None, list[Event]] = {}
    for record in records:
        for event in record.events:
            if event.at is not None and event.action in _POSTS:
                grouped.setdefault(event.client, []).append(event)
    order = sorted(grouped, key=lambda client: (-len(grouped[client]), client or ""))
    shown, rest = order[: _LANES["posts"]], order[_LANES["posts"] :]
    lanes = [_post_lane(client, grouped[client]) for client in shown]
    if rest:
        lanes.append(_post_lane(None, [event for client in rest for event in grouped[client]], len(rest)))
    return lanes


def _post_lane(client: str | None, events: Sequence[Event], others: int = 0) -> Lane:
    times = tuple(sorted(event.at for event in events if event.at is not None))
    hollow = frozenset(event.at for event in events if event.action == "deleted_post" and event.at is not None)
    return Lane("posts", client, client, times=times, hollow=hollow, others=others)


def _networks(graph: Graph) -> list[Lane]:
    """Give a lane for each network, busiest first."""
    order = sorted(graph.networks, key=lambda network: (-len(network.seen), network.prefix))
    most = _LANES["networks"]
    lanes = [
        Lane(
            "networks",
            network.prefix,
            network.prefix,
            number,
            network.seen,
            shared=network.shared,
            places=network.places,
        )
        for number, network in enumerate(order[:most], start=1)
    ]
    if order[most:]:
        times = tuple(sorted(at for network in order[most:] for at in network.seen))
        lanes.append(Lane("networks", None, times=times, others=len(order) - most))
    bare = tuple(s.at for s in graph.sightings if s.network is None and s.device is None)
    if bare:
        lanes.append(Lane("networks", None, times=bare))
    return lanes


def _devices(graph: Graph, networks: dict[str, int]) -> list[Lane]:
    """Give a lane for each device, first seen first."""
    seen: dict[str, dict[int, list[datetime]]] = {}
    for sighting in graph.sightings:
        if sighting.device is not None:
            number = networks.get(sighting.network or "", 0)
            seen.setdefault(sighting.device, {}).setdefault(number, []).append(sighting.at)
    most = _LANES["devices"]
    lanes = [
        Lane(
            "devices",
            _called(device),
            device.key,
            number,
            device.seen,
            ((device.first, device.last),),
            by_network=tuple((n, tuple(times)) for n, times in sorted(seen.get(device.key, {}).items())),
            holder=device.holder,
        )
        for number, device in enumerate(graph.devices[:most], start=1)
    ]
    rest = graph.devices[most:]
    if rest:
        times = tuple(sorted(at for device in rest for at in device.seen))
        spans = tuple((device.first, device.last) for device in rest)
        lanes.append(Lane("devices", None, times=times, spans=spans, others=len(rest)))
    return lanes


def _called(device: Device) -> str:
    """Give a device's make and model, or its program with what that calls itself."""
    if device.clients and device.name == " · ".join(device.clients) and device.agents:
        return f"{device.name} · {device.agents[0]}"
    return device.name


def _changes(records: Sequence[AccountRecord], graph: Graph, numbers: dict[str, int]) -> tuple[Mark, ...]:
    found = [(change.at, change.event, numbers.get(change.device or "", 0)) for change in graph.changes if change.event]
    made = {event.at: event for record in records for event in record.of("account_created") if event.at is not None}
    found += [(at, event, 0) for at, event in made.items()]
    found.sort(key=lambda one: (one[0], one[1].action, one[1].source.file, one[1].source.offset))
    return tuple(Mark(n, at, event, device=device) for n, (at, event, device) in enumerate(found, start=1))


def _facts(documents: Sequence[Document], graph: Graph, numbers: dict[str, int], before: int) -> tuple[Mark, ...]:
    devices = {id(change.fact): numbers.get(change.device or "", 0) for change in graph.changes if change.fact}
    found = [(fact.at, fact, document) for document in documents for fact in document.facts if fact.at is not None]
    found.sort(key=lambda one: (one[0], one[1].name, one[2].path, one[1].line or 0))
    return tuple(
        Mark(n, at, fact=fact, document=document, device=devices.get(id(fact), 0))
        for n, (at, fact, document) in enumerate(found, start=before + 1)
    )


def together(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime, int]]:
    """Give the stretches in which two devices or more are between their first and last time, and how many."""
    steps = Counter[datetime]()
    for start, end in spans:
        if end > start:
            steps[start] += 1
            steps[end] -= 1
    found: list[tuple[datetime, datetime, int]] = []
    count, since = 0, None
    for at in sorted(steps):
        if since is not None and count > 1 and steps[at]:
            found.append((since, at, count))
        count += steps[at]
        if steps[at]:
            since = at
    return found


def binned(times: Iterable[datetime], start: datetime, end: datetime, bins: int) -> list[tuple[int, int]]:
    """Count times into equal bins of a window; give number of bin and count, for the bins that hold any.

    However many events there are, a picture holds no more shapes than bins.
    """
    length = (end - start) / timedelta(seconds=1)
    counts = Counter(
        min(int((t - start) / timedelta(seconds=1) / length * bins), bins - 1) for t in times if start <= t <= end
    )
    return sorted(counts.items())
