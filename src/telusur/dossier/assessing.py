"""A case, assessed: seal what came in, read the exports, ask the rules, weigh who acted."""

from __future__ import annotations

from collections.abc import Callable

import telusur
from telusur import evidence, exports, law, process, tracing
from telusur.domain.act import Act
from telusur.domain.errors import BadInput
from telusur.domain.evidence import EvidenceItem, Grade
from telusur.domain.record import AccountRecord
from telusur.domain.text import Text
from telusur.domain.vocabulary import ACCOUNT_ACTS
from telusur.dossier import proceeding
from telusur.dossier.assessment import ActAssessment, Assessment
from telusur.dossier.case import Case, Decision, Source
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
    records = read_records(case, step)
    acts = []
    for act in case.acts:
        step(act.id)
        acts.append(_assess_act(case, act, records, decisions))
    file = proceeding.file_of(case, sealed, acts)
    day = proceeding.day_of(case, acts)
    return Assessment(
        case,
        sealed,
        acts,
        _not_examined(case, records),
        evidence.isolation().words,
        made_by(),
        proceeding.gates_of(file, day),
        process.terms(file, day),
    )


def read_records(case: Case, step: Step = lambda _: None) -> tuple[AccountRecord, ...]:
    """Read the exports of a case; those of a platform that has no reader yet are left, and the dossier says so.

    Parameters
    ----------
    case
        The case.
    step
        Told what is being read.

    Raises
    ------
    BadInput
        If an export cannot be read, or is not of a platform that the case is about.
    """
    if not any(account.platform in exports.PLATFORMS for account in case.accounts):
        return ()
    records = []
    for source in case.sources:
        if source.kind == "platform_export":
            step(source.path)
            records.append(exports.read(case.folder / source.path, name=source.path, grade=source.grade))
    return tuple(records)


def trace(case: Case, act: Act, records: tuple[AccountRecord, ...]) -> Tracing | None:
    """Weigh who did an act; ``None`` for an act that is not done with an account.

    Parameters
    ----------
    case
        The case.
    act
        One of its acts.
    records
        What the case's exports say.
    """
    if act.account is None or act.facts.value("act.kind") not in ACCOUNT_ACTS:
        return None
    shown_by = [source for source in map(case.source, act.evidence) if source and source.kind not in _NOT_A_CAPTURE]
    return tracing.weigh(
        Question(
            act,
            records,
            case.known,
            case.statement.claims,
            case.statement.signed_after_particulars,
            min((source.grade for source in shown_by), default=Grade.E),
        )
    )


def _assess_act(
    case: Case, act: Act, records: tuple[AccountRecord, ...], decisions: tuple[Decision, ...]
) -> ActAssessment:
    try:
        determination = law.determine(act.facts)
    except BadInput as error:
        raise BadInput(
            error.message, where=str(case.folder / "case.yaml"), field=f"acts[{act.id}].{error.field or 'date'}"
        ) from None
    own = tuple(r for r in records if act.account is not None and r.account.platform == act.account.platform)
    return ActAssessment(
        act, determination, trace(case, act, records), own, tuple(d for d in decisions if d.act == act.id)
    )


def _not_examined(case: Case, records: tuple[AccountRecord, ...]) -> list[Text]:
    read = {record.path for record in records} | {s.path for s in case.sources if s.kind == "known_writing"}
    files = [_not_read(source) for source in case.sources if source.path not in read]
    files += [
        Text(
            f"{source.path}: fakta yang dibaca petugas di dalamnya diperlihatkan di Daftar bukti, tetapi tidak ikut "
            "ditimbang; pejabat perlu mempertimbangkannya sendiri.",
            f"{source.path}: what an officer read in it is shown in the List of evidence but not weighed; whoever "
            "decides has to consider it.",
        )
        for source in case.sources
        if source.facts
    ]
    return [
        *files,
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


def _not_read(source: Source) -> Text:
    if source.kind is None:
        return Text(
            f"{source.path}: disegel dan dihitung hash-nya; tidak dibaca program, karena `sources` di case.yaml tidak "
            "menyebut jenisnya. Sebutkan jenisnya dan siapa yang menyerahkannya, lalu jalankan lagi.",
            f"{source.path}: sealed and hashed; not read by the program, because `sources` in case.yaml does not say "
            "what it is. Say what it is and who supplied it, and run this again.",
        )
    return Text(
        f"{source.path}: disegel dan dihitung hash-nya; isinya tidak dibaca program; petugas perlu membacanya.",
        f"{source.path}: sealed and hashed; its content was not read by the program, so an officer has to read it.",
    )


def made_by() -> dict[str, object]:
    """Give versions and hashes of what an assessment is made by; no clock time."""
    return {"telusur": telusur.__version__, "catalogue": law.catalogue().hash, "models": tracing.models()}
