"""``telusur balance``: is enforcement even-handed, and can anybody check."""

from __future__ import annotations

import json as jsonlib
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer

from telusur.cli import balance_audit
from telusur.cli.assess import AsJson
from telusur.cli.batch import read_batch
from telusur.cli.console import note, print_json, progress, say
from telusur.cli.inputs import read_text
from telusur.cli.stores import Actor, PassphraseFile, actor_of, answer, open_store
from telusur.domain.errors import BadInput
from telusur.evidence import check_report_folder, write_report_folder, written_beside

#: What does not hold.
FAILED = 1

_THRESHOLDS = ("thresholds.csv", "thresholds.json")

app = typer.Typer(
    name="balance",
    help="Is enforcement even-handed, and can anybody check.",
    epilog="Example: telusur balance audit cases.csv --out audit",
    no_args_is_help=True,
)
balance_audit.add_to(app)


@app.command(epilog="Example: telusur balance plan plan.yaml, then: telusur balance plan plan.yaml --store kantor")
def plan(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Plan to write, or to record.")] = None,
    store: Annotated[
        Path | None, typer.Option("--store", help="Record the plan in this store's ledger, before the data are opened.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    actor: Actor = None,
    *,
    json: AsJson = False,
) -> None:
    """Write a commented plan to fill in, or record one in a ledger; a changed plan is a new plan."""
    from telusur.balance import default_plan, read_plan, registering, template  # noqa: PLC0415 - seconds to load, and other commands need none of it

    if file is not None and not file.exists() and store is None:
        with written_beside(file) as to:
            to.write(template().encode())
        note(f"a plan to fill in → {file}; record it before the data are opened: telusur balance plan {file} --store …")
    found = default_plan() if file is None else read_plan(read_text(file, field="FILE"), str(file))
    recorded_at = None
    if store is not None:
        with open_store(store, passphrase_file) as kept:
            before = registering.recorded(kept.ledger)
            known = next((one for one in before if one.kind == "plan" and one.sha256 == found.sha256), None)
            recorded_at = known.at if known else datetime.now(UTC).replace(microsecond=0)
            if known is None:
                with kept.acting():
                    act = registering.act("plan", found.sha256, at=recorded_at, actor=actor_of(actor))
                    kept.ledger.append([act])
        note(f"recorded {recorded_at.isoformat()}" + (" (was recorded before)" if known else ""))
    if json:
        at = None if recorded_at is None else recorded_at.isoformat()
        answer("balance_plan_record", {"sha256": found.sha256, "recorded_at": at})
    else:
        say(f"{found.sha256}  {file or 'plan.yaml'}")
        if file is None:
            say(template())


@app.command("thresholds", epilog="Example: telusur balance thresholds stops.csv --out thresholds")
def run_thresholds(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Counts by place and group (CSV, Parquet, JSONL).")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the answer.")],
    place: Annotated[str, typer.Option("--place", help="Column of the place.")] = "location_variable",
    group: Annotated[str, typer.Option("--group", help="Column of the group.")] = "driver_race",
    n: Annotated[str, typer.Option("--n", help="Column of those who could be examined.")] = "num_stops",
    examined: Annotated[str, typer.Option("--examined", help="Column of those who were.")] = "num_searches",
    hits: Annotated[str, typer.Option("--hits", help="Column of those of them that proved true.")] = "num_hits",
    part: Annotated[str, typer.Option("--part", help="Column that parts the file into tables of their own.")] = "state",
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same file and seed, same bytes.")] = 0,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace an older answer.")] = False,
    json: AsJson = False,
) -> None:
    """Estimate how much evidence is asked of each group before somebody is examined, by two families of models."""
    from telusur.balance import thresholds  # noqa: PLC0415 - seconds to load, and other commands need none of it

    check_report_folder(out, _THRESHOLDS, what="a threshold test", force=force)
    columns = thresholds.Columns(place, group, n, examined, hits, part)
    try:
        tables = thresholds.read_tables(read_batch(file, words=(place, group, part)), columns)
    except BadInput as problem:
        raise BadInput(
            problem.words, where=problem.where or str(file), line=problem.line, field=problem.field
        ) from None
    found = []
    with progress("sampling", len(tables)) as bar:
        for number, table in enumerate(tables):

            def tick(what: str, share: float, *, before: int = number, name: str = table.name) -> None:
                if bar:
                    half = share / 2 if what == "beta" else 0.5 + share / 2
                    bar.update(bar.task_ids[0], description=f"{name} {what}".strip(), completed=before + half)

            found.append(thresholds.answer(table, seed=seed, tick=tick))
    document = thresholds.document(found, file=file.name, sha256=sha256(file.read_bytes()).hexdigest())
    text = jsonlib.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    write_report_folder(out, {_THRESHOLDS[0]: thresholds.bars_csv(found).encode(), _THRESHOLDS[1]: text.encode()})
    if json:
        print_json(document)
    else:
        for one in found:
            say(f"{one.table.name or file.name}: {one.words.id}")
            say(f"    {one.words.en}")
        note(f"{len(found)} tables → {out}")


@app.command("check-table", epilog="Example: telusur balance check-table table.yaml, or: --shipped")
def check_table(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A telusur.table/1 (YAML or JSON).")] = None,
    *,
    shipped: Annotated[
        bool, typer.Option("--shipped", help="Check what publishers printed on ASN neutrality, as shipped.")
    ] = False,
    json: AsJson = False,
) -> int:
    """Check whether a printed table adds up, with the arithmetic; ends with 1 where something does not."""
    from telusur.balance import printed  # noqa: PLC0415 - seconds to load, and other commands need none of it

    if (file is None) != shipped:
        raise BadInput("name one FILE, or say --shipped; not both", field="FILE")
    if file is not None:
        named = [(str(file), printed.read(read_text(file, field="FILE"), str(file)))]
    else:
        named = [(name, printed.shipped_table(name)) for name in printed.shipped()]
    documents = []
    holds = True
    for name, table in named:
        sums = printed.check(table)
        holds = holds and printed.adds_up(sums)
        documents.append({**printed.document(table, sums), "name": name})
        if json:
            continue
        say(f"{name}: {table.title.id} / {table.title.en}")
        for one in sums:
            say(f"  {'=' if one.holds else '≠'} {one.words.id}")
            say(f"      {one.words.en}")
        if not sums:
            say("  tidak ada hubungan yang dapat diperiksa / nothing to check")
    if json:
        if file is None:
            answer("table_checks", {"adds_up": holds, "tables": documents})
        else:
            print_json(documents[0])
    return 0 if holds else FAILED


@app.command(epilog="Example: telusur balance attack audit-2024/public audit-2025/public")
def attack(
    folders: Annotated[list[Path], typer.Argument(metavar="RELEASE_DIR...", help="Published releases, oldest first.")],
    *,
    json: AsJson = False,
) -> int:
    """Try to find out what releases withhold, from all of them together; ends with 1 where something is found."""
    from telusur.balance import release  # noqa: PLC0415 - seconds to load, and other commands need none of it

    found = release.attack([release.read(folder) for folder in folders])
    known: list[dict[str, Any]] = [
        {"release": one.release, "what": one.what, "cell": dict(one.cell), "lower": one.lower, "upper": one.upper}
        for one in found.recovered
    ]
    if json:
        told = {"consistent": found.consistent, "complete": found.complete}
        answer("balance_attack", {"tried": len(found.targets), "recovered": known, **told})
    else:
        say(f"{len(found.targets)} hitungan dicoba, {len(known)} terbuka / counts tried, {len(known)} recovered")
        for one in known:
            cell = ", ".join(f"{dim} {value}" for dim, value in one["cell"].items()) or "total"
            say(f"  rilis {one['release']}: {cell}: {one['lower']}–{one['upper']}")
        if not found.consistent:
            say("  angka-angka ini saling bertentangan / these figures contradict each other")
    return FAILED if known else 0
