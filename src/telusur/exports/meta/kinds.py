"""What each kind of record of a Facebook or Instagram export says, as events.

Field names: RLEAPP's parsers (MIT), published schema notes, exports of 2020 to 2024. Labels of Instagram's
``string_map_data`` are in the language of whoever asked for the export, so that values are known by their shapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from telusur.domain.event import Action
from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.exports.agents import is_agent, model_of
from telusur.exports.masks import masked_email, masked_phone, named_by_hash
from telusur.exports.mojibake import mended
from telusur.exports.shapes import epoch, is_address, is_email, is_identifier, is_phone, iso
from telusur.exports.unusable import Unusable

Fields = dict[str, Any]
Record = Mapping[str, Any]
Reader = Callable[[Record], Iterator[Fields]]

_VERSION: Final = re.compile(r"_v\d+$")
_LOGIN: Final = re.compile(r"log ?-?in|masuk|sign ?-?in", re.IGNORECASE)
_LOGOUT: Final = re.compile(r"log ?-?out|keluar|sign ?-?out", re.IGNORECASE)
_CHANGED: Final[tuple[tuple[re.Pattern[str], Action], ...]] = (
    (re.compile(r"pass ?word|sandi", re.IGNORECASE), "password_changed"),
    (re.compile(r"e-?mail|surel", re.IGNORECASE), "email_changed"),
    (re.compile(r"phone|telepon|nomor|mobile|ponsel", re.IGNORECASE), "phone_changed"),
    (re.compile(r"vanity|user ?name|nama pengguna", re.IGNORECASE), "handle_changed"),
)


class BadRecord(Unusable):
    """A record without what its kind must have; the text says which."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: the log it belongs to, and what it says."""

    log: LogName
    read: Reader


def root_of(key: str) -> str:
    """Give a root key without its generation: ``account_activity`` for ``account_activity_v2``."""
    return _VERSION.sub("", key)


def text_of(value: object) -> str | None:
    """Give a text, mended; ``None`` for anything else or an empty one."""
    return mended(value) or None if isinstance(value, str) else None


def _when(record: Record, *keys: str) -> Fields:
    for key in keys:
        at = epoch(record.get(key))
        if at is not None:
            return {"at": at, "written": str(record[key]), "certainty": "exact"}
    found = next((record[key] for key in keys if key in record), None)
    if found is None:
        raise BadRecord(Text(f"tidak ada {keys[0]}", f"it has no {keys[0]}"))
    raise BadRecord(
        Text(f"{keys[0]} bukan waktu: {str(found)[:40]!r}", f"its {keys[0]} is no time: {str(found)[:40]!r}")
    )


def _session(record: Record) -> Fields:
    """Give what a row says of the device and network, whatever else it is about."""
    agent = text_of(record.get("user_agent"))
    cookie = text_of(record.get("datr_cookie"))
    ip = next((record[key] for key in ("ip_address", "ip", "IP") if is_address(record.get(key))), None)
    named = text_of(record.get("device")) or text_of(record.get("name"))
    place = ", ".join(p for key in ("city", "region", "country", "location") if (p := text_of(record.get(key))))
    return {
        "device": named_by_hash(cookie) if cookie and "*" not in cookie else None,
        "ip": ip,
        "user_agent": agent,
        "model": (model_of(agent) if agent else None) or named,
        "place": place or None,
    }


def _activity(record: Record) -> Iterator[Fields]:
    words = text_of(record.get("action")) or ""
    action: Action = "session_seen"
    if _LOGOUT.search(words):
        action = "logout"
    elif _LOGIN.search(words):
        action = "login"
    yield {"action": action, **_when(record, "timestamp", "created_timestamp"), **_session(record)}


def _device(record: Record) -> Iterator[Fields]:
    until = epoch(record.get("updated_timestamp")) or epoch(record.get("last_active_timestamp"))
    yield {
        "action": "device_added",
        **_when(record, "created_timestamp", "creation_timestamp"),
        "until": until,
        **_session(record),
    }


def _telephone(record: Record) -> Iterator[Fields]:
    identifier = text_of(record.get("device_id"))
    yield {
        "action": "device_seen",
        **_when(record, "update_time", "updated_timestamp"),
        "device": named_by_hash(identifier) if identifier else None,
        "model": text_of(record.get("type")),
    }


def _change(record: Record) -> Iterator[Fields]:
    session = record.get("session")
    session = session if isinstance(session, Mapping) else {}
    extra = record.get("extra_info")
    extra = {k: text_of(v) for k, v in extra.items()} if isinstance(extra, Mapping) else {}
    words = " ".join(filter(None, [text_of(record.get("event")), *extra]))
    action = next((name for sign, name in _CHANGED if sign.search(words)), None)
    if action is None:
        # A checkpoint, a change of name: no change of what opens the account.
        return
    when = _when({**record, **session}, "created_timestamp", "timestamp")
    old = next((v for k, v in extra.items() if k.startswith("old") and v), None)
    new = next((v for k, v in extra.items() if k.startswith("new") and v), None)
    yield {"action": action, **when, **_session(session), "old": _masked(action, old), "new": _masked(action, new)}


def _masked(action: Action, value: str | None) -> str | None:
    if value is None or action == "password_changed":
        return None
    if action == "email_changed":
        return masked_email(value)
    return masked_phone(value) if action == "phone_changed" else value


def _application(record: Record) -> Iterator[Fields]:
    name = text_of(record.get("name"))
    if name is None:
        raise BadRecord(Text("tidak ada name", "it has no name"))
    yield {"action": "app_connected", **_when(record, "added_timestamp", "timestamp"), "new": name}


def _post(record: Record) -> Iterator[Fields]:
    yield {"action": "post", **_when(record, "timestamp"), "text": _post_text(record)}


def _post_text(record: Record) -> str | None:
    data = record.get("data")
    parts = [text_of(part.get("post")) for part in data if isinstance(part, Mapping)] if isinstance(data, list) else []
    if not any(parts):
        attached = record.get("attachments")
        for one in attached if isinstance(attached, list) else []:
            inner = one.get("data") if isinstance(one, Mapping) else None
            media = [p.get("media") for p in inner if isinstance(p, Mapping)] if isinstance(inner, list) else []
            parts += [text_of(m.get("description")) for m in media if isinstance(m, Mapping)]
    return "\n".join(dict.fromkeys(part for part in parts if part)) or None


def _comment(record: Record) -> Iterator[Fields]:
    data = record.get("data")
    inner = [p.get("comment") for p in data if isinstance(p, Mapping)] if isinstance(data, list) else []
    words = next((text_of(c.get("comment")) for c in inner if isinstance(c, Mapping)), None)
    yield {"action": "comment", **_when(record, "timestamp"), "text": words}


def _reaction(record: Record) -> Iterator[Fields]:
    yield {"action": "like", **_when(record, "timestamp")}


def _group(record: Record) -> Iterator[Fields]:
    yield {"action": "group_joined", **_when(record, "timestamp"), "text": text_of(record.get("title"))}


def _profile(record: Record) -> Iterator[Fields]:
    at = epoch(record.get("registration_timestamp"))
    if at is not None:
        written = str(record["registration_timestamp"])
        yield {"action": "account_created", "at": at, "written": written, "certainty": "exact"}


# ---- Instagram ----


def _map(record: Record) -> list[tuple[str, object, object]]:
    """Give label, value and timestamp of each part of a record."""
    holder = record.get("string_map_data")
    if isinstance(holder, Mapping):
        parts = [(mended(str(label)), part) for label, part in holder.items()]
    else:
        listed = record.get("string_list_data")
        parts = [("", part) for part in listed] if isinstance(listed, list) else []
    return [
        (label, text_of(part.get("value")), part.get("timestamp")) for label, part in parts if isinstance(part, Mapping)
    ]


def _moment(record: Record) -> Fields:
    parts = _map(record)
    for _, _, stamp in parts:
        at = epoch(stamp)
        if at is not None:
            return {"at": at, "written": str(stamp), "certainty": "exact"}
    for words in (record.get("title"), *(value for _, value, _ in parts)):
        at = iso(words)
        if at is not None:
            return {"at": at, "written": str(words), "certainty": "exact"}
    raise BadRecord(Text("tidak ada waktu di dalamnya", "there is no time in it"))


def _parts(record: Record) -> Fields:
    """Give device and network of a row, each known by its shape."""
    fields: Fields = {"device": None, "ip": None, "user_agent": None, "model": None}
    for _, value, _ in _map(record):
        if not isinstance(value, str):
            continue
        if is_address(value):
            fields["ip"] = value
        elif is_agent(value):
            fields["user_agent"], fields["model"] = value, model_of(value)
        elif is_identifier(value) and fields["device"] is None:
            fields["device"] = named_by_hash(value)
    return fields


def _instagram(action: Action) -> Reader:
    def read(record: Record) -> Iterator[Fields]:
        yield {"action": action, **_moment(record), **_parts(record)}

    return read


def _instagram_device(record: Record) -> Iterator[Fields]:
    # The identifier in this list is another one than the cookie of the logins; the program's own name joins them.
    yield {"action": "device_seen", **_moment(record), **_parts(record), "device": None}


def _instagram_change(record: Record) -> Iterator[Fields]:
    values = [value for _, value, _ in _map(record) if isinstance(value, str)]
    emails = [value for value in values if is_email(value)]
    phones = [value for value in values if is_phone(value)]
    words = " ".join(value for value in values if value not in (*emails, *phones))
    if emails:
        old, new = (emails[0], emails[-1]) if len(emails) > 1 else (None, emails[0])
        masks = masked_email(old) if old else None, masked_email(new)
        yield {"action": "email_changed", **_moment(record), "old": masks[0], "new": masks[1]}
    elif phones:
        old, new = (phones[0], phones[-1]) if len(phones) > 1 else (None, phones[0])
        masks = masked_phone(old) if old else None, masked_phone(new)
        yield {"action": "phone_changed", **_moment(record), "old": masks[0], "new": masks[1]}
    elif (action := next((name for sign, name in _CHANGED if sign.search(words)), None)) == "handle_changed":
        yield {"action": action, **_moment(record), "old": values[-2] if len(values) > 2 else None, "new": values[-1]}  # noqa: PLR2004 - what, old, new


def _instagram_post(record: Record) -> Iterator[Fields]:
    media = record.get("media")
    media = [one for one in media if isinstance(one, Mapping)] if isinstance(media, list) else []
    first: Record = media[0] if media else record
    words = text_of(record.get("title")) or text_of(first.get("title"))
    stamp = "creation_timestamp" if "creation_timestamp" in record else None
    yield {"action": "post", **_when(record if stamp else first, "creation_timestamp"), "text": words}


def _instagram_comment(record: Record) -> Iterator[Fields]:
    values = [value for _, value, _ in _map(record) if isinstance(value, str)]
    yield {"action": "comment", **_moment(record), "text": max(values, key=len, default=None)}


def _instagram_like(record: Record) -> Iterator[Fields]:
    yield {"action": "like", **_moment(record)}


def _nothing(_record: Record) -> Iterator[Fields]:
    # It is no event; the reader takes the account's names from it.
    yield from ()


FACEBOOK: Final[Mapping[str, Kind]] = {
    "profile": Kind("account", _profile),
    "profile_information": Kind("account", _profile),
    "account_activity": Kind("sessions", _activity),
    "account_accesses": Kind("logins", _activity),
    "used_ip_address": Kind("logins", _activity),
    "active_sessions": Kind("devices", _device),
    "recognized_devices": Kind("devices", _device),
    "authorized_logins": Kind("devices", _device),
    "devices": Kind("devices", _telephone),
    "admin_records": Kind("credentials", _change),
    "administrative_records": Kind("credentials", _change),
    "installed_apps": Kind("apps", _application),
    "connected_apps": Kind("apps", _application),
    "posts_list_facebook": Kind("posts", _post),
    "status_updates": Kind("posts", _post),
    "comments": Kind("comments", _comment),
    "reactions": Kind("likes", _reaction),
    "groups_joined": Kind("groups", _group),
}

INSTAGRAM: Final[Mapping[str, Kind]] = {
    "profile_user": Kind("account", _nothing),
    "account_history_login_history": Kind("logins", _instagram("login")),
    "account_history_logout_history": Kind("logins", _instagram("logout")),
    "account_history_password_change_history": Kind("credentials", _instagram("password_changed")),
    "account_history_registration_info": Kind("account", _instagram("account_created")),
    "profile_profile_change": Kind("credentials", _instagram_change),
    "devices_devices": Kind("devices", _instagram_device),
    "posts_list_instagram": Kind("posts", _instagram_post),
    "ig_stories": Kind("posts", _instagram_post),
    "ig_reels_media": Kind("posts", _instagram_post),
    "comments_media_comments": Kind("comments", _instagram_comment),
    "comments_reels_comments": Kind("comments", _instagram_comment),
    "likes_media_likes": Kind("likes", _instagram_like),
}
