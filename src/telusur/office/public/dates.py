"""A day as a person types it in Indonesia or reads it on a page."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from django import forms

from telusur.domain.when import day_words
from telusur.office.words import late, say

_NUMBERS: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_WORDS: Final = re.compile(r"(\d{1,2})\s+([A-Za-z]+)\s+(\d{4})")
_MONTHS: Final = {
    name.split()[1].lower(): month
    for month in range(1, 13)
    for name in (day_words(date(2024, month, 1)).id, day_words(date(2024, month, 1)).en)
}


class DayField(forms.CharField):
    """A day: ``15 Januari 2024``, ``15/1/2024`` or ``2024-01-15``."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=40, **more)
        self.widget.attrs["class"] = "w-20"

    def prepare_value(self, value: Any) -> Any:
        """Show a day as it is read."""
        return say(day_words(value)) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """Give the day."""
        words = super().clean(value).strip()
        if not words:
            return None
        found = read_day(words)
        if found is None:
            raise forms.ValidationError(
                late(
                    "Ini bukan tanggal. Tulis misalnya 15 Januari 2024 atau 15/01/2024.",
                    "This is no date. Write for instance 15 January 2024 or 15/01/2024.",
                )
            )
        return found


def read_day(words: str) -> date | None:
    """Read a day as people write it, day first; ``None`` if it is none."""
    try:
        if numbers := _NUMBERS.fullmatch(words):
            day, month, year = map(int, numbers.groups())
            return date(year, month, day)
        if named := _WORDS.fullmatch(words):
            month = _MONTHS.get(named[2].lower(), 0)
            return date(int(named[3]), month, int(named[1]))
        return date.fromisoformat(words)
    except ValueError:
        return None
