"""``telusur rules prove``, ``mutate`` and ``diff``: the catalogue over all facts, its examples, and its changes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from telusur import law
from telusur.cli.assess import AsJson
from telusur.cli.batch import is_batch, read_batch
from telusur.cli.console import note, print_json, say
from telusur.cli.inputs import read_text
from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.facts import Facts
from telusur.dossier import facts_of
from telusur.law import proofs

Folder = Annotated[Path | None, typer.Option("--catalogue", help="Folder of another catalogue than the shipped one.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands on the catalogue as a whole."""
    app.command(epilog="Example: telusur rules prove")(prove)
    app.command(epilog="Example: telusur rules mutate --examples others.yaml")(mutate)
    app.command(epilog="Example: telusur rules diff catalogue-2024 catalogue-2026 --facts past.jsonl")(diff)


def _folder(path: Path | None, which: str = "--catalogue") -> Path | None:
    if path is not None and not path.is_dir():
        raise BadInput(
            "this is no folder; name one that holds a catalogue (rules/, calendars/, ...)",
            where=str(path),
            field=which,
        )
    return path


def _read(folder: Path, which: str) -> law.Catalogue:
    """Read one of two catalogues; its faults say which of the two they stand in."""
    try:
        return law.load(folder)
    except SeveralProblems as several:
        raise SeveralProblems([_in_folder(one, folder, which) for one in several.problems]) from None
    except BadInput as problem:
        raise _in_folder(problem, folder, which) from None


def _in_folder(problem: BadInput, folder: Path, which: str) -> BadInput:
    place = folder / problem.where if problem.where else folder
    return BadInput(problem.words, where=f"{which} {place}", line=problem.line, field=problem.field)


def prove(catalogue: Folder = None, *, json: AsJson = False) -> None:
    """Prove over all facts: one phase a day, no silence, no clash, nothing dead, monotone, blind to who is favoured."""
    report = proofs.prove(_folder(catalogue))
    if json:
        print_json(report.as_json())
    else:
        _show(report)
    if not report.holds:
        raise typer.Exit(1)


def _show(report: proofs.Report) -> None:
    say(f"{report.rules} rules, {report.states:,} states of facts, folded into {report.folded:,}")
    for name, number in report.counts.items():
        say(f"  {number:>18,}  {name}")
    if report.declared:
        say("declared holes, and how often each was needed:")
    for group, reason, needed in report.declared:
        say(f"  {needed:>6,}  {group}: {reason.en}")
    for one in report.findings:
        place = f"{one.file}:{one.line}: " if one.file else ""
        say(f"{place}{one.check}: {one.subject}: {one.says}")
        if one.witness:
            say(f"    {_witness(one.witness)}")
    note("all proofs hold" if report.holds else f"{len(report.findings)} findings")


def _witness(facts: Facts) -> str:
    return "for instance: " + ", ".join(f"{name}={_plain(value)}" for name, value in facts.stated.items())


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)


def mutate(
    catalogue: Folder = None,
    examples: Annotated[
        Path | None, typer.Option("--examples", help="Further examples (YAML), scored apart from our own.")
    ] = None,
    *,
    json: AsJson = False,
) -> None:
    """Drop or turn each condition of each rule: a worked example must notice."""
    further = {}
    if examples is not None:
        further[examples.name] = proofs.others(read_text(examples, field="--examples"), str(examples))
    strength = proofs.mutate(_folder(catalogue), further)
    if json:
        print_json(strength.as_json())
    else:
        for score in strength.scores:
            _show_score(score, strength)
    if not strength.holds:
        raise typer.Exit(1)


def _show_score(score: proofs.Score, strength: proofs.Strength) -> None:
    noticed = score.mutants - len(score.survivors)
    say(
        f"{score.examples}: {score.count} examples notice {noticed} of {score.mutants} faults: {score.score:.1%} "
        f"({score.without_effect} more change no answer)"
    )
    for name in score.failing:
        say(f"  does not hold of this catalogue: {name}")
    for one in score.survivors:
        file, line = strength.places.of(one.subject)
        say(f"  not noticed: {f'{file}:{line}: ' if file else ''}{one.subject}: {one.what}")


def diff(
    old: Annotated[Path, typer.Argument(help="Folder of the older catalogue.")],
    new: Annotated[Path, typer.Argument(help="Folder of the newer one.")],
    facts: Annotated[
        Path | None, typer.Option("--facts", help="Past facts (JSONL, CSV, Parquet): which of them get another answer.")
    ] = None,
    *,
    json: AsJson = False,
) -> None:
    """Say what a change of the catalogue changes: rules, states of facts, answers to past facts."""
    folders = {"OLD": old, "NEW": new}
    for which, path in folders.items():
        _folder(path, which)
    past = None if facts is None else _past(facts)
    held = {which: _read(path, which) for which, path in folders.items()}
    difference = proofs.compare(held["OLD"], held["NEW"], past)
    if json:
        print_json(difference.as_json())
        return
    for words, names in (("added", difference.added), ("removed", difference.removed)):
        for name in names:
            say(f"{words}: {name}")
    for name, fields in difference.changed:
        say(f"changed: {name}: {', '.join(fields)}")
    changed = sum(one.states for one in difference.changed_states)
    say(f"{changed:,} of {difference.states:,} states of facts get another answer")
    for one in difference.changed_states:
        say(f"  {one.act}: {one.old} → {one.new}: {one.states:,} states, {_witness(one.witness)}")
    if difference.uncovered:
        say(f"{difference.uncovered:,} days of contests are covered by one of them only")
    for one_fact in difference.facts or ():
        say(f"line {one_fact.line}: {_brief(one_fact.old)} → {_brief(one_fact.new)}")
    if difference.facts is not None:
        say(f"{len(difference.facts)} of {difference.asked} past facts get another answer")


def _past(path: Path) -> list[tuple[int, Facts]]:
    if not is_batch(path):
        raise BadInput("past facts are a list: name a .jsonl, .csv or .parquet file", where=str(path))
    found: list[tuple[int, Facts]] = []
    for line, row in read_batch(path):
        if isinstance(row, BadInput):
            raise row
        try:
            found.append((line, facts_of(row)))
        except BadInput as problem:
            raise BadInput(str(problem), where=str(path), line=line) from None
    return found


def _brief(answer: proofs.Answer) -> str:
    if answer.problem:
        return f"no answer ({answer.problem})"
    rules = ", ".join(f"{rule} {status}" for rule, status in answer.rules)
    return f"{answer.outcome}{', contested' if answer.contested else ''} ({rules or 'no rule'})"
