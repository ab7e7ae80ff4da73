"""Custody in the office: the one place through which it touches the ledger, the keys and the kept files.

The ledger's tables lie in the office's own database, so that an act and its entry share one transaction; the files lie
encrypted in the folder ``objects``, each case under a key of its own, a report's until it becomes a case.

The door
--------
enter, entered, reading
    Write acts into the ledger; the steps of a case; that somebody opened something.
keep, opened, exported, moved
    Files of a case or a report.
fingerprint, log_key, root_key
    The keys, made when the office begins.
is_office, verify
    Check the ledger of an office, and that every step stands in it; needs no Django.
"""

from __future__ import annotations

import io
import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID, uuid4

import rfc8785

from telusur import process
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import Database, ledger, signing, vault
from telusur.evidence.ledger import Act, EntryType
from telusur.office.home import Home

if TYPE_CHECKING:
    from datetime import datetime

    from telusur.office.models import Case, PublicReport, Reading

#: What unlocks the log's key, where the key was made under it.
PASSPHRASE: Final = "TELUSUR_PASSPHRASE"  # noqa: S105 - the name of a setting
#: Who acts where somebody without an account does.
OUTSIDE: Final = "reporter"
#: Kinds of steps that are entered as more than a step; a second statement of an act is a correction.
TYPES: Final[Mapping[str, EntryType]] = {
    "opened": "intake",
    "evidence_added": "seal",
    "letter_made": "derive",
    "handed_over": "transfer",
    "traced": "determination",
    "control_decided": "decision",
    "authenticity_decided": "decision",
    "approved": "decision",
    "overridden": "override",
}
#: Whose SHA-256 an entry commits to, by the field of the step.
_OBJECTS: Final = ("sha256", "report", "bundle")
#: Readings by which a file leaves the office; any other is a view.
_EXPORTS: Final = ("exhibit", "report-file", "letter", "own-file", "bundle", "hand-over")
_OLDER: Final = Text(
    "pangkalan data kantor lebih lama daripada head.note di sampingnya: cadangan lama telah dipulihkan atau catatan "
    "dihapus. Tidak ada yang dicatat di atasnya; minta administrator mencari keadaan yang lebih baru",
    "the office's database is older than the head.note beside it: an old backup was put back, or entries were "
    "removed. Nothing is recorded on top of that; ask the administrator for the newer state",
)
_LOST: Final = Text(
    "kunci ini tidak ada, padahal kantor sudah memakainya; pulihkan dari cadangan atau dari lembar cetaknya",
    "this key is missing although the office has used it; restore it from the backup or the printed sheet",
)


# -- The keys --


def log_key() -> signing.SigningKey:
    """Give the key that signs the ledger; made where the office has none and nothing was signed yet.

    Raises
    ------
    BadInput
        If it is missing although something was signed, or the passphrase does not open it.
    """
    path = Home.here().log_key
    if not path.exists():
        if database().row("SELECT 1 FROM ledger_entry LIMIT 1"):
            raise BadInput(_LOST, where=str(path))
        Home.here().make()
        signing.SigningKey.make().save(path, os.environ.get(PASSPHRASE) or None)
    stat = path.stat()
    return _read_log_key(path, stat.st_mtime_ns, stat.st_ino)


@lru_cache(maxsize=4)
def _read_log_key(path: Path, _changed: int, _inode: int) -> signing.SigningKey:
    return signing.SigningKey.load(path, os.environ.get(PASSPHRASE) or None)


def root_key() -> bytes:
    """Give the key under which the keys of all cases are wrapped; made where nothing is kept yet.

    Raises
    ------
    BadInput
        If it is missing although files are kept.
    """
    path = Home.here().root_key
    if not path.exists():
        if database().row("SELECT 1 FROM vault_case LIMIT 1"):
            raise BadInput(_LOST, where=str(path))
        Home.here().make()
        return vault.make_root_key(path)
    return vault.load_root_key(path)


def fingerprint() -> str:
    """Give the fingerprint by which anybody verifies what this office signs."""
    keys = log().keys()
    return keys[-1].key.fingerprint if keys else log_key().fingerprint


# -- The ledger --


def database() -> Database:
    """Give the office's database, as Django holds it."""
    from django.db import connection  # noqa: PLC0415 - needs settings; `verify` does not

    connection.ensure_connection()
    return Database(connection.connection)


def log() -> signing.Log:
    """Give the ledger with what was signed of it, for reading."""
    db = database()
    return signing.Log(db, ledger.Ledger(db))


def enter(acts: Sequence[Act]) -> list[ledger.Entry]:
    """Write acts into the ledger and sign its state, in the transaction that carries them out.

    Raises
    ------
    RuntimeError
        If no transaction is open.
    BadInput
        If a key is missing, or the database is older than what was signed before.
    """
    from django.db import connection, transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    if not connection.in_atomic_block:
        raise RuntimeError("an act is entered in the transaction that carries it out, and none is open")
    db = database()
    signs = signing.Log(db, ledger.Ledger(db), log_key())
    _refuse_older(signs.ledger)
    if not signs.keys():
        signs.begin(timezone.now(), process.SYSTEM)
    # The time of an entry is that of its being entered, under the lock: two who act at once are in order.
    at = timezone.now()
    acts = [replace(one, at=at) for one in acts]
    entries = signs.ledger.append(acts)
    note = signs.sign(at)
    transaction.on_commit(lambda: _put_head(note), robust=True)
    return entries


def entered(
    case: str, steps: Sequence[tuple[process.Step, Mapping[str, Any]]], known: Mapping[str, object], at: datetime
) -> list[int]:
    """Enter the steps of a case; give the number of each entry.

    Parameters
    ----------
    case
        Its id.
    steps
        Each with its canonical form, of which the entry holds a commitment.
    known
        The acts that were stated before: stated again, one is corrected.
    at
        Now.
    """
    before = set(known)
    acts = []
    for step, body in steps:
        kind = TYPES.get(str(body["kind"]), "step")
        if isinstance(step, process.ActStated):
            kind = "correction" if step.act in before else "step"
            before.add(step.act)
        acts.append(
            Act(kind, at, step.by, case=case, object=_object(step), detail=body, keep_detail=False),
        )
    return [one.seq for one in enter(acts)]


def _object(step: process.Step) -> str | None:
    found = next((str(held) for name in _OBJECTS if (held := getattr(step, name, None))), "")
    hexadecimal = len(found) == 64 and all(sign in "0123456789abcdef" for sign in found)  # noqa: PLR2004 - a SHA-256
    return found if hexadecimal else None


def reading(
    what: str, by: str, *, case: Case | None = None, report: PublicReport | None = None, sha256: str | None = None
) -> Reading:
    """Write down, on the list and in the ledger, that somebody opened or changed something.

    Parameters
    ----------
    what
        The kind, then whom or which, with colons between.
    by
        Opaque id of the person.
    case, report
        To what it belongs; to the office itself if neither is given.
    sha256
        Of the file that was opened.
    """
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from telusur.office.models import Reading  # noqa: PLC0415

    at = timezone.now()
    kind = what.partition(":")[0]
    whose = case or report
    owner = key_of(whose) if whose else None
    typed: EntryType = "step"
    if owner is not None:
        typed = "export" if kind in _EXPORTS else "derive" if kind in ("copy", "letter-preview", "tracing") else "view"
    if kind == "balance.facts":
        typed = "step"
    act = Act(typed, at, by, case=owner, object=sha256, detail={"what": what})
    with transaction.atomic():
        (entry,) = enter([act])
        return Reading.objects.create(case=case, what=what, by=by, at=at, entry=entry.seq)


def received(report: PublicReport, kind: EntryType, detail: Mapping[str, Any], hashes: Sequence[str]) -> None:
    """Enter what came in or went out with a report of somebody without an account, and each file with it."""
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    at, owner = timezone.now(), key_of(report)
    acts = [Act(kind, at, OUTSIDE, case=owner, detail=detail)]
    with transaction.atomic():
        enter([*acts, *(Act("seal", at, OUTSIDE, case=owner, object=one) for one in hashes)])


def _refuse_older(held: ledger.Ledger) -> None:
    head = read_head(Home.here().path)
    if head is not None:
        stated = signing.Checkpoint.parse(signing.Note.parse(head).text)
        if stated.size > held.size() or held.root(stated.size) != stated.root:
            raise BadInput(_OLDER)


def read_head(folder: Path) -> bytes | None:
    """Give the signed state that was written beside the database last; ``None`` if the file is gone."""
    try:
        return (folder / "head.note").read_bytes()
    except FileNotFoundError:
        return None


def _put_head(note: bytes) -> None:
    """Write it beside and rename; a moment's loss of power costs no more than a little of its use."""
    path = Home.here().head
    beside = path.with_name(f".{path.name}.{uuid4().hex}.part")
    beside.write_bytes(note)
    beside.replace(path)


def stamps_state() -> Text:
    """Say how the checkpoints stand with the timestamp authorities, as it is."""
    db = database()
    counted = dict(db.rows("SELECT state, COUNT(*) FROM stamp GROUP BY state"))
    if not counted:
        return Text(
            "belum ada otoritas stempel waktu yang dipasang; waktu berasal dari jam mesin ini saja",
            "no timestamp authority is configured; times come from this machine's clock alone",
        )
    done, waits, failed = (counted.get(one, 0) for one in ("stamped", "waiting", "failed"))
    return Text(
        f"{done} berstempel, {waits} menunggu, {failed} gagal",
        f"{done} stamped, {waits} waiting, {failed} failed",
    )


# -- The files --


def files() -> vault.Vault:
    """Give the kept files."""
    return vault.Vault(database(), Home.here().objects, root_key())


def key_of(owner: Case | PublicReport) -> str:
    """Give the id under whose key the files of a case or a report lie: a report's own until it becomes a case."""
    return str(getattr(owner, "case_id", None) or owner.pk)


def keep(owner: Case | PublicReport, path: Path) -> str:
    """Keep a file encrypted, in the transaction that writes its row; give its SHA-256."""
    return files().put(key_of(owner), path).sha256


def keep_bytes(owner: Case | PublicReport, content: bytes) -> str:
    """Keep what was made here; give its SHA-256."""
    return files().put(key_of(owner), io.BytesIO(content)).sha256


def opened(owner: Case | PublicReport, sha256: str) -> io.BufferedReader:
    """Open a kept file.

    Raises
    ------
    FileNotFoundError
        If it is not there, or is no longer what it was.
    """
    try:
        return files().open(key_of(owner), sha256)
    except (vault.NotKept, vault.ObjectMissing, vault.ObjectAltered, vault.KeyLost) as gone:
        raise FileNotFoundError(sha256) from gone


def exported(owner: Case | PublicReport, sha256: str, path: Path) -> None:
    """Write a kept file out for a worker that removes it again."""
    files().export(key_of(owner), sha256, path)


def moved(report: PublicReport, case: Case, hashes: Sequence[str]) -> None:
    """Give a report's files to the case that it became."""
    held = files()
    for sha256 in hashes:
        # What is damaged already stays where it is, and is told where it is opened: it is no reason not to begin.
        with suppress(vault.NotKept, vault.ObjectMissing, vault.ObjectAltered):
            held.move(str(report.pk), sha256, str(case.pk))


# -- Verifying --


@dataclass(frozen=True, slots=True)
class Verified:
    """What the check of an office's ledger came to.

    Parameters
    ----------
    size, root
        Of the ledger.
    fingerprint
        Of the key that signed it first; to be compared with the one on paper.
    problems
        What does not hold; none if all does.
    notices
        What to know.
    """

    size: int
    root: bytes
    fingerprint: str
    problems: tuple[Text, ...]
    notices: tuple[Text, ...]


def is_office(folder: Path) -> bool:
    """Say whether a folder holds an office."""
    return Home(folder).database.is_file()


def verify(folder: Path, *, key: str | None = None, kept: Literal["read", "left"] = "read") -> Verified:
    """Check an office: its ledger, what was signed, that every step stands in it, and every kept file.

    Parameters
    ----------
    folder
        The office's folder.
    key
        The fingerprint as it stands on paper; if left out, only what the folder itself says is compared.
    kept
        Whether every kept file is read through.

    Raises
    ------
    BadInput
        If there is no office.
    """
    path = Home(folder).database
    if not is_office(folder):
        raise BadInput(Text("di sini tidak ada kantor", "there is no office here"), where=str(folder))
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        return checked(Database(connection), folder, key=key, kept=kept)
    finally:
        connection.close()


def checked(db: Database, folder: Path, *, key: str | None = None, kept: Literal["read", "left"] = "left") -> Verified:
    """Check an office whose database is open; see `verify`."""
    found = ledger.check(db)
    problems = [*found.problems, *signing.check_log(db, key, read_head(folder))]
    problems += _not_entered(db)
    if kept == "read" and db.row("SELECT 1 FROM vault_case LIMIT 1"):
        try:
            held = vault.Vault(db, folder / "objects", vault.load_root_key(folder / "root.key"))
            problems += held.check().problems
        except BadInput as problem:
            problems.append(problem.words)
    first = signing.Log(db, ledger.Ledger(db)).keys()
    return Verified(
        found.size, found.root, first[0].key.fingerprint if first else "", tuple(problems), tuple(found.notices)
    )


def _not_entered(db: Database) -> list[Text]:
    """Hold every step and every reading against its entry, and every entry of a step against the steps."""
    held = ledger.Ledger(db)
    problems: list[Text] = []
    of_steps: set[int] = set()
    for case, number, by, body, seq in db.rows("SELECT case_id, number, by, body, entry FROM office_steprow"):
        of_steps.add(seq)
        said = {"actor": by, "case": str(UUID(case)), "detail": rfc8785.dumps(json.loads(body)).decode()}
        if seq is None or not _opens(held, seq, said):
            problems.append(
                Text(
                    f"langkah {number} dari berkas {UUID(case)} bukan yang tercatat dalam buku besar",
                    f"step {number} of the file {UUID(case)} is not what the ledger holds",
                )
            )
    erased = db.row("SELECT 1 FROM office_erasing LIMIT 1")
    for row, case, by, what, seq in db.rows("SELECT id, case_id, by, what, entry FROM office_reading"):
        if erased and case is None and seq is not None and not held.openings(seq):
            continue  # of a report that was erased with its case: its entry is closed
        if seq is None or not _opens(held, seq, {"actor": by, "detail": rfc8785.dumps({"what": what}).decode()}):
            problems.append(
                Text(
                    f"pembukaan nomor {row} bukan yang tercatat dalam buku besar",
                    f"the reading {row} is not what the ledger holds",
                )
            )
    # Of a step the ledger keeps the salt alone: where the step is gone, its entry says so.
    for (seq,) in db.rows("SELECT seq FROM ledger_opening WHERE case_id IS NOT NULL AND detail IS NULL ORDER BY seq"):
        if seq not in of_steps and "detail" in held.entry(seq).read():
            problems.append(Text(f"langkah dari entri {seq} tidak ada lagi", f"the step of entry {seq} is gone"))
    return problems


def _opens(held: ledger.Ledger, seq: int, said: Mapping[str, str]) -> bool:
    try:
        body = held.entry(seq).read()
    except LookupError:
        return False
    salts = {str(name): one.salt for name, one in held.openings(seq).items()}
    return all(
        name in salts and ledger.commit(value.encode(), salts[name]).hex() == body.get(name)
        for name, value in said.items()
    )
