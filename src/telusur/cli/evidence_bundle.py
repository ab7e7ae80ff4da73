"""``telusur evidence bundle`` and ``verify``: a case in a folder that anyone verifies, and its verifying."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import note, out, progress, say
from telusur.cli.inputs import read_text
from telusur.cli.stores import Actor, CaseOption, PassphraseFile, StoreArgument, actor_of, answer, grouped, open_store
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import bundle as bundles
from telusur.evidence import stamps, store

#: What was to be verified does not hold.
FAILED: Final = 1

_TELL: Final = Text(
    "Sampaikan sidik kunci ini kepada penerima lewat jalan lain, bukan bersama bundel:",
    "Tell whoever receives it this fingerprint on another way than with the bundle:",
)
_UNSTAMPED: Final = Text(
    "bundel ini tidak berstempel waktu, dan mengatakannya di dalam BACA-SAYA.txt",
    "the bundle has no timestamp, and says so in its README.txt",
)
_HOLDS: Final = Text(
    "UTUH: {files} berkas, {withheld} ditahan, log {size} entri.",
    "HOLDS: {files} files, {withheld} withheld, a log of {size} entries.",
)
_FAILS: Final = Text("TIDAK UTUH: {why}.", "DOES NOT HOLD: {why}.")
_STAMPED: Final = Text("Stempel waktu: {at} ({authority}).", "Timestamp: {at} ({authority}).")
_NO_TIME: Final = Text(
    "Waktu TIDAK diperiksa: tidak ada sertifikat akar (--tsa-root).",
    "Time was NOT checked: no root certificate was given (--tsa-root).",
)


def add_to(app: typer.Typer) -> None:
    """Add both commands."""
    app.command(epilog="Example: telusur evidence bundle berkas-kantor --case K-001 --out bundel-K-001")(bundle)
    app.command(epilog="Example: telusur evidence verify bundel-K-001 --key FINGERPRINT --tsa-root akar.pem")(verify)


def bundle(
    folder: StoreArgument,
    *,
    case: CaseOption,
    into: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to make; must not be there yet.")],
    redact: Annotated[
        list[str] | None, typer.Option("--redact", metavar="NAME", help="Withhold this file; repeat for more.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Withhold all files but this; repeat for more.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    actor: Actor = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Write a case's files with what proves them; withheld files are listed by their commitments."""
    if redact and only:
        raise BadInput("was given together with --only; give one of them", field="--redact")
    who = actor_of(actor)
    with open_store(folder, passphrase_file) as opened, progress(case):
        contents = store.gather(opened, case)
        if redact:
            contents = contents.withholding(redact)
        elif only:
            contents = contents.only(only)
        names = [piece.name for piece in contents.pieces if piece.seq in contents.withheld]
        made = bundles.make(
            contents, into, record=lambda made: store.exported(opened, case, made, actor=who, withheld=names)
        )
    if not contents.stamps:
        note(f"! {_UNSTAMPED.in_language(lang)}")
    if json:
        answer(
            "bundle",
            {
                "bundle": str(into),
                "key_fingerprint": made.fingerprint,
                "tree_size": made.size,
                "root": made.root.hex(),
                "files": len(made.names),
                "withheld": len(contents.withheld),
                "timestamps": len(contents.stamps),
            },
        )
        return
    out.print(f"→ {into}", markup=False)
    say(_TELL.in_language(lang))
    for row in grouped(made.fingerprint):
        out.print(f"  {row}", markup=False)


def verify(
    folder: Annotated[Path, typer.Argument(metavar="BUNDLE_DIR", help="Folder of the bundle.")],
    *,
    key: Annotated[
        str,
        typer.Option("--key", metavar="FINGERPRINT", help="Of the office's key, from its records: never the bundle's."),
    ],
    tsa_root: Annotated[
        Path | None, typer.Option("--tsa-root", metavar="PEM", help="Roots of its timestamp authorities.")
    ] = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Verify a bundle; ends with 1 if it does not hold. The bundle's own verify.sh says the same."""
    trust = None
    if tsa_root is not None:
        trust = stamps.Trust.read(read_text(tsa_root, field="--tsa-root"), where=str(tsa_root))
    found = bundles.verify(folder, key, trust)
    if json:
        answer(
            "bundle_check",
            {
                "bundle": str(folder),
                "holds": found.holds,
                "problem": None if found.problem is None else found.problem.as_json(),
                "files": found.files,
                "withheld": found.withheld,
                "tree_size": found.size,
                "root": found.root.hex(),
                "timestamps": None
                if found.stamps is None
                else [{"at": one.at.isoformat(), "authority": one.authority} for one in found.stamps],
            },
        )
    elif found.problem is not None:
        say(_FAILS.filled(why=found.problem.in_language(lang)).in_language(lang))
    else:
        words = _HOLDS.filled(files=found.files, withheld=found.withheld, size=found.size)
        say(words.in_language(lang))
        for one in found.stamps or ():
            say(_STAMPED.filled(at=one.at.isoformat(), authority=one.authority).in_language(lang))
        if found.stamps is None:
            say(_NO_TIME.in_language(lang))
        say(store.LIMITS_OF_INTEGRITY.in_language(lang))
    if not found.holds:
        raise typer.Exit(FAILED)
