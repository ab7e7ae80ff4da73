"""Ordinary originals, made by code, and small changes of them."""

from __future__ import annotations

import functools
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping

import docx
import openpyxl
import pptx
import pypdf
from PIL import Image


def picture(size: tuple[int, int] = (64, 48)) -> Image.Image:
    image = Image.new("RGB", size, "white")
    image.paste((200, 30, 30), (8, 8, 30, 30))
    return image


def _saved(form: str, **options: object) -> bytes:
    made = io.BytesIO()
    picture().save(made, form, **options)
    return made.getvalue()


def JPEG(**options: object) -> bytes:  # noqa: N802 - named like the others
    return _saved("JPEG", **options)


def PNG(**options: object) -> bytes:  # noqa: N802 - same
    return _saved("PNG", **options)


def TIFF(**options: object) -> bytes:  # noqa: N802 - same
    return _saved("TIFF", **options)


def WEBP(**options: object) -> bytes:  # noqa: N802 - same
    return _saved("WEBP", lossless=True, **options)


def PDF(metadata: Mapping[str, str] | None = None, pages: int = 1) -> bytes:  # noqa: N802 - same
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 100)
    writer.add_metadata(metadata or {})
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def attached_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("rahasia.exe", b"MZ" * 100)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@functools.cache
def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("Surat edaran")
    document.add_paragraph("Isi surat \u202eterbalik")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "kiri", "kanan"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@functools.cache
def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["nama", "nilai"])
    book.active.append(["satu", 1])
    book.create_sheet("Tersembunyi").sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@functools.cache
def _pptx() -> bytes:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[0])
    slide.shapes.title.text = "Salindia"
    slide.notes_slide.notes_text_frame.text = "catatan pembicara"
    made = io.BytesIO()
    show.save(made)
    return made.getvalue()


OFFICE: dict[str, Callable[[], bytes]] = {"docx": _docx, "xlsx": _xlsx, "pptx": _pptx}


def changed(content: bytes, parts: Mapping[str, bytes | None], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give a zip with parts put in place of others, added, or (``None``) taken away."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        held = {info.filename: old.read(info) for info in old.infolist()} | dict(parts)
        for name, part in held.items():
            if part is not None:
                new.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), part, method)
    return made.getvalue()


def doubled(name: str) -> bytes:
    made = io.BytesIO(OFFICE["docx"]())
    with warnings.catch_warnings(), zipfile.ZipFile(made, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, b"<lain/>")
    return made.getvalue()


def overlapping() -> bytes:
    """Give a zip whose second member is the first one's bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a", b"x" * 99)
        second = zipfile.ZipInfo("b")
        archive.writestr(second, b"x" * 99)
        second.header_offset = 0
    return made.getvalue()


def gapped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a", b"x")
        assert archive.fp
        archive.fp.write(b"lain")
        archive.start_dir = archive.fp.tell()
        archive.writestr("b", b"x")
    return made.getvalue()


def flipped(content: bytes) -> bytes:
    """Change a byte of a zip's first packed member."""
    at = 30 + int.from_bytes(content[26:28], "little") + 20
    return content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]


def wide_jpeg() -> bytes:
    """Give a JPEG that states to be as large as one can be."""
    content = JPEG()
    at = content.index(b"\xff\xc0")
    return content[: at + 5] + b"\xff\xff\xff\xff" + content[at + 9 :]


def profile_bomb() -> bytes:
    content = b"x\0\0" + zlib.compress(bytes(200 << 20), 9)
    return struct.pack(">I", len(content)) + b"iCCP" + content + struct.pack(">I", zlib.crc32(b"iCCP" + content))
