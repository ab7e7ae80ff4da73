"""The ladder of words: a rung said in its one fixed sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal

from telusur.balance.result import Rung
from telusur.domain import marked_yaml
from telusur.domain.text import Language, Text

Why = Literal["cases", "groups", "strata", "detectable"]

_LARGEST: Final = 99.0

_FEW, _STEP = 10, 5
"""The smallest count that is told, and what counts are rounded to; no plan may be laxer."""


@cache
def _words() -> Mapping[str, Any]:
    held = marked_yaml.packaged("telusur.balance", "words.yaml").value
    assert isinstance(held, dict)
    return held


def too_little(why: Why, *, n: float, least: float) -> Text:
    """Say that there is too little data.

    Parameters
    ----------
    why
        What there is too little of.
    n, least
        How much there is, and how much there should be. Cases are told rounded: sentences are published as they are.
    """
    reason = Text.of(_words()["why"][why])
    said = Text.of(_words()["rungs"][Rung.TOO_LITTLE_DATA])

    def told(value: float, language: Language) -> str:
        if why != "cases":
            return _number(value, language)
        return f"< {_FEW}" if value < _FEW else _number(_STEP * round(value / _STEP), language)

    return Text(
        *(
            said.in_language(language).format(
                why=reason.in_language(language).format(n=told(n, language), least=_number(least, language))
            )
            for language in ("id", "en")
        )
    )


def said(rung: Rung, *, group: str, effect: float, lower: float, upper: float, detectable: float) -> Text:
    """Say a rung above the lowest.

    Parameters
    ----------
    rung
        How much may be said.
    group
        Code of the group that differs most.
    effect, lower, upper
        Odds ratio of its passing, and its 95 % interval.
    detectable
        Smallest odds ratio that could be seen.
    """
    side = "often" if effect > 1 else "seldom"
    words = _words()

    def sentence(language: Language) -> str:
        return (
            Text.of(words["rungs"][rung])
            .in_language(language)
            .format(
                group=group,
                more=Text.of(words["more"][side]).in_language(language),
                more_evidence=Text.of(words["more_evidence"][side]).in_language(language),
                effect=_number(effect, language),
                lower=_number(lower, language),
                upper=_number(upper, language),
                detectable=_number(detectable, language),
            )
        )

    return Text(sentence("id"), sentence("en"))


def _number(value: float, language: Language) -> str:
    if not math.isfinite(value) or value > _LARGEST:
        return f"{value:,.0f}".replace(",", "." if language == "id" else ",") if math.isfinite(value) else "∞"
    written = f"{value:.2f}" if isinstance(value, float) else str(value)
    return written.replace(".", ",") if language == "id" else written
