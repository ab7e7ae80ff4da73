"""Coming in: the code of the notice once, to choose a passphrase; from then on the number of the file with it."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.domain.when import moment_words
from telusur.office import codes, limits, zones
from telusur.office.forms import Form, line_field
from telusur.office.models import AccessCode, PortalAccess
from telusur.office.portal import access
from telusur.office.portal.codes import PURPOSE
from telusur.office.words import late, say

#: The code that was typed, until a passphrase is chosen.
_PENDING: Final = "respondent_code"
_TO_CHOOSE: Final = timedelta(minutes=20)
SHORTEST: Final = 10
#: Wrong passphrases for one file within an hour, from wherever they come.
_MOST_WRONG: Final = 20
_WITHIN: Final = 3600


class CodeForm(Form):
    """The code of the letter."""

    code = line_field(
        ("Kode dari surat", "Code of the letter"),
        ("Enam belas angka; spasi tidak mengapa.", "Sixteen digits; blanks do not matter."),
        max_length=40,
        widget=forms.TextInput(
            {"class": "code-input", "inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """Read it, and tell a slip from a wrong code."""
        try:
            return codes.read(self.cleaned_data["code"])
        except BadInput as error:
            raise ValidationError(late(error.words.id, error.words.en)) from None


class ChooseForm(Form):
    """A passphrase of one's own."""

    rahasia = forms.CharField(
        label=late("Frasa sandi Anda", "Your passphrase"),
        help_text=late(
            f"Sedikitnya {SHORTEST} huruf; beberapa kata yang mudah Anda ingat dan sukar ditebak orang.",
            f"At least {SHORTEST} characters; a few words that you remember and others do not guess.",
        ),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    ulang = forms.CharField(
        label=late("Ketik sekali lagi", "Type it once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_rahasia(self) -> str:
        """Refuse what others would guess first."""
        chosen: str = self.cleaned_data["rahasia"]
        words = None
        if len(chosen.strip()) < SHORTEST:
            words = Text(
                f"Terlalu pendek: pakai sedikitnya {SHORTEST} huruf, misalnya tiga kata.",
                f"Too short: use at least {SHORTEST} characters, for instance three words.",
            )
        elif chosen.strip().isdigit() or len(set(chosen)) < SHORTEST // 2:
            words = Text(
                "Mudah ditebak: jangan hanya angka atau huruf yang berulang.",
                "Easily guessed: not digits only, and not the same characters again and again.",
            )
        elif _common(chosen):
            words = Text(
                "Frasa ini termasuk yang paling sering dipakai orang; pilih yang lain.",
                "This is among the phrases that people use most; choose another.",
            )
        if words is not None:
            raise ValidationError(late(words.id, words.en))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Hold the two against each other."""
        cleaned = super().clean()
        if cleaned.get("rahasia") and cleaned.get("ulang") and cleaned["rahasia"] != cleaned["ulang"]:
            self.add_error("ulang", say(_DIFFERENT))
        return cleaned


class LoginForm(Form):
    """The number of the file and the passphrase."""

    nomor = line_field(
        ("Nomor berkas", "Number of the file"),
        ("Seperti dalam surat, misalnya 2026/0007.", "As in the letter, for instance 2026/0007."),
        max_length=20,
        widget=forms.TextInput({"class": "w-10", "autocomplete": "username", "spellcheck": "false"}),
    )
    rahasia = forms.CharField(
        label=late("Frasa sandi Anda", "Your passphrase"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


_DIFFERENT: Final = Text("Keduanya berbeda; ketik sekali lagi.", "The two differ; type it again.")
_UNKNOWN: Final = Text(
    "Tidak ada surat dengan kode ini di kantor ini. Bandingkan sekali lagi dengan suratnya.",
    "There is no letter with this code at this office. Compare with the letter once more.",
)
_EXPIRED: Final = Text(
    "Masa kode ini sudah lewat, atau kantor mengeluarkan kode baru. Pakai surat yang terakhir, atau minta kode baru "
    "kepada kantor yang namanya ada di surat.",
    "This code has run out, or the office issued a new one. Use the latest letter, or ask the office named in it for a "
    "new code.",
)
_USED: Final = Text(
    "Kode ini sudah dipakai pada {at} untuk memilih frasa sandi. Masuklah dengan nomor berkas dan frasa itu. Bila "
    "bukan Anda yang memakainya, segera beri tahu kantor.",
    "This code was used on {at} to choose a passphrase. Enter with the number of the file and that passphrase. If it "
    "was not you, tell the office at once.",
)
_WRONG: Final = Text(
    "Nomor berkas dan frasa sandi ini tidak cocok. Periksa keduanya; bila lupa, minta kode baru kepada kantor.",
    "This number and passphrase do not go together. Check both; if you forgot it, ask the office for a new code.",
)
_PASSED: Final = Text(
    "Waktu untuk memilih frasa sandi sudah lewat; masukkan kodenya sekali lagi.",
    "The time to choose a passphrase is over; enter the code once more.",
)


@access.open_to_all
def enter(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code of the letter; whoever is in goes on to the page."""
    if request.method != "POST":
        if access.visitor(request) is not None:
            return HttpResponseRedirect(reverse("portal:page"))
        return _page(request, "enter", CodeForm())
    if limits.too_often(request, "code"):
        return limits.refused(request, "code")
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, "enter", form, status=422)
    code = AccessCode.objects.filter(digest=codes.digest(form.cleaned_data["code"], PURPOSE)).first()
    problem = _closed(code)
    if code is None or problem is not None:
        form.add_error("code", say(problem or _UNKNOWN))
        return _page(request, "enter", form, status=404)
    access.close_session(request)
    request.session[_PENDING] = {"code": code.pk, "until": (timezone.now() + _TO_CHOOSE).isoformat()}
    request.session.set_expiry(_TO_CHOOSE)
    return HttpResponseRedirect(reverse("portal:choose"))


def _closed(code: AccessCode | None) -> Text | None:
    if code is None:
        return _UNKNOWN
    if code.used_at is not None:
        at = moment_words(code.used_at, zones.chosen())
        return Text(_USED.id.format(at=at.id), _USED.en.format(at=at.en))
    return _EXPIRED if code.expires_at <= timezone.now() else None


@access.open_to_all
def choose(request: HttpRequest) -> HttpResponseBase:
    """Let the holder of a code choose a passphrase: that uses the code, and nothing is shown before."""
    code = _pending(request)
    if code is None:
        form = CodeForm(request.POST if "code" in request.POST else None)
        return _page(request, "enter", form, status=409, told=_PASSED)
    form_ = ChooseForm(request.POST if request.method == "POST" else None)
    if not form_.is_valid():
        return _page(request, "choose", form_, status=422 if form_.is_bound else 200, number=code.case.number)
    now = timezone.now()
    with transaction.atomic():
        used = AccessCode.objects.filter(pk=code.pk, used_at=None, expires_at__gt=now).update(used_at=now)
        if used:
            held, _ = PortalAccess.objects.update_or_create(
                case=code.case, defaults={"secret": make_password(form_.cleaned_data["rahasia"]), "set_at": now}
            )
    if not used:
        return _page(request, "enter", CodeForm(), status=409, told=_closed(AccessCode.objects.get(pk=code.pk)))
    access.open_session(request, held)
    return HttpResponseRedirect(reverse("portal:page"))


def _pending(request: HttpRequest) -> AccessCode | None:
    held = request.session.get(_PENDING)
    if not isinstance(held, dict):
        return None
    until = parse_datetime(str(held.get("until")))
    if until is None or until <= timezone.now():
        return None
    return AccessCode.objects.select_related("case").filter(pk=str(held.get("code"))).first()


@access.open_to_all
def login(request: HttpRequest) -> HttpResponseBase:
    """Let the respondent come back, to the page that was asked for, with what was being sent."""
    following = access.safe_next(request.POST.get("ke") or request.GET.get("next") or "")
    if request.method != "POST":
        if access.visitor(request) is not None:
            return HttpResponseRedirect(following)
        return _page(request, "login", LoginForm(), following=following)
    carried = _carried(request.POST.get("bawa", ""))
    if "rahasia" not in request.POST:  # only a language was chosen
        return _login_page(request, LoginForm(), following, carried, status=200)
    if limits.too_often(request, "code"):
        return limits.refused(request, "code")
    form = LoginForm(request.POST)
    if not form.is_valid():
        return _login_page(request, form, following, carried, status=422)
    held = _right(form.cleaned_data["nomor"].strip(), form.cleaned_data["rahasia"])
    if held is None:
        form.add_error(None, say(_WRONG))
        return _login_page(request, form, following, carried, status=403)
    access.open_session(request, held)
    if not carried:
        return HttpResponseRedirect(following)
    return render(request, "office/portal/carry_on.html", {"following": following, "carried": carried})


def come_back(request: HttpRequest, following: str, carried: access.Brought) -> HttpResponse:
    """Ask for the passphrase again, and keep what was just sent until it is given."""
    request.brought = carried  # type: ignore[attr-defined]
    return _login_page(request, LoginForm(), access.safe_next(following), carried, status=403)


def _login_page(
    request: HttpRequest, form: Form, following: str, carried: access.Brought, *, status: int
) -> HttpResponse:
    kept = json.dumps(carried, ensure_ascii=False) if carried else ""
    if not hasattr(request, "brought"):
        request.brought = access.Brought([("ke", following), ("bawa", kept)])  # type: ignore[attr-defined]
    return _page(request, "login", form, status=status, following=following, kept=kept)


def _carried(sent: str) -> access.Brought:
    try:
        held = json.loads(sent) if sent else []
        json.dumps(held, ensure_ascii=False).encode()  # half a character could not be sent back
    except (ValueError, RecursionError):
        return access.Brought()
    pairs = isinstance(held, list) and all(
        isinstance(one, list) and [type(part) for part in one] == [str, str] for one in held
    )
    return access.Brought((name, value) for name, value in held) if pairs else access.Brought()


def _right(number: str, secret: str) -> PortalAccess | None:
    """Check a passphrase. After too many wrong ones a file takes none for a while; each refusal takes as long."""
    wrong = f"portal-wrong:{hashlib.sha256(number.encode()).hexdigest()}"
    held = PortalAccess.objects.select_related("case").filter(case__number=number).first()
    if held is None or cache.get(wrong, 0) >= _MOST_WRONG:
        make_password(secret)
        return None
    if check_password(secret, held.secret):
        cache.delete(wrong)
        return held
    cache.add(wrong, 0, _WITHIN)
    try:
        cache.incr(wrong)
    except ValueError:  # its hour ended just now
        cache.add(wrong, 1, _WITHIN)
    return None


@require_POST
def _leave(request: HttpRequest) -> HttpResponse:
    access.close_session(request)
    return render(request, "office/portal/left.html")


leave = access.open_to_all(_leave)
leave.__doc__ = "End the session."


def _common(chosen: str) -> bool:
    try:
        CommonPasswordValidator().validate(chosen)
    except ValidationError:
        return True
    return False


def _page(request: HttpRequest, name: str, form: Form, *, status: int = 200, **more: object) -> HttpResponse:
    return render(request, f"office/portal/{name}.html", {"form": form, **more}, status=status)
