"""Putting a store back from its backup: into a new folder, and only if all of it holds."""

from __future__ import annotations

import json
import os
import re
import shutil
import tarfile
from pathlib import Path
from typing import IO, Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import vault
from telusur.evidence.store import layout, retention, rootwrap
from telusur.evidence.store.backup import CONTENTS, LOG_KEY, ROOT_WRAPPED
from telusur.evidence.store.checking import Progress, Verified, check
from telusur.evidence.store.store import Ask, Store

_CHUNK: Final = 1 << 20
_SMALL: Final = 1 << 20
_OBJECT: Final = re.compile(r"objects/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_NAMES: Final = {CONTENTS, layout.SETTINGS, layout.HEAD, retention.OWN, layout.DATABASE, LOG_KEY, ROOT_WRAPPED}

_NO_BACKUP: Final = Text(
    "bukan cadangan simpanan bukti, atau terpotong; sebut berkas yang dibuat dengan `telusur evidence backup`",
    "is no backup of a store, or is cut short; name a file made by `telusur evidence backup`",
)
_EXISTS: Final = Text(
    "di sini sudah ada isinya; simpanan tidak pernah ditimpa. Sebut folder baru",
    "something lies here already; a store is never written over. Name a new folder",
)
_NO_KEYS: Final = Text(
    "cadangan ini tidak memuat kunci: kembalikan keys/root.key dan keys/log.key ke folder keys, atau log.key dari "
    "lembar cetak dengan `telusur evidence key --from-sheet`; sampai saat itu berkas tidak dapat dibuka",
    "this backup holds no keys: put keys/root.key and keys/log.key back into the folder keys, or log.key from its "
    "printed sheet by `telusur evidence key --from-sheet`; until then no file can be opened",
)
_NO_HEAD: Final = Text(
    "tidak ada titik periksa yang lebih baru untuk dibandingkan (--against): bandingkan {size} entri dengan catatan "
    "terakhir kantor",
    "no newer checkpoint was given to compare with (--against): compare {size} entries with the office's last record",
)


def restore(
    file: Path, out: Path, *, ask: Ask, against: bytes | None = None, progress: Progress = lambda *_: None
) -> Verified:
    """Put a store back; nothing is put there unless all of it holds.

    Parameters
    ----------
    file
        The backup.
    out
        A folder that is not there, or empty.
    ask
        Gives the passphrase of the keys in it.
    against
        A signed checkpoint kept elsewhere; the last one before the loss shows what is missing.
    progress
        As `check` tells it.

    Returns
    -------
    Verified
        If it does not hold, nothing was put there.

    Raises
    ------
    BadInput
        If the file is no backup, something lies at `out`, or the passphrase is wrong.
    """
    if os.path.lexists(out) and (out.is_symlink() or not out.is_dir() or any(out.iterdir())):
        raise BadInput(_EXISTS, where=str(out))
    beside = out.parent / f".{out.name}.{os.getpid()}.part"
    with vault.told(str(out)):
        out.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir(mode=0o700)
        try:
            _unpack(file, beside)
            keys = _open_keys(beside, ask)
            with Store.open(beside) as store:
                found = check(store, against=against, files=keys, progress=progress)
            if not found.holds:
                shutil.rmtree(beside)
                return found
            beside.rename(out)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    notices = [*found.notices]
    if not keys:
        notices.append(_NO_KEYS)
    if against is None:
        notices.append(_NO_HEAD.filled(size=found.size))
    return Verified(found.size, found.root, found.files, found.problems, tuple(notices))


def _unpack(file: Path, beside: Path) -> None:
    seen: set[str] = set()
    try:
        with file.open("rb") as source, tarfile.open(fileobj=source, mode="r:") as tar:
            for member in tar:
                if member.name in seen or not member.isreg() or not _known(member.name):
                    raise BadInput(_NO_BACKUP, where=str(file))
                seen.add(member.name)
                held = tar.extractfile(member)
                assert held is not None
                _write(held, beside / member.name, member.size)
    except (tarfile.TarError, EOFError):
        raise BadInput(_NO_BACKUP, where=str(file)) from None
    except FileNotFoundError:
        raise BadInput("there is no such file; check the path", where=str(file)) from None
    except IsADirectoryError:
        raise BadInput(_NO_BACKUP, where=str(file)) from None
    if not {CONTENTS, layout.SETTINGS, layout.DATABASE} <= seen:
        raise BadInput(_NO_BACKUP, where=str(file))
    contents = beside / CONTENTS
    _check_contents(contents, file, sum(1 for name in seen if _OBJECT.fullmatch(name)))
    contents.unlink()
    (beside / layout.OBJECTS).mkdir(mode=0o700, exist_ok=True)
    (beside / layout.KEYS).mkdir(mode=0o700, exist_ok=True)


def _known(name: str) -> bool:
    return name in _NAMES or _OBJECT.fullmatch(name) is not None


def _write(held: IO[bytes], path: Path, size: int) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = 0o400 if path.parent.parent.name == layout.OBJECTS else 0o600
    left = size
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "wb") as file:
        while chunk := held.read(_CHUNK):
            file.write(chunk)
            left -= len(chunk)
        file.flush()
        os.fsync(file.fileno())
    if left:
        raise EOFError


def _check_contents(contents: Path, file: Path, objects: int) -> None:
    try:
        told = json.loads(contents.read_bytes()) if contents.stat().st_size < _SMALL else None
    except ValueError:
        told = None
    match told:
        case {"schema": "telusur.backup/1", "objects": int(count)} if count == objects:
            return
    raise BadInput(_NO_BACKUP, where=str(file))


def _open_keys(beside: Path, ask: Ask) -> bool:
    """Lay the key of the files open again, as a store has it; tell whether there is one."""
    wrapped = beside / ROOT_WRAPPED
    if not wrapped.exists():
        return False
    passphrase = ask()
    if not passphrase:
        raise BadInput(
            "its keys are under a passphrase; give it by TELUSUR_PASSPHRASE or --passphrase-file",
            field="--passphrase-file",
        )
    root = rootwrap.unwrapped(wrapped.read_bytes(), passphrase)
    vault.save_root_key(beside / layout.KEYS / layout.ROOT_KEY, root)
    wrapped.unlink()
    return True
