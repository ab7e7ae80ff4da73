"""What was published of audits, each release with its hash, and the key under which its counts are rounded."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from telusur.balance import release
from telusur.domain.text import Language
from telusur.evidence.ledger import Act
from telusur.office import custody
from telusur.office.audit.tables import AuditRelease, AuditRun
from telusur.office.home import Home

#: The page in each language.
REPORTS: Final[Mapping[Language, str]] = {"id": "report.html", "en": "report.en.html"}


def key() -> bytes:
    """Give the key of the rounding: the same for all releases of this office, or the rounding could be undone."""
    return hashlib.sha256(Home.here().secret("release").encode("ascii")).digest()


def earlier() -> list[release.Release]:
    """Give all releases so far, the oldest first, as anybody reads them back."""
    found = []
    home = Home.here()
    home.make()
    for one in AuditRelease.objects.order_by("number"):
        with tempfile.TemporaryDirectory(prefix="release-", dir=home.incoming) as folder:
            for name, text in one.files.items():
                (Path(folder) / name).write_bytes(text.encode())
            found.append(release.read(Path(folder)))
    return found


def hashes(files: Mapping[str, str]) -> dict[str, str]:
    """Give the SHA-256 of each file."""
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(files.items())}


def whole(files: Mapping[str, str]) -> str:
    """Give one SHA-256 for a release: of the lines that ``sha256sum *`` writes in its folder."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in hashes(files).items())
    return hashlib.sha256(lines.encode()).hexdigest()


def latest() -> AuditRelease | None:
    """Give the last release."""
    return AuditRelease.objects.first()


def possible(run: AuditRun) -> bool:
    """Say whether a run can still be published: no other release came after it was made."""
    last = latest()
    return run.state == "done" and run.number == (last.number if last else 0) + 1


def publish(run: AuditRun, *, asked_by: str, approved_by: str) -> AuditRelease:
    """Publish what a run would publish; two people agreed.

    Parameters
    ----------
    run
        A run that is `possible`.
    asked_by, approved_by
        Opaque ids of two people.
    """
    if asked_by == approved_by:
        raise ValueError("a release is published by two people")
    at = timezone.now()
    told = {"release": run.number, "files": hashes(run.files), "approved_by": approved_by}
    with transaction.atomic():
        if not possible(run):
            raise ValueError("another release was published since")
        (entry,) = custody.enter([Act("export", at, asked_by, object=whole(run.files), detail=told)])
        return AuditRelease.objects.create(
            number=run.number, files=run.files, asked_by=asked_by, approved_by=approved_by, at=at, entry=entry.seq
        )
