"""Builds the HTML form of Facebook and Instagram exports out of what `meta_export` builds, in several languages.

The cards are those of public parsers' test files (docs/decisions/0108-pages-read-as-records.md); people are invented.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import meta_export

WIB = timedelta(hours=7)
#: Instagram's clock in the real exports that are known.
WEST = timedelta(hours=-8)
MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
}
#: What each language calls things; "qx" is one that nobody knows, but for its months.
LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "ip": "IP Address", "agent": "User Agent", "cookie": "Cookie", "city": "City", "first": "Created",
        "last": "Updated", "name": "Name", "id": "Device ID", "old": "Old", "new": "New", "time": "Time",
        "made": "Registration date", "handle": "Username", "updated": "Updated", "lang": "Language Code",
        "port": "Port", "profile": "Profile", "app": "App", "value": "Value", "place": "Location",
    },
    "id": {
        "ip": "Alamat IP", "agent": "Agen Pengguna", "cookie": "Cookie", "city": "Kota", "first": "Dibuat",
        "last": "Diperbarui", "name": "Nama", "id": "ID Perangkat", "old": "Lama", "new": "Baru", "time": "Waktu",
        "made": "Tanggal pendaftaran", "handle": "Nama pengguna", "updated": "Diperbarui", "lang": "Kode Bahasa",
        "port": "Port", "profile": "Profil", "app": "Aplikasi", "value": "Nilai", "place": "Lokasi",
    },
}  # fmt: skip


def moment(at: float, language: str, ahead: timedelta, *, seconds: bool) -> str:
    """Write a time as Meta does: month, day, year, and half a day's clock."""
    local = datetime.fromtimestamp(at, tz=UTC) + ahead
    clock = f"{local.hour % 12 or 12}:{local:%M}" + (f":{local:%S}" if seconds else "")
    return f"{MONTHS[language][local.month - 1]} {local:%d}, {local.year} {clock} {'pm' if local.hour >= 12 else 'am'}"


class Pages:
    """Writes pages in one language, zone and generation.

    Parameters
    ----------
    language
        ``en`` or ``id``.
    ahead
        How far the clock is ahead of UTC.
    old
        Whether as Facebook did before 2021.
    """

    def __init__(
        self, language: str = "en", ahead: timedelta = WIB, *, old: bool = False, instagram: bool = False
    ) -> None:
        self.language, self.ahead, self.old, self.instagram = language, ahead, old, instagram
        self.labels = LABELS[language]

    def at(self, at: float) -> str:
        return moment(at, self.language, self.ahead, seconds=not self.instagram and not self.old)

    def card(self, title: str = "", body: str = "", time: str = "") -> str:
        if self.instagram or self.old:
            box = (
                "pam _3-95 _2pi0 _2lej uiBoxWhite noborder" if self.old else "pam _3-95 _2ph- _a6-g uiBoxWhite noborder"
            )
            kind = "_3-96 _2pio _2lek _2lel" if self.old else "_3-95 _2pim _a6-h _a6-i"
            head = f'<div class="{kind}">{html.escape(title)}</div>' if title else ""
            inner = "_3-96 _2let" if self.old else "_3-95 _a6-p"
            foot = f'<div class="_3-94 {"_2lem" if self.old else "_a6-o"}">{time}</div>' if time else ""
            return f'<div class="{box}">{head}<div class="{inner}">{body}</div>{foot}</div>'
        head = f'<h2 class="_2ph_ _a6-h _a6-i">{html.escape(title)}</h2>' if title else ""
        foot = (
            '<footer class="_3-94 _a6-o"><a target="_blank" href="https://www.facebook.com/dyi/l/?l=AYC">'
            f'<div class="_a72d">{time}</div></a></footer>'
            if time
            else ""
        )
        return f'<section class="_a6-g">{head}<div class="_2ph_ _a6-p">{body}</div>{foot}</section>'

    def row(self, label: str, value: object, *, wide: bool = True) -> str:
        label, shown = self.labels.get(label, label), html.escape(str(value))
        if wide:
            return f'<tr><td colspan="2" class="_2pin _a6_q">{label}<div><div>{shown}</div></div></td></tr>'
        return f'<tr><td class="_2pin _a6_q">{label}</td><td class="_2pin _2piu _a6_r">{shown}</td></tr>'

    def time_row(self, label: str, at: float) -> str:
        return self.row(label, self.at(at), wide=False)

    def page(self, cards: list[str], title: str = "Ekspor") -> bytes:
        body = "\n".join(cards)
        head = f"<html><head><base href='../' /><title>{title}</title><style>._a6-g{{margin:0}}</style></head>"
        top = f'<div class="_3b0b"><img src="data:image/png;base64,AAAA" /><h1>{title}</h1></div>'
        main = f'<main class="_a706" role="main">\n{body}\n</main>'
        return f'{head}<body class="_5vb_"><div>{top}{main}</div></body></html>'.encode()

    def table(self, *rows: str) -> str:
        return f'<table style="table-layout: fixed;">{"".join(row for row in rows if row)}</table>'


def _facebook_rows(write: Pages, row: Mapping[str, Any]) -> Iterator[str]:
    for key, label in (
        ("ip_address", "ip"), ("ip", "ip"), ("user_agent", "agent"), ("datr_cookie", "cookie"), ("device", "name"),
        ("location", "place"),
    ):  # fmt: skip
        if row.get(key):
            yield write.row(label, row[key])
    place = ", ".join(str(row[key]) for key in ("city", "region", "country") if row.get(key))
    if place:
        yield write.row("city", place)
    for key, label in (("created_timestamp", "first"), ("updated_timestamp", "last"), ("timestamp", "time")):
        if row.get(key):
            yield write.time_row(label, row[key])


def _facebook_card(write: Pages, root: str, one: Mapping[str, Any]) -> str:
    if root.startswith("profile"):
        uri = one["profile_uri"]
        rows = [
            f"<tr><th>{write.labels['name']}</th><td>Contoh Pegawai</td></tr>",
            f"<tr><th>{write.labels['handle']}</th><td>{one['username']}</td></tr>",
            f'<tr><th>{write.labels["profile"]}</th><td><a href="{uri}">{uri}</a></td></tr>',
            write.time_row("made", one["registration_timestamp"]),
            write.time_row("time", one["registration_timestamp"] + 10**7),
        ]
        return write.card("", write.table(*rows))
    if root.startswith("admin"):
        extra = [
            write.row("new" if key.startswith("new") else "old", value) for key, value in one["extra_info"].items()
        ]
        return write.card(one["event"], write.table(*extra, *_facebook_rows(write, {**one["session"]})))
    if root.startswith("devices"):
        rows = [write.row("id", one["device_id"]), write.time_row("last", one["update_time"])]
        return write.card(one["type"], write.table(*rows))
    if root.startswith("installed"):
        return write.card(one["name"], write.table(write.time_row("time", one["added_timestamp"])))
    return write.card(one.get("name", one.get("action", "")), write.table(*_facebook_rows(write, one)))


def _facebook_words(write: Pages, one: Mapping[str, Any]) -> str:
    at = write.at(one["timestamp"])
    pieces = []
    for part in one.get("data", []):
        if "post" in part:
            pieces.append(f'<div class="_2pin"><div>{html.escape(part["post"])}</div><div></div></div>')
        elif "comment" in part:
            pieces.append(f'<div class="_2pin"><div>{html.escape(part["comment"]["comment"])}</div></div>')
        elif "reaction" in part:
            pieces.append('<div class="_2pin"><img src="https://static.example.org/suka.png"/></div>')
    for outer in one.get("attachments", []):
        for part in outer["data"]:
            if "media" in part:
                words = html.escape(part["media"]["description"])
                pieces.append(
                    '<div class="_2pin"><div class="_a7nf"><div class="_a7ng"><div><a href="media/1.jpg">'
                    f'<img src="media/1.jpg" class="_a6_o" /></a><div>{words}</div></div></div></div></div>'
                )
            else:
                url = part["external_context"]["url"]
                pieces.append(
                    f'<div class="_2pin"><div><div><a target="_blank" href="{url}">{url}</a></div></div></div>'
                )
    if one.get("attachments"):
        pieces.append(f'<div class="_2pin"><div>{write.labels["updated"]} {at}</div><div></div></div>')
    title = one.get("title") or "".join(part["name"] for part in one.get("data", []) if "name" in part)
    return write.card(title, "".join(pieces), at)


def facebook(
    members: Mapping[str, Any], language: str = "en", ahead: timedelta = WIB, *, old: bool = False
) -> dict[str, bytes]:
    """Give an export of `meta_export.facebook` in HTML."""
    write = Pages(language, ahead, old=old)
    made = {}
    for name, value in members.items():
        root, records = next(iter(value.items())) if isinstance(value, dict) else ("", value)
        if isinstance(records, dict):
            records = [records]
        if "messages" in name or "ads" in name.split("/")[0]:
            cards = [write.card("Warga", "rahasia", write.at(meta_export.START))]
        elif (root and "timestamp" in str(records) and "data" in records[0]) or not root:
            cards = [_facebook_words(write, one) for one in records]
        else:
            cards = [_facebook_card(write, root, one) for one in records]
        made[name.replace(".json", ".html")] = write.page(cards)
    return made


def _instagram_card(write: Pages, root: str, one: Mapping[str, Any]) -> str:
    if "string_list_data" in one:
        part = one["string_list_data"][0]
        link = f'<div><a target="_blank" href="{part["href"]}">{part["value"]}</a></div>'
        return write.card(one["title"], f"<div>{link}<div>{write.at(part['timestamp'])}</div></div>")
    if "string_map_data" in one:
        rows = [
            write.time_row(label, part["timestamp"]) if part["timestamp"] else write.row(label, part["value"])
            for label, part in one["string_map_data"].items()
        ]
        return write.card(one["title"], write.table(*rows))
    first = one["media"][0] if one.get("media") else one
    at = one.get("creation_timestamp") or first["creation_timestamp"]
    body = f'<div><a href="{first["uri"]}"><img src="{first["uri"]}" /></a></div>'
    return write.card(one.get("title") or first["title"], body, write.at(at))


def instagram(members: Mapping[str, Any], language: str = "en", ahead: timedelta = WEST) -> dict[str, bytes]:
    """Give an export of `meta_export.instagram` in HTML."""
    write = Pages(language, ahead, instagram=True)
    made = {}
    for name, value in members.items():
        root, records = next(iter(value.items())) if isinstance(value, dict) else ("", value)
        made[name.replace(".json", ".html")] = write.page([_instagram_card(write, root, one) for one in records])
    return made
