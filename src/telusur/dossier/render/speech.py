"""How the dossier speaks: its words in one language, its numbers with their units, its dates with their zones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import Final

from telusur.domain import marked_yaml, scale, when
from telusur.domain.act import Act
from telusur.domain.errors import BadInput
from telusur.domain.text import Language, Text
from telusur.domain.weight import Weight

_MINUS: Final = "\N{MINUS SIGN}"
_KILO: Final = 1000
#: A factor below the first is called none; one above the second is said without a fraction.
_FELT, _WHOLE = 1.1, 10


@cache
def words(package: str = __package__) -> Mapping[str, Text]:
    """Give every text of the screen by its dotted key.

    Parameters
    ----------
    package
        Whose ``words.yaml``; the dossier's if left out.

    Raises
    ------
    BadInput
        If a text lacks one of the two languages.
    """
    document = marked_yaml.packaged(package, "words.yaml")
    found: dict[str, Text] = {}

    def walk(value: object, path: tuple[str | int, ...]) -> None:
        if not isinstance(value, dict):
            raise document.problem(path, "expected {id: ..., en: ...}")
        if all(isinstance(inner, str) for inner in value.values()):
            if set(value) != {"id", "en"}:
                raise document.problem(path, "a text needs both languages: id and en")
            found[marked_yaml.dotted(path)] = Text.of(value)
            return
        for key, inner in value.items():
            walk(inner, (*path, key))

    walk(document.value, ())
    return found


class Speech:
    """The dossier's voice in one language.

    Parameters
    ----------
    language
        Which one.
    package
        Whose ``words.yaml`` it speaks; the dossier's if left out.
    """

    def __init__(self, language: Language, package: str = __package__) -> None:
        self.language: Language = language
        self._words = words(package)

    def __call__(self, key: str, **values: object) -> str:
        """Say a text of ``words.yaml`` with its places filled."""
        try:
            text = self._words[key]
        except KeyError:
            raise BadInput("there is no such text; add it in both languages", where="words.yaml", field=key) from None
        spoken = text.in_language(self.language)
        return spoken.format(**values) if values else spoken

    def knows(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self._words

    def of(self, text: Text) -> str:
        """Say a text that comes with both languages."""
        return text.in_language(self.language)

    def name(self, family: str, value: str | None) -> str:
        """Say the name of a value of a closed list; a value without one is said as it stands."""
        if value is None:
            return self("unknown")
        key = f"{family}.{value}"
        return self(key) if self.knows(key) else value

    def day(self, day: date) -> str:
        """Say a date: ``8 Desember 2023``."""
        return self.of(when.day_words(day))

    def moment(self, at: datetime, zone: tzinfo | None = None) -> str:
        """Say a time with its zone: ``8 Desember 2023 pukul 06.08 WIB``."""
        return self.of(when.moment_words(at, zone))

    def about(self, at: datetime, precision: timedelta, zone: tzinfo) -> str:
        """Say a time as exactly as it was written: as a day where no hour was."""
        return self.day(at.astimezone(zone).date()) if precision >= timedelta(days=1) else self.moment(at, zone)

    def number(self, value: float, decimals: int = 0) -> str:
        """Say a number: ``1.234,5`` in Indonesian, ``1,234.5`` in English; with a real minus."""
        spoken = f"{value:,.{decimals}f}"
        if self.language == "id":
            spoken = spoken.translate(str.maketrans(",.", ".,"))
        return spoken.replace("-", _MINUS)

    def size(self, count: int) -> str:
        """Say a size in bytes, and rounded where it is large."""
        spoken = self("unit.bytes", n=self.number(count))
        for unit, name in ((_KILO**3, "GB"), (_KILO**2, "MB"), (_KILO, "kB")):
            if count >= unit:
                return f"{spoken} ({self.number(count / unit, 1)} {name})"
        return spoken

    def signed(self, value: float, decimals: int = 2) -> str:
        """Say a number with its sign: ``+1,30``; zero has none."""
        spoken = self.number(value, decimals)
        nothing = not spoken.strip(f"0.,{_MINUS}")
        return spoken.lstrip(_MINUS) if nothing else f"{'+' if value > 0 else ''}{spoken}"

    def bans(self, value: float) -> str:
        """Say a weight with its unit: ``+1,30 ban``."""
        return self("unit.bans", n=self.signed(value))

    def range(self, lower: float, upper: float) -> str:
        """Say a range of weights with its unit: ``+0,60 sampai +1,90 ban``."""
        return self("unit.range", lower=self.signed(lower), upper=self.signed(upper))

    def bounds(self, lower: float, upper: float) -> str:
        """Say a range of weights in short, with its unit: ``[+0,60; +1,90] ban``."""
        return self("unit.bounds", lower=self.signed(lower), upper=self.signed(upper))

    def strength(self, weight: Weight) -> str:
        """Say in words how strong a weight is and which side it supports."""
        words_ = self.of(scale.words_for(weight.log10_lr))
        if abs(weight.log10_lr) < scale.steps()[0][0]:
            return words_
        return self("tracing.towards_it" if weight.log10_lr > 0 else "tracing.towards_owner", words=words_)

    def gain(self, bans: float) -> str:
        """Say in words what an expected gain means: by which factor what is true becomes better supported."""
        factor = 10**bans
        if factor < _FELT:
            return self("next.no_gain")
        return self("next.gain", times=self.number(factor, 1 if factor < _WHOLE else 0))

    def month(self, month: int) -> str:
        """Say a month in short, for axes: ``Des``, ``Dec``."""
        return self(f"month.{month}")

    def short_strength(self, words_: Text) -> str:
        """Say a step of the verbal scale without the word that all steps share, for axes."""
        return self.of(words_).replace(self("weights.shared_word"), "").strip()


def zone_of(act: Act) -> tzinfo:
    """Give the zone in which the times of an act are said: its own, or UTC."""
    zone = act.at.at.tzinfo if act.at else None
    return zone or UTC
