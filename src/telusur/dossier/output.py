"""The dossier as files, written beside its place and renamed, so that nothing is ever half-written."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from telusur import evidence
from telusur.domain.errors import BadInput
from telusur.domain.text import Language
from telusur.dossier.assessment import Assessment
from telusur.dossier.render import render_html, render_pdf

#: Every dossier holds this file; a folder without it is not ours to replace.
_MARK = "assessment.json"


def check_place(out: Path, case_dir: Path, *, force: bool) -> None:
    """Refuse a place that a dossier must not go to, before any work is done.

    Parameters
    ----------
    out
        Where the dossier is to lie.
    case_dir
        The case folder, which is never written to.
    force
        Whether an older dossier may be replaced.

    Raises
    ------
    BadInput
        If the place exists and may not be replaced, or lies in the case folder.
    """
    if out.resolve() == case_dir.resolve() or case_dir.resolve() in out.resolve().parents:
        raise BadInput("the dossier cannot be written into the case folder; name another --out", where=str(out))
    if out.is_dir() and out.samefile(os.curdir):
        raise BadInput("is the folder that this runs in; name one within it", where=str(out))
    if not os.path.lexists(out):
        return
    if out.is_symlink() or not out.is_dir():
        raise BadInput("this exists and is no folder; name another --out", where=str(out))
    if not any(out.iterdir()):
        return
    if not (out / _MARK).is_file():
        raise BadInput("this folder exists and holds something that is no dossier; name another --out", where=str(out))
    if not force:
        raise BadInput("a dossier lies here already; add --force to replace it, or name another --out", where=str(out))


def write(
    assessment: Assessment,
    out: Path,
    language: Language,
    *,
    force: bool = False,
    further: Callable[[Path], object] | None = None,
) -> None:
    """Write ``assessment.json``, ``dossier.html``, ``dossier.pdf`` and ``originals/``.

    Parameters
    ----------
    assessment
        What to write.
    out
        Folder for it.
    language
        Language of the readable forms.
    force
        Whether an older dossier there may be replaced, as a whole.
    further
        Writes what else belongs into the folder (a bundle), before the folder takes its place.

    Raises
    ------
    BadInput
        If it cannot be made there, or another dossier came to lie there meanwhile and may not be replaced.
    """
    beside = _made_beside(out)
    try:
        document = assessment.as_json(language)
        (beside / _MARK).write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
        (beside / "dossier.html").write_text(render_html(assessment, language), "utf-8")
        (beside / "dossier.pdf").write_bytes(render_pdf(assessment, language))
        evidence.keep_originals(assessment.evidence, assessment.case.folder, beside)
        if further is not None:
            further(beside)
        beside.chmod(0o755)
        _put(beside, out, force=force)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _made_beside(out: Path) -> Path:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise BadInput(f"cannot be made ({error.strerror}); name a folder that can", where=str(out)) from None


def _put(new: Path, place: Path, *, force: bool) -> None:
    try:
        # An empty folder gives way to it; one that holds something does not.
        new.rename(place)
    except OSError as error:
        if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
            raise
        if not force:
            raise BadInput("a dossier came to lie here meanwhile; name another --out", where=str(place)) from None
        _replace(new, place)


def _replace(new: Path, place: Path) -> None:
    old = Path(tempfile.mkdtemp(prefix=f".{place.name}.old.", dir=place.parent))
    place.rename(old / place.name)
    try:
        new.rename(place)
    except BaseException:
        (old / place.name).rename(place)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
