"""The report as files in one folder, ``report.json`` last: it stands there only when all others do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from telusur import evidence
from telusur.validation.report import document, page
from telusur.validation.validating import FITTED, Source, Validation

_MARK: Final = "report.json"
FILES: Final = ("report.html", "report.en.html", "scores.csv", "takeovers.csv", FITTED, _MARK)
"""All that a report may consist of; the parameter file only where one was fitted."""


def check_place(out: Path, *, force: bool) -> None:
    """Refuse a folder that a report must not go to, before any work is done.

    Parameters
    ----------
    out
        Where it is to lie.
    force
        Whether an older report may be replaced.

    Raises
    ------
    BadInput
        If it is no folder, holds something else, or holds a report that may not be replaced.
    """
    evidence.check_report_folder(out, FILES, what="a validation", force=force)


def write(
    found: Validation, data: Source, other: Source | None, out: Path, *, model: str | None = None, force: bool = False
) -> None:
    """Write all files of a report.

    Parameters
    ----------
    found, data, other
        What was done, and on which files.
    out
        The folder; made if there is none.
    model
        Parameter file that was named; None for the shipped one.
    force
        Whether an older report may be replaced.

    Raises
    ------
    BadInput
        As `check_place`.
    """
    check_place(out, force=force)
    repeated_by = document.command(found, data, other, model=model)
    told = document.document(found, data, other, repeated_by)
    contents = {
        "report.html": page.render(found, data, other, repeated_by, "id").encode(),
        "report.en.html": page.render(found, data, other, repeated_by, "en").encode(),
        "scores.csv": document.scores(found.compared).encode(),
        "takeovers.csv": document.timelines(found.streams).encode(),
        **({FITTED: found.model.content} if found.model.content else {}),
        _MARK: (json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode(),
    }
    evidence.write_report_folder(out, contents)
