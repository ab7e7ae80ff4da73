"""A picture, decoded and encoded again: pixels survive, and nothing else does."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import cast

from PIL import AvifImagePlugin, Image, ImageFile, ImageOps, UnidentifiedImageError

from telusur.evidence.copies.source import as_file
from telusur.evidence.copies.telling import Message, count, no_copy, note, page
from telusur.evidence.copies.values import FRAMES, LARGEST, PIXELS
from telusur.evidence.opening import Opened

#: What is tried at all: each decoder is a way in.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
#: Lossy already: encoded as such again, or a photograph's copy would be ten times its size.
_LOSSY = {"JPEG", "MPO"}
_QUALITY = 90
#: From here on a quick, looser packing: forty megapixels take ten seconds otherwise.
_LARGE = 4_000_000

# A worker cannot start threads, nor import what it first needs when it is confined.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
Image.init()
ImageFile.LOAD_TRUNCATED_IMAGES = False
Image.MAX_IMAGE_PIXELS = PIXELS


def copy(opened: Opened) -> Iterator[Message]:
    """Tell the picture, or the first frames of an animated one."""
    warnings.simplefilter("ignore")
    try:
        with Image.open(as_file(opened, LARGEST), formats=FORMATS) as image:
            yield from _frames(image)
    except UnidentifiedImageError:
        raise no_copy(
            "tidak dapat dibaca sebagai gambar (rusak, atau jenisnya tidak dibuka di sini); unduh aslinya",
            "cannot be read as a picture (damaged, or of a type that is not opened here); download the original",
        ) from None
    except (Image.DecompressionBombError, OverflowError):
        raise _too_many(None) from None
    except (OSError, ValueError, SyntaxError, IndexError, TypeError, KeyError, EOFError, AttributeError):
        raise no_copy(
            "adalah gambar yang rusak atau terpotong; unduh aslinya",
            "is a damaged or truncated picture; download the original",
        ) from None


def _too_many(size: tuple[int, int] | None) -> Exception:
    shown = f" ({size[0]} × {size[1]})" if size else ""
    return no_copy(
        f"memiliki lebih dari {PIXELS // 1_000_000} megapiksel{shown}; gambar sebesar itu tidak dibuka, unduh aslinya",
        f"has more than {PIXELS // 1_000_000} megapixels{shown}; a picture of that size is not opened, download the "
        "original",
    )


def _frames(image: Image.Image) -> Iterator[Message]:
    lossy = image.format in _LOSSY
    _check(image)
    if image.info.get("icc_profile"):
        yield note(
            "profil warna gambar ini tidak diterapkan; warnanya dapat sedikit berbeda",
            "the picture's colour profile is not applied; its colours may differ a little",
        )
    told = 0
    for number in range(1, FRAMES + 2):
        if number > 1:
            try:
                image.seek(number - 1)
            except (EOFError, OSError, ValueError, SyntaxError):
                break
            _check(image)
        if number > FRAMES:
            yield note(
                f"gambar bergerak atau bertumpuk; hanya {FRAMES} bingkai pertama yang ditampilkan",
                f"a picture of several frames; only the first {FRAMES} are shown",
            )
            return
        flat, transparent = _flat(image)
        if transparent and number == 1:
            yield note(
                "bagian yang tembus pandang ditampilkan di atas putih",
                "its transparent parts are shown on white",
            )
        yield from page(number, "image/jpeg" if lossy else "image/png", _encoded(flat, lossy=lossy))
        told = number
    yield count(told)


def _check(image: Image.Image) -> None:
    width, height = image.size
    if width * height > PIXELS:
        raise _too_many(image.size)


def _flat(image: Image.Image) -> tuple[Image.Image, bool]:
    """Give the pixels as plain red, green and blue, the right way up, and whether any was transparent."""
    image.load()
    turned = ImageOps.exif_transpose(image)
    if turned.mode.startswith("I;16"):
        turned = turned.point(lambda value: value / 256).convert("L")
    elif turned.mode in {"I", "F"}:
        # Whatever range it has becomes black to white.
        wide = turned.convert("F")
        low, high = cast("tuple[float, float]", wide.getextrema())
        scale = 255.0 / (high - low) if high > low else 1.0
        turned = wide.point(lambda value: value * scale - low * scale).convert("L")
    clear = turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info
    if not clear:
        return turned.convert("RGB"), False
    whole = turned.convert("RGBA")
    alpha = whole.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return whole.convert("RGB"), False
    ground = Image.new("RGB", whole.size, "white")
    ground.paste(whole, mask=alpha)
    return ground, True


def _encoded(image: Image.Image, *, lossy: bool) -> bytes:
    # A new picture of the same pixels: what hung on the old one (profile, comment, text) has nowhere to hide.
    bare = Image.frombytes("RGB", image.size, image.tobytes())
    made = io.BytesIO()
    if lossy:
        bare.save(made, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        bare.save(made, "PNG", compress_level=6 if image.width * image.height <= _LARGE else 1)
    return made.getvalue()
