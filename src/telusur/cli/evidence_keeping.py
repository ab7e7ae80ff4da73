"""``telusur evidence``: how long evidence is kept, erasing it, backups, and the key."""

from __future__ import annotations

import json as jsons
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import as_json, note, out, print_json, progress, say
from telusur.cli.inputs import check_file, read_day, read_text
from telusur.cli.stores import (
    Actor,
    By,
    CaseOption,
    PassphraseFile,
    StoreArgument,
    actor_of,
    answer,
    head_of,
    open_store,
    passphrase,
)
from telusur.domain.errors import BadInput
from telusur.domain.text import Language, Text
from telusur.evidence import store, write_bytes

_FAILED = 1
Grounds = Annotated[str, typer.Option("--grounds", help="Why: the rule or the order; it stays, so name no person.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    example = "Example: telusur evidence {} berkas-kantor {}"
    app.command(epilog=example.format("hold", "--case K-001 --grounds 'Gugatan PTUN' --by kepala"))(hold)
    app.command(epilog=example.format("release", "--case K-001 --grounds 'Putusan inkrah' --by kepala"))(release)
    app.command(epilog=example.format("close", "--case K-001 --as cleared --on 2024-05-01 --by kepala"))(close)
    app.command(epilog=example.format("due", "--on 2024-12-31"))(due)
    app.command(
        epilog=example.format("erase", "--case K-001 --grounds 'JRA 2024, nomor 7' --by kepala --out pemusnahan-K-001")
    )(erase)
    app.command(epilog="Example: telusur evidence proof pemusnahan-K-001/pemusnahan.json --key SIDIK")(proof)
    app.command(epilog=example.format("backup", "--out /media/cadangan/2024-04-01.tar"))(backup)
    app.command(
        epilog="Example: telusur evidence restore cadangan/2024-04-01.tar --out berkas-kantor --against kemarin.note"
    )(restore)
    app.command(epilog="Example: telusur evidence sweep berkas-kantor")(sweep)


def hold(
    folder: StoreArgument,
    case: CaseOption,
    grounds: Grounds,
    by: By,
    *,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Have nothing of a case be erased until this hold is released."""
    with open_store(folder, passphrase_file) as opened:
        seq = store.hold(opened, case, grounds=grounds, by=by)
        _recorded("hold", seq, case, _HELD, opened, lang, json=json)


def release(
    folder: StoreArgument,
    case: CaseOption,
    grounds: Grounds,
    by: By,
    *,
    which: Annotated[int | None, typer.Option("--hold", help="Its number, where several stand.")] = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Release a hold."""
    with open_store(folder, passphrase_file) as opened:
        seq = store.release(opened, case, grounds=grounds, by=by, seq=which)
        _recorded("release", seq, case, _RELEASED, opened, lang, json=json)


def close(
    folder: StoreArgument,
    case: CaseOption,
    stage: Annotated[str, typer.Option("--as", help="What it came to: a stage of the schedule of retention.")],
    on: Annotated[str, typer.Option("--on", help="The day on which it did, YYYY-MM-DD.")],
    by: By,
    *,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Say what a case came to (cleared, decided, ...): the days of its evidence are counted from then."""
    with open_store(folder, passphrase_file) as opened:
        seq = store.close(opened, case, stage=stage, on=read_day(on, "--on"), by=by)
        found = store.keeping(opened, case)
        days = sorted({one.on for one in found.files if one.on is not None})
        if json:
            content = {"case": case, "seq": seq, **found.as_json(_today()), **head_of(opened)}
            answer("close", content)
            return
        say(_CLOSED.filled(case=case, stage=found.stage.title.in_language(lang), seq=seq).in_language(lang))
        for day in days:
            say(f"  {_ERASE_ON.filled(day=day).in_language(lang)}")


def due(
    folder: StoreArgument,
    *,
    on: Annotated[str | None, typer.Option("--on", help="The day asked for.", show_default="today")] = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """List what is to be erased by a day, and what a hold keeps; every period is told with its source and status."""
    day = _today() if on is None else read_day(on, "--on")
    with open_store(folder) as opened:
        found = list(store.all_keeping(opened))
    if json:
        answer("due", {"on": day.isoformat(), "cases": [one.as_json(day) for one in found]})
        return
    for one in found:
        _say_due(one, day, lang)
    note(_ASSUMED.in_language(lang))


def _say_due(one: store.Keeping, day: date, lang: Language) -> None:
    now = one.due(day)
    since = f" ({one.state.since})" if one.state.since else ""
    say(f"{one.case}: {one.stage.title.in_language(lang)}{since}")
    for held in one.state.holds:
        say(f"  {_HOLD_STANDS.filled(seq=held.seq, by=held.by, grounds=held.grounds).in_language(lang)}")
    for file in one.files:
        mark = "→" if file.item in now else " "
        when = file.on.isoformat() if file.on else _KEPT.in_language(lang)
        say(f"  {mark} {when}  {file.item.name}  [{file.period.status}]")


def erase(
    folder: StoreArgument,
    case: CaseOption,
    *,
    grounds: Annotated[
        str, typer.Option("--grounds", help="Why: the rule or the order; it stays in the ledger, so name no person.")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="Who answers for this, for the ledger.")] = "",
    to: Annotated[Path | None, typer.Option("--out", help="Folder to make for the proof of destruction.")] = None,
    only_due: Annotated[bool, typer.Option("--due", help="Only what the schedule of retention wants gone.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be destroyed.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Only write the proof of an earlier destruction anew.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask on a terminal.")] = False,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Destroy what a case holds, for good: keys and salts first, then files; the ledger still verifies."""
    with open_store(folder, passphrase_file) as opened:
        if again:
            _again(opened, case, _proof_folder(to), lang, json=json)
            return
        planned = store.plan(opened, case, due_on=opened.now().date() if only_due else None)
        if dry_run:
            _dry(planned, lang, json=json)
            return
        if not grounds.strip() or not by.strip():
            raise BadInput("are missing; they stay in the ledger as the record of why and who", field="--grounds, --by")
        place = _proof_folder(to)
        if not yes and sys.stdin.isatty() and sys.stderr.isatty():
            _confirm(planned, lang)
        day = opened.now().date() if only_due else None
        made = store.erase(opened, case, grounds=grounds, by=by, due_on=day)
        _write_proof(made, place, lang)
        backups = [line for line in store.lines(opened) if (line.detail or {}).get("what") == "backup"]
    for words in (*((_BACKUPS.filled(count=len(backups)),) if backups else ()), _OUTSIDE):
        note(f"! {words.in_language(lang)}")
    if json:
        print_json(made.as_json())
        return
    say(_ERASED.filled(objects=made.said["objects"], bytes=made.said["bytes"]).in_language(lang))
    out.print(f"→ {place}", markup=False)


def _again(opened: store.Store, case: str, place: Path, lang: Language, *, json: bool) -> None:
    found = store.earlier(opened, case)
    if not found:
        raise BadInput("no case of this name was destroyed here", field="--case")
    made = store.proof_of(opened, found[-1], case)
    _write_proof(made, place, lang)
    if json:
        print_json(made.as_json())
    else:
        out.print(f"→ {place}", markup=False)


def _proof_folder(to: Path | None) -> Path:
    if to is None:
        raise BadInput(
            "is missing; name a folder for the proof of destruction, which the store does not keep", field="--out"
        )
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise BadInput("something lies here already; name another folder", where=str(to))
    # Made before anything is destroyed: a place that cannot be written is told while there is still a choice.
    to.mkdir(parents=True, exist_ok=True)
    return to


def _write_proof(made: store.Proof, place: Path, lang: Language) -> None:
    write_bytes(place / "pemusnahan.json", as_json(made.as_json()).encode(), force=True)
    write_bytes(place / "pemusnahan.html", store.page(made, lang, "pemusnahan.json").encode(), force=True)


def _dry(planned: store.Plan, lang: Language, *, json: bool) -> None:
    if json:
        files = [{"seq": one.seq, "name": one.name, "sha256": one.sha256} for one in planned.files]
        content = {"case": planned.case, "whole": planned.whole, "objects": len(planned.objects)}
        answer("erase_plan", {**content, "bytes": planned.size, "entries": list(planned.entries), "files": files})
        return
    for one in planned.files:
        say(f"  {one.name}  {one.sha256[:16]}  {one.size}")
    say(_WOULD.filled(objects=len(planned.objects), bytes=planned.size, entries=len(planned.entries)).in_language(lang))


def _confirm(planned: store.Plan, lang: Language) -> None:
    _dry(planned, lang, json=False)
    typed = typer.prompt(_TYPE.in_language(lang), err=True, default="", show_default=False)
    if typed != planned.case:
        raise BadInput("was not typed as it is; nothing was destroyed", field="--case")


def proof(
    file: Annotated[Path, typer.Argument(help="pemusnahan.json, as erase wrote it.")],
    key: Annotated[str, typer.Option("--key", help="Fingerprint of the log's key, from an official record.")],
    *,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Verify a proof of destruction, without the store; exit 1 if it does not hold."""
    try:
        document = jsons.loads(read_text(file, field="FILE"))
    except (ValueError, RecursionError):
        raise BadInput("is no JSON; name the pemusnahan.json that erase wrote", where=str(file)) from None
    if not isinstance(document, dict):
        raise BadInput("is no proof of destruction made by Telusur", where=str(file))
    problems: tuple[Text, ...]
    try:
        problems = store.verify(store.Proof.of(document), key)
    except BadInput as refused:
        problems = (refused.words,)
    if json:
        answer("destruction_check", {"holds": not problems, "problems": [words.as_json() for words in problems]})
    elif problems:
        say(_NOT_PROVED.in_language(lang))
    else:
        say(_PROVED.filled(case=document["case"], at=document["at"]).in_language(lang))
    for words in problems:
        note(f"✗ {words.in_language(lang)}")
    if problems:
        raise typer.Exit(_FAILED)


def backup(
    folder: StoreArgument,
    to: Annotated[Path, typer.Option("--out", help="Where the file goes; on another disk.")],
    *,
    with_keys: Annotated[bool, typer.Option("--with-keys", help="Put the keys in, under the passphrase.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing --out.")] = False,
    actor: Actor = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Write the store into one file, consistent while it is in use; the files in it stay encrypted."""
    given = passphrase(passphrase_file) if with_keys else None
    with open_store(folder, passphrase_file) as opened:
        made = store.backup(opened, to, actor=actor_of(actor), passphrase=given, with_keys=with_keys, force=force)
    if not with_keys:
        note(f"! {_WITHOUT_KEYS.in_language(lang)}")
    if json:
        answer("backup_made", {"backup": str(to), **made.as_json()})
        return
    say(_BACKED_UP.filled(size=made.size, objects=made.objects).in_language(lang))
    out.print(f"→ {to}", markup=False)


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    to: Annotated[Path, typer.Option("--out", help="Folder of the store; it must not be there yet.")],
    *,
    against: Annotated[
        Path | None,
        typer.Option("--against", help="The newest signed note that you hold: shows whether the backup is older."),
    ] = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Put a store back from a backup, only if all of it holds; exit 1 and nothing put there if not."""
    kept = check_file(against, field="--against").read_bytes() if against is not None else None
    with progress("restore") as bar:

        def step(part: str, done: int, whole: int) -> None:
            if bar:
                bar.update(bar.task_ids[0], description=part, completed=done, total=whole)

        found = store.restore(file, to, ask=lambda: passphrase(passphrase_file), against=kept, progress=step)
    for words in found.notices:
        note(f"! {words.in_language(lang)}")
    for words in found.problems:
        note(f"✗ {words.in_language(lang)}")
    if json:
        content = {"store": str(to), "holds": found.holds, "tree_size": found.size, "root": found.root.hex()}
        problems = [words.as_json() for words in found.problems]
        answer("restored", {**content, "files": found.files, "problems": problems})
    else:
        words = _RESTORED.filled(size=found.size, files=found.files) if found.holds else _NOT_RESTORED
        say(words.in_language(lang))
    if not found.holds:
        raise typer.Exit(_FAILED)


def sweep(folder: StoreArgument, *, lang: Lang = "id", json: AsJson = False) -> None:
    """Remove what a crash left: objects that no row names, files never written to their end."""
    with open_store(folder) as opened:
        found = opened.sweep()
    if json:
        answer("swept", {"orphans": found.orphans, "unfinished": found.unfinished})
    else:
        say(_SWEPT.filled(orphans=found.orphans, unfinished=found.unfinished).in_language(lang))


def _recorded(name: str, seq: int, case: str, words: Text, opened: store.Store, lang: Language, *, json: bool) -> None:
    if json:
        answer(name, {"case": case, "seq": seq, **head_of(opened)})
    else:
        say(words.filled(case=case, seq=seq).in_language(lang))


def _today() -> date:
    return datetime.now(UTC).date()


_HELD = Text(
    "Perkara {case} ditahan dari pemusnahan (entri {seq})", "The case {case} is held from erasure (entry {seq})"
)
_RELEASED = Text(
    "Penahanan perkara {case} dilepas (entri {seq})", "A hold on the case {case} is released (entry {seq})"
)
_CLOSED = Text("Perkara {case}: {stage} (entri {seq})", "Case {case}: {stage} (entry {seq})")
_ERASE_ON = Text("dimusnahkan mulai {day}", "to be erased from {day}")
_HOLD_STANDS = Text("ditahan (entri {seq}, {by}): {grounds}", "held (entry {seq}, {by}): {grounds}")
_KEPT = Text("disimpan  ", "kept      ")
_ASSUMED = Text(
    "[assumed]: usulan Telusur, bukan jadwal retensi resmi; letakkan retention.yaml kantor di folder simpanan",
    "[assumed]: Telusur's proposal, no official schedule; put the office's retention.yaml into the folder of the store",
)
_ERASED = Text(
    "Dimusnahkan: {objects} berkas, {bytes} bita. Simpan bukti pemusnahan ini; simpanan tidak menyebut perkaranya lagi",
    "Destroyed: {objects} files, {bytes} bytes. File this proof of destruction; the store names the case no longer",
)
_WOULD = Text(
    "Akan dimusnahkan: {objects} berkas, {bytes} bita; {entries} entri tidak dapat dibuka lagi",
    "Would be destroyed: {objects} files, {bytes} bytes; {entries} entries could no longer be opened",
)
_TYPE = Text("Ketik nama perkara untuk memusnahkan", "Type the name of the case to destroy it")
_BACKUPS = Text(
    "{count} cadangan pernah dibuat; yang memuat perkara ini masih memuatnya: musnahkan atau ganti",
    "{count} backups were made; those that hold this case still do: destroy or replace them",
)
_OUTSIDE = Text(
    "bundel dan salinan yang sudah keluar dari simpanan tidak terjangkau",
    "bundles and copies that have left the store are not reached",
)
_PROVED = Text("Berlaku: perkara {case} dimusnahkan pada {at}", "Holds: the case {case} was destroyed on {at}")
_NOT_PROVED = Text("TIDAK BERLAKU", "DOES NOT HOLD")
_WITHOUT_KEYS = Text(
    "kunci tidak ada di dalamnya; tanpa keys/root.key tidak ada berkas yang dapat dibuka dari cadangan ini",
    "the keys are not in it; without keys/root.key no file can be opened from this backup",
)
_BACKED_UP = Text("{size} entri dan {objects} berkas disalin", "{size} entries and {objects} files copied")
_RESTORED = Text("Pulih dan utuh: {size} entri, {files} berkas", "Restored and whole: {size} entries, {files} files")
_NOT_RESTORED = Text("TIDAK dipulihkan: cadangan ini tidak utuh", "NOT restored: the backup does not hold")
_SWEPT = Text(
    "{orphans} berkas tanpa baris dan {unfinished} berkas setengah jadi dibuang",
    "{orphans} objects without a row and {unfinished} unfinished files removed",
)
