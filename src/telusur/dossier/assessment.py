"""The assessment of a case: one value that every form of the dossier is rendered from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telusur.domain.act import Act
from telusur.domain.document import Document
from telusur.domain.evidence import EvidenceItem
from telusur.domain.record import AccountRecord
from telusur.domain.text import Language, Text
from telusur.dossier.case import Case, Decision
from telusur.law import Determination
from telusur.law.deadlines import Deadline, Term
from telusur.process import Gate, RunningTerm
from telusur.tracing import NextEvidence, Tracing


@dataclass(frozen=True, slots=True)
class ActAssessment:
    """One act: what the rules say of it and who seems to have done it.

    Parameters
    ----------
    act
        The act, with the decisions taken on it.
    determination
        What the rules say of the facts as given.
    tracing
        The weighing; ``None`` for an act that was not done with an account.
    records
        Account records that the tracing rests on, for the timeline.
    decisions
        Decisions of named persons on this act.
    """

    act: Act
    determination: Determination
    tracing: Tracing | None
    records: tuple[AccountRecord, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A whole case, assessed.

    Parameters
    ----------
    case
        The case as stated.
    evidence
        Every file of it, sealed.
    acts
        Every act of it.
    not_examined
        What was not looked at, and why: an honest dossier says so.
    isolation
        How the files were opened, as this machine allowed.
    made_by
        Versions and hashes of program, catalogue and models.
    gates
        What the procedure asks for before each step, as far as the folder shows it.
    terms
        The terms of the law that run from the day of the report.
    documents
        What e-mails, letters, reports and minutes say, and who read it.
    """

    case: Case
    evidence: Sequence[EvidenceItem]
    acts: Sequence[ActAssessment]
    not_examined: Sequence[Text]
    isolation: Text
    made_by: Mapping[str, object]
    gates: Sequence[Gate] = ()
    terms: Sequence[RunningTerm] = ()
    documents: Sequence[Document] = ()

    @property
    def next_evidence(self) -> list[NextEvidence]:
        """What to ask for next, of all acts together and each once."""
        return list(dict.fromkeys(n for act in self.acts if act.tracing for n in act.tracing.next_evidence))

    def as_json(self, language: Language) -> dict[str, object]:
        """Give the document of contracts.md, section 2; sections of rooms that are not built are ``null``."""
        return {
            "schema": "telusur.assessment/1",
            "made_by": dict(self.made_by),
            "case": self.case.id,
            "evidence": [
                {
                    "path": item.path,
                    "sha256": item.sha256,
                    "bytes": item.size,
                    "kind": item.kind,
                    "type": item.type,
                    "grade": item.grade.value,
                    "problems": [problem.in_language(language) for problem in item.problems],
                }
                for item in self.evidence
            ],
            "acts": [
                {
                    "id": act.act.id,
                    "determination": act.determination.as_json(),
                    "screening": None,
                    "tracing": act.tracing.as_json(language) if act.tracing else None,
                    "sensitivity": act.tracing.sensitivity() if act.tracing else None,
                    "decisions": [
                        {
                            "act": d.act,
                            "field": d.field,
                            "value": d.value,
                            "by": d.by,
                            "on": d.on.isoformat(),
                            "grounds": d.grounds,
                        }
                        for d in act.decisions
                    ],
                }
                for act in self.acts
            ],
            "gates": [
                {
                    "gate": gate.name,
                    "open": gate.open,
                    "reasons": [reason.in_language(language) for reason in gate.reasons],
                }
                for gate in self.gates
            ],
            "deadlines": [_deadline(one.term, one.deadline) for one in self.terms if one.term],
            "next_evidence": [n.as_json(language) for n in self.next_evidence],
            "not_examined": [text.in_language(language) for text in self.not_examined],
            "notes": [note.in_language(language) for note in self.case.notes],
        }


def _deadline(term: Term, counted: Deadline | None) -> dict[str, object]:
    if counted is not None:
        return counted.for_dossier()
    # A calendar that does not reach so far gives no day, rather than a guess.
    return {
        "what": term.title.as_json(),
        "due": None,
        "unit": term.count.unit,
        "counted": [],
        "citation": term.citation.as_json(),
    }
