"""Which device and network an act seems to have come from, and what they were to the account before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from telusur.domain.moment import Moment
from telusur.tracing.sessions.graph import CREDENTIALS
from telusur.tracing.sessions.values import Change, Device, Graph, Sighting

#: A device or network first seen this shortly before the act is new; one in use for this long is known.
NEW_DEVICE: Final = timedelta(days=7)
KNOWN_DEVICE: Final = timedelta(days=14)
NEW_NETWORK: Final = timedelta(days=3)
KNOWN_NETWORK: Final = timedelta(days=7)
#: A row tells of the act only when it is this near.
NEAR: Final = timedelta(hours=48)
_NEAR_AFTER: Final = timedelta(hours=6)
#: A takeover changes the credentials in the days before it is used; owners who get an account back do so soon.
CREDENTIAL_WINDOW: Final = timedelta(days=7)
CREDENTIAL_AFTERMATH: Final = timedelta(days=30)
#: The account's habit of devices: rows of these days, if there are enough of them.
_HABIT: Final = timedelta(days=90)
_FEWEST_ROWS: Final = 5
_MAIN_SHARE: Final = 0.5
#: Two devices seen this near each other are in use at once.
AT_ONCE: Final = timedelta(minutes=15)
#: A device that is not seen for this long has gone.
_GONE: Final = timedelta(days=7)
_HANDED_OVER: Final = timedelta(days=2)
#: Nearest rows of two devices tell them apart when the second is so many times further away.
_CLEARLY: Final = ((timedelta(hours=2), 2), (timedelta(hours=12), 4))

DeviceStatus = Literal["sole", "main", "minor", "known", "new"]
NetworkStatus = Literal["known", "new", "new_old_ones_continue"]
Unclear = Literal["no_rows", "unclear", "log_short", "neither"]
Aftermath = Literal["replaces", "old_returns", "side_by_side"]
By = Literal["acting", "known", "new", "unknown"]


@dataclass(frozen=True, slots=True)
class ActingDevice:
    """The devices that can have sent the post, all of one standing.

    Parameters
    ----------
    devices
        One where rows tell it, else all that can have.
    status
        What they were to the account: its only device, its main one, a minor one, known, or new.
    age
        Time in which the oldest had been in use.
    """

    devices: tuple[Device, ...]
    status: DeviceStatus
    age: timedelta


@dataclass(frozen=True, slots=True)
class ActingNetwork:
    """The network of the last row before the act."""

    prefix: str
    status: NetworkStatus
    age: timedelta


def nearest_row(at: Moment, rows: Iterable[Sighting]) -> Sighting | None:
    """Give the row nearest to the act, within two days before it or six hours after."""
    near = [row for row in rows if at.utc - NEAR <= row.at < at.ends + _NEAR_AFTER]
    return min(near, key=lambda row: _gap(at, row), default=None)


def _gap(at: Moment, row: Sighting) -> timedelta:
    return at.utc - row.at if row.at < at.ends else row.at - at.utc


def acting_device(at: Moment, client: str | None, graph: Graph) -> ActingDevice | Unclear | None:
    """Find the device that sent the post, and its standing.

    Parameters
    ----------
    at
        Time of the act.
    client
        Program that sent it, if the record names it: only a device of that program can have.
    graph
        The account's devices.

    Returns
    -------
    ActingDevice, str or None
        A reason where it is not clear; ``None`` if no record tells of devices at all.
    """
    if not graph.devices:
        return None
    rows = [row for row in graph.sightings if row.device is not None]
    able = _by_rows(at, rows, graph) if rows else None
    if able is None:
        able = [device for device in graph.devices if _can_have(device, at, client)]
        if rows:
            # Where rows name devices, a device without a row near the act is no more than possible.
            return "no_rows"
    if not able:
        return "no_rows"
    if isinstance(able, str):
        return able
    return _standing(at, able, rows, graph)


def _by_rows(at: Moment, rows: Sequence[Sighting], graph: Graph) -> list[Device] | Unclear | None:
    nearest: dict[str, timedelta] = {}
    for row in rows:
        if row.device is not None and at.utc - NEAR <= row.at < at.ends + _NEAR_AFTER:
            gap = _gap(at, row)
            nearest[row.device] = min(gap, nearest.get(row.device, gap))
    ranked = sorted(nearest, key=lambda key: nearest[key])
    if not ranked:
        return None
    best = graph.device(ranked[0])
    assert best is not None
    if len(ranked) == 1:
        return [best]
    first, second = nearest[ranked[0]], nearest[ranked[1]]
    clear = any(first <= within and second >= first * times + timedelta(minutes=5) for within, times in _CLEARLY)
    return [best] if clear else "unclear"


def _can_have(device: Device, at: Moment, client: str | None) -> bool:
    if device.first >= at.ends or (device.last > device.first and device.last < at.utc):
        return False
    clients = {name.casefold() for name in device.clients}
    return client is None or not clients or client.casefold() in clients


def _standing(at: Moment, able: Sequence[Device], rows: Sequence[Sighting], graph: Graph) -> ActingDevice | Unclear:
    ages = [at.utc - device.first for device in able]
    if min(ages) <= NEW_DEVICE < max(ages):
        return "unclear"
    if max(ages) <= NEW_DEVICE:
        begins = min((row.at for row in graph.sightings), default=None)
        stated = all(device.stated for device in able)
        if not stated and (begins is None or min(device.first for device in able) - begins < NEW_DEVICE):
            return "log_short"
        return ActingDevice(tuple(able), "new", max(ages))
    if min(ages) < KNOWN_DEVICE:
        return "neither"
    habit = [row for row in rows if at.utc - _HABIT <= row.at < at.utc - NEW_DEVICE]
    status: DeviceStatus = "known"
    if len(able) == 1 and len(habit) >= _FEWEST_ROWS:
        share = sum(row.device == able[0].key for row in habit) / len(habit)
        status = "main" if share >= _MAIN_SHARE else "minor"
    if status in {"main", "known"} and not _others_in_use(at, able, graph):
        status = "sole"
    return ActingDevice(tuple(able), status, max(ages))


def _others_in_use(at: Moment, able: Sequence[Device], graph: Graph) -> bool:
    """Whether any other device was in use in the months before the act; where only one is known, nothing tells."""
    keys = {device.key for device in able}
    return len(able) > 1 or any(
        device.key not in keys and device.first < at.utc and device.last >= at.utc - _HABIT for device in graph.devices
    )


def acting_network(at: Moment, device: ActingDevice | None, graph: Graph) -> ActingNetwork | Unclear | None:
    """Find the network of the last row before the act, of the acting device where it is known, and its standing.

    Parameters
    ----------
    at
        Time of the act.
    device
        The acting device, if it is known.
    graph
        The account's networks.
    """
    rows = [row for row in graph.sightings if row.network is not None]
    if not rows:
        return None
    keys = {one.key for one in device.devices} if device else set()
    own = [row for row in rows if row.device in keys] or rows
    row = nearest_row(at, own)
    if row is None or row.network is None:
        return "no_rows"
    network = row.network
    first_seen = next(r.at for r in rows if r.network == network)
    age = at.utc - first_seen
    of_others = (r for r in rows if keys and r.network == network and r.device is not None and r.device not in keys)
    if age >= KNOWN_NETWORK or any(r.at < at.utc for r in of_others):
        return ActingNetwork(network, "known", max(age, timedelta(0)))
    if first_seen - rows[0].at < KNOWN_NETWORK:
        return "log_short"
    if age > NEW_NETWORK:
        return "neither"
    earlier = {r.network for r in rows if r.at < first_seen}
    goes_on = any(r.network in earlier for r in rows if r.at > first_seen)
    return ActingNetwork(network, "new_old_ones_continue" if goes_on else "new", max(age, timedelta(0)))


def aftermath(at: Moment, acting: ActingDevice, graph: Graph) -> Aftermath | None:
    """Say what became of the older devices once a new one had come; ``None`` where the record does not show it.

    A new telephone takes the old one's place and stays; an intruder's device goes when the owner's comes back.
    """
    if acting.status != "new":
        return None
    begun = min(device.first for device in acting.devices)
    ended = max(device.last for device in acting.devices)
    keys = {device.key for device in acting.devices}
    older = [device for device in graph.devices if device.key not in keys and begun - device.first >= KNOWN_DEVICE]
    if not older:
        return None
    last_old = max(device.last for device in older)
    if last_old <= begun + _HANDED_OVER:
        return "replaces" if ended >= at.utc + _GONE else None
    later = sorted(seen for device in older for seen in device.seen if seen > begun)
    if last_old > ended and (not later or later[0] >= ended - _HANDED_OVER):
        return "old_returns"
    between = [seen for seen in later if seen < ended]
    if between or (not later and last_old >= ended):
        return "side_by_side"
    return "old_returns" if last_old > ended else None


def at_once(at: Moment, acting: ActingDevice, graph: Graph) -> Sighting | None:
    """Give a row of another device, from another network, within a quarter of an hour of the acting device's."""
    keys = {device.key for device in acting.devices}
    own = nearest_row(at, (row for row in graph.sightings if row.device in keys))
    if own is None:
        return None
    return next(
        (
            row
            for row in graph.sightings
            if row.device is not None
            and row.device not in keys
            and row.network != own.network
            and None not in {row.network, own.network}
            and abs(row.at - own.at) <= AT_ONCE
        ),
        None,
    )


def credential_changes(at: Moment, graph: Graph) -> tuple[list[Change], list[Change]]:
    """Give the changes of password, e-mail and number that records show before the act and after it."""
    changes = [c for c in graph.changes if c.event is not None and c.event.action in CREDENTIALS]
    before = [c for c in changes if at.utc - CREDENTIAL_WINDOW <= c.at < at.utc]
    after = [c for c in changes if at.ends <= c.at <= at.ends + CREDENTIAL_AFTERMATH]
    return before, after


def changed_by(change: Change, acting: ActingDevice | None, graph: Graph, *, at: datetime) -> By:
    """Say which device made a change, as the account knew it then."""
    device = graph.device(change.device)
    if device is None:
        return "unknown"
    if acting is not None and device.key in {one.key for one in acting.devices}:
        return "acting"
    return "known" if at - device.first >= KNOWN_DEVICE else "new"


def restored(before: Sequence[Change], after: Sequence[Change]) -> bool:
    """Whether what was changed before the act was changed back after it."""
    given = {(c.event.action, c.event.new) for c in before if c.event is not None and c.event.new}
    return any((c.event.action, c.event.old) in given for c in after if c.event is not None and c.event.old)
