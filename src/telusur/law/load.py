"""From the files of a catalogue to the values that the evaluator asks; every fault is told with file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import BaseModel

from telusur.domain.errors import BadInput, SeveralProblems, nearest
from telusur.domain.text import Text
from telusur.domain.vocabulary import FIELDS
from telusur.law import border
from telusur.law.calendars import Calendar, Calendars, Step, fault_of
from telusur.law.conditions import ALWAYS, All, Any, Atom, Condition, Path, compiled
from telusur.law.document import Document, walk
from telusur.law.model import (
    Basis,
    Catalogue,
    Citation,
    Coverage,
    Instrument,
    Issue,
    Override,
    Reading,
    Rule,
    RuleException,
    Source,
    Span,
)

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


@cache
def catalogue() -> Catalogue:
    """Give the catalogue that is shipped with the program; read once."""
    return load(resources.files(__package__).joinpath("catalogue"), lines=False)


def load(folder: Traversable, *, lines: bool = True) -> Catalogue:
    """Read a catalogue.

    Parameters
    ----------
    folder
        Holds ``sources.yaml``, ``instruments.yaml``, ``terms.yaml``, ``exceptions.yaml``, ``issues.yaml``,
        ``coverage.yaml``, ``rules/`` and ``calendars/``; a `pathlib.Path` does.
    lines
        Read with the slower reader, which refuses keys that stand twice too. The shipped files are read so in the
        tests, and fast where the program runs.

    Raises
    ------
    SeveralProblems
        Every fault with file and line.
    """
    reader = _Reader(lines=lines)
    digest = hashlib.sha256()
    documents: dict[str, Document] = {}
    for name, entry in walk(folder):
        held = entry.read_bytes()
        digest.update(f"{name}\0{len(held)}\0".encode() + held)
        try:
            documents[name] = Document(name, held.decode("utf-8"))
        except UnicodeDecodeError:
            reader.problems.append(BadInput("this file is not UTF-8; save it as UTF-8", where=name))
    made = reader.catalogue(documents, digest.hexdigest())
    if reader.problems or made is None:
        raise SeveralProblems(reader.problems)
    return made


@dataclass
class _Reader:
    """What has been read so far, and what was wrong with it."""

    lines: bool
    problems: list[BadInput] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    terms: dict[str, Condition] = field(default_factory=dict)
    exceptions: dict[str, RuleException] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    coverage: dict[str, Coverage] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)

    # In order of dependency: what comes first is named by what comes later.
    def catalogue(self, documents: Mapping[str, Document], digest: str) -> Catalogue | None:
        self._one(documents, "sources.yaml", border.SourcesFile, self._sources)
        self._one(documents, "instruments.yaml", border.InstrumentsFile, self._instruments)
        self._one(documents, "coverage.yaml", border.CoverageFile, self._coverage)
        self._one(documents, "terms.yaml", border.TermsFile, self._terms)
        self._one(documents, "exceptions.yaml", border.ExceptionsFile, self._exceptions)
        self._one(documents, "issues.yaml", border.IssuesFile, self._issues)
        if self.problems:
            # What follows names what is broken here; its errors would only repeat these.
            return None
        files = [
            (document, self._read(document, border.RulesFile))
            for name, document in documents.items()
            if name.startswith("rules/")
        ]
        for document, held in files:
            if held:
                self._rules(document, held)
        for document, held in files:
            if held:
                self._same_forms(document, held)
                self._check_overrides(document, held)
        for name, document in documents.items():
            if name.startswith("calendars/"):
                calendar = self._read(document, border.CalendarFile)
                if calendar:
                    self._calendar(document, calendar)
        return Catalogue(
            digest,
            self.sources,
            self.instruments,
            self.terms,
            self.exceptions,
            self.issues,
            self.rules,
            Calendars(tuple(self.calendars.values())),
            self.coverage,
            {
                kind: tuple(rule for rule in self.rules.values() if kind in rule.act_kinds)
                for kind in FIELDS["act.kind"].values
            },
        )

    def _read(self, document: Document, model: type[Model]) -> Model | None:
        held, problems = document.read(model, lines=self.lines)
        self.problems += problems
        return held

    def _one(
        self,
        documents: Mapping[str, Document],
        name: str,
        model: type[Model],
        take: Callable[[Document, Model], None],
    ) -> None:
        if name not in documents:
            self.problems.append(BadInput("the catalogue needs this file; there is none", where=name))
            return
        held = self._read(documents[name], model)
        if held:
            take(documents[name], held)

    def _keep(
        self, into: dict[str, Value], key: str, make: Callable[[], Value], document: Document, path: Path
    ) -> None:
        """Make one value and keep it; a fault costs this value only, so that the others are still checked."""
        try:
            if key in into:
                raise document.problem(path, f"{key!r} stands twice in the catalogue; keep one")
            into[key] = make()
        except SeveralProblems as several:
            self.problems += several.problems
        except BadInput as problem:
            self.problems.append(problem)

    def _find(self, known: Mapping[str, Value], key: str, what: str, document: Document, path: Path) -> Value:
        if key not in known:
            raise document.problem(path, f"there is no {what} {key!r}; {nearest(key, known)}")
        return known[key]

    def _cited(self, ids: Iterable[str], confidence: str, document: Document, path: Path) -> tuple[Source, ...]:
        found = tuple(self._find(self.sources, key, "source", document, (*path, i)) for i, key in enumerate(ids))
        if not found and confidence != "memory":
            raise document.problem(path, "a source is missing; name one, or write `confidence: memory`")
        return found

    def _citation(self, held: border.CitationIn, instrument: str | None, document: Document, path: Path) -> Citation:
        name = held.instrument or instrument
        if name is None:
            raise document.problem(path, "the instrument is missing; name the one that this stands in")
        return Citation(
            self._find(self.instruments, name, "instrument", document, (*path, "instrument")),
            held.part,
            held.row,
            held.article,
            held.status,
            held.confidence,
            self._cited(held.sources, held.confidence, document, (*path, "sources")),
        )

    def _condition(self, stated: object, document: Document, path: Path) -> Condition:
        return compiled(stated, path, document.problem, self.terms)

    def _sources(self, document: Document, held: border.SourcesFile) -> None:
        for i, one in enumerate(held.sources):
            self._keep(self.sources, one.id, partial(Source, one.id, one.url, one.what), document, ("sources", i, "id"))

    def _instruments(self, document: Document, held: border.InstrumentsFile) -> None:
        for i, one in enumerate(held.instruments):

            def make(one: border.InstrumentIn = one, path: Path = ("instruments", i)) -> Instrument:
                sources = self._cited(one.sources, one.confidence, document, (*path, "sources"))
                return Instrument(one.id, _text(one.title), _span(one.in_force), one.confidence, sources)

            self._keep(self.instruments, one.id, make, document, ("instruments", i, "id"))

    def _coverage(self, document: Document, held: border.CoverageFile) -> None:
        for i, one in enumerate(held.coverage):
            path: Path = ("coverage", i)

            def make(one: border.CoverageIn = one, path: Path = path) -> Coverage:
                _status(one.status, document, (*path, "status"))
                sources = self._cited(one.sources, "memory", document, (*path, "sources"))
                return Coverage(one.status, one.scope, _text(one.note), sources)

            self._keep(self.coverage, one.status, make, document, (*path, "status"))
        absent = [status for status in FIELDS["actor.status"].values if status not in self.coverage]
        if absent:
            self.problems.append(document.problem(("coverage",), f"say whether {', '.join(absent)} is covered"))

    def _terms(self, document: Document, held: border.TermsFile) -> None:
        for i, one in enumerate(held.terms):
            path: Path = ("terms", i, "when")
            # A term may use those above it, so that none can go in circles.
            self._keep(
                self.terms, one.id, partial(self._condition, one.when, document, path), document, ("terms", i, "id")
            )

    def _exceptions(self, document: Document, held: border.ExceptionsFile) -> None:
        for i, one in enumerate(held.exceptions):

            def make(one: border.ExceptionIn = one, path: Path = ("exceptions", i)) -> RuleException:
                return RuleException(
                    one.id,
                    _text(one.title),
                    self._citation(one.citation, None, document, (*path, "citation")),
                    _span(one.in_force),
                    self._condition(one.when, document, (*path, "when")),
                    None if one.unless is None else self._condition(one.unless, document, (*path, "unless")),
                )

            self._keep(self.exceptions, one.id, make, document, ("exceptions", i, "id"))

    def _issues(self, document: Document, held: border.IssuesFile) -> None:
        for i, one in enumerate(held.issues):

            def make(one: border.IssueIn = one, path: Path = ("issues", i)) -> Issue:
                readings = tuple(
                    Reading(
                        _text(said.says),
                        said.by,
                        said.day,
                        self._find(self.sources, said.source, "source", document, (*path, "readings", j, "source")),
                    )
                    for j, said in enumerate(one.readings)
                )
                when = ALWAYS if one.when is None else self._condition(one.when, document, (*path, "when"))
                return Issue(one.id, _text(one.title), one.bears_on, when, readings)

            self._keep(self.issues, one.id, make, document, ("issues", i, "id"))

    def _rules(self, document: Document, held: border.RulesFile) -> None:
        for i, one in enumerate(held.rules):
            path: Path = ("rules", i)
            make = partial(self._rule, one, held, document, path)
            self._keep(self.rules, one.id, make, document, (*path, "id"))

    def _rule(self, one: border.RuleIn, file: border.RulesFile, document: Document, path: Path) -> Rule:
        when = self._condition(one.when, document, (*path, "when"))
        kinds = act_kinds(when)
        if not kinds:
            raise document.problem((*path, "when"), "name the kinds of act (`act.kind: [...]`) that the rule speaks of")
        scope, known, applies_to = self._common(one, file.common, document, path)
        unless = one.unless if one.unless is not None else file.common.unless or ()
        exceptions = tuple(
            self._find(self.exceptions, key, "exception", document, (*path, "unless", j))
            for j, key in enumerate(unless)
        )
        issues = tuple(
            self._find(self.issues, key, "issue", document, (*path, "readings", j))
            for j, key in enumerate(one.readings)
        )
        return Rule(
            one.id,
            _text(one.title),
            self._citation(one.citation, file.instrument, document, (*path, "citation")),
            scope,
            known,
            applies_to,
            one.phase,
            kinds,
            when,
            exceptions,
            tuple(Override(over.rule, _text(over.reason), over.declared_by) for over in one.overrides),
            issues,
            one.track,
            one.sanction.level,
            self._basis(one.sanction, document, (*path, "sanction")),
            one.examples,
            one.continuing,
            presumable=_presumable(when, exceptions, issues),
        )

    def _common(
        self, one: border.CommonIn, common: border.CommonIn, document: Document, path: Path
    ) -> tuple[Span, date, tuple[str, ...]]:
        in_force, known, applies_to = (
            one.in_force or common.in_force,
            one.known or common.known,
            one.applies_to or common.applies_to,
        )
        for name, held in (("in_force", in_force), ("known", known), ("applies_to", applies_to)):
            if not held:
                raise document.problem(path, f"`{name}` is missing here and in `common`; add it to one of them")
        assert in_force
        assert known
        assert applies_to
        for j, status in enumerate(applies_to):
            _status(status, document, (*path, "applies_to", j))
            if self.coverage[status].scope == "none":
                raise document.problem((*path, "applies_to", j), f"coverage.yaml says that {status} is not covered")
        span = _span(in_force)
        if span.first is None:
            raise document.problem((*path, "in_force"), "a rule needs the day it came into force (`from`)")
        return span, known.first, applies_to

    def _basis(self, held: border.SanctionIn, document: Document, path: Path) -> tuple[Basis, ...]:
        return tuple(
            Basis(
                self._find(self.instruments, one.instrument, "instrument", document, (*path, "basis", j, "instrument")),
                one.article,
            )
            for j, one in enumerate(held.basis)
        )

    def _same_forms(self, document: Document, held: border.RulesFile) -> None:
        for i, one in enumerate(held.same_forms):
            path: Path = ("same_forms", i)
            try:
                self._find(self.instruments, one.forms_of, "instrument", document, (*path, "forms_of"))
                citation = self._citation(one.citation, held.instrument, document, (*path, "citation"))
                scope, known, applies_to = self._common(one, held.common, document, path)
                basis = self._basis(one.sanction, document, (*path, "sanction"))
            except BadInput as problem:
                self.problems.append(problem)
                continue
            forms = [rule for rule in self.rules.values() if rule.citation.instrument.id == one.forms_of]
            for form in forms:
                made = Rule(
                    f"{held.instrument}/{form.id.rpartition('/')[2]}",
                    form.title,
                    citation,
                    scope,
                    known,
                    applies_to,
                    form.phase,
                    form.act_kinds,
                    form.when,
                    form.unless,
                    (),
                    form.issues,
                    one.track,
                    one.sanction.level,
                    basis,
                    one.examples,
                    form.continuing,
                    form.id,
                    form.presumable,
                )
                self._keep(self.rules, made.id, partial(_same, made), document, path)

    def _check_overrides(self, document: Document, held: border.RulesFile) -> None:
        for i, one in enumerate(held.rules):
            for j, over in enumerate(one.overrides):
                path: Path = ("rules", i, "overrides", j, "rule")
                if over.rule not in self.rules:
                    hint = nearest(over.rule, self.rules)
                    self.problems.append(document.problem(path, f"there is no rule {over.rule!r}; {hint}"))
                elif self._yields_to(one.id, over.rule):
                    self.problems.append(
                        document.problem(path, f"{one.id} and {over.rule} override each other; let one of them yield")
                    )

    def _yields_to(self, rule: str, other: str) -> bool:
        """Say whether `rule` is overridden by `other`, straight or by way of others."""
        seen: set[str] = set()
        waiting = [other]
        while waiting:
            current = waiting.pop()
            if current == rule:
                return True
            if current not in seen and current in self.rules:
                seen.add(current)
                waiting += [over.rule for over in self.rules[current].overrides]
        return False

    def _calendar(self, document: Document, held: border.CalendarFile) -> None:
        def make() -> Calendar:
            for i, kind in enumerate(held.contests):
                known = [value for value in FIELDS["contest.kind"].values if value != "none"]
                if kind not in known:
                    raise document.problem(("contests", i), f"there is no contest {kind!r}; {nearest(kind, known)}")
            made = Calendar(
                held.id,
                _text(held.title),
                held.contests,
                held.round,
                held.covers.first,
                held.covers.last,
                held.by_region,
                tuple(self._step(one, document, ("steps", i)) for i, one in enumerate(held.steps)),
            )
            for region in sorted({step.region or "" for step in made.steps} | {""}):
                fault = fault_of(made.in_region(region or None))
                if fault:
                    where = f"in region {region}, " if region else ""
                    raise document.problem(("steps",), where + fault)
            self._check_overlap(made, document)
            return made

        self._keep(self.calendars, held.id, make, document, ("id",))

    def _step(self, one: border.StepIn, document: Document, path: Path) -> Step:
        self._cited(one.sources, one.confidence, document, (*path, "sources"))
        last = one.last or one.first
        if last < one.first:
            raise document.problem(path, f"{one.what} ends on {last}, before it begins on {one.first}")
        return Step(one.what, one.first, last, one.known.first, one.confidence, one.sources, one.region)

    def _check_overlap(self, made: Calendar, document: Document) -> None:
        for other in self.calendars.values():
            same = set(made.contests) & set(other.contests) and made.round == other.round
            if same and made.first <= other.last and other.first <= made.last:
                raise document.problem(
                    ("covers",), f"{made.id} and {other.id} cover the same days of one contest; a day has one phase"
                )


def act_kinds(condition: Condition) -> frozenset[str]:
    """Give the kinds of act of which a condition can hold; none, if it does not speak of the kind."""
    if isinstance(condition, Atom):
        return frozenset(str(value) for value in condition.expected) if condition.field == "act.kind" else frozenset()
    found = [act_kinds(part) for part in condition.parts]
    if isinstance(condition, Any):
        # One branch that says nothing of the kind opens the whole to all kinds.
        return frozenset().union(*found) if all(found) else frozenset()
    named = [kinds for kinds in found if kinds]
    return frozenset.intersection(*named) if named else frozenset()


def _presumable(when: Condition, exceptions: Iterable[RuleException], issues: Iterable[Issue]) -> tuple[str, ...]:
    conditions = [when, *(issue.when for issue in issues)]
    for exception in exceptions:
        conditions += [exception.when, exception.unless or ALWAYS]
    asked = {atom.field for atom in All(tuple(conditions)).atoms()}
    return tuple(name for name, known in FIELDS.items() if known.exception and name in asked)


def _same(value: Value) -> Value:
    return value


def _text(words: border.Words) -> Text:
    return Text(words.id, words.en)


def _span(held: border.SpanIn) -> Span:
    return Span(held.first, held.last)


def _status(status: str, document: Document, path: Path) -> None:
    known = FIELDS["actor.status"].values
    if status not in known:
        raise document.problem(path, f"there is no status {status!r}; {nearest(status, known)}")
