"""What is told of files that are not opened: their folders and how many they are, since names may be other people's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from telusur.evidence import shown

#: Folders of the platform's own that hold others of its own.
_UMBRELLA: Final = re.compile(r"your_.*_activity|aktivitas_.*|.*_activity", re.IGNORECASE)
_MOST: Final = 500


def folders_of(names: Iterable[str]) -> list[str]:
    """Give the platform's own folders of some files, and how many of these lie in each.

    Parameters
    ----------
    names
        Names within an archive. Folders further in are named after people; so are files.
    """
    counts: Counter[str] = Counter()
    for name in names:
        *folders, _ = name.split("/")
        deep = 2 if folders and _UMBRELLA.fullmatch(folders[0]) else 1
        counts["/".join(folders[:deep]) + "/"] += 1
    return [f"{shown(folder)} ({count})" for folder, count in sorted(counts.items())][:_MOST]
