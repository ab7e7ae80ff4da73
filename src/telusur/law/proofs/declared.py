"""The known holes of a catalogue, declared with their reasons in its ``declared.yaml``.

A hole that nobody declared fails the proof; so does a declaration that nothing needs any longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources.abc import Traversable
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from telusur.domain.contest import PHASES
from telusur.domain.errors import BadInput, SeveralProblems, nearest
from telusur.domain.text import Text
from telusur.domain.vocabulary import FIELDS
from telusur.law.border import Words
from telusur.law.document import Document
from telusur.law.model import Catalogue, Track
from telusur.law.workshop import text_of

NAME: Final = "declared.yaml"

_GROUPS: Final = ("silent", "together", "alike", "never", "lowers")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SilentIn(_Strict):
    """Acts, phases, statuses or contests of which no rule speaks; what is left out means any."""

    reason: Words
    act: tuple[str, ...] | None = None
    phase: tuple[str, ...] | None = None
    status: tuple[str, ...] | None = None
    contest: tuple[str, ...] | None = None
    #: Only of days before this one.
    before: date | None = None


class TogetherIn(_Strict):
    """Rules on different tracks that may be met by one act."""

    reason: Words
    track: Track | None = None
    rules: tuple[str, ...] | None = None


class AlikeIn(_Strict):
    """Values of a fact that no rule tells apart; without values: no rule asks this fact."""

    reason: Words
    fact: str
    values: tuple[str, ...] | None = None


class NeverIn(_Strict):
    """Rules that no facts meet, or of which a part has no effect."""

    reason: Words
    rules: tuple[str, ...]
    part: str | None = None


class LowersIn(_Strict):
    """A fact that may lower the outcome of some acts."""

    reason: Words
    fact: str
    act: tuple[str, ...]


class DeclaredFile(_Strict):
    """``declared.yaml``."""

    schema_: Annotated[Literal["telusur.declared/1"], Field(alias="schema")]
    silent: tuple[SilentIn, ...] = ()
    together: tuple[TogetherIn, ...] = ()
    alike: tuple[AlikeIn, ...] = ()
    never: tuple[NeverIn, ...] = ()
    lowers: tuple[LowersIn, ...] = ()


@dataclass(slots=True)
class Declared:
    """What was declared, and how often each declaration was needed.

    Parameters
    ----------
    used
        Count by group and place.
    """

    held: DeclaredFile
    document: Document | None
    used: dict[tuple[str, int], int] = field(default_factory=dict)

    def _use(self, group: str, i: int) -> None:
        self.used[group, i] = self.used.get((group, i), 0) + 1

    def silent(self, act: str, phase: str, status: str, contest: str, last: date) -> bool:
        """Say whether it is declared that no rule speaks of an act (`last`: the last of its days)."""
        for i, one in enumerate(self.held.silent):
            pairs = ((one.act, act), (one.phase, phase), (one.status, status), (one.contest, contest))
            if all(listed is None or value in listed for listed, value in pairs) and (
                one.before is None or last < one.before
            ):
                self._use("silent", i)
                return True
        return False

    def together(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        """Say whether two rules (id, track) may be met at once."""
        for i, said in enumerate(self.held.together):
            by_track = said.track is not None and said.track in (one[1], other[1])
            by_rules = said.rules is not None and one[0] in said.rules and other[0] in said.rules
            if by_track or by_rules:
                self._use("together", i)
                return True
        return False

    def alike(self, fact: str, values: Sequence[str]) -> bool:
        """Say whether values of a fact need not be told apart; no values: whether nobody need ask it."""
        for i, said in enumerate(self.held.alike):
            if said.fact == fact and (set(values) <= set(said.values) if said.values and values else not said.values):
                self._use("alike", i)
                return True
        return False

    def never(self, rule: str, part: str | None = None) -> bool:
        """Say whether it is known that a rule is never met, or that a part of it has no effect."""
        for i, said in enumerate(self.held.never):
            if rule in said.rules and said.part == part:
                self._use("never", i)
                return True
        return False

    def lowers(self, fact: str, act: str) -> bool:
        """Say whether it is known that a fact may lower the outcome of an act."""
        for i, said in enumerate(self.held.lowers):
            if said.fact == fact and act in said.act:
                self._use("lowers", i)
                return True
        return False

    def each(self) -> list[tuple[str, int, Text]]:
        """Give group, place and reason of every declaration."""
        return [(group, i, text_of(one.reason)) for group in _GROUPS for i, one in enumerate(getattr(self.held, group))]

    def line(self, group: str, i: int) -> int | None:
        """Give the line of a declaration."""
        return self.document.marked().line((group, i)) if self.document else None


def declared(folder: Traversable, catalogue: Catalogue) -> Declared:
    """Read what a catalogue declares; nothing, where it has no such file.

    Raises
    ------
    SeveralProblems
        Every fault with file and line.
    """
    entry = folder.joinpath(NAME)
    if not entry.is_file():
        return Declared(DeclaredFile.model_validate({"schema": "telusur.declared/1"}), None)
    document = Document(NAME, entry.read_text("utf-8"))
    held, problems = document.read(DeclaredFile, lines=True)
    if held:
        problems += _unknown_words(held, document, catalogue)
    if problems or held is None:
        raise SeveralProblems(problems)
    return Declared(held, document)


def _unknown_words(held: DeclaredFile, document: Document, catalogue: Catalogue) -> list[BadInput]:
    known = {
        "act": FIELDS["act.kind"].values,
        "phase": (*PHASES, "none"),
        "status": FIELDS["actor.status"].values,
        "contest": FIELDS["contest.kind"].values,
        "rules": tuple(catalogue.rules),
        "fact": tuple(FIELDS),
    }
    problems: list[BadInput] = []
    for group in _GROUPS:
        for i, one in enumerate(getattr(held, group)):
            for name, words in known.items():
                said = getattr(one, name, None) or ()
                for word in (said,) if isinstance(said, str) else said:
                    if word not in words:
                        problem = f"{word!r} is not known here; {nearest(word, words)}"
                        problems.append(document.problem((group, i, name), problem))
    return problems
