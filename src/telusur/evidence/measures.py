"""Which measures protect this machine from a foreign file, found out by trying to get past them."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from telusur.domain.errors import TelusurError
from telusur.domain.text import Text
from telusur.evidence.limited import open_limited


@dataclass(frozen=True, slots=True)
class Measure:
    """One protective measure.

    Parameters
    ----------
    name
        Its name in data.
    holds
        Whether it is in force here.
    words
        What it does, for people.
    """

    name: str
    holds: bool
    words: Text

    def as_json(self) -> dict[str, object]:
        """Give name, whether it holds, and the words."""
        return {"measure": self.name, "holds": self.holds, "words": self.words.as_json()}


@dataclass(frozen=True, slots=True)
class Isolation:
    """How files were opened on this machine.

    Parameters
    ----------
    measures
        Each measure that was tried: those asked of the system first, then those proven by an attempt.
    """

    measures: tuple[Measure, ...]

    @property
    def complete(self) -> bool:
        """Whether all measures hold."""
        return all(measure.holds for measure in self.measures)

    @property
    def words(self) -> Text:
        """One sentence for the dossier."""
        lacking = [measure for measure in self.measures if not measure.holds]
        if not lacking:
            return Text(
                "Berkas dibuka dalam proses terbatas; semua pengaman berlaku.",
                "Files were opened in a limited process; every protective measure was in force.",
            )
        return Text(
            "Berkas dibuka dalam proses terbatas; yang tidak berlaku pada mesin ini: "
            + "; ".join(measure.words.id for measure in lacking)
            + ".",
            "Files were opened in a limited process; not in force on this machine: "
            + "; ".join(measure.words.en for measure in lacking)
            + ".",
        )

    def as_json(self) -> list[dict[str, object]]:
        """Give the measures in order."""
        return [measure.as_json() for measure in self.measures]


_ASKED: Final[Mapping[str, Text]] = {
    "processor": Text("batas waktu prosesor", "a limit of processor time"),
    "memory": Text("batas memori", "a limit of memory"),
    "no_writing": Text("larangan menulis ke berkas", "a ban on writing to files"),
    "open_files": Text("batas berkas terbuka", "a limit of open files"),
    "no_processes": Text("batas jumlah proses", "a limit of processes"),
    "no_new_privileges": Text("larangan menambah hak", "a ban on gaining rights"),
    "no_network_namespace": Text(
        "ruang jaringan tersendiri tanpa sambungan", "a network space of its own, unconnected"
    ),
    "own_root": Text("pandangan terbatas pada folder yang dibaca", "a view of nothing but the folder being read"),
    "seccomp": Text("daftar panggilan sistem yang diizinkan (seccomp)", "a list of allowed system calls (seccomp)"),
}
_PROVEN: Final[Mapping[str, Text]] = {
    "network": Text("percobaan memakai jaringan ditolak", "an attempt to use the network is refused"),
    "program": Text("percobaan menjalankan program ditolak", "an attempt to run a program is refused"),
    "process": Text("percobaan membuat proses ditolak", "an attempt to start a process is refused"),
    "writing": Text("percobaan menulis berkas ditolak", "an attempt to write a file is refused"),
    "other_files": Text("percobaan membuka berkas lain ditolak", "an attempt to open another file is refused"),
    "watching": Text("percobaan mengamati proses lain ditolak", "an attempt to watch another process is refused"),
}


@functools.cache
def isolation() -> Isolation:
    """Find out which measures hold here: a worker tries to get past each. Takes about a fifth of a second, once."""
    held: Mapping[str, object] = {}
    refused: dict[str, object] = {}
    # A folder, because the worker for one may open files and is the less confined of the two.
    with tempfile.TemporaryDirectory(prefix="telusur-") as folder:
        try:
            for message in open_limited("telusur.evidence.probe:escapes", Path(folder)):
                if isinstance(message.get("held"), dict):
                    held = message["held"]
                else:
                    refused[str(message.get("attempt"))] = message.get("refused")
        except TelusurError:
            # A worker that does not survive the attempts proves nothing of those it did not come to.
            pass
    return Isolation(
        tuple(Measure(name, held.get(name) is True, words) for name, words in _ASKED.items())
        + tuple(Measure(name, refused.get(name) is True, words) for name, words in _PROVEN.items())
    )
