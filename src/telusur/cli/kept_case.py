"""The files of an assessed case in a store of evidence, and their bundle beside the dossier."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from telusur.cli.console import note, progress
from telusur.cli.stores import actor_of, open_store
from telusur.domain.errors import BadInput
from telusur.domain.evidence import EvidenceItem
from telusur.domain.text import Text
from telusur.dossier import Assessment
from telusur.evidence import bundle, store

_CHANGED: Final = "has changed since the case was assessed; assess it again"
_FINGERPRINT: Final = Text("sidik kunci: {fingerprint}", "key fingerprint: {fingerprint}")


@contextmanager
def kept(folder: Path, passphrase_file: Path | None, assessment: Assessment) -> Iterator[Callable[[Path], object]]:
    """Keep the case's files, those that the store does not hold yet; give what writes ``bundle/`` into a folder.

    Parameters
    ----------
    folder
        The store.
    passphrase_file
        Of its key.
    assessment
        Of the case.

    Raises
    ------
    BadInput
        If the case has no files, one of them has changed meanwhile, or the store cannot take them.
    """
    case = assessment.case.id
    with open_store(folder, passphrase_file) as opened:
        known = {(due.item.name, due.item.sha256) for due in store.keeping(opened, case).files}
        sealed = {item.path: item.sha256 for item in assessment.evidence}
        given = [one for item in assessment.evidence for one in _given(assessment, item) if not _is_among(one, known)]
        if given:
            with progress(case, len(given)) as bar:

                def step(name: str) -> None:
                    if bar:
                        bar.update(bar.task_ids[0], advance=1, description=name[-40:])

                added = store.add(opened, case, given, actor=actor_of(None), step=step)
            for item in added:
                if sealed.get(item.name, item.sha256) != item.sha256:
                    raise BadInput(_CHANGED, where=item.name)
        if not known and not given:
            raise BadInput("the case has no files, so that there is nothing to keep in a store", field="--store")
        note(_FINGERPRINT.filled(fingerprint=opened.fingerprint).id)

        def write_bundle(beside: Path) -> None:
            bundle.make(
                store.gather(opened, case),
                beside / "bundle",
                record=lambda made: store.exported(opened, case, made, actor=actor_of(None)),
            )

        yield write_bundle


def _is_among(one: store.Given, known: AbstractSet[tuple[str, str]]) -> bool:
    """Whether the store holds a file already, under this name and with these bytes."""
    if all(name != one.name for name, _ in known):
        return False
    with one.path.open("rb") as file:
        return (one.name, hashlib.file_digest(file, "sha256").hexdigest()) in known


def _given(assessment: Assessment, item: EvidenceItem) -> Iterator[store.Given]:
    source = assessment.case.source(item.path)
    receipt = store.Receipt(
        item.kind,
        item.grade,
        source.supplied_by if source else None,
        source.taken_before_officer if source else None,
    )
    path = assessment.case.folder / item.path
    inside = path.is_dir()
    for one in store.given([path], receipt):
        name = one.name.partition("/")[2] if inside else ""
        yield replace(one, name=f"{item.path}/{name}" if inside else item.path)
