"""Words, dates and figures in templates."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from telusur.domain.text import Text
from telusur.domain.when import day_words, moment_words
from telusur.office import zones
from telusur.office.words import language, say

register = template.Library()


@register.simple_tag
def t(indonesian: str, english: str) -> str:
    """Say something in the reader's language: ``{% t "Antrean" "Queue" %}``."""
    return say(Text(indonesian, english))


@register.filter(name="say")
def said(text: Text | str | None) -> str:
    """Give a `Text` in the reader's language; a plain string as it is."""
    return say(text) if isinstance(text, Text) else str(text or "")


@register.filter
def day(value: date | None) -> SafeString | str:
    """Write a date as ``14 Februari 2024``, with the machine's form beside it."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), say(day_words(value)))


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Write an instant with its zone, in the zone that the reader chose."""
    if value is None:
        return ""
    shown = say(moment_words(value, zones.chosen()))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)


@register.simple_tag
def reading() -> str:
    """Give the reader's language, ``id`` or ``en``."""
    return language()
