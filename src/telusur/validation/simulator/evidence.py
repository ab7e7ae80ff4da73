"""What of a simulated account comes into the file: records and documents as the real readers would give them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, get_args

import numpy as np

from telusur.domain.account import Account
from telusur.domain.act import Act
from telusur.domain.document import Authenticity, Document, Fact
from telusur.domain.event import Action, Certainty, Event, SourceRef
from telusur.domain.evidence import Grade
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.domain.proposition import Proposition
from telusur.domain.record import AccountRecord, Log, LogName
from telusur.domain.writing import KnownWriting
from telusur.tracing import Question
from telusur.validation.simulator.account import OWNER, Device, Post, Row, Texts, World, contested, fill

Held = Literal[
    "export",
    "export_before_officer",
    "provider",
    "emails",
    "operator_letter",
    "police_report",
    "capture",
    "minutes",
    "known",
]
HELD: Final[tuple[Held, ...]] = get_args(Held)
CONTESTED_TEXT: Final = "Dukung penuh Paslon Contoh! Menang satu putaran, insyaallah."
_KIND: Final = Facts.read({"act": {"kind": "post"}})
#: X lists deleted posts for about a month; the others keep none.
_DELETIONS_KEPT: Final = timedelta(days=30)
_SECOND: Final = timedelta(seconds=1)
_LATE: Final = datetime.max.replace(tzinfo=UTC)


def obtainable(made: World) -> frozenset[Held]:
    """Give what can be had of an account at all: who is locked out can export nothing."""
    if made.platform == "whatsapp":
        return frozenset({"operator_letter", "police_report"})
    found: set[Held] = {"emails", "capture", "provider", "police_report", "known"}
    if not made.locked_out:
        found |= {"export", "export_before_officer", "minutes"}
    if made.truth is Proposition.IMPERSONATION:
        # Nobody gives the provider's record of a stranger's account to an inspectorate.
        found -= {"provider"}
    return frozenset(found)


def question(made: World, held: Iterable[Held], texts: Texts | None = None) -> Question:
    """Give what tracing is asked when this much lies in the file.

    Parameters
    ----------
    made
        The account.
    held
        The evidence; what cannot be had of this account is left out.
    texts
        Words of the posts; without them posts have no words, so that style abstains.
    """
    if texts is not None:
        fill(made, texts)
    have = frozenset(held) & obtainable(made)
    post = contested(made.posts)
    if post is not None:
        post.text = CONTESTED_TEXT
    records: list[AccountRecord] = []
    if "export_before_officer" in have:
        records.append(_export(made, Grade.B))
    elif "export" in have:
        records.append(_edited(_export(made, Grade.C), made))
    if "provider" in have:
        records.append(_provider(made))
    if "capture" in have:
        records.append(_capture(made))
    if made.platform == "whatsapp":
        records.append(_chat(made))
    moment = Moment(made.act_at.replace(second=0), timedelta(minutes=1), made.act_at.isoformat())
    zoned = replace(moment, at=moment.at.astimezone(made.zone))
    reported = Account(made.platform, made.reported_handle, made.reported_id)
    act = Act("A1", _KIND, reported, zoned, CONTESTED_TEXT, _address(made))
    known = tuple(
        KnownWriting(one.text, "post", Moment(one.at, _SECOND, one.at.isoformat()))
        for one in made.posts
        if "known" in have and one.person == "owner" and one.text and one.at < made.act_at - timedelta(days=20)
    )
    return Question(
        act,
        tuple(records),
        known,
        made.claims,
        signed_after_particulars=True,
        capture_grade=Grade.B if "capture" in have and post is not None else Grade.E,
        documents=tuple(_documents(made, have)),
        respondent=OWNER,
        reported_on=made.reported_on,
    )


def _address(made: World) -> str | None:
    if made.platform != "x" or made.variant == "no_address":
        return None
    return f"https://x.com/{made.reported_handle}/status/{made.post_id}"


# ---- events, as each platform's reader fills them ----


def _event(action: Action, at: datetime, number: int, **fields: object) -> Event:
    certainty: Certainty = "exact"
    return Event(action, at, at.isoformat(), certainty, SourceRef("simulated", number, "0" * 64), **fields)  # type: ignore[arg-type] # fields of an event


def _agent(device: Device) -> str:
    return f"Mozilla/5.0 (Linux; Android 13; {device.model}) [FBAN/FB4A;FBDV/{device.model};FBSV/13]"


def _rows(made: World, rows: Iterable[Row], since: datetime) -> list[Event]:
    events = []
    for place, row in enumerate(rows):
        if row.at < since:
            continue
        if made.platform == "x":
            events.append(_event("login", row.at, place, ip=row.ip))
            continue
        action: Action = "login" if row.login or made.platform == "instagram" else "session_seen"
        events.append(
            _event(
                action, row.at, place, ip=row.ip, device=f"sha256:{row.device.cookie}", model=row.device.model,
                user_agent=_agent(row.device), place=row.place if made.platform == "facebook" else None,
            )
        )  # fmt: skip
    return events


def _devices(made: World) -> list[Event]:
    events = []
    for place, device in enumerate(made.devices):
        seen = [row.at for row in made.rows if row.device is device]
        last = max(seen, default=device.first)
        if made.platform == "x":
            name = f"sha256:{device.cookie}"
            if device.listed or device.person != "intruder":
                events.append(
                    _event("device_added", device.first, place, device=name, client=device.client, until=last)
                )
        elif made.platform == "facebook":
            if device.listed:
                events.append(
                    _event(
                        "device_added", device.first, place, model=device.model, user_agent=_agent(device), until=last
                    )
                )
        elif seen:
            events.append(_event("device_seen", last, place, model=device.model, user_agent=_agent(device)))
    return events


def _changes(made: World) -> list[Event]:
    events = []
    for place, change in enumerate(made.changes):
        if made.platform == "x" and change.what != "email_changed":
            continue
        device = change.device if made.platform == "facebook" else None
        events.append(
            _event(
                change.what, change.at, place, old=change.old, new=change.new, ip=change.ip if device else None,
                device=f"sha256:{device.cookie}" if device else None, model=device.model if device else None,
            )
        )  # fmt: skip
    return events


def _posts(made: World, posts: Iterable[Post]) -> list[Event]:
    events = []
    for place, post in enumerate(posts):
        if post.at >= made.export_at:
            continue
        number = made.post_id if post.contested else str(10**18 + place)
        x = made.platform == "x"
        action: Action = "deleted_post" if post.deleted else "post"
        if post.deleted and not (x and made.export_at - post.at < _DELETIONS_KEPT):
            continue
        events.append(
            _event(
                action, post.at, place, text=post.text, client=post.client if x else None,
                object_id=number if x and post.contested else None,
            )
        )  # fmt: skip
    return events


def _log(name: LogName, events: Iterable[Event]) -> Log:
    times = [event.at for event in events if event.at is not None]
    return Log(name, f"{name}.json", len(times), None, min(times, default=None), max(times, default=None))


def _export(made: World, grade: Grade) -> AccountRecord:
    since = made.export_at - made.retention
    rows, devices, changes = _rows(made, made.rows, since), _devices(made), _changes(made)
    own = [post for post in made.posts if made.truth is not Proposition.IMPERSONATION or not post.contested]
    posts = _posts(made, own)
    apps = [
        _event("app_connected", at, n, new=name, permissions=("read", "write"))
        for n, (at, name) in enumerate(made.apps)
    ]
    events = sorted([*rows, *devices, *changes, *posts, *apps], key=lambda event: event.at or _LATE)
    logs = (
        _log("posts", posts),
        _log("sessions" if made.platform == "facebook" else "logins", rows),
        _log("devices", devices),
        _log("credentials", changes),
    )
    account = Account(made.platform, made.handle, made.account_id)
    return AccountRecord("evidence/ekspor.zip", account, events, logs, generated_at=made.export_at, grade=grade)


def _edited(record: AccountRecord, made: World) -> AccountRecord:
    """Give the export as its owner handed it in."""
    if not made.edited or made.acting is None:
        return record
    near = (made.act_at - timedelta(hours=10), made.act_at + timedelta(hours=6))
    if made.edited == "removed":
        gone = f"sha256:{made.acting.cookie}"
        events = [
            event
            for event in record.events
            if event.at is None
            or not near[0] <= event.at < near[1]
            or event.action not in {"login", "session_seen"}
            or event.device not in {gone, None}
        ]
        return replace(record, events=events)
    random = np.random.default_rng([3, made.draw, made.seed])
    ip = f"203.0.113.{int(random.integers(1, 255))}"
    device = None if made.platform == "x" else "sha256:buatan"
    times = [near[0] + (near[1] - near[0]) * float(part) for part in sorted(random.uniform(0, 0.6, 4))]
    added = [
        _event("login", at, 90_000 + n, ip=ip, device=device, model=device and "Contoh Z1")
        for n, at in enumerate(times)
    ]
    return replace(record, events=sorted([*record.events, *added], key=lambda event: event.at or _LATE))


def _provider(made: World) -> AccountRecord:
    everything = replace(made, platform="facebook") if made.platform == "x" else made
    rows = _rows(everything, made.rows, made.act_at - timedelta(days=90))
    # The platform's own record names device and address for every login, whatever its exports show.
    rows = [replace(event, place=None) for event in rows]
    account = Account(made.platform, made.reported_handle, made.reported_id)
    return AccountRecord(
        "evidence/penyedia.csv", account, rows, (_log("logins", rows),), grade=Grade.A, kind="provider_record"
    )


def _capture(made: World) -> AccountRecord:
    taken = made.act_at + timedelta(days=2)
    if made.truth is Proposition.IMPERSONATION:
        shown = [post for post in made.posts if post.contested]
    else:
        shown = [post for post in made.posts if post.at < taken and not (post.deleted and post.contested)][-40:]
    posts = [replace(event, client=None) for event in _posts(made, shown) if event.action == "post"]
    account = Account(made.platform, made.reported_handle, made.reported_id)
    return AccountRecord(
        "evidence/profil.warc.gz", account, posts, (_log("posts", posts),), generated_at=taken, partial=True,
        grade=Grade.B, kind="web_archive",
    )  # fmt: skip


def _chat(made: World) -> AccountRecord:
    events = [replace(event, action="message", certainty="zone_assumed") for event in _posts(made, made.posts)]
    account = Account("whatsapp", made.reported_handle)
    return AccountRecord("evidence/chat.txt", account, events, (_log("messages", events),), grade=Grade.C, partial=True)


# ---- documents ----


def _documents(made: World, have: frozenset[Held]) -> Iterable[Document]:
    if "emails" in have:
        for n, notice in enumerate(made.notices, start=1):
            facts = [] if not notice.fact else [
                Fact(notice.fact, notice.at - timedelta(days=90) if notice.until else notice.at, "…", notice.until,  # type: ignore[arg-type] # names of facts
                     device=notice.device, ip=notice.ip),
            ]  # fmt: skip
            shown: Authenticity = "contradicted" if notice.forged else "shown"
            yield Document(
                f"evidence/surel-{n}.eml",
                "security_email",
                Grade.D,
                notice.at,
                shown,
                facts=facts,
                platform=made.platform,
            )
    letter_at = made.act_at + timedelta(days=12)
    if "operator_letter" in have and made.sim:
        facts = []
        for name, at, identified in made.sim:
            since = letter_at - timedelta(days=60) if name == "no_sim_change_since" else at
            until = letter_at if name == "no_sim_change_since" else None
            facts.append(Fact(name, since, "…", until, identified=identified))  # type: ignore[arg-type] # names of facts
        yield Document("evidence/surat-operator.txt", "operator_letter", Grade.D, letter_at, facts=facts)
    if "police_report" in have and made.complaint_at is not None:
        fact = Fact("reported_lost_at", made.complaint_at + timedelta(hours=5), "…")
        yield Document("evidence/laporan-polisi.txt", "police_report", Grade.D, fact.at, facts=[fact])
    if "minutes" in have:
        held = [Fact("device_of", None, "…", device=d.model, holder=d.holder) for d in made.devices if d.holder]
        yield Document("evidence/berita-acara.txt", "document", Grade.D, facts=held)
