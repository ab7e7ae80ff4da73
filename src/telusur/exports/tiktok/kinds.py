"""What the records of a TikTok data file say; names of keys as of 2020 to 2024 (RLEAPP, MIT; data donation tools)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from telusur.domain.event import Action, Certainty
from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.exports.masks import named_by_hash
from telusur.exports.shapes import is_address, iso
from telusur.exports.unusable import Unusable

Fields = dict[str, Any]

#: Sections that are not read, by their keys or the names of their texts.
PRIVATE: Final = re.compile(
    r"direct ?messages?|chat ?history|messages?|group ?chat|search(?:es| ?history)?|watch.*|follow\w*.*|"
    r"(?:video ?)?brows\w+ ?history|"
    r"block.*|contacts?|ads?\b.*|off ?tiktok.*|ai.?moji|purchase.*|shop.*|tiktok shop.*|order.*|location.*|"
    r"favorite (?!videos?list)(?:effects|sounds|hashtags|collection).*|gifts?.*|send ?gifts.*|wallet.*|payment.*|"
    r"instant ?form.*|usage ?data.*|interest.*|most recent location.*|live.*|tiktok live.*",
    re.IGNORECASE,
)
_KINDS: Final[tuple[tuple[re.Pattern[str], Action, LogName], ...]] = (
    (re.compile(r"loginhistory(?:list)?"), "login", "logins"),
    (re.compile(r"itemfavoritelist|likelist"), "like", "likes"),
    (re.compile(r"commentslist|comments?"), "comment", "comments"),
    (re.compile(r"sharehistory(?:list)?"), "share", "posts"),
    (re.compile(r"videos?|posts?|videolist"), "post", "posts"),
    (re.compile(r"statuslist|status"), "device_seen", "devices"),
)
_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)? ?(UTC|Z|GMT)?")
_OBJECT: Final = re.compile(r"/(?:video|photo|v)/(\d{6,25})")
_LASTING: Final = ("androidid", "idfv", "webid", "gaid", "idfa")


def plain(key: str) -> str:
    """Give a key in small letters and digits only.

    Parameters
    ----------
    key
        As written.
    """
    return re.sub(r"[^a-z0-9]", "", key.casefold())


def kind_of(path: tuple[str, ...]) -> tuple[Action, LogName] | None:
    """Give what the records under some keys are; ``None`` for those that are not read.

    Parameters
    ----------
    path
        Keys that lead to a record, outermost first.
    """
    if any(PRIVATE.fullmatch(key) for key in path):
        return None
    for key in reversed(path):
        for sign, action, log in _KINDS:
            if sign.fullmatch(plain(key)):
                return action, log
    return None


def fields_of(action: Action, record: Mapping[str, Any]) -> Fields:
    """Give what a record says.

    Parameters
    ----------
    action
        What its list holds.
    record
        Its keys and values.

    Raises
    ------
    Unusable
        If it has no time, where it should.
    """
    said = {plain(key): str(value) for key, value in record.items() if value not in (None, "", "N/A", "None")}
    link = next((value for key, value in said.items() if "link" in key or key == "url"), "")
    found = _OBJECT.search(link)
    fields: Fields = {
        "action": action,
        "object_id": found[1] if found else None,
        "ip": next((value for value in said.values() if is_address(value)), None),
    }
    if action == "device_seen":
        identifier = next((said[key] for key in _LASTING if key in said), None)
        device = named_by_hash(identifier) if identifier else None
        return {**fields, "at": None, "written": "", "certainty": "none", "device": device}
    if action == "login":
        system = said.get("devicesystem")
        fields |= {"model": said.get("devicemodel"), "user_agent": system}
    elif action == "comment":
        fields["text"] = said.get("comment")
    elif action == "post":
        fields["text"] = said.get("title") or said.get("description") or said.get("desc")
    return fields | _when(said)


def _when(said: Mapping[str, str]) -> Fields:
    written = next((value for key, value in said.items() if key in {"date", "time", "createtime"}), None)
    written = written or next((value for value in said.values() if _TIME.fullmatch(value)), None)
    if written is None:
        raise Unusable(Text("tidak ada waktu di dalamnya", "there is no time in it"))
    certainty: Certainty = "exact"
    at = iso(written)
    found = _TIME.fullmatch(written)
    if at is None and found is not None:
        try:
            at = datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=UTC)
        except ValueError:
            at = None
        # TikTok's times are in UTC; its texts say so, its JSON does not.
        certainty = "exact" if found[3] else "zone_documented"
    if at is None:
        raise Unusable(Text(f"{written[:40]!r} bukan waktu", f"{written[:40]!r} is no time"))
    return {"at": at, "written": written[:100], "certainty": certainty}
