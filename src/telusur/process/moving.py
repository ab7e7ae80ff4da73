"""Whether a move of the procedure may be taken: stage, role, version, gates, needs, the second person, the vote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.process import steps as s
from telusur.process.deciding import changed_since, sanction_stands
from telusur.process.file import File
from telusur.process.gates import gate_of
from telusur.process.gates.gate import listed
from telusur.process.objection import Objection
from telusur.process.procedure import Move
from telusur.process.procedure_model import CLEARING, GATES, UNBENDING, GateName, Need
from telusur.process.terms import over


def moving(file: File, step: s.Moved) -> Iterator[Objection]:
    """Say why a move may not be taken; nothing if it may."""
    if step.expected_version != file.version:
        yield _no(
            "Berkas sudah berubah sejak halaman ini dibuka; muat ulang, periksa, lalu ulangi.",
            "The file has changed since this page was opened; reload it, look again, and repeat.",
        )
    try:
        move = file.flow.move(step.move)
    except BadInput as problem:
        yield Objection(problem.words)
        return
    if step.role not in move.roles:
        roles = [file.flow.roles[one].title for one in move.roles]
        yield _no(
            f"Langkah ini diambil oleh {listed(one.id for one in roles)}.",
            f"This move is taken by {listed(one.en for one in roles)}.",
        )
    yield from on_the_way(file, move, step.recorded_on)
    yield from _in_writing(move, step)


def on_the_way(file: File, move: Move, today: date) -> Iterator[Objection]:
    """Say what stands in the way of a move, whatever its form would say."""
    if file.stage not in move.origins:
        yield _no(
            f"Dari tahap {file.place.title.id} langkah ini tidak ada.",
            f"There is no such move from the stage {file.place.title.en}.",
        )
        return
    yield from _gates(file, move, today)
    for need in move.needs:
        if not _MET[need](file):
            yield Objection(_NEEDS[need])
    if move.after is not None and over(file, move.after, today) is not True:
        term = move.after.title
        yield _no(f"Tunggu sampai lewat: {term.id}.", f"Wait until this term is over: {term.en}.")
    yield from _draft(file, move)
    if move.end and file.ordered and file.superior is None:
        yield _no(
            "Terlapor bertindak atas perintah: sebutkan perkara atasannya, atau tulis mengapa belum dibuka, sebelum "
            "berkas ini berakhir.",
            "The respondent acted under an order: name the superior's case, or write why none was opened, before this "
            "file ends.",
        )


def _gates(file: File, move: Move, today: date) -> Iterator[Objection]:
    needed: set[GateName] = {*move.gates, *(UNBENDING if move.sanction else ())}
    if move.may_forward_untraced and not move.sanction:
        needed.discard("tracing")
    for name in GATES:
        if name not in needed:
            continue
        gate = gate_of(name, file, today)
        may_pass = gate.override is not None and not (move.sanction and name in UNBENDING)
        if not gate.open and not may_pass:
            for reason in gate.reasons:
                yield Objection(reason, name)
    if move.sanction:
        yield from sanction_stands(file, move)


def _draft(file: File, move: Move) -> Iterator[Objection]:
    draft = file.draft
    wanted = move.second or "draft" in move.needs or move.end == "sanctioned" or bool(move.levels)
    if draft is None:
        if wanted:
            yield _no("Susun dahulu konsep keputusan.", "Draft the decision first.")
        return
    if (move.second or move.end == "sanctioned") and draft.approved is None:
        yield _no("Konsep keputusan belum disetujui orang kedua.", "A second person has not approved the draft.")
    elif draft.approved and wanted and changed_since(file, draft):
        yield _no(
            "Berkas berubah setelah konsep disusun; susun dan setujui ulang.",
            "The file has changed since the draft was written; draft and approve it again.",
        )
    level = draft.step.sanction.level if draft.step.sanction else None
    if move.levels and level not in move.levels:
        yield _no(
            f"Langkah ini untuk sanksi tingkat {listed(move.levels)}; konsep memuat {level or 'tanpa sanksi'}.",
            f"This move is for a sanction of the level {listed(move.levels)}; the draft holds {level or 'none'}.",
        )
    if move.end in CLEARING and wanted:
        results = {one.result for one in draft.step.findings}
        if not _agrees(str(move.end), results):
            yield _no(
                "Akhir ini tidak sesuai dengan temuan dalam konsep yang berlaku; susun ulang konsepnya.",
                "This end does not agree with the findings of the standing draft; draft it again.",
            )


def _agrees(end: str, results: set[s.Result]) -> bool:
    match end:
        case "cleared":
            return results == {"cleared"}
        case "not_proven":
            return "not_proven" in results and results <= {"cleared", "not_proven"}
        case _:
            return "proven" not in results


def _in_writing(move: Move, step: s.Moved) -> Iterator[Objection]:
    if move.grounds and not (step.grounds or "").strip():
        yield _no("Tulis alasannya.", "Write down why.")
    if not move.ballot:
        return
    ballot = step.ballot
    if ballot is None:
        yield _no("Catat pemungutan suara dan kuorumnya.", "Record the vote and its quorum.")
        return
    if ballot.quorum < 1 or min(ballot.in_favour, ballot.against) < 0:
        yield _no("Jumlah suara ini tidak mungkin.", "This count of votes cannot be.")
    elif ballot.in_favour + ballot.against < ballot.quorum:
        yield _no("Kuorum tidak tercapai; tunda rapatnya.", "There is no quorum; adjourn the meeting.")
    elif ballot.in_favour <= ballot.against:
        yield _no("Usul ini tidak mendapat suara terbanyak.", "The proposal did not get the majority.")
    if len(ballot.dissent) > max(ballot.against, 0):
        yield _no(
            "Pendapat berbeda lebih banyak daripada suara menolak.", "There are more dissents than votes against."
        )


def _answered(file: File, *, accepted: bool) -> bool:
    last = file.handovers[-1] if file.handovers else None
    return (
        last is not None
        and last.n > file.entered_n
        and last.answer is not None
        and last.answer.step.accepted is accepted
    )


def _sought(file: File) -> str | None:
    """Give the remedy that was last sought against the decision that was served last."""
    served = max((one.n for one in file.served if one.step.what == "decision"), default=0)
    return next((one.step.remedy for one in reversed(file.remedies) if one.n > served), None)


def _came_to(file: File) -> str | None:
    """Give what the last remedy came to; ``None`` while it is open."""
    if _sought(file) is None or not file.remedies_decided:
        return None
    last = file.remedies_decided[-1]
    return last.step.outcome if last.n > file.remedies[-1].n else None


_MET: Final[Mapping[Need, Callable[[File], bool]]] = {
    "status": lambda file: file.status is not None,
    "accepted": lambda file: _answered(file, accepted=True),
    "refused": lambda file: _answered(file, accepted=False),
    "answer": lambda file: bool(file.answers) or any(one.step.letter == "minutes" for one in file.letters),
    "draft": lambda file: file.draft is not None,
    "served_decision": lambda file: any(
        one.step.what == "decision" and file.draft is not None and one.n > file.draft.n for one in file.served
    ),
    "objection": lambda file: _sought(file) == "objection",
    "appeal": lambda file: _sought(file) == "appeal",
    "no_remedy": lambda file: _sought(file) is None,
    "remedy_upheld": lambda file: _came_to(file) == "upheld",
    "remedy_changed": lambda file: _came_to(file) == "changed",
    "remedy_annulled": lambda file: _came_to(file) == "annulled",
}

_NEEDS: Final[Mapping[Need, Text]] = {
    "status": Text("Tetapkan dahulu status terlapor.", "Establish the respondent's status first."),
    "accepted": Text(
        "Catat dahulu pelimpahan dan jawaban penerima bahwa berkas diterima.",
        "First record the hand-over and the receiver's answer that it took the file.",
    ),
    "refused": Text(
        "Catat dahulu pelimpahan dan jawaban penerima bahwa berkas ditolak.",
        "First record the hand-over and the receiver's answer that it did not take the file.",
    ),
    "answer": Text(
        "Belum ada jawaban atau berita acara; catat dahulu.",
        "There is no answer and no minutes yet; record them first.",
    ),
    "draft": Text("Susun dahulu konsep keputusan.", "Draft the decision first."),
    "served_decision": Text("Keputusan belum disampaikan.", "The decision was not served yet."),
    "objection": Text("Tidak ada keberatan terhadap keputusan ini.", "No objection to this decision was filed."),
    "appeal": Text("Tidak ada banding terhadap keputusan ini.", "No appeal against this decision was filed."),
    "no_remedy": Text("Ada keberatan atau banding; tunggu putusannya.", "An objection or appeal was filed; await it."),
    "remedy_upheld": Text(
        "Keberatan atau banding belum diputus, atau tidak menguatkan keputusan.",
        "The objection or appeal is not decided yet, or it did not uphold the decision.",
    ),
    "remedy_changed": Text(
        "Keberatan atau banding belum diputus, atau tidak mengubah keputusan.",
        "The objection or appeal is not decided yet, or it did not change the decision.",
    ),
    "remedy_annulled": Text(
        "Keberatan atau banding belum diputus, atau tidak membatalkan keputusan.",
        "The objection or appeal is not decided yet, or it did not annul the decision.",
    ),
}


def _no(in_indonesian: str, in_english: str) -> Objection:
    return Objection(Text(in_indonesian, in_english))
