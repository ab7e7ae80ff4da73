"""Authorship verification as evaluation campaigns ask for it (PAN): two sides in, one weight out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from telusur.domain.errors import BadInput
from telusur.tracing.style.model import Abstention, StyleModel, StyleResult, load
from telusur.tracing.style.posts import Posts

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


def _pair(line: Mapping[str, Any], model: StyleModel) -> float | Abstention:
    texts = _texts(line, "pair")
    if len(texts) != 2:  # noqa: PLR2004 - a pair
        raise BadInput(f"holds {len(texts)} texts; a pair is two", field="pair")
    one, other = (Posts.of(_as_posts(text)) for text in texts)
    # Neither text is "the known one": both directions are weighed and averaged, so that the order cannot matter.
    there = model.compare_posts(one, other, least_known=1)
    back = model.compare_posts(other, one, least_known=1)
    if isinstance(there, Abstention):
        return there
    if isinstance(back, Abstention):
        return back
    mean = (there.uncapped + back.uncapped) / 2
    return float(model.held(np.array([mean]), np.array([min(there.n_words, back.n_words)]))[0])


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
        ``id``; ``log10_lr`` in bans, positive for the same author; ``value``, its logistic in [0, 1]; ``abstained``.

    Raises
    ------
    BadInput
        If the line has neither form.
    """
    fitted = load() if model is None else model
    found: float | StyleResult | Abstention
    if "pair" in line:
        found = _pair(line, fitted)
    elif "known" in line and "questioned" in line:
        found = fitted.compare(
            _texts(line, "known"),
            _texts(line, "questioned"),
            known_register=str(line.get("known_register", "post")),
            questioned_register=str(line.get("questioned_register", "post")),
        )
    else:
        raise BadInput("holds neither `pair` nor `known` and `questioned`; give one of the two forms")
    if isinstance(found, Abstention):
        return {"id": line.get("id"), "log10_lr": 0.0, "value": 0.5, "abstained": True}
    log10_lr = found.log10_lr if isinstance(found, StyleResult) else found
    odds = 10.0**log10_lr
    return {"id": line.get("id"), "log10_lr": log10_lr, "value": odds / (1 + odds), "abstained": False}
