"""What fields look like: big choices with hints, a date with its time and zone, files with their limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from django import forms
from django.forms.widgets import ChoiceWidget

from telusur.domain.text import Text
from telusur.domain.when import day_words
from telusur.office import zones
from telusur.office.words import language, late, say

#: Pieces of a moment, in their order.
DAY, TIME, ZONE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be chosen.

    Parameters
    ----------
    value
        What the form gets.
    words
        What it is called.
    hint
        What it means, under it.
    """

    value: str
    words: Text
    hint: Text | None = None

    def pair(self) -> tuple[str, str]:
        """Give it as Django wants choices; the words choose their language when shown."""
        return self.value, late(self.words.id, self.words.en)


class _Hinted(ChoiceWidget):
    """Give each option its hint."""

    template_name = "office/forms/choices.html"
    option_template_name = "office/forms/choice.html"

    def __init__(self, hints: dict[str, Text] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the option, with ``hint`` and an id for it."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if self.input_type == "radio":  # ARIA knows a wrong group of radio buttons, no wrong radio button
            option["attrs"].pop("aria-invalid", None)
        hint = self.hints.get(str(value))
        if hint is not None:
            option["hint"] = say(hint)
            option["attrs"]["aria-describedby"] = f"{option['attrs'].get('id', name)}_hint"
        return option


class Radios(_Hinted, forms.RadioSelect):
    """Choose one."""


class Checks(_Hinted, forms.CheckboxSelectMultiple):
    """Choose any number."""


def written_day(value: object) -> object:
    """Write a date as it is printed, so that what a page shows can be typed back; anything else as it is."""
    return say(day_words(value)) if isinstance(value, date) else value


class DayInput(forms.TextInput):
    """A day in one line, in words or figures."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "w-20", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Write a date in words."""
        return cast("str | None", super().format_value(written_day(value)))


class MomentInput(forms.MultiWidget):
    """A day, a time of day and a zone side by side."""

    template_name = "office/forms/moment.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        time = forms.TextInput({"autocomplete": "off", "inputmode": "text", "size": "6"})
        zone = forms.Select(choices=[(name, name) for name in zones.ZONES])
        super().__init__({"tanggal": DayInput({"class": ""}), "jam": time, "zona": zone}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Take an instant apart, in its own zone if it is one of the three, else in the reader's."""
        if not isinstance(value, datetime):
            return [None, None, zones.chosen_name()]
        name = next((name for name, zone in zones.ZONES.items() if zone is value.tzinfo), zones.chosen_name())
        local = value.astimezone(zones.ZONES[name])
        mark = "." if language() == "id" else ":"
        return [local.date(), local.strftime(f"%H{mark}%M"), name]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Name each piece, and tell each of a hint and an error of the whole."""
        context = super().get_context(name, value, attrs)
        for piece, words in zip(context["widget"]["subwidgets"], _PIECES, strict=True):
            piece["words"] = say(words)
        return context


_PIECES: Final[Sequence[Text]] = (
    Text("Tanggal", "Date"),
    Text("Jam (24 jam)", "Time (24 hours)"),
    Text("Zona waktu", "Time zone"),
)


class FilesInput(forms.FileInput):
    """One file or several; the limits travel along, so that a browser can tell before sending."""

    template_name = "office/forms/files.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, several: bool = False) -> None:
        self.allow_multiple_selected = several
        super().__init__({"multiple": True, **(attrs or {})} if several else attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002 - Django's signature
        """Take all files under the name, where several may come."""
        if self.allow_multiple_selected and hasattr(files, "getlist"):
            return files.getlist(name)
        return files.get(name)
