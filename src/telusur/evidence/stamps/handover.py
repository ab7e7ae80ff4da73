"""Stamps for a place without a network: requests carried out by hand, replies carried in."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.archive import shown
from telusur.evidence.atomic import write_bytes
from telusur.evidence.database import Database
from telusur.evidence.stamps.authority import Authority
from telusur.evidence.stamps.der import Malformed
from telusur.evidence.stamps.queue import take
from telusur.evidence.stamps.refused import StampRefused
from telusur.evidence.stamps.reply import MOST_BYTES, Info, read_reply
from telusur.evidence.stamps.request import read_request
from telusur.evidence.stamps.stamp import Stamp, stamps

#: The note that goes with the requests.
NOTE_NAME: Final = "BACA-SAYA.txt"
_MOST_REPLIES: Final = 10_000

_NOTE: Final = """\
PERMINTAAN STEMPEL WAKTU (in English below)

Setiap berkas .tsq di folder ini adalah satu permintaan stempel waktu (RFC 3161). Isinya sidik jari dan angka acak;
tidak ada bukti, nama, atau data pribadi di dalamnya.

1. Bawa folder ini ke komputer yang tersambung ke internet.
2. Kirim setiap permintaan ke otoritasnya, dan simpan balasannya dengan nama yang sama, berakhiran .tsr:

{commands}
3. Bawa kembali semua berkas .tsr, lalu:

     telusur evidence stamp STORE --replies FOLDER

Balasan diperiksa sebelum disimpan; nama berkas tidak menentukan apa pun. Permintaan tetap menunggu sampai dijawab.


REQUESTS FOR TIME STAMPS

Each .tsq file in this folder is one request for a time stamp (RFC 3161). It holds a hash and a random number; no
evidence, no name and no personal data are in it.

1. Take this folder to a computer with a network.
2. Send each request to its authority, and keep the reply under the same name, ending in .tsr: the commands above.
3. Bring all .tsr files back, then: telusur evidence stamp STORE --replies FOLDER

Replies are checked before they are kept; a file's name decides nothing. Requests go on waiting until they are answered.
"""
_COMMAND: Final = """\
   # {what}
     curl --fail -sS -H 'Content-Type: application/timestamp-query' --data-binary @{name}.tsq \\
          -o {name}.tsr '{url}'

"""
_OF_CHECKPOINT: Final = "titik periksa (checkpoint) {size}, {authority}"
_OF_RENEWAL: Final = "perpanjangan (renewal) {number}, {authority}"

_NOBODY: Final = Text(
    "tidak menjawab permintaan mana pun yang masih menunggu", "answers no request that is still waiting"
)
_HAD_ALREADY: Final = Text(
    "sudah diterima sebelumnya: otoritas {authority}, {at}",
    "was taken before: authority {authority}, {at}",
)
_NO_AUTHORITY: Final = Text(
    "untuk otoritas {authority}, yang tidak lagi diatur", "for the authority {authority}, which is no longer configured"
)
_NO_FILE: Final = Text("bukan berkas biasa; tidak dibaca", "is no plain file; it was not read")
_TAKEN: Final = Text("diterima: otoritas {authority}, {at}", "taken: authority {authority}, {at}")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of a file that was carried in.

    Parameters
    ----------
    name
        The file's name, fit for display.
    stamp
        Number of the stamp that it belongs to; ``None`` if it belongs to none.
    taken
        Whether the stamp holds: taken now, or before.
    words
        What became of it.
    """

    name: str
    stamp: int | None
    taken: bool
    words: Text


def write_requests(db: Database, folder: Path, authorities: Sequence[Authority]) -> list[Path]:
    """Write what waits as files to carry to a computer with a network, with a note that says how.

    Parameters
    ----------
    db
        Where the requests lie.
    folder
        Made if it is not there; a request that lies there already is left as it is.
    authorities
        Those configured; what waits for another stays where it is.

    Returns
    -------
    list of Path
        The requests, by number; none: nothing waits, and nothing is written.

    Raises
    ------
    BadInput
        If they cannot be written, or a file with other content lies there.
    """
    urls = {one.name: one.url for one in authorities}
    waiting = [one for one in stamps(db, "state = 'waiting'") if one.authority in urls]
    if not waiting:
        return []
    try:
        folder.mkdir(exist_ok=True)
    except OSError as problem:
        raise BadInput(f"cannot be made ({problem.strerror})", where=str(folder)) from None
    written, commands = [], []
    for one in waiting:
        name = f"{one.id}-{one.authority}"
        _write_once(folder / f"{name}.tsq", one.request)
        written.append(folder / f"{name}.tsq")
        commands.append(_COMMAND.format(what=_called(one), name=name, url=urls[one.authority].replace("'", "%27")))
    write_bytes(folder / NOTE_NAME, _NOTE.format(commands="".join(commands)).encode(), force=True)
    return written


def _called(stamp: Stamp) -> str:
    if stamp.size is None:
        return _OF_RENEWAL.format(number=stamp.id, authority=stamp.authority)
    return _OF_CHECKPOINT.format(size=stamp.size, authority=stamp.authority)


def _write_once(path: Path, content: bytes) -> None:
    try:
        if path.read_bytes() == content:
            return
    except FileNotFoundError:
        pass
    except OSError as problem:
        raise BadInput(f"cannot be read ({problem.strerror})", where=str(path)) from None
    write_bytes(path, content)


def take_replies(db: Database, folder: Path, authorities: Sequence[Authority], now: datetime) -> list[HandedIn]:
    """Take the replies in a folder; each finds its request by the hash and the random number in it.

    Parameters
    ----------
    db
        Where the requests lie.
    folder
        With ``.tsr`` files; others in it are not looked at.
    authorities
        Those configured.
    now
        The time.

    Returns
    -------
    list of HandedIn
        One for each file, by name.

    Raises
    ------
    BadInput
        If the folder cannot be read, or holds no reply.
    """
    try:
        files = sorted(one for one in folder.iterdir() if one.suffix.lower() == ".tsr")
    except OSError as problem:
        raise BadInput(f"cannot be read ({problem.strerror})", where=str(folder)) from None
    if not 0 < len(files) <= _MOST_REPLIES:
        raise BadInput(f"holds {len(files) or 'no'} replies; expected are files that end in .tsr", where=str(folder))
    by_name = {one.name: one for one in authorities}
    return [_take(db, file, by_name, now) for file in files]


def _take(db: Database, file: Path, authorities: Mapping[str, Authority], now: datetime) -> HandedIn:
    name = shown(file.name)
    try:
        reply = _content(file)
        said = read_reply(reply)
    except StampRefused as refused:
        return HandedIn(name, None, taken=False, words=refused.words)
    except OSError:
        return HandedIn(name, None, taken=False, words=_NO_FILE)
    found = next((one for one in stamps(db, "state <> 'failed'") if _answers(said.info, one)), None)
    if found is None:
        return HandedIn(name, None, taken=False, words=_NOBODY)
    if found.state == "stamped" and found.reply == reply:
        assert found.stamped_at is not None
        words = _HAD_ALREADY.filled(authority=found.authority, at=found.stamped_at.isoformat())
        return HandedIn(name, found.id, taken=True, words=words)
    if found.state != "waiting":
        return HandedIn(name, found.id, taken=False, words=_NOBODY)
    authority = authorities.get(found.authority)
    if authority is None:
        return HandedIn(name, found.id, taken=False, words=_NO_AUTHORITY.filled(authority=found.authority))
    fault = take(db, found, authority, reply, now)
    if fault is not None:
        return HandedIn(name, found.id, taken=False, words=fault.words)
    words = _TAKEN.filled(authority=found.authority, at=said.info.at.isoformat())
    return HandedIn(name, found.id, taken=True, words=words)


def _answers(info: Info, stamp: Stamp) -> bool:
    try:
        asked = read_request(stamp.request)
    except Malformed:
        return False
    return info.nonce is not None and (asked.nonce, asked.imprint) == (info.nonce, info.imprint)


def _content(file: Path) -> bytes:
    # A pipe or a device would never end; a link may lead anywhere.
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as opened:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("no plain file")
        return opened.read(MOST_BYTES + 1)
