"""How questions speak: fixed sentences in both languages, and counts that tell nobody's own case."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from telusur.balance.plan import Plan
from telusur.domain import marked_yaml
from telusur.domain.text import Language, Text

NOTHING: Final = Text("", "")
_LARGEST: Final = 99.0
_SMALL: Final = 0.1


@cache
def _words() -> Mapping[str, Any]:
    held = marked_yaml.packaged(__package__, "words.yaml").value
    assert isinstance(held, dict)
    return held


def say(key: str, **values: float | str | Text | None) -> Text:
    """Give the sentence of a dotted key, its places filled as each language writes them."""
    found: Any = _words()
    for part in key.split("."):
        found = found[part]
    text = Text.of(found)
    return Text(*(_filled(text, language, values) for language in ("id", "en")))


def count(n: int, plan: Plan) -> Text:
    """Say a count: rounded, and small ones only as small."""
    if n < plan.suppress_below:
        return say("few", least=str(plan.suppress_below))
    return Text(*(str(plan.round_to * round(n / plan.round_to)),) * 2)


def percent(share: float) -> Text:
    """Say a share in percent, a small one with a decimal."""
    written = f"{100 * share:.1f}" if abs(share) < _SMALL else f"{100 * share:.0f}"
    return Text(written.replace(".", ",") + "\N{NO-BREAK SPACE}%", written + "\N{NO-BREAK SPACE}%")


def joined(*texts: Text) -> Text:
    """Say one after the other."""
    return Text(*(" ".join(filter(None, (text.in_language(language) for text in texts))) for language in ("id", "en")))


def _filled(text: Text, language: Language, values: Mapping[str, float | str | Text | None]) -> str:
    return text.in_language(language).format(**{name: _value(value, language) for name, value in values.items()})


def _value(value: float | str | Text | None, language: Language) -> str:
    if value is None:
        return "–"
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, str):
        return value
    if not math.isfinite(value):
        return "∞"
    written = f"{value:.0f}" if abs(value) > _LARGEST or float(value).is_integer() else f"{value:.2f}"
    return written.replace(".", ",") if language == "id" else written
