"""Tracing: no act on an account goes to a sanction before it is traced, and decided by a person, who used it.

What counts is a weighed tracing together with a named person's decision on control; or a statement signed after
the particulars together with what corroborates it. Silence, absence and lapse of time are no admission.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from telusur.domain.text import Text
from telusur.process.file import ActOnFile, File
from telusur.process.gates.gate import Gate, gate

#: What travels with a file that is handed over before its tracing.
UNTRACED: Final = Text(
    "Penguasaan akun belum ditelusuri: siapa yang memakai akun saat perbuatan itu dilakukan belum ditimbang dan "
    "diputuskan.",
    "Control of the account not yet traced: who used the account when the act was done has not been weighed and "
    "decided.",
)


def tracing(file: File, today: date) -> Gate:
    """Say whether it is traced and decided who did each act that could go to a sanction."""
    del today
    return gate("tracing", _reasons(file))


def _reasons(file: File) -> Iterator[Text]:
    if not file.acts:
        yield Text("Belum ada perbuatan yang dapat ditelusuri; nyatakan dahulu.", "There is no act to trace; state it.")
    standing = file.draft
    held_against = standing.proven if standing else frozenset()
    said = False
    for act in file.acts.values():
        # What a standing draft lets go of goes to no sanction; what is being forwarded still does.
        if standing and act.id in _let_go(file):
            continue
        for reason in _act(file, act, held_against):
            if not said and file.opened and file.opened.how == "handed_over":
                yield UNTRACED
                said = True
            yield reason


def _let_go(file: File) -> set[str]:
    assert file.draft
    return {one.act for one in file.draft.step.findings if one.result in ("cleared", "not_proven", "stopped")}


def _act(file: File, act: ActOnFile, held_against: frozenset[str]) -> Iterator[Text]:
    if not act.stated.on_account:
        return
    control = file.control.get(act.id)
    if control and control.n > act.n and act.id in held_against and control.step.value != "owner":
        yield Text(
            f"Perbuatan {act.id}: keputusan atas penguasaan akun tidak menyatakan pemiliknya sebagai pelaku, jadi "
            "perbuatan ini tidak dapat dibebankan kepada terlapor; susun konsep lain.",
            f"Act {act.id}: the decision on control does not say that the owner did it, so it cannot be held against "
            "the respondent; draft otherwise.",
        )
        return
    if _admitted(file, act):
        return
    traced = file.tracings.get(act.id)
    if traced is None or traced.n < act.n:
        yield Text(
            f"Perbuatan {act.id}: timbang dahulu siapa yang memakai akun (penelusuran). Diam, tidak hadir, atau "
            "lewatnya waktu bukan pengakuan.",
            f"Act {act.id}: weigh first who used the account (tracing). Silence, absence and the passing of time "
            "are no admission.",
        )
    elif control is None or control.n < traced.n:
        yield Text(
            f"Perbuatan {act.id}: sudah ditelusuri; pejabat bernama perlu memutuskan siapa yang menguasai akun, "
            "dengan alasan.",
            f"Act {act.id}: it is traced; a named person has to decide who controlled the account, with grounds.",
        )


def _admitted(file: File, act: ActOnFile) -> bool:
    given = [one.n for one in file.particulars if act.id in one.step.acts and one.n > act.n]
    return any(
        one.step.act == act.id
        and one.step.admits
        and one.n > given[-1]
        and file.is_sealed(one.step.document)
        and any(_corroborates(file, act, one.step.document, item) for item in one.step.corroboration)
        for one in file.statements
        if given
    )


def _corroborates(file: File, act: ActOnFile, statement: str, evidence: str) -> bool:
    # What bears a statement out comes from somebody else than who made it, and is more than what shows the act.
    shown = {file.evidence[one].step.sha256 for one in (*act.stated.evidence, statement) if one in file.evidence}
    return (
        file.is_sealed(evidence)
        and file.supplied_by_respondent(evidence) is None
        and file.evidence[evidence].step.sha256 not in shown
    )
