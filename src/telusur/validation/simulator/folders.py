"""A simulated case as a folder on disk, in the formats of the platforms, for the real readers and for people.

Written from the `Question` that the fast path makes, so that whatever stands in it must survive the formats and come
back through the readers. Names, addresses and cookies are invented; the domains of e-mails are the platforms'.
"""

from __future__ import annotations

import base64
import email.message
import email.utils
import gzip
import hashlib
import json
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import yaml

from telusur.domain.account import Account
from telusur.domain.document import Document, Fact
from telusur.domain.evidence import Grade
from telusur.domain.record import AccountRecord
from telusur.tracing import Question
from telusur.validation.simulator.folder_exports import moment, write_export

#: Domains from which platforms send notices; a forged one comes from elsewhere.
_SENDERS: Final = {"x": "x.com", "facebook": "facebookmail.com", "instagram": "mail.instagram.com"}
_FORGED: Final = "keamanan-akun.example"
_SUBJECTS: Final[Mapping[str, str]] = {
    "login_new_device_at": "Login baru dari perangkat yang belum pernah dipakai",
    "login_known_device_at": "Login dari perangkat yang dikenal",
    "email_changed_at": "Alamat email Anda telah diubah",
    "password_changed_at": "Kata sandi Anda telah diubah",
    "recovery_requested_at": "Permintaan pemulihan akun Anda diterima",
    "no_credential_change_since": "Jawaban atas pertanyaan Anda",
}


def write_case(question: Question, folder: Path, *, case: str) -> Path:
    """Write a case folder: ``case.yaml``, ``evidence/``, and ``known/`` where there is known writing.

    Parameters
    ----------
    question
        What the fast path gives, with words in its posts.
    folder
        Where; made if it is not there.
    case
        What to call the case.

    Returns
    -------
    Path
        The folder.
    """
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    act = question.act
    assert act.at is not None
    assert act.account is not None
    zone = act.at.at.tzinfo
    (folder / "evidence" / "screenshot.png").write_bytes(_picture())
    sources: list[dict[str, object]] = [_source("evidence/screenshot.png", "screenshot", "reporter")]
    shown = ["evidence/screenshot.png"]
    for record in question.records:
        path = folder / record.path
        if record.kind == "web_archive":
            path.write_bytes(_capture(record))
            sources.append(_source(record.path, record.kind, "authority"))
            if question.capture_grade is Grade.B:
                shown.append(record.path)
        elif record.kind == "provider_record":
            path.write_text(_table(record, act.account), "utf-8")
            sources.append(_source(record.path, record.kind, "provider"))
        else:
            write_export(record, path, zone)
            officer = {} if record.account.platform == "whatsapp" else {"taken_before_officer": record.grade is Grade.B}
            by = "reporter" if record.account.platform == "whatsapp" else "respondent"
            sources.append(_source(record.path, record.kind, by) | officer)
    for document in question.documents:
        (folder / document.path).write_text(_document(document), "utf-8")
        by = "respondent" if document.kind in {"security_email", "police_report"} else "authority"
        sources.append(_source(document.path, document.kind, by))
    if question.known:
        _known(question, folder)
        sources.append(_source("known/posts.jsonl", "known_writing", "respondent"))
    (folder / "case.yaml").write_text(
        yaml.safe_dump(_case(question, case, sources, shown), allow_unicode=True, sort_keys=False), "utf-8"
    )
    return folder


def _source(path: str, kind: str, by: str) -> dict[str, object]:
    return {"path": path, "kind": kind, "supplied_by": by}


def _case(
    question: Question, case: str, sources: Sequence[Mapping[str, object]], shown: Sequence[str]
) -> dict[str, object]:
    act, account = question.act, question.act.account
    assert act.at is not None
    assert account is not None
    described = {"platform": account.platform, "handle": account.handle, "account_id": account.account_id}
    return {
        "schema": "telusur.case/1",
        "id": case,
        "reported_on": question.reported_on.isoformat() if question.reported_on else None,
        "contest": {"kind": "president"},
        "respondent": {"name": question.respondent, "status": "pns"},
        "account": {key: value for key, value in described.items() if value and not _is_chat(account, key)},
        "acts": [
            {
                "id": act.id,
                "at": act.at.at.isoformat(timespec="minutes"),
                "date": act.at.day.isoformat(),
                "text": act.text,
                **({"url": act.url} if act.url else {}),
                "evidence": list(shown),
                "act": {"kind": str(act.facts.value("act.kind")), "public": True, "active_support": True},
                "target": {"kind": "contestant"},
            }
        ],
        "statement": {
            "account_disputed": "admits" not in question.claims,
            "claims": list(question.claims),
            "signed_after_particulars": bool(question.signed_after_particulars),
        },
        "sources": list(sources),
    }


def _is_chat(account: Account, key: str) -> bool:
    """Whether a part of an account is none that WhatsApp knows."""
    return account.platform == "whatsapp" and key == "account_id"


def _known(question: Question, folder: Path) -> None:
    (folder / "known").mkdir(exist_ok=True)
    lines = [
        json.dumps({"at": one.at.written if one.at else None, "text": one.text, "register": one.register})
        for one in question.known
    ]
    (folder / "known" / "posts.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _picture() -> bytes:
    """Give a small grey PNG: a screenshot says nothing to the program."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + b"\xc0" * 8 for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


# ---- the page and the provider's table ----


def _capture(record: AccountRecord) -> bytes:
    account = record.account
    host = {"x": "x.com", "facebook": "www.facebook.com", "instagram": "www.instagram.com"}[account.platform]
    articles = []
    for event in record.events:
        assert event.at is not None
        link = f'<a href="/{account.handle}/status/{event.object_id}">tautan</a>' if event.object_id else ""
        shown = event.at.isoformat(timespec="milliseconds")
        articles.append(f'<article>{link}<time datetime="{shown}">{shown}</time><p>{event.text or ""}</p></article>')
    page = (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>@{account.handle}</title></head>'
        f'<body data-account-id="{account.account_id}"><h1>@{account.handle}</h1>{"".join(articles)}</body></html>'
    ).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    digest = base64.b32encode(hashlib.sha256(http).digest()).decode().rstrip("=")
    taken = record.generated_at
    assert taken is not None
    number = hashlib.sha256(http).hexdigest()
    name = f"{number[:8]}-{number[8:12]}-4{number[13:16]}-8{number[17:20]}-{number[20:32]}"
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: {taken:%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"WARC-Target-URI: https://{host}/{account.handle}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\n"
        f"WARC-Block-Digest: sha256:{digest}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0)


def _table(record: AccountRecord, account: Account) -> str:
    lines = ["account_id,event,time_utc,ip_address,user_agent,cookie"]
    for event in record.events:
        assert event.at is not None
        words = "LOGIN" if event.action == "login" else "SESSION_UPDATE"
        cookie = (event.device or "").removeprefix("sha256:")
        cells = [account.account_id, words, moment(event.at), event.ip or "", event.user_agent or "", cookie]
        lines.append(",".join(f'"{cell}"' if "," in str(cell) else str(cell) for cell in cells))
    return "\n".join(lines) + "\n"


# ---- documents ----


def _document(document: Document) -> str:
    if document.kind == "security_email":
        return _mail(document)
    return "\n".join(_letter(document)) + "\n"


def _mail(document: Document) -> str:
    forged = document.authenticity == "contradicted"
    at = document.at
    assert at is not None
    platform = document.platform or "facebook"
    domain = _FORGED if forged else _SENDERS[platform]
    fact = next(iter(document.facts), None)
    title = {"x": "X", "facebook": "Facebook", "instagram": "Instagram"}[platform]
    letter = email.message.EmailMessage()
    receiver = "mx.pos.example.org"
    verdict = "fail" if forged else "pass"
    stamp = email.utils.format_datetime(at)
    letter["Return-Path"] = f"<keamanan@{domain}>"
    letter["Received"] = (
        f"from out.{domain} (out.{domain} [192.0.2.25]) by {receiver} with ESMTPS id 1 for <pemilik@pos.example.org>; "
        f"{stamp}"
    )
    letter["Authentication-Results"] = (
        f"{receiver}; dkim={verdict} header.d={domain}; spf={verdict} smtp.mailfrom=keamanan@{domain}; "
        f"dmarc={verdict} header.from={domain}"
    )
    letter["Date"] = stamp
    letter["To"] = "pemilik@pos.example.org"
    letter["From"] = f"{title} <keamanan@{domain}>"
    letter["Subject"] = _SUBJECTS.get(fact.name, "Pemberitahuan") if fact else f"{title}: kode keamanan"
    letter["Message-ID"] = f"<{hashlib.sha256(document.path.encode()).hexdigest()[:16]}@{domain}>"
    letter.set_content("\n".join(_notice(fact, title)), cte="8bit")
    return letter.as_string()


def _notice(fact: Fact | None, title: str) -> Iterator[str]:
    yield "Halo,"
    yield ""
    if fact is not None and fact.name == "no_credential_change_since" and fact.at and fact.until:
        days = round((fact.until - fact.at) / timedelta(days=1))
        yield f"Tidak ada perubahan email maupun kata sandi dalam {days} hari terakhir."
    elif fact is not None and fact.at is not None:
        yield f"{_SUBJECTS.get(fact.name, 'Pemberitahuan')}."
        yield f"Waktu: {moment(fact.at)}"
        if fact.device:
            yield f"Perangkat: {fact.device}"
        if fact.ip:
            yield f"Alamat IP: {fact.ip}"
    yield ""
    yield f"Tim {title}"


def _letter(document: Document) -> Iterator[str]:
    if document.kind == "operator_letter":
        yield from ("OPERATOR SELULER CONTOH", f"Tanggal: {_day(document.at)}", "Nomor pelanggan: +62 800-0000-0000")
        for fact in document.facts:
            yield from _of_operator(fact)
    elif document.kind == "police_report":
        yield from ("SURAT TANDA PENERIMAAN LAPORAN", "Pelapor: Pemilik Akun", "Perihal: akun dikuasai orang lain")
        for fact in document.facts:
            assert fact.at is not None
            yield f"Waktu lapor: {moment(fact.at)}"
    else:
        yield from ("BERITA ACARA PEMERIKSAAN PERANGKAT", "Perangkat yang diperiksa:")
        for n, fact in enumerate(document.facts, start=1):
            yield f"  {n}. {fact.device} - dipegang {fact.holder}"


def _of_operator(fact: Fact) -> Iterator[str]:
    if fact.name == "no_sim_change_since":
        assert fact.at is not None
        assert fact.until is not None
        days = round((fact.until - fact.at) / timedelta(days=1))
        yield f"Penggantian kartu SIM: tidak ada dalam {days} hari sebelum tanggal surat"
    elif fact.name == "number_reassigned_at":
        assert fact.at is not None
        yield f"Nomor didaur ulang: {moment(fact.at)}, kepada pelanggan lain"
    else:
        assert fact.at is not None
        yield f"Penggantian kartu SIM: {moment(fact.at)}"
        said = {None: None, True: "kartu identitas asli ditunjukkan", False: "kartu identitas asli tidak ditunjukkan"}
        if words := said[fact.identified]:
            yield f"Tempat dan identitas: gerai Kota Contoh; {words}"


def _day(at: datetime | None) -> str:
    assert at is not None
    return at.date().isoformat()
