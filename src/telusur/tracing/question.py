"""What tracing is asked: who acted, given what is known about one act on one account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from telusur.domain.act import Act
from telusur.domain.document import Document
from telusur.domain.evidence import Grade
from telusur.domain.record import AccountRecord
from telusur.domain.writing import KnownWriting


@dataclass(frozen=True, slots=True)
class Question:
    """Who did this act: all that is known about it.

    Parameters
    ----------
    act
        The contested act; its account is the contested account.
    records
        What exports, providers and captured pages say of accounts.
    known
        Writing known to be the respondent's.
    claims
        What the respondent states, in the words of contracts.md, section 2.
    signed_after_particulars
        Whether the statement was signed after the respondent had the particulars.
    capture_grade
        Best capture grade of what shows the act itself (a screenshot is E).
    documents
        What e-mails, letters, reports and minutes say of the account.
    respondent
        The respondent's name, to tell who held a device; ``None`` where the case does not give it.
    reported_on
        Day of the report, in the zone of the act: what the owner did before it was not an answer to it.
    """

    act: Act
    records: Sequence[AccountRecord] = ()
    known: Sequence[KnownWriting] = ()
    claims: Sequence[str] = ()
    signed_after_particulars: bool | None = None
    capture_grade: Grade = field(default=Grade.E)
    documents: Sequence[Document] = ()
    respondent: str | None = None
    reported_on: date | None = None
