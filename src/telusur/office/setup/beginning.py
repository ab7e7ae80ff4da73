"""The first run, step by step: administrator, office, key, second factor. Then its address is gone for good."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from allauth.mfa.adapter import get_adapter as factors
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from telusur.office import custody, policies
from telusur.office.forms import Form, check_field, line_field
from telusur.office.models import Office, Reading, RoleHeld, User
from telusur.office.policies import PUBLIC, needs
from telusur.office.setup import changes, gate, keys, roles
from telusur.office.setup import office as office_page
from telusur.office.setup.people import checked_username
from telusur.office.words import language, late

_SESSION: Final = "setup"
_MODEL_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
_SHORTEST: Final = 12


def _passphrase(label: tuple[str, str], hint: tuple[str, str] | None = None) -> forms.CharField:
    return line_field(
        label,
        hint,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class AdministratorForm(Form):
    """The first administrator."""

    username = line_field(
        ("Nama pengguna", "User name"),
        ("Untuk masuk; tanpa NIP.", "For logging in; without a personnel number."),
        max_length=60,
        validators=[
            UnicodeUsernameValidator(
                message=late("Pakai huruf, angka, titik, garis.", "Use letters, figures, dots, dashes.")
            )
        ],
    )
    title = line_field(
        ("Sebutan", "What others see"),
        ("Misalnya “Administrator kantor”.", "For instance “Office administrator”."),
        max_length=120,
    )
    first = _passphrase(
        ("Kata sandi", "Password"),
        (
            (
                f"Paling sedikit {_SHORTEST} huruf; bukan hanya angka, bukan yang umum dipakai, tidak mirip nama "
                "pengguna. Beberapa kata yang tidak berhubungan lebih kuat dan lebih mudah diingat."
            ),
            (
                f"At least {_SHORTEST} characters; not only figures, not a common one, not like the user name. "
                "A few unrelated words are stronger, and easier to remember."
            ),
        ),
    )
    second = _passphrase(("Kata sandi sekali lagi", "Password once more"))

    def clean_username(self) -> str:
        """Refuse what is taken."""
        return checked_username(self.cleaned_data["username"])

    def clean(self) -> dict[str, Any]:
        """Hold the passphrase to the rules that were told."""
        cleaned = super().clean()
        first = cleaned.get("first")
        if first is None:
            return cleaned
        try:
            validate_password(first, User(username=cleaned.get("username", ""), title=cleaned.get("title", "")))
        except ValidationError:
            self.add_error(
                "first",
                late(
                    f"Kata sandi ini terlalu lemah. Pakai paling sedikit {_SHORTEST} huruf, beberapa kata yang tidak "
                    "berhubungan.",
                    f"This password is too weak. Use at least {_SHORTEST} characters, a few unrelated words.",
                ),
            )
        if cleaned.get("second") is not None and first != cleaned["second"]:
            self.add_error(
                "second", late("Kedua kata sandi tidak sama. Ketik lagi.", "The two differ. Type them again.")
            )
        return cleaned


class SheetForm(Form):
    """The passphrase that the printed signing key is under."""

    first = _passphrase(
        ("Frasa sandi lembar", "Passphrase of the sheet"),
        (
            "Kunci penanda tangan pada lembar hanya terbuka dengan frasa ini. Simpan frasanya di tempat lain.",
            "The signing key on the sheet opens only with it. Keep the passphrase elsewhere.",
        ),
    )
    second = _passphrase(("Frasa sandi sekali lagi", "Passphrase once more"))

    def clean(self) -> dict[str, Any]:
        """Hold both to be the same, and long enough."""
        cleaned = super().clean()
        first = cleaned.get("first") or ""
        if first and len(first) < _SHORTEST:
            self.add_error(
                "first", late(f"Pakai paling sedikit {_SHORTEST} huruf.", f"Use at least {_SHORTEST} characters.")
            )
        elif first != cleaned.get("second", first):
            self.add_error("second", late("Keduanya tidak sama. Ketik lagi.", "The two differ. Type them again."))
        return cleaned


class KeysForm(Form):
    """That the keys were backed up."""

    saved = check_field(
        (
            (
                "Saya sudah mencetak lembar pemulihan atau menyalin codes.key, root.key, dan log.key, dan menyimpannya "
                "di tempat terkunci di luar mesin ini."
            ),
            (
                "I printed the recovery sheet or copied codes.key, root.key and log.key, and keep them under lock away "
                "from this machine."
            ),
        )
    )


@never_cache
@needs(PUBLIC)
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the one-time address of the terminal."""
    if not gate.opens(secret):
        raise Http404
    request.session[_SESSION] = True
    return HttpResponseRedirect(reverse("setup:begin"))


@never_cache
@needs(PUBLIC)
def begin(request: HttpRequest) -> HttpResponse:
    """Show what is done and what comes next."""
    _allowed(request)
    return render(request, "office/setup/begin.html", _done(request))


@never_cache
@needs(PUBLIC)
def administrator(request: HttpRequest) -> HttpResponse:
    """Make the first administrator, and log in as that person."""
    _allowed(request)
    if _administrators():
        return HttpResponseRedirect(reverse("setup:begin"))
    form = AdministratorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            if _administrators():
                return HttpResponseRedirect(reverse("setup:begin"))
            user = User(username=form.cleaned_data["username"], title=form.cleaned_data["title"])
            user.set_password(form.cleaned_data["first"])
            user.save()
            RoleHeld.objects.create(user=user, role=roles.ADMINISTRATOR)
            changes.write_down(user, f"people.made:{user.person_id}")
        login(request, user, backend=_MODEL_BACKEND)
        return HttpResponseRedirect(reverse("setup:begin"))
    return render(request, "office/setup/administrator.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@needs(PUBLIC)
def office(request: HttpRequest) -> HttpResponse:
    """Name the office."""
    _administrator(request)
    if request.method == "POST":
        form = office_page.OfficeForm(request.POST)
        if form.is_valid():
            office_page.save(form)
            return HttpResponseRedirect(reverse("setup:begin"))
    else:
        form = office_page.OfficeForm(initial=office_page.initial())
    return render(request, "office/setup/first_office.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@needs(PUBLIC)
def keys_page(request: HttpRequest) -> HttpResponse:
    """Say what the keys are, and ask that the one that matters is backed up."""
    user = _administrator(request)
    form = KeysForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        changes.write_down(user, _keys_row())
        return HttpResponseRedirect(reverse("setup:begin"))
    signing = custody.fingerprint()
    context = {"form": form, "keys": keys.kept(), "fingerprint": keys.fingerprint(), "signing": signing}
    return render(request, "office/setup/keys.html", context, status=422 if form.is_bound else 200)


@never_cache
@needs(PUBLIC)
def sheet(request: HttpRequest) -> HttpResponse:
    """Show the key itself, to be printed."""
    _administrator(request)
    form = SheetForm(request.POST if request.method == "POST" else None)
    printed = None
    if form.is_valid():
        printed = keys.log_sheet(language(), form.cleaned_data["first"])
    svg = factors().build_totp_svg(keys.key())
    context = {
        "key": keys.grouped(),
        "fingerprint": keys.fingerprint(),
        "picture": f"data:image/svg+xml;utf8,{quote(svg)}",
        "office": Office.objects.first(),
        "on": timezone.localdate(),
        "root": keys.root_line(),
        "signing": custody.fingerprint(),
        "printed": printed,
        "form": form,
    }
    return render(request, "office/setup/sheet.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@needs(PUBLIC)
def finish(request: HttpRequest) -> HttpResponse:
    """Open the office, once everything is done."""
    user = _administrator(request)
    held = Office.objects.first()
    if held is None or not _done(request)["ready"]:
        return HttpResponseRedirect(reverse("setup:begin"))
    with transaction.atomic():
        held.set_up_at = timezone.now()
        held.save()
        changes.write_down(user, "office.begun")
    gate.end()
    request.session.pop(_SESSION, None)
    return HttpResponseRedirect(reverse("setup:people"))


def _done(request: HttpRequest) -> dict[str, object]:
    user = request.user
    inside = isinstance(user, User) and "people.manage" in policies.of(user)
    done = {
        "inside": inside,
        "administrator": _administrators(),
        "office": Office.objects.exists(),
        "keys": Reading.objects.filter(what=_keys_row()).exists(),
        "factor": isinstance(user, User) and inside and is_mfa_enabled(user),
    }
    return {**done, "ready": all(done.values())}


def _keys_row() -> str:
    return f"office.keys:{keys.fingerprint()[:16]}"


def _administrators() -> bool:
    return RoleHeld.objects.filter(role=roles.ADMINISTRATOR).exists()


def _allowed(request: HttpRequest) -> None:
    if not gate.closed():
        raise Http404
    if not request.session.get(_SESSION) and "people.manage" not in policies.of(request.user):
        raise PermissionDenied


def _administrator(request: HttpRequest) -> User:
    _allowed(request)
    user = request.user
    if not isinstance(user, User) or "people.manage" not in policies.of(user):
        raise PermissionDenied
    return user
