"""What is wrong with a zip, found in the limited worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from telusur.evidence.opening import Opened, open_archive

_TOLD = 20


def inspect(opened: Opened) -> Iterator[Mapping[str, object]]:
    """Tell of the members that are not read; a zip that cannot be read at all is refused by what opens it."""
    archive = open_archive(opened.descriptor, opened.name)
    for refused in archive.refused[:_TOLD]:
        yield {"problem": f"its member {refused.name} is not read: {refused.why}"}
    if len(archive.refused) > _TOLD:
        yield {"problem": f"and {len(archive.refused) - _TOLD} further members are not read"}
