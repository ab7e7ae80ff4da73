"""A way of writing that moved a weight of style, as it stands in the account's own posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "setting"]


@dataclass(frozen=True, slots=True)
class Feature:
    """One way of writing.

    Parameters
    ----------
    label
        As written in the case's posts; names of others, links and hashtags as bare signs. Nothing of other people's
        writing.
    bans
        How much it moved the likeness, in bans. Out of `telusur.tracing.style.explain`, positive supports the same
        author; beside an item, positive supports what the item weighs against the owner.
    kind
        A word, or a way of setting words: marks, capitals, spaces; letters stand as "a" and "A".
    """

    label: str
    bans: float
    kind: Kind = "word"

    @property
    def shown(self) -> str:
        """The label, in square brackets where it is a way of setting words."""
        return self.label if self.kind == "word" else f"[{self.label}]"

    def as_json(self) -> dict[str, object]:
        """Give it for keeping; the arguments that make it again."""
        return {"label": self.label, "bans": round(self.bans, 4) + 0.0, "kind": self.kind}
