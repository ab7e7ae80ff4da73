"""A saved web page as its words: nothing of it runs, and nothing that it points to is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

import nh3

from telusur.domain.text import Text
from telusur.evidence.copies.decoding import decoded
from telusur.evidence.copies.source import all_bytes
from telusur.evidence.copies.telling import Message, fact, words
from telusur.evidence.opening import Opened

#: Bytes of a page; what people save is a few megabytes.
_MOST: Final = 24 << 20
_BLOCKS: Final = frozenset(
    "address article aside blockquote dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "li main nav ol p pre section table title tr ul".split()
)
_KEPT: Final = _BLOCKS | {"a", "img", "br", "td", "th", "button", "option"}
_DROPPED: Final = {"script", "style", "template", "iframe", "object", "embed", "svg", "math", "noembed", "noframes"}
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_SCRIPT: Final = re.compile(r"<script\b|\bon[a-z]{3,20}\s*=|javascript:", re.IGNORECASE)
_FETCHED: Final = re.compile(
    r"(?:\b(?:src|srcset|poster|background|data|action)\s*=\s*[\"']?|url\(\s*[\"']?|@import\s+[\"'])\s*(?:https?:)?//"
    r"([^/\s\"'<>)\\]{1,200})",
    re.IGNORECASE,
)
_REFRESH: Final = re.compile(r"http-equiv\s*=\s*[\"']?\s*refresh", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|\bhidden\b\s*[=>]", re.IGNORECASE)
_MANY_LINES: Final = re.compile(r"\n{3,}")
_SPACE: Final = re.compile(r"[ \t\f\r\n]+")
#: Characters of an address that are shown.
_ADDRESS: Final = 300


def copy(opened: Opened) -> Iterator[Message]:
    """Tell the page's words."""
    content = all_bytes(opened, _MOST)
    found = _CHARSET.search(content[:4096])
    text, notes = text_of(decoded(content, found[1].decode("ascii") if found else None))
    for told in notes:
        yield {"note": told.as_json()}
    yield from words(text)


def text_of(page: str) -> tuple[str, list[Text]]:
    """Give a page's words in plain lines, and what a reader should know of it.

    Parameters
    ----------
    page
        HTML.
    """
    cleaned = nh3.clean(
        page,
        tags=set(_KEPT),
        clean_content_tags=_DROPPED,
        attributes={"a": {"href"}, "img": {"alt"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )
    lines = _Lines()
    lines.feed(cleaned)
    lines.close()
    return _MANY_LINES.sub("\n\n", "".join(lines.found)).strip("\n") + "\n", list(_notes(page))


def _notes(page: str) -> Iterator[Text]:
    yield Text(
        "halaman web ditampilkan sebagai teks: tanpa tata letak, gambar dan gaya",
        "a web page, shown as text: without layout, pictures and styles",
    )
    if scripts := sum(1 for _ in _SCRIPT.finditer(page)):
        yield Text(
            f"memuat skrip ({scripts} tempat); tidak dijalankan", f"holds scripts (in {scripts} places); none was run"
        )
    hosts = sorted({host.lower().rpartition("@")[2] for host in _FETCHED.findall(page)})
    if hosts:
        some = ", ".join(hosts[:5]) + (", …" if hosts[5:] else "")
        yield Text(
            f"bila dibuka di peramban akan menghubungi {len(hosts)} alamat luar ({some}); tidak satu pun dihubungi",
            f"would contact {len(hosts)} outside addresses in a browser ({some}); none was contacted",
        )
    if _REFRESH.search(page):
        yield Text(
            "hendak mengalihkan pembacanya ke halaman lain; tidak diikuti",
            "would send its reader on to another page; that was not followed",
        )
    if _HIDDEN.search(page):
        yield Text(
            "memuat bagian yang di peramban dapat tersembunyi; di sini ditampilkan juga",
            "holds parts that a browser may hide; they are shown here too",
        )


class _Lines(HTMLParser):
    """The words of cleaned HTML, a block a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _BLOCKS or tag == "br":
            self._line()
        if tag == "li":
            self.found.append("- ")
        elif tag in {"td", "th"} and self.found and not self.found[-1].endswith("\n"):
            self.found.append(" | ")
        elif tag == "img":
            self.found.append(f"[gambar: {given['alt']}]" if given.get("alt") else "[gambar]")
        elif tag == "a":
            self._links.append((given.get("href") or "", len(self.found)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._line()
        elif tag == "a" and self._links:
            address, start = self._links.pop()
            # The words of a link can name another place than it leads to.
            if address and "".join(self.found[start:]).strip() != address:
                cut = address if len(address) <= _ADDRESS else f"{address[:_ADDRESS]}…"
                self.found.append(f" ‹{cut}›")

    def handle_data(self, data: str) -> None:
        text = _SPACE.sub(" ", data)
        if text == " " and (not self.found or self.found[-1].endswith(("\n", " "))):
            return
        if text:
            self.found.append(text)

    def _line(self) -> None:
        if self.found and not self.found[-1].endswith("\n"):
            self.found.append("\n")


_SAVED_FROM: Final = re.compile(r"<!--\s*saved from url=(?:\(\d{4}\))?(\S{1,500})", re.IGNORECASE)
_META: Final = re.compile(r"<meta\s[^>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"(name|property|content)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def facts(opened: Opened) -> Iterator[Message]:
    """Tell where the page was saved from, and what its head says of it."""
    page = decoded(all_bytes(opened, _MOST))
    if found := _SAVED_FROM.search(page[:10_000]):
        yield fact("saved from", found[1])
    for element in _META.findall(page)[:100]:
        given = {key.lower(): one or other for key, one, other in _ATTRIBUTE.findall(element)}
        if given.get("content") and (called := given.get("name") or given.get("property")):
            yield fact(f"meta/{called}", given["content"])
