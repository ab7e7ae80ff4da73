"""Forms as GOV.UK's patterns have them: a label, a hint, an error beside the field and in a summary above.

Every form carries a one-time token, so that what is sent twice is done once, and keeps what was typed.
"""

from __future__ import annotations

import secrets
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.functional import lazystr

from telusur.domain.text import Text
from telusur.office.fields import (
    EVIDENCE,
    FILE_LIMIT,
    FORM_LIMIT,
    ChoiceField,
    ChoicesField,
    DateField,
    FileField,
    FilesField,
    MomentField,
    NipField,
    NumberField,
    size_words,
)
from telusur.office.widgets import Choice
from telusur.office.words import late, say

__all__ = [
    "EVIDENCE",
    "FILE_LIMIT",
    "FORM_LIMIT",
    "TOKEN",
    "VERSION",
    "Choice",
    "ChoiceField",
    "ChoicesField",
    "DateField",
    "FileField",
    "FilesField",
    "Form",
    "MomentField",
    "NipField",
    "NumberField",
    "Renderer",
    "check_field",
    "choice_field",
    "line_field",
    "words_field",
]

#: The field that carries the one-time token.
TOKEN: Final = "token"  # noqa: S105 - a name, no secret
VERSION: Final = "version"

Pair = tuple[str, str]


class Renderer(TemplatesSetting):
    """Our own templates for forms and fields."""

    form_template_name = "office/forms/form.html"
    field_template_name = "office/forms/field.html"


class _Asked:
    """What to do where a field was left empty: its own words, chosen when they are shown."""

    def __init__(self, field: forms.Field) -> None:
        self._field = field

    def __str__(self) -> str:
        label = self._field.label or ""
        if isinstance(self._field, forms.FileField):
            words = Text("Pilih berkas untuk “{label}”.", "Choose a file for “{label}”.")
        elif isinstance(self._field, forms.BooleanField):
            words = Text("Centang “{label}” untuk melanjutkan.", "Tick “{label}” to go on.")
        elif isinstance(self._field, forms.MultipleChoiceField):
            words = Text("Pilih sedikitnya satu untuk “{label}”.", "Choose at least one for “{label}”.")
        elif isinstance(self._field, forms.ChoiceField):
            words = Text("Pilih satu untuk “{label}”.", "Choose one for “{label}”.")
        else:
            words = Text("Isi “{label}”.", "Fill in “{label}”.")
        return say(words.filled(label=label))


_TOO_LONG: Final = late(
    "Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d. Singkatkan.",
    "Too long: %(limit_value)d characters at most, now %(show_value)d. Shorten it.",
)
_TOO_SHORT: Final = late(
    "Terlalu singkat: paling sedikit %(limit_value)d huruf, sekarang %(show_value)d. Jelaskan sedikit lagi.",
    "Too short: %(limit_value)d characters at least, now %(show_value)d. Say a little more.",
)
_NO_SUCH_CHOICE: Final = late("Pilih salah satu dari yang tersedia.", "Choose one of those on offer.")


class Form(forms.Form):
    """A form of the office.

    Parameters
    ----------
    *args, **kwargs
        As Django's own form takes them.
    """

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    #: The number of steps that the person saw; a page that went stale is told.
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[TOKEN].initial = secrets.token_urlsafe(24)
        for field in self.fields.values():
            tell(field)

    def clean(self) -> dict[str, Any]:
        """Hold all files together to the form's limit."""
        cleaned = super().clean() or self.cleaned_data
        size = sum(file.size or 0 for name in self.files for file in _several(self.files, name))
        if size > FORM_LIMIT:
            has, most = size_words(size), size_words(FORM_LIMIT)
            words = Text(
                f"Semua berkas bersama berukuran {has.id}, paling besar {most.id}. Kirim sebagian dulu.",
                f"All files together have {has.en}, at most {most.en} is taken. Send some of them first.",
            )
            raise ValidationError(late(words.id, words.en), code="size")
        return cleaned


def _several(files: Any, name: str) -> list[Any]:
    return list(files.getlist(name)) if hasattr(files, "getlist") else [files[name]]


def tell(field: forms.Field) -> None:
    """Let a field say what to do, in both languages, wherever Django's own words would only say what is wrong."""
    # A field that was given words of its own keeps them: they differ from its class's.
    own = {code: words for kind in reversed(type(field).__mro__) for code, words in _defaults(kind).items()}
    better = {
        "required": cast("str", lazystr(_Asked(field))),
        "max_length": _TOO_LONG,
        "min_length": _TOO_SHORT,
        "invalid_choice": _NO_SUCH_CHOICE,
    }
    for code, words in better.items():
        if code not in field.error_messages or field.error_messages[code] is own.get(code):
            field.error_messages[code] = words


def _defaults(kind: type) -> dict[str, Any]:
    return cast("dict[str, Any]", vars(kind).get("default_error_messages", {}))


def words_field(
    label: Pair, hint: Pair | None = None, *, required: bool = True, rows: int = 5, **more: Any
) -> forms.CharField:
    """Give a field for a few sentences."""
    more.setdefault("max_length", 20_000)
    return forms.CharField(
        label=late(*label),
        help_text=late(*hint) if hint else "",
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


def line_field(label: Pair, hint: Pair | None = None, *, required: bool = True, **more: Any) -> forms.CharField:
    """Give a field for one line."""
    more.setdefault("max_length", 300)
    return forms.CharField(label=late(*label), help_text=late(*hint) if hint else "", required=required, **more)


def choice_field(
    label: Pair, choices: list[Choice], hint: Pair | None = None, *, required: bool = True, **more: Any
) -> ChoiceField:
    """Give radio buttons with hints."""
    return ChoiceField(choices, label=late(*label), help_text=late(*hint) if hint else "", required=required, **more)


def check_field(label: Pair, hint: Pair | None = None, *, required: bool = True, **more: Any) -> forms.BooleanField:
    """Give one box to tick."""
    return forms.BooleanField(label=late(*label), help_text=late(*hint) if hint else "", required=required, **more)
