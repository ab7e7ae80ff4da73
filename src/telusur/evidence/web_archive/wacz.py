"""Checking a WACZ (specification 1.1.1 and 1.2.0): every member listed, every listed one there, all of it as stated.

Stricter than the specification in this: without ``datapackage-digest.json`` an archive does not hold, since a signature
in it could have been taken away unseen.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from telusur.domain.errors import BadInput
from telusur.evidence.archive import Archive, shown
from telusur.evidence.web_archive import strict
from telusur.evidence.web_archive.index import Index, check_completeness, read_index, read_second
from telusur.evidence.web_archive.signature import Signed, check_signature
from telusur.evidence.web_archive.values import PAGES
from telusur.evidence.web_archive.warc import Found, conclude, read_warc

PACKAGE: Final = "datapackage.json"
DIGEST: Final = "datapackage-digest.json"
_DOCUMENT: Final = 32 << 20
_LINE: Final = 4 << 20
_WARC: Final = re.compile(r"archive/[^/]+\.warc(?:\.gz)?")
_CDX: Final = re.compile(r"indexes/[^/]+\.cdxj?(?:\.gz)?")
_SECOND: Final = re.compile(r"indexes/[^/]+\.idx")
_LISTS: Final = re.compile(r"pages/[^/]+\.jsonl")
_OWN: Final = re.compile(r"(?:archive|indexes|pages)/")
_KNOWN_VERSIONS: Final = {"1.0.0", "1.1.0", "1.1.1", "1.2.0"}
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")


@dataclass(slots=True)
class Wacz:
    """What a WACZ shows beside its WARCs."""

    found: Found = field(default_factory=Found)
    signed: Signed = field(default_factory=Signed)
    title: str = ""
    pages: list[tuple[str, str, str]] = field(default_factory=list)


def read_wacz(archive: Archive) -> Wacz:
    """Check a WACZ.

    Parameters
    ----------
    archive
        Its members; that they can be read in one way only was seen to by what opened it.
    """
    wacz = Wacz()
    found = wacz.found
    for refused in archive.refused[:20]:
        found.problem(f"memuat {refused.name}: {refused.why.id}", f"holds {refused.name}: {refused.why.en}")
    names = [member.name for member in archive.members]
    _check_names(names, found)
    hashes = dict(_hashes(archive, found))
    package = _package(archive, names, hashes, found)
    wacz.title = str(package.get("title") or "")[:300]
    if isinstance(package.get("software"), str):
        found.software.setdefault(shown(package["software"], 200))
    wacz.signed = _signature(archive, names, hashes, package, found)
    _contents(archive, names, wacz)
    conclude(found)
    return wacz


def _check_names(names: list[str], found: Found) -> None:
    seen: dict[str, str] = {}
    for name in names:
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            found.problem(
                f"memuat {shown(name)} dan {shown(seen[folded])}, yang di sebagian sistem adalah satu berkas",
                f"holds {shown(name)} and {shown(seen[folded])}, which are one file on some systems",
            )
        seen[folded] = name
    for pattern, called in ((_WARC, "archive/*.warc"), (_CDX, "indexes/*.cdx"), (_LISTS, "pages/pages.jsonl")):
        if not any(pattern.fullmatch(name) for name in names):
            found.problem(f"tidak memuat {called}", f"holds no {called}")
    for name in names:
        if _OWN.match(name) and not any(p.fullmatch(name) for p in (_WARC, _CDX, _SECOND, _LISTS)):
            found.problem(
                f"memuat {shown(name)}, yang tidak semestinya ada di folder itu",
                f"holds {shown(name)}, which does not belong in that folder",
            )


def _hashes(archive: Archive, found: Found) -> Iterator[tuple[str, tuple[str, int]]]:
    for member in archive.members:
        digest = hashlib.sha256()
        length = 0
        try:
            with archive.open(member.name) as stream:
                while chunk := stream.read(1 << 18):
                    digest.update(chunk)
                    length += len(chunk)
        except BadInput as bad:
            found.problem(f"{shown(member.name)} {bad.words.id}", f"{shown(member.name)}: {bad.words.en}")
            continue
        yield member.name, (digest.hexdigest(), length)


def _document(archive: Archive, name: str) -> bytes:
    content = bytearray()
    with archive.open(name) as stream:
        while chunk := stream.read(1 << 16):
            content += chunk
            if len(content) > _DOCUMENT:
                raise ValueError("too large")
    return bytes(content)


def _parsed(archive: Archive, name: str, found: Found) -> dict[str, Any]:
    try:
        document = strict.parse(_document(archive, name))
    except (ValueError, BadInput):
        document = None
    if not isinstance(document, dict):
        found.problem(
            f"{name} bukan JSON yang dapat dibaca dengan satu cara saja",
            f"{name} is no JSON that can be read in one way only",
        )
        return {}
    return document


def _package(archive: Archive, names: list[str], hashes: dict[str, tuple[str, int]], found: Found) -> dict[str, Any]:
    if PACKAGE not in names:
        found.problem(f"tidak memuat {PACKAGE}", f"holds no {PACKAGE}")
        return {}
    package = _parsed(archive, PACKAGE, found)
    if not package:
        return {}
    if package.get("profile") != "data-package":
        found.problem(f"{PACKAGE}: jenisnya bukan data-package", f"{PACKAGE}: its profile is not data-package")
    version = package.get("wacz_version")
    if version not in _KNOWN_VERSIONS:
        called = shown(str(version), 40)
        found.notice(f"versi WACZ-nya ({called}) tidak dikenal", f"its WACZ version ({called}) is not known here")
    resources = package.get("resources")
    if not isinstance(resources, list) or not resources:
        found.problem(f"{PACKAGE} tidak mendaftar satu berkas pun", f"{PACKAGE} lists no file")
        return package
    listed: set[str] = set()
    for resource in resources:
        _check_resource(resource, listed, hashes, found)
    for name in names:
        if name not in listed and name not in {PACKAGE, DIGEST}:
            found.problem(f"{shown(name)} tidak ada dalam daftar", f"{shown(name)} is listed nowhere")
    return package


def _check_resource(resource: object, listed: set[str], hashes: dict[str, tuple[str, int]], found: Found) -> None:
    path = resource.get("path") if isinstance(resource, dict) else None
    if not isinstance(resource, dict) or not isinstance(path, str):
        found.problem(f"{PACKAGE} memuat berkas tanpa jalur", f"{PACKAGE} lists a file without a path")
        return
    called = shown(path)
    if path in listed:
        found.problem(f"{called} terdaftar dua kali", f"{called} is listed twice")
    listed.add(path)
    if path in {PACKAGE, DIGEST}:
        found.problem(f"{called} mendaftar dirinya sendiri", f"{called} is listed by itself")
    if path not in hashes:
        found.problem(
            f"{called} terdaftar tetapi tidak ada atau tidak terbaca",
            f"{called} is listed but is not there or unreadable",
        )
        return
    sha256, length = hashes[path]
    written = str(resource.get("hash", ""))
    if not re.fullmatch(r"sha256:[0-9a-f]{64}", written):
        found.problem(f"{called} terdaftar tanpa hash SHA-256", f"{called} is listed without a SHA-256 hash")
    elif written != f"sha256:{sha256}":
        found.problem(
            f"{called} tidak cocok dengan hash-nya: diubah sesudah dikemas",
            f"{called} does not fit its hash: it was changed after it was packed",
        )
    if resource.get("bytes") != length:
        found.problem(f"{called} tidak sepanjang yang dinyatakan", f"{called} is not as long as stated")


def _signature(
    archive: Archive, names: list[str], hashes: dict[str, tuple[str, int]], package: dict[str, Any], found: Found
) -> Signed:
    if DIGEST not in names:
        found.problem(
            f"tidak memuat {DIGEST}: daftarnya tidak terikat pada apa pun, dan tanda tangan yang pernah ada dapat "
            "hilang tanpa bekas",
            f"holds no {DIGEST}: nothing binds its list, and a signature may have been taken away unseen",
        )
        return Signed("stripped")
    digest = _parsed(archive, DIGEST, found)
    expected = f"sha256:{hashes[PACKAGE][0]}" if PACKAGE in hashes else ""
    if digest and digest.get("path") != PACKAGE:
        found.problem(f"{DIGEST} tidak menunjuk {PACKAGE}", f"{DIGEST} does not name {PACKAGE}")
    if digest and digest.get("hash") != expected:
        found.problem(
            f"{PACKAGE} tidak cocok dengan hash dalam {DIGEST}", f"{PACKAGE} does not fit its hash in {DIGEST}"
        )
    return check_signature(digest, expected, str(package.get("software", "")), found)


def _contents(archive: Archive, names: list[str], wacz: Wacz) -> None:
    found = wacz.found
    index = Index()
    for pattern in (_WARC, _CDX, _SECOND, _LISTS):
        for name in filter(pattern.fullmatch, names):
            try:
                if pattern is _WARC:
                    with archive.open(name) as stream:
                        read_warc(stream, name, found)
                elif pattern is _CDX:
                    read_index(archive, name, found, index)
                elif pattern is _SECOND:
                    read_second(archive, name, found, index)
                else:
                    _pages(archive, name, wacz)
            except BadInput as bad:
                found.problem(f"{shown(name)}: {bad.words.id}", f"{shown(name)}: {bad.words.en}")
    check_completeness(found, index)


def _pages(archive: Archive, name: str, wacz: Wacz) -> None:
    """Read a list of pages; each must have been captured."""
    found = wacz.found
    called = shown(name)
    try:
        lines = _document(archive, name).split(b"\n")
    except ValueError:
        found.problem(f"{called}: terlalu besar", f"{called}: is too large")
        return
    missing = 0
    for number, line in enumerate(lines, 1):
        page = _page(line, f"{called}:{number}", found, first=number == 1)
        if page is None:
            continue
        if len(wacz.pages) < PAGES:
            wacz.pages.append((shown(page[0], 500), page[1], shown(page[2], 300)))
        missing += not any(address in found.addresses for address in _alike(page[0]))
    if missing:
        found.problem(
            f"{called}: {missing} halaman terdaftar tidak pernah ditangkap",
            f"{called}: {missing} listed pages were never captured",
        )


def _page(line: bytes, place: str, found: Found, *, first: bool) -> tuple[str, str, str] | None:
    """Give address, time and title of a line; ``None`` for one that lists no page."""
    if not line.strip():
        return None
    try:
        page = strict.parse(line)
    except ValueError:
        page = None
    if not isinstance(page, dict):
        found.problem(f"{place}: bukan baris JSON", f"{place}: is no line of JSON")
        return None
    if first and "format" in page:
        return None
    url, at = page.get("url"), page.get("ts")
    if not isinstance(url, str) or not isinstance(at, str) or not _TIME.fullmatch(at):
        found.problem(f"{place}: tanpa alamat atau waktu", f"{place}: has no address or time")
        return None
    return url, at, str(page.get("title") or "")


def _alike(url: str) -> Iterator[str]:
    """Give the ways in which tools write one address: without its fragment, with and without its last stroke."""
    yield url
    bare = url.partition("#")[0]
    yield bare
    yield bare + "/"
    yield bare.removesuffix("/")
    if bare.startswith("http://"):
        yield "https://" + bare.removeprefix("http://")
