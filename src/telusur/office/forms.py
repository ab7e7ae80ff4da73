"""Forms as GOV.UK's patterns have them: a label, a hint, an error beside the field and in a summary above.

Every form carries a one-time token, so that what is sent twice is done once, and keeps what was typed.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from django import forms
from django.forms.renderers import TemplatesSetting

from telusur.office.words import late

#: The field that carries the one-time token.
TOKEN: Final = "token"  # noqa: S105 - a name, no secret
VERSION: Final = "version"


class Renderer(TemplatesSetting):
    """Our own templates for forms and fields."""

    form_template_name = "office/forms/form.html"
    field_template_name = "office/forms/field.html"


class Form(forms.Form):
    """A form of the office."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    #: The number of steps that the person saw; a page that went stale is told.
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[TOKEN].initial = secrets.token_urlsafe(24)


def words_field(
    label: tuple[str, str], hint: tuple[str, str] | None = None, *, required: bool = True, rows: int = 5, **more: Any
) -> forms.CharField:
    """Give a field for a few sentences."""
    return forms.CharField(
        label=late(*label),
        help_text=late(*hint) if hint else "",
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=20_000,
        **more,
    )
