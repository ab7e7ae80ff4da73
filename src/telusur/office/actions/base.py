"""What an act of a person in a case is made of.

An action asks who may do it (`policies`), makes steps of what was typed, and hands them to `store.record`, which asks
the process. It decides nothing itself.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Literal, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from telusur import process
from telusur.domain.evidence import Grade, SourceKind, Supplier
from telusur.domain.text import Text
from telusur.office import exhibits, policies, store
from telusur.office.forms import Form
from telusur.office.models import Case, Exhibit, User

#: Where the page of a case lists an act.
Group = Literal["acts", "respondent", "who", "decision", "bodies", "office"]


class NotPermitted(Exception):
    """The person's roles do not allow the act."""


class Action:
    """An act of a person in a case.

    Parameters
    ----------
    case
        Where.
    user
        Who.
    file
        The case's file, if it was read already.
    """

    #: The word in the address, and the title on the page.
    name: ClassVar[str]
    title: Text
    group: ClassVar[Group] = "office"
    #: Said on the page before it is done: what it does, and to whom it is told.
    explains: Text | None = None
    permission: ClassVar[str] = "case.act"
    form_class: ClassVar[type[Form]] = Form
    #: The template, if the usual one does not do.
    template: ClassVar[str] = "office/desk/action.html"

    #: What the page is about within the case, as its address says (``?untuk=P1``): an act, a gate.
    about: str = ""
    #: Whether the case's page lists it; others are reached from where they belong.
    listed: ClassVar[bool] = True

    def __init__(self, case: Case, user: User, file: process.File | None = None) -> None:
        self.case = case
        self.user = user
        self.file = file or store.file_of(case)
        self._attached: list[tuple[Exhibit, process.EvidenceAdded]] = []
        self._taken: list[exhibits.Taken] = []
        self.tray = exhibits.Tray()

    @property
    def person(self) -> process.Person:
        """The person, as the process knows people: an id and the roles held in this procedure."""
        return process.Person(self.user.person_id, policies.of(self.user).roles_in(self.case.procedure))

    def fields(self) -> Mapping[str, forms.Field]:
        """Give the fields of the form, as this case and person need them."""
        return {}

    def form(self, data: Any = None, files: Any = None) -> Form:
        """Give the form, empty or with what was sent."""
        kind = type("ActionForm", (self.form_class,), dict(self.fields()))
        form = kind(data, files, initial={"version": self.file.version, **self.initial()})
        assert isinstance(form, Form)
        return form

    def shown(self) -> Sequence[tuple[Text, Text]]:
        """Give what a person has to see before doing it, above the form."""
        return ()

    def initial(self) -> Mapping[str, object]:
        """Give what the form begins with."""
        return {}

    def check(self) -> tuple[Text, ...]:
        """Say why it cannot be done now; empty where it can. Asked before the form is shown."""
        return ()

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make steps of what was typed."""
        raise NotImplementedError

    def execute(self, cleaned: Mapping[str, Any]) -> process.File:
        """Do it: all steps in one transaction.

        Raises
        ------
        NotPermitted
            If the person's roles do not allow it.
        store.Stale
            If others acted since the page was opened.
        process.Refused
            If the process does not allow it; it says why.
        """
        if not policies.of(self.user).in_case(self.permission, self.case):
            raise NotPermitted
        with self.tray:
            made = list(self.steps(cleaned))
            with transaction.atomic():
                added = [step for _, step in self._attached]
                file = store.record(self.case.pk, [*added, *made], version=_version(cleaned))
                Exhibit.objects.bulk_create(row for row, _ in self._attached)
                self.alongside(cleaned, file)
                exhibits.keep(self.case, self._taken)
        return file

    def alongside(self, cleaned: Mapping[str, Any], file: process.File) -> None:
        """Do what belongs to the same transaction beside the steps."""

    def attach(
        self, upload: UploadedFile[Any] | None, *, kind: SourceKind, grade: Grade, supplied_by: Supplier = "authority"
    ) -> str | None:
        """Seal a file that came with the form; it goes on file before the steps. Gives its id, ``None`` without one.

        Raises
        ------
        BadInput
            If the file cannot be kept.
        """
        if upload is None:
            return None
        taken = self.tray.take_in(upload, kind=kind, grade=grade)
        self._taken.append(taken)
        self._attached.append(exhibits.add(self.case, taken, supplied_by=supplied_by, **self.stamp()))
        return self._attached[-1][1].evidence

    @property
    def leads_to(self) -> str:
        """Where to go on once it is done; to the case if empty."""
        return ""

    def done(self) -> Text:
        """Say what was done, for the page that follows."""
        return Text("Tersimpan.", "Saved.")

    def stamp(self) -> dict[str, Any]:
        """Give ``at`` and ``by`` for a step of this person, now."""
        return {"at": timezone.now(), "by": self.user.person_id}


def _version(cleaned: Mapping[str, Any]) -> int:
    """Give the version that the page showed; a form without one saw nothing, and is stale."""
    held = cleaned.get("version")
    return held if isinstance(held, int) else -1


A = TypeVar("A", bound=Action)
_known: dict[str, type[Action]] = {}


def register(kind: type[A]) -> type[A]:
    """Make an action known under its name."""
    _known[kind.name] = kind
    return kind


@cache
def actions() -> Mapping[str, type[Action]]:
    """Give all actions by name."""
    package = importlib.import_module("telusur.office.actions")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(_known.items()))


def action(name: str) -> type[Action]:
    """Give an action by its name.

    Raises
    ------
    KeyError
        If there is none.
    """
    return actions()[name]
