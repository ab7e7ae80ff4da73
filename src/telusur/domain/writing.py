"""Writing that is known to be the respondent's, and what kind of writing it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from telusur.domain.moment import Moment

#: Kinds of writing; how people write one says little about how they write another.
Register = Literal["post", "chat", "letter", "other"]


@dataclass(frozen=True, slots=True)
class KnownWriting:
    """One text that is known to be the respondent's.

    Parameters
    ----------
    text
        What it says.
    register
        Which kind of writing it is: only posts can be compared with posts.
    at
        When it was written, if that is known.
    """

    text: str
    register: Register
    at: Moment | None = None
