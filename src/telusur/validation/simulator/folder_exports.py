"""Exports of simulated accounts in the platforms' own formats: X, Facebook, Instagram, and WhatsApp's chats."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Final

from telusur.domain.event import Event
from telusur.domain.record import AccountRecord
from telusur.domain.snowflake import EPOCH_MS

_SECURITY: Final = "security_and_login_information"
_WRAPPERS: Final = {
    "account": "account",
    "tweets": "tweet",
    "deleted_tweets": "tweet",
    "ip_audit": "ipAudit",
    "device_token": "deviceToken",
    "email_address_change": "emailAddressChange",
    "connected_application": "connectedApplication",
}
_WEEKDAYS: Final = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
#: Files in a zip bear one time, so that the same account gives the same bytes.
_PACKED: Final = (2024, 3, 1, 0, 0, 0)

Records = list[dict[str, Any]]


def write_export(record: AccountRecord, path: Path, zone: tzinfo | None) -> None:
    """Write an export as its platform would.

    Parameters
    ----------
    record
        What the export says.
    path
        Where to.
    zone
        Zone in which a chat writes its times.
    """
    if record.account.platform == "whatsapp":
        path.write_text(_chat(record, zone), "utf-8")
        return
    members = {"x": _x, "facebook": _facebook, "instagram": _instagram}[record.account.platform](record)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _PACKED), content, zipfile.ZIP_DEFLATED)


def moment(at: datetime) -> str:
    """Give a time as machines write it, in UTC to the millisecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


def _cookie(event: Event) -> str:
    return (event.device or "").removeprefix("sha256:")


def _whole(address: str | None) -> str:
    """Give an address whose masked form is the one that the account's record has."""
    return (address or "").replace("***", "nama")


def _epoch(at: datetime | None) -> int:
    assert at is not None
    return int(at.timestamp())


# ---- X ----


def _x(record: AccountRecord) -> dict[str, bytes]:
    account = record.account
    listed: dict[str, Records] = {name: [] for name in _WRAPPERS}
    listed["account"].append(
        {"username": account.handle, "accountId": account.account_id, "createdAt": "2016-04-04T13:54:48.000Z"}
    )
    for place, event in enumerate(record.events):
        assert event.at is not None
        if event.action in {"post", "deleted_post"}:
            name = "tweets" if event.action == "post" else "deleted_tweets"
            listed[name].append(_tweet(event, place))
        elif event.action == "login":
            row = {"accountId": account.account_id, "createdAt": moment(event.at), "loginIp": event.ip}
            listed["ip_audit"].append(row)
        elif event.action == "device_added":
            assert event.until is not None
            listed["device_token"].append(
                {
                    "token": _cookie(event),
                    "createdAt": moment(event.at),
                    "lastSeenAt": moment(event.until),
                    "clientApplicationName": event.client,
                }
            )
        elif event.action == "email_changed":
            change = {
                "changedAt": moment(event.at),
                "changedFrom": _whole(event.old),
                "changedTo": _whole(event.new),
            }
            listed["email_address_change"].append({"accountId": account.account_id, "emailChange": change})
        elif event.action == "app_connected":
            listed["connected_application"].append(
                {"name": event.new, "permissions": list(event.permissions), "approvedAt": moment(event.at)}
            )
    members = {}
    for name, records in listed.items():
        wrapped = [{_WRAPPERS[name]: one} for one in records]
        content = f"window.YTD.{name}.part0 = {json.dumps(wrapped, indent=1, ensure_ascii=False)}"
        members[f"data/{name.replace('_', '-')}.js"] = content.encode()
    members["data/manifest.js"] = _manifest(record, listed)
    return members


def _tweet(event: Event, place: int) -> dict[str, Any]:
    at = event.at
    assert at is not None
    made = str(((int(at.timestamp() * 1000) - EPOCH_MS) << 22) + place % 4096)
    number = event.object_id or made
    return {
        "id_str": number,
        "id": number,
        "created_at": f"{_WEEKDAYS[at.weekday()]} {_MONTHS[at.month - 1]} {at:%d %H:%M:%S} +0000 {at:%Y}",
        "full_text": (event.text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        "source": f'<a href="https://contoh.example/" rel="nofollow">{event.client}</a>',
        **({"deleted_at": moment(at + timedelta(hours=6))} if event.action == "deleted_post" else {}),
    }


def _manifest(record: AccountRecord, listed: Mapping[str, Records]) -> bytes:
    made = record.generated_at
    assert made is not None
    told = {
        "userInfo": {"accountId": record.account.account_id, "userName": record.account.handle},
        "archiveInfo": {"sizeBytes": "1", "generationDate": moment(made), "isPartialArchive": False},
        "dataTypes": {
            name: {
                "files": [
                    {
                        "fileName": f"data/{name.replace('_', '-')}.js",
                        "globalName": f"YTD.{name}.part0",
                        "count": str(len(records)),
                    }
                ]
            }
            for name, records in listed.items()
        },
    }
    return f"window.__THAR_CONFIG = {json.dumps(told, indent=1)}".encode()


# ---- Facebook and Instagram ----


def _mojibake(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Write texts as Meta does: each byte of UTF-8 as a character of its own."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, dict):
        return {key: _mojibake(inner) for key, inner in value.items()}
    return [_mojibake(inner) for inner in value] if isinstance(value, list) else value


def _packed(members: Mapping[str, Any]) -> dict[str, bytes]:
    return {name: json.dumps(_mojibake(value), indent=1).encode() for name, value in members.items()}


def _facebook(record: AccountRecord) -> dict[str, bytes]:
    account = record.account
    rows: Records = []
    devices: Records = []
    changes: Records = []
    posts: Records = []
    apps: Records = []
    for event in record.events:
        at = _epoch(event.at)
        if event.action in {"login", "session_seen"}:
            words = "Login" if event.action == "login" else "Sesi diperbarui"
            rows.append(
                {
                    "action": words, "timestamp": at, "ip_address": event.ip, "user_agent": event.user_agent or "",
                    "datr_cookie": _cookie(event), "city": event.place or "", "site_name": "m.facebook.com",
                    **({} if event.user_agent else {"device": event.model or ""}),
                }
            )  # fmt: skip
        elif event.action == "device_added":
            devices.append(
                {
                    "name": event.model, "created_timestamp": at, "updated_timestamp": _epoch(event.until),
                    "user_agent": event.user_agent,
                }
            )  # fmt: skip
        elif event.action in {"password_changed", "email_changed", "phone_changed"}:
            changes.append(_record_detail(event, at))
        elif event.action == "post":
            posts.append({"timestamp": at, "data": [{"post": event.text or ""}], "title": "memperbarui statusnya."})
        elif event.action == "app_connected":
            apps.append({"name": event.new, "added_timestamp": at})
    return _packed(
        {
            "personal_information/profile_information/profile_information.json": {
                "profile_v2": {
                    "name": {"full_name": "Pemilik Akun"},
                    "username": account.handle,
                    "profile_uri": f"https://www.facebook.com/profile.php?id={account.account_id}",
                }
            },
            f"{_SECURITY}/account_activity.json": {"account_activity_v2": rows},
            f"{_SECURITY}/recognized_devices.json": {"recognized_devices_v2": devices},
            f"{_SECURITY}/record_details.json": {"admin_records_v2": changes},
            "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json": posts,
            "apps_and_websites_off_of_facebook/connected_apps_and_websites.json": {"installed_apps_v2": apps},
        }
    )


def _record_detail(event: Event, at: int) -> dict[str, Any]:
    session: dict[str, Any] = {"created_timestamp": at}
    if event.device:
        session |= {"ip_address": event.ip, "datr_cookie": _cookie(event), "device": event.model}
    kind = event.action.removesuffix("_changed")
    words = {"password": "Kata sandi diubah", "email": "Email diubah", "phone": "Nomor diubah"}[kind]
    extra = {key: _whole(value) for key, value in ((f"old_{kind}", event.old), (f"new_{kind}", event.new)) if value}
    return {"event": words, "session": session, "extra_info": extra}


def _labelled(title: str = "", **parts: str | int | None) -> dict[str, Any]:
    """Give a record of string_map_data; a number is a time."""
    return {
        "title": title,
        "media_map_data": {},
        "string_map_data": {
            label.replace("_", " "): {
                "href": "",
                "value": "" if isinstance(value, int) else value or "",
                "timestamp": value if isinstance(value, int) else 0,
            }
            for label, value in parts.items()
        },
    }


def _instagram(record: AccountRecord) -> dict[str, bytes]:
    rows: Records = []
    devices: Records = []
    passwords: Records = []
    profile: Records = []
    posts: Records = []
    for event in record.events:
        at = _epoch(event.at)
        if event.action in {"login", "logout"}:
            rows.append(
                _labelled(
                    datetime.fromtimestamp(at, tz=UTC).isoformat(), Nama_Cookie=_cookie(event), Alamat_IP=event.ip,
                    Waktu=at, Agen_Pengguna=event.user_agent,
                )
            )  # fmt: skip
        elif event.action == "device_seen":
            devices.append(_labelled(Agen_Pengguna=event.user_agent, Login_Terakhir=at))
        elif event.action == "password_changed":
            passwords.append(_labelled(Waktu=at))
        elif event.action == "email_changed":
            profile.append(
                _labelled(Diubah="Email", Nilai_Sebelumnya=_whole(event.old), Nilai_Baru=_whole(event.new), Tanggal=at)
            )
        elif event.action == "post":
            uri = f"media/{hashlib.sha256(str(at).encode()).hexdigest()[:12]}.jpg"
            posts.append({"media": [{"uri": uri, "creation_timestamp": at, "title": event.text or ""}]})
    begun = f"{_SECURITY}/login_and_profile_creation"
    return _packed(
        {
            "personal_information/personal_information/personal_information.json": {
                "profile_user": [_labelled("Pengguna", Nama="Pemilik Akun", Nama_Pengguna=record.account.handle)]
            },
            "personal_information/device_information/devices.json": {"devices_devices": devices},
            f"{begun}/login_activity.json": {"account_history_login_history": rows},
            f"{begun}/password_change_activity.json": {"account_history_password_change_history": passwords},
            f"{begun}/profile_changes.json": {"profile_profile_change": profile},
            "your_instagram_activity/media/posts_1.json": posts,
        }
    )


# ---- WhatsApp ----


def _chat(record: AccountRecord, zone: tzinfo | None) -> str:
    events: Iterable[Event] = (event for event in record.events if event.at is not None)
    lines = ["Pesan dan panggilan terenkripsi secara end-to-end."]
    at = None
    for event in events:
        assert event.at is not None
        local = event.at.astimezone(zone)
        if at is None:
            lines[0] = f"{local:%d/%m/%y %H.%M} - {lines[0]}"
        at = local
        lines.append(f"{local:%d/%m/%y %H.%M} - {record.account.handle}: {event.text or ''}")
    if at is not None:
        lines.append(f"{at:%d/%m/%y %H.%M} - Rekan Kantor: Mohon maaf, grup ini untuk urusan dinas.")
    return "\n".join(lines) + "\n"
