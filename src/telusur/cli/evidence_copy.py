"""``telusur evidence copy`` and ``web``: a working copy to look at, and the check of a web archive."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import as_json, note, progress, say
from telusur.cli.stores import answer
from telusur.domain.errors import BadInput
from telusur.domain.text import Language, Text
from telusur.evidence import copies, web_archive, write_bytes
from telusur.evidence.copies import Page, WorkingCopy
from telusur.evidence.web_archive import WebArchive

#: What was to be verified does not hold.
FAILED: Final = 1
_NO_COPY: Final = Text("Tidak ada salinan kerja: {why}", "No working copy: {why}")
_PICTURES: Final = Text("{count} gambar → {folder}", "{count} pictures → {folder}")
_WORDS: Final = Text("teks → {folder}/text.txt", "text → {folder}/text.txt")
_ASIDE: Final = Text(
    "metadata.json hanya untuk yang berwenang: dapat memuat tempat, pemilik dan alat; semuanya pengakuan berkas itu",
    "metadata.json is for cleared eyes alone: it may name places, owners and devices; all is the file's own claim",
)
_HOLDS: Final = Text("UTUH menurut ringkasannya sendiri", "HOLDS by its own digests")
_BROKEN: Final = Text("TIDAK BERLAKU: {count} masalah", "DOES NOT HOLD: {count} problems")
_CAPTURED: Final = Text(
    "ditangkap {first} sampai {last}, menurut jam komputer yang menangkap",
    "captured {first} to {last}, by the clock of the computer that captured",
)
_ADDRESSES: Final = Text("{count} alamat", "{count} addresses")
_SOFTWARE: Final = Text("dibuat dengan {names}", "made with {names}")
_SIGNATURES: Final = {
    "none": Text("tidak bertanda tangan", "not signed"),
    "stripped": Text("tanda tangan dibuang", "signature taken away"),
    "broken": Text("tanda tangan tidak sah", "signature does not verify"),
    "unverified": Text("tanda tangan atas nama {by}, tak diperiksa penuh", "signed by {by}, not fully verified"),
    "fits": Text("tanda tangan cocok dengan kunci {by}", "signature fits the key {by}"),
}  # fmt: skip
_SHOWN: Final = 20
_LIMIT: Final = Text(
    "Ini menunjukkan bahwa isinya tidak berubah sejak dikemas, bukan bahwa isinya benar.",
    "This shows that nothing changed since it was packed, not that what it holds is true.",
)
_UNSIGNED: Final = Text(
    "tidak bertanda tangan yang cocok, padahal diminta (--signed)",
    "has no signature that fits, though --signed asks for one",
)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: telusur evidence copy surat.pdf --out salinan-surat")(copy)
    app.command(epilog="Example: telusur evidence web tangkapan.wacz")(web)


def copy(
    file: Annotated[Path, typer.Argument(help="The original; it is not changed.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder to make for the copy.")],
    metadata: Annotated[
        bool, typer.Option("--metadata", help="Write what the file says of its maker too, apart, for cleared eyes.")
    ] = False,
    first: Annotated[int, typer.Option("--first", min=1, help="Page to begin with.")] = 1,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Make a working copy: pictures that were encoded anew, or plain text; nothing of the original runs."""
    if file.is_dir():
        raise BadInput("is a folder; name one file in it", where=str(file))
    with _folder_beside(out) as folder, progress(file.name):
        made, content = _made(file, folder, first, lang)
        if metadata:
            _put_aside(file, folder, lang)
    for words in made.notes:
        note(f"! {words.in_language(lang)}")
    if json:
        answer("working_copy", {"file": str(file), "out": str(out), **content})
    elif made.why is not None:
        say(_NO_COPY.in_language(lang).format(why=made.why.in_language(lang)))
    elif made.text is not None:
        say(_WORDS.filled(folder=str(out)).in_language(lang))
    else:
        say(_PICTURES.filled(count=len(content["pages"]), folder=str(out)).in_language(lang))


def _made(file: Path, folder: Path, first: int, lang: Language) -> tuple[WorkingCopy, dict[str, Any]]:
    listed: list[dict[str, object]] = []

    def keep(page: Page) -> None:
        name = f"page-{page.number:05}{page.ending}"
        write_bytes(folder / name, page.content)
        listed.append({"number": page.number, "file": name, "sha256": hashlib.sha256(page.content).hexdigest()})

    made = copies.make(file, name=str(file), first=first, take=keep)
    if made.kind == "none":
        # What came before the reader was stopped is void.
        for page in folder.iterdir():
            page.unlink()
        listed.clear()
    if made.text is not None:
        write_bytes(folder / "text.txt", made.text.encode())
    content = _content(made, listed, lang)
    write_bytes(folder / "copy.json", as_json({"schema": "telusur.working_copy/1", **content}).encode())
    return made, content


def _put_aside(file: Path, folder: Path, lang: Language) -> None:
    try:
        found = dict(copies.read_metadata(file, name=str(file)))
    except BadInput as bad:
        note(f"! metadata: {bad.words.in_language(lang)}")
        return
    write_bytes(folder / "metadata.json", as_json(found).encode())
    note(f"! {_ASIDE.in_language(lang)}")


@contextmanager
def _folder_beside(out: Path) -> Iterator[Path]:
    """Give a folder that takes its place only when the block ends without an error."""
    if out.exists() or out.is_symlink():
        raise BadInput("something lies here already; name another folder", where=str(out))
    if not out.parent.is_dir():
        raise BadInput("its folder does not exist; make it first", where=str(out))
    beside = out.with_name(f".telusur-{secrets.token_hex(8)}.part")
    try:
        beside.mkdir()
        yield beside
        beside.rename(out)
    except OSError as error:
        raise BadInput(f"cannot be written ({error.strerror})", where=str(out)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _content(made: WorkingCopy, listed: list[dict[str, object]], lang: Language) -> dict[str, Any]:
    return {
        "kind": made.kind,
        "media_type": made.media_type,
        "pages_in_all": made.pages_in_all,
        "pages": listed,
        "text": None if made.text is None else "text.txt",
        "notes": [words.in_language(lang) for words in made.notes],
        "why": made.why.in_language(lang) if made.why else None,
    }


def web(
    file: Annotated[Path, typer.Argument(help="A WARC (also packed) or WACZ.")],
    *,
    signed: Annotated[bool, typer.Option("--signed", help="Fail without a signature that fits.")] = False,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Check a web archive: records, digests, members, index, pages, signature. Nothing is fetched or replayed."""
    with progress(file.name):
        found = web_archive.check(file, name=str(file))
    problems = list(found.problems)
    if signed and found.signature not in {"fits", "unverified"}:
        problems.append(_UNSIGNED)
    if json:
        answer("web_archive", {"file": str(file), "holds": not problems, **_facts(found, problems, lang)})
    else:
        _tell(found, problems, lang)
    if problems:
        raise typer.Exit(FAILED)


def _facts(found: WebArchive, problems: list[Text], lang: Language) -> dict[str, object]:
    return {
        "form": found.form,
        "problems": [words.in_language(lang) for words in problems],
        "notices": [words.in_language(lang) for words in found.notices],
        "records": dict(found.records),
        "captured_first": found.captured_first,
        "captured_last": found.captured_last,
        "addresses_in_all": found.addresses_in_all,
        "addresses": list(found.addresses),
        "pages": [{"url": page.url, "at": page.at, "title": page.title} for page in found.pages],
        "software": list(found.software),
        "title": found.title,
        "signature": {"state": found.signature, "by": found.signed_by},
    }


def _tell(found: WebArchive, problems: list[Text], lang: Language) -> None:
    for words in problems:
        note(f"✗ {words.in_language(lang)}")
    for words in found.notices:
        note(f"! {words.in_language(lang)}")
    say((_BROKEN.filled(count=len(problems)) if problems else _HOLDS).in_language(lang))
    if found.captured_first:
        say(f"  {_CAPTURED.filled(first=found.captured_first, last=str(found.captured_last)).in_language(lang)}")
    if found.software:
        say(f"  {_SOFTWARE.filled(names=', '.join(found.software)).in_language(lang)}")
    if found.form == "wacz":
        say(f"  {_SIGNATURES[found.signature].filled(by=found.signed_by).in_language(lang)}")
    say(f"  {_ADDRESSES.filled(count=found.addresses_in_all).in_language(lang)}")
    for address in found.addresses[:_SHOWN]:
        say(f"    {address}")
    if found.addresses_in_all > _SHOWN:
        say("    …")
    say(_LIMIT.in_language(lang))
