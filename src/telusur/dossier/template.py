"""The ``case.yaml`` that a new case begins with."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from telusur.domain.errors import BadInput
from telusur.dossier.case_folder import KEPT
from telusur.dossier.reading import FILE
from telusur.evidence import write_bytes


def template() -> str:
    """Give a commented ``case.yaml``, Indonesian first, with places to fill in."""
    return resources.files("telusur.dossier").joinpath("case_template.yaml").read_text("utf-8")


def write_template(case_dir: Path) -> Path:
    """Make a case folder to fill in, or make one of a folder that already holds the files of a case.

    Parameters
    ----------
    case_dir
        Where it is to lie; folders above it are made too.

    Returns
    -------
    pathlib.Path
        Its ``case.yaml``, beside the empty folders ``evidence`` and ``known``.

    Raises
    ------
    BadInput
        If a ``case.yaml`` lies there already, or the folder cannot be made.
    """
    path = case_dir / FILE
    if os.path.lexists(path):
        raise BadInput("lies here already and is never overwritten; name another folder", where=str(path))
    try:
        for folder in (case_dir, *(case_dir / name for name in KEPT)):
            folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise BadInput("is a file where a folder is needed; name another", where=str(error.filename)) from None
    except (OSError, ValueError) as error:
        raise BadInput(f"the folder cannot be made ({error})", where=str(case_dir)) from None
    # Last, so that a folder with a `case.yaml` is whole.
    write_bytes(path, template().encode())
    return path
