"""The bench on which a catalogue is put together: what is made already, what was wrong, and how to look things up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel

from telusur.domain.errors import BadInput, nearest
from telusur.domain.text import Text
from telusur.domain.vocabulary import FIELDS
from telusur.law import border
from telusur.law.calendars import Calendar
from telusur.law.conditions import Condition, Path, compiled
from telusur.law.consequences import Powers, Provision, Rank, Sanctions, Supervisor
from telusur.law.document import Document
from telusur.law.model import Basis, Citation, Coverage, Instrument, Issue, Reading, Rule, RuleException, Source, Span

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


@dataclass
class Workshop:
    """What has been read so far, and what was wrong with it.

    Parameters
    ----------
    lines
        Read with the slower reader, which refuses keys that stand twice too.
    """

    lines: bool
    problems: list[BadInput] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    coverage: dict[str, Coverage] = field(default_factory=dict)
    terms: dict[str, Condition] = field(default_factory=dict)
    exceptions: dict[str, RuleException] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    sanctions: dict[str, Sanctions] = field(default_factory=dict)
    ranks: dict[str, Rank] = field(default_factory=dict)
    powers: Powers | None = None
    supervisors: dict[str, Supervisor] = field(default_factory=dict)
    provisions: dict[str, Provision] = field(default_factory=dict)

    def read(self, document: Document, model: type[Model]) -> Model | None:
        """Read a document as a model, and note its problems."""
        held, problems = document.read(model, lines=self.lines)
        self.problems += problems
        return held

    def keep(self, into: dict[str, Value], key: str, make: Callable[[], Value], document: Document, path: Path) -> None:
        """Make one value and keep it; a fault costs this value only, so that the others are still checked."""
        try:
            if key in into:
                raise document.problem(path, f"{key!r} stands twice in the catalogue; keep one")
            into[key] = make()
        except BadInput as problem:
            self.problems.append(problem)

    def find(self, known: Mapping[str, Value], key: str, what: str, document: Document, path: Path) -> Value:
        """Look something up; a name that does not exist is a problem of the place that names it."""
        if key not in known:
            raise document.problem(path, f"there is no {what} {key!r}; {nearest(key, known)}")
        return known[key]

    def cited(self, ids: Iterable[str], confidence: str, document: Document, path: Path) -> tuple[Source, ...]:
        """Look the sources up; only what is marked as memory may have none."""
        found = tuple(self.find(self.sources, key, "source", document, (*path, i)) for i, key in enumerate(ids))
        if not found and confidence != "memory":
            raise document.problem(path, "a source is missing; name one, or write `confidence: memory`")
        return found

    def citation(self, held: border.CitationIn, instrument: str | None, document: Document, path: Path) -> Citation:
        """Make a citation, of the file's instrument unless it names its own."""
        name = held.instrument or instrument
        if name is None:
            raise document.problem(path, "the instrument is missing; name the one that this stands in")
        return Citation(
            self.find(self.instruments, name, "instrument", document, (*path, "instrument")),
            held.part,
            held.row,
            held.article,
            held.status,
            held.confidence,
            self.cited(held.sources, held.confidence, document, (*path, "sources")),
            held.note,
        )

    def condition(self, stated: object, document: Document, path: Path) -> Condition:
        """Make a condition that may use the terms made so far."""
        return compiled(stated, path, document.problem, self.terms)

    def reading(self, held: border.ReadingIn, document: Document, path: Path) -> Reading:
        """Make a reading, with its source."""
        source = self.find(self.sources, held.source, "source", document, (*path, "source"))
        return Reading(text_of(held.says), held.by, held.day, source)

    def basis(self, held: border.SanctionIn, document: Document, path: Path) -> tuple[Basis, ...]:
        """Look up what a sanction rests on."""
        return tuple(
            Basis(
                self.find(self.instruments, one.instrument, "instrument", document, (*path, "basis", j, "instrument")),
                one.article,
            )
            for j, one in enumerate(held.basis)
        )


def text_of(words: border.Words) -> Text:
    """Give words as the domain has them."""
    return Text(words.id, words.en)


def span_of(held: border.SpanIn) -> Span:
    """Give days as the model has them."""
    return Span(held.first, held.last)


def check_status(status: str, document: Document, path: Path) -> None:
    """Refuse a status that the vocabulary does not hold."""
    known = FIELDS["actor.status"].values
    if status not in known:
        raise document.problem(path, f"there is no status {status!r}; {nearest(status, known)}")
