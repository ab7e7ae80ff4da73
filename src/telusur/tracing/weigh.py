"""Weigh everything that is known of one act for all propositions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from telusur.domain.record import AccountRecord
from telusur.tracing import client, contested, identity, integrity, requests, session, statement, writing
from telusur.tracing.bearing import Table, table
from telusur.tracing.contested import Found
from telusur.tracing.question import Question
from telusur.tracing.result import Abstained, Item, Takeover, Tracing, combine


def weigh(question: Question) -> Tracing:
    """Weigh who did one act.

    Parameters
    ----------
    question
        The act, the records and what the respondent states.

    Returns
    -------
    Tracing
        Every item with its weights in bans, all of them together, the reasons for every abstention, and what to ask
        for next. Never a verdict, never a probability.
    """
    weights = table()
    record, chosen = _choose(question, weights)
    found = contested.find(question.act, record) if record else None
    answers: list[Item | Abstained] = list(chosen)
    takeover: Takeover | None = None
    if record is not None:
        answers += _of_record(question, record, found, weights)
    answers += integrity.weigh_number(question.act, question.capture_grade, weights)
    style, takeover = writing.weigh(question, record, found, weights)
    answers += style
    answers += statement.weigh(question.claims, signed=question.signed_after_particulars, table=weights)

    items = weights.discounted([answer for answer in answers if isinstance(answer, Item)])
    abstained = [answer for answer in answers if isinstance(answer, Abstained)]
    combined = combine(items)
    lacking = requests.states(question, items, abstained, combined, has_record=record is not None)
    return Tracing(items, combined, takeover, abstained, requests.next_evidence(question, lacking))


def _choose(question: Question, weights: Table) -> tuple[AccountRecord | None, list[Item | Abstained]]:
    """Give the best record of the contested account, and what is to be said of the other ones."""
    account = question.act.account
    if account is None:
        return None, []
    # A is the best grade and sorts first.
    own = sorted((r for r in question.records if identity.is_of(r, account)), key=lambda r: r.grade)
    if own:
        return own[0], [weights.abstain("session", "further_record", path=r.path, grade=r.grade.value) for r in own[1:]]
    others = [r for r in question.records if r.account.platform == account.platform]
    if not others:
        return None, [weights.abstain("session", "no_record")]
    return None, [identity.weigh_other(account, record, weights) for record in others]


def _of_record(
    question: Question, record: AccountRecord, found: Found | None, weights: Table
) -> Iterator[Item | Abstained]:
    act = question.act
    same = identity.weigh_same(act, record, weights)
    if same is not None:
        yield same
    absent: Iterable[Item | Abstained] = integrity.weigh_record(act, record, found, weights)
    yield from absent
    if act.at is None:
        return
    sender = found.event.client if found else None
    yield from session.weigh(act.at, sender, record, weights)
    if found is None:
        return
    yield weights.elicited("session.holder_unknown", record.grade)
    if found.event.action != "like":
        yield from client.weigh(act.at, sender, record, weights)
