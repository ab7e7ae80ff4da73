"""Weigh devices, networks and credentials at the time of an act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from telusur.domain.evidence import Grade
from telusur.domain.moment import Moment
from telusur.domain.record import AccountRecord
from telusur.domain.text import Text
from telusur.domain.when import moment_words, span_words
from telusur.tracing.bearing import Table
from telusur.tracing.item import Abstained, Item
from telusur.tracing.sessions.acting import (
    CREDENTIAL_WINDOW,
    NEAR,
    ActingDevice,
    ActingNetwork,
    acting_network,
    aftermath,
    at_once,
    changed_by,
    credential_changes,
    restored,
)
from telusur.tracing.sessions.networks import is_shared
from telusur.tracing.sessions.values import Change, Graph

_CREDENTIALS = {
    "email_changed": Text("Surel", "e-mail address"),
    "password_changed": Text("Kata sandi", "password"),
    "phone_changed": Text("Nomor telepon", "telephone number"),
}
_WEAK = Text(
    " (alamat bersama operator: banyak orang memakainya)", " (an address that a carrier shares among many people)"
)
_NOTHING = Text("", "")


def weigh(
    at: Moment, found: ActingDevice | str | None, graph: Graph, records: Sequence[AccountRecord], table: Table
) -> Iterator[Item | Abstained]:
    """Weigh devices, networks and credentials at the time of the act.

    Parameters
    ----------
    at
        Time of the act.
    found
        The device that seems to have sent the post, or why it is not clear, from `acting_device`.
    graph
        The account's devices, networks and changes.
    records
        The account's records.
    table
        The weights.
    """
    grade = min((record.grade for record in records), default=Grade.E)
    acting = found if isinstance(found, ActingDevice) else None
    if acting is not None:
        yield from _device(at, acting, graph, records, table)
    elif isinstance(found, str):
        yield _device_unclear(found, at, graph, table)
    network = acting_network(at, acting, graph)
    if isinstance(network, ActingNetwork):
        yield _network(network, graph, grade, table)
    elif isinstance(network, str):
        yield _network_unclear(network, at, graph, table)
    yield from _credentials(at, acting, graph, records, table)


def _device(
    at: Moment, acting: ActingDevice, graph: Graph, records: Sequence[AccountRecord], table: Table
) -> Iterator[Item]:
    names = " / ".join(dict.fromkeys(device.name for device in acting.devices))
    grade = min(device.grade for device in acting.devices)
    yield table.weighed(f"session.{acting.status}_device", grade, device=names, age=span_words(acting.age))
    after = aftermath(at, acting, graph)
    if after == "replaces" and not any(record.kind == "platform_export" for record in records):
        # Whoever exports the account still holds it; a provider's record does not tell who does.
        yield table.weighed("session.device_stays", grade, device=names)
    elif after is not None:
        yield table.weighed(f"session.device_{after}", grade, device=names)
    other = at_once(at, acting, graph)
    if other is not None:
        second = graph.device(other.device)
        yield table.weighed(
            "session.two_at_once",
            min(grade, other.grade),
            device=names,
            other=second.name if second else "?",
            when=moment_words(other.at, at.at.tzinfo),
        )


def _device_unclear(why: str, at: Moment, graph: Graph, table: Table) -> Abstained:
    if why == "neither":
        youngest = max(device.first for device in graph.devices if device.first < at.ends)
        return table.abstain("session", "device_neither", age=span_words(at.utc - youngest))
    if why == "log_short":
        return table.abstain("session", "device_log_short", first=_begins(graph, at))
    return table.abstain("session", "no_device" if why == "no_rows" else "device_unclear")


def _network(network: ActingNetwork, graph: Graph, grade: Grade, table: Table) -> Item:
    rows = [row.grade for row in graph.sightings if row.network == network.prefix]
    weak = _WEAK if is_shared(network.prefix) else _NOTHING
    code = {
        "known": "session.known_network",
        "new": "session.new_network",
        "new_old_ones_continue": "session.new_network_old_ones_continue",
    }[network.status]
    return table.weighed(
        code, min(rows, default=grade), network=network.prefix, age=span_words(network.age), shared=weak
    )


def _network_unclear(why: str, at: Moment, graph: Graph, table: Table) -> Abstained:
    if why == "log_short":
        return table.abstain("session", "login_log_short", first=_begins(graph, at))
    if why == "neither":
        return table.abstain("session", "network_neither")
    return table.abstain("session", "no_login", window=span_words(NEAR))


def _begins(graph: Graph, at: Moment) -> Text:
    return moment_words(min(row.at for row in graph.sightings), at.at.tzinfo)


def _credentials(
    at: Moment, acting: ActingDevice | None, graph: Graph, records: Sequence[AccountRecord], table: Table
) -> Iterator[Item]:
    before, after = credential_changes(at, graph)
    if before:
        by = {"acting": "_by_new" if acting and acting.status == "new" else "_by_known", "new": "_by_new"}
        by["known"] = "_by_known"
        change = _most_telling(before, acting, graph, at.utc)
        suffix = by.get(changed_by(change, acting, graph, at=at.utc), "")
        yield _changed(f"session.credential_changed_before{suffix}", change, at, graph, table)
    else:
        kept = [record for record in records if _tells_of_changes(record, at)]
        if kept:
            grade = min(record.grade for record in kept)
            yield table.weighed("session.credential_unchanged", grade, window=span_words(CREDENTIAL_WINDOW))
    if after:
        change = _most_telling(after, acting, graph, at.utc)
        who = changed_by(change, acting, graph, at=change.at)
        suffix = {"acting": "_by_acting", "known": "_by_other", "new": "_by_other"}.get(who, "")
        yield _changed(f"session.credential_changed_after{suffix}", change, at, graph, table)
    if restored(before, after):
        yield table.weighed("session.credential_restored", min(change.grade for change in after))


def _tells_of_changes(record: AccountRecord, at: Moment) -> bool:
    """Whether a record has a whole log of changes, and tells of the time before the act at all."""
    log = record.log("credentials")
    if log is None or log.file is None or log.complete is False:
        return False
    return any(event.at is not None and event.at < at.utc for event in record.events)


def _most_telling(changes: Sequence[Change], acting: ActingDevice | None, graph: Graph, at: datetime) -> Change:
    """Give the change whose maker is known, the nearest to the act of several."""
    order = {"acting": 0, "new": 1, "known": 2, "unknown": 3}
    return min(changes, key=lambda c: (order[changed_by(c, acting, graph, at=at)], abs(c.at - at)))


def _changed(code: str, change: Change, at: Moment, graph: Graph, table: Table) -> Item:
    event = change.event
    assert event is not None
    device = graph.device(change.device)
    shown = f"{event.old or '?'} → {event.new or '?'}" if event.old or event.new else "?"
    return table.weighed(
        code,
        change.grade,
        credential=_CREDENTIALS[event.action],
        age=span_words(abs(at.utc - change.at)),
        change=shown,
        device=device.name if device else event.user_agent or "?",
    )
