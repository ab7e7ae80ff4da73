"""An account on X, and the archive that its owner would download: real layout, invented content."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from invented.dice import Dice

#: Milliseconds from 1970 to the start of X's identifiers.
_EPOCH = 1288834974657

_CLIENTS = {
    "Twitter for Android": ("258901", "http://twitter.com/download/android"),
    "Twitter for iPhone": ("129032", "http://twitter.com/download/iphone"),
    "Twitter Web App": ("3033300", "https://mobile.twitter.com"),
}


def snowflake(at: datetime, dice: Dice) -> str:
    """Give an identifier as X makes them: milliseconds in the upper bits, machine and sequence in the lower 22."""
    return str(((round(at.timestamp() * 1000) - _EPOCH) << 22) | (dice.below(32) << 12))


@dataclass(frozen=True)
class Post:
    """A post as the platform keeps it."""

    id: str
    at: datetime
    text: str
    client: str
    deleted_at: datetime | None = None


@dataclass
class Device:
    """A program on a device that is signed in to the account."""

    client: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime


@dataclass
class Account:
    """An account with its history; what `write` puts into an archive."""

    handle: str
    name: str
    id: str
    email: str
    created_at: datetime
    created_from: str
    generated_at: datetime
    posts: list[Post] = field(default_factory=list)
    deleted: list[Post] = field(default_factory=list)
    logins: list[tuple[datetime, str]] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    emails: list[tuple[datetime, str, str]] = field(default_factory=list)
    handles: list[tuple[datetime, str, str]] = field(default_factory=list)
    apps: list[tuple[datetime, str, tuple[str, ...]]] = field(default_factory=list)
    likes: list[tuple[str, str]] = field(default_factory=list)
    messages: int = 0

    def use(self, device: Device, at: datetime, ip: str) -> None:
        """Sign in with a device."""
        self.logins.append((at, ip))
        device.last_seen_at = max(device.last_seen_at, at)

    def write(self, path: Path) -> None:
        """Write the archive: stored, not deflated, with one fixed time, so that every machine makes the same bytes."""
        files = self._files()
        body = {name: _script(f"YTD.{_snake(kind)}.part0", records) for kind, name, records in files}
        page = "<!doctype html><title>Your archive</title><p>Arsip rekaan untuk contoh.</p>\n"
        note = "Arsip rekaan untuk contoh; orang, unggahan, perangkat, dan alamatnya tidak ada.\n"
        members = {"Your archive.html": page, "data/README.txt": note, **body}
        members["data/manifest.js"] = self._manifest(files, sum(len(text.encode()) for text in members.values()))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for name in sorted(members):
                info = zipfile.ZipInfo(name, date_time=(2024, 1, 1, 0, 0, 0))
                info.create_system = 3  # the same on every system
                info.external_attr = 0o644 << 16
                archive.writestr(info, members[name].encode())

    def _files(self) -> list[tuple[str, str, list[dict[str, Any]]]]:
        """Give kind, file name and records of each file, in the order of a manifest."""
        newest_first = sorted(self.posts, key=lambda post: post.at, reverse=True)
        files = [
            ("account", "data/account.js", [self._account()]),
            (
                "accountCreationIp",
                "data/account-creation-ip.js",
                [{"accountCreationIp": {"accountId": self.id, "userCreationIp": self.created_from}}],
            ),
            (
                "accountTimezone",
                "data/account-timezone.js",
                [{"accountTimezone": {"accountId": self.id, "timeZone": "Asia/Jakarta"}}],
            ),
            ("tweets", "data/tweets.js", [{"tweet": _tweet(post)} for post in newest_first]),
            ("deletedTweets", "data/deleted-tweets.js", [{"tweet": _tweet(post)} for post in self.deleted]),
            ("ipAudit", "data/ip-audit.js", [self._login(*login) for login in sorted(self.logins, reverse=True)]),
            ("deviceToken", "data/device-token.js", [self._token(i) for i in range(len(self.devices))]),
            ("keyRegistry", "data/key-registry.js", [self._keys()]),
            ("emailAddressChange", "data/email-address-change.js", [self._email(*change) for change in self.emails]),
            ("screenNameChange", "data/screen-name-change.js", [self._handle(*change) for change in self.handles]),
            ("connectedApplication", "data/connected-application.js", [self._app(*app) for app in self.apps]),
        ]
        if self.likes:
            files.append(("like", "data/like.js", [self._like(*like) for like in self.likes]))
        if self.messages:
            files.append(("directMessages", "data/direct-messages.js", self._messages()))
        return files

    def _manifest(self, files: Sequence[tuple[str, str, list[dict[str, Any]]]], size: int) -> str:
        manifest = {
            "userInfo": {"accountId": self.id, "userName": self.handle, "displayName": self.name},
            "archiveInfo": {
                "sizeBytes": str(size),
                "generationDate": _iso(self.generated_at),
                "isPartialArchive": False,
                "maxPartSizeBytes": "53687091200",
            },
            "readmeInfo": {"fileName": "data/README.txt", "directory": "data/", "name": "README.txt"},
            "dataTypes": {
                kind: {
                    "files": [{"fileName": name, "globalName": f"YTD.{_snake(kind)}.part0", "count": str(len(records))}]
                }
                for kind, name, records in files
            },
        }
        return f"window.__THAR_CONFIG = {json.dumps(manifest, indent=2, ensure_ascii=False)}"

    def _account(self) -> dict[str, Any]:
        client = self.devices[0].client
        return {
            "account": {
                "email": self.email,
                "createdVia": f"oauth:{_CLIENTS[client][0]}",
                "username": self.handle,
                "accountId": self.id,
                "createdAt": _iso(self.created_at),
                "accountDisplayName": self.name,
            }
        }

    def _login(self, at: datetime, ip: str) -> dict[str, Any]:
        port = 1024 + (int(ip.rpartition(".")[2]) * 211 + round(at.timestamp())) % 60000
        return {"ipAudit": {"accountId": self.id, "createdAt": _iso(at), "loginIp": ip, "loginPortNumber": port}}

    def _token(self, number: int) -> dict[str, Any]:
        device = self.devices[number]
        return {
            "deviceToken": {
                "clientApplicationId": _CLIENTS[device.client][0],
                "token": f"rekaan-{number:04}-{self.id}",
                "createdAt": _iso(device.created_at),
                "lastSeenAt": _iso(device.last_seen_at),
                "clientApplicationName": device.client,
            }
        }

    def _keys(self) -> dict[str, Any]:
        devices = [
            {
                "userAgent": device.user_agent,
                "registrationToken": f"rekaan-token-{number}",
                "identityKey": f"rekaan-key-{number}",
                "createdAt": _iso(device.created_at),
                "deviceId": f"{self.id}-{number}",
            }
            for number, device in enumerate(self.devices)
        ]
        return {"keyRegistryData": {"userId": self.id, "registeredDevices": {"deviceMetadataList": devices}}}

    def _email(self, at: datetime, old: str, new: str) -> dict[str, Any]:
        change = {"changedAt": _iso(at), "changedFrom": old, "changedTo": new}
        return {"emailAddressChange": {"accountId": self.id, "emailChange": change}}

    def _handle(self, at: datetime, old: str, new: str) -> dict[str, Any]:
        change = {"changedAt": _iso(at), "changedFrom": old, "changedTo": new}
        return {"screenNameChange": {"accountId": self.id, "screenNameChange": change}}

    def _app(self, at: datetime, name: str, permissions: tuple[str, ...]) -> dict[str, Any]:
        return {
            "connectedApplication": {
                "organization": {"name": name, "url": f"https://{name.lower()}.example"},
                "name": name,
                "description": "Aplikasi rekaan",
                "permissions": list(permissions),
                "approvedAt": _iso(at),
                "id": str(30000000 + len(name)),
            }
        }

    def _like(self, id_: str, text: str) -> dict[str, Any]:
        return {"like": {"tweetId": id_, "fullText": text, "expandedUrl": f"https://twitter.com/i/web/status/{id_}"}}

    def _messages(self) -> list[dict[str, Any]]:
        """Give private messages: what no reader of the house may open."""
        return [
            {
                "dmConversation": {
                    "conversationId": f"{self.id}-{number}",
                    "messages": [{"messageCreate": {"senderId": self.id, "text": "pesan rekaan", "id": str(number)}}],
                }
            }
            for number in range(self.messages)
        ]


def _tweet(post: Post) -> dict[str, Any]:
    tags = [
        {"text": found[0][1:], "indices": [str(found.start()), str(found.end())]}
        for found in re.finditer(r"#\w+", post.text)
    ]
    tweet: dict[str, Any] = {
        "edit_info": {
            "initial": {
                "editTweetIds": [post.id],
                "editableUntil": _iso(post.at + timedelta(hours=1)),
                "editsRemaining": "5",
                "isEditEligible": True,
            }
        },
        "retweeted": False,
        "source": f'<a href="{_CLIENTS[post.client][1]}" rel="nofollow">{post.client}</a>',
        "entities": {"hashtags": tags, "symbols": [], "user_mentions": [], "urls": []},
        "display_text_range": ["0", str(len(post.text))],
        "favorite_count": "0",
        "id_str": post.id,
        "truncated": False,
        "retweet_count": "0",
        "id": post.id,
        "created_at": _long(post.at),
        "favorited": False,
        "full_text": post.text,
        "lang": "in",
    }
    if post.deleted_at:
        tweet["deleted_at"] = _long(post.deleted_at)
    return tweet


def _script(name: str, records: Sequence[dict[str, Any]]) -> str:
    return f"window.{name} = {json.dumps(records, indent=2, ensure_ascii=False)}"


def _snake(kind: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", kind)


def _iso(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


def _long(at: datetime) -> str:
    """Write a time as the platform's posts do, in English whatever the machine's language is."""
    at = at.astimezone(UTC)
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[at.weekday()]
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[at.month - 1]
    return f"{day} {month} {at:%d %H:%M:%S} +0000 {at:%Y}"
