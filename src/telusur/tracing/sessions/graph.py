"""Devices and networks of an account, put together from every record and document that tells of them.

A device is known by its lasting identifier (a cookie, a token, a device's own number); rows without one belong to the
device of the same make and model, or of the same program, if there is only one. A new identifier of a model whose
earlier one falls silent at that time is the same device after its application was installed anew; two of one model
that are in use side by side are two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from telusur.domain.document import Document, Fact, FactName
from telusur.domain.event import Action, Event
from telusur.domain.evidence import Grade
from telusur.domain.record import AccountRecord
from telusur.tracing.sessions.networks import is_shared, network_of

#: An identifier of a known model that begins within this time of the earlier one's end goes on with it.
_REINSTALLED: Final = timedelta(days=2)
#: A mobile operator's exits change this fast: a network with this many devices' addresses is counted as shared.
_SEEN: Final[tuple[Action, ...]] = ("login", "session_seen", "logout", "device_seen")
_DEVICE: Final[tuple[Action, ...]] = (*_SEEN, "device_added")

#: Changes of what opens the account.
CREDENTIALS: Final[tuple[Action, ...]] = ("password_changed", "email_changed", "phone_changed")
_CHANGES: Final[tuple[Action, ...]] = (*CREDENTIALS, "handle_changed", "app_connected", "recovered")
_FACT_CHANGES: Final[frozenset[FactName]] = frozenset(
    {
        "password_changed_at",
        "email_changed_at",
        "phone_changed_at",
        "sim_replaced_at",
        "sim_returned_at",
        "number_reassigned_at",
        "recovered_at",
    }
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A device or network seen on the account.

    Parameters
    ----------
    at
        When, in UTC.
    device
        Key of the device; ``None`` where the row does not tell.
    network
        Prefix of the network; ``None`` where the row has no address.
    event
        The row.
    grade
        Capture grade of its record.
    """

    at: datetime
    device: str | None
    network: str | None
    event: Event
    grade: Grade


@dataclass(frozen=True, slots=True)
class Device:
    """One device that used the account.

    Parameters
    ----------
    key
        What tells it from the others.
    name
        Make and model, or the program, or the beginning of its identifier.
    agents
        What its programs called themselves.
    clients
        Programs by the platform's names.
    first, last
        First and last time in UTC; `last` is `first` where only that is known.
    seen
        Times of its rows in UTC, in order.
    networks
        Prefixes of its networks, in order of appearance.
    stated
        Whether a register of devices states `first`; else it is only the first row that is kept.
    grade
        Best capture grade of what tells of it.
    holder
        Who holds it, as minutes say; ``None`` where nothing does.
    """

    key: str
    name: str
    agents: tuple[str, ...]
    clients: tuple[str, ...]
    first: datetime
    last: datetime
    seen: tuple[datetime, ...]
    networks: tuple[str, ...]
    stated: bool
    grade: Grade
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """One network that the account was used from.

    Parameters
    ----------
    prefix
        /24 or /48.
    first, last
        First and last time in UTC.
    seen
        Times of its rows in UTC, in order.
    shared
        Whether a carrier shares it among many people, so that it says little.
    places
        Where the platform takes it to be.
    """

    prefix: str
    first: datetime
    last: datetime
    seen: tuple[datetime, ...]
    shared: bool
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of what opens the account: by a row of a record, or as a document says.

    Parameters
    ----------
    at
        When, in UTC.
    event, fact
        The row or the fact; one of them.
    document
        The document of the fact.
    device
        Key of the device that made it, where the row tells.
    grade
        Capture grade of what tells of it.
    """

    at: datetime
    event: Event | None
    fact: Fact | None
    document: Document | None
    device: str | None
    grade: Grade


@dataclass(frozen=True, slots=True)
class Graph:
    """Devices, networks, rows and changes of one account, each in time order."""

    devices: tuple[Device, ...]
    networks: tuple[Network, ...]
    sightings: tuple[Sighting, ...]
    changes: tuple[Change, ...]

    def device(self, key: str | None) -> Device | None:
        """Give a device by its key."""
        return next((device for device in self.devices if device.key == key), None)

    def network(self, prefix: str | None) -> Network | None:
        """Give a network by its prefix."""
        return next((network for network in self.networks if network.prefix == prefix), None)


def graph_of(records: Sequence[AccountRecord], documents: Sequence[Document] = ()) -> Graph:
    """Put the devices and networks of one account together.

    Parameters
    ----------
    records
        Its records; rows that two of them have in common count once.
    documents
        What e-mails, letters and minutes say of it.

    Returns
    -------
    Graph
        Rows without a time are left out: they cannot be placed.
    """
    rows = _rows(records)
    keys = _Names([event for event, _ in rows if event.action in _DEVICE]).keys
    holders = _holders(documents)
    sightings = tuple(
        Sighting(event.at, keys.get(id(event)), network_of(event.ip) if event.ip else None, event, grade)
        for event, grade in rows
        if event.at is not None and event.action in _SEEN
    )
    devices = _devices(rows, keys, sightings, holders)
    by_id = {key.partition(":")[2]: key for key in keys.values()}
    changes = [
        Change(event.at, event, None, None, _changer(event, devices, by_id), grade)
        for event, grade in rows
        if event.at is not None and event.action in _CHANGES
    ]
    changes += [
        Change(fact.at, None, fact, document, _of_model(fact.device, devices), document.grade)
        for document in documents
        for fact in document.facts
        if fact.at is not None and fact.name in _FACT_CHANGES
    ]
    changes.sort(key=lambda change: change.at)
    return Graph(devices, _networks(sightings), sightings, tuple(changes))


def _rows(records: Sequence[AccountRecord]) -> list[tuple[Event, Grade]]:
    """Give the rows of all records in time order; one that a better-graded record has as well is given once."""
    rows: list[tuple[Event, Grade]] = []
    told: set[tuple[object, ...]] = set()
    several = len(records) > 1
    for record in sorted(records, key=lambda r: (r.grade, r.path)):
        own: set[tuple[object, ...]] = set()
        for event in record.events:
            if event.at is None or event.action not in (*_DEVICE, *_CHANGES):
                continue
            rows.append((event, record.grade))
            if several:
                what = (event.action in _SEEN or event.action, event.at.replace(microsecond=0), event.device, event.ip)
                own.add(what)
                if what in told:
                    rows.pop()
        told |= own
    rows.sort(key=_order)
    return rows


def _order(row: tuple[Event, Grade]) -> tuple[object, ...]:
    """Give what rows are sorted by: their time, and where that is the same, anything that is always the same."""
    event, grade = row
    assert event.at is not None
    return (
        event.at,
        grade,
        event.device or "",
        event.model or "",
        event.ip or "",
        event.source.file,
        event.source.offset,
    )


class _Names:
    """Which device each row is about, by the row's `id`."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._spans: dict[str, tuple[datetime, datetime]] = {}
        self._models: dict[str, str] = {}
        self._named: dict[str, set[str]] = {}
        self.keys: dict[int, str] = {}
        for event in events:
            if event.device is not None and event.at is not None:
                self._identified(event, event.at)
        joined = _reinstalled(self._spans, self._models) | self._twins(events)
        self.keys = {row: joined.get(key, key) for row, key in self.keys.items()}
        by_name: dict[str, set[str]] = {}
        for key, names in self._named.items():
            for name in names:
                by_name.setdefault(name, set()).add(joined.get(key, key))
        for event in events:
            called = _names(event)
            if id(event) not in self.keys and called:
                self.keys[id(event)] = self._called(event, called, by_name)

    def _identified(self, event: Event, at: datetime) -> None:
        key = f"id:{event.device}"
        self.keys[id(event)] = key
        first, last = self._spans.get(key, (at, at))
        self._spans[key] = (min(first, at), max(last, event.until or at))
        self._named.setdefault(key, set()).update(_names(event))
        if event.model:
            self._models.setdefault(key, event.model.casefold())

    def _twins(self, events: Sequence[Event]) -> dict[str, str]:
        """Give the identifiers by which a second register calls a device that it added in the same second."""
        joined: dict[str, str] = {}
        waiting: dict[datetime, Event] = {}
        for event in events:
            if event.action != "device_added" or event.device is None or event.at is None:
                continue
            other = waiting.pop(event.at.replace(microsecond=0), None)
            if other is not None and other.source.file != event.source.file and other.device != event.device:
                joined[f"id:{event.device}"] = f"id:{other.device}"
            else:
                waiting[event.at.replace(microsecond=0)] = event
        return joined

    def _called(self, event: Event, names: Sequence[str], by_name: Mapping[str, set[str]]) -> str:
        """Give the device of a row without an identifier; of several of that name the one that begins nearest."""
        found = next((by_name[name] for name in names if name in by_name), None)
        if found is None:
            return f"name:{names[0]}"
        at = event.at
        assert at is not None
        return min(
            sorted(found), key=lambda key: abs(self._spans[key][0] - at) if key in self._spans else timedelta.max
        )


def _names(event: Event) -> list[str]:
    """Give what a row calls its device, most telling first; the program only where nothing else is said."""
    names = [name for name in (event.model and event.model.casefold(), event.user_agent) if name]
    return names or ([event.client.casefold()] if event.client else [])


def _reinstalled(spans: Mapping[str, tuple[datetime, datetime]], models: Mapping[str, str]) -> dict[str, str]:
    """Give the identifiers that go on with an earlier one of the same model, which then falls silent."""
    joined: dict[str, str] = {}
    by_model: dict[str, list[str]] = {}
    for key, model in models.items():
        by_model.setdefault(model, []).append(key)
    for twins in by_model.values():
        twins.sort(key=lambda key: spans[key][0])
        for earlier, later in pairwise(twins):
            gap = spans[later][0] - spans[earlier][1]
            if timedelta(0) <= gap <= _REINSTALLED:
                joined[later] = joined.get(earlier, earlier)
    return joined


def _devices(
    rows: Sequence[tuple[Event, Grade]],
    keys: Mapping[int, str],
    sightings: Sequence[Sighting],
    holders: Mapping[str, str],
) -> tuple[Device, ...]:
    grouped: dict[str, list[tuple[Event, Grade]]] = {}
    for event, grade in rows:
        if id(event) in keys:
            grouped.setdefault(keys[id(event)], []).append((event, grade))
    seen: dict[str, list[Sighting]] = {}
    for sighting in sightings:
        if sighting.device is not None:
            seen.setdefault(sighting.device, []).append(sighting)
    devices = []
    for key, group in grouped.items():
        times = [event.at for event, _ in group if event.at is not None]
        ends = [event.until for event, _ in group if event.until is not None]
        model = next((event.model for event, _ in group if event.model), None)
        clients = tuple(dict.fromkeys(event.client for event, _ in group if event.client))
        networks = (s.network for s in seen.get(key, []) if s.network)
        devices.append(
            Device(
                key,
                model or " · ".join(clients) or key.partition(":")[2].removeprefix("sha256:")[:12],
                tuple(dict.fromkeys(event.user_agent for event, _ in group if event.user_agent)),
                clients,
                min(times),
                max([*times, *ends]),
                tuple(s.at for s in seen.get(key, [])),
                tuple(dict.fromkeys(networks)),
                any(event.action == "device_added" for event, _ in group),
                min(grade for _, grade in group),
                holders.get(model.casefold()) if model else None,
            )
        )
    return tuple(sorted(devices, key=lambda device: (device.first, device.key)))


def _holders(documents: Sequence[Document]) -> dict[str, str]:
    """Give who holds which model, as the minutes say; a model that two people are said to hold tells nothing."""
    said: dict[str, set[str]] = {}
    for document in documents:
        for fact in document.facts:
            if fact.name == "device_of" and fact.device and fact.holder and document.authenticity != "contradicted":
                said.setdefault(fact.device.casefold(), set()).add(fact.holder)
    return {model: next(iter(people)) for model, people in said.items() if len(people) == 1}


def _changer(event: Event, devices: Sequence[Device], by_id: Mapping[str, str]) -> str | None:
    if event.device is not None and event.device in by_id:
        return by_id[event.device]
    if event.device is not None and f"id:{event.device}" in {device.key for device in devices}:
        return f"id:{event.device}"
    return _of_model(event.model, devices)


def _of_model(model: str | None, devices: Sequence[Device]) -> str | None:
    if model is None:
        return None
    found = [device.key for device in devices if device.name.casefold() == model.casefold()]
    return found[0] if len(found) == 1 else None


def _networks(sightings: Sequence[Sighting]) -> tuple[Network, ...]:
    grouped: dict[str, list[Sighting]] = {}
    for sighting in sightings:
        if sighting.network is not None:
            grouped.setdefault(sighting.network, []).append(sighting)
    return tuple(
        Network(
            prefix,
            rows[0].at,
            rows[-1].at,
            tuple(row.at for row in rows),
            is_shared(prefix),
            tuple(dict.fromkeys(row.event.place for row in rows if row.event.place)),
        )
        for prefix, rows in grouped.items()
    )
