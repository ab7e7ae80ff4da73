"""Words for the strength of a weight, the same for and against."""

from __future__ import annotations

from functools import cache

from telusur.domain import marked_yaml
from telusur.domain.text import Text


@cache
def steps() -> tuple[tuple[float, Text], ...]:
    """Give the upper bound in bans and the words of each step, weakest first."""
    document = marked_yaml.packaged(__package__, "verbal_scale.yaml").value
    assert isinstance(document, dict)
    return tuple(
        (float("inf") if step["below_bans"] is None else float(step["below_bans"]), Text.of(step))
        for step in document["steps"]
    )


def words_for(log10_lr: float) -> Text:
    """Give the words for a strength in bans; its sign says which side, not how strong."""
    strength = abs(log10_lr)
    return next(words for bound, words in steps() if strength < bound)
