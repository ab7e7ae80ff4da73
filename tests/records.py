"""Small account records for tests: an ordinary owner with one telephone, two networks and a steady habit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from telusur.domain.account import Account
from telusur.domain.act import Act
from telusur.domain.event import Event, SourceRef
from telusur.domain.evidence import Grade
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.domain.record import AccountRecord, Log

ACT_AT = datetime(2024, 1, 20, 2, 35, 7, tzinfo=UTC)
ACCOUNT = Account("x", "contoh_pegawai", "1000000001", "A")
EPOCH_MS = 1_288_834_974_657
ANDROID, WEB, IPHONE = "Twitter for Android", "Twitter Web App", "Twitter for iPhone"


def ago(**span) -> datetime:
    """Give a time before the act; negative spans lie after it."""
    return ACT_AT - timedelta(**span)


def number_at(at: datetime) -> str:
    """Give a post's number made at a time."""
    return str((int(at.timestamp() * 1000) - EPOCH_MS) << 22)


def event(action, at, **fields) -> Event:
    """Give an event of a record."""
    ref = SourceRef("data/test.js", 0, "0" * 64)
    return Event(action, at, at.isoformat() if at else "", "exact" if at else "none", ref, **fields)


def post(at, text="kopi dulu baru kerja", client=ANDROID, action="post", **fields) -> Event:
    """Give a post whose number fits its time."""
    return event(action, at, text=text, client=client, object_id=fields.pop("object_id", number_at(at)), **fields)


CONTESTED_TEXT = "Dukung penuh Paslon Contoh! Menang satu putaran."
ADDRESS = f"https://x.com/contoh_pegawai/status/{number_at(ACT_AT)}"


def act(**changes) -> Act:
    """Give the contested act: a post on the account, reported to the minute."""
    plain = Act(
        "A1",
        Facts.read({"act": {"kind": changes.pop("kind", "post")}}),
        ACCOUNT,
        Moment.parse("2024-01-20T09:35+07:00"),
        CONTESTED_TEXT,
        ADDRESS,
        ("evidence/layar.png",),
    )
    return replace(plain, **changes)


def record(*further, contested=True, client=ANDROID, days=90, grade=Grade.C, without=(), **changes) -> AccountRecord:
    """Give the owner's record.

    One post a day for `days` days before the act, one telephone, home and office networks daily, the contested post
    itself unless left out, then whatever is added. Actions in `without` are taken out.
    """
    events = [
        post(ago(days=day, hours=3), f"catatan hari ke {day} dari kantor kelurahan") for day in range(1, days + 1)
    ]
    events += [post(ago(days=-day), f"catatan sesudah hari ke {day}") for day in range(1, 6)]
    for day in range(-5, days + 1):
        ip = "192.0.2.17" if day % 2 else "198.51.100.9"
        events.append(event("login", ago(days=day, hours=2), ip=ip))
    events.append(event("device_added", ago(days=400), client=ANDROID, device="t1", until=ago(days=-5)))
    if contested:
        events.append(post(ACT_AT, CONTESTED_TEXT, client))
    events = [e for e in [*events, *further] if e.action not in without]
    events.sort(key=lambda e: (e.at is None, e.at or ACT_AT))
    posts = [e.at for e in events if e.action == "post"]
    logs = (
        Log("posts", "data/tweets.js", len(posts), len(posts), min(posts), max(posts)),
        Log("credentials", "data/email-address-change.js", 0, 0),
    )
    plain = AccountRecord("evidence/x.zip", ACCOUNT, tuple(events), logs, generated_at=ago(days=-10), grade=grade)
    return replace(plain, **changes)
