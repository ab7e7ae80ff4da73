"""Keeping what came in: sealed by hash, copied unchanged, and opened only where it can do no harm.

Floor 1. Its door: `seal` and `keep_originals` for files as received; `open_limited` for whatever reads a foreign
file; `open_archive` for the members of a zip or folder, to be called inside the worker on what it was `Opened`;
`isolation` says which protective measures hold on this machine; `written_beside` and `write_bytes` for files that are
whole or not there; `check_report_folder` and `write_report_folder` for a folder that holds one report; `shown` for a
name from a foreign file in a message; `Database` for an open connection, whoever owns it.

Custody stands in rooms of its own, each with its door: `ledger` (every act in a tree that only grows), `signing` (its
signed heads, keys and witnesses), `stamps` (outside time), `vault` (files under keys of their own), `bundle` (what
anyone verifies), `store` (all of them in one folder). `copies` makes working copies of what may bite, `web_archive`
checks captures of pages.
"""

from telusur.evidence.archive import Archive, Member, Refused, Stream, shown
from telusur.evidence.atomic import write_bytes, written_beside
from telusur.evidence.database import Database, open_sqlite
from telusur.evidence.limited import WorkerUnavailable, open_limited
from telusur.evidence.limits import Budget, Limits
from telusur.evidence.measures import Isolation, Measure, isolation
from telusur.evidence.opening import Opened, open_archive
from telusur.evidence.originals import keep_originals
from telusur.evidence.report_folder import check_report_folder, write_report_folder
from telusur.evidence.sealing import seal

__all__ = [
    "Archive",
    "Budget",
    "Database",
    "Isolation",
    "Limits",
    "Measure",
    "Member",
    "Opened",
    "Refused",
    "Stream",
    "WorkerUnavailable",
    "check_report_folder",
    "isolation",
    "keep_originals",
    "open_archive",
    "open_limited",
    "open_sqlite",
    "seal",
    "shown",
    "write_bytes",
    "write_report_folder",
    "written_beside",
]
