"""Builds Facebook and Instagram exports as the platforms write them, of invented accounts, for tests and benchmarks."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

ACCOUNT_ID = "100000000000001"
HANDLE = "contoh.pegawai"
START = int(datetime(2023, 11, 1, tzinfo=UTC).timestamp())
HOME, OFFICE, STRANGE = "192.0.2.10", "198.51.100.20", "203.0.113.30"
SECURITY = "security_and_login_information"
POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"


def mojibake(value: object) -> object:
    """Write texts as Meta does: each byte of UTF-8 as a character of its own."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, Mapping):
        return {key if key.isascii() else mojibake(key): mojibake(inner) for key, inner in value.items()}
    return [mojibake(inner) for inner in value] if isinstance(value, list) else value


def encoded(value: object) -> bytes:
    return json.dumps(mojibake(value), indent=1).encode()


def write_zip(path: Path, members: Mapping[str, object]) -> Path:
    """Write an export; bytes as they are, anything else as Meta's JSON."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, value in members.items():
            file.writestr(name, value if isinstance(value, bytes) else encoded(value))
    return path


def agent(model: str = "Contoh A8") -> str:
    return (
        f"Mozilla/5.0 (Linux; Android 13; {model} Build/TP1A) Version/4.0 Chrome/118.0 Mobile Safari/537.36 "
        f"[FBAN/FB4A;FBAV/440.0.0.12;FBDV/{model};FBSV/13]"
    )


def session(at: int, ip: str = HOME, *, action: str = "Session updated", model: str = "Contoh A8") -> dict[str, object]:
    """Give a row of account_activity."""
    return {
        "action": action,
        "timestamp": at,
        "ip_address": ip,
        "user_agent": agent(model),
        "datr_cookie": f"contoh{model.replace(' ', '')}0001",
        "city": "Kota Contoh",
        "region": "Provinsi Contoh",
        "country": "ID",
        "site_name": "m.facebook.com",
    }


def post(at: int, text: str) -> dict[str, object]:
    return {"timestamp": at, "data": [{"post": text}], "title": "Contoh Pegawai memperbarui statusnya."}


def facebook(version: str = "_v2", folder: str = "") -> dict[str, object]:
    """Give a small export: two devices, a login, changed credentials, some content, a group, an application."""
    rows = [session(START + 3_600 * hour, HOME if hour % 2 else OFFICE) for hour in range(20)]
    rows.append(session(START + 90_000, STRANGE, action="Login", model="Contoh N7"))
    acting = {
        "created_timestamp": START + 90_100,
        "ip_address": STRANGE,
        "user_agent": agent("Contoh N7"),
        "datr_cookie": "contohContohN70001",
    }
    members = {
        "personal_information/profile_information/profile_information.json": {
            f"profile{version}": {
                "name": {"full_name": "Contoh Pegawai"},
                "emails": {"emails": ["contoh@surel.example.org"]},
                "previous_names": [{"name": "Contoh", "timestamp": 0}],
                "username": HANDLE,
                "profile_uri": f"https://www.facebook.com/profile.php?id={ACCOUNT_ID}",
                "registration_timestamp": START - 10**8,
            }
        },
        f"{SECURITY}/account_activity.json": {f"account_activity{version}": rows},
        f"{SECURITY}/ip_address_activity.json": {
            f"used_ip_address{version}": [
                {"ip": row["ip_address"], **{key: row[key] for key in ("action", "timestamp", "user_agent")}}
                for row in rows
            ]
        },
        f"{SECURITY}/logins_and_logouts.json": {
            f"account_accesses{version}": [
                {"action": "Login", "timestamp": START + 90_000, "site": "m.facebook.com", "ip_address": STRANGE}
            ]
        },
        f"{SECURITY}/where_you_re_logged_in.json": {
            f"active_sessions{version}": [
                {
                    "created_timestamp": START - 10**7,
                    "updated_timestamp": START + 68_400,
                    **{key: rows[0][key] for key in ("ip_address", "user_agent", "datr_cookie")},
                    "device": "Contoh A8",
                    "location": "Kota Contoh",
                    "app": "Facebook",
                }
            ]
        },
        f"{SECURITY}/authorized_logins.json": {
            f"recognized_devices{version}": [
                {
                    "name": "Contoh A8",
                    "created_timestamp": START - 10**7,
                    "updated_timestamp": START + 68_400,
                    "ip_address": HOME,
                    "user_agent": agent(),
                }
            ]
        },
        f"{SECURITY}/mobile_devices.json": {
            f"devices{version}": [
                {"type": "Contoh A8", "os": "Android", "update_time": START, "device_id": "0000contoh-0000"}
            ]
        },
        f"{SECURITY}/record_details.json": {
            f"admin_records{version}": [
                {
                    "event": "Email change",
                    "session": acting,
                    "extra_info": {"old_email": "contoh@surel.example.org", "new_email": "lain@kotak.example.net"},
                },
                {"event": "Kata sandi diubah", "session": acting, "extra_info": {}},
                {"event": "Number", "session": acting, "extra_info": {"new_number": "+62 800 0000 12"}},
                {"event": "Vanity", "session": acting, "extra_info": {"old_vanity": HANDLE, "new_vanity": "contoh.2"}},
                {"event": "Name change", "session": acting, "extra_info": {"old_name": "A", "new_name": "B"}},
            ]
        },
        POSTS: [
            post(START + 60, "rapat pagi, semangat 😌"),
            {
                "timestamp": START + 120,
                "attachments": [{"data": [{"external_context": {"url": "https://berita.example.org/1"}}]}],
                "title": "Contoh Pegawai membagikan tautan.",
            },
            {"timestamp": START + 180, "attachments": [{"data": [{"media": {"description": "foto upacara"}}]}]},
        ],
        "your_facebook_activity/comments_and_reactions/comments.json": {
            f"comments{version}": [
                {
                    "timestamp": START + 240,
                    "data": [{"comment": {"timestamp": START + 240, "comment": "setuju", "author": "Contoh Pegawai"}}],
                    "title": "Contoh Pegawai mengomentari kiriman Warga.",
                }
            ]
        },
        "your_facebook_activity/comments_and_reactions/likes_and_reactions_1.json": [
            {
                "timestamp": START + 300,
                "data": [{"reaction": {"reaction": "LIKE", "actor": "Contoh Pegawai"}}],
                "title": "Contoh Pegawai menyukai kiriman Calon.",
            }
        ],
        "your_facebook_activity/groups/your_group_membership_activity.json": {
            f"groups_joined{version}": [{"timestamp": START + 360, "data": [{"name": "Grup Contoh"}]}]
        },
        "apps_and_websites_off_of_facebook/connected_apps_and_websites.json": {
            f"installed_apps{version}": [{"name": "Permainan Contoh", "added_timestamp": START + 420}]
        },
        "your_facebook_activity/messages/inbox/warga_1/message_1.json": {
            "participants": [{"name": "Warga"}],
            "messages": [{"sender_name": "Warga", "timestamp_ms": START * 1000, "content": "rahasia"}],
        },
        "ads_information/advertisers_using_your_activity.json": {"custom_audiences": []},
    }
    return {f"{folder}{name}": value for name, value in members.items()}


def labelled(title: str = "", **parts: object) -> dict[str, object]:
    """Give a record of string_map_data; a number is a time."""
    return {
        "title": title,
        "media_map_data": {},
        "string_map_data": {
            label.replace("_", " "): {
                "href": "",
                "value": "" if isinstance(value, int) else value,
                "timestamp": value if isinstance(value, int) else 0,
            }
            for label, value in parts.items()
        },
    }


def instagram_agent(model: str = "K10") -> str:
    return f"Instagram 312.0.0.22.114 Android (33/13; 420dpi; 1080x2200; Contoh; {model}; id_ID)"


def instagram(folder: str = "", *, old: bool = False) -> dict[str, object]:
    """Give a small export with Indonesian labels."""
    begun = "login_and_account_creation" if old else f"{SECURITY}/login_and_profile_creation"

    def row(at: int, ip: str = HOME) -> dict[str, object]:
        return labelled(
            datetime.fromtimestamp(at, tz=UTC).isoformat(),
            Nama_Cookie="contohcookie0001",
            Alamat_IP=ip,
            Port="12590",
            Kode_Bahasa="id",
            Waktu=at,
            Agen_Pengguna=instagram_agent(),
        )

    members = {
        "personal_information/personal_information/personal_information.json": {
            "profile_user": [
                labelled("Pengguna", Email="contoh@surel.example.org", Nama="Contoh", Nama_Pengguna=HANDLE)
            ]
        },
        "personal_information/device_information/devices.json": {
            "devices_devices": [
                labelled(
                    Agen_Pengguna=instagram_agent(), Login_Terakhir=START + 7_200, ID_Perangkat="contoh-0000000001"
                )
            ]
        },
        f"{begun}/login_activity.json": {"account_history_login_history": [row(START), row(START + 7_200, OFFICE)]},
        f"{begun}/logout_activity.json": {"account_history_logout_history": [row(START + 3_600)]},
        f"{begun}/password_change_activity.json": {
            "account_history_password_change_history": [labelled(Waktu=START + 4_000)]
        },
        f"{begun}/signup_information.json": {
            "account_history_registration_info": [labelled(Nama_Pengguna=HANDLE, Alamat_IP=HOME, Waktu=START - 10**8)]
        },
        f"{begun}/profile_changes.json": {
            "profile_profile_change": [
                labelled(
                    Diubah="Email",
                    Nilai_Sebelumnya="contoh@surel.example.org",
                    Nilai_Baru="lain@kotak.example.net",
                    Tanggal_Perubahan=START + 4_100,
                ),
                labelled(Diubah="Telepon", Nilai_Sebelumnya="", Nilai_Baru="+62 800 0000 12", Tanggal=START + 4_200),
                labelled(
                    Diubah="Nama Pengguna", Nilai_Sebelumnya="contoh.lama", Nilai_Baru=HANDLE, Tanggal=START + 4_300
                ),
                labelled(Diubah="Bio", Nilai_Sebelumnya="lama", Nilai_Baru="baru", Tanggal=START + 4_400),
            ]
        },
        "your_instagram_activity/media/posts_1.json": [
            {"media": [{"uri": "media/1.jpg", "creation_timestamp": START + 60, "title": "apel pagi 🇮🇩"}]},
            {
                "title": "dua gambar",
                "creation_timestamp": START + 120,
                "media": [{"uri": "media/2.jpg", "creation_timestamp": START + 110, "title": ""}],
            },
        ],
        "your_instagram_activity/media/stories.json": {
            "ig_stories": [{"uri": "media/3.jpg", "creation_timestamp": START + 180, "title": "cerita"}]
        },
        "your_instagram_activity/comments/post_comments_1.json": [
            labelled(Komentar="ok", Pemilik_Media="calon.contoh.panjang", Waktu=START + 240)
        ],
        "your_instagram_activity/likes/liked_posts.json": {
            "likes_media_likes": [
                {
                    "title": "calon.contoh",
                    "string_list_data": [
                        {"href": "https://www.instagram.com/p/Contoh1/", "value": "👍", "timestamp": START + 300}
                    ],
                }
            ]
        },
        "connections/followers_and_following/followers_1.json": [
            {"title": "", "string_list_data": [{"href": "", "value": "warga", "timestamp": START}]}
        ],
    }
    return {f"{folder}{name}": value for name, value in members.items()}


def write_many(path: Path, posts: int, sessions: int) -> Path:
    """Write a large Facebook export."""
    rows = [
        session(START + 60 * index, f"192.0.2.{index % 250}", model=("Contoh A8", "Contoh N7")[index % 7 == 0])
        for index in range(sessions)
    ]
    members = {name: value for name, value in facebook().items() if "profile" in name}
    members[f"{SECURITY}/account_activity.json"] = {"account_activity_v2": rows}
    members[f"{SECURITY}/ip_address_activity.json"] = {"used_ip_address_v2": []}
    members[POSTS] = [post(START + 600 * index, f"kiriman contoh nomor {index} 😌") for index in range(posts)]
    return write_zip(path, members)
