"""Reading a web archive's pages inside the limited worker."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import re
from collections.abc import Iterator
from typing import Final

import warcio.archiveiterator
import warcio.bufferedreaders
import warcio.exceptions
import warcio.statusandheaders

from telusur.domain.account import Platform
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import Opened, open_archive
from telusur.exports.captured_page.page import Page, Reader, handle_of, platform_of
from telusur.exports.messages import Message, problem_message, record_message
from telusur.exports.shapes import iso
from telusur.exports.tally import Tally

for _codec in ("utf-8", "latin-1", "cp1252", "idna", "ascii"):
    codecs.lookup(_codec)

_LARGEST: Final = 64 << 20
_PAGE: Final = 16 << 20
_PAGES: Final = 200


def read(opened: Opened, *, wanted: list[list[str | None]]) -> Iterator[Message]:
    """Give the posts of one page: of an account that is wanted, and of such pages the one with the most posts.

    Raises
    ------
    BadInput
        If it is no web archive, or no page of it holds a dated post.
    """
    pages = list(_pages(opened))
    best = max(pages, key=lambda found: (_is_wanted(found, wanted), len(found[2].posts)), default=None)
    if best is None or not best[2].posts:
        raise BadInput(
            Text(
                "tidak memuat halaman platform dengan unggahan bertanggal; petugas perlu membuka dan membacanya",
                "holds no page of a platform with dated posts; an officer has to open and read it",
            ),
            where=opened.name,
        )
    url, captured, page, platform, content = best
    handle = (handle_of(url) or "").casefold()
    tally = Tally(("posts", "account"))
    places, whole = _Bytes(content), content.encode()
    others = 0
    for post in page.posts:
        if post.of is not None and handle and post.of.casefold() not in {handle, "i"}:
            others += 1
            continue
        begins, ends = places.before(post.begins), places.before(post.ends)
        if post.at is None:
            yield from tally.skip(
                "posts", url, Text("tanpa waktu yang terbaca", "without a time that can be read"), begins
            )
            continue
        raw = whole[begins:ends]
        fields = {
            "action": "post",
            "at": post.at,
            "written": post.written,
            "certainty": "exact",
            "text": post.text,
            "object_id": post.number,
        }
        yield tally.event("posts", fields, url, begins, hashlib.sha256(raw).hexdigest())
    if others:
        words = Text(
            f"{others} unggahan orang lain di halaman itu ditinggalkan", f"{others} posts of others on it were left out"
        )
        yield problem_message(url, words)
    if page.joined is not None:
        raw = page.joined_written.encode()
        fields = {"action": "account_created", "at": page.joined, "written": page.joined_written, "certainty": "exact"}
        yield tally.event("account", fields, url, 0, hashlib.sha256(raw).hexdigest())
    yield from tally.close()
    yield record_message(
        platform=platform,
        handle=handle_of(url),
        account_id=page.account_id,
        generated_at=iso(captured),
        partial=True,
        timezone=None,
        left_out=[],
    )


class _Bytes:
    """Tells how many bytes stand before a place of a text; places are asked for in order."""

    def __init__(self, content: str) -> None:
        self._content = content
        self._starts = [0, *(found.end() for found in re.finditer("\n", content))]
        self._last = (0, 0)

    def before(self, place: tuple[int, int]) -> int:
        """Give the bytes before a line (from 1) and a character in it."""
        at = self._starts[place[0] - 1] + place[1]
        character, byte = self._last
        self._last = (at, byte + len(self._content[character:at].encode()))
        return self._last[1]


def _is_wanted(found: tuple[str, str, Page, Platform, str], wanted: list[list[str | None]]) -> bool:
    url, _, page, platform, _ = found
    handle = (handle_of(url) or "").casefold()
    return any(
        platform == of
        and (number == page.account_id if number and page.account_id else (name or "").casefold() == handle)
        for of, name, number in wanted
    )


def _pages(opened: Opened) -> Iterator[tuple[str, str, Page, Platform, str]]:
    count = 0
    for stream in _streams(opened):
        try:
            for record in warcio.archiveiterator.ArchiveIterator(stream):
                kind = (record.http_headers.get_header("Content-Type") or "") if record.http_headers else ""
                if record.rec_type != "response" or "html" not in kind.casefold():
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                platform = platform_of(url)
                if platform is None or record.http_headers.get_statuscode() != "200":
                    continue
                count += 1
                if count > _PAGES:
                    return
                reader = Reader()
                content = record.content_stream().read(_PAGE).decode("utf-8", "replace")
                reader.feed(content)
                reader.close()
                yield url, record.rec_headers.get_header("WARC-Date") or "", reader.page, platform, content
        except (warcio.exceptions.ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            raise BadInput(
                Text("adalah arsip web yang rusak; rekam ulang", f"is a damaged web archive ({type(error).__name__})"),
                where=opened.name,
            ) from None


def _streams(opened: Opened) -> Iterator[io.BytesIO]:
    """Give the WARC itself, or those in a WACZ."""
    begun = os.pread(opened.descriptor, 4, 0)
    if begun == b"PK\x03\x04":
        archive = open_archive(opened.descriptor, opened.name)
        for member in archive.members:
            if member.name.endswith((".warc", ".warc.gz")) and member.size <= _LARGEST:
                with archive.open(member.name) as stream:
                    parts = []
                    while more := stream.read(1 << 20):
                        parts.append(more)
                yield io.BytesIO(b"".join(parts))
        return
    content = os.pread(opened.descriptor, _LARGEST + 1, 0)
    if len(content) > _LARGEST:
        raise BadInput(Text("lebih besar dari 64 MB", "is larger than 64 MB"), where=opened.name)
    if not content.startswith((b"WARC/", b"\x1f\x8b")):
        raise BadInput(Text("bukan arsip web (WARC atau WACZ)", "is no web archive (WARC or WACZ)"), where=opened.name)
    yield io.BytesIO(content)
