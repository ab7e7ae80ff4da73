"""What a graph of devices and networks is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from telusur.domain.document import Document, Fact
from telusur.domain.event import Event
from telusur.domain.evidence import Grade


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
