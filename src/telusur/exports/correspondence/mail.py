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
        What a check of the DKIM signature gave: ``pass``, ``fail`` or ``unchecked``.
    pictures
        Whether it holds pictures.
    """

    headers: tuple[tuple[str, str], ...]
    body: str
    signature: str = "unchecked"
    pictures: bool = False

    def all(self, name: str) -> list[str]:
        """Give the values of a header, topmost first."""
        return [value for key, value in self.headers if key.casefold() == name.casefold()]

    def first(self, name: str) -> str:
        """Give the topmost value of a header; empty if there is none."""
        return next(iter(self.all(name)), "")


@cache
def _senders() -> Any:  # noqa: ANN401 - the package's own YAML
    # Loaded where the data are asked for, not in every worker that opens a file.
    from telusur.domain import marked_yaml  # noqa: PLC0415 - same

    return marked_yaml.packaged(__package__, "senders.yaml").value["platforms"]  # type: ignore[index] # same


@cache
def _notices() -> Any:  # noqa: ANN401 - same
    # Loaded where the data are asked for, not in every worker that opens a file.
    from telusur.domain import marked_yaml  # noqa: PLC0415 - same

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
    facts, said = _facts(letter, received, zone) if platform is not None else ([], [_NO_PLATFORM])
    if letter.pictures and not letter.body.strip():
        said.append(_PICTURE)
    problems = tuple(Problem(name, words) for words in said)
    return Document(name, "security_email", grade, received, authenticity, why, tuple(facts), problems, platform)


_PICTURE: Final = Text(
    "isinya gambar; hanya tajuk dan perihalnya yang dibaca",
    "its content is a picture; only headers and subject were read",
)


def _claimed(letter: Letter) -> Platform | None:
    """Give the platform that a letter claims to come from: by its sender's name or domain, else by its subject."""
    shown, domain = _sender(letter)
    for platform, entry in _senders().items():
        if _is_of(domain, entry["domains"]):
            # Meta sends Instagram's notices from Facebook's domain as well; then the name says whose it is.
            named = next((p for p, e in _senders().items() if shown in e["names"]), platform)
            return named if _is_of(domain, _senders()[named]["domains"]) else platform  # type: ignore[no-any-return] # a key of the table
    words = f"{shown} {domain.replace('-', ' ').replace('.', ' ')}"
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
    domain = _sender(letter)[1]
    against: list[Text] = []
    if len(letter.all("From")) > 1 or len(email.utils.getaddresses(letter.all("From"))) > 1:
        against.append(Text("menyebut lebih dari satu pengirim", "it names more than one sender"))
    if not _is_of(domain, domains):
        against.append(
            Text(
                f"domain pengirimnya {domain or '?'}, bukan milik platform",
                f"its sender's domain is {domain or '?'}, not the platform's",
            )
        )
    results, server = _results(letter)
    passed = dict.fromkeys(m for m, result, of in results if result == "pass" and _is_of(of or domain, domains))
    failed = dict.fromkeys(f"{m}={result}" for m, result, _ in results if result in _FAILED)
    # A forwarded letter fails SPF, and passes DKIM; a letter that fails DMARC is not its sender's.
    if "dmarc=fail" in failed or (failed and not {"dmarc", "dkim"} & set(passed)):
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
    if letter.signature == "pass":
        return "shown", (
            Text("tanda tangan DKIM-nya cocok dengan kunci yang disimpan", "its DKIM signature fits the key on file"),
        )
    if {"dmarc", "dkim"} & set(passed):
        words = ", ".join(passed)
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


_FAILED: Final = frozenset({"fail", "softfail", "permerror", "hardfail"})


def _sender(letter: Letter) -> tuple[str, str]:
    """Give the shown name and the domain of the sender, in lower case."""
    shown, address = email.utils.parseaddr(letter.first("From"))
    return shown.casefold().strip(), address.rpartition("@")[2].casefold().strip().rstrip(".")


def _results(letter: Letter) -> tuple[list[tuple[str, str, str]], str]:
    """Give the receiving server's own results as method, result and domain, and its name.

    Only the topmost header counts, under the name by which the server received the letter, and above the next hop's
    ``Received``: what stands further below the sender may have written himself. Comments and quoted words in it can
    hold what a sender chose.
    """
    hops = [(n, value) for n, (key, value) in enumerate(letter.headers) if key.casefold() == "received"]
    # Large providers hand a letter on inside, by hops that name no sender.
    hop = next((k for k, (_, value) in enumerate(hops) if value.casefold().lstrip().startswith("from ")), None)
    found = _BY.search(_bare(hops[hop][1])) if hop is not None else None
    server = found[1].casefold().rstrip(".") if found else ""
    below = hops[hop + 1][0] if hop is not None and hop + 1 < len(hops) else len(letter.headers)
    noted = next(
        ((n, v) for n, (k, v) in enumerate(letter.headers) if k.casefold() == "authentication-results"), (below, "")
    )
    if not server or noted[0] >= below:
        return [], server or "?"
    first, *parts = _bare(noted[1]).split(";")
    if [word.rstrip(".") for word in first.casefold().split()[:1]] != [server]:
        return [], server
    results = []
    for part in parts:
        method, domain = _RESULT.search(part), _DOMAIN.search(part)
        if method:
            results.append((method[1].casefold(), method[2].casefold(), domain[1].casefold() if domain else ""))
    return results, server


def _bare(header: str) -> str:
    """Give a header without comments and quoted words."""
    without = re.sub(r'"(?:[^"\\]|\\.)*"', "", header[:4_000])
    for _ in range(8):
        shorter = re.sub(r"\([^()]*\)", " ", without)
        if shorter == without:
            break
        without = shorter
    return without


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


def _facts(letter: Letter, received: datetime | None, zone: tzinfo | None) -> tuple[list[Fact], list[Text]]:
    """Give what a notice says, and what could not be used of it."""
    table = _notices()
    problems: list[Text] = []
    labelled = _labelled(letter.body)
    device, _ = labelled.get("device", (None, 0))
    ip = _address(labelled["ip"][0]) if "ip" in labelled else None
    name, words = _told(letter)
    facts: list[Fact] = []
    if name == "other":
        problems.append(_NOT_WEIGHED)
    elif name is not None:
        at, precision, line = _time(labelled.get("time"), received, zone, problems)
        if at is not None:
            facts.append(Fact(name, at, words[:300], precision=precision, device=device, ip=ip, line=line))  # type: ignore[arg-type] # a name of the table, which a test holds against FactName
    body = " ".join(letter.body.split())
    for row in table["body"]:
        matched = next((m for p in row["any"] if (m := _pattern(p).search(body))), None)
        if matched and received is not None:
            since = received - timedelta(days=int(matched["days"]))
            facts.append(Fact(row["fact"], since, matched[0][:200], until=received))
    if name is None and not facts:
        problems.append(_UNKNOWN)
    return facts, problems


def _told(letter: Letter) -> tuple[str | None, str]:
    """Give what a notice is about, and the words that say so."""
    subject = " ".join(letter.first("Subject").split())
    # The first sentences say what happened; later ones what to do if it was somebody else.
    opening = [" ".join(one.split()) for one in re.split(r"(?<=[.!?])\s+|\n+", letter.body) if one.strip()][:_OPENING]
    return next(((name, words) for words in (subject, *opening) if (name := _about(words))), (None, subject))


def _time(
    labelled: tuple[str, int] | None, received: datetime | None, zone: tzinfo | None, problems: list[Text]
) -> tuple[datetime | None, timedelta, int | None]:
    """Give the time that a notice states; when it was received, where it states none that can be."""
    if labelled is None:
        return received, timedelta(0), None
    written, line = labelled
    times = times_in(written, zone)
    if times and (received is None or abs(times[0].at - received) <= _SLOW):
        if not times[0].zoned:
            problems.append(_ASSUMED)
        return times[0].at, times[0].precision, line
    problems.append(_OTHER_TIME)
    return received, timedelta(0), None


_OPENING: Final = 8
_ASSUMED: Final = Text(
    "waktu di dalamnya tidak menyebut zona; dibaca dalam zona waktu perbuatan",
    "its time states no zone; it was read in the zone of the act",
)
_OTHER_TIME: Final = Text(
    "waktu di dalamnya tidak dapat dibaca atau jauh dari waktu surel diterima; yang dipakai waktu diterima",
    "its time cannot be read, or lies far from when it was received; the time of receipt is used",
)
_NOT_WEIGHED: Final = Text(
    "memberitahukan kode atau verifikasi dua langkah; tidak ditimbang",
    "it tells of a code or of two-factor authentication, which is not weighed",
)
_UNKNOWN: Final = Text(
    "isinya tidak dikenali sebagai pemberitahuan keamanan; petugas perlu membacanya",
    "it was not recognised as a notice of security; an officer has to read it",
)
_NO_PLATFORM: Final = Text(
    "pengirimnya bukan platform yang dikenal, sehingga isinya tidak dipakai; surel yang diteruskan perlu diganti "
    "berkas .eml aslinya",
    "its sender is no platform that is known, so that nothing it says is used; in place of a forwarded e-mail the "
    "original .eml file is needed",
)


def _about(words: str) -> str | None:
    """Give what some words tell; ``None`` where they fit no row."""
    table = _notices()
    for row in table["subject"]:
        if "unless" in row and _pattern(table[row["unless"]]).search(words):
            continue
        if any(_pattern(p).search(words) for p in row["any"]):
            return str(row["fact"])
    return None


def _labelled(body: str) -> dict[str, tuple[str, int]]:
    """Give the labelled lines; a label may stand on a line of its own above its value, as tables of HTML give it."""
    what = {label: name for name, labels in _notices()["lines"].items() for label in labels}
    found: dict[str, tuple[str, int]] = {}
    above: str | None = None
    for number, line in enumerate(body.splitlines(), start=1):
        words = line.strip()[:400]
        if not words:
            continue
        if above is not None and ":" not in words[:1]:
            found.setdefault(above, (words, number))
        label, colon, value = words.partition(":")
        name = what.get(" ".join(label.casefold().split()))
        above = name if name and not value.strip() else None
        if name and colon and value.strip():
            found.setdefault(name, (value.strip(), number))
    return found


def _address(words: str) -> str | None:
    """Give the network address that stands first in some words."""
    first = words.split(maxsplit=1)[0].strip("[](),;") if words.split() else ""
    return first if is_address(first) else None
