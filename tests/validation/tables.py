"""Tables of invented writers as anyone would hand them over, and a model fitted on other invented writers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from telusur.validation.table import Table, gathered
from tracing.invented import Writer, small_parameters

START = datetime(2023, 1, 1, tzinfo=UTC)


def rows(n_writers, n_posts, *, first=60, text=None):
    """One row a post, seven hours apart."""
    found = []
    for number in range(first, first + n_writers):
        texts = Writer(number).posts(n_posts) if text is None else [text] * n_posts
        found += [
            {"account": f"rahasia-{number}", "time": (START + timedelta(hours=7 * place)).isoformat(), "text": one}
            for place, one in enumerate(texts)
        ]
    return found


def invented(n_writers, n_posts, **more) -> Table:
    return gathered(enumerate(rows(n_writers, n_posts, **more), start=2), seed=1)


def model_file(folder):
    """Parameters fitted on other invented writers, as a file."""
    path = folder / "kecil.npz"
    path.write_bytes(small_parameters().as_bytes())
    return path


def shuffled(every, seed=0):
    order = np.random.default_rng(seed).permutation(len(every))
    return [every[place] for place in order]
