"""What a further record is expected to tell, from tables computed on simulated accounts (``params/gains.json``).

The gain is the mean rise, in bans, of the weight that all evidence together gives to who truly acted against all
others at even odds (the expected logarithmic score): 0 where the record changes nothing, more the surer it makes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from telusur.domain.account import Platform
from telusur.domain.evidence import Grade
from telusur.tracing.question import Question

SCHEMA: Final = "telusur.evidence_gains/1"
_FILE: Final = "gains.json"
_SESSIONS: Final[Mapping[Platform, Platform]] = {"tiktok": "instagram", "youtube": "facebook"}


@dataclass(frozen=True, slots=True)
class Gains:
    """Expected gains in bans: by platform, by what is held already (sorted, joined by ``+``), by what is added."""

    tables: Mapping[str, Mapping[str, Mapping[str, float]]]
    card: Mapping[str, Any]
    sha256: str

    def of(self, platform: Platform, held: frozenset[str], brings: str) -> float | None:
        """Give the gain; ``None`` where the simulated accounts held nothing alike.

        What is held in excess of what was simulated is left out until a table is found, export and provider's record
        last: the gain of a record is seldom larger for knowing more already.
        """
        tables = self.tables.get(_SESSIONS.get(platform, platform), {})
        for leave in ((), ("known",), ("known", "police_report"), ("known", "police_report", "capture")):
            table = tables.get("+".join(sorted(held - set(leave))))
            if table is not None and brings in table:
                return table[brings]
        return None


@cache
def load() -> Gains:
    """Read the shipped tables.

    Raises
    ------
    ValueError
        If the file is of another schema.
    """
    content = resources.files(__package__).joinpath("params", _FILE).read_bytes()
    document = json.loads(content)
    if document.get("schema") != SCHEMA:
        raise ValueError(f"params/{_FILE}: expected schema {SCHEMA}, found {document.get('schema')!r}")
    return Gains(document["gains"], document["card"], hashlib.sha256(content).hexdigest())


def held_in(question: Question) -> frozenset[str]:
    """Name what a case holds already, in the words of the simulator."""
    held: set[str] = set()
    for record in question.records:
        if record.kind == "provider_record":
            held.add("provider")
        elif record.kind == "web_archive":
            held.add("capture")
        elif record.kind == "platform_export" and record.account.platform != "whatsapp":
            # A chat tells of messages, not of sessions.
            held.add("export" if record.grade >= Grade.C else "export_before_officer")
    kinds = {"security_email": "emails", "operator_letter": "operator_letter", "police_report": "police_report"}
    for document in question.documents:
        if document.kind in kinds and document.facts and document.authenticity != "contradicted":
            held.add(kinds[document.kind])
        if any(fact.name == "device_of" for fact in document.facts):
            held.add("minutes")
    if question.known:
        held.add("known")
    return frozenset(held)
