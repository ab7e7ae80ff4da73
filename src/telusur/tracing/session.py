"""Devices, networks and credentials around the act: the records that tell most about a takeover.

A row that is absent is no evidence of absence: long sessions write no new login, and platforms keep such logs for a
short time. Mobile operators share one address among many people (carrier-grade NAT), so that a network says less
than a device.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from telusur.domain.event import Event
from telusur.domain.moment import Moment
from telusur.domain.record import AccountRecord
from telusur.domain.text import Text
from telusur.domain.when import moment_words, span_words
from telusur.tracing.bearing import Table
from telusur.tracing.result import Abstained, Item

#: A device or network first seen this shortly before the act is new.
NEW_DEVICE = timedelta(days=7)
NEW_NETWORK = timedelta(days=3)
#: One in use for this long is known.
KNOWN_DEVICE = timedelta(days=14)
KNOWN_NETWORK = timedelta(days=7)
#: The last login before the act counts only when it is this near.
NEAR_LOGIN = timedelta(hours=48)
#: A takeover changes the credentials in the days before it is used.
CREDENTIAL_WINDOW = timedelta(days=7)
CREDENTIAL_AFTERMATH = timedelta(days=30)

_CREDENTIALS = {
    "email_changed": Text("Surel", "e-mail address"),
    "password_changed": Text("Kata sandi", "password"),
    "phone_changed": Text("Nomor telepon", "telephone number"),
}


def network_of(ip: str) -> str | None:
    """Give the network that an address belongs to: its /24 (IPv4) or /48 (IPv6); ``None`` if it is no address."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return None
    prefix = 24 if address.version == 4 else 48  # noqa: PLR2004 - IP versions
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


def weigh(at: Moment, client: str | None, record: AccountRecord, table: Table) -> Iterator[Item | Abstained]:
    """Weigh devices, networks and credentials at the time of the act.

    Parameters
    ----------
    at
        Time of the act.
    client
        Program that sent the contested post, if the record names it: only a device of that program can have.
    record
        The account's record.
    table
        The weights.
    """
    yield from _device(at, client, record, table)
    yield from _network(at, record, table)
    yield from _credentials(at, record, table)


def _device(at: Moment, client: str | None, record: AccountRecord, table: Table) -> Iterator[Item | Abstained]:
    devices = [e for e in record.of("device_added") if e.at is not None and e.client is not None]
    if not devices:
        return
    able = [
        e
        for e in devices
        if e.at is not None
        and e.at < at.ends
        and (e.until is None or e.until >= at.utc)
        and (client is None or _same(e.client, client))
    ]
    if not able:
        yield table.abstain("session", "no_device")
        return
    ages = [at.utc - e.at for e in able if e.at is not None]
    if min(ages) <= NEW_DEVICE < max(ages):
        yield table.abstain("session", "device_unclear")
        return
    oldest = max(ages)
    device = " / ".join(dict.fromkeys(e.client for e in able if e.client))
    if oldest <= NEW_DEVICE:
        yield table.elicited("session.new_device", record.grade, device=device, age=span_words(oldest))
    elif min(ages) >= KNOWN_DEVICE:
        yield table.elicited("session.known_device", record.grade, device=device, age=span_words(oldest))
    else:
        yield table.abstain("session", "device_neither", age=span_words(min(ages)))


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.casefold() == other.casefold()


@dataclass(frozen=True, slots=True)
class _Login:
    at: datetime
    network: str


def _logins(record: AccountRecord) -> list[_Login]:
    rows = [(e.at, network_of(e.ip)) for e in record.of("login") if e.at is not None and e.ip is not None]
    return sorted((_Login(at, net) for at, net in rows if net is not None), key=lambda login: login.at)


def _network(at: Moment, record: AccountRecord, table: Table) -> Iterator[Item | Abstained]:
    logins = _logins(record)
    if not logins:
        return
    before = [login for login in logins if login.at < at.ends]
    if not before or at.utc - before[-1].at > NEAR_LOGIN:
        yield table.abstain("session", "no_login", window=span_words(NEAR_LOGIN))
        return
    network = before[-1].network
    first_seen = next(login.at for login in logins if login.network == network)
    age = at.utc - first_seen
    if age >= KNOWN_NETWORK:
        yield table.elicited("session.known_network", record.grade, network=network, age=span_words(age))
        return
    if first_seen - logins[0].at < KNOWN_NETWORK:
        yield table.abstain("session", "login_log_short", first=moment_words(logins[0].at, at.at.tzinfo))
        return
    if age > NEW_NETWORK:
        yield table.abstain("session", "network_neither", age=span_words(age))
        return
    known = {login.network for login in before if login.at < first_seen}
    later = [login for login in logins if login.at > first_seen and login.network != network]
    if any(login.network in known for login in later):
        yield table.elicited(
            "session.new_network_old_ones_continue", record.grade, network=network, age=span_words(age)
        )
        return
    silence = Text("; jaringan lama tidak terlihat lagi", "; the old networks are not seen again")
    yield table.elicited("session.new_network", record.grade, network=network, age=span_words(age), silence=silence)


def _credentials(at: Moment, record: AccountRecord, table: Table) -> Iterator[Item]:
    changes = [e for e in record.events if e.action in _CREDENTIALS and e.at is not None]
    before = [e for e in changes if e.at is not None and at.utc - CREDENTIAL_WINDOW <= e.at < at.utc]
    after = [e for e in changes if e.at is not None and at.ends <= e.at <= at.ends + CREDENTIAL_AFTERMATH]
    if before:
        yield _changed("session.credential_changed_before", before[-1], at, record, table)
    elif (log := record.log("credentials")) is not None and log.file is not None and log.complete is not False:
        yield table.elicited("session.credential_unchanged", record.grade, window=span_words(CREDENTIAL_WINDOW))
    if after:
        yield _changed("session.credential_changed_after", after[0], at, record, table)


def _changed(code: str, event: Event, at: Moment, record: AccountRecord, table: Table) -> Item:
    moment = event.at if event.at is not None else at.utc
    gap = span_words(abs(at.utc - moment))
    change = f"{event.old or '?'} → {event.new or '?'}"
    return table.elicited(code, record.grade, credential=_CREDENTIALS[event.action], age=gap, change=change)
