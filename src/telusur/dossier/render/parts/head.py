"""Head: which case this is, what the document is and is not, who is asked about, and what that person says."""

from __future__ import annotations

from collections.abc import Iterator

from telusur.dossier.assessment import Assessment
from telusur.dossier.case import Case
from telusur.dossier.render.blocks import Block, Cell, Heading, Note, Pairs, Quote, case, cell, code, line, muted
from telusur.dossier.render.parts import finding
from telusur.dossier.render.speech import Speech


def blocks(assessment: Assessment, say: Speech) -> Iterator[Block]:
    """Give the blocks of the head."""
    stated = assessment.case
    yield Note(cell(say("head.is"), say("head.is_not")), "info")
    yield Pairs(tuple(_about(stated, say)))
    yield Heading(2, say("statement.heading"), "statement")
    yield from _statement(stated, say)


def _about(stated: Case, say: Speech) -> Iterator[tuple[str, Cell]]:
    yield say("head.case"), cell(code(stated.id))
    yield say("head.reported_on"), cell(say.day(stated.reported_on))
    if stated.incident:
        yield say("head.incident"), cell(case(stated.incident))
    if stated.order:
        yield say("head.order"), cell(case(stated.order))
    person = stated.respondent
    yield say("head.respondent"), cell(case(person.name) if person.name else muted(say("head.unnamed")))
    yield say("head.status"), cell(finding.value_words("actor.status", person.status, say))
    if person.unit:
        yield say("head.unit"), cell(case(person.unit))
    if person.region:
        yield say("head.region"), cell(case(person.region))
    accounts = tuple(
        line(say.name("platform", account.platform), " ", case(f"@{account.handle}" if account.handle else ""))
        + (
            line(muted(" · "), muted(say("head.account_id")), muted(" "), code(account.account_id))
            if account.account_id
            else ()
        )
        for account in stated.accounts
    )
    yield say("head.accounts"), accounts or cell(muted(say("head.no_accounts")))


def _statement(stated: Case, say: Speech) -> Iterator[Block]:
    statement = stated.statement
    if statement.account_disputed is None and not statement.claims and statement.text is None:
        yield Note(cell(say("statement.none")), "empty")
        return
    disputed = {True: "statement.disputed", False: "statement.not_disputed", None: "statement.not_asked"}
    rows = [(say("statement.account"), cell(say(disputed[statement.account_disputed])))]
    if statement.claims:
        rows.append((say("statement.claims"), cell(*(say.name("claim", claim) for claim in statement.claims))))
    signed = {True: "statement.signed_after", False: "statement.signed_before", None: "statement.signed_unknown"}
    rows.append((say("statement.signed"), cell(say(signed[statement.signed_after_particulars]))))
    yield Pairs(tuple(rows))
    if statement.text:
        yield Quote(statement.text)
