"""The fixed sentences of the threshold test."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from telusur.domain import marked_yaml
from telusur.domain.text import Language, Text


@cache
def _words() -> Mapping[str, Any]:
    held = marked_yaml.packaged("telusur.balance.thresholds", "words.yaml").value
    assert isinstance(held, dict)
    return held


def said(name: str, **values: Text | str | float) -> Text:
    """Give a sentence with its places filled.

    Parameters
    ----------
    name
        Of the sentence.
    **values
        What its places hold; numbers are written as the language does.
    """

    def filled(language: Language) -> str:
        return (
            Text.of(_words()[name])
            .in_language(language)
            .format(**{key: _written(value, language) for key, value in values.items()})
        )

    return Text(filled("id"), filled("en"))


def _written(value: Text | str | float, language: Language) -> str:
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, str):
        return value
    return f"{value:.3f}".replace(".", ",") if language == "id" else f"{value:.3f}"
