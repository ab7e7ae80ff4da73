"""What each kind of record of an X archive says, as events.

Field names: RLEAPP's X parsers (MIT), the schema notes of the twitter-archive project, and archives of 2018 to 2024.
Numbers may be written as strings; records stand with or without their wrapping key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from telusur.domain.event import Certainty
from telusur.domain.record import LogName
from telusur.domain.snowflake import snowflake_time
from telusur.domain.text import Text
from telusur.exports.masks import masked_email, masked_phone, named_by_hash
from telusur.exports.unusable import Unusable
from telusur.exports.x_archive.times import NoTime, read_time

_IDENTIFIER: Final = re.compile(r"\d{1,20}", re.ASCII)
_LINK: Final = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_ADDRESS: Final = re.compile(r"[0-9A-Fa-f:.]{2,45}")

Fields = dict[str, Any]


class BadRecord(Unusable):
    """A record without the fields that its kind must have; the text says which."""


@dataclass(slots=True)
class Remarks:
    """What is odd about a record that was read all the same."""

    said: list[Text]

    def add(self, indonesian: str, english: str) -> None:
        """Remember one."""
        self.said.append(Text(indonesian, english))


Reader = Callable[[Mapping[str, Any], Remarks], Iterator[Fields]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file of the archive.

    Parameters
    ----------
    log
        The log that its records belong to.
    wrapper
        Key that a record may be wrapped in.
    read
        Gives the fields of the events of one record.
    """

    log: LogName
    wrapper: str
    read: Reader


def _text(record: Mapping[str, Any], key: str) -> str | None:
    """Give a field's words; a number is taken as its digits."""
    found = record.get(key)
    if found is None or isinstance(found, str):
        return found or None
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    raise BadRecord(Text(f"{key} bukan teks", f"its {key} is no text"))


def _needed(record: Mapping[str, Any], *keys: str) -> str:
    for key in keys:
        found = _text(record, key)
        if found is not None:
            return found
    raise BadRecord(Text(f"tidak ada {' atau '.join(keys)}", f"it has no {' or '.join(keys)}"))


def _identifier(record: Mapping[str, Any], *keys: str) -> str:
    found = _needed(record, *keys)
    if not _IDENTIFIER.fullmatch(found):
        raise BadRecord(
            Text(f"{keys[0]} bukan nomor pengenal: {found[:40]!r}", f"its {keys[0]} is no identifier: {found[:40]!r}")
        )
    return found


def _time(record: Mapping[str, Any], key: str, remarks: Remarks) -> tuple[datetime | None, str, Certainty]:
    """Give a time, the words it was written in, and how sure it is; one that cannot be read is remarked on."""
    written = _text(record, key)
    if written is None:
        remarks.add(f"tidak ada {key}", f"it has no {key}")
        return None, "", "none"
    try:
        at, certainty = read_time(written)
    except NoTime as error:
        remarks.add(f"{key} tidak dapat dipakai: {error.why.id}", f"its {key} could not be used: {error.why.en}")
        return None, written[:80], "none"
    if certainty == "zone_documented":
        remarks.add(
            f"{key} tidak menyebut zona waktu; X menulis dalam UTC, dan dibaca demikian",
            f"its {key} states no zone; X writes UTC, and it was read so",
        )
    return at, written, certainty


def _when(record: Mapping[str, Any], key: str, remarks: Remarks) -> Fields:
    at, written, certainty = _time(record, key, remarks)
    return {"at": at, "written": written, "certainty": certainty}


def _until(record: Mapping[str, Any], key: str, remarks: Remarks) -> datetime | None:
    return _time(record, key, remarks)[0] if record.get(key) else None


def _address(record: Mapping[str, Any], key: str, remarks: Remarks) -> str | None:
    found = _text(record, key)
    if found is not None and not _ADDRESS.fullmatch(found):
        remarks.add(
            f"{key} bukan alamat jaringan; tidak diikutkan", f"its {key} is no network address; it was left out"
        )
        return None
    return found


def plain(text: str) -> str:
    """Undo the three escapes that X writes into a post's text."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def client_of(source: str) -> str | None:
    """Give the program's name out of the link that X writes: ``<a href="...">Twitter for Android</a>``."""
    found = _LINK.search(source)
    return plain(found[1] if found else source).strip() or None


def _post(record: Mapping[str, Any], remarks: Remarks) -> Fields:
    identifier = _identifier(record, "id_str", "id")
    other = _text(record, "id")
    if other is not None and other != identifier:
        remarks.add("id dan id_str berbeda; yang dipakai id_str", "its id and id_str differ; id_str was taken")
    return {
        "action": "post",
        **_when(record, "created_at", remarks),
        "object_id": identifier,
        "text": plain(_needed(record, "full_text", "text")),
        "client": client_of(_text(record, "source") or ""),
    }


def _posts(record: Mapping[str, Any], remarks: Remarks) -> Iterator[Fields]:
    yield _post(record, remarks)


def _deleted_posts(record: Mapping[str, Any], remarks: Remarks) -> Iterator[Fields]:
    yield _post(record, remarks) | {"action": "deleted_post", "until": _until(record, "deleted_at", remarks)}


def _likes(record: Mapping[str, Any], _remarks: Remarks) -> Iterator[Fields]:
    target = _identifier(record, "tweetId")
    text = _text(record, "fullText")
    at = snowflake_time(target)
    yield {
        "action": "like",
        # Nobody likes a post before it exists: the post's own time is all that the archive knows.
        "at": at,
        "written": "",
        "certainty": "lower_bound" if at else "none",
        "object_id": target,
        "text": None if text is None else plain(text),
    }


def _logins(record: Mapping[str, Any], remarks: Remarks) -> Iterator[Fields]:
    _needed(record, "createdAt")
    yield {"action": "login", **_when(record, "createdAt", remarks), "ip": _address(record, "loginIp", remarks)}


def _tokens(record: Mapping[str, Any], remarks: Remarks) -> Iterator[Fields]:
    yield {
        "action": "device_added",
        **_when(record, "createdAt", remarks),
        "until": _until(record, "lastSeenAt", remarks),
        "client": _text(record, "clientApplicationName"),
        "device": named_by_hash(_needed(record, "token")),
    }


def _registered(record: Mapping[str, Any], remarks: Remarks) -> Iterator[Fields]:
    holder = record.get("registeredDevices")
    devices = holder.get("deviceMetadataList") if isinstance(holder, Mapping) else None
    if not isinstance(devices, list):
        raise BadRecord(
            Text("tidak ada registeredDevices.deviceMetadataList", "it has no registeredDevices.deviceMetadataList")
        )
    for device in devices:
        if not isinstance(device, Mapping):
            remarks.add(
                "satu perangkat di dalamnya bukan catatan; dilewati", "a device in it is no record; it was skipped"
            )
            continue
        yield {
            "action": "device_added",
            **_when(device, "createdAt", remarks),
            "device": _needed(device, "deviceId"),
            "user_agent": _text(device, "userAgent"),
        }


def _telephones(record: Mapping[str, Any], remarks: Remarks) -> Iterator[Fields]:
    number = record.get("messagingDevice", record)
    if isinstance(record.get("pushDevice"), Mapping):
        device = record["pushDevice"]
        yield {
            "action": "device_added",
            **_when(device, "createdDate", remarks),
            "device": named_by_hash(_needed(device, "token")),
            "client": _text(device, "deviceType"),
        }
        return
    if not isinstance(number, Mapping):
        raise BadRecord(Text("messagingDevice bukan catatan", "its messagingDevice is no record"))
    yield {
        "action": "phone_changed",
        **_when(number, "createdDate", remarks),
        "new": masked_phone(_needed(number, "phoneNumber")),
    }


def _accounts(record: Mapping[str, Any], remarks: Remarks) -> Iterator[Fields]:
    _identifier(record, "accountId")
    yield {"action": "account_created", **_when(record, "createdAt", remarks), "client": _text(record, "createdVia")}


def _creation_addresses(record: Mapping[str, Any], remarks: Remarks) -> Iterator[Fields]:
    yield {
        "action": "account_created",
        "at": None,
        "written": "",
        "certainty": "none",
        "ip": _address(record, "userCreationIp", remarks),
    }


def _time_zones(record: Mapping[str, Any], _remarks: Remarks) -> Iterator[Fields]:
    # It is no event; the reader takes it for the account.
    _needed(record, "timeZone")
    yield from ()


def _change(record: Mapping[str, Any], inner: str) -> Mapping[str, Any]:
    found = record.get(inner, record)
    if not isinstance(found, Mapping):
        raise BadRecord(Text(f"{inner} bukan catatan", f"its {inner} is no record"))
    return found


def _emails(record: Mapping[str, Any], remarks: Remarks) -> Iterator[Fields]:
    change = _change(record, "emailChange")
    old, new = _text(change, "changedFrom"), _text(change, "changedTo")
    yield {
        "action": "email_changed",
        **_when(change, "changedAt", remarks),
        "old": masked_email(old) if old else None,
        "new": masked_email(new) if new else None,
    }


def _handles(record: Mapping[str, Any], remarks: Remarks) -> Iterator[Fields]:
    change = _change(record, "screenNameChange")
    yield {
        "action": "handle_changed",
        **_when(change, "changedAt", remarks),
        "old": _text(change, "changedFrom"),
        "new": _needed(change, "changedTo"),
    }


def _applications(record: Mapping[str, Any], remarks: Remarks) -> Iterator[Fields]:
    permissions = record.get("permissions", [])
    if not isinstance(permissions, list) or not all(isinstance(one, str) for one in permissions):
        raise BadRecord(Text("permissions bukan daftar kata", "its permissions are no list of words"))
    yield {
        "action": "app_connected",
        **_when(record, "approvedAt", remarks),
        "new": _needed(record, "name"),
        "permissions": tuple(permissions),
    }


_POSTS: Final = Kind("posts", "tweet", _posts)
_DELETED: Final = Kind("deleted_posts", "tweet", _deleted_posts)

#: The files that are read, by the name that they give themselves. Whatever is not here is not opened.
KINDS: Final[Mapping[str, Kind]] = {
    "account": Kind("account", "account", _accounts),
    "account_creation_ip": Kind("account", "accountCreationIp", _creation_addresses),
    "account_timezone": Kind("account", "accountTimezone", _time_zones),
    "tweets": _POSTS,
    "tweet": _POSTS,
    "community_tweet": _POSTS,
    "deleted_tweets": _DELETED,
    "deleted_tweet": _DELETED,
    "like": Kind("likes", "like", _likes),
    "ip_audit": Kind("logins", "ipAudit", _logins),
    "device_token": Kind("devices", "deviceToken", _tokens),
    "key_registry": Kind("devices", "keyRegistryData", _registered),
    "ni_devices": Kind("credentials", "niDeviceResponse", _telephones),
    "email_address_change": Kind("credentials", "emailAddressChange", _emails),
    "screen_name_change": Kind("handles", "screenNameChange", _handles),
    "connected_application": Kind("apps", "connectedApplication", _applications),
}


def unwrapped(value: object, kind: Kind) -> Mapping[str, Any]:
    """Give the record proper, whether it stands in its wrapping key or not.

    Raises
    ------
    BadRecord
        If it is no record.
    """
    if isinstance(value, Mapping) and len(value) == 1 and kind.wrapper in value:
        value = value[kind.wrapper]
    if not isinstance(value, Mapping):
        raise BadRecord(Text("bukan catatan jenis ini", "it is no record of this kind"))
    return value
