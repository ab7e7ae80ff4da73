"""Names of files in a bundle: whatever a file was called, what it is called here harms nobody and is nobody else's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

_SAFE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,98}[A-Za-z0-9_-]|[A-Za-z0-9_]")
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,8}$")
#: What Windows takes for a device, with any ending.
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_STEM: Final = 60
_DIGITS: Final = 8


def safe_names(names: Sequence[str]) -> list[str]:
    """Give each name one of ASCII letters, digits, ``.``, ``_`` and ``-``; a safe name stays what it is.

    Where a name has to change, eight digits of its hash tell it from those that would look alike (the two Unicode
    forms of one letter, say).

    Parameters
    ----------
    names
        As files were handed over, in their order.

    Returns
    -------
    list[str]
        No two the same, on file systems too that do not tell capitals from small letters.
    """
    # What is safe already keeps its name, wherever in the list it stands.
    taken = {name.lower() for name in names if _is_safe(name)}
    used: set[str] = set()
    found = []
    for name in names:
        wanted = name if _is_safe(name) and name.lower() not in used else _changed(name)
        stem, ending = _parted(wanted)
        number = 1
        while wanted.lower() in used or (wanted != name and wanted.lower() in taken):
            number += 1
            wanted = f"{stem}-{number}{ending}"
        used.add(wanted.lower())
        found.append(wanted)
    return found


def _is_safe(name: str) -> bool:
    return bool(_SAFE.fullmatch(name)) and not _DEVICES.fullmatch(name)


def _parted(name: str) -> tuple[str, str]:
    ending = _ENDING.search(name)
    return (name[: ending.start()], ending[0]) if ending else (name, "")


def _changed(name: str) -> str:
    stem, ending = _parted(re.sub(r"[^A-Za-z0-9._-]+", "_", name))
    stem = stem.strip("._-")[:_STEM] or "berkas"
    digits = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{stem}-{digits}{ending}"
