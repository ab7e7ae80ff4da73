"""E-mails, letters and minutes: what they say of the account around the act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from telusur.domain.document import Document, Fact, FactName
from telusur.domain.moment import Moment
from telusur.domain.text import Text
from telusur.domain.when import moment_words, span_words
from telusur.tracing.bearing import Table
from telusur.tracing.item import Abstained, Item
from telusur.tracing.question import Question
from telusur.tracing.sessions.acting import ActingDevice

#: What happened this long before the act can have to do with it.
_BEFORE: Final = timedelta(days=14)
_SIM_BEFORE: Final = timedelta(days=30)
_CHANGES: Final[tuple[FactName, ...]] = ("email_changed_at", "password_changed_at", "phone_changed_at")
_COMPLAINTS: Final[tuple[FactName, ...]] = ("recovery_requested_at", "reported_lost_at")
#: How near a document's time must be to a row's for both to tell of one happening.
SAME: Final = timedelta(minutes=10)
_KINDS: Final = {
    "email_changed_at": Text("surel", "e-mail address"),
    "password_changed_at": Text("kata sandi", "password"),
    "phone_changed_at": Text("nomor telepon", "telephone number"),
}


@dataclass(frozen=True, slots=True)
class _Said:
    fact: Fact
    document: Document


def weigh(
    question: Question, acting: ActingDevice | None, table: Table, *, on_record: bool
) -> Iterator[Item | Abstained]:
    """Weigh what documents say; those that do not come from whom they say are told and weigh nothing.

    Parameters
    ----------
    question
        The act and the documents.
    acting
        The device that sent the post, if a record tells it: minutes may say who holds it.
    table
        The weights.
    on_record
        Whether a record of devices and credentials was weighed: what an e-mail tells of them as well is no news.
    """
    for document in question.documents:
        if document.authenticity == "contradicted":
            yield table.abstain("document", "forged", path=document.path, why=_all(document.why))
        elif any(not _believed(document, fact) for fact in document.facts):
            yield table.abstain("document", "unverified", path=document.path)
    said = [
        _Said(fact, document) for document in question.documents for fact in document.facts if _believed(document, fact)
    ]
    at = question.act.at
    if at is None or not said:
        return
    if not on_record:
        yield from _logins(at, said, table)
        yield from _credentials(at, said, table)
    yield from _cards(at, said, table)
    yield from _complaints(at, question, said, table)
    yield from _holders(question, acting, said, table)


def _believed(document: Document, fact: Fact) -> bool:
    """Whether a fact counts: an e-mail's where its sender is shown, or where a person stands for having read it."""
    if document.authenticity == "contradicted":
        return False
    return document.kind != "security_email" or document.authenticity == "shown" or fact.read_by is not None


def _all(texts: Sequence[Text]) -> Text:
    return Text("; ".join(text.id for text in texts), "; ".join(text.en for text in texts))


def _within(said: Sequence[_Said], names: Sequence[FactName], first: datetime, last: datetime) -> list[_Said]:
    found = [one for one in said if one.fact.name in names and one.fact.at is not None and first <= one.fact.at < last]
    return sorted(found, key=lambda one: one.fact.at or first)


def _age(at: Moment, fact: Fact) -> Text:
    assert fact.at is not None
    return span_words(abs(at.utc - fact.at))


def _logins(at: Moment, said: Sequence[_Said], table: Table) -> Iterator[Item]:
    new = _within(said, ["login_new_device_at"], at.utc - _BEFORE, at.ends)
    known = _within(said, ["login_known_device_at"], at.utc - _BEFORE, at.ends)
    for code, found in (("document.login_new_device", new), ("document.login_known_device", known)):
        if found:
            last = found[-1]
            yield table.weighed(
                code,
                last.document.grade,
                path=last.document.path,
                device=last.fact.device or "?",
                age=_age(at, last.fact),
            )


def _credentials(at: Moment, said: Sequence[_Said], table: Table) -> Iterator[Item]:
    before = _within(said, _CHANGES, at.utc - _BEFORE, at.utc)
    after = _within(said, _CHANGES, at.ends, at.ends + timedelta(days=30))
    for code, found in (("document.credential_changed_before", before), ("document.credential_changed_after", after)):
        if found:
            one = found[0] if code.endswith("after") else found[-1]
            yield table.weighed(
                code,
                one.document.grade,
                path=one.document.path,
                credential=_KINDS[one.fact.name],
                age=_age(at, one.fact),
            )
    if before:
        return
    for one in said:
        if one.fact.name == "no_credential_change_since" and _spans(one.fact, at):
            yield table.weighed("document.credential_unchanged", one.document.grade, path=one.document.path)
            return


def _spans(fact: Fact, at: Moment) -> bool:
    """Whether a stretch without a change covers the days before the act."""
    begun = fact.at is None or fact.at <= at.utc - timedelta(days=7)
    return begun and fact.until is not None and fact.until >= at.utc


def _cards(at: Moment, said: Sequence[_Said], table: Table) -> Iterator[Item | Abstained]:
    replaced = _within(said, ["sim_replaced_at"], at.utc - _SIM_BEFORE, at.utc)
    returned = _within(said, ["sim_returned_at"], at.utc - _SIM_BEFORE, at.utc)
    if replaced and not (returned and returned[-1].fact.at > replaced[-1].fact.at):  # type: ignore[operator] # _within gives dated facts only
        one = replaced[-1]
        denying = [other for other in said if _denies(other.fact, one.fact)]
        if denying:
            yield _cards_contradict(one, denying[0])
            return
        suffix = {None: "", True: "_identified", False: "_unidentified"}[one.fact.identified]
        yield table.weighed(
            f"document.sim_replaced{suffix}", one.document.grade, path=one.document.path, age=_age(at, one.fact)
        )
    elif _within(said, ["sim_replaced_at"], at.ends, datetime.max.replace(tzinfo=UTC)):
        yield table.abstain("document", "sim_replaced_after")
    else:
        for one in said:
            if one.fact.name == "no_sim_change_since" and _spans(one.fact, at):
                yield table.weighed("document.sim_unchanged", one.document.grade, path=one.document.path)
                break
    given_away = [
        one for one in said if one.fact.name == "number_reassigned_at" and one.fact.at and one.fact.at < at.ends
    ]
    if given_away:
        one = given_away[-1]
        yield table.weighed(
            "document.number_reassigned", one.document.grade, path=one.document.path, age=_age(at, one.fact)
        )


def _denies(fact: Fact, replaced: Fact) -> bool:
    """Whether a fact says that no card was replaced at the time when another says that one was."""
    if fact.name != "no_sim_change_since" or fact.until is None or replaced.at is None:
        return False
    return (fact.at is None or fact.at <= replaced.at) and replaced.at < fact.until


def _cards_contradict(one: _Said, other: _Said) -> Abstained:
    path, against = one.document.path, other.document.path
    return Abstained(
        "document",
        Text(
            f"{path} menyebut kartu SIM diganti ({one.fact.written}), sedangkan {against} menyebut tidak ada "
            f"penggantian pada waktu itu ({other.fact.written}); keduanya tidak ditimbang. Tanyakan kepada operator "
            "mana yang benar.",
            f"{path} says that the SIM card was replaced ({one.fact.written}), {against} that none was at that time "
            f"({other.fact.written}); neither was weighed. Ask the operator which is right.",
        ),
    )


def _complaints(at: Moment, question: Question, said: Sequence[_Said], table: Table) -> Iterator[Item | Abstained]:
    """Weigh that the owner complained before anybody reported the act: later it may be an answer to the report."""
    complaints = _within(said, _COMPLAINTS, at.utc - _BEFORE, datetime.max.replace(tzinfo=UTC))
    if not complaints or question.reported_on is None:
        return
    first = complaints[0]
    begins = datetime.combine(question.reported_on, time(), tzinfo=at.at.tzinfo)
    when = first.fact.at
    assert when is not None
    if when < begins:
        yield table.weighed(
            "document.complaint_before_report",
            first.document.grade,
            path=first.document.path,
            when=moment_words(when, at.at.tzinfo),
        )
    else:
        yield table.abstain("document", "complaint_after_report", when=moment_words(when, at.at.tzinfo))


def _holders(
    question: Question, acting: ActingDevice | None, said: Sequence[_Said], table: Table
) -> Iterator[Item | Abstained]:
    held = [one for one in said if one.fact.name == "device_of" and one.fact.device and one.fact.holder]
    if not held:
        return
    if acting is None:
        yield table.abstain("document", "holder_of_which")
        return
    names = {device.name.casefold() for device in acting.devices}
    of_acting = [one for one in held if (one.fact.device or "").casefold() in names]
    holders = {_plain(one.fact.holder or "") for one in of_acting}
    if len(holders) != 1 or question.respondent is None:
        yield table.abstain("document", "holder_unclear", device=" / ".join(sorted(d.name for d in acting.devices)))
        return
    one = of_acting[0]
    own = holders == {_plain(question.respondent)}
    yield table.weighed(
        "document.device_of_respondent" if own else "document.device_of_other",
        one.document.grade,
        path=one.document.path,
        device=one.fact.device,
        holder=one.fact.holder,
    )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
