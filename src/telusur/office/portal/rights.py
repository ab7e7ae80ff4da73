"""What a respondent may do, by the body that examines: the data of ``rights.yaml``, each with where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Annotated, Final, Literal

from pydantic import Field

from telusur.domain.text import Text
from telusur.law import Citation
from telusur.law.citing import CitationIn, Document, Strict, bench
from telusur.process import Body

_FILE: Final = "rights.yaml"


@dataclass(frozen=True, slots=True)
class Right:
    """A right.

    Parameters
    ----------
    citation
        Where the law says it; ``None`` where this program itself holds to it.
    found
        Whether a source was found; if not, nobody should rely on it without asking.
    """

    id: str
    bodies: tuple[Body, ...]
    says: Text
    citation: Citation | None
    found: bool


class _Twins(Strict):
    id: str
    en: str


class _RightIn(Strict):
    id: str
    bodies: tuple[Body, ...]
    say: _Twins
    citation: CitationIn | None = None
    found: bool = True


class _File(Strict):
    schema_: Annotated[Literal["telusur.rights/1"], Field(alias="schema")]
    rights: tuple[_RightIn, ...]


@cache
def rights(body: Body) -> tuple[Right, ...]:
    """Give the rights before a body.

    Raises
    ------
    BadInput
        If the file that is shipped cites what is not known.
    """
    return tuple(one for one in _all() if body in one.bodies)


@cache
def _all() -> tuple[Right, ...]:
    text = resources.files(__package__).joinpath(_FILE).read_text("utf-8")
    shop = bench(lines=True)
    document = Document(_FILE, text)
    held = shop.read(document, _File)
    for problem in shop.problems:
        raise problem
    assert held is not None
    return tuple(
        Right(
            one.id,
            one.bodies,
            Text(one.say.id, one.say.en),
            shop.citation(one.citation, None, document, ("rights", at, "citation")) if one.citation else None,
            one.found,
        )
        for at, one in enumerate(held.rights)
    )
