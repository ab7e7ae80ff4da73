"""Platforms' notices by e-mail: who sent them by the receiving server's word, and what they say.

What a sender writes into a letter proves nothing. What the receiving server wrote on top of it does: its
Authentication-Results (RFC 8601), believed only where it calls itself by the name under which it received the letter.
"""

from __future__ import annotations

import email.message
import email.utils
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Any, Final

from telusur.domain import marked_yaml
from telusur.domain.account import Platform
from telusur.domain.document import Authenticity, Document, Fact
from telusur.domain.evidence import Grade
from telusur.domain.record import Problem
from telusur.domain.text import Text
from telusur.exports.correspondence.moments import times_in
from telusur.exports.shapes import is_address

_BY: Final = re.compile(r"\bby\s+([A-Za-z0-9.-]+)", re.IGNORECASE)
_RESULT: Final = re.compile(r"\b(dkim|spf|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
_DOMAIN: Final = re.compile(
    r"\b(?:header\.(?:d|i|from)|smtp\.mailfrom)\s*=\s*(?:[^\s;@]*@)?([A-Za-z0-9.-]+)", re.IGNORECASE
)
_LINE: Final = re.compile(r"^\s*(?P<label>[^:]{2,40}?)\s*:\s*(?P<value>.{1,300}?)\s*$", re.MULTILINE)
#: A letter that took longer than this has two times that do not fit.
_SLOW: Final = timedelta(days=2)
_AHEAD: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is needed of an e-mail, taken out of it in the limited worker.

    Parameters
    ----------
    headers
        Names and values in their order, encodings undone.
    body
        Its words, without markup.
    signature
        What a check of the DKIM signature gave: ``pass``, ``fail``, or why it could not be checked.
    """

    headers: tuple[tuple[str, str], ...]
    body: str
    signature: str = "unchecked"

    def all(self, name: str) -> list[str]:
        """Give the values of a header, topmost first."""
        return [value for key, value in self.headers if key.casefold() == name.casefold()]

    def first(self, name: str) -> str:
        """Give the topmost value of a header; empty if there is none."""
        return next(iter(self.all(name)), "")


@cache
def _senders() -> Any:  # noqa: ANN401 - the package's own YAML
    return marked_yaml.packaged(__package__, "senders.yaml").value["platforms"]  # type: ignore[index] # same


@cache
def _notices() -> Any:  # noqa: ANN401 - same
    return marked_yaml.packaged(__package__, "notices.yaml").value


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def read_mail(letter: Letter, *, name: str, grade: Grade, zone: tzinfo | None) -> Document:
    """Give what a notice says and whether it comes from whom it says.

    Parameters
    ----------
    letter
        The e-mail.
    name
        What the case calls it.
    grade
        Its capture grade.
    zone
        Zone of times that state none.
    """
    platform = _claimed(letter)
    authenticity, why = _judged(letter, platform)
    received = _received(letter)
    facts = _facts(letter, received, zone)
    problems = []
    if platform is None:
        problems.append(
            Problem(name, Text("pengirimnya bukan platform yang dikenal", "its sender is no platform that is known"))
        )
    elif not facts:
        problems.append(
            Problem(
                name,
                Text(
                    "isinya tidak dikenali sebagai pemberitahuan keamanan; petugas perlu membacanya",
                    "it was not recognised as a notice of security; an officer has to read it",
                ),
            )
        )
    return Document(name, "security_email", grade, received, authenticity, why, facts, tuple(problems), platform)


def _claimed(letter: Letter) -> Platform | None:
    """Give the platform that a letter claims to come from: by its sender's name or domain, else by its subject."""
    shown, address = email.utils.parseaddr(letter.first("From"))
    domain = address.rpartition("@")[2].casefold()
    for platform, entry in _senders().items():
        if _is_of(domain, entry["domains"]):
            # Meta sends Instagram's notices from Facebook's domain as well; then the name says whose it is.
            named = next((p for p, e in _senders().items() if shown.casefold().strip() in e["names"]), platform)
            return named if _is_of(domain, _senders()[named]["domains"]) else platform  # type: ignore[no-any-return] # a key of the table
    words = f"{shown} {domain.replace('-', ' ').replace('.', ' ')}".casefold()
    for platform, entry in _senders().items():
        if any(re.search(rf"(?<!\w){re.escape(brand)}(?!\w)", words) for brand in entry["names"]):
            return platform  # type: ignore[no-any-return] # same
    subject = letter.first("Subject").casefold()
    for platform, entry in _senders().items():
        if any(len(brand) > 2 and brand in subject for brand in entry["names"]):  # noqa: PLR2004 - "x" stands in any word
            return platform  # type: ignore[no-any-return] # same
    return None


def _is_of(domain: str, domains: list[str]) -> bool:
    return any(domain == one or domain.endswith(f".{one}") for one in domains)


def _judged(letter: Letter, platform: Platform | None) -> tuple[Authenticity, tuple[Text, ...]]:
    if platform is None:
        return "unknown", ()
    domains = _senders()[platform]["domains"]
    _, address = email.utils.parseaddr(letter.first("From"))
    domain = address.rpartition("@")[2].casefold()
    against: list[Text] = []
    if not _is_of(domain, domains):
        against.append(
            Text(
                f"domain pengirimnya {domain or '?'}, bukan milik platform",
                f"its sender's domain is {domain or '?'}, not the platform's",
            )
        )
    results, server = _results(letter)
    failed = [
        f"{method}={result}" for method, (result, _) in results.items() if result in {"fail", "softfail", "permerror"}
    ]
    if failed and results.get("dmarc", ("", ""))[0] != "pass":
        words = ", ".join(failed)
        against.append(
            Text(f"server penerima {server} mencatat {words}", f"the receiving server {server} noted {words}")
        )
    if letter.signature == "fail":
        against.append(
            Text("tanda tangan DKIM-nya tidak cocok dengan isinya", "its DKIM signature does not fit its content")
        )
    against += _times(letter)
    if against:
        return "contradicted", tuple(against)
    aligned = [method for method, (result, of) in results.items() if result == "pass" and _is_of(of, domains)]
    if letter.signature == "pass":
        aligned.append("dkim")
    if {"dmarc", "dkim"} & set(aligned):
        words = ", ".join(dict.fromkeys(aligned))
        return "shown", (
            Text(
                f"server penerima {server} mencatat lulus {words}",
                f"the receiving server {server} noted a pass of {words}",
            ),
        )
    return "unknown", (
        Text(
            "tidak ada catatan server penerima yang menunjukkan pengirimnya",
            "no note of the receiving server shows who sent it",
        ),
    )


def _results(letter: Letter) -> tuple[dict[str, tuple[str, str]], str]:
    """Give the receiving server's own results: those on top, under the name by which it received the letter."""
    found = _BY.search(letter.first("Received"))
    server = found[1].casefold() if found else ""
    for header in letter.all("Authentication-Results")[:1]:
        parts = header.split(";")
        if not server or parts[0].casefold().split()[:1] != [server]:
            return {}, server or "?"
        results = {}
        for part in parts[1:]:
            method, domain = _RESULT.search(part), _DOMAIN.search(part)
            if method:
                results[method[1].casefold()] = (method[2].casefold(), domain[1].casefold() if domain else "")
        return results, server
    return {}, server or "?"


def _times(letter: Letter) -> list[Text]:
    """Say where the sender's date and the receiving server's do not fit each other."""
    sent, received = _date(letter.first("Date")), _stamped(letter)
    if sent is None or received is None or -_AHEAD <= received - sent <= _SLOW:
        return []
    return [
        Text(
            "tanggal pengirim dan tanggal server penerima tidak cocok",
            "the sender's date and the receiving server's do not fit each other",
        )
    ]


def _received(letter: Letter) -> datetime | None:
    return _stamped(letter) or _date(letter.first("Date"))


def _stamped(letter: Letter) -> datetime | None:
    return _date(letter.first("Received").rpartition(";")[2])


def _date(words: str) -> datetime | None:
    try:
        at = email.utils.parsedate_to_datetime(words.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at.astimezone(UTC) if at.tzinfo is not None else None


def _facts(letter: Letter, received: datetime | None, zone: tzinfo | None) -> tuple[Fact, ...]:
    table = _notices()
    labelled: dict[str, tuple[str, int]] = {}
    for found in _LINE.finditer(letter.body):
        label = found["label"].casefold()
        for what, labels in table["lines"].items():
            if label in labels:
                labelled.setdefault(what, (found["value"], letter.body.count("\n", 0, found.start("label")) + 1))
    times = times_in(labelled["time"][0], zone) if "time" in labelled else []
    at = times[0].at if times else received
    line = labelled["time"][1] if times else None
    device = labelled["device"][0] if "device" in labelled else None
    ip = labelled["ip"][0] if "ip" in labelled and is_address(labelled["ip"][0]) else None
    subject = " ".join(letter.first("Subject").split())
    facts: list[Fact] = []
    name = next((row["fact"] for row in table["subject"] if any(_pattern(p).search(subject) for p in row["any"])), None)
    if name is not None and at is not None:
        facts.append(Fact(name, at, subject, device=device, ip=ip, line=line))
    body = " ".join(letter.body.split())
    for row in table["body"]:
        matched = next((m for p in row["any"] if (m := _pattern(p).search(body))), None)
        if matched and received is not None:
            since = received - timedelta(days=int(matched["days"]))
            facts.append(Fact(row["fact"], since, matched[0][:200], until=received))
    return tuple(facts)
