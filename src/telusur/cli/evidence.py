"""``telusur evidence``: custody that anyone can verify. Each part of it lies in a module of its own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from telusur.cli import evidence_bundle, evidence_copy, evidence_keeping, evidence_key, evidence_stamp, evidence_witness
from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import note, out, progress, say
from telusur.cli.inputs import check_file, read_text
from telusur.cli.stores import (
    Actor,
    PassphraseFile,
    StoreArgument,
    actor_of,
    answer,
    grouped,
    head_of,
    in_one_line,
    open_store,
    passphrase,
)
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade, SourceKind, Supplier
from telusur.domain.text import Language, Text
from telusur.dossier import Source
from telusur.evidence import stamps, store, write_bytes
from telusur.evidence.store import Store
from telusur.office import custody

#: What does not hold.
FAILED = 1

app = typer.Typer(
    name="evidence",
    help="Keep evidence so that anyone can verify that nothing was altered.",
    epilog="Example: telusur evidence init berkas-kantor",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_FINGERPRINT = Text("SIDIK KUNCI", "KEY FINGERPRINT")
_PUBLISH = Text(
    "Cantumkan sidik ini pada setiap berita acara dan umumkan. Siapa pun yang memeriksa bundel harus menerimanya lewat "
    "jalan lain daripada bundel itu sendiri.",
    "Put this fingerprint on every official record and publish it. Whoever verifies a bundle has to be told it on "
    "another way than the bundle itself.",
)
_OPEN_KEY = Text(
    "kunci log disimpan TANPA frasa sandi: siapa pun yang membaca keys/log.key dapat menandatangani atas nama kantor",
    "the log's key is kept WITHOUT a passphrase: whoever reads keys/log.key can sign in the office's name",
)
_KEEP_ROOT = Text(
    "keys/root.key membuka semua berkas dan tidak dapat dibuat ulang; cadangkan dengan "
    "`telusur evidence backup --with-keys`",
    "keys/root.key opens all files and cannot be made again; keep a copy by `telusur evidence backup --with-keys`",
)
_NO_AUTHORITY = Text(
    "belum ada otoritas stempel waktu: bundel akan menyatakan bahwa ia tidak berstempel waktu",
    "no timestamp authority is configured: bundles will say that they have no timestamp",
)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module, and of those that stand beside it."""
    app.command(epilog="Example: telusur evidence init berkas-kantor --sheet lembar-kunci.txt")(init)
    app.command(epilog="Example: telusur evidence add berkas-kantor --case K-001 tangkapan.png")(add)
    app.command(epilog="Example: telusur evidence checkpoint berkas-kantor --out 2024-04-01.note")(checkpoint)
    app.command(epilog="Example: telusur evidence ledger berkas-kantor --verify")(ledger)


def init(
    folder: StoreArgument,
    *,
    name: Annotated[str, typer.Option("--name", help="What the office calls it.", show_default="the folder's")] = "",
    sheet: Annotated[
        Path | None, typer.Option("--sheet", help="Where the printable backup of the signing key goes.")
    ] = None,
    authority: Annotated[
        list[str] | None,
        typer.Option("--authority", help="Address of a timestamp authority (RFC 3161); repeat, each with --root."),
    ] = None,
    root: Annotated[
        list[Path] | None, typer.Option("--root", help="PEM with the root of that authority, in the same order.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    actor: Actor = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Make a store of evidence with its keys; an existing folder is never written over."""
    who = actor_of(actor)
    authorities = _authorities(authority or [], root or [])
    if sheet is not None and sheet.exists():
        raise BadInput("a file lies here already; name another --sheet", where=str(sheet))
    # A store whose sheet could not be written would be there all the same.
    if sheet is not None and not (sheet.parent.is_dir() and os.access(sheet.parent, os.W_OK)):
        raise BadInput("no file can be written here; make its folder, or name another --sheet", where=str(sheet))
    chosen = passphrase(passphrase_file, new=True)
    title = name.strip() or folder.absolute().name
    with Store.create(folder, name=title, actor=who, passphrase=chosen, authorities=authorities) as made:
        if sheet is not None:
            write_bytes(sheet, made.key.sheet(lang, chosen).encode())
            sheet.chmod(0o600)
        for words in (*(() if chosen else (_OPEN_KEY,)), *(() if authorities else (_NO_AUTHORITY,)), _KEEP_ROOT):
            note(f"! {words.in_language(lang)}")
        if json:
            content = {"store": str(folder), "name": title, "vkey": made.key.vkey, **head_of(made)}
            answer("store_made", {**content, "authorities": [one.name for one in authorities]})
            return
        _show_fingerprint(made.fingerprint, lang)
        if sheet is not None:
            out.print(f"→ {sheet}", markup=False)


def _show_fingerprint(fingerprint: str, lang: Language) -> None:
    rows = grouped(fingerprint)
    width = len(rows[0]) + 6
    title = f" {_FINGERPRINT.in_language(lang)} "
    out.print(f"┌{title:─^{width}}┐\n│{'':{width}}│", markup=False)
    for row in rows:
        out.print(f"│{row:^{width}}│", markup=False)
    out.print(f"│{'':{width}}│\n└{'─' * width}┘", markup=False)
    out.print(fingerprint, markup=False)
    say(_PUBLISH.in_language(lang))


def _authorities(urls: list[str], roots: list[Path]) -> tuple[stamps.Authority, ...]:
    if len(urls) != len(roots):
        raise BadInput(
            f"{len(urls)} --authority and {len(roots)} --root were given; give one root for each, in the same order",
            field="--authority",
        )
    found: list[stamps.Authority] = []
    for url, root in zip(urls, roots, strict=True):
        pem = read_text(root, field="--root")
        try:
            found.append(stamps.Authority(_name_of(url, [one.name for one in found]), url, pem))
        except BadInput as fault:
            raise BadInput(fault.words, where=str(root) if fault.field is None else None, field="--authority") from None
    return tuple(found)


def _name_of(url: str, taken: list[str]) -> str:
    """Give a short name from an address: its server's, numbered where two have the same."""
    server = url.partition("://")[2].partition("/")[0].partition(":")[0].lower()
    stem = "".join(character if character.isalnum() and character.isascii() else "-" for character in server)
    stem = stem.strip("-")[:36] or "otoritas"
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return name


def add(
    folder: StoreArgument,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files exactly as received, or folders.")],
    case: Annotated[str, typer.Option("--case", help="The case that they belong to.")],
    *,
    kind: Annotated[SourceKind | None, typer.Option("--kind", help="What they are.")] = None,
    grade: Annotated[
        Literal["A", "B", "C", "D", "E"] | None,
        typer.Option("--grade", help="Capture grade.", show_default="by kind and supplier"),
    ] = None,
    supplied_by: Annotated[Supplier | None, typer.Option("--supplied-by", help="Who gave them.")] = None,
    taken_before_officer: Annotated[
        bool | None,
        typer.Option(
            "--taken-before-officer/--not-before-officer", help="Whether an officer was present, with minutes."
        ),
    ] = None,
    claimed_at: Annotated[
        str | None,
        typer.Option("--claimed-at", help="When they were made, as somebody says: time with zone, or day."),
    ] = None,
    captured_at: Annotated[
        str | None,
        typer.Option("--captured-at", help="When they were captured, as noted then: time with zone, or day."),
    ] = None,
    actor: Actor = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Keep files in a case: hashed, encrypted, recorded and signed; all of them or none."""
    derived = Source("", kind, supplied_by, taken_before_officer).grade
    receipt = store.Receipt(
        kind, Grade(grade) if grade else derived, supplied_by, taken_before_officer, claimed_at, captured_at
    )
    with open_store(folder, passphrase_file) as opened:
        given = store.given(files, receipt)
        again = store.earlier(opened, case)
        with progress(case, len(given)) as bar:

            def step(name: str) -> None:
                if bar:
                    bar.update(bar.task_ids[0], advance=1, description=name[-40:])

            kept = store.add(opened, case, given, actor=actor_of(actor), step=step)
        for seq in again:
            note(f"! {_AGAIN.filled(seq=seq).in_language(lang)}")
        note(store.LIMITS_OF_INTEGRITY.in_language(lang))
        if json:
            content = {"case": case, "items": [item.as_json() for item in kept], **head_of(opened)}
            answer("added", {**content, "limits": store.LIMITS_OF_INTEGRITY.as_json()})
            return
        for item in kept:
            say(in_one_line(f"{item.seq}  {item.sha256}  {item.grade}  {item.name}"))
            for problem in item.problems:
                note(in_one_line(f"! {item.name}: {problem[lang]}"))
        objects = len({item.sha256 for item in kept})
        say(_ADDED.filled(files=len(kept), objects=objects, case=case).in_language(lang))


_AGAIN = Text(
    "perkara dengan nama ini pernah dimusnahkan (entri {seq}); ini permulaan baru",
    "a case of this name was destroyed before (entry {seq}); this is a new beginning",
)
_ADDED = Text(
    "{files} berkas ({objects} isi berbeda) disimpan dalam perkara {case}",
    "{files} files ({objects} different ones) kept in the case {case}",
)


def checkpoint(
    folder: StoreArgument,
    *,
    to: Annotated[Path | None, typer.Option("--out", help="Where the signed note goes.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing --out.")] = False,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Give the signed state of the ledger, to be kept elsewhere, and have it stamped where authorities are set."""
    if to is not None and to.resolve().is_relative_to(folder.resolve()):
        raise BadInput("lies in the store itself; a checkpoint is kept elsewhere", where=str(to))
    with open_store(folder, passphrase_file) as opened:
        signed, asked = opened.checkpoint()
        if to is not None:
            write_bytes(to, signed, force=force)
            note(f"→ {to}")
        if asked:
            note(_ASKED.filled(count=asked, store=folder).in_language(lang))
        if json:
            content = {"store": str(folder), **head_of(opened), "note": signed.decode(), "stamps_asked": asked}
            answer("checkpoint", content)
        elif to is None:
            out.print(signed.decode().rstrip("\n"), markup=False)


_ASKED = Text(
    "{count} stempel waktu menunggu; kirim dengan `telusur evidence stamp {store}`",
    "{count} timestamps wait; send for them with `telusur evidence stamp {store}`",
)
_HOLDS = Text("Utuh: {size} entri, {files} berkas; akar {root}", "Holds: {size} entries, {files} files; root {root}")
_OFFICE_HOLDS = Text(
    "Utuh: {size} entri, setiap langkah dan setiap berkas kantor; akar {root}",
    "Holds: {size} entries, every step and every file of the office; root {root}",
)
_BROKEN = Text("TIDAK UTUH: {count} masalah", "DOES NOT HOLD: {count} problems")
_CLOSED = Text("(sudah dimusnahkan)", "(destroyed)")


def ledger(
    folder: StoreArgument,
    *,
    verify: Annotated[bool, typer.Option("--verify", help="Verify everything; exit 1 if it does not hold.")] = False,
    case: Annotated[str | None, typer.Option("--case", help="List only the entries of this case.")] = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="A signed note kept elsewhere that it must have grown from.")
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", help="Fingerprint of the log's key, from an official record.")
    ] = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """List the ledger's entries, or verify ledger, signatures and every kept file."""
    if key is not None and (len(key) != 64 or set(key) - set("0123456789abcdef")):  # noqa: PLR2004 - SHA-256 in hex
        raise BadInput("is no fingerprint: 64 lower-case hexadecimal digits are expected", field="--key")
    kept = check_file(against, field="--against").read_bytes() if against is not None else None
    if custody.is_office(folder):
        if not verify or against is not None:
            raise BadInput(
                "holds an office: its pages list the entries of each case; to check it, use --verify without --against",
                where=str(folder),
            )
        held = custody.verify(folder, key=key)
        _verdict(
            _Verdict(held.size, held.root, None, held.fingerprint, held.problems, held.notices), folder, lang, json
        )
        return
    with open_store(folder) as opened:
        if verify or against is not None or key is not None:
            _verify(opened, folder, key, kept, lang, json=json)
        else:
            _list(opened, case, lang, json=json)


class _Verdict(NamedTuple):
    """What the check of a store or an office came to; of an office's files no number is told."""

    size: int
    root: bytes
    files: int | None
    fingerprint: str
    problems: tuple[Text, ...]
    notices: tuple[Text, ...]


def _verify(opened: Store, folder: Path, key: str | None, kept: bytes | None, lang: Language, *, json: bool) -> None:
    with progress("ledger") as bar:

        def step(part: str, done: int, whole: int) -> None:
            if bar:
                bar.update(bar.task_ids[0], description=part, completed=done, total=whole)

        found = store.check(opened, fingerprint=key, against=kept, progress=step)
    verdict = _Verdict(
        found.size, found.root, found.files, opened.fingerprint, tuple(found.problems), tuple(found.notices)
    )
    _verdict(verdict, folder, lang, json)


def _verdict(found: _Verdict, folder: Path, lang: Language, json: bool) -> None:
    for words in found.notices:
        note(f"! {words.in_language(lang)}")
    for words in found.problems:
        note(f"✗ {words.in_language(lang)}")
    if json:
        content = {
            "store": str(folder),
            "holds": not found.problems,
            "tree_size": found.size,
            "root": found.root.hex(),
            "files": found.files,
            "key_fingerprint": found.fingerprint,
            "problems": [words.as_json() for words in found.problems],
            "notices": [words.as_json() for words in found.notices],
        }
        answer("ledger_check", content)
    elif found.problems:
        say(_BROKEN.filled(count=len(found.problems)).in_language(lang))
    else:
        words = _HOLDS if found.files is not None else _OFFICE_HOLDS
        say(words.filled(size=found.size, files=found.files, root=found.root.hex()).in_language(lang))
        say(store.LIMITS_OF_INTEGRITY.in_language(lang))
    if found.problems:
        raise typer.Exit(FAILED)


def _list(opened: Store, case: str | None, lang: Language, *, json: bool) -> None:
    found = store.lines(opened, case)
    if json:
        answer("ledger", {**head_of(opened), "case": case, "entries": [line.as_json() for line in found]})
        return
    for line in found:
        if line.closed:
            say(f"{line.seq:>6}  {line.at}  {line.type}  {_CLOSED.in_language(lang)}")
            continue
        named = (line.detail or {}).get("name") or (line.detail or {}).get("grounds") or ""
        parts = [line.case or "", line.actor or "", (line.object or "")[:16], str(named)]
        say(in_one_line(f"{line.seq:>6}  {line.at}  {line.type:<8}  {'  '.join(part for part in parts if part)}"))


add_to(app)
evidence_keeping.add_to(app)
evidence_copy.add_to(app)
evidence_key.add_to(app)
evidence_witness.add_to(app)
evidence_bundle.add_to(app)
evidence_stamp.add_to(app)
