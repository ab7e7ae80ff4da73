"""Who acted: ask for a tracing, and decide on control and authenticity as a named person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone

from telusur import law, process
from telusur.domain.text import Text
from telusur.domain.vocabulary import FIELDS
from telusur.office import policies
from telusur.office.actions.asking import act_field, evidence_field, grounds_field
from telusur.office.actions.base import Action, NotPermitted, register
from telusur.office.desk.tracings import RunShown, done_runs
from telusur.office.forms import Choice, choice_field, line_field, words_field
from telusur.office.models import TracingRun

CONTROL = "attribution.account_control"
AUTHENTICITY = "attribution.authenticity"


@register
class RequestTracing(Action):
    """Ask the worker to weigh who did an act."""

    name = "penelusuran"
    title = Text("Minta penelusuran", "Ask for a tracing")
    group = "who"
    explains = Text(
        "Program menimbang catatan yang ada untuk enam kemungkinan. Hasilnya bobot bukti, bukan putusan; siapa yang "
        "menguasai akun diputuskan seorang pejabat bernama.",
        "The program weighs the records for six possibilities. The result is a weight of evidence, no verdict; a "
        "named person decides who controlled the account.",
    )

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        if not any(one.stated.on_account for one in self.file.acts.values()):
            return (Text("Tidak ada perbuatan dengan akun.", "There is no act on an account."),)
        act = next(name for name, one in self.file.acts.items() if one.stated.on_account)
        probe = process.Traced(
            at=timezone.now(), by=process.SYSTEM, act=act, report="0" * 64, excludes_owner=False, leading=None
        )
        return process.refusals(self.file, probe)

    def initial(self) -> Mapping[str, object]:
        """Begin with all evidence, and what was typed the last time."""
        found: dict[str, object] = {"evidence": list(self.file.evidence), "act": self.about}
        last = self.case.tracing_runs.filter(act=self.about).first() if self.about else None
        if last:
            found |= {name: last.asked.get(name, "") for name in ("text", "account_id")}
        return found

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask which act, and for what no step holds."""
        return {
            "act": act_field(self.file, only_accounts=True),
            "text": words_field(
                ("Bunyi unggahan", "The words of the post"),
                (
                    "Persis seperti tertangkap; tanpa itu gaya tulisannya tidak dibandingkan.",
                    "Exactly as captured; without them the style of writing is not compared.",
                ),
                required=False,
            ),
            "account_id": line_field(
                ("Nomor akun", "Number of the account"),
                (
                    "Bila diketahui; nama akun dapat berganti, nomornya tidak.",
                    "If known; a name can change, it cannot.",
                ),
                required=False,
                max_length=40,
            ),
            "evidence": evidence_field(
                self.file,
                ("Yang ditimbang", "What is weighed"),
                (
                    "Lepaskan hanya yang tidak dapat dibaca, misalnya unduhan dari platform lain.",
                    "Leave out only what cannot be read, for instance a download from another platform.",
                ),
            ),
        }

    def execute(self, cleaned: Mapping[str, Any]) -> process.File:
        """Ask; the file gets its step when the tracing is done."""
        from telusur.office.jobs import ask_for_tracing  # noqa: PLC0415 - brings all of tracing along

        if not policies.of(self.user).in_case(self.permission, self.case):
            raise NotPermitted
        if closed := self.check():
            raise process.Refused(closed)
        asked = {name: cleaned[name] for name in ("text", "account_id", "evidence")}
        with transaction.atomic():
            run = TracingRun.objects.create(
                case=self.case, act=cleaned["act"], asked_by=self.user, asked_at=timezone.now(), asked=asked
            )
            ask_for_tracing(run)
        return self.file

    def done(self) -> Text:
        """Say what was asked."""
        return Text(
            "Penelusuran diminta. Kemajuannya tampak pada halaman berkas.",
            "The tracing is asked for. Its progress is on the case's page.",
        )


class _Decide(Action):
    """Decide a fact of an act that no program may set."""

    group = "who"
    fact: str

    def initial(self) -> Mapping[str, object]:
        """Begin with the act the page is about; the value is never preset."""
        return {"act": self.about} if self.about else {}

    def _values(self) -> list[Choice]:
        left_out = "not_an_account_act"
        return [Choice(one, law.label(self.fact, one)) for one in FIELDS[self.fact].values if one != left_out]

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask which act, the value and the grounds."""
        return {
            "act": act_field(self.file, only_accounts=self.fact == CONTROL),
            "value": choice_field(
                (law.label(self.fact).id.capitalize(), law.label(self.fact).en.capitalize()), self._values()
            ),
            "grounds": grounds_field(),
        }


@register
class DecideControl(_Decide):
    """Decide who controlled the account, having seen the weights."""

    name = "penguasaan"
    title = Text("Putuskan penguasaan akun", "Decide who controlled the account")
    explains = Text(
        "Keputusan Anda, dengan nama Anda dan alasan. Bobot di bawah ini membantu; tidak satu pun dipilihkan.",
        "Your decision, with your name and grounds. The weights below help; nothing is chosen for you.",
    )
    template = "office/desk/control.html"
    fact = CONTROL

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        act = next((name for name, one in self.file.acts.items() if one.stated.on_account), "")
        if not act:
            return (Text("Tidak ada perbuatan dengan akun.", "There is no act on an account."),)
        return process.refusals(
            self.file, process.ControlDecided(**self.stamp(), act=act, value="shared_unknown", grounds="-")
        )

    def shown_runs(self) -> list[RunShown]:
        """Give the last tracing of each act that was done."""
        return [one for name, one in done_runs(self.case).items() if self.about in ("", name)]

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the decision."""
        told = {name: cleaned[name] for name in ("act", "value", "grounds")}
        return [process.ControlDecided(**self.stamp(), **told)]


@register
class DecideAuthenticity(_Decide):
    """Decide whether what shows an act is genuine."""

    name = "keaslian"
    title = Text("Putuskan keaslian bukti", "Decide whether the evidence is genuine")
    fact = AUTHENTICITY

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        act = next(iter(self.file.acts), "")
        return process.refusals(
            self.file, process.AuthenticityDecided(**self.stamp(), act=act, value="doubtful", grounds="-")
        )

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the decision."""
        told = {name: cleaned[name] for name in ("act", "value", "grounds")}
        return [process.AuthenticityDecided(**self.stamp(), **told)]
