"""Drafts, their approval, and overrides: what a second person is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from telusur.domain.text import Text
from telusur.process import steps as s
from telusur.process.file import Draft, File
from telusur.process.fold import added
from telusur.process.gates import advises_only, gate_of
from telusur.process.gates.gate import listed
from telusur.process.objection import Objection
from telusur.process.procedure_model import GATES, UNBENDING, GateName, Move


def deciding(file: File, step: s.Step) -> Iterator[Objection]:
    """Say why a draft, an approval, a return or an override may not be recorded."""
    if isinstance(step, s.Drafted):
        return _drafted(file, step)
    if isinstance(step, s.Approved):
        return _approved(file, step)
    if isinstance(step, s.Returned):
        return _returned(file, step)
    if isinstance(step, s.Overridden):
        return _overridden(file, step)
    return iter(())


def changed_since(file: File, draft: Draft) -> bool:
    """Say whether officials changed what a draft rests on since it was written."""
    places = [act.n for act in file.acts.values()]
    places += [one.n for one in file.control.values()]
    places += [one.n for one in file.authenticity.values()]
    places += [one.n for one in file.ties if one.step.with_whom]
    if file.status:
        places.append(file.status.n)
    return max(places, default=0) > draft.n


def contradicted(file: File, draft: Draft) -> Iterator[Text]:
    """Say which findings of a draft contradict what was decided on control or authenticity."""
    for act in sorted(draft.proven):
        facts = file.facts(act)
        control = facts.value("attribution.account_control")
        if control not in (None, "owner", "not_an_account_act"):
            yield Text(
                f"Perbuatan {act}: penguasaan akun diputuskan {control}; itu tidak dapat terbukti terhadap terlapor.",
                f"Act {act}: control was decided to be {control}; it cannot be proven against the respondent.",
            )
        if facts.value("attribution.authenticity") in ("doubtful", "refuted"):
            yield Text(
                f"Perbuatan {act}: buktinya tidak diputuskan asli; itu tidak dapat terbukti.",
                f"Act {act}: its evidence was not decided to be genuine; it cannot be proven.",
            )


def _drafted(file: File, step: s.Drafted) -> Iterator[Objection]:
    if file.final:
        yield _no("Berkas ini sudah berakhir.", "This file has come to an end.")
    if not step.draft.strip() or not step.grounds.strip():
        yield _no("Konsep memerlukan nama dan alasan.", "A draft needs an id and grounds.")
    if step.draft in file.drafts:
        yield _no(f"Konsep {step.draft} sudah ada.", f"There is a draft {step.draft} already.")
    if file.status is None:
        yield _no("Tetapkan dahulu status terlapor.", "Establish the respondent's status first.", "particulars")
    counted = Counter(one.act for one in step.findings)
    wrong = [act for act in {*counted, *file.acts} if counted[act] != 1 or act not in file.acts]
    if wrong:
        yield _no(
            f"Konsep memerlukan tepat satu temuan untuk setiap perbuatan ({listed(sorted(wrong))}).",
            f"A draft has exactly one finding for each act ({listed(sorted(wrong))}).",
        )
        return
    yield from _found(added(file, step), step)


def _found(after: File, step: s.Drafted) -> Iterator[Objection]:
    draft = after.draft
    assert draft is not None
    for text in contradicted(after, draft):
        yield Objection(text)
    if step.sanction and not draft.proven:
        yield _no("Tanpa perbuatan yang terbukti tidak ada sanksi.", "There is no sanction without a proven act.")
    if step.sanction or draft.proven:
        # What follows a finding of proof follows it everywhere: nothing is proven against who was not heard.
        for name in (one for one in GATES if one in UNBENDING):
            for reason in gate_of(name, after, step.recorded_on).reasons:
                yield Objection(reason, name)


def _approved(file: File, step: s.Approved) -> Iterator[Objection]:
    draft = file.draft
    if draft is None or draft.step.draft != step.draft:
        yield _no(
            f"Konsep {step.draft} bukan konsep yang berlaku.", f"The draft {step.draft} is not the standing draft."
        )
        return
    if draft.approved:
        yield _no("Konsep ini sudah disetujui.", "This draft is approved already.")
    if draft.step.by == step.by:
        yield _no(
            "Penyusun tidak menyetujui konsepnya sendiri; mintalah orang kedua.",
            "Whoever drafted it does not approve it; ask a second person.",
            "independence",
        )
    role = file.flow.roles.get(step.role)
    if role is None or not role.may_approve:
        able = [one.title for one in file.flow.roles.values() if one.may_approve]
        yield _no(
            f"Persetujuan diberikan oleh {listed(one.id for one in able)}.",
            f"Approval is given by {listed(one.en for one in able)}.",
        )
    later = [one.n for one in (*file.answers, *file.tracings.values(), *file.statements)]
    if changed_since(file, draft) or max(later, default=0) > draft.n:
        yield _no(
            "Berkas berubah setelah konsep disusun; susun ulang dengan yang terbaru.",
            "The file has changed since the draft was written; draft it again with what is new.",
        )


def _returned(file: File, step: s.Returned) -> Iterator[Objection]:
    if file.draft is None or file.draft.step.draft != step.draft:
        yield _no(
            f"Konsep {step.draft} bukan konsep yang berlaku.", f"The draft {step.draft} is not the standing draft."
        )
    if not step.why.strip():
        yield _no("Tulis mengapa konsep dikembalikan.", "Write why the draft is sent back.")
    if file.final:
        yield _no("Berkas ini sudah berakhir.", "This file has come to an end.")


def _overridden(file: File, step: s.Overridden) -> Iterator[Objection]:
    if gate_of(step.gate, file, step.recorded_on).open:
        yield _no("Syarat ini sudah terpenuhi; tidak perlu dilewati.", "This gate is open; it needs no override.")
    if not step.grounds.strip():
        yield _no("Tulis alasan melewati syarat ini.", "Write why this gate is overridden.")
    if step.second == step.by or not step.second.strip():
        yield _no("Melewati suatu syarat memerlukan orang kedua.", "An override takes a second person.")
    if step.second in (file.respondent, file.reporter, s.SYSTEM) or step.second in file.recused:
        yield _no(
            "Orang kedua tidak boleh pelapor, terlapor, program, atau yang mengundurkan diri.",
            "The second person is neither reporter nor respondent, nor the program, nor recused.",
            "independence",
        )


def _no(in_indonesian: str, in_english: str, gate: GateName | None = None) -> Objection:
    return Objection(Text(in_indonesian, in_english), gate)


def sanction_stands(file: File, move: Move) -> Iterator[Objection]:
    """Say why a move may carry no sanction, whatever was overridden: it rests on a draft that holds, and on no other.

    Parameters
    ----------
    file
        The file.
    move
        The move. One without a second person of its own carries on what a move with one decided, and nothing else.
    """
    draft = file.draft
    if draft is None or draft.approved is None:
        yield _no(
            "Sanksi hanya bersandar pada konsep keputusan yang disetujui orang kedua.",
            "A sanction rests on a draft decision that a second person approved.",
        )
        return
    if not move.second and draft.step.draft != file.decided:
        yield _no(
            "Konsep ini bukan yang diputuskan; yang dijalankan hanya keputusan itu. Putuskan lagi.",
            "This draft is not the one that was decided; only that one is carried out. Decide again.",
        )
    sanction = draft.step.sanction
    if not draft.proven or (sanction is None and (move.levels or move.end == "sanctioned")):
        yield _no("Konsep yang berlaku tidak memuat sanksi.", "The standing draft holds no sanction.")
    only = advises_only(sanction) if sanction else None
    if only:
        yield Objection(only, "consistency")
    for text in contradicted(file, draft):
        yield Objection(text, "tracing")
    if changed_since(file, draft):
        yield _no(
            "Berkas berubah setelah keputusan disusun; susun dan setujui ulang.",
            "The file has changed since the decision was drafted; draft and approve it again.",
        )
