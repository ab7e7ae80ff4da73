"""A PDF as pictures of its pages."""

from __future__ import annotations

import ctypes
import io
import math
import time
from collections.abc import Iterator
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from telusur.evidence.copies.source import all_bytes
from telusur.evidence.copies.telling import Message, count, no_copy, note, page
from telusur.evidence.copies.values import LARGEST, PAGES
from telusur.evidence.opening import Opened

#: Dots per point of a page (144 an inch), if the page is no larger than a sheet of paper is.
_SCALE: Final = 2.0
_SIDE: Final = 2400
_PIXELS: Final = 4_000_000
_PASSWORD: Final = 4
#: Processor time after which no further page is begun; the worker's own limit is higher.
_SECONDS: Final = 12.0
_SAMPLE: Final = (200, 200)
#: Share of a page that is one colour, at least, where it was written and not scanned.
_PAPER: Final = 0.4

# A confined worker can import nothing any more.
Image.preinit()


def copy(opened: Opened, *, first: int = 1) -> Iterator[Message]:
    """Tell the pages from `first` on, at most `PAGES` of them."""
    began = time.process_time()
    content = all_bytes(opened, LARGEST)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise no_copy(
                "adalah PDF yang dilindungi kata sandi; mintalah yang tanpa kata sandi, atau unduh aslinya",
                "is a PDF protected by a password; ask for one without, or download the original",
            ) from None
        raise no_copy("adalah PDF yang rusak; unduh aslinya", "is a damaged PDF; download the original") from None
    pages = len(document)
    if pages < 1:
        raise no_copy("adalah PDF tanpa halaman", "is a PDF without pages")
    yield count(pages)
    yield from _oddities(document, len(content))
    # Fields of a form are drawn with what was filled in; scripts never run, this build has no interpreter.
    document.init_forms()
    last = min(pages, first + PAGES - 1)
    if first > pages:
        raise no_copy(f"hanya memiliki {pages} halaman", f"has {pages} pages only")
    if first > 1 or last < pages:
        yield note(f"halaman {first}–{last} dari {pages}", f"pages {first}–{last} of {pages}")
    told = False
    for number in range(first, last + 1):
        if time.process_time() - began > _SECONDS:
            yield note(
                f"halaman-halamannya berat: berhenti sebelum halaman {number}; mintalah mulai dari halaman itu",
                f"its pages are heavy: stopped before page {number}; ask for the pages from there on",
            )
            break
        drawn = _draw(document, number)
        if drawn is None:
            yield note(f"halaman {number} rusak dan tidak dapat digambar", f"page {number} is damaged, not drawn")
        else:
            told = True
            yield from page(number, *drawn)
    if not told:
        raise no_copy(
            "adalah PDF yang tidak satu pun halamannya dapat digambar; unduh aslinya",
            "is a PDF of which no page can be drawn; download the original",
        )


def _oddities(document: pypdfium2.PdfDocument, size: int) -> Iterator[Message]:
    scripts = pdfium.FPDFDoc_GetJavaScriptActionCount(document)
    if scripts > 0:
        yield note(f"memuat {scripts} skrip; tidak dijalankan", f"holds {scripts} scripts; none was run")
    attached = document.count_attachments()
    if attached > 0:
        yield note(
            f"memuat {attached} berkas lampiran; tidak dibuka", f"holds {attached} attached files; none was opened"
        )
    signatures = pdfium.FPDF_GetSignatureCount(document)
    if signatures > 0:
        yield note(
            f"memuat {signatures} tanda tangan elektronik; keabsahannya tidak diperiksa di sini",
            f"holds {signatures} electronic signatures; they are not verified here",
        )
    if any(_signed_end(document, index) not in {None, size} for index in range(min(signatures, 20))):
        yield note(
            "diubah atau ditambah sesudah ditandatangani: ada bita yang tidak dicakup tanda tangannya",
            "was changed or added to after it was signed: some bytes are not covered by its signature",
        )


def _signed_end(document: pypdfium2.PdfDocument, index: int) -> int | None:
    """Give where the bytes end that a signature covers."""
    signature = pdfium.FPDF_GetSignatureObject(document, index)
    if not signature:
        return None
    length = pdfium.FPDFSignatureObj_GetByteRange(signature, None, 0)
    if length != 4:  # noqa: PLR2004 - two pairs of offset and length, as PDF 32000-1 12.8.1 has it
        return None
    found = (ctypes.c_int * length)()
    pdfium.FPDFSignatureObj_GetByteRange(signature, found, length)
    return int(found[2]) + int(found[3])


def _draw(document: pypdfium2.PdfDocument, number: int) -> tuple[str, bytes] | None:
    try:
        sheet = document[number - 1]
        width, height = sheet.get_size()
        scale = _fitting(width, height)
        if scale is None:
            return None
        bitmap = sheet.render(scale=scale, rev_byteorder=True, fill_color=(255, 255, 255, 255))
        image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        sheet.close()
    except (pypdfium2.PdfiumError, ValueError, OverflowError):
        return None
    made = io.BytesIO()
    sample = image.resize(_SAMPLE, Image.Resampling.NEAREST).getcolors(_SAMPLE[0] * _SAMPLE[1]) or []
    # A scan has no one colour of paper, and packs as badly without loss as a photograph does.
    if max(count for count, _ in sample) < _PAPER * _SAMPLE[0] * _SAMPLE[1]:
        image.save(made, "JPEG", quality=90, subsampling=0)
        return "image/jpeg", made.getvalue()
    image.save(made, "PNG", compress_level=3)
    return "image/png", made.getvalue()


def _fitting(width: float, height: float) -> float | None:
    """Give the scale at which a page has no more pixels than it may; ``None`` for one that no scale fits."""
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        return None
    scale = min(_SCALE, _SIDE / max(width, height), math.sqrt(_PIXELS / (width * height)))
    return scale if min(width, height) * scale >= 1 else None
