"""``telusur evidence witness-*`` and ``cosign``: a second institution vouches that the log only ever grew.

Nothing needs a network: the store writes a folder with its request, the witness answers with a note, the store takes
the note in.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import complain, note, say
from telusur.cli.inputs import check_file
from telusur.cli.stores import PassphraseFile, StoreArgument, answer, grouped, open_store, passphrase
from telusur.domain.errors import BadInput
from telusur.domain.text import Language, Text
from telusur.evidence import signing, write_bytes

#: What was to be verified does not hold.
FAILED: Final = 1
_REQUEST: Final = "request.txt"
_KEY: Final = "log.vkey"
_KEYS: Final = "keys"
_READ_ME: Final = "BACA-SAYA.txt"

WitnessArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of the witness.")]
Fingerprint = Annotated[
    str, typer.Option("--key", help="Fingerprint of that key, as it was told by another way than the file.")
]
Out = Annotated[Path, typer.Option("--out", help="Where the answer goes.")]

_MADE: Final = Text(
    "Kunci saksi dibuat. Beritahukan sidik ini kepada kantor yang log-nya akan diawasi, dengan jalan lain daripada "
    "berkasnya. Cadangkan folder ini setiap kali sesudah mengesahkan: saksi yang lupa tidak boleh mengesahkan lagi.",
    "The witness's key was made. Tell this fingerprint to the office whose log is to be watched, by another way than "
    "the file. Keep a copy of this folder after each cosigning: a witness that forgot must not cosign any more.",
)
_OPEN_KEY: Final = Text(
    "kunci saksi disimpan TANPA frasa sandi: siapa pun yang membaca witness.key dapat mengesahkan",
    "the witness's key is kept WITHOUT a passphrase: whoever reads witness.key can cosign",
)
_TRUSTED: Final = Text(
    "Log {origin} diawasi; kunci yang berlaku bersidik",
    "The log {origin} is watched; the key in force has the fingerprint",
)
_COSIGNED: Final = Text(
    "Disahkan: {origin}, {size} entri, akar {root}, pada {at}. Kembalikan {out} kepada kantor itu.",
    "Cosigned: {origin}, {size} entries, root {root}, at {at}. Hand {out} back to that office.",
)
_ALARM: Final = Text(
    "TIDAK disahkan: {why}. Permintaannya disimpan di folder refused; bersama catatan terakhir saksi ia menjadi bukti. "
    "Beritahukan kepada pengawas.",
    "NOT cosigned: {why}. The request was kept in the folder refused; with the witness's last note it is proof. "
    "Tell whoever supervises the office.",
)
_ASKED: Final = Text(
    "Permintaan untuk {size} entri (sejak {old}) ada di {out}. Serahkan folder itu kepada saksi.",
    "The request for {size} entries (since {old}) lies in {out}. Hand that folder to the witness.",
)
_TAKEN: Final = Text(
    "Diterima: {witness} mengesahkan {size} entri pada {at}.",
    "Taken in: {witness} has cosigned {size} entries at {at}.",
)
_INSTRUCTIONS: Final = Text(
    """\
PERMINTAAN PENGESAHAN

Log: {origin}
Entri: {size}, sejak {old}

1. Pertama kali saja: telusur evidence witness-trust FOLDER_SAKSI {key} --key SIDIK
   (sidik kunci log diambil dari berita acara atau pengumuman kantor, bukan dari folder ini)
2. telusur evidence cosign FOLDER_SAKSI FOLDER_INI --out jawaban.note
3. Serahkan jawaban.note kembali kepada kantor.

Saksi hanya menyatakan bahwa log ini bertambah dan tidak berubah; isi bukti tidak terlihat olehnya.
""",
    """\
REQUEST TO COSIGN

Log: {origin}
Entries: {size}, since {old}

1. The first time only: telusur evidence witness-trust WITNESS_FOLDER {key} --key FINGERPRINT
   (take the fingerprint of the log's key from an official record or announcement, not from this folder)
2. telusur evidence cosign WITNESS_FOLDER THIS_FOLDER --out answer.note
3. Hand answer.note back to the office.

The witness only says that this log grew and was not changed; it sees nothing of the evidence.
""",
)


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("witness-init", epilog="Example: telusur evidence witness-init saksi --name kantor-pengawas/saksi")(
        witness_init
    )
    app.command(
        "witness-trust", epilog="Example: telusur evidence witness-trust saksi permintaan/log.vkey --key SIDIK_KUNCI"
    )(witness_trust)
    app.command(epilog="Example: telusur evidence cosign saksi permintaan --out jawaban.note")(cosign)
    app.command(
        "witness-request",
        epilog="Example: telusur evidence witness-request berkas-kantor --witness saksi.vkey --out permintaan",
    )(witness_request)
    app.command(
        "witness-take",
        epilog="Example: telusur evidence witness-take berkas-kantor jawaban.note --witness saksi.vkey --key SIDIK",
    )(witness_take)


def witness_init(
    folder: WitnessArgument,
    name: Annotated[str, typer.Option("--name", help="Of the witness, without spaces: institution/unit.")],
    *,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Make the folder and key of a witness; witness.vkey in it is handed to the offices that it watches."""
    chosen = passphrase(passphrase_file, new=True)
    key = signing.Witness.make(folder, name, chosen).verify_key
    write_bytes(folder / "witness.vkey", f"{key.vkey}\n".encode())
    if not chosen:
        note(f"! {_OPEN_KEY.in_language(lang)}")
    if json:
        answer("witness_made", {"folder": str(folder), "vkey": key.vkey, "key_fingerprint": key.fingerprint})
        return
    say(_MADE.in_language(lang))
    _show(key)


def witness_trust(
    folder: WitnessArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="log.vkey, or the note by which a log changed its key.")],
    key: Fingerprint,
    *,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Have a witness watch a log from now on, or learn its new key."""
    witness = signing.Witness(folder)
    data = _read(file, "FILE")
    try:
        if data.count(b"\n") > 1:
            found = signing.KeyChange.of(data).key
            _compare(found, key, file)
            witness.take_change(data, key)
        else:
            found = _vkey(data)
            witness.trust(found, key)
    except signing.NoteRefused as error:
        raise BadInput(error.words, where=str(file)) from None
    if json:
        answer("witness_trust", {"origin": found.name, "vkey": found.vkey, "key_fingerprint": found.fingerprint})
        return
    say(_TRUSTED.filled(origin=found.name).in_language(lang))
    _show(found)


def cosign(
    folder: WitnessArgument,
    request: Annotated[
        Path, typer.Argument(metavar="REQUEST", help="Folder from the store, or its request.txt alone.")
    ],
    out: Out,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace an answer that lies there.")] = False,
    passphrase_file: PassphraseFile = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Cosign the log of another institution, if it only grew since it was seen last.

    Exit 1, and no answer, if it did not.
    """
    witness = signing.Witness(folder, lambda: passphrase(passphrase_file))
    file = request / _REQUEST if request.is_dir() else request
    try:
        asked = signing.WitnessRequest.parse(_read(file, "REQUEST"))
        for change in sorted((request / _KEYS).glob("*.note")) if request.is_dir() else ():
            _learn(witness, change)
        done = witness.cosign(asked, datetime.now(UTC))
    except signing.LogChanged as error:
        _refuse(asked, error, lang, json=json)
        raise typer.Exit(FAILED) from None
    except signing.NoteRefused as error:
        raise BadInput(error.words, where=str(file)) from None
    write_bytes(out, done, force=force)
    seen, at = _seen(done), signing.verify_cosignature(done, witness.verify_key)
    if json:
        answer("cosigned", {"cosigned": True, **_of(seen), "at": at.isoformat(), "problem": None})
        return
    words = _COSIGNED.filled(origin=seen.origin, size=seen.size, root=seen.root.hex(), at=at.isoformat(), out=out)
    say(words.in_language(lang))


def witness_request(
    folder: StoreArgument,
    out: Annotated[Path, typer.Option("--out", help="Folder to make, for the witness.")],
    *,
    witness: Annotated[
        Path | None, typer.Option("--witness", help="witness.vkey of the witness; its last cosigning is looked up.")
    ] = None,
    since: Annotated[
        int | None, typer.Option("--from", min=0, help="Entries that the witness has seen; instead of --witness.")
    ] = None,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Write the folder with which a witness is asked to cosign the last checkpoint."""
    if out.exists():
        raise BadInput("something lies here already; name another folder", where=str(out))
    with open_store(folder) as store:
        log = store.signed
        old = since if since is not None else log.seen_by(_vkey(_read(witness, "--witness"))) if witness else 0
        data = log.request(old)
        seen = _seen(signing.WitnessRequest.parse(data).note)
        _write(out, log, data, _INSTRUCTIONS.filled(origin=seen.origin, size=seen.size, old=old, key=_KEY))
    if json:
        answer("witness_request", {"request": str(out), "from": old, **_of(seen)})
        return
    say(_ASKED.filled(size=seen.size, old=old, out=out).in_language(lang))


def witness_take(
    folder: StoreArgument,
    file: Annotated[Path, typer.Argument(metavar="NOTE", help="What the witness answered.")],
    witness: Annotated[Path, typer.Option("--witness", help="witness.vkey of the witness.")],
    key: Fingerprint,
    *,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Take in the cosigned note of a witness."""
    trusted = _vkey(_read(witness, "--witness"))
    _compare(trusted, key, witness)
    data = _read(file, "NOTE")
    try:
        at = signing.verify_cosignature(data, trusted)
        with open_store(folder) as store, store.db.transaction():
            size = store.signed.take_cosigned(data, trusted)
    except signing.NoteRefused as error:
        raise BadInput(error.words, where=str(file)) from None
    if json:
        answer("witness_taken", {"witness": trusted.name, "tree_size": size, "at": at.isoformat()})
        return
    say(_TAKEN.filled(witness=trusted.name, size=size, at=at.isoformat()).in_language(lang))


def _write(out: Path, log: signing.Log, request: bytes, words: Text) -> None:
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    beside.mkdir()
    try:
        write_bytes(beside / _REQUEST, request)
        write_bytes(beside / _KEY, f"{log.keys()[0].key.vkey}\n".encode())
        write_bytes(beside / _READ_ME, f"{words.id}\n\n{words.en}".encode())
        changes = log.changes()
        if changes:
            (beside / _KEYS).mkdir()
        for number, change in enumerate(changes, 1):
            write_bytes(beside / _KEYS / f"{number:04}.note", change)
        beside.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _compare(found: signing.VerifyKey, fingerprint: str, where: Path) -> None:
    if found.fingerprint != fingerprint:
        raise BadInput(f"the key has the fingerprint {found.fingerprint}, not {fingerprint}", where=str(where))


def _learn(witness: signing.Witness, change: Path) -> None:
    try:
        witness.take_change(_read(change, "REQUEST"))
    except signing.NoteRefused as error:
        raise BadInput(error.words, where=str(change)) from None


def _refuse(asked: signing.WitnessRequest, error: BadInput, lang: Language, *, json: bool) -> None:
    if json:
        answer("cosigned", {"cosigned": False, **_of(_seen(asked.note)), "at": None, "problem": error.words.as_json()})
    complain(_ALARM.filled(why=error.words.in_language(lang)).in_language(lang))


def _seen(data: bytes) -> signing.Checkpoint:
    return signing.Checkpoint.parse(signing.Note.parse(data).text)


def _of(seen: signing.Checkpoint) -> dict[str, object]:
    return {"origin": seen.origin, "tree_size": seen.size, "root": seen.root.hex()}


def _show(key: signing.VerifyKey) -> None:
    for row in grouped(key.fingerprint):
        say(f"    {row}")
    say(key.fingerprint)


def _read(file: Path, field: str) -> bytes:
    return check_file(file, field=field).read_bytes()


def _vkey(data: bytes) -> signing.VerifyKey:
    return signing.VerifyKey.parse(data.decode("utf-8", "replace"))
