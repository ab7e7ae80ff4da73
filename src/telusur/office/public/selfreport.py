"""The dated self-report: a form, and a PDF for it. Files are hashed while they come in; nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from telusur.domain.account import PLATFORMS
from telusur.domain.moment import Moment
from telusur.domain.text import Text
from telusur.dossier.render import words
from telusur.dossier.selfreport import ACCESS, Attached, SelfReport, check, data, self_report_pdf
from telusur.office import limits
from telusur.office.forms import Choice, Form, MomentField, choice_field, line_field, words_field
from telusur.office.public.pages import open_page
from telusur.office.public.selfcheck import today
from telusur.office.public.uploads import MOST_FILES, Hashed
from telusur.office.words import language, late, say

_WORDS: Final = "telusur.dossier.selfreport"
#: The field that brings back a file's hash, and those that bring back what was typed.
_KEPT: Final = "tetap"
_CARRIED: Final = frozenset(
    "platform akun keadaan terjadi tindakan nama "
    "tahu_tanggal tahu_jam tahu_zona pakai_tanggal pakai_jam pakai_zona".split()
)
_SALT: Final = "public.selfreport"
#: Of what `check` complains, the field of the form.
_FIELD: Final = {"happened": "terjadi", "noticed": "tahu", "last_access": "pakai"}


def _choices(family: str, values: Iterable[str]) -> list[Choice]:
    """Give values in the words that the paper uses."""
    spoken = words(_WORDS)
    return [Choice(one, spoken[f"{family}.{one}"]) for one in values]


class ReportForm(Form):
    """What the owner says."""

    platform = choice_field(("Platform", "Platform"), _choices("platform", PLATFORMS))
    akun = line_field(
        ("Nama akun atau nomor", "Handle or number"),
        ("Seperti terlihat di platform. Jangan tulis kata sandi.", "As the platform shows it. Never write a password."),
        max_length=200,
    )
    tahu = MomentField(
        label=late("Kapan Anda mengetahuinya?", "When did you notice?"),
        help_text=late("Dengan zona waktu tempat Anda berada.", "With the time zone where you were."),
        past=True,
    )
    pakai = MomentField(
        label=late("Kapan terakhir Anda sendiri memakainya?", "When did you last use it yourself?"),
        help_text=late(
            "Jam kira-kira boleh. Kosongkan bila tidak ingat.", "A rough time will do. Leave it if you do not remember."
        ),
        required=False,
        past=True,
    )
    keadaan = choice_field(("Keadaan akun sekarang", "State of the account now"), _choices("access", ACCESS))
    terjadi = words_field(
        ("Apa yang terjadi", "What happened"),
        (
            "Dengan kata Anda sendiri: apa yang muncul, apa yang berubah, surel apa yang masuk.",
            "In your own words: what appeared, what changed, which e-mails came.",
        ),
        rows=6,
    )
    tindakan = words_field(("Apa yang sudah Anda lakukan", "What you have done about it"), required=False, rows=4)
    nama = line_field(
        ("Nama Anda", "Your name"),
        (
            "Boleh ditulis tangan nanti. NIP tidak diminta.",
            "May be written by hand later. No staff number is asked for.",
        ),
        required=False,
        max_length=200,
    )

    def report(self, attached: tuple[Attached, ...]) -> SelfReport:
        """Give the report that the form makes, of today where its maker noticed."""
        held = self.cleaned_data
        return SelfReport(
            timezone.now().astimezone(held["tahu"].tzinfo).date(),
            held["platform"],
            held["akun"],
            _moment(held["tahu"]),
            _moment(held["pakai"]) if held["pakai"] else None,
            held["keadaan"],
            held["terjadi"],
            held["tindakan"],
            held["nama"],
            attached,
        )


def _moment(at: datetime) -> Moment:
    return Moment.parse(at.isoformat(timespec="minutes"))


@open_page
def report(request: HttpRequest) -> HttpResponse:
    """Ask for a report, show what it will say, or give it as a PDF."""
    sent, does = request.POST, request.POST.get("lakukan")
    if request.method != "POST" or does == "mulai":
        return _ask(request, ReportForm(initial={"platform": sent.get("platform", "")}), ())
    attached = tuple(_attached(request))
    kept = [(_KEPT, signing.dumps([one.name, one.size, one.sha256], salt=_SALT)) for one in attached]
    request.brought.instead = [  # type: ignore[attr-defined]
        *((name, value) for name in sent for value in sent.getlist(name) if name in _CARRIED),
        *kept,
        ("lakukan", does or ""),
    ]
    form = ReportForm(sent)
    if getattr(request, "too_much", False):
        form.add_error(None, _too_much())
    made = form.report(attached) if form.is_valid() else None
    for problem in check(made) if made else ():
        words_ = say(problem.words)
        form.add_error(_FIELD[problem.field or ""], f"{words_[:1].upper()}{words_[1:]}.")
    if made is None or form.errors or does == "ubah":
        return _ask(request, form, tuple(zip(attached, kept, strict=True)))
    if does == "pdf":
        if limits.too_often(request, "pdf"):
            return limits.refused(request, "pdf")
        return _paper(made)
    carried = [one for one in request.brought if one[0] != "lakukan"]  # type: ignore[attr-defined]
    return render(
        request, "office/public/takeover/selfreport-check.html", {"said": data(made, language()), "carried": carried}
    )


def _ask(request: HttpRequest, form: ReportForm, kept: tuple[tuple[Attached, tuple[str, str]], ...]) -> HttpResponse:
    seen = {"form": form, "kept": kept, "today": today(), "most": MOST_FILES}
    return render(request, "office/public/takeover/selfreport.html", seen)


def _paper(made: SelfReport) -> HttpResponse:
    answer = HttpResponse(self_report_pdf(made, language()), content_type="application/pdf")
    name = say(Text("laporan-diri", "self-report"))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{made.day.isoformat()}.pdf"'
    return answer


def _attached(request: HttpRequest) -> Iterator[Attached]:
    """Give the files of this request, and those hashed before whose hashes the form brought back, signed by us."""
    seen: set[Attached] = set()
    for written in request.POST.getlist(_KEPT)[:MOST_FILES]:
        try:
            name, size, sha256 = signing.loads(written, salt=_SALT)
        except (signing.BadSignature, ValueError):
            continue
        one = Attached(name, size, sha256)
        if one not in seen:
            seen.add(one)
            yield one
    for file in request.FILES.getlist("berkas"):
        if isinstance(file, Hashed) and file.attached not in seen:
            seen.add(file.attached)
            yield file.attached


def _too_much() -> str:
    return late(
        f"Berkasnya terlalu banyak atau terlalu besar: paling banyak {MOST_FILES} berkas, bersama-sama 2 GB. "
        "Pilih yang paling penting; sidik berkas lain dapat dihitung dengan perintah telusur selfreport.",
        f"Too many files, or too large: at most {MOST_FILES} files of 2 GB together. "
        "Choose those that matter most; others can be hashed with the command telusur selfreport.",
    )
