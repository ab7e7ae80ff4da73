"""What is wrong with a zip, found in the limited worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from telusur.domain.text import Text
from telusur.evidence.opening import Opened, open_archive

_TOLD = 20


def inspect(opened: Opened) -> Iterator[Mapping[str, object]]:
    """Tell of the members that are not read; a zip that cannot be read at all is refused by what opens it."""
    archive = open_archive(opened.descriptor, opened.name)
    for refused in archive.refused[:_TOLD]:
        words = Text(
            f"{refused.name} di dalamnya tidak dibaca: {refused.why.id}",
            f"its member {refused.name} is not read: {refused.why.en}",
        )
        yield {"problem": words.as_json()}
    if len(archive.refused) > _TOLD:
        more = len(archive.refused) - _TOLD
        words = Text(f"dan {more} berkas lain di dalamnya tidak dibaca", f"and {more} further members are not read")
        yield {"problem": words.as_json()}
