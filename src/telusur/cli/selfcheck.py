"""``telusur selfcheck``: may I, may we, do this? Asked in the terminal, by keyboard alone; nothing is kept."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import note, out, print_json
from telusur.cli.inputs import read_day, read_text
from telusur.cli.selfcheck_words import opening, question_lines, result_lines
from telusur.domain.errors import BadInput, nearest
from telusur.domain.facts import Value
from telusur.domain.text import Language
from telusur.domain.vocabulary import FIELDS
from telusur.law import selfcheck as law
from telusur.law.selfcheck import Question, State

_FACT = re.compile(r"([a-z_]+\.[a-z_.]+|date)\s*[=:]\s*(.+)")
_TRUTHS = {"true": True, "ya": True, "yes": True, "false": False, "tidak": False, "no": False}
#: Letters of a line that are read at once; of a source without an end the first are no answer already.
_LONGEST = 10_000
#: Letters of an answer that an error repeats.
_SHOWN = 60
_UNKNOWN = ("?", "null", "unknown")


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(name="selfcheck", epilog="Example: telusur selfcheck --date 2024-01-15 --lang en")(check)


def check(
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="Day of the intended act.", show_default="today"),
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option(
            "--answers",
            metavar="FILE",
            help="Take the answers from a file (- for stdin), one a line: as typed, or a fact such as act.kind=like.",
        ),
    ] = None,
    *,
    agency: Annotated[
        bool, typer.Option("--agency", help="Ask for an office: a circular, an invitation, a post, aid.")
    ] = False,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Ask, before it is done, whether an own act meets a rule; what is answered is stored nowhere."""
    state = State(_today() if day is None else read_day(day, "--date"), agency=agency)
    lines = _Lines.of(answers)
    say: Callable[[str], None] = note if json else _print
    if lines.ask_again:
        say(opening(state).in_language(lang))
    state, left = _go_through(state, lines, say, lang)
    if json:
        print_json(law.as_json(state))
    elif not left:
        _show(state, lines, lang)


def _go_through(state: State, lines: _Lines, say: Callable[[str], None], lang: Language) -> tuple[State, bool]:
    """Ask until the answer cannot change, the answers end, or the person leaves."""
    number = 0
    while (question := law.question(state)) is not None:
        if lines.ask_again:
            number = sum(1 for _ in state.answers) + 1
            for line in question_lines(question, number, lang):
                say(line)
        read = lines.next()
        if read is None:
            return state, lines.ask_again
        if read.lower() in ("q", "quit", "keluar"):
            return state, True
        if read.lower() in ("b", "back", "kembali"):
            state = state.back()
            continue
        try:
            state = _answered(state, question, read, lang)
        except BadInput as problem:
            if not lines.ask_again:
                raise BadInput(problem.message, where=lines.name, line=lines.number, field=problem.field) from None
            say(str(problem))
    return state, False


def _show(state: State, lines: _Lines, lang: Language) -> None:
    question = law.question(state)
    if question is not None:
        note(f"the answers in {lines.name} ended here; this is the next question")
    shown = question_lines(question, 0, lang) if question else result_lines(law.answer(state), lang)
    for line in shown:
        _print(line)


def _answered(state: State, question: Question, read: str, lang: Language) -> State:
    stated = _FACT.fullmatch(read)
    if stated:
        name, word = stated[1], stated[2].strip()
        if name not in FIELDS:
            raise BadInput(f"there is no such fact; {nearest(name, FIELDS)}", field=name)
        value: Value = _TRUTHS.get(word.lower(), word) if FIELDS[name].kind == "flag" else word
        after = state.with_fact(name, None if word in _UNKNOWN else value)
        law.question(after)  # refuses a contest without a calendar here, where the line is known
        return after
    return state.with_answer(_chosen(question, read, lang))


def _chosen(question: Question, read: str, lang: Language) -> Mapping[str, Value]:
    if read == "?":
        return question.unknown
    if not question.several:
        return question.take([_option(question, read, lang)])
    if read in ("0", "-"):
        return question.take([])
    return question.take([_option(question, part.strip(), lang) for part in read.split(",")])


def _option(question: Question, word: str, lang: Language) -> str:
    """Find the option that a number, a name, or first letters mean."""
    if word.isascii() and word.isdigit():
        if not 1 <= int(word) <= len(question.options):
            raise BadInput(f"there is no option {word}; write a number from 1 to {len(question.options)}")
        return question.options[int(word) - 1].id
    known = {option.id: option.words.in_language(lang) for option in question.options}
    if word in known:
        return word
    shown = word if len(word) <= _SHOWN else word[: _SHOWN - 1] + "…"
    found = [name for name, words in known.items() if words.lower().startswith(word.lower())]
    found = found or [name for name in known if name.startswith(word.lower())]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInput(f"{word!r} fits several: {', '.join(known[name] for name in found)}; write more letters")
    raise BadInput(f"{shown!r} fits no option; write a number from 1 to {len(known)}, first letters, or ? for unknown")


def _print(line: str) -> None:
    out.print(line, markup=False)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


@dataclass(slots=True)
class _Lines:
    """Where answers come from. Never through a line editor: that would keep a history of them.

    Parameters
    ----------
    name
        What errors call the source.
    ask_again
        Whether a person sits at it, so that questions are shown and a slip is not the end.
    """

    name: str
    ask_again: bool
    _source: Iterator[str]
    number: int = 0

    @classmethod
    def of(cls, answers: str | None) -> _Lines:
        if answers is None or answers == "-":
            person = answers is None and sys.stdin.isatty()
            return cls("standard input", person, iter(lambda: sys.stdin.readline(_LONGEST), ""))
        held = read_text(Path(answers), field="--answers")
        return cls(answers, False, iter(held.splitlines()))

    def next(self) -> str | None:
        """Give the next answer; ``None`` at the end. Empty lines and remarks (#) are passed over."""
        for line in self._source:
            self.number += 1
            text = line.strip()
            if text and not text.startswith("#"):
                return text
        return None
