"""``telusur balance audit``: one table of cases in; what may be said of it, and what may be published, out."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from telusur.cli.assess import AsJson
from telusur.cli.batch import read_batch
from telusur.cli.console import as_json, note, print_json, progress, say
from telusur.cli.inputs import read_day, read_text
from telusur.cli.stores import Actor, PassphraseFile, actor_of, open_store
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import check_report_folder, write_report_folder

if TYPE_CHECKING:
    from telusur import balance
    from telusur.balance import release

_AUDIT: Final = "audit.json"
_FILES: Final = (_AUDIT, "public/*.csv", "public/*.html", "public/*.json")
_KEY: Final = re.compile(r"[0-9a-f]{64}")
_KEY_BYTES: Final = 32


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: telusur balance audit cases.csv --out audit --plan plan.yaml --store kantor")(audit)


def audit(
    cases: Annotated[Path, typer.Argument(metavar="CASES", help="A row a case (CSV, Parquet, JSONL).")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the audit; what may be published lies in public/.")],
    plan: Annotated[
        Path | None, typer.Option("--plan", help="What is compared with what; telusur balance plan writes one.")
    ] = None,
    censored_on: Annotated[
        str | None, typer.Option("--censored-on", help="Cut-off (2024-11-30).", show_default="latest day")
    ] = None,
    store: Annotated[
        Path | None, typer.Option("--store", help="Store whose ledger holds the plan; the opening is recorded there.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    actor: Actor = None,
    key: Annotated[
        Path | None,
        typer.Option("--key", help="Key of the rounding, made if absent; the same for a whole series of releases."),
    ] = None,
    earlier: Annotated[
        list[Path] | None, typer.Option("--earlier", help="An earlier release (its public/), oldest first.")
    ] = None,
    *,
    with_thresholds: Annotated[
        bool, typer.Option("--thresholds", help="Run the threshold test too; minutes, from 1,000 examined cases on.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an older audit.")] = False,
    json: AsJson = False,
) -> None:
    """Audit cases: the funnel by group, tests that compare like with like, and a release that hides nobody's case."""
    from telusur import balance  # noqa: PLC0415 - seconds to load, and other commands need none of it
    from telusur.balance import release  # noqa: PLC0415 - same
    from telusur.dossier import balance_report  # noqa: PLC0415 - same

    check_report_folder(out, _FILES, what="an audit", force=force)
    chosen = balance.default_plan() if plan is None else balance.read_plan(read_text(plan, field="--plan"), str(plan))
    cut_off = None if censored_on is None else read_day(censored_on, "--censored-on")
    before = [release.read(folder) for folder in earlier or ()]
    held = _read(cases, cut_off)
    digest = _digest(cases)
    post_hoc = _opened(store, passphrase_file, actor, chosen.sha256, digest)
    with progress("auditing", 1) as bar:

        def tick(what: str, share: float) -> None:
            if bar:
                bar.update(bar.task_ids[0], description=what, completed=share)

        tested = _thresholds(held, chosen, tick) if with_thresholds else None
        found = balance.audit(held, chosen, data_sha256=digest, post_hoc=post_hoc, thresholds=tested, tick=tick)
        tick("release", 0.92)
        public = release.protect(
            found.tables,
            key=_key(key, again=bool(before)),
            earlier=before,
            below=chosen.suppress_below,
            base=chosen.round_to,
            dominance=chosen.dominance,
            detail=balance.bodies(held, chosen),
            as_of=found.censored_on.isoformat(),
        )
        shown = balance.published(found)
    files = {f"public/{name}": content for name, content in public.files().items()}
    last = before[-1] if before else None
    pages = {
        "public/report.html": balance_report.render(shown, public, "id", earlier=last),
        "public/report.en.html": balance_report.render(shown, public, "en", earlier=last),
    }
    document = balance.document(shown, public)
    write_report_folder(
        out,
        {**{name: page.encode() for name, page in pages.items()}, **files, _AUDIT: as_json(document).encode()},
    )
    _tell(found, public, out, as_json=json)
    if json:
        print_json(document)


def _read(path: Path, cut_off: date | None) -> balance.Cases:
    from telusur import balance  # noqa: PLC0415 - as above

    try:
        words = ("case", "beneficiary", "region", "rank", "source", "body", "phase", "relation", "handler", "order")
        return balance.read(read_batch(path, words=words), censored_on=cut_off)
    except BadInput as problem:
        raise BadInput(
            problem.words, where=problem.where or str(path), line=problem.line, field=problem.field
        ) from None


def _digest(path: Path) -> str:
    whole = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            whole.update(block)
    return whole.hexdigest()


def _opened(store: Path | None, passphrase_file: Path | None, actor: str | None, plan: str, data: str) -> Text | None:
    """Record that the data were opened, and say why the plan cannot count as made before."""
    from telusur.balance import registering  # noqa: PLC0415 - as above

    if store is None:
        return registering.post_hoc(None, plan=plan, data=data)
    with open_store(store, passphrase_file) as kept:
        records = registering.recorded(kept.ledger)
        if not any(one.kind == "data" and one.sha256 == data for one in records):
            with kept.acting():
                at = datetime.now(UTC).replace(microsecond=0)
                kept.ledger.append([registering.act("data", data, at=at, actor=actor_of(actor))])
    return registering.post_hoc(records, plan=plan, data=data)


def _thresholds(cases: balance.Cases, plan: balance.Plan, tick: balance.Tick) -> balance.Finding:
    from telusur.balance import thresholds  # noqa: PLC0415 - as above

    table = thresholds.from_cases(cases, plan)
    return thresholds.finding(thresholds.answer(table, setting="cases", seed=plan.seed, tick=tick))


def _key(path: Path | None, *, again: bool) -> bytes:
    """Give the key of the rounding: read, made, or for this release alone."""
    if path is None:
        if again:
            raise BadInput("an earlier release is named; name the key of its series", field="--key")
        note("no --key: this release is rounded by a key of its own, and no later one can follow it")
        return secrets.token_bytes(_KEY_BYTES)
    if path.exists():
        words = read_text(path, field="--key").strip()
        if not _KEY.fullmatch(words):
            raise BadInput("is no key; expected 64 hexadecimal digits, as telusur makes them", where=str(path))
        return bytes.fromhex(words)
    made = secrets.token_bytes(_KEY_BYTES)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(made.hex() + "\n", encoding="ascii")
    note(f"key of the series → {path}; keep it: later releases need it, and whoever has it can undo the rounding")
    return made


def _tell(found: balance.Audit, public: release.Release, out: Path, *, as_json: bool) -> None:
    left = sum(found.left_out.values())
    note(f"{found.n:,} cases, {left:,} rows left out or not compared, {public.suppressed:,} cells withheld → {out}")
    for reason, number in found.left_out.items():
        note(f"  {number:,} {reason.replace('_', ' ')}")
    if as_json:
        return
    if found.post_hoc is not None:
        say(f"! {found.post_hoc.id}")
        say(f"  {found.post_hoc.en}")
    for step in found.steps:
        say(f"{step.step}: {step.words.id}")
        say(f"    {step.words.en}")
