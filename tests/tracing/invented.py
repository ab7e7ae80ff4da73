"""Invented writers with habits of their own: a small seeded generator of posts that nobody ever wrote."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

import polars as pl
import pytest

from telusur.tracing import changepoint_fit
from telusur.tracing.changepoint import Post
from telusur.tracing.style import Parameters, StyleModel, fit

_ONSETS = ("b", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "c", "ng", "ny")
_VOWELS = ("a", "i", "u", "e", "o")
_ENDINGS = ("", "", "", "n", "ng", "h", "s", "r", "t")
_SIGNS = ("", "", ".", "...", "!", "!!", " 🙂", " 😂😂", "~", " ^^", "?", " :(")


def _words(n: int) -> list[str]:
    rng = random.Random(5)
    made: dict[str, None] = {}
    while len(made) < n:
        syllables = rng.choice((1, 2, 2, 3))
        word = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables)) + rng.choice(_ENDINGS)
        made.setdefault(word)
    return list(made)


_VOCABULARY = _words(700)


class Writer:
    """One invented writer.

    Parameters
    ----------
    number
        Which one; the same number writes the same posts.
    """

    def __init__(self, number: int) -> None:
        rng = random.Random(1_000 + number)
        self._rng = random.Random(9_000 + number)
        # Everyone knows the same words; favourites, spelling, capitals and signs are one's own.
        self._weights = [rng.paretovariate(1.1) / (1 + rank / 40) for rank in range(len(_VOCABULARY))]
        self._signs = [rng.choice(_SIGNS) for _ in range(3)]
        self._capital = rng.random() < 0.4
        self._drops_vowels = rng.random() < 0.3
        self._stretches = rng.random() < 0.3
        self._mentions = rng.random() * 0.7

    def post(self) -> str:
        rng = self._rng
        words = rng.choices(_VOCABULARY, self._weights, k=rng.randint(4, 14))
        if self._drops_vowels:
            words = [word[0] + word[1:].replace("a", "") if len(word) > 4 else word for word in words]
        if self._stretches and rng.random() < 0.5:
            words[-1] += words[-1][-1] * 3
        text = " ".join(words)
        text = (text.capitalize() if self._capital else text) + rng.choice(self._signs)
        return f"@USER {text}" if rng.random() < self._mentions else text

    def posts(self, n: int) -> list[str]:
        return [self.post() for _ in range(n)]


def timeline(texts: Sequence[str], start: datetime = datetime(2023, 1, 1, tzinfo=UTC)) -> list[datetime]:
    return [start + timedelta(hours=7 * place) for place in range(len(texts))]


def table(n_writers: int, n_posts: int, first: int = 0) -> pl.DataFrame:
    """A table of posts by writers whose accounts have names that must not be found in the parameters."""
    rows = []
    for number in range(first, first + n_writers):
        texts = Writer(number).posts(n_posts)
        rows += [
            {"account": f"rahasia-{number:03d}", "time": at, "text": text}
            for at, text in zip(timeline(texts), texts, strict=True)
        ]
    return pl.DataFrame(rows)


@cache
def small_parameters() -> Parameters:
    """Parameters fitted on invented writers, once a run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changepoint_fit, "_AROUND_ROUNDS", 1)
        return fit(table(21, 64), seed=1)


@cache
def small_model() -> StyleModel:
    """The model of `small_parameters`."""
    return StyleModel(small_parameters(), "of invented writers")


def posts(texts: Sequence[str], client: str | None = None) -> list[Post]:
    """A timeline of posts, seven hours apart."""
    return [Post(text, at, client) for text, at in zip(texts, timeline(texts), strict=True)]
