"""An office file as its words: no macro runs, no entity is opened, no link is followed, no picture is decoded.

The archive is read within a budget before a library sees it, and the library sees a new archive in memory that holds
the parts of words alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Final

import docx.opc.exceptions
import openpyxl.utils.exceptions
import pptx.exc
from lxml import etree

from telusur.domain.errors import BadInput
from telusur.evidence.archive import Archive, shown
from telusur.evidence.copies import office_words
from telusur.evidence.copies.telling import Message, no_copy, note
from telusur.evidence.limits import Budget
from telusur.evidence.opening import Opened, open_archive

_MIB: Final = 1 << 20
#: An office file has a few hundred parts; XML takes some twenty times its bytes when it is read.
BUDGET: Final = Budget(
    entries=5000, ratio=200, ratio_from_bytes=4 * _MIB, total_bytes=256 * _MIB, directory_bytes=2 * _MIB
)
_XML_IN_ALL: Final = 40 * _MIB
_XML_PART: Final = 20 * _MIB
_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
#: Parts that say who made a file and how, or that only programs read.
_ASIDE: Final = re.compile(r"(?:docProps|customXml|xl/(?:externalLinks|queryTables|connections))", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]{1,40})[\"']")
_ODD: Final = (
    ("vbaproject.bin", "memuat makro; tidak dijalankan", "holds macros; none was run"),
    ("/embeddings/", "memuat berkas lain di dalamnya; tidak dibuka", "holds other files; none was opened"),
    ("/activex/", "memuat kendali ActiveX; tidak dijalankan", "holds ActiveX controls; none was run"),
    ("/media/", "memuat gambar; tidak ditampilkan", "holds pictures; they are not shown"),
    ("/charts/", "memuat bagan; tidak ditampilkan", "holds charts; they are not shown"),
)


def copy(opened: Opened) -> Iterator[Message]:
    """Tell the words of a document, of the cells of a workbook, or of the slides of a presentation."""
    archive = open_archive(opened.descriptor, opened.name, BUDGET)
    kind = kind_of(archive)
    yield note(
        "berkas kantor ditampilkan sebagai teks: tanpa tata letak dan gambar",
        "an office file, shown as text: without layout and pictures",
    )
    names = [member.name.lower() for member in archive.members]
    for sign, indonesian, english in _ODD:
        if any(sign in f"/{name}" for name in names):
            yield note(indonesian, english)
    rebuilt, outside = _rebuilt(archive)
    if outside:
        yield note(
            f"menunjuk {outside} alamat di luar berkas (tautan, templat); tidak satu pun dihubungi",
            f"points to {outside} addresses outside (links, templates); none was contacted",
        )
    try:
        yield from _READERS[kind](rebuilt)
    except BadInput:
        raise
    except (
        KeyError, ValueError, TypeError, AttributeError, IndexError, LookupError, RecursionError, OSError,
        etree.LxmlError, zipfile.BadZipFile, docx.opc.exceptions.OpcError, pptx.exc.PythonPptxError,
        openpyxl.utils.exceptions.InvalidFileException, NotImplementedError, ArithmeticError, AssertionError,
    ):  # fmt: skip
        raise no_copy(
            f"adalah berkas {kind} yang rusak atau disusun dengan cara yang tidak lazim; unduh aslinya",
            f"is a {kind} file that is damaged or made in an unusual way; download the original",
        ) from None


def kind_of(archive: Archive) -> str:
    """Give ``docx``, ``xlsx`` or ``pptx``.

    Raises
    ------
    BadInput
        If it is another kind of archive.
    """
    names = {member.name for member in archive.members}
    kind = next((kind for main, kind in _MAIN.items() if main in names), None)
    if kind is None or _TYPES not in names:
        raise no_copy(
            "adalah arsip yang bukan docx, xlsx atau pptx; tidak ditampilkan di sini, unduh aslinya",
            "is an archive that is no docx, xlsx or pptx; it is not shown here, download the original",
        )
    for refused in archive.refused:
        raise no_copy(
            f"memuat {refused.name}, yang ditolak ({refused.why.id}); unduh aslinya",
            f"holds {refused.name}, which is refused ({refused.why.en}); download the original",
        )
    return kind


def part_of(archive: Archive, name: str, most: int = _XML_PART) -> bytes:
    """Read one part, within its budget, and refuse XML that declares anything.

    Raises
    ------
    BadInput
        If it is too large, damaged, or declares entities.
    """
    found = bytearray()
    with archive.open(name) as stream:
        while chunk := stream.read(1 << 18):
            found += chunk
            if len(found) > most:
                raise no_copy(
                    f"memuat {shown(name)} yang lebih besar dari {most >> 20} MB; unduh aslinya",
                    f"holds {shown(name)}, which is larger than {most >> 20} MB; download the original",
                )
    content = bytes(found)
    named = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    # Any other encoding could hide a declaration from the look below.
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\0")) or (
        named and named[1].lower() not in {b"utf-8", b"us-ascii"}
    ):
        raise no_copy(
            f"memuat {shown(name)} yang tidak ditulis dalam UTF-8; unduh aslinya",
            f"holds {shown(name)}, which is not written in UTF-8; download the original",
        )
    if b"\0" in content or _FORBIDDEN.search(content):
        raise no_copy(
            f"memuat {shown(name)} dengan deklarasi entitas, yang tidak dipakai berkas kantor; unduh aslinya",
            f"holds {shown(name)} with declarations of entities, which office files do not use; download the original",
        )
    return content


def _rebuilt(archive: Archive) -> tuple[io.BytesIO, int]:
    """Give a new archive of the parts that hold words, and how often they point outside."""
    made = io.BytesIO()
    left = _XML_IN_ALL
    outside = 0
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
        for member in archive.members:
            name = member.name
            text = name.lower().endswith((".xml", ".rels"))
            if not text:
                new.writestr(_entry(name), b"")
                continue
            if _ASIDE.match(name) and not name.lower().endswith(".rels"):
                new.writestr(_entry(name), b'<?xml version="1.0"?><none/>')
                continue
            content = part_of(archive, name)
            left -= len(content)
            if left < 0:
                raise no_copy(
                    f"memuat lebih dari {_XML_IN_ALL >> 20} MB teks; unduh aslinya",
                    f"holds more than {_XML_IN_ALL >> 20} MB of text; download the original",
                )
            if name.lower().endswith(".rels"):
                outside += content.count(b'TargetMode="External"') + content.count(b"TargetMode='External'")
            new.writestr(_entry(name), content)
    made.seek(0)
    return made, outside


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


_READERS: Final[dict[str, Callable[[io.BytesIO], Iterator[Message]]]] = {
    "docx": office_words.document,
    "xlsx": office_words.workbook,
    "pptx": office_words.presentation,
}
