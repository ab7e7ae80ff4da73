"""Items of evidence and what their capture can support."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from telusur.domain.text import Text

SourceKind = Literal[
    "platform_export",
    "provider_record",
    "security_email",
    "operator_letter",
    "police_report",
    "screenshot",
    "web_archive",
    "known_writing",
    "document",
]
Supplier = Literal["respondent", "reporter", "authority", "provider"]


class Grade(StrEnum):
    """Capture grade of a file: how it came into the authority's hands (contracts.md, section 2)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"

    @property
    def meaning(self) -> Text:
        """What the grade says, for people."""
        return _MEANINGS[self]


_MEANINGS = {
    Grade.A: Text(
        "catatan yang dikirim penyedia kepada pihak berwenang", "record sent by the provider to the authority"
    ),
    Grade.B: Text(
        "tangkapan web oleh petugas, atau ekspor yang diunduh di depan petugas dengan berita acara",
        "web capture by an officer, or an export downloaded before an officer with minutes",
    ),
    Grade.C: Text("ekspor dari pemiliknya sendiri (dapat disunting)", "export supplied by its owner (editable)"),
    Grade.D: Text("berkas asli dengan metadata", "original file with metadata"),
    Grade.E: Text("tangkapan layar, cetakan, atau salinan", "screenshot, print or copy"),
}


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One file as it was received.

    Parameters
    ----------
    path
        Its path within the case folder.
    sha256
        Lower-case hex hash of its bytes.
    size
        Bytes.
    kind
        What the case says it is; ``None`` where the case does not list it.
    type
        Media type that its bytes show.
    grade
        Capture grade.
    problems
        What is wrong with it, one sentence each.
    remarks
        What to know about it that is not wrong, one sentence each.
    """

    path: str
    sha256: str
    size: int
    kind: SourceKind | None
    type: str
    grade: Grade
    problems: tuple[Text, ...] = ()
    remarks: tuple[Text, ...] = ()
