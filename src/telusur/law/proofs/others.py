"""Worked examples from elsewhere: a list of facts and what is expected of them, scored apart from our own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.facts import Facts
from telusur.law.document import Document
from telusur.law.proofs.expected import Expected


class _ExpectIn(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)
    outcome: str | tuple[str, ...] | None = None
    contested: bool | None = None
    tracks: tuple[str, ...] | None = None
    missing: tuple[str, ...] | None = None


class _OtherIn(BaseModel):
    """One example; further fields (title, why) are for its readers."""

    model_config = ConfigDict(frozen=True, strict=True)
    id: str
    facts: dict[str, object]
    expect: _ExpectIn
    #: ``readings``: only that published readings differ is expected.
    check: Literal["strict", "readings"] = "strict"


class _OthersFile(RootModel[Annotated[tuple[_OtherIn, ...], Field(min_length=1)]]):
    pass


def others(text: str, name: str) -> list[Expected]:
    """Read examples that somebody else wrote.

    Parameters
    ----------
    text
        YAML: a list of ``id``, ``facts`` (contracts.md, section 1), ``expect`` (``outcome``, one or several;
        ``contested``; ``tracks``, on top of which a referral may come; ``missing``) and ``check``.
    name
        The file, for the errors.

    Raises
    ------
    SeveralProblems
        Every fault with file and line.
    """
    document = Document(name, text)
    held, problems = document.read(_OthersFile, lines=True)
    found: list[Expected] = []
    for i, one in enumerate(held.root if held else ()):
        try:
            facts = Facts.read({key: value for key, value in one.facts.items() if key != "schema"})
        except BadInput as problem:
            problems.append(document.problem((i, "facts"), str(problem)))
            continue
        found.append(_expected(one, facts))
    if problems:
        raise SeveralProblems(problems)
    return found


def _expected(one: _OtherIn, facts: Facts) -> Expected:
    if one.check == "readings":
        return Expected(one.id, facts, None, contested=True)
    expect = one.expect
    outcomes = (expect.outcome,) if isinstance(expect.outcome, str) else expect.outcome
    return Expected(
        one.id,
        facts,
        outcomes,
        expect.contested,
        None if expect.tracks is None else frozenset(expect.tracks),
        frozenset({"criminal_referral"}),
        None if expect.missing is None else frozenset(expect.missing),
    )
