"""The first page: what can be done here, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from telusur.domain.text import Text
from telusur.office.public.pages import open_page


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that can be done.

    Parameters
    ----------
    address
        Name of the page's address.
    """

    address: str
    title: Text
    what: Text

    @property
    def url(self) -> str | None:
        """Where it is; ``None`` in an office that does not offer it."""
        try:
            return reverse(self.address)
        except NoReverseMatch:
            return None


_FOR: tuple[tuple[Text, tuple[Card, ...]], ...] = (
    (
        Text("Untuk pegawai ASN", "For civil servants"),
        (
            Card(
                "public:selfcheck-person",
                Text("Bolehkah saya melakukan ini?", "May I do this?"),
                Text(
                    "Beberapa pertanyaan sebelum Anda berbuat, lalu jawaban dengan aturannya. Tidak disimpan.",
                    "A few questions before you act, then an answer with its rule. Nothing is kept.",
                ),
            ),
            Card(
                "public:takeover",
                Text("Akun saya diambil alih", "My account was taken over"),
                Text(
                    "Yang harus dilakukan hari ini, per platform, dan laporan diri bertanggal untuk atasan Anda.",
                    "What to do today, by platform, and a dated self-report for your superior.",
                ),
            ),
        ),
    ),
    (
        Text("Untuk pelapor", "For reporters"),
        (
            Card(
                "intake:report",
                Text("Lapor tanpa membuat akun", "Report without an account"),
                Text(
                    "Tanpa nama dan NIP. Anda mendapat kode untuk melihat perkembangannya.",
                    "Without name or number. You get a code to follow it.",
                ),
            ),
            Card(
                "intake:follow",
                Text("Lihat laporan saya", "Follow my report"),
                Text("Dengan kode enam belas angka dari kartu Anda.", "With the sixteen-digit code of your card."),
            ),
        ),
    ),
    (
        Text("Untuk terlapor", "For respondents"),
        (
            Card(
                "portal:enter",
                Text("Menanggapi surat panggilan", "Answer a notice"),
                Text(
                    "Dengan kode sekali pakai dari surat: rincian, bukti, dan tempat menjawab.",
                    "With the one-time code of the letter: particulars, evidence, and where to answer.",
                ),
            ),
        ),
    ),
    (
        Text("Untuk instansi", "For agencies"),
        (
            Card(
                "public:selfcheck-agency",
                Text("Bolehkah kantor melakukan ini?", "May our office do this?"),
                Text(
                    "Edaran, bantuan, undangan, unggahan akun kantor: diperiksa sebelum terbit.",
                    "A circular, aid, an invitation, a post on the office account: checked before it goes out.",
                ),
            ),
        ),
    ),
    (
        Text("Untuk semua", "For everybody"),
        (
            Card(
                "public:deadline",
                Text("Hitung tenggat", "Count a deadline"),
                Text(
                    "Hari demi hari, dengan hari libur menurut keputusannya, dan berkas kalender.",
                    "Day by day, with the days off by their decrees, and a calendar file.",
                ),
            ),
            Card(
                "public:rules",
                Text("Buku aturan", "The rule book"),
                Text(
                    "Setiap aturan dengan rujukan, keyakinan, syarat, dan contohnya.",
                    "Every rule with its citation, confidence, conditions and examples.",
                ),
            ),
        ),
    ),
    (
        Text("Bukti", "Evidence"),
        (
            Card(
                "public:transparency",
                Text("Apakah kantor ini adil?", "Is this office even-handed?"),
                Text(
                    "Audit perkara kantor ini, tabelnya, dan cara memeriksanya sendiri.",
                    "The audit of this office’s cases, its tables, and how to check it yourself.",
                ),
            ),
            Card(
                "public:verify",
                Text("Periksa bukti dari kantor ini", "Verify evidence of this office"),
                Text("Sidik kunci kantor, dan caranya.", "The fingerprint of its key, and how."),
            ),
        ),
    ),
    (
        Text("Untuk pemeriksa", "For inspectors"),
        (
            Card(
                "desk:queue",
                Text("Masuk ke meja kerja", "Enter the desk"),
                Text(
                    "Antrean, perkara, dan surat; dengan faktor kedua.",
                    "Queue, cases and letters; with a second factor.",
                ),
            ),
        ),
    ),
)


@open_page
def home(request: HttpRequest) -> HttpResponse:
    """Show what can be done here."""
    groups = [(title, [card for card in cards if card.url]) for title, cards in _FOR]
    return render(request, "office/public/home.html", {"groups": [one for one in groups if one[1]]})
