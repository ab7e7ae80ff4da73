"""Reading every object through: what is wrong is named, and nothing is mended."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from telusur.domain.text import Text
from telusur.evidence.database import Database
from telusur.evidence.vault import keys
from telusur.evidence.vault.files import Objects
from telusur.evidence.vault.reader import plain_chunks
from telusur.evidence.vault.troubles import ALTERED, CASE_KEY_GONE, KeyLost, ObjectAltered, VaultTrouble, told
from telusur.evidence.vault.values import Checked

#: Rows looked at in one go, so that a store of any size is checked in little memory.
_SOME: Final = 500
_Row = tuple[str, str, int, bytes]


def check(
    db: Database, files: Objects, root_key: bytes, progress: Callable[[int, int], object] | None = None
) -> Checked:
    """Read every object through, and name what is wrong.

    Parameters
    ----------
    db, files, root_key
        Of the vault.
    progress
        Told of the plain bytes read so far, and of all there are.
    """
    total = _number(db, "SELECT SUM(bytes) FROM vault_object")
    problems: list[Text] = []
    notices: list[Text] = []
    objects, done = 0, 0
    for row in _rows(db):
        objects += 1
        before = done
        try:
            with told(files.shown(row[0])):
                for size in _read(db, files, root_key, row):
                    done += size
                    if progress is not None:
                        progress(min(done, total), total)
                notices += _open_to_writing(files, row[0])
        except VaultTrouble as trouble:
            # Whoever destroys or moves an object meanwhile does no harm to it.
            if db.row("SELECT 1 FROM vault_object WHERE name = ?", (row[0],)):
                place = trouble.where or files.shown(row[0])
                problems.append(Text(f"{place}: {trouble.words.id}", f"{place}: {trouble.words.en}"))
        done = before + row[2]
    problems += _foreign(files)
    notices += _litter(db, files)
    return Checked(objects, total, tuple(problems), tuple(notices))


def _read(db: Database, files: Objects, root_key: bytes, row: _Row) -> Iterator[int]:
    """Read one object through; give the length of each chunk."""
    name, case, length, wrapped = row
    where = files.shown(name)
    found = db.row("SELECT wrapped_key FROM vault_case WHERE case_id = ?", (case,))
    if found is None:
        raise KeyLost(CASE_KEY_GONE, where=where)
    case_key = keys.unwrap_case(root_key, case, bytes(found[0]))
    key = keys.unwrap_object(case_key, name, bytes(wrapped))
    digest = hashlib.sha256()
    size = 0
    with files.open(name) as file:
        for chunk in plain_chunks(file, key, where):
            digest.update(chunk)
            size += len(chunk)
            yield len(chunk)
    if size != length or keys.name_of(case_key, digest.digest()) != name:
        raise ObjectAltered(ALTERED, where=where)


def _rows(db: Database) -> Iterator[_Row]:
    last = ""
    while rows := db.rows(
        "SELECT name, case_id, bytes, wrapped_key FROM vault_object WHERE name > ? ORDER BY name LIMIT ?", (last, _SOME)
    ):
        yield from rows
        last = rows[-1][0]


def _open_to_writing(files: Objects, name: str) -> Iterator[Text]:
    if stat.S_IMODE(files.place_of(name).stat().st_mode) & 0o222:
        where = files.shown(name)
        yield Text(f"{where}: berkasnya dapat ditulis; seharusnya 0400", f"{where}: it can be written; 0400 is due")


def _foreign(files: Objects) -> Iterator[Text]:
    for path in files.strangers():
        yield Text(
            f"{path}: bukan berkas simpanan ini; pindahkan dari sini",
            f"{path}: this is no file of the store's; move it away",
        )


def _litter(db: Database, files: Objects) -> Iterator[Text]:
    orphans = sum(1 for _ in without_row(db, files.names()))
    unfinished = files.leftovers(remove=False)
    if orphans or unfinished:
        yield Text(
            f"{orphans} berkas tanpa kunci dan {unfinished} berkas yang belum selesai ditulis tertinggal dari "
            "pekerjaan yang terhenti; penyapuan akan menghapusnya",
            f"{orphans} files without a key and {unfinished} half-written ones were left by work that was cut short; "
            "a sweep removes them",
        )


def without_row(db: Database, names: Iterable[str]) -> Iterator[str]:
    """Give those of some names that no object bears."""
    for some in batches(names):
        marks = ", ".join("?" * len(some))
        held = {row[0] for row in db.rows(f"SELECT name FROM vault_object WHERE name IN ({marks})", some)}  # noqa: S608 - marks
        yield from (name for name in some if name not in held)


def batches(names: Iterable[str], size: int = _SOME) -> Iterator[Sequence[str]]:
    """Give names some at a time."""
    held: list[str] = []
    for name in names:
        held.append(name)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


def _number(db: Database, statement: str) -> int:
    row = db.row(statement)
    return int(row[0] or 0) if row else 0
