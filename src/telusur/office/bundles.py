"""A case's evidence as a bundle that anybody verifies without this office: originals, entries, proofs, signed state."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, cast

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import bundle, signing
from telusur.office import custody
from telusur.office.home import Home
from telusur.office.models import Case, Exhibit

#: The earliest day that a zip can name: the same bytes whenever it is made.
_DAY: Final = (1980, 1, 1, 0, 0, 0)
_SCRIPTS: Final = (".sh",)
_NONE: Final = Text("berkas ini belum memuat bukti", "this case has no evidence yet")


def possible(case: Case) -> bool:
    """Say whether a case has evidence that was sealed here: what another body handed over, that body proves."""
    return case.steps.filter(kind="evidence_added").exists() and case.exhibits.exists()


def contents(case: Case) -> bundle.Contents:
    """Gather a case's evidence with what proves it, under the last checkpoint.

    Raises
    ------
    BadInput
        If the case has no evidence, or the log's key is missing.
    """
    seals = {row.body["evidence"]: row.entry for row in case.steps.filter(kind="evidence_added")}
    pieces = tuple(
        bundle.Piece(
            entry,
            one.name,
            one.sha256,
            one.bytes,
            one.grade,
            _opener(one),
            {"kind": one.kind, "supplied_by": one.supplied_by, "added_at": one.added_at.isoformat()},
        )
        for one in case.exhibits.all()
        if (entry := seals.get(one.evidence_id)) is not None
    )
    log = custody.log()
    note = log.last()
    if not pieces or note is None:
        raise BadInput(_NONE, where=case.number)
    size = signing.Checkpoint.parse(signing.Note.parse(note).text).size
    ledger = log.ledger
    records = tuple(
        bundle.Record(seq, ledger.entry(seq).body, tuple(ledger.inclusion(seq, size)), ledger.openings(seq))
        for seq in ledger.of_case(str(case.pk))
        if seq < size
    )
    return bundle.Contents(
        str(case.pk), tuple(sorted(pieces, key=lambda one: one.seq)), records, note, custody.log_key()
    )


def _opener(exhibit: Exhibit) -> Callable[[], AbstractContextManager[BinaryIO]]:
    return partial(_opened, exhibit)


def _opened(exhibit: Exhibit) -> AbstractContextManager[BinaryIO]:
    return closing(cast("BinaryIO", custody.opened(exhibit.case, exhibit.sha256)))


def zipped(case: Case) -> BinaryIO:
    """Give the bundle of a case as a zip, in a file that is gone once it is closed.

    Raises
    ------
    BadInput
        If the case has no evidence, or a file is no longer what was sealed.
    """
    home = Home.here()
    home.make()
    made = tempfile.TemporaryFile(dir=home.incoming)  # noqa: SIM115 - handed on
    try:
        with tempfile.TemporaryDirectory(prefix="bundle-", dir=home.incoming) as beside:
            name = f"bukti-{case.number.replace('/', '-')}"
            folder = Path(beside) / name
            bundle.make(contents(case), folder)
            with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
                for path in sorted(one for one in folder.rglob("*") if one.is_file()):
                    _pack(packed, path, f"{name}/{path.relative_to(folder).as_posix()}")
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return cast("BinaryIO", made)


def _pack(packed: zipfile.ZipFile, path: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o100755 if path.suffix in _SCRIPTS else 0o100644) << 16
    with path.open("rb") as source, packed.open(entry, "w") as sink:
        while chunk := source.read(1 << 20):
            sink.write(chunk)
