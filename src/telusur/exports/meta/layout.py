"""Which members of an export of Meta's are read, by the first key or shape in each file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from telusur.domain.errors import BadInput
from telusur.evidence import Archive
from telusur.exports.meta.kinds import FACEBOOK, INSTAGRAM, root_of

_PEEKED: Final = 4_096
_MOST_SHOWN: Final = 500
#: Folders and files whose names, in Indonesian or English, speak of messages, contacts, advertising or searches.
PRIVATE: Final = re.compile(
    r"messag|pesan|inbox|chat|obrolan|contact_?s?(?!_verif)|kontak|address_book|friends?|teman|follow|pengikut|mengikuti|"
    r"(?:^|[-_/])ads?[-_/.]|advert|iklan|pengiklan|search|pencarian|penelusuran|off[-_]meta|dating|marketplace|payment|"
    r"pembayaran|location|lokasi|voice|story_interactions|saved|interests?|topics?|topik|shopping|belanja|loop|"
    r"your_problem_reports|link_history|portal|rooms|gaming|fundraiser|short_videos",
    re.IGNORECASE,
)
_ROOT: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"([^"]{1,80})"\s*:')
_LIST: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[")
_HTML: Final = re.compile(r"\.html?$", re.IGNORECASE)
_FOLDER: Final = re.compile(
    r"(^|/)(security_and_login_information|login_and_(account|profile)_creation)/", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Members of an export of Meta's.

    Parameters
    ----------
    platform
        ``facebook`` or ``instagram``.
    read
        Files to read, and the root key of each; a bare list has the key of its shape.
    left_out
        What is not opened, or not read beyond its first bytes.
    """

    platform: str
    read: dict[str, str]
    left_out: tuple[str, ...]


def lay_out(archive: Archive) -> Layout | None:
    """Find what is to be read; ``None`` if this is no export of Meta's."""
    read: dict[str, str] = {}
    left: list[str] = []
    for member in archive.members:
        name = member.name
        if not name.lower().endswith(".json"):
            continue
        if PRIVATE.search(name):
            left.append(name)
            continue
        key = _key(archive, name)
        if key is None:
            left.append(name)
        else:
            read[name] = key
    told = {root_of(key) for key in read.values()}
    facebook, instagram = len(told & set(FACEBOOK)), len(told & set(INSTAGRAM))
    if not facebook and not instagram:
        return None
    platform = "facebook" if facebook >= instagram else "instagram"
    known = FACEBOOK if platform == "facebook" else INSTAGRAM
    unread = [name for name, key in read.items() if root_of(key) not in known]
    return Layout(
        platform,
        {name: key for name, key in read.items() if root_of(key) in known},
        tuple(dict.fromkeys(_shown([*left, *unread]))),
    )


def _shown(names: list[str]) -> Iterator[str]:
    """Give the folders of what is left out, and files at the top: a file's own name may be a person's."""
    for name in names[: _MOST_SHOWN * 20]:
        folder, slash, _ = name.rpartition("/")
        found = PRIVATE.search(folder)
        # Below a private folder the names are those of other people.
        yield folder[: folder.find("/", found.end()) + 1] or f"{folder}/" if found and slash else name


def is_html(archive: Archive) -> bool:
    """Whether this is such an export in HTML, which leaves out zones and identifiers."""
    return any(_HTML.search(member.name) and _FOLDER.search(member.name) for member in archive.members)


def _key(archive: Archive, name: str) -> str | None:
    """Give the first key of a file, or the name of a bare list's shape; ``None`` if it is none that is read."""
    begun = b""
    try:
        with archive.open(name) as stream:
            while len(begun) < _PEEKED and (more := stream.read(_PEEKED - len(begun))):
                begun += more
    except BadInput:
        # Reading it will tell what is wrong; by its name it may still be one that is read.
        return None
    if found := _ROOT.match(begun):
        key = found[1].decode("utf-8", "replace")
        return key if root_of(key) in FACEBOOK or root_of(key) in INSTAGRAM else None
    if not _LIST.match(begun) or b'"participants"' in begun or b'"sender_name"' in begun:
        return None
    if b'"creation_timestamp"' in begun and (b'"media"' in begun or b'"uri"' in begun):
        return "posts_list_instagram"
    if b'"timestamp"' in begun and (b'"data"' in begun or b'"title"' in begun):
        return "posts_list_facebook"
    return None
