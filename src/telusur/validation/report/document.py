"""The report for machines: one JSON document, and one line of CSV a comparison."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

import telusur
from telusur.validation.numbers import as_json, takeovers_as_json
from telusur.validation.protocol import HISTORY, LEAST_BANS, SKIPPED
from telusur.validation.study import Compared, Streams
from telusur.validation.validating import Source, Validation, code

SCHEMA: Final = "telusur.validation/1"


def command(found: Validation, data: Source, other: Source | None, *, model: str | None) -> str:
    """Give the command that gives these files again, byte for byte.

    Parameters
    ----------
    found, data, other
        What was done, and on which files.
    model
        Parameter file that was named; None for the shipped one.
    """
    parts = ["telusur validate tracing", f"--data {data.name}"]
    parts += [f"--other {other.name}"] if other else []
    parts += [f"--model {model}"] if model else []
    parts += ["--refit"] if found.model.refit == "asked" else []
    return " ".join([*parts, f"--seed {found.seed}", "--out DIR"])


def document(found: Validation, data: Source, other: Source | None, repeated_by: str) -> dict[str, Any]:
    """Give ``report.json``."""
    return {
        "schema": SCHEMA,
        "made_by": {
            "telusur": telusur.__version__,
            "catalogue": None,
            "models": {"style": found.model.source.sha256},
        },
        "repeat": {"command": repeated_by, "seed": found.seed, "bootstrap_rounds": found.rounds, **code()},
        "data": _corpus(data, found.table.n_accounts, len(found.table.texts), found.table.left_out),
        "other": None
        if other is None or found.other is None
        else _corpus(other, found.other.n_accounts, len(found.other.texts), found.other.left_out),
        "model": {
            "file": found.model.source.name,
            "sha256": found.model.source.sha256,
            "refitted": found.model.refit,
            "accounts_fitted_here": found.model.fitted_on,
            "card": dict(found.model.card),
        },
        "protocol": {"known_posts": HISTORY, "posts_skipped": SKIPPED, "misleading_from_bans": LEAST_BANS},
        "settings": [as_json(one) for one in found.outcomes],
        "takeovers": [takeovers_as_json(one) for one in found.takeovers],
    }


def _corpus(source: Source, accounts: int, posts: int, left_out: Any) -> dict[str, Any]:  # noqa: ANN401 - a mapping
    return {
        "file": source.name,
        "sha256": source.sha256,
        "accounts_measured": accounts,
        "posts_of_them": posts,
        "left_out": dict(sorted(left_out.items())),
    }


def scores(every: list[Compared]) -> str:
    """Give ``scores.csv``: one line a comparison; accounts by number, never by name."""
    held = io.StringIO()
    table = csv.writer(held, lineterminator="\n")
    table.writerow(("setting", "history_of", "written_by", "kind", "bans", "uncapped_bans", "words", "abstained"))
    for one in every:
        weighed = one.weighed
        for row in range(one.claimed.size):
            claimed, writer = int(one.claimed[row]), int(one.writer[row])
            table.writerow(
                (
                    one.setting.key,
                    claimed + 1,
                    writer + 1,
                    "same" if claimed == writer else "different",
                    f"{weighed.bans[row]:.4f}",
                    f"{weighed.uncapped[row]:.4f}",
                    int(weighed.words[row]),
                    "no" if weighed.speaks[row] else "yes",
                )
            )
    return held.getvalue()


def timelines(every: list[Streams]) -> str:
    """Give ``takeovers.csv``: one line a timeline; places count from 0."""
    held = io.StringIO()
    table = csv.writer(held, lineterminator="\n")
    table.writerow(("stranger", "owner", "true_place", "bans", "place", "interval_from", "interval_to", "abstained"))
    for one in every:
        for owner, place, found in zip(one.owner.tolist(), one.place.tolist(), one.found, strict=True):
            low, high = found.interval or ("", "")
            table.writerow(
                (
                    one.stranger or "none",
                    owner + 1,
                    "" if one.stranger is None else place,
                    f"{found.bans:.4f}",
                    "" if found.at is None else found.at,
                    low,
                    high,
                    "yes" if found.abstained else "no",
                )
            )
    return held.getvalue()
