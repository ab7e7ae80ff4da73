"""Making a letter: one action a text, so that each asks what its text asks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Final

from django import forms
from django.db import transaction
from django.utils import timezone

from telusur import process
from telusur.domain.text import Language, Text
from telusur.office import custody, letters, policies, store, zones
from telusur.office.actions.base import Action, NotPermitted, register
from telusur.office.forms import Choice, DateField, Form, MomentField, choice_field, line_field, words_field
from telusur.office.models import Case, Letter, Office, Respondent, User
from telusur.office.words import late

#: Before the id of a text, the name of the action that makes it.
PREFIX: Final = "surat-"

_LANGUAGES: Final = [
    Choice("id", Text("Bahasa Indonesia", "Indonesian"), Text("Yang berlaku.", "The one that holds.")),
    Choice("en", Text("Kembaran bahasa Inggris", "English twin"), Text("Untuk dibaca.", "For reading.")),
]


class MakeLetter(Action):
    """Make a letter of one text; what it says is shown before, and kept by its hash afterwards."""

    explains = Text(
        "Surat dibuat dari berkas ini dan disimpan menurut hash-nya. Surat belum disampaikan kepada siapa pun; "
        "penyampaiannya dicatat tersendiri.",
        "The letter is made from this file and kept by its hash. It is not served on anybody; service is recorded "
        "by a step of its own.",
    )
    template = "office/letters/make.html"
    listed = False
    text: ClassVar[letters.LetterText]

    def initial(self) -> Mapping[str, object]:
        """Begin in Indonesian, signed by whoever makes it, to whom the file goes."""
        return {"language": "id", "signer": self.user.shown, "to": _receiver(self.file)}

    def check(self) -> tuple[Text, ...]:
        """Say what the file lacks for this letter."""
        return lacking(self.case, self.file, [self.text])[self.text.id]

    def letter(self, cleaned: Mapping[str, Any], *, draft: bool) -> letters.LetterData:
        """Give the letter as it would be made now.

        Raises
        ------
        letters.NotReady
            If something is missing, and it is no draft.
        """
        chosen: Language = "en" if cleaned.get("language") == "en" else "id"
        return letters.letter(
            self.text.id,
            self.file,
            person_of(self.case.respondent),
            sender(),
            today(),
            chosen,
            case=self.case.number,
            typed_in={name: _typed(value) for name, value in cleaned.items()},
            people=people_of(self.file),
            tracings=tracings_of(self.case),
            draft=draft,
        )

    def execute(self, cleaned: Mapping[str, Any]) -> process.File:
        """Make it: the step, the row and the bytes, or none of them.

        Raises
        ------
        NotPermitted
            If the person's roles do not allow it.
        store.Stale
            If others acted since the page was opened.
        process.Refused
            If something is missing, or the process does not allow it.
        """
        if not policies.of(self.user).in_case(self.permission, self.case):
            raise NotPermitted
        try:
            said = self.letter(cleaned, draft=False)
        except letters.NotReady as missing:
            raise process.Refused(missing.reasons, "letter") from None
        made = letters.render(said)
        digest = hashlib.sha256(made).hexdigest()
        step = process.LetterMade(
            **self.stamp(), letter=said.kind, sha256=digest, holds=said.holds, remedy_until=said.remedy_until
        )
        with transaction.atomic():
            file = store.record(self.case.pk, step, version=cleaned["version"])
            told = {"kind": said.kind, "sha256": digest, "made_by": self.user, "made_at": step.at}
            Letter.objects.create(case=self.case, said=letters.keep(self.case, said, made), **told)
        return file

    def done(self) -> Text:
        """Say what was done."""
        return Text(
            f"Surat dibuat: {self.text.title.id}. Unduh, tanda tangani, lalu catat penyampaiannya.",
            f"Letter made: {self.text.title.en}. Download it, have it signed, then record its service.",
        )


def lacking(case: Case, file: process.File, texts: Iterable[letters.LetterText]) -> Mapping[str, tuple[Text, ...]]:
    """Say, by the id of each text, what a file lacks for its letter, whatever an officer fills in."""
    person, office, day, tracings = person_of(case.respondent), sender(), today(), tracings_of(case)
    return {
        one.id: letters.missing(one.id, file, person, office, day, case=case.number, tracings=tracings) for one in texts
    }


def person_of(respondent: Respondent) -> letters.Person:
    """Give the respondent as letters name people."""
    return letters.Person(
        name=respondent.name,
        nip=respondent.nip,
        position=respondent.position,
        unit=respondent.unit,
        address=respondent.address,
        rank=respondent.rank,
    )


def sender() -> letters.Sender:
    """Give the office as letters name it."""
    office = Office.objects.first()
    if office is None:
        return letters.Sender("")
    return letters.Sender(office.name, office.agency, office.place, office.zone, custody.fingerprint())


def today() -> date:
    """Give the day where the office is: the one that a letter bears."""
    return timezone.localdate(timezone=zones.ZONES.get(sender().zone, zones.ZONES[zones.DEFAULT]))


def people_of(file: process.File) -> Mapping[str, str]:
    """Give what the people of a file are called, by their opaque ids."""
    ids = {step.by for step in file.steps} | {one.step.second for one in file.overrides}
    users = [int(one[1:]) for one in ids if one.startswith("u") and one[1:].isdigit()]
    return {user.person_id: user.shown for user in User.objects.filter(pk__in=users)}


def tracings_of(case: Case) -> Mapping[str, Mapping[str, object]]:
    """Give the last tracing of each act that was done."""
    found: dict[str, Mapping[str, object]] = {}
    for run in case.tracing_runs.filter(state="done").order_by("-asked_at"):
        if run.result:
            found.setdefault(run.act, run.result)
    return found


def _receiver(file: process.File) -> str:
    return file.handovers[-1].step.to if file.handovers and not file.handovers[-1].answer else ""


def _typed(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def _field(ask: letters.Ask) -> forms.Field:
    label, hint = (ask.label.id, ask.label.en), (ask.hint.id, ask.hint.en) if ask.hint else None
    told = late(*hint) if hint else ""
    match ask.kind:
        case "day":
            return DateField(label=late(*label), help_text=told, required=ask.required)
        case "moment":
            return MomentField(label=late(*label), help_text=told, required=ask.required)
        case "choice":
            choices = [Choice(value, title) for value, title in ask.choices]
            return choice_field(label, choices, hint, required=ask.required)
        case "words":
            return words_field(label, hint, required=ask.required)
    return line_field(label, hint, required=ask.required)


def _form(text: letters.LetterText) -> type[Form]:
    asks = (*letters.common()[:1], *text.asks, *letters.common()[1:])
    fields: dict[str, Any] = {"language": choice_field(("Bahasa surat", "Language of the letter"), _LANGUAGES)}
    fields |= {ask.id: _field(ask) for ask in asks}
    return type(f"{text.id.title().replace('-', '')}Form", (Form,), fields)


def _action(text: letters.LetterText) -> type[MakeLetter]:
    title = Text(f"Buat surat: {text.title.id}", f"Make a letter: {text.title.en}")
    body = {"name": f"{PREFIX}{text.id}", "title": title, "text": text, "form_class": _form(text)}
    return type(f"Make{text.id.title().replace('-', '')}", (MakeLetter,), {"__doc__": text.title.en, **body})


for _text in letters.texts().values():
    register(_action(_text))
