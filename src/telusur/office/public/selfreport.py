"""The dated self-report: a form, and a PDF for it. Files are hashed while they come in; nothing is written anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from telusur.domain.account import PLATFORMS
from telusur.domain.moment import Moment
from telusur.domain.text import Text
from telusur.dossier.render.speech import Speech
from telusur.dossier.selfreport import ACCESS, Attached, Hashing, SelfReport, check, self_report_pdf
from telusur.office import zones
from telusur.office.forms import Form, words_field
from telusur.office.public.dates import DayField
from telusur.office.public.pages import open_page
from telusur.office.public.selfcheck import today
from telusur.office.words import language, late, say

_WORDS: Final = "telusur.dossier.selfreport"
#: Files of one report, and bytes of all of them together.
_MOST_FILES: Final = 20
_MOST_BYTES: Final = 2 * 1024**3
_SALT: Final = "public.selfreport"
_HOUR: Final = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")
#: Of what `check` complains, the field of the form.
_FIELD: Final = {"happened": "terjadi", "noticed": "tahu_hari", "last_access": "pakai_hari"}


class _Hashed(InMemoryUploadedFile):
    """A file of which only name, size and hash were kept."""

    def __init__(self, attached: Attached) -> None:
        super().__init__(BytesIO(), None, attached.name, None, attached.size, None)
        self.attached = attached


class HashingUpload(FileUploadHandler):
    """Hash what comes in, and let it go."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._files = self._bytes = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._files += 1
        self._hashing = Hashing()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        """Take a chunk; nothing is handed on."""
        self._bytes += len(raw_data)
        if self._bytes > _MOST_BYTES or self._files > _MOST_FILES:
            self.request.too_much = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        self._hashing.take(raw_data)

    def file_complete(self, file_size: int) -> _Hashed | None:  # noqa: ARG002 - Django's signature
        """Give what was kept of the file."""
        return _Hashed(self._hashing.named(self.file_name or "")) if self.file_name else None


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class HourField(forms.CharField):
    """A time of day: ``21.40`` or ``21:40``."""

    def clean(self, value: Any) -> Any:
        """Give the time."""
        words = super().clean(value).strip()
        if not words:
            return None
        found = _HOUR.fullmatch(words)
        if found is None:
            raise forms.ValidationError(
                late("Ini bukan jam. Tulis misalnya 21.40.", "This is no time of day. Write for instance 21.40.")
            )
        return time(int(found[1]), int(found[2]))


class ReportForm(Form):
    """What the owner says."""

    platform = forms.ChoiceField(label=late("Platform", "Platform"))
    akun = forms.CharField(
        label=late("Nama akun atau nomor", "Handle or number"),
        help_text=late(
            "Seperti terlihat di platform, tanpa kata sandi.", "As the platform shows it; never a password."
        ),
        max_length=200,
    )
    tahu_hari = DayField(
        label=late("Hari Anda mengetahuinya", "Day you noticed"),
        help_text=late("Contoh: 15 Januari 2024 atau 15/01/2024.", "For instance 15 January 2024 or 15/01/2024."),
    )
    tahu_jam = HourField(
        label=late("Jam Anda mengetahuinya", "Time you noticed"),
        help_text=late("Contoh: 21.40", "For instance 21.40"),
        max_length=5,
        widget=forms.TextInput(attrs={"class": "w-10", "inputmode": "text"}),
    )
    zona = forms.ChoiceField(
        label=late("Zona waktu", "Time zone"),
        choices=[
            ("WIB", late("WIB (Indonesia Barat)", "WIB (Western Indonesia)")),
            ("WITA", late("WITA (Indonesia Tengah)", "WITA (Central Indonesia)")),
            ("WIT", late("WIT (Indonesia Timur)", "WIT (Eastern Indonesia)")),
        ],
    )
    keadaan = forms.ChoiceField(label=late("Keadaan akun sekarang", "State of the account now"))
    pakai_hari = DayField(
        label=late("Hari terakhir Anda sendiri memakainya", "Day you yourself last used it"), required=False
    )
    pakai_jam = HourField(
        label=late("Jamnya, kira-kira", "The time, roughly"),
        required=False,
        max_length=5,
        widget=forms.TextInput(attrs={"class": "w-10"}),
    )
    terjadi = words_field(
        ("Apa yang terjadi", "What happened"),
        (
            "Dengan kata Anda sendiri: apa yang muncul, apa yang berubah, surel apa yang masuk.",
            "In your own words: what appeared, what changed, which e-mails came.",
        ),
        rows=6,
    )
    tindakan = words_field(("Apa yang sudah Anda lakukan", "What you have done about it"), required=False, rows=4)
    nama = forms.CharField(
        label=late("Nama Anda", "Your name"),
        help_text=late(
            "Boleh ditulis tangan nanti. NIP tidak diminta.",
            "May be written by hand later. No staff number is asked for.",
        ),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = Speech(language(), _WORDS)
        choices = {"platform": PLATFORMS, "keadaan": ACCESS}
        for name, values in choices.items():
            empty = say(Text("– pilih –", "– choose –"))
            self.fields[name].choices = [  # type: ignore[attr-defined]
                ("", empty),
                *((one, spoken.name("access" if name == "keadaan" else name, one)) for one in values),
            ]

    def clean(self) -> dict[str, Any]:
        """Say what contradicts itself."""
        held = super().clean() or self.cleaned_data
        if held.get("pakai_jam") and not held.get("pakai_hari"):
            self.add_error("pakai_hari", late("Isi harinya juga.", "Fill in the day as well."))
        return held

    def report(self, day: date, attached: tuple[Attached, ...]) -> SelfReport:
        """Give the report that the form makes."""
        held = self.cleaned_data
        last = held.get("pakai_hari")
        return SelfReport(
            day,
            held["platform"],
            held["akun"],
            self._moment(held["tahu_hari"], held["tahu_jam"]),
            self._moment(last, held.get("pakai_jam") or time(0, 0)) if last else None,
            held["keadaan"],
            held["terjadi"],
            held["tindakan"],
            held["nama"],
            attached,
        )

    def _moment(self, day: date, at: time) -> Moment:
        zone = zones.ZONES[self.cleaned_data["zona"]]
        return Moment.parse(datetime.combine(day, at, zone).isoformat(timespec="minutes"))


@open_page
def report(request: HttpRequest) -> HttpResponse:
    """Ask for a report, or give it as a PDF."""
    if request.method == "POST":
        request.upload_handlers = [HashingUpload(request)]
    platform = request.POST.get("platform", "")
    if request.method != "POST" or request.POST.get("lakukan") == "mulai":
        return _page(request, ReportForm(initial={"platform": platform, "zona": zones.chosen_name()}), ())
    attached = tuple(_attached(request))
    form = ReportForm(request.POST)
    day = today()
    if getattr(request, "too_much", False):
        form.add_error(None, _too_much())
    if form.is_valid():
        made = form.report(day, attached)
        for problem in check(made):
            form.add_error(_FIELD[problem.field or ""], say(problem.words).capitalize() + ".")
        if form.is_valid():
            return _paper(made)
    return _page(request, form, attached)


def _paper(made: SelfReport) -> HttpResponse:
    answer = HttpResponse(self_report_pdf(made, language()), content_type="application/pdf")
    name = say(Text("laporan-diri", "self-report"))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{made.day.isoformat()}.pdf"'
    return answer


def _page(request: HttpRequest, form: ReportForm, attached: tuple[Attached, ...]) -> HttpResponse:
    kept = [(one, signing.dumps([one.name, one.size, one.sha256], salt=_SALT, compress=True)) for one in attached]
    return render(
        request,
        "office/public/takeover/selfreport.html",
        {"form": form, "kept": kept, "today": today(), "most": _MOST_FILES},
    )


def _attached(request: HttpRequest) -> Iterator[Attached]:
    """Give the files of this request, and those hashed before whose hashes the form brought back, signed by us."""
    seen: set[Attached] = set()
    for words in request.POST.getlist("tetap")[:_MOST_FILES]:
        try:
            name, size, sha256 = signing.loads(words, salt=_SALT)
        except (signing.BadSignature, ValueError):
            continue
        one = Attached(name, size, sha256)
        if one not in seen:
            seen.add(one)
            yield one
    for file in request.FILES.getlist("berkas"):
        if isinstance(file, _Hashed) and file.attached not in seen:
            seen.add(file.attached)
            yield file.attached


def _too_much() -> str:
    return late(
        f"Berkasnya terlalu banyak atau terlalu besar: paling banyak {_MOST_FILES} berkas, bersama-sama 2 GB. "
        "Pilih yang paling penting; sidik berkas lain dapat dihitung dengan perintah telusur selfreport.",
        f"Too many files, or too large: at most {_MOST_FILES} files of 2 GB together. "
        "Choose those that matter most; others can be hashed with the command telusur selfreport.",
    )
