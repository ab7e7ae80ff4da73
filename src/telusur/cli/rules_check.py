"""Many acts for ``telusur rules check``: a line each, with all reasons or with none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from telusur import law
from telusur.cli.batch import Counts, Rows, line_of, read_batch, run_batch, write_batch
from telusur.cli.console import note, print_json, progress
from telusur.domain.errors import BadInput, SeveralProblems, TelusurError
from telusur.domain.facts import Facts
from telusur.dossier import facts_of
from telusur.law.compiled import Brief, Stream, documents

#: Rows that are answered at once.
_BLOCK: Final = 50_000
#: Answers with all their reasons that are held, each of some kilobytes.
_HELD: Final = 2_000

Answered = Iterator[tuple[int, bytes | str]]


def check_many(facts: Path, out: Path | None, known_on: date | None, *, brief: bool, force: bool, json: bool) -> None:
    """Answer a batch of facts.

    Parameters
    ----------
    facts
        JSONL, CSV or Parquet.
    out
        Where the answers go.
    known_on
        Ask what could be known on that day.
    brief
        Whether outcome, contested and tracks will do.
    force
        Whether a file that lies there may be replaced.
    json
        Whether the counts go to stdout as JSON.

    Raises
    ------
    BadInput
        If `out` is missing or cannot be written, or no row could be answered.
    """
    if out is None:
        raise BadInput("answers to many acts go to a file; add --out ANSWERS.jsonl", where=str(facts))
    rows = read_batch(facts)
    with progress(facts.name) as bar:
        counts: Counts
        try:
            if brief:
                counts = write_batch(_briefly(rows, known_on), out, force=force, bar=bar)
            else:
                counts = run_batch(rows, _fully(known_on), out, force=force, bar=bar)
        except SeveralProblems:
            raise
        except BadInput as problem:
            if problem.where:
                raise
            raise BadInput(problem.words, where=str(facts), line=problem.line, field=problem.field) from None
    note(f"{counts.done} answered, {counts.bad} bad lines → {out}")
    if json:
        print_json({"out": str(out), "answered": counts.done, "bad": counts.bad})


def _fully(known_on: date | None) -> Callable[[Mapping[str, Any]], bytes]:
    @lru_cache(maxsize=_HELD)
    def line(facts: Facts) -> bytes:
        return line_of(law.determine(facts, known_on=known_on).as_json())

    return lambda row: line(facts_of(row))


def _briefly(rows: Rows, known_on: date | None) -> Answered:
    stream = Stream(law.catalogue(), known_on)
    numbers: list[int] = []
    coded: list[bytes] = []
    wrong: dict[int, str] = {}
    for number, row in rows:
        try:
            if isinstance(row, BadInput):
                raise row
            coded.append(stream.coded(facts_of(row)))
        except TelusurError as error:
            wrong[number] = str(error)
        numbers.append(number)
        if len(numbers) == _BLOCK:
            yield from _block(numbers, stream.brief(coded), wrong)
            numbers, coded, wrong = [], [], {}
    yield from _block(numbers, stream.brief(coded), wrong)


def _block(numbers: list[int], brief: Brief, wrong: Mapping[int, str]) -> Answered:
    # Of many answers only a few differ.
    kinds, places = np.unique(brief.packed, return_inverse=True)
    lines = [line_of(one) for one in documents(Brief(kinds))]
    answers = iter(places.tolist())
    for number in numbers:
        yield number, wrong[number] if number in wrong else lines[next(answers)]
