"""Which evidence lies together in one file: the usual states of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from telusur.domain.account import Platform
from telusur.validation.simulator.evidence import Held

#: What is in the file for sure, and what may be, with its chance.
_REGIMES: Final[Mapping[str, tuple[tuple[Held, ...], Mapping[Held, float]]]] = {
    "full_export": (("export", "known"), {"emails": 0.5, "minutes": 0.35, "capture": 0.4, "police_report": 0.3}),
    "export_before_officer": (("export_before_officer", "known"), {"emails": 0.4, "minutes": 0.5, "capture": 0.4}),
    "export_and_provider": (("export", "provider", "known"), {"emails": 0.4, "minutes": 0.3}),
    "provider": (("provider", "capture"), {"emails": 0.4, "minutes": 0.3}),
    "no_export": (("operator_letter",), {"emails": 0.8, "capture": 0.6, "police_report": 0.6, "known": 0.5}),
}
REGIMES: Final = tuple(_REGIMES)
#: Regimes in which the account's own sessions can be seen.
WITH_EXPORT: Final = frozenset({"full_export", "export_before_officer", "export_and_provider"})

#: States of a case for which the gain of a further record is tabled.
STATES: Final[tuple[tuple[Held, ...], ...]] = (
    (),
    ("capture",),
    ("emails",),
    ("capture", "emails"),
    ("export",),
    ("capture", "export"),
    ("emails", "export"),
    ("capture", "emails", "export"),
    ("export", "minutes"),
    ("export_before_officer",),
    ("capture", "export_before_officer"),
    ("emails", "export_before_officer"),
    ("export_before_officer", "minutes"),
    ("provider",),
    ("export", "provider"),
    ("police_report",),
    ("operator_letter",),
    ("operator_letter", "police_report"),
)
ADDED: Final[tuple[Held, ...]] = (
    "export_before_officer",
    "provider",
    "emails",
    "operator_letter",
    "capture",
    "minutes",
)


def held_in(regime: str, random: np.random.Generator, platform: Platform) -> tuple[Held, ...]:
    """Give what lies in one file of a regime; of WhatsApp nothing but letters and reports can."""
    if platform == "whatsapp":
        return tuple(kind for kind in ("operator_letter", "police_report") if random.random() < 0.8)  # noqa: PLR2004 - most
    sure, perhaps = _REGIMES[regime]
    return (*sure, *(kind for kind, chance in perhaps.items() if random.random() < chance))
