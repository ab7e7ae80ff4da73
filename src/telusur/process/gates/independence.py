"""Independence: drafter is not approver, nobody recused, the reporter is neither; ties are on the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from telusur.domain.text import Text
from telusur.process.file import File
from telusur.process.gates.gate import Gate, gate


def independence(file: File, today: date) -> Gate:
    """Say whether those who judge are free to."""
    del today
    return gate("independence", _reasons(file))


def judges(file: File) -> Iterator[tuple[str, Text]]:
    """Give who has judged in what now stands, with what he or she did."""
    for control in file.control.values():
        yield control.step.by, Text("memutuskan penguasaan akun", "decided who controlled the account")
    for genuine in file.authenticity.values():
        yield genuine.step.by, Text("memutuskan keaslian bukti", "decided whether the evidence is genuine")
    if file.draft:
        yield file.draft.step.by, Text("menyusun konsep keputusan", "drafted the decision")
        if file.draft.approved:
            yield file.draft.approved.step.by, Text("menyetujui konsep keputusan", "approved the draft")


def _reasons(file: File) -> Iterator[Text]:
    draft = file.draft
    if draft and draft.approved and draft.approved.step.by == draft.step.by:
        yield Text(
            "Konsep disetujui oleh penyusunnya sendiri; perlu persetujuan orang kedua.",
            "The draft was approved by whoever drafted it; a second person has to approve it.",
        )
    for person, what in judges(file):
        if person in file.recused:
            yield Text(
                f"Yang {what.id} sudah mengundurkan diri dari perkara ini; orang lain perlu mengulanginya.",
                f"Whoever {what.en} is recused from this case; another person has to do it again.",
            )
        if person in (file.reporter, file.respondent):
            yield Text(
                f"Yang {what.id} adalah pelapor atau terlapor sendiri; orang lain perlu mengulanginya.",
                f"Whoever {what.en} is the reporter or the respondent; another person has to do it again.",
            )
    yield from _ties(file)


def _ties(file: File) -> Iterator[Text]:
    if file.reporter and not any(one.step.who == file.reporter for one in file.ties):
        yield Text(
            "Belum dicatat apakah pelapor mempunyai hubungan dengan tim lawan; tanyakan, dan catat jawabannya, juga "
            "bila tidak ada.",
            "It is not recorded whether the reporter has a tie to a rival campaign; ask, and record the answer, also "
            "if there is none.",
        )
    known = [one.n for one in file.ties if one.step.with_whom]
    if file.draft and known and known[-1] > file.draft.n:
        yield Text(
            "Sebuah hubungan baru diketahui setelah konsep disusun; susun ulang dengan mempertimbangkannya.",
            "A tie came to light after the decision was drafted; draft it again with that on the table.",
        )
