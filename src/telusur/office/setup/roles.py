"""All roles that a person can hold: the office's own, and those of each procedure, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from telusur import process
from telusur.domain.text import Text
from telusur.office import policies

ADMINISTRATOR: Final = f"{policies.OFFICE}/administrator"


@dataclass(frozen=True, slots=True)
class Group:
    """Roles that belong together: the office's, or a procedure's.

    Parameters
    ----------
    roles
        By ``group/role``.
    """

    id: str
    title: Text
    roles: dict[str, Text]


@cache
def groups() -> tuple[Group, ...]:
    """Give all roles, by what they belong to."""
    own = Group(
        policies.OFFICE,
        Text("Kantor", "Office"),
        {f"{policies.OFFICE}/{one.id}": one.title for one in policies.roles()[0].values()},
    )
    bodies = [
        Group(name, one.title, {f"{name}/{role.id}": role.title for role in one.roles.values()})
        for name, one in process.procedures().items()
    ]
    return (own, *bodies)


def known() -> frozenset[str]:
    """Give the names of all roles."""
    return frozenset(name for group in groups() for name in group.roles)


def title(name: str) -> Text:
    """Give what a role is called; the name itself if no such role is left."""
    for group in groups():
        if name in group.roles:
            found = group.roles[name]
            if group.id == policies.OFFICE:
                return found
            return Text(f"{found.id} ({group.title.id})", f"{found.en} ({group.title.en})")
    return Text(name, name)
