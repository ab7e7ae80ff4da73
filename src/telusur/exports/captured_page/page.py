"""What a page says, by its shape: posts are ``article`` elements with a ``time`` in them (HTML Living Standard)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

from telusur.domain.account import Platform
from telusur.exports.shapes import iso

_HOSTS: Final[dict[str, Platform]] = {
    "x.com": "x",
    "twitter.com": "x",
    "facebook.com": "facebook",
    "instagram.com": "instagram",
    "tiktok.com": "tiktok",
    "youtube.com": "youtube",
}
_NOT_HANDLES: Final = frozenset(
    {"status", "posts", "p", "reel", "i", "home", "watch", "profile.php", "search", "explore"}
)
_HANDLE: Final = re.compile(r"@?([A-Za-z0-9._-]{2,60})")
_ACCOUNT: Final = re.compile(r"\d{5,20}")
#: Attributes in which platforms and capture tools write an account's number.
_NUMBERED: Final = ("data-account-id", "data-user-id", "data-profile-id", "data-channel-id")
_POST: Final = re.compile(
    r"^/?(?:@?(?P<of>[A-Za-z0-9._-]{2,60})/)?(?:status|posts|p|video)/(?P<number>[A-Za-z0-9_-]{5,40})"
)
_HIDDEN: Final = frozenset({"script", "style", "noscript", "template"})
_EMPTY: Final = frozenset(
    {"br", "img", "hr", "input", "meta", "link", "source", "wbr", "area", "base", "col", "embed", "track"}
)
_BLOCKS: Final = frozenset({"p", "div", "br", "li", "section"})


@dataclass(slots=True)
class Post:
    """One post on a page.

    Parameters
    ----------
    at, written
        Its time in UTC, and as written.
    words
        What it says, in pieces.
    number
        Its number in the address that it links to.
    of
        Whose that address says it is.
    begins, ends
        Line (from 1) and character in it, of its first and its last tag.
    """

    at: datetime | None = None
    written: str = ""
    words: list[str] = field(default_factory=list)
    number: str | None = None
    of: str | None = None
    begins: tuple[int, int] = (1, 0)
    ends: tuple[int, int] = (1, 0)

    @property
    def text(self) -> str | None:
        """Its words, without the time's own."""
        return "\n".join(" ".join(line.split()) for line in "".join(self.words).split("\n") if line.strip()) or None


@dataclass(slots=True)
class Page:
    """What was found on a page."""

    posts: list[Post] = field(default_factory=list)
    account_id: str | None = None
    joined: datetime | None = None
    joined_written: str = ""


def platform_of(url: str) -> Platform | None:
    """Give the platform of an address; ``None`` for any other site."""
    try:
        host = (urlsplit(url).hostname or "").casefold()
    except ValueError:
        return None
    return next((p for domain, p in _HOSTS.items() if host == domain or host.endswith(f".{domain}")), None)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path[:500]
    except ValueError:
        return ""


def handle_of(url: str) -> str | None:
    """Give the handle in the address of a profile or of one of its posts."""
    first = urlsplit(url).path.strip("/").partition("/")[0]
    found = _HANDLE.fullmatch(first)
    return found[1] if found and found[1].casefold() not in _NOT_HANDLES else None


class Reader(HTMLParser):
    """Reads one page; feed it once."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._post: Post | None = None
        self._depth = 0
        self._hidden = 0
        self._in_time = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        found = {key: value or "" for key, value in attrs}
        for key in _NUMBERED:
            if self.page.account_id is None and _ACCOUNT.fullmatch(found.get(key, "")):
                self.page.account_id = found[key]
        if tag in _EMPTY and tag not in _BLOCKS:
            return
        self._hidden += tag in _HIDDEN
        if tag == "article":
            self._depth += 1
            if self._depth == 1:
                self._post = Post(begins=self.getpos())
        elif tag == "time":
            self._in_time += 1
            self._time(found.get("datetime", ""))
        elif tag in _BLOCKS and self._post is not None:
            self._post.words.append("\n")
        if tag == "a" and self._post is not None and self._post.number is None:
            link = _POST.search(_path(found.get("href", "")))
            if link:
                self._post.number, self._post.of = link["number"], link["of"]

    def _time(self, written: str) -> None:
        at = iso(written)
        if self._post is not None:
            if self._post.at is None:
                self._post.at, self._post.written = at, written
        elif at is not None and self.page.joined is None:
            self.page.joined, self.page.joined_written = at, written

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        self._in_time -= tag == "time" and self._in_time > 0
        if tag == "article" and self._depth:
            self._depth -= 1
            if not self._depth and self._post is not None:
                self._post.ends = self.getpos()
                self.page.posts.append(self._post)
                self._post = None

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self._post is not None and not self._hidden and not self._in_time:
            self._post.words.append(data)
