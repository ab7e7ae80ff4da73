"""What a working copy is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from telusur.domain.text import Text
from telusur.evidence.limits import Limits

_MIB = 1 << 20
#: One copy stays below half a minute, whatever was handed in; the processor time leaves room for a busy machine.
LIMITS = Limits(cpu_seconds=20, wall_seconds=28.0, memory_bytes=1024 * _MIB, output_bytes=512 * _MIB)
#: Bytes of an original of which a copy is tried; what is larger can only be downloaded.
LARGEST = 256 * _MIB
#: Pages of one copy; the reader asks for the next ones.
PAGES = 40
#: Pixels of one picture, before it is decoded.
PIXELS = 40_000_000
#: Frames of an animated picture that are shown.
FRAMES = 10
#: Characters of a text copy.
CHARACTERS = 2_000_000

Kind = Literal["pictures", "text", "none"]


@dataclass(frozen=True, slots=True)
class Page:
    """One picture of a working copy: a page, a frame, or the whole picture.

    Parameters
    ----------
    number
        From 1.
    media_type
        ``image/png`` or ``image/jpeg``.
    content
        The picture: pixels and nothing else.
    """

    number: int
    media_type: str
    content: bytes = field(repr=False)

    @property
    def ending(self) -> str:
        """The ending of a file that holds it."""
        return ".png" if self.media_type == "image/png" else ".jpg"


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """What people see in place of an original.

    Parameters
    ----------
    kind
        ``pictures``, ``text``, or ``none``: the original can only be downloaded.
    media_type
        Of the original, by its bytes.
    pages
        Pictures; empty if they were handed on one by one.
    pages_in_all
        Pages that the original has; ``None`` where nobody counted.
    text
        Its words, plain, with hidden characters made visible: to be shown as text, never as HTML.
    notes
        What a reader should know: what was left out, and what the original tries.
    why
        Why there is no copy.
    """

    kind: Kind
    media_type: str
    pages: tuple[Page, ...] = ()
    pages_in_all: int | None = None
    text: str | None = field(default=None, repr=False)
    notes: tuple[Text, ...] = ()
    why: Text | None = None
