"""A card of Facebook's HTML as the record that its JSON would hold.

Confirmed by public sources (docs/decisions/0108): names of files, the cards of posts, comments, reactions and groups,
tables of logins and active sessions with their address, and the profile's table. Inferred from JSON: record details,
recognised devices, telephones, applications, and cookies in tables of sessions.
"""

from __future__ import annotations

import re
from typing import Any, Final

from telusur.exports.meta.cards import Said
from telusur.exports.meta.values import DEVICE_NUMBER, Clock, Values, values_of
from telusur.exports.meta.words import changed, session_action
from telusur.exports.shapes import is_email, is_phone
from telusur.exports.worded_times import Unread, Wall

_LAST: Final = re.compile(r"updat|last|terakhir|diperbarui|berakhir|aktif", re.IGNORECASE)
_FIRST: Final = re.compile(r"creat|dibuat|mulai|pertama|first|start", re.IGNORECASE)
_BEFORE: Final = re.compile(r"\bold\b|previous|lama|sebelum", re.IGNORECASE)
_MODEL: Final = re.compile(r"device|perangkat|model|type|tipe|jenis|name|nama", re.IGNORECASE)
_MADE: Final = re.compile(r"regist|pendaftaran|mendaftar|terdaftar|joined|bergabung", re.IGNORECASE)
_HANDLE: Final = re.compile(r"user ?name|nama pengguna|vanity", re.IGNORECASE)

Made = dict[str, Any]


def record_of(root: str, card: Said, clock: Clock) -> Made:
    """Give a card as a record of its kind.

    Parameters
    ----------
    root
        The kind: a root key without its generation.
    card
        What it says.
    clock
        Reads its times.
    """
    if root in _CONTENT:
        return _content(root, card, clock)
    return _KINDS[root](values_of(card, clock), clock)


def _session(values: Values) -> Made:
    return {
        "ip_address": values.ip,
        "user_agent": values.agent,
        "datr_cookie": values.cookie,
        "location": values.place,
    }


def _stamp(values: Values, clock: Clock, place: int = 0) -> int | None:
    return clock.stamp(values.times[place][1]) if values.times else None


def _activity(values: Values, clock: Clock) -> Made:
    words = [words for _, words in values.words]
    known = next((one for one in words if session_action(one)), None)
    return {"action": known or values.first_words, "timestamp": _stamp(values, clock), **_session(values)}


def _device(values: Values, clock: Clock) -> Made:
    """Give a device with its first and last time; one time alone is the last unless its label says otherwise."""
    times = sorted((clock.stamp(wall), label) for label, wall in values.times)
    name = next((words for label, words in values.words if not label or _MODEL.search(label)), None)
    made: Made = {**_session(values), "name": name}
    if len(times) > 1:
        return {**made, "created_timestamp": times[0][0], "updated_timestamp": times[-1][0]}
    for at, label in times:
        made["created_timestamp" if _FIRST.search(label) and not _LAST.search(label) else "updated_timestamp"] = at
    return made


def _telephone(values: Values, clock: Clock) -> Made:
    number = next((words for label, words in values.words if DEVICE_NUMBER.search(label)), None)
    kind = next(
        (words for label, words in values.words if (not label or _MODEL.search(label)) and words != number), None
    )
    return {"type": kind, "device_id": number, "update_time": _stamp(values, clock, -1)}


def _change(values: Values, clock: Clock) -> Made:
    """Give a change with what was there before and after, by the shape of both."""
    extra: Made = {}
    event = next((words for _, words in values.words if changed(words)), values.first_words)
    rest = [(label, words) for label, words in values.words if words != event]
    for key, fits in (("email", is_email), ("number", is_phone)):
        found = [(label, words) for label, words in rest if fits(words)]
        if len(found) > 1:
            extra |= {f"old_{key}": found[0][1], f"new_{key}": found[1][1]}
        for label, words in found[:1] if len(found) == 1 else []:
            extra[f"old_{key}" if _BEFORE.search(label) else f"new_{key}"] = words
    if event and not extra and changed(event) == "handle_changed":
        for label, words in rest[:2]:
            extra[
                "old_vanity" if _BEFORE.search(label) or (len(rest) > 1 and words == rest[0][1]) else "new_vanity"
            ] = words
    return {
        "event": event or "",
        "session": {"timestamp": _stamp(values, clock), **_session(values)},
        "extra_info": extra,
    }


def _application(values: Values, clock: Clock) -> Made:
    made: Made = {"name": values.first_words, "added_timestamp": _stamp(values, clock)}
    return made if len(values.times) < 2 else {**made, "removed_timestamp": _stamp(values, clock, -1)}  # noqa: PLR2004 - begun and ended


def _labelled(values: Values, clock: Clock) -> Made:
    words = [values.cookie, values.ip, values.agent]
    return {
        "label_values": [
            *({"value": word} for word in words if word),
            *({"timestamp_value": clock.stamp(wall)} for _, wall in values.times),
        ]
    }


def _profile(values: Values, clock: Clock) -> Made:
    made = [wall for label, wall in values.times if _MADE.search(label)]
    # Beside the profile's own address, a time alone is that of its making.
    only = made or ([wall for _, wall in values.times] if len(values.times) == 1 and values.links else [])
    return {
        "profile_uri": values.links,
        "username": next((words for label, words in values.words if _HANDLE.search(label)), None),
        "registration_timestamp": clock.stamp(only[0]) if only else None,
    }


def _content(root: str, card: Said, clock: Clock) -> Made:
    """Give a post, comment, reaction or group: its words without its time."""
    at, words = dated(card, clock)
    text = "\n".join(dict.fromkeys(words))
    made: Made = {"timestamp": at, "title": card.title}
    if root in {"comments", "group_comments"}:
        return {**made, "data": [{"comment": {"comment": text}}]}
    if root == "reactions":
        return {**made, "data": [{"reaction": {}}]}
    if root in {"groups_joined", "page_likes"}:
        return {**made, "title": card.title or text}
    inner: list[Made] = [{"external_context": {"url": link}} for link in card.links]
    inner += [{"media": {"description": caption}} for caption in dict.fromkeys(card.captions)]
    return {**made, "data": [{"post": text}], "attachments": [{"data": inner}]}


def dated(card: Said, clock: Clock) -> tuple[int | None, list[str]]:
    """Give the time that a card of words ends with, and its words without it and without bare links.

    Parameters
    ----------
    card
        What it says.
    clock
        Reads its times.
    """
    read = [(word, clock.wall(word)) for word in card.words]
    walls = [wall for _, wall in read if isinstance(wall, Wall)]
    walls = walls or [wall for _, value in card.rows if isinstance(wall := clock.wall(value), Wall)]
    after = {word: clock.after_words(word) for word, wall in read if not isinstance(wall, Wall)}
    walls = walls or [wall for wall in after.values() if wall is not None]
    wall = walls[-1] if walls else None
    if wall is None:
        for _, time in read:
            if isinstance(time, Unread):
                clock.unread(time)
    words = [
        word
        for word, time in read
        if not (isinstance(time, Wall) or (time is not None and wall is None))
        and not ((repeated := after.get(word)) is not None and wall is not None and repeated.at == wall.at)
        and word not in card.links
    ]
    return None if wall is None else clock.stamp(wall), words


_CONTENT: Final = frozenset(
    {"posts", "group_posts", "comments", "group_comments", "reactions", "groups_joined", "page_likes"}
)
_KINDS: Final = {
    "profile": _profile,
    "profile_information": _profile,
    "account_accesses": _activity,
    "used_ip_address": _activity,
    "used_ip_addresses": _activity,
    "account_activity": _activity,
    "labelled_sessions": _labelled,
    "active_sessions": _device,
    "recognized_devices": _device,
    "authorized_logins": _device,
    "login_protection_data": _device,
    "devices": _telephone,
    "admin_records": _change,
    "administrative_records": _change,
    "installed_apps": _application,
    "connected_apps": _application,
}
