"""People and their roles: made, given and taken by the administrator, closed and never deleted, all written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from telusur.domain.text import Text
from telusur.office import policies
from telusur.office.forms import Choice, ChoicesField, Form, line_field
from telusur.office.models import Reading, RoleHeld, Sent, User
from telusur.office.policies import needs
from telusur.office.setup import changes, passphrases, roles
from telusur.office.words import late, say

_LAST: Final = Text(
    "Ini administrator terakhir. Beri peran itu kepada orang lain dulu.",
    "This is the last administrator. Give the role to somebody else first.",
)
_OWN: Final = Text(
    "Peran dalam perkara untuk diri sendiri diberikan oleh administrator lain.",
    "Roles in cases for oneself are given by another administrator.",
)
_MYSELF: Final = Text("Akun sendiri ditutup oleh administrator lain.", "One's own account is closed by another one.")


class RolesForm(Form):
    """What a person is called, and which roles they hold."""

    title = line_field(
        ("Sebutan", "What others see"),
        ("Jabatan atau nama, sebagaimana tampil pada berkas.", "Post or name, as it stands on files."),
        max_length=120,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in roles.groups():
            choices = [Choice(name, words) for name, words in group.roles.items()]
            self.fields[group.id] = ChoicesField(choices, label=late(group.title.id, group.title.en), required=False)

    @property
    def held(self) -> frozenset[str]:
        """The roles that were ticked."""
        return frozenset(name for group in roles.groups() for name in self.cleaned_data.get(group.id) or ())


class NewForm(RolesForm):
    """A new person."""

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
    field_order = ("username", "title")

    def clean_username(self) -> str:
        """Refuse what is taken, and numbers that say who somebody is."""
        return checked_username(self.cleaned_data["username"])


def checked_username(name: str) -> str:
    """Give a user name that is free and is no personnel number.

    Raises
    ------
    ValidationError
        With what to do.
    """
    if sum(sign.isdigit() for sign in name) >= 8:  # noqa: PLR2004 - a date of birth, and what begins with one
        raise ValidationError(
            late("Jangan memakai NIP sebagai nama pengguna.", "Do not use a personnel number as user name.")
        )
    if User.objects.filter(username__iexact=name).exists():
        raise ValidationError(late("Nama ini sudah dipakai; pilih yang lain.", "This name is taken; choose another."))
    return name


class Forbidden(Exception):
    """A change that is not made, and why."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


@needs("people.manage")
def listed(request: HttpRequest) -> HttpResponse:
    """Show everybody."""
    everybody = User.objects.prefetch_related("roles_held").order_by("-is_active", "title", "username")
    lines = [(one, [roles.title(held.role) for held in one.roles_held.all()]) for one in everybody]
    return render(request, "office/setup/people.html", {"lines": lines})


@never_cache
@needs("people.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Make a person, and show their one-time passphrase once."""
    form = NewForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "office/setup/new.html", {"form": form})
    earlier = Sent.objects.filter(pk=_token(request)).first() if _token(request) else None
    if earlier:
        return HttpResponseRedirect(earlier.led_to)
    if not form.is_valid():
        return render(request, "office/setup/new.html", {"form": form}, status=422)
    by = _me(request)
    with transaction.atomic():
        user = User(username=form.cleaned_data["username"], title=form.cleaned_data["title"])
        passphrase = passphrases.given(user)
        changes.write_down(by, f"people.made:{user.person_id}")
        _change_roles(by, user, form.held)
        if _token(request):
            Sent.objects.create(token=_token(request), led_to=reverse("setup:person", args=[user.pk]))
    return _shown_once(request, user, passphrase)


@needs("people.manage")
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show a person, or change what they are called and their roles."""
    user = get_object_or_404(User, pk=user_id)
    if request.method != "POST":
        return _page(request, user, RolesForm(initial=_initial(user)))
    form = RolesForm(request.POST)
    if not form.is_valid():
        return _page(request, user, form, status=422)
    by = _me(request)
    try:
        with transaction.atomic():
            if form.cleaned_data["title"] != user.title:
                user.title = form.cleaned_data["title"]
                user.save(update_fields=["title"])
                changes.write_down(by, f"people.renamed:{user.person_id}")
            _change_roles(by, user, form.held)
    except Forbidden as refused:
        form.add_error(None, say(refused.words))
        return _page(request, user, form, status=409)
    messages.success(request, say(Text("Tersimpan.", "Saved.")))
    return HttpResponseRedirect(reverse("setup:person", args=[user.pk]))


@never_cache
@needs("people.manage")
def passphrase(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask, then give a person a new one-time passphrase."""
    user = get_object_or_404(User, pk=user_id)
    if request.method != "POST":
        return render(request, "office/setup/passphrase.html", {"person": user})
    with transaction.atomic():
        given = passphrases.given(user)
        changes.write_down(_me(request), f"people.passphrase:{user.person_id}")
    return _shown_once(request, user, given)


@needs("people.manage")
def factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask, then take the second factor off a person whose phone is lost; they set a new one when they log in."""
    user = get_object_or_404(User, pk=user_id)
    if user == request.user:
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "office/setup/factor.html", {"person": user})
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        changes.write_down(_me(request), f"people.factor:{user.person_id}")
    messages.success(request, say(Text("Kode ponsel dilepas.", "The phone code was taken off.")))
    return HttpResponseRedirect(reverse("setup:person", args=[user.pk]))


@needs("people.manage")
def close(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask, then close an account, or open a closed one again."""
    user = get_object_or_404(User, pk=user_id)
    if request.method != "POST":
        return render(request, "office/setup/close.html", {"person": user})
    by = _me(request)
    try:
        with transaction.atomic():
            user.refresh_from_db()
            if user.is_active:
                if user == by:
                    raise Forbidden(_MYSELF)
                _keep_one(user)
            user.is_active = not user.is_active
            user.save(update_fields=["is_active"])
            changes.write_down(by, f"people.{'opened' if user.is_active else 'closed'}:{user.person_id}")
    except Forbidden as refused:
        messages.error(request, say(refused.words))
    return HttpResponseRedirect(reverse("setup:person", args=[user.pk]))


def _change_roles(by: User, user: User, wanted: frozenset[str]) -> None:
    """Give and take roles, inside a transaction."""
    held = frozenset(RoleHeld.objects.filter(user=user).values_list("role", flat=True))
    given, taken = wanted - held, held - wanted
    if user == by and any(not name.startswith(f"{policies.OFFICE}/") for name in given):
        raise Forbidden(_OWN)
    if roles.ADMINISTRATOR in taken:
        _keep_one(user)
    RoleHeld.objects.bulk_create(RoleHeld(user=user, role=name) for name in sorted(given))
    RoleHeld.objects.filter(user=user, role__in=taken).delete()
    for name in sorted(given):
        changes.write_down(by, f"people.given:{user.person_id}:{name}")
    for name in sorted(taken):
        changes.write_down(by, f"people.taken:{user.person_id}:{name}")


def _keep_one(user: User) -> None:
    others = RoleHeld.objects.filter(role=roles.ADMINISTRATOR, user__is_active=True).exclude(user=user)
    mine = RoleHeld.objects.filter(role=roles.ADMINISTRATOR, user=user).exists()
    if mine and not others.exists():
        raise Forbidden(_LAST)


def _initial(user: User) -> Mapping[str, Any]:
    held = list(user.roles_held.values_list("role", flat=True))
    return {"title": user.title, **{group.id: [one for one in held if one in group.roles] for group in roles.groups()}}


def _page(request: HttpRequest, user: User, form: RolesForm, *, status: int = 200) -> HttpResponse:
    rows = Reading.objects.select_related("case").filter(case=None, what__contains=f":{user.person_id}")
    mine = [row for row in rows.order_by("-pk") if user.person_id in row.what.split(":")]
    context = {
        "person": user,
        "form": form,
        "lines": changes.told(mine),
        "factor": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
    }
    return render(request, "office/setup/person.html", context, status=status)


def _shown_once(request: HttpRequest, user: User, given: str) -> HttpResponse:
    days = passphrases.LASTS.days
    return render(request, "office/setup/given.html", {"person": user, "passphrase": given, "days": days})


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _token(request: HttpRequest) -> str:
    return request.POST.get("token", "")[:64]
