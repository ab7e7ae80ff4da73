"""Fields that read what Indonesians write and say, when they cannot, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.functional import lazystr

from telusur.domain.text import Text
from telusur.office import typed, zones
from telusur.office.widgets import DAY, TIME, ZONE, Checks, Choice, DayInput, FilesInput, MomentInput, Radios
from telusur.office.words import language, late, say

MEGABYTE: Final = 1024 * 1024
#: Bytes of one file, and of all files of a form together.
FILE_LIMIT: Final = 25 * MEGABYTE
FORM_LIMIT: Final = 100 * MEGABYTE

#: Kinds of files by their endings; the content is judged when it is sealed.
PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".heic")
PAPERS: Final = (".pdf",)
ARCHIVES: Final = (".zip", ".json", ".wacz", ".warc", ".html", ".csv", ".txt", ".eml")
VIDEOS: Final = (".mp4", ".mov", ".webm", ".mp3", ".m4a", ".ogg")
EVIDENCE: Final = (*PAPERS, *PICTURES, *ARCHIVES, *VIDEOS)


def _wrong(words: Text, code: str = "invalid") -> ValidationError:
    return ValidationError(late(words.id, words.en), code=code)


class DateField(forms.Field):
    """A day, typed in words or figures, never month-first.

    Parameters
    ----------
    past
        Whether it must not lie after today (in the zone of Indonesia where it is latest).
    """

    widget = DayInput

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.past = past

    def to_python(self, value: Any) -> date | None:
        """Read it."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            day = typed.read_day(str(value))
        except typed.Unread as error:
            raise _wrong(error.words) from None
        if self.past and day > timezone.now().astimezone(zones.ZONES["WIT"]).date():
            raise _wrong(
                Text(
                    "Tanggal ini belum tiba. Tulis tanggal yang sudah lewat atau hari ini.",
                    "This day has not come yet. Write a day that is past, or today.",
                ),
                "future",
            )
        return day

    def prepare_value(self, value: Any) -> Any:
        """Keep what was typed as it was typed."""
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the days, not how they are written."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class MomentField(forms.MultiValueField):
    """A day, a time and a zone, as one instant that keeps its zone.

    Parameters
    ----------
    past
        Whether it must not lie after now.
    """

    widget = MomentInput

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        self.past = past
        required = kwargs.get("required", True)
        fields = (
            DateField(required=required),
            _TimeField(required=required),
            forms.ChoiceField(choices=[(name, name) for name in zones.ZONES], required=required),
        )
        super().__init__(fields, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        """Read the pieces; say which one is missing."""
        pieces = list(value or [])
        if len(pieces) == len(self.fields) and not pieces[DAY] and not pieces[TIME]:
            # A zone is always chosen; alone it says nothing.
            value = None
        elif len(pieces) == len(self.fields):
            self._complete(pieces)
        moment: datetime | None = super().clean(value)
        if moment is not None and self.past and moment > timezone.now():
            raise _wrong(
                Text(
                    "Waktu ini belum tiba. Periksa tanggal, jam dan zona waktunya.",
                    "This time has not come yet. Check the date, the time and the time zone.",
                ),
                "future",
            )
        return moment

    @staticmethod
    def _complete(pieces: Sequence[Any]) -> None:
        if not pieces[DAY]:
            raise _wrong(Text("Isi juga tanggalnya.", "Give the date as well."), "incomplete")
        if not pieces[TIME]:
            raise _wrong(
                Text("Isi juga jamnya, misalnya 13.05.", "Give the time as well, such as 13:05."), "incomplete"
            )
        if pieces[ZONE] not in zones.ZONES:
            raise _wrong(Text("Pilih zona waktunya: WIB, WITA atau WIT.", "Choose the time zone: WIB, WITA or WIT."))

    def compress(self, data_list: Any) -> datetime | None:
        """Put the pieces together."""
        if not data_list or data_list[DAY] is None or data_list[TIME] is None:
            return None
        return datetime.combine(data_list[DAY], data_list[TIME], tzinfo=zones.ZONES[data_list[ZONE]])

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the instants."""
        try:
            return bool(self.clean(data) != initial)
        except ValidationError:
            return True


class _TimeField(forms.Field):
    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return typed.read_time(str(value))
        except typed.Unread as error:
            raise _wrong(error.words) from None


class NumberField(forms.Field):
    """A figure with its marks as the reader's language puts them.

    Parameters
    ----------
    least, most
        Bounds, both allowed.
    whole
        Whether it must have no decimals; then an `int` comes out.
    """

    def __init__(self, *, least: int | None = None, most: int | None = None, whole: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "numeric" if whole else "decimal", "class": "w-10"}))
        super().__init__(**kwargs)
        self.least, self.most, self.whole = least, most, whole

    def to_python(self, value: Any) -> int | Decimal | None:
        """Read it and hold it to its bounds."""
        if value in self.empty_values:
            return None
        try:
            number = value if isinstance(value, int | Decimal) else typed.read_number(str(value), language())
        except typed.Unread as error:
            raise _wrong(error.words) from None
        if self.whole and number != int(number):
            raise _wrong(Text("Tulis bilangan bulat, tanpa pecahan.", "Write a whole number, without decimals."))
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            raise _wrong(self._bounds(), "range")
        return int(number) if self.whole else Decimal(number)

    def _bounds(self) -> Text:
        least, most = (
            Text(*(typed.write_number(bound, lang) for lang in ("id", "en"))) if bound is not None else None
            for bound in (self.least, self.most)
        )
        if least and most:
            return Text(
                f"Tulis angka dari {least.id} sampai {most.id}.", f"Write a figure from {least.en} to {most.en}."
            )
        if least:
            return Text(f"Tulis angka {least.id} atau lebih.", f"Write {least.en} or more.")
        assert most is not None
        return Text(f"Tulis angka paling banyak {most.id}.", f"Write {most.en} at most.")

    def prepare_value(self, value: Any) -> Any:
        """Write a figure as it is read back; keep what was typed."""
        return typed.write_number(value, language()) if isinstance(value, int | Decimal) else value


class NipField(forms.CharField):
    """A NIP or NI PPPK; only its form is checked, and digits alone come out."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", late("18 angka, spasi boleh.", "18 figures, blanks allowed."))
        kwargs.setdefault("widget", forms.TextInput({"class": "w-20", "autocomplete": "off", "spellcheck": "false"}))
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        """Read it."""
        kept: str = super().clean(value)
        if not kept:
            return ""
        try:
            return typed.read_nip(kept, timezone.now().astimezone(UTC).date())
        except typed.Unread as error:
            raise _wrong(error.words) from None


class ChoiceField(forms.ChoiceField):
    """Choose one of a few, as radio buttons with hints."""

    def __init__(self, choices: Sequence[Choice], **kwargs: Any) -> None:
        kwargs.setdefault("widget", Radios(_hints(choices)))
        super().__init__(choices=[choice.pair() for choice in choices], **kwargs)


class ChoicesField(forms.MultipleChoiceField):
    """Choose any number, as check boxes with hints."""

    def __init__(self, choices: Sequence[Choice], **kwargs: Any) -> None:
        kwargs.setdefault("widget", Checks(_hints(choices)))
        super().__init__(choices=[choice.pair() for choice in choices], **kwargs)


def _hints(choices: Sequence[Choice]) -> dict[str, Text]:
    return {choice.value: choice.hint for choice in choices if choice.hint is not None}


def size_words(size: int) -> Text:
    """Write a size: ``25 MB``, ``1,5 MB``, ``320 kB``."""
    if size >= MEGABYTE:
        tenths = Decimal(size * 10 // MEGABYTE) / 10
        plain = int(tenths) if tenths == int(tenths) else tenths
        return Text(f"{typed.write_number(plain, 'id')} MB", f"{typed.write_number(plain, 'en')} MB")
    kilobytes = max(1, round(size / 1024)) if size else 0
    return Text(f"{kilobytes} kB", f"{kilobytes} kB")


class FilesField(forms.FileField):
    """Files, with their limits told before.

    Parameters
    ----------
    kinds
        Endings that are taken, with the dot; what a file really is, is judged when it is sealed.
    limit
        Bytes of one file at most.
    several
        Whether several may come; then a list comes out, else one file.
    """

    def __init__(
        self, *, kinds: Sequence[str] = EVIDENCE, limit: int = FILE_LIMIT, several: bool = True, **kwargs: Any
    ) -> None:
        self.kinds, self.limit, self.several = tuple(kinds), limit, several
        kwargs.setdefault(
            "widget",
            FilesInput({"accept": ",".join(kinds), "data-limit": limit, "data-together": FORM_LIMIT}, several=several),
        )
        self.said_first = kwargs.pop("help_text", "")
        super().__init__(allow_empty_file=True, help_text=cast("str", lazystr(_Told(self))), **kwargs)

    def told(self) -> str:
        """Say beforehand what is taken."""
        each, together = size_words(self.limit), size_words(FORM_LIMIT)
        kinds = self._kinds()
        words = Text(f"Paling besar {each.id} per berkas", f"At most {each.en} a file")
        if self.several:
            words = Text(f"{words.id}, {together.id} seluruhnya", f"{words.en}, {together.en} together")
        return say(Text(f"{words.id}. Jenis: {kinds}.", f"{words.en}. Kinds: {kinds}."))

    def _kinds(self) -> str:
        return ", ".join(kind.removeprefix(".").upper() for kind in self.kinds if kind != ".jpeg")

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Hold each file to the limits; all that is wrong is said at once."""
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        kept = [super(FilesField, self).clean(one, initial) for one in files or [None]]
        wrong = [error for one in files if (error := self._refusal(one)) is not None]
        if wrong:
            raise ValidationError(wrong)
        if not self.several:
            return kept[0]
        return [one for one in kept if one]

    def _refusal(self, file: UploadedFile[Any]) -> ValidationError | None:
        name, size = file.name or "?", file.size or 0
        if not size:
            return _wrong(
                Text(f"“{name}” kosong. Pilih berkas yang berisi.", f"“{name}” is empty. Choose a file with content."),
                "empty",
            )
        if size > self.limit:
            has, most = size_words(size), size_words(self.limit)
            return _wrong(
                Text(
                    f"“{name}” berukuran {has.id}, paling besar {most.id}. Kirim bagian yang perlu saja, atau pecah.",
                    f"“{name}” has {has.en}, at most {most.en} is taken. Send the part that matters, or split it.",
                ),
                "size",
            )
        if PurePath(name).suffix.lower() not in self.kinds:
            kinds = self._kinds()
            return _wrong(
                Text(
                    f"“{name}” bukan jenis yang dapat diterima. Pilih salah satu jenis ini: {kinds}.",
                    f"“{name}” is not of a kind that is taken. Choose one of these kinds: {kinds}.",
                ),
                "kind",
            )
        return None


class _Told:
    """A field's own hint and its limits, in the reader's language when they are shown."""

    def __init__(self, field: FilesField) -> None:
        self._field = field

    def __str__(self) -> str:
        return f"{self._field.said_first} {self._field.told()}".strip()


class FileField(FilesField):
    """One file, with its limits told before."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(several=False, **kwargs)
