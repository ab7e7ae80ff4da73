"""Other bodies: hand the file over, record the answer, tell somebody, and clear up after a respondent is cleared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from django import forms

from telusur import process
from telusur.domain.text import Text
from telusur.domain.when import day_words
from telusur.office.actions.base import Action, register
from telusur.office.erasing import DAY_SET
from telusur.office.forms import (
    Choice,
    ChoicesField,
    DateField,
    check_field,
    choice_field,
    line_field,
    words_field,
)
from telusur.office.models import Case
from telusur.office.words import late
from telusur.process import CLEARING

_SCHEMA: Final = "telusur.handover/1"
#: Whom a Told names when it is about the block, and how such a notice begins.
BLOCK: Final = Text("Permintaan membuka blokir data kepegawaian", "Request to lift a block in the personnel system")
ERASED: Final = Text(DAY_SET, "Record erased on")


def bundle_of(case: Case, file: process.File) -> bytes:
    """Give what goes along with a hand-over: the same bytes for the same steps.

    Returns
    -------
    bytes
        JSON in UTF-8: the steps that hold beyond this body, and what travels with them.
    """
    untraced = any(one.name == "tracing" and not one.open for one in process.gates(file, _day(file)))
    held = {
        "schema": _SCHEMA,
        "case": case.number,
        "procedure": file.procedure,
        "steps": [process.to_json(one) for one in process.carried(file)],
        "untraced": process.UNTRACED.as_json() if untraced else None,
    }
    return json.dumps(held, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8", "surrogatepass")


def _day(file: process.File) -> Any:
    assert file.last is not None
    return file.last.recorded_on


@register
class HandOver(Action):
    """Hand the file to another body, with a bundle."""

    name = "limpahkan"
    title = Text("Catat pelimpahan kepada lembaga lain", "Record the hand-over to another body")
    group = "bodies"
    explains = Text(
        "Bundel memuat langkah yang berlaku di luar lembaga ini. Bila penguasaan akun belum ditelusuri, itu ikut "
        "tertulis, dan syaratnya tetap tertutup di sana.",
        "The bundle holds the steps that hold beyond this body. If control of the account is not traced yet, that is "
        "written in it, and the gate stays closed there.",
    )

    def _hash(self) -> str:
        return hashlib.sha256(bundle_of(self.case, self.file)).hexdigest()

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        return process.refusals(self.file, process.HandedOver(**self.stamp(), to="-", bundle=self._hash()))

    def shown(self) -> Sequence[tuple[Text, Text]]:
        """Give the bundle's hash, and what travels along."""
        digest = self._hash()
        found = [(Text("Bundel (SHA-256)", "Bundle (SHA-256)"), Text(digest, digest))]
        if any(one.name == "tracing" and not one.open for one in process.gates(self.file, _day(self.file))):
            found.append((Text("Ikut tertulis", "Travels along"), process.UNTRACED))
        return found

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask to whom."""
        return {"to": line_field(("Kepada", "To"), ("Nama lembaganya.", "The name of the body."))}

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        return [process.HandedOver(**self.stamp(), to=cleaned["to"], bundle=self._hash())]


@register
class RecordReceiversAnswer(Action):
    """Record what the receiver of a bundle answered."""

    name = "jawaban-penerima"
    title = Text("Catat jawaban penerima", "Record the receiver's answer")
    group = "bodies"

    def _open(self) -> list[process.HandOver]:
        return [one for one in self.file.handovers if one.answer is None]

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        if self._open():
            return ()
        return (Text("Tidak ada pelimpahan yang menunggu jawaban.", "No hand-over waits for an answer."),)

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask which, and what was answered."""
        waiting = [
            Choice(one.step.bundle, Text(one.step.to, one.step.to), Text(one.step.bundle[:16], one.step.bundle[:16]))
            for one in self._open()
        ]
        return {
            "bundle": choice_field(("Pelimpahan", "Hand-over"), waiting),
            "accepted": choice_field(
                ("Jawabannya", "The answer"),
                [Choice("yes", Text("diterima", "taken")), Choice("no", Text("dikembalikan", "returned"))],
            ),
            "text": words_field(("Bunyi jawaban", "What it says"), ("Nomor dan tanggal surat.", "Number and date.")),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        accepted = cleaned["accepted"] == "yes"
        return [
            process.ReceiverAnswered(**self.stamp(), bundle=cleaned["bundle"], accepted=accepted, text=cleaned["text"])
        ]


@register
class Tell(Action):
    """Record that somebody was told something; the respondent is told of each override."""

    name = "beritahu"
    title = Text("Catat pemberitahuan", "Record that somebody was told")
    group = "bodies"

    def initial(self) -> Mapping[str, object]:
        """Begin with the respondent, where an override is still to be told."""
        untold = self.file.untold
        return {"whom": "respondent", "override": untold[0].gate} if untold else {}

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask whom, what, and of which override."""
        words = self.file.flow.words
        titles = {one.name: one.title for one in process.gates(self.file, _day(self.file))}
        untold = dict.fromkeys(one.gate for one in self.file.untold)
        overrides = [*(Choice(one, titles[one]) for one in untold), Choice("", Text("tidak ada", "none"))]
        return {
            "whom": choice_field(
                ("Siapa yang diberi tahu?", "Who was told?"),
                [
                    Choice("respondent", words.respondent),
                    Choice("reporter", words.reporter),
                    Choice("other", Text("lembaga atau orang lain", "another body or person")),
                ],
            ),
            "other": line_field(("Nama lembaga atau orang itu", "Name of that body or person"), required=False),
            "what": words_field(("Apa yang diberitahukan?", "What was told?")),
            "override": choice_field(
                ("Tentang syarat yang dilewati", "About a gate that was overridden"), overrides, required=False
            ),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        whom = cleaned["other"] if cleaned["whom"] == "other" else cleaned["whom"]
        override = cast("Any", cleaned["override"] or None)
        return [process.Told(**self.stamp(), whom=whom, what=cleaned["what"], override=override)]


def to_be_told(file: process.File) -> list[str]:
    """Give the bodies that were told of the case, and not yet how it ended."""
    ended = file.entered_n
    said = {one.step.whom for one in file.told if one.n > ended}
    return [one for one in file.told_bodies if one not in said]


@register
class ClearUp(Action):
    """After a clearing: tell every body that was told, ask to lift a block, and set the day of erasure."""

    name = "pulihkan"
    title = Text("Pulihkan: beri tahu lembaga, buka blokir, tanggal hapus", "Clear up: bodies, block, day of erasure")
    group = "bodies"
    explains = Text(
        "Setiap lembaga yang pernah diberi tahu juga diberi tahu bagaimana perkara berakhir. Surat-suratnya dibuat "
        "pada halaman surat berkas.",
        "Every body that was told of the case is told how it ended. The letters are made on the page of letters.",
    )

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        if self.file.end in CLEARING:
            return ()
        words = Text(
            "Berkas ini belum berakhir dengan pembersihan (bukan perbuatannya, tidak terbukti, atau dihentikan).",
            "This file has not ended by a clearing (cleared, not proven, or stopped).",
        )
        return (words,)

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask who was told, about the block, and when the record is erased."""
        bodies = [Choice(one, Text(one, one)) for one in to_be_told(self.file)]
        found: dict[str, forms.Field] = {}
        if bodies:
            found["bodies"] = ChoicesField(
                bodies, label=late("Sudah diberi tahu bagaimana perkara berakhir", "Told how it ended"), required=False
            )
        return {
            **found,
            "block": check_field(
                ("Pembukaan blokir data kepegawaian diminta", "The lifting of a block was asked for"), required=False
            ),
            "block_to": line_field(
                ("Diminta kepada", "Asked of"), ("Pengelola sistem kepegawaian.", "Who runs it."), required=False
            ),
            "erased_on": DateField(
                label=late("Catatan dihapus pada", "Record erased on"),
                help_text=late(
                    "Menurut jadwal retensi kantor, setelah masa upaya dan pengaduan.",
                    "By the office's retention schedule, after the time for remedies and complaints.",
                ),
                required=False,
            ),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make a step for each."""
        ended = self.file.place.title
        made: list[process.Step] = [
            process.Told(**self.stamp(), whom=one, what=f"Perkara berakhir: {ended.id}")
            for one in cleaned.get("bodies") or ()
        ]
        if cleaned["block"]:
            whom = cleaned["block_to"].strip() or "pengelola sistem kepegawaian"
            made.append(process.Told(**self.stamp(), whom=whom, what=BLOCK.id))
        if cleaned["erased_on"]:
            day = cleaned["erased_on"]
            made.append(process.Noted(**self.stamp(), text=f"{ERASED.id} {day_words(day).id} ({day.isoformat()})"))
        if not made:
            words = Text("Tidak ada yang dicentang atau diisi.", "Nothing was ticked or filled in.")
            raise process.Refused((words,))
        return made
