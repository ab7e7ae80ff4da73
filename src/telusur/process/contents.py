"""What a step must say to be taken, kind by kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.facts import checked
from telusur.domain.text import Text
from telusur.domain.vocabulary import ACCOUNT_ACTS
from telusur.process import steps as s
from telusur.process.file import File
from telusur.process.gates.gate import listed
from telusur.process.objection import Objection
from telusur.process.procedure import procedure

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_DECIDED: Final = ("attribution.account_control", "attribution.authenticity")


def contents(file: File, step: s.Step) -> Iterator[Objection]:
    """Say what is wrong with what a step says, or with saying it now; nothing if it may stand."""
    return _contents(step, file)


@singledispatch
def _contents(step: s.Recorded, file: File) -> Iterator[Objection]:
    del step, file
    return iter(())


@_contents.register
def _(step: s.Opened, file: File) -> Iterator[Objection]:
    if file.opened:
        yield _no("Berkas ini sudah dibuka.", "This file is opened already.")
        return
    try:
        procedure(step.procedure).opening(step.how)
    except BadInput as problem:
        yield Objection(problem.words)
    if step.received_on > step.recorded_on:
        yield _no("Hari penerimaan belum tiba.", "The day of receipt has not come yet.")
    if (step.carried or step.bundle) and step.how != "handed_over":
        yield _no(
            "Hanya berkas yang dilimpahkan membawa langkah lembaga lain.",
            "Only a file that was handed over carries another body's steps.",
        )
    if step.how == "handed_over" and not (step.sender and step.bundle):
        yield _no(
            "Sebutkan siapa yang melimpahkan, dan hash bundelnya.", "Name who handed it over, and the bundle's hash."
        )
    if step.bundle is not None:
        yield from _hash(step.bundle)
    for one in step.carried:
        if not isinstance(one, CARRIED):
            yield _no(
                f"Langkah {type(one).__name__} hanya berlaku pada lembaga yang mengambilnya dan tidak dibawa.",
                f"The step {type(one).__name__} holds only at the body that took it, and is not carried over.",
            )


@_contents.register
def _(step: s.StatusEstablished, file: File) -> Iterator[Objection]:
    del file
    yield from _fact("actor.status", step.status)
    yield from _said(step.grounds)


@_contents.register
def _(step: s.ActStated, file: File) -> Iterator[Objection]:
    yield from _said(step.act)
    yield from _known(file, step.evidence)
    kind = step.facts.value("act.kind")
    if not step.on_account and kind is None:
        yield _no(
            "Nyatakan jenis perbuatan; hanya dari situ tampak bahwa tidak ada akun yang dipakai.",
            "State what kind of act it is; only that shows that no account was used.",
        )
    if not step.on_account and kind in ACCOUNT_ACTS:
        yield _no(
            f"Perbuatan ini ({kind}) dilakukan dengan akun; siapa pemakainya perlu ditelusuri.",
            f"This act ({kind}) is done with an account; who used it has to be traced.",
        )
    if any(step.facts.value(name) is not None for name in _DECIDED):
        yield _no(
            "Penguasaan akun dan keaslian diputuskan pejabat bernama dalam langkah tersendiri, bukan dinyatakan.",
            "Control of the account and authenticity are decided by a named person in a step of their own, not stated.",
        )


@_contents.register
def _(step: s.EvidenceAdded, file: File) -> Iterator[Objection]:
    yield from _said(step.evidence, step.name)
    yield from _hash(step.sha256)
    if step.evidence in file.evidence:
        yield _no(
            f"Bukti {step.evidence} sudah ada; yang masuk tidak pernah diganti. Beri nama lain.",
            f"There is evidence {step.evidence} already; what came in is never replaced. Give it another id.",
        )


@_contents.register
def _(step: s.PreservationAsked, file: File) -> Iterator[Objection]:
    del file
    yield from _said(step.to, step.what)


@_contents.register
def _(step: s.Served, file: File) -> Iterator[Objection]:
    yield from _said(step.how)
    if step.proof is not None:
        yield from _known(file, (step.proof,))
    if step.day > step.recorded_on:
        yield _no("Hari penyampaian belum tiba.", "The day of service has not come yet.")
    if file.particulars and step.what != "clearing" and step.day < file.particulars[-1].step.recorded_on:
        yield _no(
            "Hari penyampaian mendahului penyusunan rincian; yang disampaikan saat itu bukan rincian ini.",
            "The day of service lies before the particulars were drawn up; it was not these that were served.",
        )
    if step.reply_until is not None and step.reply_until <= step.day:
        yield _no(
            "Batas menjawab harus setelah hari penyampaian.", "The last day to answer lies after the day of service."
        )
    calls = step.what in ("summons", "second_summons")
    if (calls or step.what == "particulars") and file.informed_at is None:
        yield _no(
            "Susun dahulu rincian semua perbuatan sebagaimana kini dinyatakan; tanpa itu tidak ada yang dapat dijawab.",
            "First draw up the particulars of all acts as now stated; without them there is nothing to answer.",
            gate=calls,
        )
    if step.what == "second_summons" and not any(one.step.what == "summons" for one in file.served):
        yield _no("Panggilan pertama belum disampaikan.", "No first summons was served.")
    if step.what == "decision" and (file.draft is None or file.draft.approved is None):
        yield _no("Belum ada keputusan yang disetujui.", "There is no approved decision to serve.")


@_contents.register
def _(step: s.ParticularsGiven, file: File) -> Iterator[Objection]:
    if not step.acts:
        yield _no("Sebutkan perbuatannya.", "Name the acts.")
    yield from _acts(file, step.acts)


@_contents.register
def _(step: s.Answered, file: File) -> Iterator[Objection]:
    yield from _known(file, step.evidence)
    if not (step.text.strip() or step.claims):
        yield _no("Jawaban ini kosong.", "This answer is empty.")
    if file.informed_at is None:
        yield _no(
            "Belum ada rincian yang dapat dijawab; susun dahulu. Yang disampaikan sebelum itu dicatat sebagai catatan.",
            "There are no particulars to answer yet; draw them up first. What was said before is recorded as a note.",
        )
    elif step.by != file.respondent and not any(
        file.is_sealed(one) and file.evidence[one].n > file.informed_at for one in step.evidence
    ):
        yield _no(
            "Jawaban yang dicatat petugas memerlukan berita acara bertanda tangan, dibuat setelah rincian dan disegel, "
            "sebagai buktinya.",
            "An answer taken down by an official needs the signed minutes, made after the particulars and sealed, as "
            "its evidence.",
        )


@_contents.register
def _(step: s.HearingWaived, file: File) -> Iterator[Objection]:
    if not step.signed or not file.is_sealed(step.evidence):
        yield _no(
            "Hak didengar hanya dilepas secara tertulis: perlu surat bertanda tangan yang disegel sebagai bukti.",
            "Being heard is waived only in writing: it takes the signed letter, sealed, as evidence.",
        )
    if file.informed_at is None:
        yield _no(
            "Hak didengar hanya dapat dilepas setelah rincian diberikan.",
            "Being heard can be waived only after the particulars.",
        )


@_contents.register
def _(step: s.Extended, file: File) -> Iterator[Objection]:
    yield from _said(step.term, step.grounds)
    if step.term == "reply":
        if file.reply_until is None:
            yield _no("Belum ada batas menjawab.", "No last day to answer was set.")
        elif step.until <= file.reply_until:
            yield _no("Perpanjangan hanya memperpanjang.", "An extension only makes it longer.")


@_contents.register
def _(step: s.Traced, file: File) -> Iterator[Objection]:
    yield from _acts(file, (step.act,))
    yield from _hash(step.report)


@_contents.register
def _(step: s.ControlDecided, file: File) -> Iterator[Objection]:
    yield from _acts(file, (step.act,))
    yield from _fact(_DECIDED[0], step.value)
    yield from _said(step.grounds)
    if step.act in file.acts and file.acts[step.act].stated.on_account and step.value == "not_an_account_act":
        yield _no("Perbuatan ini dilakukan dengan akun.", "This act was done with an account.")


@_contents.register
def _(step: s.AuthenticityDecided, file: File) -> Iterator[Objection]:
    yield from _acts(file, (step.act,))
    yield from _fact(_DECIDED[1], step.value)
    yield from _said(step.grounds)


@_contents.register
def _(step: s.StatementSigned, file: File) -> Iterator[Objection]:
    yield from _acts(file, (step.act,))
    yield from _known(file, (step.document, *step.corroboration))
    if file.informed_at is None:
        yield _no(
            "Pernyataan hanya berarti bila ditandatangani setelah rincian diberikan.",
            "A statement counts only if it is signed after the particulars.",
        )


@_contents.register
def _(step: s.Recused, file: File) -> Iterator[Objection]:
    yield from _said(step.person, step.why)
    if step.person in (file.respondent, s.SYSTEM):
        yield _no("Yang mengundurkan diri adalah petugas.", "It is officials who are recused.")


@_contents.register
def _(step: s.TieDeclared, file: File) -> Iterator[Objection]:
    del file
    yield from _said(step.who, step.what)


@_contents.register
def _(step: s.LetterMade, file: File) -> Iterator[Objection]:
    del file
    yield from _hash(step.sha256)


@_contents.register
def _(step: s.HandedOver, file: File) -> Iterator[Objection]:
    yield from _said(step.to)
    yield from _hash(step.bundle)
    if file.place.handed_to is None:
        yield _no(
            "Pada tahap ini berkas tidak dilimpahkan; ambil dahulu langkah pelimpahannya.",
            "In this stage the file is not handed over; take the move that forwards it first.",
        )
    if any(one.step.bundle == step.bundle for one in file.handovers):
        yield _no("Bundel ini sudah dilimpahkan.", "This bundle was handed over already.")


@_contents.register
def _(step: s.ReceiverAnswered, file: File) -> Iterator[Objection]:
    if not any(one.step.bundle == step.bundle for one in file.handovers):
        yield _no("Tidak ada pelimpahan dengan bundel ini.", "No hand-over has this bundle.")
    if not step.accepted:
        yield from _said(step.text)


@_contents.register
def _(step: s.Told, file: File) -> Iterator[Objection]:
    del file
    yield from _said(step.whom, step.what)


@_contents.register
def _(step: s.Remedy, file: File) -> Iterator[Objection]:
    if not any(one.step.what == "decision" for one in file.served):
        yield _no("Belum ada keputusan yang disampaikan.", "No decision was served yet.")
    if step.on > step.recorded_on:
        yield _no("Hari pengajuan belum tiba.", "The day of filing has not come yet.")


@_contents.register
def _(step: s.RemedyDecided, file: File) -> Iterator[Objection]:
    yield from _said(step.grounds)
    if len(file.remedies_decided) >= len(file.remedies):
        yield _no("Tidak ada upaya hukum yang belum diputus.", "There is no remedy that is still to be decided.")


@_contents.register
def _(step: s.SuperiorSide, file: File) -> Iterator[Objection]:
    del file
    if not (step.case or "").strip() and not (step.grounds or "").strip():
        yield _no(
            "Sebutkan perkara atasan, atau tulis mengapa belum dibuka.",
            "Name the superior's case, or write why none was opened.",
        )


#: Steps that hold beyond the body that took them.
CARRIED: Final = (
    s.StatusEstablished,
    s.ActStated,
    s.EvidenceAdded,
    s.PreservationAsked,
    s.Served,
    s.ParticularsGiven,
    s.Answered,
    s.HearingWaived,
    s.Extended,
    s.Traced,
    s.ControlDecided,
    s.AuthenticityDecided,
    s.StatementSigned,
    s.Recused,
    s.TieDeclared,
    s.SuperiorSide,
    s.Noted,
)


def _no(in_indonesian: str, in_english: str, *, gate: bool = False) -> Objection:
    return Objection(Text(in_indonesian, in_english), "particulars" if gate else None)


def _said(*words: str) -> Iterator[Objection]:
    if not all(one.strip() for one in words):
        yield _no("Isilah semua yang diminta; ada yang kosong.", "Fill in what is asked; something is empty.")


def _hash(value: str) -> Iterator[Objection]:
    if not _HASH.fullmatch(value):
        yield _no(
            "Hash-nya bukan SHA-256 (64 angka heksadesimal kecil).",
            "The hash is no SHA-256 (64 lower-case hex digits).",
        )


def _fact(name: str, value: str) -> Iterator[Objection]:
    try:
        checked(name, value)
    except BadInput as problem:
        yield Objection(problem.words)


def _acts(file: File, names: Iterable[str]) -> Iterator[Objection]:
    unknown = [one for one in names if one not in file.acts]
    if unknown:
        yield _no(f"Tidak ada perbuatan {listed(unknown)}.", f"There is no act {listed(unknown)}.")


def _known(file: File, evidence: Iterable[str]) -> Iterator[Objection]:
    unknown = [one for one in evidence if one not in file.evidence]
    if unknown:
        yield _no(
            f"Tidak ada bukti {listed(unknown)}; masukkan dahulu.",
            f"There is no evidence {listed(unknown)}; add it first.",
        )
