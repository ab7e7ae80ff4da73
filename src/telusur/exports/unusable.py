"""What an export holds that cannot be used, said in both languages."""

from __future__ import annotations

from telusur.domain.text import Text


class Unusable(ValueError):
    """Something in an export that cannot be used.

    Parameters
    ----------
    why
        Why not, as part of a sentence.
    """

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why
