"""Evidence that comes in, and records that others are asked to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from django import forms

from telusur import process
from telusur.domain.evidence import Grade, SourceKind, Supplier
from telusur.domain.text import Text
from telusur.dossier import Source
from telusur.office.actions.asking import supplier_words
from telusur.office.actions.base import Action, register
from telusur.office.forms import Choice, DateField, FilesField, check_field, choice_field, line_field
from telusur.office.words import late

KINDS: Final[Mapping[SourceKind, Text]] = {
    "screenshot": Text("tangkapan layar, cetakan, atau salinan", "screenshot, print or copy"),
    "web_archive": Text("tangkapan web", "web capture"),
    "platform_export": Text("unduhan data akun dari platform", "account data downloaded from the platform"),
    "provider_record": Text("catatan penyedia yang dikirim penyedia", "record sent by the provider"),
    "security_email": Text("surel keamanan", "security e-mail"),
    "operator_letter": Text("surat operator seluler", "letter of the mobile operator"),
    "police_report": Text("laporan polisi", "police report"),
    "known_writing": Text("tulisan yang diketahui milik terlapor (.jsonl)", "known writing of the respondent (.jsonl)"),
    "document": Text("dokumen asli", "original document"),
}
#: A known writing's lines come as JSON.
_LINES: Final = ".jsonl"


@register
class AddEvidence(Action):
    """Add evidence: sealed by its hash, kept unchanged; its grade follows from how it came."""

    name = "bukti"
    title = Text("Tambah bukti", "Add evidence")
    group = "acts"
    permission = "evidence.add"
    explains = Text(
        "Berkas disegel dengan SHA-256 dan disimpan tanpa perubahan. Tingkatnya ditentukan oleh cara berkas itu "
        "sampai di sini.",
        "The file is sealed by its SHA-256 and kept unchanged. Its grade follows from how it came here.",
    )

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        probe = process.EvidenceAdded(
            **self.stamp(), evidence="-", sha256="0" * 64, name="-", grade=Grade.E, supplied_by="authority", sealed=True
        )
        return process.refusals(self.file, probe)

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for the files, what they are, and who supplied them."""
        suppliers = [Choice(one, supplier_words(one)) for one in ("authority", "reporter", "respondent", "provider")]
        return {
            "papers": FilesField(label=late("Berkas", "Files"), kinds=(*FilesField(label="").kinds, _LINES)),
            "kind": choice_field(("Apa ini?", "What is it?"), [Choice(one, words) for one, words in KINDS.items()]),
            "supplied_by": choice_field(
                ("Siapa yang menyerahkan?", "Who supplied it?"),
                suppliers,
                (
                    "Yang diserahkan terlapor untuk membersihkan diri tidak dapat mendasari perbuatan baru.",
                    "What the respondent hands in to clear themselves can support no new act.",
                ),
            ),
            "before_officer": check_field(
                ("Dibuat atau diunduh di depan petugas, dengan berita acara", "Made before an officer, with minutes"),
                required=False,
            ),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Seal them; their steps go on file."""
        kind, supplied_by = cast("SourceKind", cleaned["kind"]), cast("Supplier", cleaned["supplied_by"])
        grade = Source("-", kind, supplied_by, cleaned["before_officer"]).grade
        for upload in cleaned["papers"]:
            self.attach(upload, kind=kind, grade=grade, supplied_by=supplied_by)
        return []

    def done(self) -> Text:
        """Say what was sealed."""
        names = ", ".join(f"{row.name} ({row.sha256[:12]}…)" for row, _ in self._attached)
        return Text(f"Disegel: {names}", f"Sealed: {names}")


@register
class AskPreservation(Action):
    """Record that somebody was asked not to delete a record."""

    name = "amankan"
    title = Text("Catat permintaan agar catatan disimpan", "Record a request to keep a record")
    group = "acts"

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        return process.refusals(self.file, process.PreservationAsked(**self.stamp(), to="-", what="-"))

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask whom, what, and until when it is kept otherwise."""
        return {
            "to": line_field(("Kepada siapa?", "Whom?"), ("Platform, operator, atau kantor.", "Platform, operator…")),
            "what": line_field(("Catatan apa?", "Which record?")),
            "expires": DateField(
                label=late("Tanpa permintaan hilang pada", "Gone otherwise on"),
                help_text=late("Kosongkan bila tidak diketahui.", "Leave empty if not known."),
                required=False,
            ),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        told = {name: cleaned[name] for name in ("to", "what", "expires")}
        return [process.PreservationAsked(**self.stamp(), **told)]
