"""The office itself: its name as letters bear it, and how it is backed up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from telusur.domain.text import Text
from telusur.office import custody, working
from telusur.office.forms import Choice, Form, choice_field, line_field
from telusur.office.home import Home
from telusur.office.models import Office, User
from telusur.office.policies import needs
from telusur.office.setup import changes, keys
from telusur.office.words import say
from telusur.office.zones import ZONES

_PLACES = {"WIB": "Jakarta", "WITA": "Makassar", "WIT": "Jayapura"}


class OfficeForm(Form):
    """What stands at the head of every letter, and the zone whose day a letter bears."""

    agency = line_field(
        ("Lembaga", "Agency"),
        ("Baris pertama kop surat, misalnya nama lembaga induk.", "First line of the letterhead, say the parent body."),
        required=False,
        max_length=160,
    )
    name = line_field(
        ("Nama kantor", "Name of the office"),
        ("Baris kedua kop surat; juga tampil pada semua surat.", "Second line of the letterhead; stands on letters."),
        max_length=160,
    )
    place = line_field(
        ("Tempat", "Place"), ("Kota pada tanggal surat.", "The town in the date of a letter."), max_length=80
    )
    zone = choice_field(
        ("Zona waktu kantor", "Time zone of the office"),
        [Choice(name, Text(f"{name} – {_PLACES[name]}", f"{name} – {_PLACES[name]}")) for name in ZONES],
    )


def initial() -> dict[str, Any]:
    """Give what is known of the office."""
    held = Office.objects.first()
    if held is None:
        return {"zone": "WIB"}
    return {name: getattr(held, name) for name in ("agency", "name", "place", "zone")}


def save(form: OfficeForm) -> None:
    """Keep it: there is one office."""
    held = Office.objects.first() or Office()
    for name in ("agency", "name", "place", "zone"):
        setattr(held, name, form.cleaned_data[name])
    held.save()


@needs("office.configure")
def office(request: HttpRequest) -> HttpResponse:
    """Show the office, or change it."""
    if request.method == "POST":
        form = OfficeForm(request.POST)
        if form.is_valid():
            assert isinstance(request.user, User)
            with transaction.atomic():
                save(form)
                changes.write_down(request.user, "office.changed")
            messages.success(request, say(Text("Tersimpan.", "Saved.")))
            return HttpResponseRedirect(reverse("setup:office"))
    else:
        form = OfficeForm(initial=initial())
    context = {
        "form": form,
        "head": Office.objects.first(),
        "home": Home.here().path,
        "keys": keys.kept(),
        "working": working.alive(),
        "signing": custody.fingerprint(),
    }
    return render(request, "office/setup/office.html", context, status=422 if form.is_bound else 200)
