"""What publishers of Indonesia printed on the neutrality of civil servants, typed by hand."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

from telusur.balance.printed.border import read
from telusur.balance.printed.table import PrintedTable
from telusur.domain.errors import BadInput, nearest


def shipped() -> tuple[str, ...]:
    """Name the shipped tables, by publisher and day."""
    return tuple(sorted(file.name.removesuffix(".yaml") for file in _folder().iterdir() if file.name.endswith(".yaml")))


def shipped_table(name: str) -> PrintedTable:
    """Give a shipped table.

    Parameters
    ----------
    name
        One of `shipped`.

    Raises
    ------
    BadInput
        If there is none of this name.
    """
    if name not in shipped():
        raise BadInput(f"no table {name!r} is shipped; {nearest(name, shipped())}")
    file = f"{name}.yaml"
    return read(_folder().joinpath(file).read_text("utf-8"), file)


def _folder() -> Traversable:
    return resources.files("telusur.balance.printed") / "tables"
