"""A case, assessed: seal what came in, read it, ask the rules, weigh who acted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import telusur
from telusur import evidence, law, process, tracing
from telusur.domain.act import Act
from telusur.domain.errors import BadInput
from telusur.domain.evidence import EvidenceItem, Grade
from telusur.domain.text import Text
from telusur.domain.vocabulary import ACCOUNT_ACTS
from telusur.dossier import proceeding
from telusur.dossier.assessment import ActAssessment, Assessment
from telusur.dossier.case import Case, Decision
from telusur.dossier.material import Material, left_to_people, read_records
from telusur.tracing import Question, Tracing

#: Sources that say nothing of the act by showing it.
_NOT_A_CAPTURE = frozenset({"platform_export", "provider_record", "known_writing"})

Step = Callable[[str], None]


def assess(case: Case, decisions: tuple[Decision, ...] = (), step: Step = lambda _: None) -> Assessment:
    """Assess a case.

    Parameters
    ----------
    case
        The case, with the decisions already applied to its acts.
    decisions
        The decisions, to be shown with the acts they are about.
    step
        Told what is being done, for a progress bar.

    Raises
    ------
    BadInput
        If a file cannot be sealed or an export cannot be read.
    """
    sealed: list[EvidenceItem] = []
    for source in case.sources:
        step(source.path)
        path = case.folder / source.path
        sealed.append(evidence.seal(path, name=source.path, kind=source.kind, grade=source.grade))
    material = read_records(case, step)
    acts = []
    for act in case.acts:
        step(act.id)
        acts.append(_assess_act(case, act, material, decisions))
    file = proceeding.file_of(case, sealed, acts)
    day = proceeding.day_of(case, acts)
    return Assessment(
        replace(case, notes=(*case.notes, *material.notes)),
        sealed,
        acts,
        _not_examined(case, material),
        evidence.isolation().words,
        made_by(),
        proceeding.gates_of(file, day),
        process.terms(file, day),
        material.documents,
    )


def trace(case: Case, act: Act, material: Material) -> Tracing | None:
    """Weigh who did an act; ``None`` for an act that is not done with an account.

    Parameters
    ----------
    case
        The case.
    act
        One of its acts.
    material
        What the case's sources say.
    """
    if act.account is None or act.facts.value("act.kind") not in ACCOUNT_ACTS:
        return None
    shown_by = [source for source in map(case.source, act.evidence) if source and source.kind not in _NOT_A_CAPTURE]
    return tracing.weigh(
        Question(
            act,
            material.records,
            case.known,
            case.statement.claims,
            case.statement.signed_after_particulars,
            min((source.grade for source in shown_by), default=Grade.E),
            # An e-mail of another platform is about another account.
            [one for one in material.documents if one.platform in {None, act.account.platform}],
            case.respondent.name,
            case.reported_on,
        )
    )


def _assess_act(case: Case, act: Act, material: Material, decisions: tuple[Decision, ...]) -> ActAssessment:
    try:
        determination = law.determine(act.facts)
    except BadInput as error:
        raise BadInput(
            error.message, where=str(case.folder / "case.yaml"), field=f"acts[{act.id}].{error.field or 'date'}"
        ) from None
    own = tuple(r for r in material.records if act.account is not None and r.account.platform == act.account.platform)
    return ActAssessment(
        act, determination, trace(case, act, material), own, tuple(d for d in decisions if d.act == act.id)
    )


def _not_examined(case: Case, material: Material) -> list[Text]:
    return [
        *left_to_people(case, material),
        Text(
            "Makna unggahan (tentang siapa, mendukung atau tidak) diambil dari fakta yang diisi orang, bukan program.",
            "What the post means (of whom, in support or not) is taken from facts that a person filled in.",
        ),
        Text(
            "Pesan, kontak, iklan, dan pencarian dalam ekspor tidak dibuka sama sekali.",
            "Messages, contacts, advertising and searches in an export were not opened at all.",
        ),
        Text(
            "Gerbang prosedur dan tenggat dibaca dari folder perkara saja; apa yang dilakukan di kantor dan tidak "
            "tertulis di sana tidak diketahui.",
            "Gates and deadlines were read from the case folder alone; what was done in an office and is not written "
            "there is not known.",
        ),
    ]


def made_by() -> dict[str, object]:
    """Give versions and hashes of what an assessment is made by; no clock time."""
    return {"telusur": telusur.__version__, "catalogue": law.catalogue().hash, "models": tracing.models()}
