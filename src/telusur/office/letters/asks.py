"""What an officer fills in: for one letter, or for every one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from telusur.domain.text import Text


@dataclass(frozen=True, slots=True)
class Ask:
    """What the officer fills in, for one letter or for every one."""

    id: str
    kind: Literal["line", "words", "day", "moment", "choice"]
    label: Text
    hint: Text | None = None
    required: bool = True
    choices: tuple[tuple[str, Text], ...] = ()


def common() -> tuple[Ask, ...]:
    """Give what is asked for every letter: its number, who signs, what goes along, who gets a copy."""
    return _COMMON


_COMMON: Final = (
    Ask("number", "line", Text("Nomor surat", "Number of the letter")),
    Ask("signer", "line", Text("Nama yang menandatangani", "Name of who signs")),
    Ask("signer_position", "line", Text("Jabatan yang menandatangani", "Position of who signs")),
    Ask(
        "attachments",
        "line",
        Text("Lampiran", "Attachments"),
        Text(
            "Misalnya: 1 (satu) berkas. Kosongkan bila tidak ada.",
            "For instance: 1 file. Leave empty if there are none.",
        ),
        required=False,
    ),
    Ask(
        "more_copies",
        "words",
        Text("Tembusan lain", "Further copies"),
        Text("Satu penerima setiap baris.", "One receiver a line."),
        required=False,
    ),
)
