"""``telusur evidence key``: the signing key of a store: shown, printed, put back from paper, replaced."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Final

import typer

from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import note, say
from telusur.cli.inputs import read_text
from telusur.cli.stores import Actor, PassphraseFile, StoreArgument, actor_of, answer, grouped, open_store, passphrase
from telusur.domain.errors import BadInput
from telusur.domain.text import Language, Text
from telusur.evidence import signing, written_beside
from telusur.evidence.store import Store

_FROM: Final = Text("dari {size} entri: {fingerprint}{lost}", "from {size} entries: {fingerprint}{lost}")
_LOST: Final = Text(" (kunci sebelumnya hilang)", " (the key before was lost)")
_PRINT: Final = Text(
    "Cetak {path}, simpan di tempat terkunci, lalu hapus berkasnya.",
    "Print {path}, lock the paper away, then delete the file.",
)
_BACK: Final = Text("Kunci dipulihkan ke {path}.", "The key was put back into {path}.")
_NEW: Final = Text(
    "Log ditandatangani dengan kunci baru mulai {size} entri. Cetak lembar cadangan baru (--sheet), umumkan sidik yang "
    "baru, dan serahkan folder permintaan berikutnya kepada saksi.",
    "The log is signed with a new key from {size} entries on. Print a new backup sheet (--sheet), publish the new "
    "fingerprint, and hand the next request folder to the witness.",
)
_TOLD: Final = Text(
    "Kunci lama hilang, maka hanya sidiknya yang menjamin kunci baru: beritahukan kepada semua yang memeriksa.",
    "The old key is lost, so nothing vouches for the new one but its fingerprint: tell all who verify.",
)
_OTHER: Final = Text(
    "lembar ini dari kunci {found}; log ini ditandatangani dengan {expected}",
    "this sheet is of the key {found}; the log is signed with {expected}",
)
_THERE: Final = Text(
    "sudah ada kunci di sini; jika rusak atau frasa sandinya hilang, pindahkan dulu, lalu ulangi",
    "a key lies here already; if it is damaged or its passphrase is lost, move it away first, then try again",
)
_SHEET_THERE: Final = Text("sudah ada berkas di sini; sebutkan nama lain", "a file lies here already; name another")
_NOT_LOST: Final = Text(
    "kunci ini tidak hilang: ia terbuka tanpa frasa sandi; gantilah dengan --rotate, agar keduanya menandatangani",
    "this key is not lost: it opens without a passphrase; replace it by --rotate, so that both sign the change",
)
_KEYS: Final = "keys"
_KEY: Final = "log.key"
_NEXT: Final = "log.key.next"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: telusur evidence key berkas-kantor --sheet lembar-kunci.txt")(key)


def key(
    folder: StoreArgument,
    *,
    sheet: Annotated[
        Path | None, typer.Option("--sheet", help="Write the printable backup of the key to this new file.")
    ] = None,
    from_sheet: Annotated[
        Path | None, typer.Option("--from-sheet", help="Put the key back from what was typed off the sheet.")
    ] = None,
    rotate: Annotated[bool, typer.Option("--rotate", help="Hand over to a new key; both sign the change.")] = False,
    lost: Annotated[
        bool, typer.Option("--lost", help="Go on with a new key where the old one cannot be put back.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    actor: Actor = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Show the keys that sign a store's log; print, restore or replace the one in force."""
    if sum(map(bool, (sheet, from_sheet, rotate, lost))) > 1:
        raise BadInput("--sheet, --from-sheet, --rotate and --lost are given one at a time")
    with open_store(folder, passphrase_file) as store:
        keys = store.folder / _KEYS
        _settle(keys / _KEY, keys / _NEXT, store.signed.keys()[-1].key)
        said = None
        if sheet is not None:
            said = _print(store, sheet, passphrase_file, lang)
        elif from_sheet is not None:
            said = _put_back(store, from_sheet, passphrase(passphrase_file))
        elif rotate or lost:
            said = _replace(store, passphrase_file, actor_of(actor), lost=lost)
        chain = store.signed.keys()
    if json:
        found = [{"from_size": k.from_size, "vkey": k.key.vkey, "key_fingerprint": k.key.fingerprint} for k in chain]
        answer("store_keys", {"store": str(folder), "key_fingerprint": chain[-1].key.fingerprint, "keys": found})
        return
    for link in chain:
        words = _LOST.in_language(lang) if link.lost else ""
        say(_FROM.in_language(lang).format(size=link.from_size, fingerprint=link.key.fingerprint, lost=words))
    for row in grouped(chain[-1].key.fingerprint):
        say(f"    {row}")
    if said is not None:
        say(said.in_language(lang))
    if lost:
        note(f"! {_TOLD.in_language(lang)}")


def _print(store: Store, path: Path, file: Path | None, lang: Language) -> Text:
    if os.path.lexists(path):
        raise BadInput(_SHEET_THERE, where=str(path))
    place = store.folder / _KEYS / _KEY
    locked = signing.SigningKey.is_locked(place)
    # The sheet is under the passphrase that opens the file; that of an open file is under a new one, if any is given.
    chosen = passphrase(file, new=not locked)
    own = signing.SigningKey.load(place, chosen if locked else None)
    with written_beside(path) as opened:
        os.fchmod(opened.fileno(), 0o600)
        opened.write(own.sheet(lang, chosen).encode())
    return _PRINT.filled(path=path)


def _put_back(store: Store, sheet: Path, chosen: str | None) -> Text:
    place = store.folder / _KEYS / _KEY
    if os.path.lexists(place):
        raise BadInput(_THERE, where=str(place))
    try:
        own = signing.SigningKey.from_sheet(read_text(sheet, field="--from-sheet"), chosen)
    except BadInput as error:
        raise BadInput(error.words, where=str(sheet)) from None
    in_force = store.signed.keys()[-1].key
    if own.verify_key != in_force:
        raise BadInput(_OTHER.filled(found=own.fingerprint, expected=in_force.fingerprint), where=str(sheet))
    place.parent.mkdir(mode=0o700, exist_ok=True)
    own.save(place, chosen)
    return _BACK.filled(path=place)


def _replace(store: Store, file: Path | None, actor: str, *, lost: bool) -> Text:
    place = store.folder / _KEYS / _KEY
    beside = place.with_name(_NEXT)
    before = store.signed.keys()[-1].key
    if lost and _opens(place, before):
        raise BadInput(_NOT_LOST, where=str(place))
    locked = not lost and signing.SigningKey.is_locked(place)
    chosen = passphrase(file, new=not locked)
    old = None if lost else signing.SigningKey.load(place, chosen if locked else None)
    new = signing.SigningKey.make(before.name)
    # On the disk before the log names it, and in its place as soon as the log does.
    new.save(beside, chosen, force=True)
    store.key = new if old is None else old
    with store.acting():
        if lost:
            store.log.replace_lost(new, store.now(), actor)
        else:
            store.log.rotate(new, store.now(), actor)
    beside.replace(place)
    return _NEW.filled(size=store.signed.keys()[-1].from_size)


def _opens(place: Path, in_force: signing.VerifyKey) -> bool:
    """Whether the key in force lies there for everybody to use; one that was given up would be written over."""
    try:
        return signing.SigningKey.load(place, None).verify_key == in_force
    except BadInput:
        return False


def _settle(place: Path, beside: Path, in_force: signing.VerifyKey) -> None:
    """Finish what was stopped between the log naming a new key and the key taking its place."""
    if beside.is_file() and signing.SigningKey.public_half(beside) == in_force:
        beside.replace(place)
