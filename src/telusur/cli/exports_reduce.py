"""``telusur exports reduce``: an owner cuts an export down to what a case needs, on the owner's own computer."""

from __future__ import annotations

import json as as_written
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from telusur import dossier, exports
from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import note, out, print_json, progress
from telusur.domain.errors import BadInput
from telusur.domain.text import Language, Text
from telusur.domain.when import utc_words
from telusur.evidence import write_bytes

_LARGEST: Final = 256 << 20

_MADE: Final = Text("Ekspor ringkas {path} sudah dibuat.", "The reduced export {path} is made.")
_KEPT: Final = Text(
    "Disertakan: {sessions} catatan masuk, perangkat, perubahan akun dan aplikasi (semuanya); {posts} unggahan, "
    "komentar, suka dan sejenisnya dari {first} sampai {last}.",
    "Kept: {sessions} records of logins, devices, changes of the account and applications (all of them); {posts} "
    "posts, comments, likes and the like from {first} to {last}.",
)
_LEFT: Final = Text(
    "Tidak disertakan: {dropped} catatan di luar waktu itu, dan isi {files} berkas lain, termasuk pesan, kontak, iklan "
    "dan pencarian. Dari berkas itu hanya ada kode pemeriksaan yang tidak dapat dibuka tanpa ekspor lengkap.",
    "Left out: {dropped} records outside that time, and the content of {files} other files, among them messages, "
    "contacts, advertising and searches. Of those there is only a check code that nobody can open without the full "
    "export.",
)
_NEXT: Final = Text(
    "Bukalah berkas itu dengan penyunting teks dan periksalah isinya; lalu serahkan berkas itu saja lewat halaman "
    "jawaban Anda atau kepada petugas pemeriksa. Simpan ekspor lengkapnya pada Anda sendiri: ia tidak perlu "
    "diserahkan, dan jangan diubah, supaya nanti dapat dicocokkan di hadapan petugas.",
    "Open the file with a text editor and look at what is in it; then hand in that file alone, on your page for "
    "answers or to the examining officer. Keep the full export yourself: it need not be handed in, and should stay "
    "unchanged, so that the two can be compared before an officer.",
)
_OTHER_ACCOUNT: Final = Text(
    "ekspor ini milik akun {found}, sedangkan perkara menyebut {named}; periksalah apakah ini ekspor yang diminta",
    "this export is of the account {found}, and the case names {named}; see whether it is the one that was asked for",
)
_HOLDS: Final = Text(
    "Cocok: {path} adalah bagian yang utuh dan tidak diubah dari ekspor lengkap ini.",
    "It holds: {path} is a faithful, unaltered part of this full export.",
)
_DIFFERS: Final = Text("Tidak cocok: {parts} berbeda.", "It does not hold: {parts} differ.")
_CUT: Final = frozenset({"post", "deleted_post", "comment", "like", "share", "group_joined", "message"})


def reduce(
    path: Annotated[Path, typer.Argument(help="The full export: zip, folder or chat. It is not changed.")],
    *,
    case: Annotated[
        Path, typer.Option("--case", help="case.yaml, or only its acts and accounts: when the act was, whose account.")
    ],
    to: Annotated[
        Path | None, typer.Option("--out", help="The reduced export to write, for instance reduced.json.")
    ] = None,
    check: Annotated[
        Path | None, typer.Option("--check", help="Instead: whether this reduced export is a faithful part of PATH.")
    ] = None,
    lang: Lang = "id",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that lies there already.")] = False,
    json: AsJson = False,
) -> None:
    """Keep of your own export only what the case needs.

    Runs on your own computer, without network. / Berjalan di komputer Anda sendiri, tanpa jaringan.

    Kept / disertakan: sessions, devices, changes of password, e-mail and number, applications, and the posts around the
    act. Left out / tidak disertakan: messages, contacts, advertising, searches, everything else. Hand in the small
    file; keep the full one. / Serahkan berkas kecilnya; simpan yang lengkap.
    """
    if (to is None) == (check is None):
        raise BadInput("name either --out FILE to write, or --check FILE to compare with the full export")
    asked = dossier.read_asked(case)
    if check is not None:
        _check(path, check, asked, lang, as_json=json)
        return
    assert to is not None
    _check_out(to, path, force=force)
    with progress(path.name):
        reduction = exports.reduce(path, asked, name=path.name)
    write_bytes(to, reduction.as_bytes(), force=force)
    _compare_accounts(reduction.record.account.handle, asked.chat.names, reduction.record.account.platform, lang)
    kept, posts = reduction.kept, sum(count for action, count in reduction.kept.items() if action in _CUT)
    if json:
        print_json(
            {
                "schema": "telusur.reduction/1",
                "file": str(to),
                "sha256": reduction.document["sha256"],
                "window": reduction.document["window"],
                "kept": dict(sorted(kept.items())),
                "dropped": dict(sorted(reduction.dropped.items())),
                "files_left_out": reduction.left_out,
            }
        )
        return
    window = reduction.window
    for words in (_MADE, _KEPT, _LEFT, _NEXT):
        out.print(
            words.in_language(lang).format(
                path=to,
                sessions=kept.total() - posts,
                posts=posts,
                first=utc_words(window.posts_from),
                last=utc_words(window.until),
                dropped=reduction.dropped.total(),
                files=reduction.left_out,
            ),
            markup=False,
        )


def _check_out(to: Path, path: Path, *, force: bool) -> None:
    """Refuse a place for the answer that would spoil the export, before the work is done."""
    if path.is_dir() and to.resolve().is_relative_to(path.resolve()):
        raise BadInput("lies within the export itself; name a file elsewhere", where=str(to))
    if path.exists() and to.exists() and to.samefile(path):
        raise BadInput("is the export itself; name another file", where=str(to))
    if to.exists() and not force:
        raise BadInput("a file lies here already; add --force to replace it, or name another", where=str(to))


def _compare_accounts(handle: str | None, names: frozenset[str], platform: str, language: Language) -> None:
    named = {name.strip().lstrip("@").casefold() for name in names}
    if platform != "whatsapp" and handle and named and handle.casefold() not in named:
        note(_OTHER_ACCOUNT.in_language(language).format(found=f"@{handle}", named=", ".join(sorted(names))))


def _check(path: Path, check: Path, asked: exports.Asked, language: Language, *, as_json: bool) -> None:
    document = _read(check)
    try:
        with progress(path.name):
            differing = exports.compared(path, document, asked.chat, name=path.name)
    except BadInput as bad:
        if bad.where is None:
            raise BadInput(bad.words, where=str(check)) from None
        raise
    if as_json:
        print_json(
            {
                "schema": "telusur.reduction_check/1",
                "holds": not differing,
                "differing": [words.in_language(language) for words in differing],
            }
        )
    elif differing:
        parts = ", ".join(words.in_language(language) for words in differing)
        out.print(_DIFFERS.in_language(language).format(parts=parts), markup=False)
    else:
        out.print(_HOLDS.in_language(language).format(path=check), markup=False)
    if differing:
        raise typer.Exit(1)


def _read(check: Path) -> Mapping[str, Any]:
    try:
        if not check.is_file():
            raise BadInput("there is no such file; check the name", where=str(check))
        if check.stat().st_size > _LARGEST:
            raise BadInput(f"is larger than {_LARGEST >> 20} MB", where=str(check))
        document = as_written.loads(check.read_bytes())
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror})", where=str(check)) from None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, Mapping) or document.get("schema") != "telusur.reduced_export/1":
        raise BadInput("is no reduced export", where=str(check))
    return document
