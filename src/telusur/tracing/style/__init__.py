"""Style: whether a window of posts reads as if the author of the known posts had written it.

Door: `load` gives the fitted `StyleModel`, whose `compare` gives a `StyleResult` or an `Abstention`; `verify_line`
answers one line of ``telusur trace verify``; `explain` says what moved a weight; `fit_file` makes the parameters that
are shipped.

Characters, shapes and words, hashed; compared less what everybody writes; calibrated by length of both sides. Figures:
docs/models/style.md.
"""

from __future__ import annotations

from telusur.tracing.style.explain import explain
from telusur.tracing.style.fit import DEFAULT_SEED, fit, fit_file
from telusur.tracing.style.model import (
    ITEM_KNOWN_POSTS,
    ITEM_WORDS,
    LEAST_KNOWN_POSTS,
    LEAST_WORDS,
    SHIPPED,
    Abstention,
    StyleModel,
    StyleResult,
    load,
)
from telusur.tracing.style.parameters import Parameters
from telusur.tracing.style.verify import verify_line

__all__ = [
    "DEFAULT_SEED",
    "ITEM_KNOWN_POSTS",
    "ITEM_WORDS",
    "LEAST_KNOWN_POSTS",
    "LEAST_WORDS",
    "SHIPPED",
    "Abstention",
    "Parameters",
    "StyleModel",
    "StyleResult",
    "explain",
    "fit",
    "fit_file",
    "load",
    "verify_line",
]
