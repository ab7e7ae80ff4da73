"""``telusur new`` and ``telusur assess``: from a case folder to a dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape

from telusur import dossier
from telusur.cli.console import note, out, print_json, progress, say
from telusur.domain.text import Language, Text
from telusur.domain.when import day_words
from telusur.dossier import ActAssessment, Assessment, Speech

Lang = Annotated[
    Literal["id", "en"], typer.Option("--lang", help="Language of the answer: id (Indonesian) or en (English).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout and nothing else.")]

_PROBLEMS = Text(
    "masalah pada berkas bukti; lihat Daftar bukti di dossier.html",
    "problems with files of evidence; see List of evidence in dossier.html",
)
_FURTHER = Text(
    "{n} catatan lagi; lihat Catatan pembacaan di dossier.html", "{n} more; see Noticed while reading in dossier.html"
)
_RULES = Text("Aturan", "Rules")
_TRACING = Text("Penelusuran", "Tracing")
_WEIGHTS = Text(
    "Bobot dibanding “Pemilik akun sendiri yang melakukannya”",
    "Weights compared with “The owner of the account did it”",
)
_MISSING = Text("Belum diisi atau belum diputus", "Not filled in or not decided yet")
#: More notes than these would hide the answer.
_MOST_NOTES = 5


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: telusur new cases/2024-017")(new)
    app.command(epilog="Example: telusur assess examples/diambil-alih --out out/diambil-alih")(assess)


def new(
    case_dir: Annotated[Path, typer.Argument(help="Folder to make; a case.yaml in it is never overwritten.")],
    *,
    json: AsJson = False,
) -> None:
    """Make a case folder with a commented case.yaml to fill in."""
    path = dossier.write_template(case_dir)
    if json:
        print_json({"case": str(path)})
        return
    out.print(f"Buatlah isian di {path}; taruh berkas apa adanya di {case_dir / 'evidence'}.", markup=False)
    out.print(f"Fill in {path}; put files exactly as received into {case_dir / 'evidence'}.", markup=False)


def assess(
    case_dir: Annotated[Path, typer.Argument(help="Case folder with case.yaml and evidence/.")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the dossier.")],
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions",
            help="Decisions of named persons on account control and authenticity; form: examples/decisions.yaml.",
        ),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option("--store", help="Store of evidence that the files go into; bundle/ is written with their proofs."),
    ] = None,
    passphrase_file: Annotated[
        Path | None, typer.Option("--passphrase-file", help="Of the store's key; or set TELUSUR_PASSPHRASE.")
    ] = None,
    *,
    lang: Lang = "id",
    force: Annotated[bool, typer.Option("--force", help="Replace a dossier that lies there already.")] = False,
    json: AsJson = False,
) -> None:
    """Assess a case: what the rules say, who seems to have acted, what is missing; write the dossier."""
    case = dossier.read_case(case_dir)
    dossier.check_place(out_dir, case_dir, force=force)
    taken = dossier.read_decisions(decisions, case) if decisions else ()
    case = dossier.apply_decisions(case, taken)
    with progress(case.id, None) as bar:

        def step(what: str) -> None:
            if bar:
                bar.update(bar.task_ids[0], description=f"{case.id}: {what}")

        assessment = dossier.assess(case, taken, step)
        step("dossier")
        with _bundling(store, passphrase_file, assessment) as further:
            dossier.write(assessment, out_dir, lang, force=force, further=further)
    if json:
        print_json(assessment.as_json(lang))
    else:
        _summary(assessment, out_dir, lang)


@contextmanager
def _bundling(
    folder: Path | None, passphrase_file: Path | None, assessment: Assessment
) -> Iterator[Callable[[Path], object] | None]:
    """Keep the case's files in a store, and give what writes their bundle into the dossier."""
    if folder is None:
        yield None
        return
    # Loaded where it is needed: without a store nobody waits for it.
    from telusur.cli.kept_case import kept  # noqa: PLC0415

    with kept(folder, passphrase_file, assessment) as write_bundle:
        yield write_bundle


def _summary(assessment: Assessment, out_dir: Path, language: Language) -> None:
    out.rule(
        f"[bold]{escape(assessment.case.id)}[/bold] · {day_words(assessment.case.reported_on).in_language(language)}"
    )
    for act in assessment.acts:
        for line in _act_lines(act, language):
            say(line)
    for remark in assessment.case.notes[:_MOST_NOTES]:
        note(f"! {remark.in_language(language)}")
    further = len(assessment.case.notes) - _MOST_NOTES
    if further > 0:
        note(f"! {_FURTHER.in_language(language).format(n=further)}")
    records = {record.path: record for act in assessment.acts for record in act.records}
    problems = sum(len(item.problems) for item in assessment.evidence)
    problems += sum(len(record.problems) for record in records.values())
    if problems:
        note(f"{problems} {_PROBLEMS.in_language(language)}")
    out.print(f"→ {out_dir / 'dossier.html'}", markup=False)


def _act_lines(act: ActAssessment, language: Language) -> list[str]:
    speech = Speech(language)
    lines = [f"{act.act.id}  {speech.of(_RULES)}: {speech.of(act.determination.sentence)}"]
    if act.tracing is not None:
        combined = act.tracing.combined
        lines.append(f"    {speech.of(_TRACING)}: {speech.of(combined.verbal)}")
        bans = "; ".join(f"{speech.of(p.short)} {speech.bans(w.log10_lr)}" for p, w in combined.weights.items())
        if bans:
            lines.append(f"    {speech.of(_WEIGHTS)}: {bans}")
    if act.determination.missing:
        lines.append(f"    {speech.of(_MISSING)}: {', '.join(act.determination.missing)}")
    return lines
