"""Committing to an export without telling what is in it.

A plain hash of a left-out file could be guessed: a file of one search or one telephone number has few possible
contents, and a name of a folder fewer still. So every commitment is keyed. The key comes from all of the export
together, through a slow function: who holds the full export finds the key again and can check every commitment; who
does not would have to guess all of the export at once. Nothing has to be kept secret, and the same export gives the
same file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from telusur.domain.errors import BadInput
from telusur.evidence import Limits, open_limited

_TASK: Final = "telusur.exports.reduced.task:hashes"
_SALT: Final = b"telusur.reduced_export/1"
#: Cost of one guess: 64 MB and about a fifth of a second.
_N, _R, _P, _MEMORY = 1 << 16, 8, 1, 128 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an export: its name, size in bytes, and hash; no hash where it is damaged or refused."""

    name: str
    size: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Original:
    """An export as received: its files, and size and hash of the zip or file where it is no folder."""

    members: tuple[Member, ...]
    size: int | None
    sha256: str | None


def original_of(path: Path, name: str) -> Original:
    """Hash an export as received.

    Parameters
    ----------
    path
        Zip, folder or file.
    name
        What to call it in messages.

    Raises
    ------
    BadInput
        If it cannot be opened.
    """
    members: list[Member] = []
    whole: tuple[int | None, str | None] = (None, None)
    megabytes = path.stat().st_size >> 20 if path.is_file() else 1 << 12
    seconds = 60 + megabytes
    for message in open_limited(_TASK, path, Limits(cpu_seconds=seconds, wall_seconds=10.0 * seconds), name=name):
        match message:
            case {"member": [str(member), int(size), str() | None as sha256]}:
                members.append(Member(member, size, sha256))
            case {"whole": [int() | None as size, str() | None as sha256]}:
                whole = (size, sha256)
            case _:
                raise BadInput("made its reader answer nonsense; keep the file and tell the developers", where=name)
    return Original(tuple(sorted(members, key=lambda member: member.name)), *whole)


class Commitments:
    """What is told of an export in place of its content.

    Parameters
    ----------
    original
        The export as received.
    """

    def __init__(self, original: Original) -> None:
        self._original = original
        listed = [[member.name, member.size, member.sha256] for member in original.members]
        everything = json.dumps(listed, separators=(",", ":")).encode()
        self._key = hashlib.scrypt(
            hashlib.sha256(everything).digest(), salt=_SALT, n=_N, r=_R, p=_P, maxmem=_MEMORY, dklen=32
        )

    def of(self, *said: object) -> str:
        """Give the commitment to some values.

        Parameters
        ----------
        *said
            What they are, and they themselves: JSON values.
        """
        words = json.dumps(list(said), separators=(",", ":")).encode()
        return hmac.new(self._key, words, "sha256").hexdigest()

    def as_json(self, named: Collection[str], kinds: Sequence[str]) -> dict[str, Any]:
        """Give the commitments of an export.

        Parameters
        ----------
        named
            Names of files that may be told, because their records are kept.
        kinds
            What is told of the names of the others.
        """
        told = [member for member in self._original.members if member.name in named]
        others = [member for member in self._original.members if member.name not in named]
        return {
            "whole": None if self._original.sha256 is None else self.of("whole", self._original.sha256),
            "bytes": self._original.size,
            "read": [
                {"file": m.name, "bytes": m.size, "commitment": self.of("member", m.name, m.size, m.sha256)}
                for m in told
            ],
            "left_out": {
                "files": len(others),
                "bytes": sum(m.size for m in others),
                "kinds": list(kinds),
                # In the order of the commitments, which tells nothing of the order of the names.
                "commitments": sorted(self.of("member", m.name, m.size, m.sha256) for m in others),
            },
        }

    def kinds_but(self, named: Collection[str]) -> list[str]:
        """Give the kinds of the files that are not among some, and how many there are of each."""
        counts: dict[str, int] = {}
        for member in self._original.members:
            if member.name not in named:
                kind = member.name.rpartition("/")[2].rpartition(".")[2].casefold()
                kind = f"*.{kind}" if kind in _KINDS else "*"
                counts[kind] = counts.get(kind, 0) + 1
        return [f"{kind} ({count})" for kind, count in sorted(counts.items())]


#: Ends of names that tell nothing of a person.
_KINDS: Final = frozenset(
    {"json", "js", "csv", "txt", "html", "jpg", "jpeg", "png", "gif", "webp", "mp4", "mov", "mp3", "opus", "ogg"}
    | {"aac", "m4a", "pdf", "vcf", "ics", "mbox", "xml", "zip", "docx", "xlsx", "srt", "css", "svg", "webm", "heic"}
)
