"""What forms of a case ask for again and again: one of its acts, its evidence, its people, a proof, grounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms

from telusur import process
from telusur.domain.text import Text
from telusur.office import policies
from telusur.office.forms import Choice, ChoicesField, FileField, choice_field, words_field
from telusur.office.models import Case, User
from telusur.office.words import late

#: A fact that nobody knows: chosen, and never the same as "no".
UNKNOWN = Choice("", Text("belum diketahui", "not known yet"))
YES_NO = [Choice("true", Text("ya", "yes")), Choice("false", Text("tidak", "no")), UNKNOWN]

GROUNDS = (
    "Alasan",
    "Grounds",
)
GROUNDS_HINT = (
    "Dengan kata-kata Anda sendiri; tersimpan dengan nama Anda dan dapat dibaca terlapor.",
    "In your own words; kept with your name, and the respondent can read it.",
)


def grounds_field(*, required: bool = True) -> forms.CharField:
    """Ask for grounds."""
    return words_field(GROUNDS, GROUNDS_HINT, required=required)


def act_field(file: process.File, *, only_accounts: bool = False) -> forms.Field:
    """Ask which act."""
    acts = [one for one in file.acts.values() if one.stated.on_account or not only_accounts]
    return choice_field(("Perbuatan mana?", "Which act?"), [Choice(one.id, act_words(one)) for one in acts])


def act_words(act: process.ActOnFile) -> Text:
    """Say an act in a few words: its id, where and when."""
    told = act.stated
    where = told.handle or told.url or ""
    when = told.when.at.strftime("%Y-%m-%d %H:%M") if told.when else ""
    words = ", ".join(part for part in (act.id, told.platform or "", where, when) if part)
    return Text(words, words)


def evidence_choices(file: process.File, *, leave_out: Iterable[str] = ()) -> list[Choice]:
    """Give the evidence of a file as choices: its name, grade, and the beginning of its hash."""
    left = set(leave_out)
    return [
        Choice(
            name,
            Text(one.step.name, one.step.name),
            Text(
                f"Tingkat {one.step.grade.value} · {one.step.sha256[:12]}… · diserahkan {_BY[one.step.supplied_by].id}",
                f"Grade {one.step.grade.value} · {one.step.sha256[:12]}… · supplied by {_BY[one.step.supplied_by].en}",
            ),
        )
        for name, one in file.evidence.items()
        if name not in left
    ]


def evidence_field(
    file: process.File, label: tuple[str, str], hint: tuple[str, str] | None = None, *, required: bool = False
) -> ChoicesField:
    """Ask which evidence on file."""
    return ChoicesField(
        evidence_choices(file), label=late(*label), help_text=late(*hint) if hint else "", required=required
    )


def paper_field(label: tuple[str, str], hint: tuple[str, str], *, required: bool = False) -> FileField:
    """Ask for a paper: a proof, minutes, a signed letter."""
    return FileField(label=late(*label), help_text=late(*hint), required=required)


def people(case: Case, *, without: Iterable[str] = ()) -> list[User]:
    """Give the people who hold a role in the case's procedure, by what they are called."""
    left = set(without)
    held = User.objects.filter(is_active=True, roles_held__role__startswith=f"{case.procedure}/").distinct()
    return sorted((one for one in held if one.person_id not in left), key=lambda one: one.shown)


def people_choices(case: Case, *, without: Iterable[str] = ()) -> list[Choice]:
    """Give those people as choices, each with his or her roles."""
    flow = process.procedure(case.procedure)
    found = []
    for one in people(case, without=without):
        roles = [flow.roles[name].title for name in policies.of(one).roles_in(case.procedure) if name in flow.roles]
        hint = Text(", ".join(role.id for role in roles), ", ".join(role.en for role in roles))
        found.append(Choice(one.person_id, Text(one.shown, one.shown), hint))
    return found


def role_of(person: process.Person, wanted: Iterable[str]) -> str | None:
    """Give the first of some roles that a person holds; ``None`` where there is none."""
    return next((one for one in wanted if one in person.roles), None)


_BY: Mapping[str, Text] = {
    "respondent": Text("terlapor", "the respondent"),
    "reporter": Text("pelapor", "the reporter"),
    "authority": Text("petugas", "the authority"),
    "provider": Text("penyedia", "the provider"),
}


def supplier_words(supplier: str) -> Text:
    """Say who supplied something."""
    return _BY[supplier]
