"""What each kind of record of an Instagram export says, as events.

The labels of ``string_map_data`` are in the language of whoever asked for the export, so that values are known by their
shapes and their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from telusur.domain.event import Action
from telusur.exports.agents import is_agent, model_of
from telusur.exports.masks import named_by_hash
from telusur.exports.meta.rows import (
    NO_TIME,
    Fields,
    Kind,
    Reader,
    Record,
    Remarks,
    apart,
    exact,
    listed,
    masked,
    text_of,
    when,
)
from telusur.exports.meta.words import changed
from telusur.exports.shapes import epoch, is_address, is_email, is_identifier, is_phone, iso

#: A cookie's name of which all but the end is starred out.
_STARS: Final = "****"


def parts_of(record: Record) -> list[tuple[str | None, object]]:
    """Give value and time of each part of a record, in order."""
    holder = record.get("string_map_data")
    parts: list[Any] = (
        list(holder.values()) if isinstance(holder, Mapping) else [*listed(record.get("string_list_data"))]
    )
    if not parts and isinstance(record.get("label_values"), list):
        parts = [
            {"value": part.get("value"), "timestamp": part.get("timestamp_value")}
            for part in listed(record["label_values"])
        ]
    return [(text_of(part.get("value")), part.get("timestamp")) for part in parts if isinstance(part, Mapping)]


def _moment(record: Record, remarks: Remarks) -> Fields:
    """Give a record's time; one that its title states otherwise is remarked on."""
    parts = parts_of(record)
    titled = iso(record.get("title"))
    for stamp in (*(stamp for _, stamp in parts), record.get("timestamp"), record.get("creation_timestamp")):
        at = epoch(stamp)
        if at is not None:
            if titled is not None and apart(titled, at):
                remarks.add(
                    f"judulnya menyebut {titled.isoformat()}, isinya {at.isoformat()}; yang dipakai isinya",
                    f"its title says {titled.isoformat()}, its value {at.isoformat()}; the value was taken",
                )
            return exact(at, stamp)
    for words in (record.get("title"), *(value for value, _ in parts)):
        at = iso(words)
        if at is not None:
            return exact(at, words)
    remarks.add("tidak ada waktu di dalamnya", "there is no time in it")
    return dict(NO_TIME)


def _session(record: Record) -> Fields:
    """Give device and network of a row, each known by its shape."""
    fields: Fields = {"device": None, "ip": None, "user_agent": None, "model": None}
    for value, _ in parts_of(record):
        if value is None:
            continue
        if is_address(value):
            fields["ip"] = fields["ip"] or value
        elif is_agent(value):
            fields["user_agent"], fields["model"] = value, model_of(value)
        elif fields["device"] is None and (value.startswith(_STARS) or is_identifier(value)):
            fields["device"] = named_by_hash(value)
    return fields


def _row(action: Action) -> Reader:
    def read(record: Record, remarks: Remarks) -> Iterator[Fields]:
        yield {"action": action, **_moment(record, remarks), **_session(record)}

    return read


def _device(record: Record, remarks: Remarks) -> Iterator[Fields]:
    # The identifier in this list is another one than the cookie of the logins; the model joins them.
    yield {"action": "device_seen", **_moment(record, remarks), **_session(record), "device": None}


def _change(record: Record, remarks: Remarks) -> Iterator[Fields]:
    """Read a change of the profile: what, the value before, the value after, when."""
    values = [value for value, stamp in parts_of(record) if epoch(stamp) is None]
    what, old, new = (*values, None, None, None)[:3]
    of_shape: Action | None = None
    if any(is_email(value) for value in (old, new)):
        of_shape = "email_changed"
    elif any(is_phone(value) for value in (old, new)):
        of_shape = "phone_changed"
    action = of_shape or changed(what or "")
    if action is None or (action in {"email_changed", "phone_changed"} and of_shape is None and (old or new)):
        # A change of name, picture or words about oneself.
        return
    yield {"action": action, **_moment(record, remarks), "old": masked(action, old), "new": masked(action, new)}


def _created(record: Record, remarks: Remarks) -> Iterator[Fields]:
    yield {"action": "account_created", **_moment(record, remarks), **_session(record), "device": None}


def _post(record: Record, remarks: Remarks) -> Iterator[Fields]:
    media = listed(record.get("media"))
    first: Record = media[0] if media else record
    stamped = record if epoch(record.get("creation_timestamp")) else first
    words = text_of(record.get("title")) or text_of(first.get("title"))
    if "label_values" in record:
        own = [value for value, _ in parts_of(record) if value and not value.startswith("http")]
        yield {"action": "post", **_moment(record, remarks), "text": max(own, key=len, default=None)}
        return
    yield {"action": "post", **when(stamped, remarks, "creation_timestamp", "timestamp"), "text": words}


def _comment(record: Record, remarks: Remarks) -> Iterator[Fields]:
    # The comment stands first, the owner of what it is about second.
    words = next((value for value, stamp in parts_of(record) if value and epoch(stamp) is None), None)
    if words is None:
        words = next((value for value, _ in parts_of(record) if value), None)
    yield {"action": "comment", **_moment(record, remarks), "text": words}


def _like(record: Record, remarks: Remarks) -> Iterator[Fields]:
    link = next(
        (text_of(part.get("href")) for part in listed(record.get("string_list_data")) if part.get("href")), None
    )
    titled = text_of(record.get("title"))
    yield {"action": "like", **_moment(record, remarks), "text": titled, "object_id": link}


def _nothing(_record: Record, _remarks: Remarks) -> Iterator[Fields]:
    # It is no event; the reader takes the account's names from it.
    yield from ()


_POSTS: Final = Kind("posts", _post)
_COMMENTS: Final = Kind("comments", _comment)
_LIKES: Final = Kind("likes", _like)

#: By root key.
KINDS: Final[Mapping[str, Kind]] = {
    "profile_user": Kind("account", _nothing),
    "account_history_login_history": Kind("logins", _row("login")),
    "account_history_logout_history": Kind("logins", _row("logout")),
    "account_history_password_change_history": Kind("credentials", _row("password_changed")),
    "account_history_registration_info": Kind("account", _created),
    "profile_profile_change": Kind("credentials", _change),
    "devices_devices": Kind("devices", _device),
    "posts_instagram": _POSTS,
    "ig_stories": _POSTS,
    "ig_reels_media": _POSTS,
    "ig_igtv_media": _POSTS,
    "ig_archived_post_media": _POSTS,
    "ig_other_media": _POSTS,
    "comments_media_comments": _COMMENTS,
    "comments_reels_comments": _COMMENTS,
    "likes_media_likes": _LIKES,
    "likes_comment_likes": _LIKES,
}
