"""Builds X archives as the platform writes them, of an invented account, for tests and benchmarks."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

ACCOUNT_ID = "1000000001"
HANDLE = "contoh_pegawai"
START = datetime(2023, 6, 1, 1, 2, 3, tzinfo=UTC)
EPOCH_MS = 1_288_834_974_657
ANDROID = '<a href="http://twitter.com/download/android" rel="nofollow">Twitter for Android</a>'
WRAPPERS = {
    "tweets": "tweet",
    "tweet": "tweet",
    "community_tweet": "tweet",
    "deleted_tweets": "tweet",
    "like": "like",
    "ip_audit": "ipAudit",
    "device_token": "deviceToken",
    "key_registry": "keyRegistryData",
    "ni_devices": "niDeviceResponse",
    "account": "account",
    "account_creation_ip": "accountCreationIp",
    "account_timezone": "accountTimezone",
    "email_address_change": "emailAddressChange",
    "screen_name_change": "screenNameChange",
    "connected_application": "connectedApplication",
    "direct_messages": "dmConversation",
}


def number_at(at: datetime, sequence: int = 0) -> str:
    """Give a post's identifier made at a time."""
    return str((int(at.timestamp() * 1000) - EPOCH_MS << 22) + sequence)


def iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


def posted(at: datetime) -> str:
    days = "Mon Tue Wed Thu Fri Sat Sun".split()
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{days[at.weekday()]} {months[at.month - 1]} {at:%d %H:%M:%S} +0000 {at:%Y}"


def post(
    index: int = 0, text: str | None = None, *, source: str = ANDROID, every: int = 37, **more: object
) -> dict[str, object]:
    """Give a post's record with the fields that X writes; posts lie some minutes apart."""
    at = START + timedelta(minutes=every * index)
    identifier = number_at(at, index % 4096)
    text = f"kiriman contoh nomor {index}, rapat pagi &amp; apel" if text is None else text
    return {
        "edit_info": {
            "initial": {
                "editTweetIds": [identifier],
                "editableUntil": iso(at + timedelta(hours=1)),
                "editsRemaining": "5",
                "isEditEligible": True,
            }
        },
        "retweeted": False,
        "source": source,
        "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []},
        "display_text_range": ["0", str(len(text))],
        "favorite_count": "0",
        "id_str": identifier,
        "truncated": False,
        "retweet_count": "0",
        "id": identifier,
        "created_at": posted(at),
        "favorited": False,
        "full_text": text,
        "lang": "in",
        **more,
    }


def login(index: int = 0, **more: object) -> dict[str, object]:
    at = START + timedelta(hours=9 * index)
    return {"accountId": ACCOUNT_ID, "createdAt": iso(at), "loginIp": "192.0.2.7", "loginPortNumber": 12567, **more}


def ordinary(posts: int = 5) -> dict[str, list[dict[str, object]]]:
    """Give the records of an ordinary account, by the name that their file gives itself."""
    at = iso(START)
    return {
        "account": [
            {
                "email": "contoh.pegawai@surel.example.org",
                "createdVia": "oauth:258901",
                "username": HANDLE,
                "accountId": ACCOUNT_ID,
                "createdAt": "2020-04-04T13:54:48.000Z",
                "accountDisplayName": "Contoh Pegawai",
            }
        ],
        "account_creation_ip": [{"accountId": ACCOUNT_ID, "userCreationIp": "192.0.2.1"}],
        "account_timezone": [{"accountId": ACCOUNT_ID, "timeZone": "Asia/Jakarta"}],
        "tweets": [post(index) for index in range(posts)],
        "deleted_tweets": [post(900, deleted_at=posted(START + timedelta(days=60)))],
        "like": [{"tweetId": number_at(START), "fullText": "apel &lt;pagi&gt;", "expandedUrl": "https://x.example/1"}],
        "ip_audit": [login(index) for index in range(3)],
        "device_token": [
            {
                "clientApplicationId": "258901",
                "token": "rahasia-token-0",
                "createdAt": at,
                "lastSeenAt": iso(START + timedelta(days=90)),
                "clientApplicationName": "Twitter for Android",
            }
        ],
        "key_registry": [
            {
                "userId": ACCOUNT_ID,
                "registeredDevices": {
                    "deviceMetadataList": [
                        {
                            "userAgent": "TwitterAndroid/10.18.0 (Nusa N7/13)",
                            "registrationToken": "rahasia-reg",
                            "identityKey": "rahasia-key",
                            "createdAt": at,
                            "deviceId": f"{ACCOUNT_ID}-0",
                        }
                    ]
                },
            }
        ],
        "email_address_change": [
            {
                "accountId": ACCOUNT_ID,
                "emailChange": {
                    "changedAt": at,
                    "changedFrom": "lama.sekali@surel.example.org",
                    "changedTo": "baru.sekali@pos.example.net",
                },
            }
        ],
        "screen_name_change": [
            {
                "accountId": ACCOUNT_ID,
                "screenNameChange": {"changedAt": at, "changedFrom": "nama_lama", "changedTo": HANDLE},
            }
        ],
        "connected_application": [
            {
                "organization": {"name": "Aplikasi Rekaan"},
                "name": "Aplikasi Rekaan",
                "permissions": ["read", "write"],
                "approvedAt": at,
                "id": "30120098",
            }
        ],
    }


def data_file(name: str, records: Iterable[object], *, part: int = 0, wrapped: bool = True) -> bytes:
    """Give a data file's bytes, as X writes them."""
    wrapper = WRAPPERS.get(name, name)
    listed = [{wrapper: record} if wrapped else record for record in records]
    return f"window.YTD.{name}.part{part} = {json.dumps(listed, indent=2, ensure_ascii=False)}".encode()


def file_name(name: str, part: int = 0) -> str:
    return f"data/{name.replace('_', '-')}{f'-part{part}' if part else ''}.js"


def manifest(records: dict[str, list[dict[str, object]]], **archive_info: object) -> bytes:
    """Give the manifest of some records."""
    told = {
        "userInfo": {"accountId": ACCOUNT_ID, "userName": HANDLE, "displayName": "Contoh Pegawai"},
        "archiveInfo": {
            "sizeBytes": "200093",
            "generationDate": "2024-01-09T02:55:05.000Z",
            "isPartialArchive": False,
            **archive_info,
        },
        "dataTypes": {
            name: {
                "files": [{"fileName": file_name(name), "globalName": f"YTD.{name}.part0", "count": str(len(listed))}]
            }
            for name, listed in records.items()
        },
    }
    return f"window.__THAR_CONFIG = {json.dumps(told, indent=2)}".encode()


def files(records: dict[str, list[dict[str, object]]] | None = None) -> dict[str, bytes]:
    """Give an archive's files by name."""
    records = ordinary() if records is None else records
    found = {"Your archive.html": b"<html></html>", "data/README.txt": b"invented"}
    found |= {file_name(name): data_file(name, listed) for name, listed in records.items()}
    return found | {"data/manifest.js": manifest(records)}


def write_zip(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write members into a zip."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 1, 0, 0, 0)), content, compression)
    return path


def write_folder(path: Path, members: dict[str, bytes]) -> Path:
    """Write members into a folder."""
    for name, content in members.items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return path


def write_many(path: Path, posts: int) -> Path:
    """Write an archive of many posts without holding them all."""
    records = ordinary(0)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, listed in records.items():
            if name != "tweets":
                archive.writestr(file_name(name), data_file(name, listed))
        with archive.open(file_name("tweets"), "w", force_zip64=True) as file:
            file.write(b"window.YTD.tweets.part0 = [")
            for chunk in _chunks(posts):
                file.write(chunk)
            file.write(b"\n]")
        counted = manifest(records).replace(
            b'"globalName": "YTD.tweets.part0",\n          "count": "0"',
            b'"globalName": "YTD.tweets.part0",\n          "count": "%d"' % posts,
        )
        archive.writestr("data/manifest.js", counted)
    return path


def _chunks(posts: int) -> Iterator[bytes]:
    words = "apel rapat pagi kantor warga pasar hujan jalan sekolah kopi sore desa jembatan panen".split()
    for index in range(posts):
        text = f"{index} " + " ".join(words[(index * 7 + step * step) % len(words)] for step in range(18)) + " 🙂"
        record = json.dumps({"tweet": post(index, text, every=10)}, indent=2, ensure_ascii=False)
        yield (",\n" if index else "\n").encode() + record.encode()
