"""What templates ask of the look: where an error leads, where one is, figures and numbers shown with care."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.forms import BoundField
from django.template import RequestContext

from telusur.office import navigation, typed
from telusur.office.fields import size_words
from telusur.office.words import language, say

register = template.Library()


@register.filter
def anchor(field: BoundField) -> str:
    """Give the id of the first thing to type in, for a link from the error summary."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.id_for_label)


@register.filter
def masked(nip: str | None) -> str:
    """Show of a NIP no more than year and serial: ``1939•••• •••••• • 009``."""
    return typed.masked_nip(nip or "")


@register.filter
def number(value: Decimal | int | None) -> str:
    """Write a figure: ``1.234,5`` in Indonesian, ``1,234.5`` in English."""
    return "" if value is None else typed.write_number(value, language())


@register.filter
def size(value: int | None) -> str:
    """Write a size in bytes: ``1,5 MB``."""
    return "" if value is None else say(size_words(value))


@register.simple_tag(takes_context=True)
def places(context: RequestContext) -> list[navigation.Here]:
    """Give the links of the main navigation for this reader; the one that is open says so."""
    return navigation.links(context.get("request"), context.get("may"))
