"""Authorship verification as evaluation campaigns ask for it (PAN): two sides in, one weight out.

Only three things make a line abstain (contracts.md, section 3). Where there is nothing else to compare, as in a window
that is copied from the known posts, the answer is a weight of nought: it supports neither side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from telusur.domain.errors import BadInput
from telusur.tracing.style.design import KNOWN_WORDS
from telusur.tracing.style.model import (
    LEAST_KNOWN_POSTS,
    LEAST_WORDS,
    MOST_KNOWN_POSTS,
    Abstention,
    StyleModel,
    load,
)
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.register import REGISTERS_DIFFER

_CHUNK_WORDS = 12
_LINE = re.compile(r"\s*(?:<nl>|\n)\s*")


def _as_posts(text: str) -> list[str]:
    """Cut a text into pieces of about a post's length, at its own line breaks where it has them."""
    pieces: list[str] = []
    for line in _LINE.split(text):
        words = line.split()
        pieces.extend(" ".join(words[at : at + _CHUNK_WORDS]) for at in range(0, len(words), _CHUNK_WORDS))
    return pieces


def _texts(line: Mapping[str, Any], field: str) -> list[str]:
    texts = line.get(field)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise BadInput("must be a list of texts", field=field)
    return texts


def _words(texts: Sequence[str]) -> int:
    """Count words as anybody would, names and links among them: what has a letter or digit between two spaces."""
    return sum(any(map(str.isalnum, word)) for text in texts for word in text.split())


def _weight(known: Posts, questioned: Posts, model: StyleModel) -> tuple[float, int] | None:
    """Weigh one side against the other, in bans before any cap; give the words weighed too, None where kinds differ."""
    found = model.compare_posts(known, questioned, least_known=1)
    if isinstance(found, Abstention):
        return None if found.reason == REGISTERS_DIFFER else (0.0, 0)
    # Known writing shorter than the calibration has seen says less than the shortest that it has. By the root of its
    # part, of one to three posts a side pairs cost least: 1.01, .92, .84 bits; unheld 1.07, .95, .84 (dev file).
    seen = min(float(known.n_words.sum()) / KNOWN_WORDS[0], 1.0) ** 0.5
    return found.uncapped * seen, found.n_words


def _held(bans: float, n_words: int, model: StyleModel) -> float:
    return float(model.held(np.array([bans]), np.array([n_words]))[0])


def _pair(line: Mapping[str, Any], model: StyleModel) -> float | None:
    texts = _texts(line, "pair")
    if len(texts) != 2:  # noqa: PLR2004 - a pair
        raise BadInput(f"holds {len(texts)} texts; a pair is two", field="pair")
    if min(_words([text]) for text in texts) < LEAST_WORDS:
        return None
    one, other = (Posts.of(_as_posts(text)) for text in texts)
    # Neither text is "the known one": both directions are weighed and averaged, so that the order cannot matter.
    there, back = _weight(one, other, model), _weight(other, one, model)
    if there is None or back is None:
        return None
    return _held((there[0] + back[0]) / 2, min(there[1], back[1]), model)


def _history(line: Mapping[str, Any], model: StyleModel) -> float | None:
    known, questioned = _texts(line, "known"), _texts(line, "questioned")
    registers = {str(line.get(f"{side}_register", "post")) for side in ("known", "questioned")}
    if len(registers) > 1 or len(known) < LEAST_KNOWN_POSTS or _words(questioned) < LEAST_WORDS:
        return None
    found = _weight(Posts.of(known[-MOST_KNOWN_POSTS:]), Posts.of(questioned), model)
    return None if found is None else _held(*found, model)


def verify_line(line: Mapping[str, Any], model: StyleModel | None = None) -> dict[str, Any]:
    """Answer one line of ``telusur trace verify`` (contracts.md, section 3), without looking at any other.

    Parameters
    ----------
    line
        ``{"id", "pair": [text, text]}``, or ``{"id", "known": [posts in time order], "questioned": [posts]}``, there
        with optional ``known_register`` and ``questioned_register``.
    model
        The shipped one if left out.

    Returns
    -------
    dict
        ``id``; ``log10_lr`` in bans, positive for the same author; ``value``, its logistic in [0, 1]; ``abstained``:
        fewer than 10 known posts, fewer than 3 words, or unlike kinds of writing. Copied texts, another script and
        known posts without words weigh nought.

    Raises
    ------
    BadInput
        If the line has neither form.
    """
    fitted = load() if model is None else model
    if "pair" in line:
        log10_lr = _pair(line, fitted)
    elif "known" in line and "questioned" in line:
        log10_lr = _history(line, fitted)
    else:
        raise BadInput("holds neither `pair` nor `known` and `questioned`; give one of the two forms")
    if log10_lr is None:
        return {"id": line.get("id"), "log10_lr": 0.0, "value": 0.5, "abstained": True}
    odds = 10.0**log10_lr
    return {"id": line.get("id"), "log10_lr": log10_lr, "value": odds / (1 + odds), "abstained": False}
