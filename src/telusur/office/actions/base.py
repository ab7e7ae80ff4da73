"""What an act of a person in a case is made of.

An action asks who may do it (`policies`), makes steps of what was typed, and hands them to `store.record`, which asks
the process. It decides nothing itself.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, TypeVar

from django.utils import timezone

from telusur import process
from telusur.domain.text import Text
from telusur.office import policies, store
from telusur.office.forms import Form
from telusur.office.models import Case, User


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
    title: ClassVar[Text]
    #: Said on the page before it is done: what it does, and to whom it is told.
    explains: ClassVar[Text | None] = None
    permission: ClassVar[str] = "case.act"
    form_class: ClassVar[type[Form]] = Form
    #: The template, if the usual one does not do.
    template: ClassVar[str] = "office/desk/action.html"

    #: Whether the case's page lists it; others are reached from where they belong.
    listed: ClassVar[bool] = True

    def __init__(self, case: Case, user: User, file: process.File | None = None) -> None:
        self.case = case
        self.user = user
        self.file = file or store.file_of(case)

    @property
    def person(self) -> process.Person:
        """The person, as the process knows people: an id and the roles held in this procedure."""
        return process.Person(self.user.person_id, policies.of(self.user).roles_in(self.case.procedure))

    def form(self, data: Any = None, files: Any = None) -> Form:
        """Give the form, empty or with what was sent."""
        return self.form_class(data, files, initial={"version": self.file.version, **self.initial()})

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
        return store.record(self.case.pk, self.steps(cleaned), version=cleaned["version"])

    def done(self) -> Text:
        """Say what was done, for the page that follows."""
        return Text("Tersimpan.", "Saved.")

    def stamp(self) -> dict[str, Any]:
        """Give ``at`` and ``by`` for a step of this person, now."""
        return {"at": timezone.now(), "by": self.user.person_id}


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
