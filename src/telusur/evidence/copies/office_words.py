"""The words of a document, of the cells of a workbook, of the slides of a presentation.

What comes here was rebuilt from its parts of words by `office`, within a budget and without declarations.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

import docx
import openpyxl
import pptx
from lxml import etree

from telusur.evidence.copies.telling import Message, note, words
from telusur.evidence.copies.values import CHARACTERS

_ROWS, _COLUMNS, _SHEETS, _SLIDES = 20_000, 256, 200, 1000
_CELL: Final = 32_767
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SIGNS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
_CELL_END: Final = "| "
_WITHIN_ROW: Final = {f"{_W}p": " ", f"{_W}tc": _CELL_END, f"{_W}tr": "; "}


class _Words:
    """Lines up to the length of a copy."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._left = CHARACTERS + 1

    @property
    def full(self) -> bool:
        return self._left <= 0

    def add(self, line: str) -> None:
        if not self.full:
            self.lines.append(line)
            self._left -= len(line) + 1

    def tell(self) -> Iterator[Message]:
        return words("\n".join(self.lines) + "\n")


def document(file: io.BytesIO) -> Iterator[Message]:
    """Tell the words of a document: body, then headers, notes and comments."""
    document = docx.Document(file)
    found = _Words()
    deleted = _paragraphs(document.element.body, found)
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if re.fullmatch(r"/word/(?:header\d*|footer\d*|footnotes|endnotes|comments)\.xml", name):
            root = getattr(part, "element", None)
            if root is None:
                root = _parse(part.blob)
            found.add("")
            found.add(f"[{name.rpartition('/')[2].removesuffix('.xml')}]")
            deleted += _paragraphs(root, found)
    if deleted:
        yield note(
            f"memuat perubahan terlacak: {deleted} potongan yang dihapus ditampilkan dalam ‹dihapus: …›",
            f"holds tracked changes: {deleted} deleted pieces are shown in ‹dihapus: …›",
        )
    yield from found.tell()


def _paragraphs(root: etree._Element, found: _Words) -> int:
    """Add the words below an element, a paragraph a line, those of text boxes too; give how many were deleted."""
    for again in list(root.iter(f"{_MC}Fallback")):
        # The same words once more, for older programs.
        above = again.getparent()
        if above is not None:
            above.remove(again)
    writer = _Writer(found)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        (writer.start if event == "start" else writer.end)(element)
        if found.full:
            break
    return writer.deleted


class _Writer:
    """Puts the words of WordprocessingML into lines; a row of a table is one line."""

    def __init__(self, found: _Words) -> None:
        self._found = found
        self._line: list[str] = []
        self._rows = 0
        self.deleted = 0

    def start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == f"{_W}tr":
            self._rows += 1
        elif tag in _SIGNS:
            self._line.append(_SIGNS[tag])
        elif tag == f"{_W}t":
            self._line.append(element.text or "")
        elif tag == f"{_W}delText" and element.text:
            self._line.append(f"‹dihapus: {element.text}›")
            self.deleted += 1

    def end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == f"{_W}tr":
            self._rows -= 1
        if self._rows and tag in _WITHIN_ROW:
            self._line.append(_WITHIN_ROW[tag])
        elif tag in {f"{_W}p", f"{_W}tr"}:
            self._found.add("".join(self._line).removesuffix(_CELL_END))
            self._line.clear()


def _parse(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def workbook(file: io.BytesIO) -> Iterator[Message]:
    """Tell the cells of each sheet, a row a line."""
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    yield note(
        "hasil rumus adalah yang tersimpan dalam berkas; tidak dihitung ulang",
        "results of formulas are those that the file holds; nothing was computed anew",
    )
    found = _Words()
    cut = len(book.worksheets) > _SHEETS
    for sheet in book.worksheets[:_SHEETS]:
        hidden = "" if sheet.sheet_state == "visible" else " (tersembunyi / hidden)"
        found.add(f"[{sheet.title}]{hidden}")
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_row=_ROWS + 1, max_col=_COLUMNS, values_only=True), 1):
            if number > _ROWS or found.full:
                cut = True
                break
            cells = ["" if value is None else str(value)[:_CELL] for value in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                found.add(f"{number}: " + " | ".join(cells))
        found.add("")
    if cut:
        yield note(
            f"hanya {_ROWS} baris pertama setiap lembar dan {_SHEETS} lembar pertama yang ditampilkan",
            f"only the first {_ROWS} rows of a sheet, and the first {_SHEETS} sheets, are shown",
        )
    yield from found.tell()


def presentation(file: io.BytesIO) -> Iterator[Message]:
    """Tell the words of each slide, and of its notes."""
    found = _Words()
    for number, slide in enumerate(pptx.Presentation(file).slides, 1):
        if number > _SLIDES or found.full:
            yield note(
                f"hanya {number - 1} salindia pertama yang ditampilkan", f"only the first {number - 1} slides are shown"
            )
            break
        found.add(f"[{number}]")
        _text_bodies(slide.element, found)
        if slide.has_notes_slide:
            found.add("(catatan / notes)")
            _text_bodies(slide.notes_slide.element, found)
        found.add("")
    yield from found.tell()


def _text_bodies(root: etree._Element, found: _Words) -> None:
    for paragraph in root.iter(f"{_A}p"):
        line = "".join(
            "\n" if piece.tag == f"{_A}br" else piece.text or "" for piece in paragraph.iter(f"{_A}t", f"{_A}br")
        )
        if line:
            found.add(line)
