"""The worked examples beside the rules: facts, and what the catalogue must say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.facts import Facts
from telusur.domain.text import Text
from telusur.law import border
from telusur.law.document import Document, walk


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example.

    Parameters
    ----------
    outcome, contested, tracks, missing
        What the answer must be; ``None`` where it is left open.
    rules
        The status that rules must have.
    why
        The reason, for the reader.
    """

    id: str
    title: Text
    facts: Facts
    outcome: str | None
    contested: bool
    tracks: tuple[str, ...] | None
    missing: tuple[str, ...] | None
    rules: Mapping[str, str]
    why: Text


def examples(folder: Traversable | None = None) -> dict[str, Example]:
    """Read the worked examples of a catalogue, those shipped if no folder is named.

    Raises
    ------
    SeveralProblems
        Every fault with file and line.
    """
    place = (folder or resources.files(__package__).joinpath("catalogue")).joinpath("examples")
    found: dict[str, Example] = {}
    problems: list[BadInput] = []
    for name, entry in walk(place, "examples/"):
        document = Document(name, entry.read_text("utf-8"))
        held, faults = document.read(border.ExamplesFile, lines=True)
        problems += faults
        for i, one in enumerate(held.examples if held else ()):
            if one.id in found:
                problems.append(document.problem(("examples", i, "id"), f"the example {one.id!r} stands twice"))
                continue
            try:
                facts = Facts.read(one.facts)
            except BadInput as problem:
                problems.append(document.problem(("examples", i, "facts"), str(problem)))
                continue
            expect = one.expect
            found[one.id] = Example(
                one.id,
                Text(one.title.id, one.title.en),
                facts,
                expect.outcome,
                expect.contested,
                expect.tracks,
                expect.missing,
                expect.rules,
                Text(one.why.id, one.why.en),
            )
    if problems:
        raise SeveralProblems(problems)
    return found
