"""What a gate says: open, or closed with reasons that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from telusur.domain.text import Text
from telusur.process.procedure_model import GateName
from telusur.process.steps import Overridden

TITLES: Final[Mapping[GateName, Text]] = {
    "particulars": Text("Rincian perbuatan", "Particulars"),
    "notice": Text("Pemberitahuan", "Notice"),
    "heard": Text("Didengar", "Heard"),
    "tracing": Text("Penelusuran", "Tracing"),
    "purpose": Text("Tujuan bukti", "Purpose of evidence"),
    "consistency": Text("Kesepadanan sanksi", "Consistency"),
    "independence": Text("Kemandirian", "Independence"),
    "letter": Text("Surat", "Letter"),
}


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition without which a step of the procedure is closed.

    Parameters
    ----------
    reasons
        Why it is closed, and what to do; empty if it is open.
    override
        Two persons' override that holds in the present stage; the gate itself stays closed.
    """

    name: GateName
    reasons: tuple[Text, ...] = ()
    override: Overridden | None = None

    @property
    def title(self) -> Text:
        """What it is called."""
        return TITLES[self.name]

    @property
    def open(self) -> bool:
        """Whether nothing closes it."""
        return not self.reasons


def gate(name: GateName, reasons: Iterable[Text]) -> Gate:
    """Give a gate that these reasons close, each said once."""
    return Gate(name, tuple(dict.fromkeys(reasons)))


def listed(names: Iterable[str]) -> str:
    """Write names in a row."""
    return ", ".join(names)
