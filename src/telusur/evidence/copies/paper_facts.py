"""What a PDF says of its maker: its information dictionary, its XMP, the names of attached files."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator

import pypdf
import pypdf._codecs._codecs  # loaded when a stream needs it, which a confined worker cannot
import pypdf.errors
import pypdf.filters
import pypdf.generic

from telusur.evidence.copies.source import all_bytes
from telusur.evidence.copies.telling import Message, fact, no_copy
from telusur.evidence.copies.values import LARGEST
from telusur.evidence.opening import Opened

_ATTACHED = 50


def facts(opened: Opened) -> Iterator[Message]:
    """Tell each fact."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(all_bytes(opened, LARGEST)), strict=False)
        for key, value in (reader.metadata or {}).items():
            yield fact(f"PDF/{str(key).removeprefix('/')}", value)
        described = reader.root_object.get("/Metadata")
        described = described.get_object() if described is not None else None
        if isinstance(described, pypdf.generic.StreamObject):
            yield fact("XMP", described.get_data().decode("utf-8", "replace"))
        for number, name in enumerate(reader.attachments):
            if number >= _ATTACHED:
                break
            yield fact(f"attachment/{number + 1}", name)
    except (
        pypdf.errors.PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
        ArithmeticError, AssertionError, NotImplementedError,
    ):  # fmt: skip
        raise no_copy("adalah PDF yang metadatanya rusak", "is a PDF whose metadata are damaged") from None
