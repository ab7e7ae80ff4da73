"""What each kind of record of a Facebook export says, as events.

Field names: RLEAPP's parsers (MIT), published schema notes, exports of 2020 to 2024, with and without ``_v2``. Titles
and the words of actions are in the language of whoever asked for the export.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final

from telusur.domain.event import Action
from telusur.domain.text import Text
from telusur.exports.agents import is_agent, model_of
from telusur.exports.masks import named_by_hash
from telusur.exports.meta.rows import (
    BadRecord,
    Fields,
    Kind,
    Reader,
    Record,
    Remarks,
    exact,
    listed,
    masked,
    text_of,
    when,
)
from telusur.exports.meta.words import changed, is_idle, session_action
from telusur.exports.shapes import epoch, is_address, is_identifier

#: Few cookies stand in many rows.
_named = lru_cache(maxsize=4_096)(named_by_hash)
_TIMES: Final = ("timestamp", "created_timestamp", "creation_timestamp")


def _session(record: Record) -> Fields:
    """Give what a row says of the device and network, whatever else it is about."""
    agent = text_of(record.get("user_agent"))
    cookie = text_of(record.get("datr_cookie"))
    ip = record.get("ip_address") or record.get("ip") or record.get("IP")
    parts = [text_of(record.get("city")), text_of(record.get("region")), text_of(record.get("country"))]
    parts.append(text_of(record.get("location")))
    model = model_of(agent) if agent else None
    return {
        # A cookie whose middle is starred out still is the same for the same device.
        "device": _named(cookie) if cookie else None,
        "ip": ip if is_address(ip) else None,
        "user_agent": agent,
        "model": model or text_of(record.get("device")) or text_of(record.get("name")),
        "place": ", ".join(part for part in parts if part) or None,
    }


def _address(record: Record, remarks: Remarks) -> None:
    written = record.get("ip_address") or record.get("ip") or record.get("IP")
    if written and not is_address(written):
        remarks.add("alamatnya bukan alamat jaringan; tidak diikutkan", "its address is none; it was left out")


def _activity(record: Record, remarks: Remarks) -> Iterator[Fields]:
    words = text_of(record.get("action")) or ""
    _address(record, remarks)
    yield {"action": session_action(words) or "session_seen", **when(record, remarks, *_TIMES), **_session(record)}


def _device(record: Record, remarks: Remarks) -> Iterator[Fields]:
    _address(record, remarks)
    last = next((key for key in ("updated_timestamp", "last_active_timestamp", "update_time") if record.get(key)), "")
    until = epoch(record.get(last))
    if until is not None and not any(epoch(record.get(key)) for key in _TIMES):
        yield {"action": "device_seen", **exact(until, record.get(last)), **_session(record)}
        return
    begun = when(record, remarks, "created_timestamp", "creation_timestamp", "timestamp")
    if until is not None and begun["at"] is not None and until < begun["at"]:
        remarks.add("terakhir terlihat sebelum pertama terlihat", "it was last seen before it was first seen")
        until = None
    yield {"action": "device_added", **begun, "until": until, **_session(record)}


def _telephone(record: Record, remarks: Remarks) -> Iterator[Fields]:
    identifier = text_of(record.get("device_id"))
    yield {
        "action": "device_seen",
        **when(record, remarks, "update_time", "updated_timestamp", "timestamp"),
        "device": _named(identifier) if identifier else None,
        "model": text_of(record.get("type")),
    }


def _change(record: Record, remarks: Remarks) -> Iterator[Fields]:
    session = record.get("session")
    session = session if isinstance(session, Mapping) else {}
    extra = record.get("extra_info")
    extra = {str(key): text_of(value) for key, value in extra.items()} if isinstance(extra, Mapping) else {}
    event = text_of(record.get("event")) or ""
    # The keys of old and new values are never translated; the words of the event are.
    keys = " ".join(key.replace("_", " ") for key, value in extra.items() if value)
    action = changed(keys) or changed(event)
    if action is None:
        if not is_idle(event) and not keys:
            shown = event[:60]
            remarks.add(
                f"peristiwa {shown!r} tidak dikenal; tidak dipakai", f"its event {shown!r} is not known; not used"
            )
        return
    at = when({**record, **session}, remarks, "timestamp", "created_timestamp")
    old = next((value for key, value in extra.items() if key.startswith("old") and value), None)
    new = next((value for key, value in extra.items() if key.startswith("new") and value), None)
    yield {"action": action, **at, **_session(session), "old": masked(action, old), "new": masked(action, new)}


def _application(record: Record, remarks: Remarks) -> Iterator[Fields]:
    name = text_of(record.get("name"))
    if name is None:
        raise BadRecord(Text("tidak ada name", "it has no name"))
    yield {
        "action": "app_connected",
        **when(record, remarks, "added_timestamp", "timestamp", "time_added"),
        "new": name,
        "until": epoch(record.get("removed_timestamp")),
    }


def _content(default: Action) -> Reader:
    """Read a post, share, comment or reaction, told apart by its parts; `default` is what the file is about."""

    def read(record: Record, remarks: Remarks) -> Iterator[Fields]:
        if isinstance(record.get("label_values"), list):
            yield from _labelled(default, record, remarks)
            return
        data = listed(record.get("data"))
        comments = [part["comment"] for part in data if isinstance(part.get("comment"), Mapping)]
        at = when(record, remarks, *_TIMES)
        if comments or default == "comment":
            words = next((words for one in comments if (words := text_of(one.get("comment")))), None)
            yield {"action": "comment", **at, "text": words}
        elif any("reaction" in part for part in data) or default == "like":
            yield {"action": "like", **at, "text": text_of(record.get("title")) or text_of(record.get("name"))}
        elif default == "group_joined":
            yield {"action": "group_joined", **at, "text": text_of(record.get("title")) or _name_in(data)}
        else:
            yield _post(record, data, at)

    return read


def _name_in(data: list[Record]) -> str | None:
    return next((name for part in data if (name := text_of(part.get("name")))), None)


def _post(record: Record, data: list[Record], at: Fields) -> Fields:
    """Give a post; one without words of its own that passes on another page is a share."""
    inner = [part for one in listed(record.get("attachments")) for part in listed(one.get("data"))]
    links = [part["external_context"] for part in inner if isinstance(part.get("external_context"), Mapping)]
    url = next((url for link in links if (url := text_of(link.get("url")))), None)
    words = [text_of(part.get("post")) for part in data]
    if not any(words):
        media = [part["media"] for part in inner if isinstance(part.get("media"), Mapping)]
        words = [text_of(one.get("description")) for one in media]
    text = "\n".join(dict.fromkeys(word for word in words if word)) or None
    action: Action = "share" if text is None and url is not None else "post"
    return {"action": action, **at, "text": text, "object_id": text_of(record.get("fbid")) or url}


def _values(record: Record) -> tuple[list[str], list[datetime]]:
    """Give the words and times of a record of labels, in order."""
    words: list[str] = []
    times: list[datetime] = []
    for part in listed(record.get("label_values")):
        at = epoch(part.get("timestamp_value"))
        if at is not None:
            times.append(at)
        words += [word for key in ("value", "href") if (word := text_of(part.get(key)))]
    return list(dict.fromkeys(words)), times


def _labelled(action: Action, record: Record, remarks: Remarks) -> Iterator[Fields]:
    words, times = _values(record)
    at = when(record, remarks, *_TIMES) if not times or record.get("timestamp") else exact(times[0], times[0])
    url = next((word for word in words if word.startswith(("http://", "https://"))), None)
    own = [word for word in words if not word.startswith(("http://", "https://"))]
    text = None if action == "like" else max(own, key=len, default=None)
    yield {"action": action, **at, "text": text, "object_id": text_of(record.get("fbid")) or url}


def _labelled_session(record: Record, remarks: Remarks) -> Iterator[Fields]:
    """Read a row of a security file of labels: only what its values' shapes say."""
    words, times = _values(record)
    ip = next((word for word in words if is_address(word)), None)
    agent = next((word for word in words if is_agent(word)), None)
    cookie = next((word for word in words if is_identifier(word) and word not in (ip, agent)), None)
    if ip is None and agent is None and cookie is None:
        # Nothing about a session stands in it.
        return
    stamp = epoch(record.get("timestamp"))
    times = sorted([*times, *([stamp] if stamp else [])])
    at = exact(times[0], times[0].isoformat()) if times else when(record, remarks, "timestamp")
    yield {
        "action": "device_added" if len(times) > 1 else "session_seen",
        **at,
        "until": times[-1] if len(times) > 1 else None,
        "device": _named(cookie) if cookie else None,
        "ip": ip,
        "user_agent": agent,
        "model": model_of(agent) if agent else None,
    }


def _profile(record: Record, _remarks: Remarks) -> Iterator[Fields]:
    at = epoch(record.get("registration_timestamp"))
    if at is not None:
        yield {"action": "account_created", **exact(at, record["registration_timestamp"])}


_POSTS: Final = Kind("posts", _content("post"))
_COMMENTS: Final = Kind("comments", _content("comment"))
_LIKES: Final = Kind("likes", _content("like"))
_DEVICES: Final = Kind("devices", _device)

#: By root key without its generation. The order is that of reading: fuller logs after those that repeat them.
KINDS: Final[Mapping[str, Kind]] = {
    "profile": Kind("account", _profile),
    "profile_information": Kind("account", _profile),
    "account_accesses": Kind("logins", _activity),
    "used_ip_address": Kind("logins", _activity),
    "used_ip_addresses": Kind("logins", _activity),
    "account_activity": Kind("sessions", _activity),
    "labelled_sessions": Kind("sessions", _labelled_session),
    "active_sessions": _DEVICES,
    "recognized_devices": _DEVICES,
    "authorized_logins": _DEVICES,
    "login_protection_data": _DEVICES,
    "devices": Kind("devices", _telephone),
    "admin_records": Kind("credentials", _change),
    "administrative_records": Kind("credentials", _change),
    "installed_apps": Kind("apps", _application),
    "connected_apps": Kind("apps", _application),
    "posts": _POSTS,
    "status_updates": _POSTS,
    "group_posts": _POSTS,
    "app_posts": _POSTS,
    "archive": _POSTS,
    "comments": _COMMENTS,
    "group_comments": _COMMENTS,
    "reactions": _LIKES,
    "page_likes": _LIKES,
    "groups_joined": Kind("groups", _content("group_joined")),
}
#: Root keys whose rows `account_activity` repeats.
REPEATED: Final = frozenset({"account_accesses", "used_ip_address", "used_ip_addresses"})
