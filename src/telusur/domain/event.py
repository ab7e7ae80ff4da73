"""What a record says happened on an account: one stream of events for every platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Action = Literal[
    "post",
    "deleted_post",
    "comment",
    "like",
    "share",
    "message",
    "group_joined",
    "login",
    "logout",
    "session_seen",
    "device_added",
    "device_seen",
    "password_changed",
    "email_changed",
    "phone_changed",
    "handle_changed",
    "app_connected",
    "account_created",
    "recovery_requested",
    "recovered",
]

#: How sure the time is: stated with its zone; stated without one and read by the platform's documented habit;
#: stated without one and read in the zone of the case; only known to be no earlier; or not stated.
Certainty = Literal["exact", "zone_documented", "zone_assumed", "lower_bound", "none"]


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where a record stands, so that anybody can look it up.

    Parameters
    ----------
    file
        Name within the export.
    offset
        Bytes from the start of that file to the record.
    sha256
        Lower-case hex hash of the record's bytes.
    """

    file: str
    offset: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on an account, as a record tells it.

    Parameters
    ----------
    action
        What happened.
    at
        When, in UTC; ``None`` where the record does not say.
    written
        The time as the record wrote it.
    certainty
        How sure `at` is.
    source
        Where the record stands.
    object_id
        Identifier of the post or the like's target.
    text
        What a post says.
    client
        Program that made it, as the platform names it.
    device
        Identifier of the device or of its lasting cookie; by hash where it is a key to the account.
    ip
        Network address.
    user_agent
        What the program called itself.
    old, new
        Before and after, for a change; `new` also names a connected application.
    until
        Last time seen in UTC, for a device; when it was deleted, for a deleted post (`at` is when it was posted).
    permissions
        What a connected application may do.
    model
        Make and model of the device, as the record names it.
    place
        Where the platform takes the network address to be; not where the device was.
    """

    action: Action
    at: datetime | None
    written: str
    certainty: Certainty
    source: SourceRef
    object_id: str | None = None
    text: str | None = None
    client: str | None = None
    device: str | None = None
    ip: str | None = None
    user_agent: str | None = None
    old: str | None = None
    new: str | None = None
    until: datetime | None = None
    permissions: tuple[str, ...] = ()
    model: str | None = None
    place: str | None = None
