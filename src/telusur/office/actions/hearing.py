"""The respondent is told and heard: service, an answer taken down, a waiver, more time, a signed statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from django import forms
from django.utils import timezone

from telusur import process
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.office import asked
from telusur.office.actions.asking import act_field, evidence_field, grounds_field, paper_field
from telusur.office.actions.base import Action, register
from telusur.office.forms import (
    Choice,
    ChoicesField,
    DateField,
    check_field,
    choice_field,
    words_field,
)
from telusur.office.words import late

WHAT: Final[Mapping[str, Text]] = {
    "particulars": Text("rincian", "the particulars"),
    "summons": Text("panggilan", "a summons"),
    "second_summons": Text("panggilan kedua", "a second summons"),
    "decision": Text("keputusan", "the decision"),
    "clearing": Text("surat penutup (bersih)", "the letter that clears"),
}
#: Ways of service; the words are what the step keeps.
WAYS: Final = {
    "diserahkan langsung": Text("diserahkan langsung", "in person"),
    "surat tercatat": Text("surat tercatat", "registered letter"),
    "kurir": Text("kurir dengan tanda terima", "courier with a receipt"),
    "melalui kantor": Text("melalui kantor tempat bekerja", "through the workplace"),
}


def _unanswerable(action: Action) -> tuple[Text, ...]:
    """Say why no answer can come in now, asked as the respondent would."""
    by = action.file.respondent or "-"
    return process.refusals(action.file, process.Answered(at=timezone.now(), by=by, text="-"))


@register
class Serve(Action):
    """Record that something was served, with its proof; a new code for the respondent's pages is shown once."""

    name = "sampaikan"
    title = Text("Catat penyampaian kepada terlapor", "Record service on the respondent")
    group = "respondent"
    explains = Text(
        "Tanpa rincian yang disusun lebih dulu, panggilan tidak dapat disampaikan. Tanpa bukti penyampaian, syarat "
        "pemberitahuan tetap tertutup.",
        "Without particulars drawn up first no summons is served. Without proof of service the gate “notice” stays "
        "closed.",
    )
    code: str | None = None

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask what, how, when, until when, and for the proof."""
        return {
            "what": choice_field(
                ("Apa yang disampaikan?", "What was served?"), [Choice(one, words) for one, words in WHAT.items()]
            ),
            "how": choice_field(("Dengan cara apa?", "How?"), [Choice(one, words) for one, words in WAYS.items()]),
            "on": DateField(label=late("Pada tanggal", "On"), past=True),
            "reply_until": DateField(
                label=late("Batas menjawab atau hadir", "Last day to answer or come"), required=False
            ),
            "proof": paper_field(
                ("Bukti penyampaian", "Proof of service"),
                ("Tanda terima atau berita acaranya.", "The receipt, or the minutes of it."),
            ),
            "new_code": check_field(
                ("Buat kode masuk baru bagi terlapor", "Make a new code for the respondent"),
                (
                    "Ditampilkan sekali, untuk dilampirkan. Kode sebelumnya yang belum dipakai tidak berlaku lagi.",
                    "Shown once, to go with the letter. An earlier code that was not used opens nothing any more.",
                ),
                required=False,
            ),
        }

    def initial(self) -> Mapping[str, object]:
        """Begin with today."""
        return {"on": timezone.localdate(), "new_code": False}

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step; the proof goes on file before it."""
        proof = self.attach(cleaned["proof"], kind="document", grade=Grade.D)
        told = {name: cleaned[name] for name in ("what", "how", "reply_until", "on")}
        return [process.Served(**self.stamp(), proof=proof, **told)]

    def alongside(self, cleaned: Mapping[str, Any], file: process.File) -> None:
        """Make the code."""
        del file
        if cleaned["new_code"]:
            from telusur.office.portal.codes import new_code  # noqa: PLC0415 - its room reads the actions

            self.code = new_code(self.case, str(cleaned.get("token") or ""))

    def done(self) -> Text:
        """Say what was done."""
        return Text("Penyampaian tercatat.", "The service is recorded.")


@register
class RecordAnswer(Action):
    """Record an answer that was taken down in a hearing."""

    name = "jawaban"
    title = Text("Catat jawaban terlapor (pemeriksaan)", "Record the respondent's answer (hearing)")
    group = "respondent"
    explains = Text(
        "Jawaban yang dicatat petugas memerlukan berita acara bertanda tangan. Diam atau tidak hadir bukan pengakuan.",
        "An answer taken down by an official needs the signed minutes. Silence or absence admits nothing.",
    )

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        return _unanswerable(self)

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for the words, the claims and the minutes."""
        from telusur.office.portal.claims import choices  # noqa: PLC0415 - its room reads the actions

        return {
            "text": words_field(("Jawaban, dengan kata-katanya", "The answer, in his or her words"), rows=8),
            "claims": ChoicesField(
                choices(on_account=True), label=late("Yang dinyatakan", "What is claimed"), required=False
            ),
            "minutes": paper_field(
                ("Berita acara bertanda tangan", "The signed minutes"), ("Pindaian.", "A scan."), required=True
            ),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step; the minutes go on file before it."""
        minutes = self.attach(cleaned["minutes"], kind="document", grade=Grade.D)
        claims = tuple(cast("Sequence[process.Claim]", cleaned["claims"]))
        evidence = (minutes,) if minutes else ()
        return [process.Answered(**self.stamp(), text=cleaned["text"], claims=claims, evidence=evidence)]


@register
class RecordWaiver(Action):
    """Record that the respondent gave up being heard, in writing."""

    name = "pelepasan"
    title = Text("Catat pelepasan hak didengar", "Record a waiver of being heard")
    group = "respondent"

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        return _unanswerable(self)

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for the signed letter."""
        return {
            "letter": paper_field(
                ("Surat pelepasan bertanda tangan", "The signed waiver"),
                ("Bertanggal sesudah rincian diterima.", "Dated after the particulars were received."),
                required=True,
            ),
            "signed": check_field(("Saya melihat tanda tangan terlapor", "I saw the respondent's signature")),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        letter = self.attach(cleaned["letter"], kind="document", grade=Grade.D)
        return [process.HearingWaived(**self.stamp(), signed=cleaned["signed"], evidence=letter or "")]


@register
class Extend(Action):
    """Make a term longer."""

    name = "perpanjangan"
    title = Text("Perpanjang jangka waktu", "Extend a term")
    group = "respondent"

    def shown(self) -> Sequence[tuple[Text, Text]]:
        """Give what the respondent asked for, if that waits."""
        return _requested(self.file)

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        if self._terms():
            return ()
        return (Text("Tidak ada jangka waktu yang berjalan.", "No term runs."),)

    def _terms(self) -> list[process.RunningTerm]:
        running = process.terms(self.file, timezone.localdate())
        return [] if self.file.final else [one for one in running if one.kind != "record"]

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask which, until when, and why."""
        return {
            "term": choice_field(
                ("Jangka waktu", "Term"), [Choice(one.id, one.title, one.how) for one in self._terms()]
            ),
            "until": DateField(label=late("Sampai", "Until")),
            "grounds": grounds_field(),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        told = {name: cleaned[name] for name in ("term", "until", "grounds")}
        return [process.Extended(**self.stamp(), **told)]


def _requested(file: process.File) -> list[tuple[Text, Text]]:
    held = asked.open_request(file)
    return [(Text("Permintaan terlapor", "What the respondent asks"), Text(held.text, held.text))] if held else []


@register
class AnswerRequest(Action):
    """Answer a request for more time that is not given."""

    name = "jawab-permintaan"
    title = Text("Jawab permintaan waktu: tidak diperpanjang", "Answer a request for time: not extended")
    group = "respondent"
    explains = Text(
        "Untuk memberi waktu, pakai “Perpanjang jangka waktu”. Jawaban ini tampil pada halaman terlapor.",
        "To give time, use “Extend a term”. This answer stands on the respondent's page.",
    )

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        if asked.open_request(self.file) is None:
            return (Text("Tidak ada permintaan yang menunggu jawaban.", "No request waits for an answer."),)
        return process.refusals(self.file, process.Told(**self.stamp(), whom="respondent", what="-"))

    def shown(self) -> Sequence[tuple[Text, Text]]:
        """Give what was asked."""
        return _requested(self.file)

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask why."""
        return {"grounds": grounds_field()}

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        what = asked.no_more_time(cleaned["grounds"])
        return [process.Told(**self.stamp(), whom="respondent", what=what)]


@register
class SignStatement(Action):
    """Record a statement on an act that the respondent signed, with what corroborates it."""

    name = "pernyataan"
    title = Text("Catat pernyataan bertanda tangan", "Record a signed statement")
    group = "respondent"
    explains = Text(
        "Pengakuan hanya berarti bila ditandatangani setelah rincian diterima dan dikuatkan bukti lain yang bukan "
        "dari terlapor.",
        "An admission counts only if it is signed after the particulars and borne out by other evidence that does "
        "not come from the respondent.",
    )

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        return _unanswerable(self)

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask which act, what it says, the paper, and what bears it out."""
        return {
            "act": act_field(self.file),
            "admits": choice_field(
                ("Isinya", "What it says"),
                [
                    Choice("no", Text("tidak mengakui", "does not admit it")),
                    Choice("yes", Text("mengakui perbuatan ini", "admits this act")),
                ],
            ),
            "document": paper_field(
                ("Surat pernyataan", "The statement"), ("Pindaian bertanda tangan.", "A signed scan."), required=True
            ),
            "corroboration": evidence_field(
                self.file,
                ("Dikuatkan oleh", "Borne out by"),
                ("Selain yang menunjukkan perbuatannya.", "Other than what shows the act."),
            ),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        document = self.attach(cleaned["document"], kind="document", grade=Grade.D, supplied_by="respondent")
        return [
            process.StatementSigned(
                **self.stamp(),
                act=cleaned["act"],
                admits=cleaned["admits"] == "yes",
                document=document or "",
                corroboration=tuple(cleaned["corroboration"]),
            )
        ]


_REMEDIES: Final = {"objection": Text("keberatan", "objection"), "appeal": Text("banding", "appeal")}
_OUTCOMES: Final = {
    "upheld": Text("keputusan dikuatkan", "decision upheld"),
    "changed": Text("keputusan diubah", "decision changed"),
    "annulled": Text("keputusan dibatalkan", "decision annulled"),
}


@register
class RecordRemedy(Action):
    """Record that the respondent objected or appealed on paper."""

    name = "upaya"
    title = Text("Catat keberatan atau banding", "Record an objection or appeal")
    group = "respondent"

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        by, day = self.file.respondent or "-", timezone.localdate()
        return process.refusals(self.file, process.Remedy(at=timezone.now(), by=by, remedy="objection", on=day))

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask which, and when it was filed."""
        return {
            "remedy": choice_field(("Upaya", "Remedy"), [Choice(one, words) for one, words in _REMEDIES.items()]),
            "on": DateField(label=late("Diajukan pada", "Filed on"), past=True),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        return [process.Remedy(**self.stamp(), remedy=cleaned["remedy"], on=cleaned["on"])]


@register
class DecideRemedy(Action):
    """Record what a remedy came to."""

    name = "putusan-upaya"
    title = Text("Catat putusan atas upaya", "Record what a remedy came to")
    group = "respondent"

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        probe = process.RemedyDecided(**self.stamp(), outcome="upheld", on=timezone.localdate(), grounds="-")
        return process.refusals(self.file, probe)

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for the outcome, the day and the grounds."""
        return {
            "outcome": choice_field(("Putusan", "Outcome"), [Choice(one, words) for one, words in _OUTCOMES.items()]),
            "on": DateField(label=late("Diputus pada", "Decided on"), past=True),
            "grounds": grounds_field(),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        told = {name: cleaned[name] for name in ("outcome", "on", "grounds")}
        return [process.RemedyDecided(**self.stamp(), **told)]
