"""The office's addresses, and one page with every block of the look on it."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import path

from telusur.domain.text import Text
from telusur.office import urls
from telusur.office.forms import (
    Choice,
    ChoicesField,
    DateField,
    FilesField,
    Form,
    MomentField,
    NipField,
    NumberField,
    check_field,
    choice_field,
    words_field,
)

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


class Blocks(Form):
    """One of each field."""

    day = DateField(label="Tanggal", help_text="Misalnya 14 Februari 2024")
    moment = MomentField(label="Waktu unggahan")
    number = NumberField(label="Jumlah pengikut", least=1, most=100_000)
    nip = NipField(label="NIP", required=False)
    way = choice_field(
        ("Bagaimana ditemukan?", "How was it found?"),
        [
            Choice("report", Text("Laporan", "A report"), Text("Dari masyarakat", "From the public")),
            Choice("lead", Text("Informasi awal", "A lead")),
        ],
    )
    claims = ChoicesField(
        [Choice("a", Text("Bukan akun saya", "Not my account")), Choice("b", Text("Diambil alih", "Taken over"))],
        label="Klaim",
    )
    files = FilesField(label="Bukti")
    story = words_field(("Ceritakan", "Tell"))
    read = check_field(("Saya sudah membaca", "I have read it"))


PAGE = Path(__file__).with_name("blocks.html")


def blocks(request: HttpRequest) -> HttpResponse:
    """Show every block, and the form with what was sent."""
    if "rusak" in request.GET:
        raise RuntimeError
    form = Blocks(request.POST or None, request.FILES or None)
    if request.method == "POST" and request.POST.get("story") == "terima":
        return redirect("/lain/")
    page = engines["django"].from_string(PAGE.read_text(encoding="utf-8"))
    kinds = ("ok", "late", "stop", "wait", "lock", "open", "plain")
    return HttpResponse(page.render({"form": form, "kinds": kinds}, request))


def bare(request: HttpRequest) -> HttpResponse:
    """Break."""
    raise RuntimeError(request.path)


def done(request: HttpRequest) -> HttpResponse:
    """Be another page of the office."""
    return render(request, "account/account_inactive.html")


urlpatterns = [path("semua/", blocks), path("rusak/", bare), path("lain/", done), *urls.urlpatterns]
