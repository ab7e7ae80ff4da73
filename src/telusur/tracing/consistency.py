"""Whether the records of one account tell the same story: an export that its owner could edit, against the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from telusur.domain.document import Document, FactName
from telusur.domain.event import Action, Certainty, Event
from telusur.domain.evidence import Grade
from telusur.domain.moment import Moment
from telusur.domain.record import AccountRecord
from telusur.domain.text import Text
from telusur.domain.when import moment_words, span_words
from telusur.tracing.bearing import Table
from telusur.tracing.item import Abstained, Item

#: Times that can be held against another clock.
_CERTAIN: Final[tuple[Certainty, ...]] = ("exact", "zone_documented")
_ROWS: Final[tuple[Action, ...]] = ("login", "session_seen", "logout")
#: Two clocks that tell of one happening; a mail is sent a little later.
_SAME: Final = timedelta(minutes=2)
_MAILED: Final = timedelta(minutes=15)
#: Rows this near the act are those that somebody would take out or put in.
_AROUND: Final = timedelta(days=1)
#: Where more of the other rows differ than this, the two keep different things, and nothing follows.
_ELSEWHERE: Final = 0.1
#: Where this share of all rows differs, the two do not tell one story; less is what two clocks and two logs do.
_MUCH: Final = 0.5
#: A notice this near the act tells of it.
_NOTICED: Final = timedelta(days=9)
_FACTS: Final[dict[FactName, tuple[Action, ...]]] = {
    "login_new_device_at": ("login", "session_seen", "device_added"),
    "email_changed_at": ("email_changed",),
    "password_changed_at": ("password_changed",),
    "phone_changed_at": ("phone_changed",),
}
_LOG_OF: Final = {"email_changed_at": "credentials", "password_changed_at": "credentials"}


def weigh(
    at: Moment, records: Sequence[AccountRecord], documents: Sequence[Document], table: Table
) -> Iterator[Item | Abstained]:
    """Compare an editable export with what the provider and the platform's e-mails say.

    Parameters
    ----------
    at
        Time of the act.
    records
        Records of the contested account.
    documents
        Documents of the case.
    table
        The weights.

    Notes
    -----
    Rows that an export lacks only count where its own log covers their time: a log that begins later, or that the
    platform no longer keeps, lacks nothing.
    """
    editable = [r for r in records if r.grade >= Grade.C and r.kind == "platform_export"]
    providers = [r for r in records if r.grade is Grade.A]
    # The same export or record handed in twice tells of one edit, not of two.
    told: set[str] = set()
    for export in editable:
        answers = [answer for provider in providers for answer in _against_provider(at, export, provider, table)]
        answers += _against_mails(at, export, documents, table)
        for answer in answers:
            code = answer.code if isinstance(answer, Item) else answer.reason.en
            if code not in told:
                told.add(code)
                yield answer


def _against_provider(
    at: Moment, export: AccountRecord, provider: AccountRecord, table: Table
) -> Iterator[Item | Abstained]:
    own, theirs = _rows(export), _rows(provider)
    if not own or not theirs:
        return
    unsure = [record.path for record, rows in ((export, own), (provider, theirs)) if _unsure(e for _, e in rows)]
    if unsure:
        yield _zone_assumed(unsure)
        return
    first, last = max(own[0][0], theirs[0][0]), min(own[-1][0], theirs[-1][0])
    lacking = _missing(theirs, own, first, last)
    invented = _missing(own, theirs, first, last)
    fills = {"path": export.path, "provider": provider.path}
    near = _around(lacking, at, len(theirs))
    if near:
        when = moment_words(min(near, key=lambda moment: abs(moment - at.utc)), at.at.tzinfo)
        yield table.weighed("integrity.rows_removed", provider.grade, n=len(lacking), when=when, **fills)
    strange = _around(invented, at, len(own))
    if strange:
        yield table.weighed("integrity.rows_invented", provider.grade, n=len(invented), **fills)
    if not lacking and not invented:
        yield table.abstain("integrity", "records_agree", **fills)
    elif (
        not near
        and not strange
        and first <= at.utc <= last
        and len(lacking) + len(invented) > _MUCH * (len(own) + len(theirs))
    ):
        yield _contradicted(len(lacking), len(invented), **fills)


def _unsure(events: Iterable[Event]) -> bool:
    """Whether the time of any of them was read in a zone that nobody stated, or is only known to be no earlier."""
    return any(event.certainty not in _CERTAIN for event in events)


def _zone_assumed(paths: Sequence[str]) -> Abstained:
    named = ", ".join(paths)
    return Abstained(
        "integrity",
        Text(
            f"Baris sesi dalam {named} bertanggal tanpa zona waktu; zonanya hanya diperkirakan, sehingga baris ekspor "
            "dan catatan penyedia tidak dibandingkan.",
            f"Session rows of {named} are dated without a time zone; theirs was only assumed, so that the rows of the "
            "export and of the provider's record were not compared.",
        ),
    )


def _contradicted(lacking: int, invented: int, path: str, provider: str) -> Abstained:
    return Abstained(
        "integrity",
        Text(
            f"Ekspor ({path}) dan catatan penyedia ({provider}) bertentangan untuk waktu yang dicakup keduanya: "
            f"{lacking} baris sesi hanya ada pada penyedia, {invented} hanya pada ekspor. Itu tidak ditimbang; "
            "mintalah penjelasan penyedia, dan unduhan baru di hadapan petugas.",
            f"The export ({path}) and the provider's record ({provider}) contradict each other for the time both "
            f"cover: {lacking} session rows are the provider's alone, {invented} the export's alone. That was not "
            "weighed; ask the provider to explain, and for a new download before an officer.",
        ),
    )


def _around(differing: Sequence[tuple[datetime, Event]], at: Moment, of: int) -> list[datetime]:
    """Give the times of differing rows around the act, if the rows elsewhere hardly differ."""
    near = [moment for moment, _ in differing if abs(moment - at.utc) <= _AROUND]
    return near if len(differing) - len(near) <= _ELSEWHERE * of else []


def _rows(record: AccountRecord) -> list[tuple[datetime, Event]]:
    return [(event.at, event) for event in record.of(*_ROWS) if event.at is not None]


def _missing(
    there: Sequence[tuple[datetime, Event]], here: Sequence[tuple[datetime, Event]], first: datetime, last: datetime
) -> list[tuple[datetime, Event]]:
    """Give the rows within a span that the other side lacks; both in time order."""
    found = []
    begin = 0
    for at, event in there:
        if not first <= at <= last:
            continue
        while begin < len(here) and here[begin][0] < at - _SAME:
            begin += 1
        place = begin
        told = False
        while place < len(here) and here[place][0] <= at + _SAME:
            other = here[place][1]
            told = told or None in {event.ip, other.ip} or event.ip == other.ip
            place += 1
        if not told:
            found.append((at, event))
    return found


def _against_mails(at: Moment, export: AccountRecord, documents: Sequence[Document], table: Table) -> Iterator[Item]:
    for document in documents:
        if document.authenticity != "shown":
            continue
        for fact in document.facts:
            actions = _FACTS.get(fact.name)
            if actions is None or fact.at is None or abs(fact.at - at.utc) > _NOTICED:
                continue
            told = [(e.at, e) for e in export.events if e.action in actions and e.at is not None]
            rows = [row for row, _ in told]
            if _unsure(e for _, e in told) or not _covers(export, fact.name, fact.at):
                continue
            if all(abs(row - fact.at) > _MAILED for row in rows):
                yield table.weighed(
                    "integrity.lacks_what_mail_says",
                    document.grade,
                    path=export.path,
                    mail=document.path,
                    when=moment_words(fact.at, at.at.tzinfo),
                    gap=span_words(abs(at.utc - fact.at)),
                )
                return


def _covers(export: AccountRecord, name: FactName, at: datetime) -> bool:
    """Whether the export has a log in which the happening would stand."""
    if name in _LOG_OF:
        log = export.log("credentials")
        return log is not None and log.file is not None
    logs = [log for log in (export.log("logins"), export.log("sessions")) if log is not None]
    return any(log.first is not None and log.last is not None and log.first <= at <= log.last for log in logs)
