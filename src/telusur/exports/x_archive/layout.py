"""Which members of an archive are X's data files, which of those are read, and which are left alone unopened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from telusur.domain.errors import BadInput
from telusur.evidence import Archive
from telusur.exports.elements import HEAD, HEAD_LENGTH
from telusur.exports.x_archive.records import KINDS

_PART: Final = re.compile(r"(?:[-_ ]part\d+|\s*\(\d+\))+$", re.ASCII)
#: Files whose names say that they hold messages, contacts, advertising, searches or what X concluded of a person.
_PRIVATE: Final = re.compile(
    r"message|dm[-_]|contact|(?:^|[-_/])ads?[-_]|advert|search|personali[sz]ation|inferred|interest|ageinfo|follow|"
    r"block|mute|list|moment|profile|location|payment|shop|spaces|grok|periscope|smartblock|verified",
    re.IGNORECASE,
)
_MANIFEST: Final = "manifest"
_SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class Layout:
    """Members of an X archive.

    Parameters
    ----------
    root
        Folder of the data files within the archive, with its slash; empty where they stand at the top.
    read
        Files to read: name, and the name that the file should give itself.
    left_out
        Files and folders beside them that are not opened.
    elsewhere
        Data files in another folder: a second archive within the first.
    """

    root: str
    read: dict[str, str]
    left_out: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()


def data_name(path: str) -> str | None:
    """Give the data name that a file's name speaks of: ``tweets`` for ``data/tweets-part1.js``; else ``None``."""
    leaf = path.rpartition("/")[2]
    if not leaf.lower().endswith(".js"):
        return None
    name = _PART.sub("", leaf[:-3].lower()).replace("-", "_")
    return name if name in KINDS or name == _MANIFEST else None


def lay_out(archive: Archive) -> Layout | None:
    """Find the data files; ``None`` if there are none, so that this is no X archive.

    A file is known by its name, or, where its name says nothing, by the name that it gives itself in its first bytes.
    Files whose names speak of messages, contacts, advertising or searches are not opened even for that.
    """
    found = {member.name: name for member in archive.members if (name := data_name(member.name))}
    for member in archive.members:
        if member.name not in found and (name := _peeked(archive, member.name)):
            found[member.name] = name
    if not any(name != _MANIFEST for name in found.values()) or not _any_begins_right(archive, found):
        return None
    folders = Counter(path.rpartition("/")[0] for path in found)
    folder = min(folders, key=lambda name: (-folders[name], name.count("/"), name))
    root = f"{folder}/" if folder else ""
    read = {path: name for path, name in found.items() if path.rpartition("/")[0] == folder}
    left_out = _left_out((member.name for member in archive.members), root, read)
    return Layout(root, read, tuple(left_out), tuple(path for path in found if path not in read))


def _peeked(archive: Archive, path: str) -> str | None:
    leaf = path.rpartition("/")[2]
    if not leaf.lower().endswith(".js") or "assets/" in path or _PRIVATE.search(leaf):
        return None
    name = head_of(archive, path)
    return name if name in KINDS else None


def head_of(archive: Archive, path: str) -> str | None:
    """Give the name that a file gives itself in its first bytes; ``None`` if it gives none or is damaged."""
    begun = b""
    try:
        with archive.open(path) as stream:
            while len(begun) < HEAD_LENGTH and (more := stream.read(HEAD_LENGTH - len(begun))):
                begun += more
    except BadInput:
        # Reading the file itself will tell what is wrong with it.
        return None
    head = HEAD.match(begun)
    if head is None:
        return None
    return _MANIFEST if head["config"] else head["name"].decode("ascii")


def _any_begins_right(archive: Archive, found: Iterable[str]) -> bool:
    """Whether any file named like X's begins like X's: ``like.js`` may be anybody's."""
    return any(head_of(archive, path) for path in found)


def _left_out(names: Iterable[str], root: str, read: dict[str, str]) -> Iterable[str]:
    seen: set[str] = set()
    for name in names:
        if not name.startswith(root) or name in read:
            continue
        leaf, slash, _ = name[len(root) :].partition("/")
        if not slash and not leaf.lower().endswith(".js"):
            continue
        if not root and leaf == "assets":
            continue
        shown = f"{root}{leaf}{slash}"
        if shown not in seen and len(seen) < _SHOWN:
            seen.add(shown)
            yield shown
