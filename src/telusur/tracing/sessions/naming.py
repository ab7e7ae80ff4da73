"""Which device a row is about, where registers name devices differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from telusur.domain.event import Event

#: An identifier of a known model that begins within this time of the earlier one's end goes on with it.
_REINSTALLED: Final = timedelta(days=2)


class Names:
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
