"""From the file of a procedure to its values; every name in it must be that of something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from typing import TypeVar

from telusur.domain.errors import BadInput, nearest
from telusur.domain.marked_yaml import Path
from telusur.domain.text import Text
from telusur.law import Citation, deadlines
from telusur.law.citing import CitationIn, Document, Workshop
from telusur.law.deadlines import Term
from telusur.process import procedure_border as border
from telusur.process.procedure_checks import faults
from telusur.process.procedure_model import Move, Opening, Procedure, Role, Stage, StageTerm, Words

Value = TypeVar("Value")
Key = TypeVar("Key", bound=str)


def made_of(bench: Workshop, document: Document, digest: str) -> Procedure | None:
    """Make the procedure of one file.

    Parameters
    ----------
    bench
        Knows the sources and instruments, and takes the problems.
    document
        The file.
    digest
        Lower-case hex SHA-256 of it.

    Returns
    -------
    Procedure or None
        ``None`` if something in it is wrong; the bench holds what.
    """
    held = bench.read(document, border.ProcedureFile)
    if held is None:
        return None
    before = len(bench.problems)
    maker = _Maker(bench, document, held)
    if held.id != PurePosixPath(document.name).stem:
        bench.problems.append(document.problem(("id",), f"the file must be named as its id: {held.id}.yaml"))
    made = maker.procedure(digest)
    if len(bench.problems) > before:
        # Of what is named wrongly, nothing can be said of the way through.
        return None
    bench.problems += [document.problem(path, message) for path, message in faults(made)]
    return made if len(bench.problems) == before else None


class _Maker:
    def __init__(self, bench: Workshop, document: Document, held: border.ProcedureFile) -> None:
        self._bench = bench
        self._document = document
        self._held = held
        self._stages = {one.id for one in held.stages}
        self._roles = {one.id for one in held.roles}

    def procedure(self, digest: str) -> Procedure:
        held = self._held
        return Procedure(
            held.id,
            _text(held.title),
            held.body,
            tuple(
                made
                for i, one in enumerate(held.citation)
                if (made := self._citation(one, ("citation", i))) is not None
            ),
            Words(**{name: _text(getattr(held.words, name)) for name in border.WordsIn.model_fields}),
            self._by_id("roles", ((one.id, Role(one.id, _text(one.title), one.may_approve)) for one in held.roles)),
            self._by_id("opens", ((one.how, self._opening(i, one)) for i, one in enumerate(held.opens)), "how"),
            self._by_id("stages", ((one.id, self._stage(i, one)) for i, one in enumerate(held.stages))),
            self._by_id("moves", ((one.id, self._move(i, one)) for i, one in enumerate(held.moves))),
            digest,
            _text_or_none(held.note),
        )

    def _problem(self, path: Path, message: str) -> None:
        self._bench.problems.append(self._document.problem(path, message))

    def _by_id(self, part: str, values: Iterable[tuple[Key, Value]], key: str = "id") -> dict[Key, Value]:
        made: dict[Key, Value] = {}
        for i, (name, value) in enumerate(values):
            if name in made:
                self._problem((part, i, key), f"{name!r} stands twice; keep one")
            made[name] = value
        return made

    def _known(self, name: str, known: Iterable[str], what: str, path: Path) -> str:
        known = tuple(known)
        if name not in known:
            self._problem(path, f"there is no {what} {name!r}; {nearest(name, known)}")
        return name

    def _citation(self, held: CitationIn | None, path: Path) -> Citation | None:
        if held is None:
            return None
        return self._tried(lambda: self._bench.citation(held, None, self._document, path))

    def _tried(self, make: Callable[[], Value]) -> Value | None:
        try:
            return make()
        except BadInput as problem:
            self._bench.problems.append(problem)
            return None

    def _term(self, name: str, path: Path) -> Term | None:
        terms: Mapping[str, Term] = deadlines.register().terms
        return terms.get(self._known(name, terms, "term", path))

    def _opening(self, i: int, held: border.OpeningIn) -> Opening:
        path: Path = ("opens", i)
        self._known(held.stage, self._stages, "stage", (*path, "stage"))
        return Opening(held.how, held.stage, self._term(held.term, (*path, "term")) if held.term else None)

    def _stage(self, i: int, held: border.StageIn) -> Stage:
        path: Path = ("stages", i)
        made = (self._stage_term(one, (*path, "terms", j), held.terms) for j, one in enumerate(held.terms))
        return Stage(
            held.id,
            _text(held.title),
            _text(held.reporter_sees),
            _text(held.respondent_sees),
            tuple(term for term in made if term is not None),
            held.final,
            held.handed_to,
            self._citation(held.citation, (*path, "citation")),
            _text_or_none(held.note),
        )

    def _stage_term(
        self, held: border.StageTermIn, path: Path, beside: tuple[border.StageTermIn, ...]
    ) -> StageTerm | None:
        kind, _, name = held.starts.partition(":")
        if kind == "entered" and name:
            self._known(name, self._stages, "stage", (*path, "from"))
        if kind == "term":
            others = [one.term for one in beside if one is not held]
            self._known(name, others, "other term of this stage", (*path, "from"))
        term = self._term(held.term, (*path, "term"))
        return StageTerm(term, held.starts, held.how) if term else None

    def _move(self, i: int, held: border.MoveIn) -> Move:
        path: Path = ("moves", i)
        several = not isinstance(held.origins, str)
        origins = tuple(held.origins) if several else (str(held.origins),)
        for j, origin in enumerate(origins):
            self._known(origin, self._stages, "stage", (*path, "from", j) if several else (*path, "from"))
        self._known(held.to, self._stages, "stage", (*path, "to"))
        for j, role in enumerate(held.roles):
            self._known(role, self._roles, "role", (*path, "roles", j))
        return Move(
            held.id,
            _text(held.title),
            origins,
            held.to,
            held.roles,
            gates=held.gates,
            needs=held.needs,
            after=self._term(held.after, (*path, "after")) if held.after else None,
            levels=held.levels,
            second=held.second,
            sanction=held.sanction,
            ballot=held.ballot,
            letter=held.letter,
            grounds=held.grounds,
            may_forward_untraced=held.may_forward_untraced,
            to_next_person=held.to_next_person,
            end=held.end,
            citation=self._citation(held.citation, (*path, "citation")),
            note=_text_or_none(held.note),
        )


def _text(held: border.TwinsIn) -> Text:
    return Text(held.id, held.en)


def _text_or_none(held: border.TwinsIn | None) -> Text | None:
    return _text(held) if held else None
