"""Devices and networks of an account, put together from every record and document that tells of them.

A device is known by its lasting identifier (a cookie, a token, a device's own number); rows without one belong to the
device of the same make and model, or of the same program, if there is only one. A new identifier of a model whose
earlier one falls silent at that time is the same device after its application was installed anew; two of one model
that are in use side by side are two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from telusur.domain.document import Document, FactName
from telusur.domain.event import Action, Event
from telusur.domain.evidence import Grade
from telusur.domain.record import AccountRecord
from telusur.tracing.sessions.naming import Names
from telusur.tracing.sessions.networks import is_shared, network_of
from telusur.tracing.sessions.values import Change, Device, Graph, Network, Sighting

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
    keys = Names([event for event, _ in rows if event.action in _DEVICE]).keys
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
