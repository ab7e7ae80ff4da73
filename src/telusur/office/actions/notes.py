"""People and the file: who steps aside, ties, the superior's side, notes, who has the case, a rule confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from telusur import law, process
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.domain.when import day_words
from telusur.office import policies
from telusur.office.actions.asking import grounds_field, people, people_choices
from telusur.office.actions.base import Action, NotPermitted, register
from telusur.office.forms import Choice, DateField, FileField, choice_field, line_field, words_field
from telusur.office.home import Home
from telusur.office.models import Case
from telusur.office.words import late


@register
class Recuse(Action):
    """Step aside, or record that somebody does: no more part in the case."""

    name = "mundur"
    title = Text("Catat pengunduran diri dari perkara", "Record a recusal")
    explains = Text(
        "Yang mengundurkan diri tidak lagi mengambil bagian; yang sudah diputuskannya diputuskan lagi oleh orang lain.",
        "Who is recused has no more part in it; what he or she decided is decided again by another person.",
    )

    def initial(self) -> Mapping[str, object]:
        """Begin with oneself."""
        return {"person": self.user.person_id}

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask who and why."""
        mine = Choice(self.user.person_id, Text(f"saya ({self.user.shown})", f"me ({self.user.shown})"))
        others = people_choices(self.case, without=[self.user.person_id, *self.file.recused])
        return {"person": choice_field(("Siapa?", "Who?"), [mine, *others]), "why": grounds_field()}

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        return [process.Recused(**self.stamp(), person=cleaned["person"], why=cleaned["why"])]


@register
class DeclareTie(Action):
    """Put a tie on the table; that none is known is recorded too."""

    name = "hubungan"
    title = Text("Nyatakan hubungan (misalnya pelapor dan tim lawan)", "Declare a tie (reporter and a rival campaign)")
    explains = Text(
        "Tanyakan kepada pelapor apakah ia terkait dengan tim lawan, dan catat jawabannya, juga bila tidak ada.",
        "Ask the reporter about a tie to a rival campaign, and record the answer, also if there is none.",
    )

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask whose, with whom, and how it is known."""
        words = self.file.flow.words
        parties = [Choice(self.user.person_id, Text(f"saya ({self.user.shown})", f"me ({self.user.shown})"))]
        if self.file.reporter:
            parties.insert(0, Choice(self.file.reporter, words.reporter))
        parties += people_choices(self.case, without=[self.user.person_id])
        return {
            "who": choice_field(("Hubungan siapa?", "Whose tie?"), parties),
            "with_whom": line_field(
                ("Dengan siapa?", "With whom?"),
                (
                    "Kosongkan bila ditanyakan dan tidak ada yang diketahui.",
                    "Leave empty if it was asked, and none is known.",
                ),
                required=False,
            ),
            "what": words_field(("Apa yang diketahui, dan dari mana?", "What is known, and from where?")),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        with_whom = cleaned["with_whom"].strip() or None
        return [process.TieDeclared(**self.stamp(), who=cleaned["who"], what=cleaned["what"], with_whom=with_whom)]


@register
class NameSuperiorsSide(Action):
    """Name the case of the superior who gave the order, or write why none was opened."""

    name = "atasan"
    title = Text("Sisi atasan yang memerintah", "The side of the superior who gave the order")
    group = "bodies"
    explains = Text(
        "Perkara bawahan tidak berakhir selama sisi atasan belum dibuka atau dijelaskan secara tertulis.",
        "A subordinate's case does not end while the superior's side is neither opened nor explained in writing.",
    )

    def _cases(self) -> list[Case]:
        if not self.case.incident:
            return []
        return list(Case.objects.filter(incident=self.case.incident).exclude(pk=self.case.pk))

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask which case, or why none."""
        others = [
            Choice(str(one.pk), Text(one.number, one.number), Text(one.subject, one.subject)) for one in self._cases()
        ]
        none = Choice("", Text("belum dibuka", "none is opened"))
        return {
            "superior": choice_field(("Perkara atasan", "The superior's case"), [*others, none], required=False),
            "grounds": words_field(("Mengapa belum dibuka?", "Why was none opened?"), required=False),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        grounds = cleaned["grounds"].strip() or None
        return [process.SuperiorSide(**self.stamp(), case=cleaned["superior"] or None, grounds=grounds)]


@register
class Note(Action):
    """Write a note; it changes nothing."""

    name = "catatan"
    title = Text("Tulis catatan", "Write a note")

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for the words."""
        return {"text": words_field(("Catatan", "Note"))}

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        return [process.Noted(**self.stamp(), text=cleaned["text"])]


@register
class Assign(Action):
    """Give the case to somebody to look after."""

    name = "tugaskan"
    title = Text("Tugaskan kepada", "Assign to")

    def initial(self) -> Mapping[str, object]:
        """Begin with whoever has it."""
        return {"person": self.case.assigned.person_id} if self.case.assigned else {}

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask to whom."""
        return {
            "person": choice_field(("Kepada siapa?", "To whom?"), people_choices(self.case, without=self.file.recused))
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Note it on file."""
        shown = next(one.shown for one in people(self.case) if one.person_id == cleaned["person"])
        return [process.Noted(**self.stamp(), text=f"Ditugaskan kepada {shown}.")]

    def alongside(self, cleaned: Mapping[str, Any], file: process.File) -> None:
        """Set it on the list too."""
        del file
        Case.objects.filter(pk=self.case.pk).update(assigned_id=int(cleaned["person"].removeprefix("u")))


@register
class ConfirmRule(Action):
    """Record that a lawyer checked a rule of this case against the official text."""

    name = "kukuhkan"
    title = Text("Kukuhkan aturan terhadap naskah resmi", "Confirm a rule against the official text")
    group = "decision"
    permission = "rules.confirm"
    explains = Text(
        "Selama sebuah aturan baru dilaporkan, ia hanya memberi petunjuk: di atasnya tidak boleh dijatuhkan sanksi. "
        "Cocokkan kata demi kata dengan Lembaran atau Berita Negara, lalu unggah naskah itu.",
        "While a rule is only reported, it advises: no sanction may rest on it. Compare it word for word with the "
        "gazette, then upload that text.",
    )

    def _rules(self) -> list[law.Rule]:
        held = law.catalogue().rules
        names = dict.fromkeys(one.stated.rule for one in self.file.acts.values())
        return [held[name] for name in names if name and name in held and not held[name].allows_sanction]

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        if self._rules():
            return ()
        return (Text("Tidak ada aturan dalam berkas ini yang menunggu.", "No rule of this file waits for it."),)

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask which rule, the text, who checked it and when."""
        rules = [Choice(one.id, one.title, Text(one.id, one.id)) for one in self._rules()]
        return {
            "rule": choice_field(("Aturan", "Rule"), rules),
            "gazette": FileField(
                label=late("Naskah resmi", "The official text"), kinds=(".pdf", ".txt", ".html"), limit=25 * 1024 * 1024
            ),
            "lawyer": line_field(("Ahli hukum yang mencocokkan", "The lawyer who compared it"), max_length=160),
            "on": DateField(label=late("Dicocokkan pada", "Compared on"), past=True),
        }

    def initial(self) -> Mapping[str, object]:
        """Begin with today."""
        return {"on": timezone.localdate()}

    def execute(self, cleaned: Mapping[str, Any]) -> process.File:
        """Record it for the whole office, and note it on file."""
        if not policies.of(self.user).in_case(self.permission, self.case):
            raise NotPermitted
        taken = self.tray.take_in(cleaned["gazette"], kind="document", grade=Grade.D)
        on: date = cleaned["on"]
        try:
            recorded = law.confirm(cleaned["rule"], taken.path, by=cleaned["lawyer"], on=on, office=Home.here().path)
        except BaseException:
            self.tray.clear()
            raise
        self._said = (
            f"Aturan {recorded.rule} dicocokkan dengan naskah resmi oleh {recorded.confirmation.by} pada "
            f"{day_words(on).id}; SHA-256 {recorded.confirmation.text_sha256}."
        )
        return super().execute(cleaned)

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Note it."""
        del cleaned
        return [process.Noted(**self.stamp(), text=self._said)]
