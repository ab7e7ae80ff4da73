"""What a picture says of its maker: EXIF with its place and thumbnail, XMP, texts, comments, colour profile."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

from PIL import ExifTags, Image, UnidentifiedImageError

from telusur.evidence.copies.picture import FORMATS
from telusur.evidence.copies.source import as_file
from telusur.evidence.copies.telling import Message, fact, no_copy
from telusur.evidence.copies.values import LARGEST
from telusur.evidence.opening import Opened

_FOLDERS = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo, ExifTags.IFD.Interop, ExifTags.IFD.IFD1)
_POINTERS = {int(folder) for folder in ExifTags.IFD}
#: Of what Pillow tells of a file, what is its own affair.
_FORM = frozenset(
    "jfif jfif_version jfif_unit jfif_density dpi adobe adobe_transform exif loop duration background transparency "
    "gamma interlace compression version extension resolution".split()
)


def facts(opened: Opened) -> Iterator[Message]:
    """Tell each fact."""
    warnings.simplefilter("ignore")
    try:
        with Image.open(as_file(opened, LARGEST), formats=FORMATS) as image:
            yield from _facts(image)
    except (
        UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, IndexError, TypeError,
        KeyError, EOFError, AttributeError, OverflowError, ArithmeticError,
    ):  # fmt: skip
        raise no_copy("adalah gambar yang rusak", "is a damaged picture") from None


def _facts(image: Image.Image) -> Iterator[Message]:
    exif = image.getexif()
    for tag, value in exif.items():
        if tag not in _POINTERS:
            yield fact(f"EXIF/{ExifTags.TAGS.get(tag, tag)}", value)
    for folder in _FOLDERS:
        names = ExifTags.GPSTAGS if folder is ExifTags.IFD.GPSInfo else ExifTags.TAGS
        for tag, value in exif.get_ifd(folder).items():
            yield fact(f"EXIF/{folder.name}/{names.get(tag, tag)}", value)
    thumbnail = exif.get_ifd(ExifTags.IFD.IFD1).get(0x0202)
    if thumbnail:
        yield fact("EXIF/thumbnail", f"{thumbnail} B")
    for key, value in image.info.items():
        if key == "icc_profile":
            yield fact("ICC", value)
        elif key in {"xmp", "photoshop"}:
            yield fact(key.upper(), value if isinstance(value, str | bytes) else repr(value).encode())
        elif key not in _FORM:
            yield fact(f"text/{key}", value)
