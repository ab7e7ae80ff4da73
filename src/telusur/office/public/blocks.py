"""Blocks of a document, made ready for the office's own templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from telusur.dossier import visible
from telusur.dossier.render import (
    Block,
    Bullets,
    Cell,
    Figure,
    Heading,
    Line,
    Note,
    Pairs,
    Paragraph,
    Quote,
    Table,
)

Address = Callable[[str], str]


def shown(blocks: Iterable[Block], address: Address, *, above: int = 0) -> list[dict[str, Any]]:
    """Give each block with its kind, and with its runs as markup.

    Parameters
    ----------
    blocks
        What the page says below its title.
    address
        Where an anchor of the document is found here.
    above
        By how many levels headings move up.
    """
    return [_block(block, address, above) for block in blocks]


def _block(block: Block, address: Address, above: int) -> dict[str, Any]:
    match block:
        case Heading(level, text, anchor):
            return {"kind": "heading", "level": level - above, "text": visible(text), "anchor": anchor}
        case Paragraph(line, look):
            return {"kind": "paragraph", "text": _line(line, address), "look": look}
        case Note(lines, look):
            return {"kind": "note", "text": _cell(lines, address), "look": look}
        case Quote(text):
            return {"kind": "quote", "text": visible(text)}
        case Bullets(items):
            return {"kind": "bullets", "items_": [_cell(item, address) for item in items]}
        case Pairs(rows):
            return {"kind": "pairs", "rows": [(visible(name), _cell(held, address)) for name, held in rows]}
        case Table(caption, columns, rows):
            titles = [visible(column.title) for column in columns]
            cells = [list(zip(titles, [_close(one, address) for one in row], strict=True)) for row in rows]
            return {"kind": "table", "caption": visible(caption), "titles": titles, "rows": cells}
        case Figure(caption, description, wide, narrow):
            # Drawn by the dossier's own parts, which escape whatever they write into a picture.
            pictures = {"wide": mark_safe(wide), "narrow": mark_safe(narrow)}  # noqa: S308 - see above
            return {"kind": "figure", "caption": visible(caption), "description": visible(description), **pictures}


def _line(line: Line, address: Address) -> SafeString:
    return format_html_join("", "{}", ((_run(run.text, run.style, run.to, address),) for run in line))


def _run(text: str, style: str, to: str, address: Address) -> SafeString | str:
    words = visible(text)
    if to:
        return format_html('<a href="{}">{}</a>', address(to), words)
    match style:
        case "strong":
            return format_html("<strong>{}</strong>", words)
        case "muted":
            return format_html('<span class="hint">{}</span>', words)
        case "code":
            return format_html('<code dir="ltr">{}</code>', words)
        case "case":
            return format_html("<bdi>{}</bdi>", words)
    return words


def _cell(lines: Cell, address: Address) -> SafeString:
    if len(lines) == 1:
        return _line(lines[0], address)
    return format_html_join("", "<p>{}</p>", ((_line(line, address),) for line in lines))


def _close(lines: Cell, address: Address) -> SafeString:
    """Give the lines of a cell without room between them."""
    return format_html_join(mark_safe("<br>"), "{}", ((_line(line, address),) for line in lines))
