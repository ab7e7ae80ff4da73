"""Full exports of every platform with canaries where messages, contacts, advertising and searches stand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import meta_export
import meta_pages
import x_archive

#: Stands in no text of ours. Each kind of private thing has its own ending.
CANARY = "KENARIQZX"
MESSAGE, CONTACT, INTEREST, SEARCH = (f"{CANARY}{kind}" for kind in ("pesan", "kontak", "minat", "cari"))
#: As a folder of Facebook's or Instagram's is named after the other person.
FOLDER = f"{CANARY.lower()}_100000000000009"
AT = x_archive.START + timedelta(days=3)
AGENT = "Mozilla/5.0 (Linux; Android 13; Rekaan R1) AppleWebKit/537.36 Chrome/118.0 Mobile Safari/537.36"


def x(path: Path, posts: int = 60) -> Path:
    """Write an X archive."""
    records = x_archive.ordinary(posts)
    members = x_archive.files(records)
    for name, private in {
        "direct-messages": {"dmConversation": {"messages": [{"messageCreate": {"text": MESSAGE}}]}},
        "direct-message-headers": {"dmConversation": {"conversationId": MESSAGE}},
        "contact": {"contact": {"id": "1", "phoneNumbers": [CONTACT]}},
        "follower": {"follower": {"accountId": "2", "userLink": CONTACT}},
        "personalization": {"p13nData": {"interests": {"interests": [{"name": INTEREST}]}}},
        "ad-engagements": {"ad": {"adsUserData": INTEREST}},
        "saved-search": {"savedSearch": {"savedSearchId": "1", "query": SEARCH}},
    }.items():
        members[f"data/{name}.js"] = f"window.YTD.{name.replace('-', '_')}.part0 = {json.dumps([private])}".encode()
    members[f"data/direct_messages_media/1-{CANARY}.jpg"] = MESSAGE.encode()
    return x_archive.write_zip(path / "arsip.zip", members)


def _private(folders: Mapping[str, str]) -> dict[str, object]:
    inbox = f"{folders['messages']}/{FOLDER}"
    return {
        f"{inbox}/message_1.json": {
            "participants": [{"name": CONTACT}],
            "messages": [{"sender_name": CONTACT, "timestamp_ms": meta_export.START * 1000, "content": MESSAGE}],
            "title": CONTACT,
        },
        f"{inbox}/photos/{CANARY}.jpg": b"\xff\xd8\xff" + MESSAGE.encode(),
        f"{folders['friends']}.json": {
            "friends_v2": [{"name": CONTACT, "timestamp": meta_export.START}],
            "contacts_contact_info": [{"title": CONTACT}],
        },
        f"{folders['ads']}.json": {"topics_v2": [INTEREST], "ig_custom_audiences_all_types": [INTEREST]},
        f"{folders['searches']}.json": {
            "searches_v2": [{"timestamp": meta_export.START, "data": [{"text": SEARCH}], "title": SEARCH}]
        },
    }


_ENGLISH = {
    "messages": "your_facebook_activity/messages/inbox",
    "friends": "connections/friends/your_friends",
    "ads": "ads_information/ad_preferences",
    "searches": "logged_information/search/your_search_history",
}
_INDONESIAN = {
    "messages": "aktivitas_facebook_anda/pesan/kotak_masuk",
    "friends": "koneksi/teman/teman_anda",
    "ads": "informasi_iklan/preferensi_iklan",
    "searches": "informasi_yang_dicatat/pencarian/riwayat_pencarian_anda",
}
_OLD = {
    "messages": "messages/inbox",
    "friends": "friends/friends",
    "ads": "ads_and_businesses/ads_interests",
    "searches": "search_history/your_search_history",
}


def _facebook(folders: Mapping[str, str], version: str = "_v2") -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        return meta_export.write_zip(path / "facebook.zip", {**meta_export.facebook(version), **_private(folders)})

    return write


def _instagram(folders: Mapping[str, str], *, old: bool = False) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        renamed = {key: name.replace("facebook", "instagram") for key, name in folders.items()}
        return meta_export.write_zip(path / "instagram.zip", {**meta_export.instagram(old=old), **_private(renamed)})

    return write


def _pages(folders: Mapping[str, str], language: str, *, instagram: bool = False) -> Callable[[Path], Path]:
    """Give a writer of an export in HTML, private pages and all."""

    def write(path: Path) -> Path:
        pages = meta_pages.Pages(language, instagram=instagram)
        when = pages.at(meta_export.START)
        renamed = {key: name.replace("facebook", "instagram") if instagram else name for key, name in folders.items()}
        inbox = f"{renamed['messages']}/{FOLDER}"
        private = {
            f"{inbox}/message_1.html": pages.page([pages.card(CONTACT, f"<div>{MESSAGE}</div>", when)], CONTACT),
            f"{inbox}/photos/{CANARY}.jpg": b"\xff\xd8\xff" + MESSAGE.encode(),
            f"{renamed['friends']}.html": pages.page([pages.card(CONTACT, "", when)]),
            f"{renamed['ads']}.html": pages.page([pages.card(INTEREST)]),
            f"{renamed['searches']}.html": pages.page([pages.card("", f"<div>{SEARCH}</div>", when)]),
        }
        if instagram:
            return x_archive.write_zip(
                path / "instagram.zip", {**meta_pages.instagram(meta_export.instagram(), language), **private}
            )
        return x_archive.write_zip(
            path / "facebook.zip", {**meta_pages.facebook(meta_export.facebook(), language), **private}
        )

    return write


def tiktok_document(*, new: bool = False) -> dict[str, object]:
    """Give a TikTok data file of two generations."""
    logins = [
        {
            "Date": f"2024-01-0{day} 03:04:05",
            "IP": "192.0.2.7",
            "DeviceModel": "Rekaan R1",
            "DeviceSystem": "Android 13",
        }
        for day in range(1, 8)
    ]
    searches = {"SearchList": [{"Date": "2024-01-04 01:00:00", "SearchTerm": SEARCH}]}
    chats = {"ChatHistory": {f"Chat History with {CONTACT}:": [{"Date": "2024-01-01 00:00:00", "Content": MESSAGE}]}}
    videos = {"VideoList": [{"Date": f"2024-01-0{day} 01:00:00", "Title": f"apel {day}"} for day in range(1, 8)]}
    comments = {"CommentsList": [{"date": "2024-01-05 01:00:00", "comment": "setuju"}]}
    profile = {"Profile Information": {"ProfileMap": {"userName": "pegawai.satu", "interests": INTEREST}}}
    ads = {"AdInterests": {"AdInterestCategories": INTEREST}}
    friends = {"FansList": [{"Date": "2024-01-01 00:00:00", "UserName": CONTACT}]}
    if new:
        return {
            "Profile And Settings": {**profile, "Follower": friends},
            "Your Activity": {"Login History": {"LoginHistoryList": logins}, "Searches": searches},
            "Comment": {"Comments": comments},
            "Direct Message": {"Direct Messages": chats},
            "Ads and data": ads,
            "Post": {"Posts": videos},
        }
    return {
        "Activity": {
            "Login History": {"LoginHistoryList": logins},
            "Search History": searches,
            "Follower List": friends,
        },
        "Comment": {"Comments": comments},
        "Direct Messages": {"Chat History": chats},
        "Ads and data": ads,
        "Profile": profile,
        "Video": {"Videos": videos},
    }


def _tiktok(*, new: bool) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        content = json.dumps(tiktok_document(new=new)).encode()
        return x_archive.write_zip(path / "tiktok.zip", {"user_data_tiktok.json": content})

    return write


def _table(*rows: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


_ACCESS = (
    "Gaia ID", "Activity Timestamp", "IP Address", "Proxied Host IP Address", "Is Non-routable IP Address", "Country",
    "Region", "City", "User Agent String", "Product", "Sub-Product", "Activity Type", "Gmail Access Channel",
)  # fmt: skip


def activity_box(body: str, day: int, when: str = "{day} Jan 2024, 10.04.05 WIB") -> str:
    """Give a record of Google's "My Activity" as its pages write it."""
    return (
        '<div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"><div class="mdl-grid">'
        '<div class="header-cell mdl-cell mdl-cell--12-col"><p class="mdl-typography--title">YouTube<br></p></div>'
        f'<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1">{body}<br>'
        f'<a href="https://www.youtube.com/channel/UC1">Kanal</a><br>{when.format(day=day)}<br></div>'
        '<div class="content-cell mdl-cell mdl-cell--12-col mdl-typography--caption"><b>Produk:</b><br>&emsp;YouTube'
        "<br></div></div></div>\n"
    )


def activity_page(*boxes: str) -> bytes:
    """Give a page of such records."""
    head = "<html><head><title>Histori</title><style>.mdl-grid{display:flex}</style></head>"
    return f'{head}<body><div class="mdl-grid">{"".join(boxes)}</div></body></html>'.encode()


def takeout(path: Path) -> Path:
    """Write a Google Takeout."""
    tube, gaia = "Takeout/YouTube and YouTube Music/", "100000000001"
    rows = [
        (
            gaia,
            f"2024-01-0{day} 03:04:05 UTC",
            "192.0.2.7",
            "",
            "",
            "ID",
            "R",
            "K",
            AGENT,
            "YouTube",
            "Web",
            "Login",
            "",
        )
        for day in range(1, 8)
    ]
    liked = "".join(
        activity_box(f"Menyukai\u00a0<a href='https://www.youtube.com/watch?v=rekaan0000{n}'>{INTEREST}</a>", day)
        for n, day in enumerate(range(1, 8))
    )
    searched = f"Menelusuri\u00a0<a href='https://www.youtube.com/results?search_query={SEARCH}'>{SEARCH}</a>"
    watched = f"Menonton\u00a0<a href='https://www.youtube.com/watch?v=rekaan00099'>{INTEREST}</a>"
    activity = activity_page(liked, activity_box(searched, 3), activity_box(watched, 4))
    html = f"<html><body>Watched {INTEREST}, searched {SEARCH}</body></html>".encode()
    return x_archive.write_zip(
        path / "takeout.zip",
        {
            "Takeout/Access Log Activity/Activities - A list of Google services.csv": _table(_ACCESS, *rows),
            f"{tube}comments/comments.csv": _table(
                (
                    "Comment ID", "Channel ID", "Comment Create Timestamp", "Price", "Video ID", "Comment Text",
                ),
                (
                    "UgxRekaan0000000000000001", "UC" + "rekaan" + "0" * 16, "2024-01-04T01:00:00.000000+00:00", "0",
                    "rekaan00001", '{"text":"setuju"}',
                ),
            ),
            f"{tube}history/search-history.html": html,
            f"{tube}history/riwayat-tontonan.json": json.dumps([{"title": SEARCH}]).encode(),
            f"Takeout/Contacts/{CONTACT}/{CONTACT}.vcf": CONTACT.encode(),
            f"Takeout/Kontak/{CONTACT}.csv": _table(("Name", "Phone"), (CONTACT, CONTACT)),
            "Takeout/Mail/Semua email.mbox": MESSAGE.encode(),
            "Takeout/My Activity/Ads/MyActivity.html": html,
            "Takeout/Aktivitas Saya/YouTube/AktivitasSaya.html": activity,
        },
    )  # fmt: skip


def whatsapp(path: Path) -> Path:
    """Write a chat of two people, with a picture beside."""
    lines = [f"2{day}/01/24 15.4{day} - Pegawai Satu: pesan {day} dari saya" for day in range(1, 8)]
    lines[3:3] = [f"24/01/24 15.43 - {CONTACT}: {MESSAGE}\n{SEARCH}"]
    return x_archive.write_zip(
        path / "chat.zip",
        {"Chat WhatsApp dengan Grup.txt": "\n".join(lines).encode(), f"IMG-{CANARY}.jpg": MESSAGE.encode()},
    )


FULL: Mapping[str, Callable[[Path], Path]] = {
    "x": x,
    "facebook": _facebook(_ENGLISH),
    "facebook-id": _facebook(_INDONESIAN),
    "facebook-old": _facebook(_OLD, ""),
    "facebook-html": _pages(_ENGLISH, "en"),
    "facebook-html-id": _pages(_INDONESIAN, "id"),
    "instagram": _instagram(_ENGLISH),
    "instagram-id": _instagram(_INDONESIAN),
    "instagram-old": _instagram(_OLD, old=True),
    "instagram-html": _pages(_INDONESIAN, "id", instagram=True),
    "tiktok": _tiktok(new=False),
    "tiktok-new": _tiktok(new=True),
    "takeout": takeout,
    "whatsapp": whatsapp,
}
#: When the contested act was, by platform.
ACTS = {
    "x": "2023-06-01T15:00:00Z",
    "facebook": "2023-11-01T00:02:00Z",
    "instagram": "2023-11-01T00:02:00Z",
    "tiktok": "2024-01-04T01:00:00Z",
    "takeout": "2024-01-04T01:00:00Z",
    "whatsapp": "2024-01-24T15:44:00+07:00",
}
HANDLES = {
    "x": x_archive.HANDLE,
    "facebook": meta_export.HANDLE,
    "instagram": meta_export.HANDLE,
    "tiktok": "pegawai.satu",
    "takeout": "pegawai.satu",
    "whatsapp": "Pegawai Satu",
}
PLATFORMS = {"takeout": "youtube"}


def case_yaml(kind: str, export: str = "") -> str:
    """Give a case about an export of one of these kinds."""
    base = kind.partition("-")[0]
    source = f"sources:\n  - path: {export}\n    kind: platform_export\n    supplied_by: respondent\n" if export else ""
    return (
        "schema: telusur.case/1\nid: K-900\nreported_on: 2024-03-01\n"
        "respondent: {status: pns, name: Pegawai Satu}\n"
        f"accounts:\n  - {{platform: {PLATFORMS.get(base, base)}, handle: {HANDLES[base]}}}\n"
        f"acts:\n  - id: A1\n    at: '{ACTS[base]}'\n    text: apel pagi\n    act: {{kind: post}}\n{source}"
    )
