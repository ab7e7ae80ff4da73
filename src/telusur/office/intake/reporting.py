"""A report by somebody without an account: what happened, where it can be seen, when; nothing of who reports.

The code is made from the form's one-time token, so that a form that is sent twice gives one report and the same code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from telusur import law
from telusur.domain.account import PLATFORMS
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.domain.vocabulary import FIELDS
from telusur.office import codes, custody, exhibits, limits
from telusur.office.forms import Choice, DateField, FilesField, Form, choice_field, line_field, words_field
from telusur.office.models import PublicReport, ReportFile
from telusur.office.policies import PUBLIC, needs
from telusur.office.words import late, say

PURPOSE: Final = "report"
_SHORTEST_TOKEN: Final = 24
PLATFORM_WORDS: Final = {
    "x": Text("X (Twitter)", "X (Twitter)"),
    "facebook": Text("Facebook", "Facebook"),
    "instagram": Text("Instagram", "Instagram"),
    "tiktok": Text("TikTok", "TikTok"),
    "youtube": Text("YouTube", "YouTube"),
    "whatsapp": Text("WhatsApp", "WhatsApp"),
    "other": Text("lainnya", "another one"),
}


def kinds() -> list[Choice]:
    """Give the kinds of act, in everyday words, and "I do not know"."""
    known = [Choice(str(value), law.label("act.kind", value)) for value in FIELDS["act.kind"].values]
    return [*known, Choice("", Text("tidak tahu", "I do not know"))]


class ReportForm(Form):
    """What a report tells. Neither name nor NIP nor rank of anybody is asked for."""

    what = words_field(
        ("Apa yang terjadi?", "What happened?"),
        (
            "Ceritakan perbuatannya: siapa melakukan apa, di mana, dan apa yang Anda lihat sendiri.",
            "Tell the act: who did what, where, and what you saw yourself.",
        ),
        min_length=20,
    )
    kind = choice_field(
        ("Perbuatan apa ini?", "What kind of act is it?"),
        kinds(),
        ("Pilih yang paling dekat.", "Choose the nearest."),
        required=False,
    )
    platform = choice_field(
        ("Di mana terlihat?", "Where could it be seen?"),
        [
            *(Choice(name, PLATFORM_WORDS[name]) for name in PLATFORMS),
            Choice("", Text("bukan di media sosial", "not on social media")),
        ],
        required=False,
    )
    url = line_field(
        ("Alamat (tautan)", "Address (link)"),
        (
            "Salin tautan unggahan, komentar, atau halaman itu. Inilah yang paling membantu.",
            "Copy the link of the post, comment or page. It helps most of all.",
        ),
        required=False,
        max_length=2000,
    )
    handle = line_field(
        ("Nama akun", "Account name"), ("Misalnya @nama_akun.", "For instance @account_name."), required=False
    )
    on = DateField(
        label=late("Kapan terjadi?", "When did it happen?"),
        help_text=late(
            "Tanggal yang Anda ketahui; boleh dikosongkan bila tidak tahu.",
            "The day, as far as you know; may be empty.",
        ),
        required=False,
        past=True,
    )
    known_on = DateField(
        label=late("Kapan Anda mengetahuinya?", "When did you learn of it?"),
        help_text=late(
            "Jangka waktu melapor ke Bawaslu dihitung dari hari ini, paling lama tujuh hari.",
            "The term for a report to Bawaslu is counted from this day, seven days at most.",
        ),
        required=False,
        past=True,
    )
    place = line_field(
        ("Di daerah mana?", "In which region?"),
        ("Kabupaten, kota, atau provinsi.", "Regency, city or province."),
        required=False,
    )
    who = line_field(
        ("Siapa yang Anda laporkan?", "Whom do you report?"),
        (
            "Nama atau jabatan bila Anda tahu. NIP dan pangkat tidak perlu: petugas yang mencarinya.",
            "Name or post, if you know. No number or rank is needed: an officer finds them.",
        ),
        required=False,
    )
    papers = FilesField(
        label=late("Berkas", "Files"),
        help_text=late(
            "Tangkapan layar atau berkas asli. Data tersembunyi di dalamnya (misalnya lokasi foto) ikut tersimpan; "
            "hanya petugas yang berhak yang dapat membukanya.",
            "Screenshots or original files. Hidden data in them (say, where a photo was taken) is kept along; "
            "only officers with the right to do so can open them.",
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for something by which the act can be found."""
        cleaned = super().clean()
        if cleaned.get("platform") and not (cleaned.get("url") or cleaned.get("handle") or cleaned.get("papers")):
            self.add_error(
                "url",
                ValidationError(
                    late(
                        "Beri tautan, nama akun, atau berkas: tanpa salah satunya perbuatan itu tidak dapat ditemukan.",
                        "Give a link, an account name or a file: without one of them the act cannot be found.",
                    )
                ),
            )
        return cleaned


def told(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Give what a report tells, as it is kept."""
    words = {name: cleaned[name] for name in ("what", "kind", "platform", "url", "handle", "place", "who")}
    days = {name: cleaned[name].isoformat() if cleaned[name] else None for name in ("on", "known_on")}
    return {name: value for name, value in {**words, **days}.items() if value}


def receipt(report: PublicReport, hashes: Sequence[str]) -> str:
    """Give the hash that the receipt shows: SHA-256 of what was told, its files and the time, as canonical JSON."""
    held = {"told": report.told, "files": sorted(hashes), "received_at": report.received_at.isoformat()}
    return hashlib.sha256(
        json.dumps(held, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


@never_cache
@needs(PUBLIC)
def report(request: HttpRequest) -> HttpResponse:
    """Take a report, and show its code once."""
    if request.method != "POST":
        return render(request, "office/intake/report.html", {"form": ReportForm()})
    form = ReportForm(request.POST, request.FILES)
    token = request.POST.get("token", "")
    if len(token) < _SHORTEST_TOKEN:
        form.add_error(None, say(_OLD_FORM))
    if not form.is_valid():
        return render(request, "office/intake/report.html", {"form": form}, status=422)
    code = codes.derived_code(token, PURPOSE)
    kept = PublicReport.objects.filter(digest=codes.digest(code, PURPOSE)).first()
    altered = kept is not None and kept.told != told(form.cleaned_data)
    if kept is None:
        if limits.too_often(request, "report"):
            return limits.refused(request, "report")
        try:
            kept = _keep(code, form.cleaned_data)
        except IntegrityError:  # the same form, sent twice at once
            kept = PublicReport.objects.get(digest=codes.digest(code, PURPOSE))
        except BadInput as error:
            form.add_error("papers", say(error.words))
            return render(request, "office/intake/report.html", {"form": form}, status=422)
    context = {"report": kept, "code": codes.shown(code), "files": kept.files.all(), "altered": altered}
    return render(request, "office/intake/received.html", context)


_OLD_FORM: Final = Text(
    "Halaman ini terbuka terlalu lama; yang Anda ketik masih ada. Kirim sekali lagi.",
    "This page was open for too long; what you typed is still here. Send it once more.",
)


def _keep(code: str, cleaned: dict[str, Any]) -> PublicReport:
    with exhibits.Tray() as tray:
        return _kept(code, cleaned, [tray.take_in(file, kind=None, grade=Grade.E) for file in cleaned["papers"] or ()])


def _kept(code: str, cleaned: dict[str, Any], taken: Sequence[exhibits.Taken]) -> PublicReport:
    with transaction.atomic():
        kept = PublicReport(
            digest=codes.digest(code, PURPOSE), received_at=timezone.now().replace(microsecond=0), told=told(cleaned)
        )
        kept.receipt = receipt(kept, [one.item.sha256 for one in taken])
        kept.save(force_insert=True)
        ReportFile.objects.bulk_create(
            ReportFile(
                report=kept,
                sha256=one.item.sha256,
                name=one.item.path,
                bytes=one.item.size,
                media_type=one.item.type,
            )
            for one in taken
        )
        exhibits.keep(kept, taken)
        hashes = [one.item.sha256 for one in taken]
        custody.received(kept, "intake", {"receipt": kept.receipt}, hashes)
    return kept
