"""Write down what an audit needs of a case; the ledger gets a commitment to it, which tells nothing by itself."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils import timezone

from telusur.office import custody
from telusur.office.audit.tables import AuditFacts
from telusur.office.models import Case

#: What is written down, in the order in which the commitment has it.
FIELDS: Final = ("contest", "mark", "region", "tie", "source", "phase")
_NONCE_BYTES: Final = 32


def keep(case: Case, told: Mapping[str, str], by: str) -> AuditFacts:
    """Write it down; what was written before is kept and stands no more.

    Parameters
    ----------
    case
        The case.
    told
        By `FIELDS`; what is left out is unknown.
    by
        Opaque id of whoever says so.
    """
    held = {name: told.get(name) or "" for name in FIELDS}
    nonce = secrets.token_hex(_NONCE_BYTES)
    digest = commitment(held, nonce)
    with transaction.atomic():
        custody.reading("balance.facts", by, case=case, sha256=digest)
        return AuditFacts.objects.create(case=case, **held, nonce=nonce, commitment=digest, by=by, at=timezone.now())


def commitment(told: Mapping[str, str], nonce: str) -> str:
    """Give what the ledger holds of it: codes are few, so that without the nonce anybody could try them all."""
    body = json.dumps([nonce, *(told[name] for name in FIELDS)], separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()
