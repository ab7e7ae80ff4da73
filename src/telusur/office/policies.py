"""Who may see and do what: roles as data, one place that asks them.

A permission is a word such as ``case.read``. The office's own roles (`roles.yaml`) name theirs; the roles of a
procedure give what `procedure_roles` lists, in the cases of that procedure only. Which step somebody may take there is
the process's to say, not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import yaml
from django.core.exceptions import PermissionDenied

from telusur.domain.text import Text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from telusur.office.models import Case

    View = Callable[..., HttpResponseBase]

OFFICE: Final = "office"
#: Everybody, logged in or not.
PUBLIC: Final = "public"


@dataclass(frozen=True, slots=True)
class OfficeRole:
    """A role of the office itself."""

    id: str
    title: Text
    may: frozenset[str]


@cache
def roles() -> tuple[Mapping[str, OfficeRole], frozenset[str]]:
    """Give the office's own roles, and what any role of a procedure may do in its cases."""
    held = yaml.safe_load(resources.files(__package__).joinpath("roles.yaml").read_text(encoding="utf-8"))
    own = {one["id"]: OfficeRole(one["id"], Text.of(one["title"]), frozenset(one["may"])) for one in held["roles"]}
    return own, frozenset(held["procedure_roles"]["may"])


@dataclass(frozen=True, slots=True)
class May:
    """What one person may do.

    Parameters
    ----------
    held
        Roles as ``procedure/role`` or ``office/role``.
    """

    held: frozenset[str]

    def __contains__(self, permission: str) -> bool:
        """Say whether the person may do it anywhere: ``{% if "case.list" in may %}``."""
        _, in_procedure = roles()
        if self.everywhere(permission):
            return True
        return permission in in_procedure and any(not name.startswith(f"{OFFICE}/") for name in self.held)

    def procedures(self) -> frozenset[str]:
        """Give the procedures in which the person holds a role."""
        return frozenset(name.split("/")[0] for name in self.held) - {OFFICE}

    def in_case(self, permission: str, case: Case) -> bool:
        """Say whether the person may do it in a case: by a role of its procedure, or by one of the office."""
        _, in_procedure = roles()
        return self.everywhere(permission) or (permission in in_procedure and case.procedure in self.procedures())

    def everywhere(self, permission: str) -> bool:
        """Say whether the person may do it in the cases of every procedure: by a role of the office that says so."""
        own, _ = roles()
        return any(permission in own[name.split("/")[1]].may for name in self.held if name.startswith(f"{OFFICE}/"))

    def roles_in(self, procedure: str) -> frozenset[str]:
        """Give the roles the person holds in a procedure."""
        return frozenset(name.split("/")[1] for name in self.held if name.startswith(f"{procedure}/"))


def of(user: Any) -> May:
    """Give what a user may do; nobody without a login may do anything."""
    if user is None or not user.is_authenticated or not user.is_active:
        return May(frozenset())
    held = getattr(user, "_held", None)
    if held is None:
        held = user._held = frozenset(user.roles_held.values_list("role", flat=True))  # noqa: SLF001 - for one request
    return May(held)


def needs(permission: str) -> Callable[[View], View]:
    """Let a view be entered only by whoever holds a permission; the view carries it, for the test of all views."""

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if permission != PUBLIC:
                if not request.user.is_authenticated:
                    from django.contrib.auth.views import redirect_to_login  # noqa: PLC0415 - needs models

                    return redirect_to_login(request.get_full_path())
                if permission not in of(request.user):
                    raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return wrap
