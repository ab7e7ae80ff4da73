"""What a respondent may say of an act, and which records bear it out: the data of ``claims.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, get_args

from telusur.domain import marked_yaml
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.office.forms import Choice
from telusur.process import Claim

_FILE: Final = "claims.yaml"
_SCHEMA: Final = "telusur.claims/1"


@dataclass(frozen=True, slots=True)
class Claimed:
    """One thing that may be said.

    Parameters
    ----------
    on_account
        It can be said only of an act on an account.
    """

    id: Claim
    on_account: bool
    label: Text
    means: Text
    borne_out: Text


@cache
def claims() -> Mapping[Claim, Claimed]:
    """Give all claims, in the order of the page.

    Raises
    ------
    BadInput
        If the file that is shipped lacks one, or has one that the process does not know.
    """
    document = marked_yaml.packaged(__package__, _FILE)
    held: Any = document.value
    if held.get("schema") != _SCHEMA:
        raise document.problem(("schema",), f"expected {_SCHEMA}")
    made = {
        one["id"]: Claimed(
            one["id"],
            one["on_account"],
            Text.of(one["label"]),
            Text.of(one["means"]),
            Text.of(one["borne_out"]),
        )
        for one in held["claims"]
    }
    if set(made) != set(get_args(Claim)):
        raise BadInput(f"expected {', '.join(get_args(Claim))}", where=_FILE, field="claims")
    return made


def choices(*, on_account: bool) -> list[Choice]:
    """Give the claims that fit an act, with what each means."""
    return [Choice(one.id, one.label, one.means) for one in claims().values() if on_account or not one.on_account]
