"""The words on the forms of django-allauth: labels, hints and what to do when something is wrong, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from allauth.account import forms as account
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as totp
from django import forms

from telusur.domain.text import Text
from telusur.office.forms import tell
from telusur.office.words import late

_CODE: Final = Text("Kode", "Code")
_APP: Final = Text(
    "Enam angka dari aplikasi autentikator, atau satu kode pemulihan.",
    "Six figures from the authenticator app, or one recovery code.",
)
_FORGOTTEN: Final = Text(
    "Lupa? Administrator kantor dapat memberi yang baru.", "Forgotten? The office administrator can give you a new one."
)
_PASSWORD: Final = Text("Kata sandi", "Password")
_LONG: Final = Text(
    "Paling sedikit 12 huruf. Beberapa kata yang tidak berhubungan lebih kuat dan lebih mudah diingat.",
    "At least 12 characters. A few unrelated words are stronger, and easier to remember.",
)
_WRONG_CODE: Final = late(
    "Kode tidak cocok. Pakai kode yang sedang tampil di aplikasi; periksa juga apakah jam ponsel tepat.",
    "The code does not match. Use the one the app shows now; check that the phone’s clock is right.",
)
_TOO_OFTEN: Final = late(
    "Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi.",
    "Too many attempts. Wait a few minutes, then try again.",
)

#: What allauth says when something is wrong with a login, in words that say what to do.
ACCOUNT_ERRORS: Final = {
    "account_inactive": late(
        "Akun ini tidak aktif. Hubungi administrator kantor.",
        "This account is not active. Ask the office administrator.",
    ),
    "enter_current_password": late(
        "Ini bukan kata sandi Anda sekarang. Ketik lagi.", "This is not your present password. Type it again."
    ),
    "incorrect_code": _WRONG_CODE,
    "incorrect_password": late("Kata sandi tidak cocok. Ketik lagi.", "The password does not match. Type it again."),
    "invalid_login": late("Nama pengguna tidak dikenal.", "The user name is not known."),
    "too_many_login_attempts": _TOO_OFTEN,
    "username_password_mismatch": late(
        "Nama pengguna dan kata sandi tidak cocok. Periksa huruf besar dan kecilnya, lalu ketik lagi.",
        "User name and password do not match. Check capital letters, then type them again.",
    ),
    "rate_limited": _TOO_OFTEN,
}


class FactorAdapter(DefaultMFAAdapter):
    """What allauth says when something is wrong with a second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "cannot_delete_authenticator": late(
            "Kode dari ponsel tidak dapat dimatikan sekarang.", "The code from the phone cannot be switched off now."
        ),
        "cannot_generate_recovery_codes": late(
            "Pasang aplikasi autentikator dulu; sesudah itu kode pemulihan dapat dibuat.",
            "Set up the authenticator app first; then recovery codes can be made.",
        ),
    }


class _Said(forms.Form):
    """Give a form of allauth's our words, and no text inside its boxes."""

    words: ClassVar[Mapping[str, tuple[Text, Text | None]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label, hint = self.words.get(name, (None, None))
            if label is not None:
                field.label = late(label.id, label.en)
                field.help_text = late(hint.id, hint.en) if hint is not None else ""
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.setdefault("class", "w-20")
            if name == "code":
                field.widget.attrs.update({"class": "code-input", "spellcheck": "false", "autocapitalize": "off"})
            tell(field)


class LoginForm(_Said, account.LoginForm):
    """Log in."""

    words: ClassVar = {"login": (Text("Nama pengguna", "User name"), None), "password": (_PASSWORD, _FORGOTTEN)}


class ReauthenticateForm(_Said, account.ReauthenticateForm):
    """Give the password again."""

    words: ClassVar = {"password": (_PASSWORD, None)}


class ChangePasswordForm(_Said, account.ChangePasswordForm):
    """Change the password."""

    words: ClassVar = {
        "oldpassword": (Text("Kata sandi sekarang", "Present password"), None),
        "password1": (Text("Kata sandi baru", "New password"), _LONG),
        "password2": (Text("Kata sandi baru sekali lagi", "New password once more"), None),
    }


class AuthenticateForm(_Said, factors.AuthenticateForm):
    """Give a code while logging in."""

    words: ClassVar = {"code": (_CODE, _APP)}


class ReauthenticateByCodeForm(_Said, factors.ReauthenticateForm):
    """Give a code again."""

    words: ClassVar = {"code": (_CODE, _APP)}


class ActivateForm(_Said, totp.ActivateTOTPForm):
    """Give the first code of an app."""

    words: ClassVar = {"code": (_CODE, Text("Enam angka, tanpa spasi.", "Six figures, no blanks."))}
