"""What an original says of its maker is told apart and reaches no copy: identifiers are planted and looked for."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from evidence.copies import originals
from telusur.evidence import copies

pytestmark = pytest.mark.usefixtures("here")
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{0}</dc:creator><cp:lastModifiedBy>{1}</cp:lastModifiedBy>'
    "</cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Company>{2}</Company><Manager>{3}</Manager></Properties>"
)
COMMENTS = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:comment w:id="0" w:author="{0}" w:initials="{1}"><w:p><w:r><w:t>komentar</w:t></w:r></w:p>'
    "</w:comment></w:comments>"
)


def exif(words):
    """Give EXIF with an owner, a place, a maker's note and the thumbnail of a picture that was not cut yet."""
    made = Image.Exif()
    made[ExifTags.Base.Artist], made[ExifTags.Base.Copyright] = words[0], words[1]
    inner = made.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.MakerNote] = words[2].encode() + b"\0\1\2"
    inner[ExifTags.Base.CameraOwnerName] = words[3]
    inner[ExifTags.Base.BodySerialNumber] = words[4]
    place = made.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "S", (6.0, 12.0, 34.5)
    place[ExifTags.GPS.GPSAreaInformation] = words[5].encode()
    # Pillow writes no second directory: the thumbnail goes where the bytes of a user's comment are.
    inner[ExifTags.Base.UserComment] = b"ASCII\0\0\0" + originals.JPEG(comment=words[6].encode())
    return made.tobytes()


def xmp(word):
    return f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><creator>{word}</creator></x:xmpmeta>".encode()


def jpeg(words):
    return originals.JPEG(exif=exif(words), comment=words[7].encode(), xmp=xmp(words[8]), icc_profile=words[9].encode())


def png(words):
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", words[7])
    info.add_itxt("Comment", words[8], zip=True)
    return originals.PNG(exif=exif(words), pnginfo=info, icc_profile=words[9].encode())


def webp(words):
    return originals.WEBP(exif=exif(words), xmp=xmp(words[8]), icc_profile=words[9].encode())


def tiff(words):
    tags = Image.Exif()
    tags[ExifTags.Base.Artist], tags[ExifTags.Base.ImageDescription] = words[0], words[1]
    return originals.TIFF(exif=tags)


def pdf(words):
    return originals.PDF({"/Author": words[0], "/Creator": words[1], "/Title": words[2], "/Keywords": words[3]})


def office(kind):
    def make(words):
        changes = {
            "docProps/core.xml": CORE.format(*words).encode(),
            "docProps/app.xml": APP.format(*words).encode(),
            "docProps/thumbnail.jpeg": originals.JPEG(comment=words[4].encode()),
        }
        return originals.changed(originals.OFFICE[kind](), changes, zipfile.ZIP_STORED)

    return make


MAKERS = {
    "jpeg": (jpeg, 10), "png": (png, 10), "webp": (webp, 10), "tiff": (tiff, 2), "pdf": (pdf, 4),
    "docx": (office("docx"), 5), "xlsx": (office("xlsx"), 5), "pptx": (office("pptx"), 5),
}  # fmt: skip


def planted(kind, seed):
    draw = random.Random(f"{kind}/{seed}")
    words = [f"PELAPOR{draw.randrange(10**12):012}" for _ in range(10)]
    make, count = MAKERS[kind]
    return make(words), words[:count]


def held_in(made):
    """Give all bytes that a viewer of the copy gets, as they are and as their words."""
    return b"".join(page.content for page in made.pages) + (made.text or "").encode() + repr(made).encode()


def found_in(content, words):
    return [word for word in words if word.encode() in content or word.encode("utf-16-le") in content]


def hide_and_seek(kind, seed):
    content, words = planted(kind, seed)
    assert len(found_in(content, words)) >= len(words) // 4, "nothing was planted"
    made = copies.make(content, name="a")
    assert made.kind != "none", made.why
    assert found_in(held_in(made), words) == []
    return content, words


@pytest.mark.parametrize("kind", MAKERS)
def test_planted_identifiers_reach_no_copy(kind):
    hide_and_seek(kind, 0)


@pytest.mark.long
@pytest.mark.parametrize("kind", MAKERS)
def test_five_hundred_planted_identifiers_reach_no_copy(kind, monkeypatch):
    monkeypatch.undo()  # through the workers
    for seed in range(1, 14):
        hide_and_seek(kind, seed)


def test_the_long_run_plants_five_hundred():
    assert 13 * sum(count for _, count in MAKERS.values()) >= 500


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_planted_is_told_to_who_is_cleared(kind):
    content, words = planted(kind, 0)
    said = str(dict(copies.read_metadata(content, name="a")))
    told = [word for word in words if word in said]
    # A thumbnail is told by its presence, a profile by its words.
    assert len(told) >= len(words) * 0.6, set(words) - set(told)


def test_the_place_of_a_photograph_is_told_apart():
    content, _ = planted("jpeg", 0)
    found = copies.read_metadata(content, name="a")
    assert found["EXIF/GPSInfo/GPSLatitude"] == "(6.0, 12.0, 34.5)"
    assert found["EXIF/GPSInfo/GPSLatitudeRef"] == "S"


def test_the_author_of_a_comment_is_told_apart_and_the_comment_shown():
    words = ["PENULIS" + "7" * 8, "PN77"]
    part = COMMENTS.format(*words).encode()
    types = originals.OFFICE["docx"]()
    content = originals.changed(types, {"word/comments.xml": part})
    assert words[0] in str(dict(copies.read_metadata(content, name="a")))
    assert words[0] not in (copies.make(content, name="a").text or "")


def test_a_letter_shows_who_wrote_and_keeps_its_way_apart():
    letter = b"From: kantor\r\nReceived: from 10.9.8.7\r\nX-Originating-IP: 10.1.2.3\r\nMIME-Version: 1.0\r\n\r\nisi"
    made = copies.make(letter, name="a")
    assert "From: kantor" in made.text
    assert "10." not in made.text
    found = copies.read_metadata(letter, name="a")
    assert found["header/Received"] == "from 10.9.8.7"


def test_the_same_original_gives_the_same_bytes():
    for kind in ("jpeg", "png", "pdf", "docx"):
        content, _ = planted(kind, 0)
        one, other = (copies.make(io.BytesIO(content), name="a") for _ in range(2))
        assert hashlib.sha256(held_in(one)).digest() == hashlib.sha256(held_in(other)).digest()
