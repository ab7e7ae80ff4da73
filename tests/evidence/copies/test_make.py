"""What a copy of each type shows, and what is told beside it."""

from __future__ import annotations

import base64
import io

import docx
import pypdf
import pytest
from PIL import Image

from evidence.copies import hostile, originals
from telusur.domain.errors import BadInput
from telusur.evidence import copies
from telusur.evidence.copies import making
from telusur.evidence.copies.bare import is_bare

#: What each reader makes is shown here without its worker; that each works within it, at the end.
pytestmark = pytest.mark.usefixtures("here")


def make(content, **options):
    return copies.make(content, name="bukti", **options)


def notes(made):
    return " | ".join(words.en for words in made.notes)


def shown(page):
    return Image.open(io.BytesIO(page.content)).convert("RGB")


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "JPEG"])
def test_a_picture_keeps_its_pixels(form):
    made = make(originals._saved(form, **({"lossless": True} if form == "WEBP" else {})))
    assert made.kind == "pictures"
    (page,) = made.pages
    assert page.media_type == ("image/jpeg" if form == "JPEG" else "image/png")
    assert shown(page).size == (64, 48)
    red = shown(page).getpixel((20, 20))
    assert max(abs(one - other) for one, other in zip(red, (200, 30, 30), strict=True)) < 40


def test_a_photograph_is_turned_the_right_way_up():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert shown(make(originals.JPEG(exif=exif)).pages[0]).size == (48, 64)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK", "F", "I"])
def test_pictures_of_every_mode_are_shown(mode):
    image = Image.new(mode, (9, 9)) if mode in {"I;16", "F", "I"} else originals.picture().convert(mode)
    kept = io.BytesIO()
    image.save(kept, "TIFF")
    assert make(kept.getvalue()).kind == "pictures"


def test_transparent_parts_are_white_and_told():
    kept = io.BytesIO()
    Image.new("RGBA", (5, 5), (0, 0, 0, 0)).save(kept, "PNG")
    made = make(kept.getvalue())
    assert shown(made.pages[0]).getpixel((2, 2)) == (255, 255, 255)
    assert "shown on white" in notes(made)


def test_of_many_frames_the_first_are_shown():
    kept = io.BytesIO()
    frames = [Image.new("RGB", (6, 6), (n * 9, 0, 0)) for n in range(15)]
    frames[0].save(kept, "GIF", save_all=True, append_images=frames[1:])
    made = make(kept.getvalue())
    assert len(made.pages) == 10
    assert made.pages_in_all is None
    assert "only the first 10" in notes(made)


def test_a_pdf_is_shown_page_by_page_from_where_one_asks():
    content = originals.PDF(pages=45)
    made = make(content)
    assert (len(made.pages), made.pages_in_all) == (40, 45)
    assert "pages 1–40 of 45" in notes(made)
    rest = make(content, first=41)
    assert [page.number for page in rest.pages] == [41, 42, 43, 44, 45]
    assert make(content, first=46).kind == "none"
    assert shown(made.pages[0]).size == (400, 200)


def test_a_pdf_says_what_it_carries():
    assert "1 attached files; none was opened" in notes(make(originals.attached_pdf()))


def test_a_pdf_that_asks_for_a_password_has_no_copy():
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("sandi", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    assert "protected by a password" in make(kept.getvalue()).why.en


def test_a_page_is_its_words_and_the_places_its_links_lead_to():
    page = (
        "<!doctype html><title>Judul</title><h1>Kepala</h1><p>satu <b>dua</b><br>tiga"
        "<ul><li>butir</ul><table><tr><td>a<td>b</table><a href='https://lain.example/x'>bank</a>"
        "<script>jahat()</script><style>p{}</style><p style='display:none'>samar</p>"
        "<img alt='foto' src='//cdn.example/x'>"
    )
    made = make(page.encode())
    assert made.text == (
        "Judul\nKepala\nsatu dua\ntiga\n- butir\na | b\nbank ‹https://lain.example/x›\nsamar\n[gambar: foto]\n"
    )
    said = notes(made)
    for words in ("none was run", "1 outside addresses in a browser (cdn.example)", "may hide"):
        assert words in said


def test_a_page_in_an_older_encoding_is_read():
    page = "<!doctype html><meta charset=windows-1251><p>Привет".encode("cp1251")
    assert "Привет" in make(page).text


def test_a_letter_shows_its_words_and_names_its_attachments():
    letter = (
        b"From: =?utf-8?q?Kantor_=C3=A9?=\r\nTo: b\r\nSubject: Login baru\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode("masuk dari Jakarta é".encode())
        + b"\r\n--b\r\n"
        b"Content-Type: text/html\r\n\r\n<p>versi <b>kaya</b>\r\n--b\r\nContent-Type: application/pdf\r\n"
        b'Content-Disposition: attachment; filename="=?utf-8?q?surat=E2=80=AE.pdf?="\r\n\r\nx\r\n--b--\r\n'
    )
    made = make(letter)
    assert "From: Kantor é" in made.text
    assert "masuk dari Jakarta é" in made.text
    assert "versi kaya" in made.text
    assert "surat\\u202e.pdf (application/pdf)" in made.text


def test_a_page_saved_as_mhtml_shows_where_it_was():
    saved = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://contoh.example/1\r\nSubject: Unggahan\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>isi\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    )
    made = make(saved)
    assert "Snapshot-Content-Location: https://contoh.example/1" in made.text
    assert "isi" in made.text
    assert "MHTML" in notes(made)


def test_a_document_is_its_words():
    made = make(originals.OFFICE["docx"]())
    assert "Surat edaran\nIsi surat ‹U+202E›terbalik\nkiri | kanan" in made.text


def test_tracked_changes_and_text_boxes_are_shown_once():
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>kotak</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:ins><w:r><w:t>baru</w:t></w:r></w:ins><w:del><w:r><w:delText>lama</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    part = f"<w:document {w} {mc}><w:body>{body}</w:body></w:document>".encode()
    made = make(originals.changed(originals.OFFICE["docx"](), {"word/document.xml": part}))
    assert "baru‹dihapus: lama›" in made.text
    assert made.text.count("kotak") == 1
    assert "1 deleted pieces" in notes(made)


def test_a_workbook_is_its_cells_hidden_sheets_too():
    made = make(originals.OFFICE["xlsx"]())
    assert "1: nama | nilai\n2: satu | 1" in made.text
    assert "[Tersembunyi] (tersembunyi / hidden)" in made.text


def test_a_presentation_is_the_words_of_its_slides_and_notes():
    made = make(originals.OFFICE["pptx"]())
    assert "Salindia\n(catatan / notes)\n" in made.text
    assert "catatan pembicara" in made.text


def test_what_an_office_file_carries_is_told():
    parts = {"word/vbaProject.bin": b"x", "word/media/a.png": b"x", "word/embeddings/a.bin": b"x"}
    said = notes(make(originals.changed(originals.OFFICE["docx"](), parts)))
    for words in ("macros; none was run", "pictures; they are not shown", "other files; none was opened"):
        assert words in said


def test_plain_text_is_shown_with_what_hides_in_it():
    assert make("a\u202eb\x1b[31m\r\nc".encode()).text == "a‹U+202E›b‹U+001B›[31m\nc"
    assert make("utf sixteen é".encode("utf-16")).text == "utf sixteen é"
    assert make("caf\xe9 dan lain-lain".encode("cp1252")).text == "café dan lain-lain"


def test_long_text_is_cut_and_that_is_told():
    made = make(b"x" * 2_100_000)
    assert len(made.text) == 2_000_000
    assert "only the first 2000000 characters" in notes(made)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 50, "is not shown here"),
        (originals.PDF() + originals.changed(originals.OFFICE["docx"](), {}), "ambiguous"),
        (b"7z\xbc\xaf'\x1c" + b"\0" * 50, "is not shown here"),
    ],
)
def test_what_is_not_opened_says_why(content, why):
    made = make(content)
    assert made.kind == "none"
    assert why in made.why.en
    assert made.why.id != made.why.en


def test_a_path_a_reader_and_bytes_give_the_same(tmp_path):
    content = originals.PNG()
    path = tmp_path / "a.png"
    path.write_bytes(content)
    assert copies.make(path, name="a") == make(io.BytesIO(content)) == make(content)


def test_a_folder_has_no_copy_and_a_missing_file_is_an_error(tmp_path):
    assert "is a folder" in copies.make(tmp_path, name="a").why.en
    with pytest.raises(BadInput, match="no such file"):
        copies.make(tmp_path / "x", name="a")


def test_an_original_too_large_is_not_tried(monkeypatch):
    monkeypatch.setattr(making, "LARGEST", 100)
    assert "is larger than" in make(io.BytesIO(originals.PNG() + bytes(3 << 20))).why.en


def test_pages_are_handed_over_one_by_one():
    taken = []
    made = make(originals.PDF(pages=3), take=taken.append)
    assert [page.number for page in taken] == [1, 2, 3]
    assert made.pages == ()
    assert taken[0].ending == ".png"


def told(*messages):
    return lambda *_, **__: iter(messages)


PIECE = {"page": 1, "type": "image/png", "last": True}


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{"x": 1}],
        [PIECE | {"piece": "!!"}],
        [PIECE | {"piece": base64.b64encode(b"<script>").decode()}],
        [PIECE | {"piece": base64.b64encode(originals.PNG()).decode()}, {"words": "isi"}],
        [{"words": "x" * 1_000_000}] * 21,
    ],
)
def test_a_worker_that_was_taken_over_gains_nothing(monkeypatch, messages):
    monkeypatch.setattr(making, "open_limited", told(*messages))
    made = make(originals.PNG())
    assert made.kind == "none"
    assert "nonsense" in made.why.en
    assert made.pages == ()


def test_a_picture_with_anything_beside_its_pixels_is_not_bare():
    assert is_bare(originals.PNG(), "image/png")
    assert is_bare(originals.JPEG(), "image/jpeg")
    assert not is_bare(originals.PNG(), "image/jpeg")
    assert not is_bare(originals.PNG(), "text/html")
    assert not is_bare(originals.PNG(dpi=(72, 72)), "image/png")
    assert not is_bare(originals.PNG() + b"x", "image/png")
    assert not is_bare(originals.JPEG() + b"x", "image/jpeg")
    assert not is_bare(originals.JPEG(comment=b"x"), "image/jpeg")
    assert not is_bare(originals.JPEG(exif=b"Exif\0\0MM"), "image/jpeg")
    assert not is_bare(b"\xff\xd8\xff\xd9", "image/jpeg")
    damaged = bytearray(originals.PNG())
    damaged[-20] ^= 1
    assert not is_bare(bytes(damaged), "image/png")


def test_metadata_of_types_that_say_nothing_are_none():
    assert copies.read_metadata(b"isi", name="a") == {}
    assert copies.read_metadata(b"", name="a") == {}


def test_metadata_of_a_page_say_where_it_was_saved():
    page = b"<!doctype html><!-- saved from url=(0021)https://contoh.example/ --><meta name=author content='siapa'>"
    found = copies.read_metadata(page, name="a")
    assert found["saved from"] == "https://contoh.example/"


def test_metadata_that_make_no_sense_are_refused(monkeypatch):
    monkeypatch.setattr(making, "open_limited", told({"x": 1}))
    with pytest.raises(BadInput, match="nonsense"):
        copies.read_metadata(originals.PNG(), name="a")
    monkeypatch.setattr(making, "open_limited", told({"key": "a", "value": "b"}, {"key": "a", "value": "c"}))
    assert copies.read_metadata(originals.PNG(), name="a") == {"a": "b", "a (2)": "c"}


def test_damaged_originals_have_no_metadata():
    with pytest.raises(BadInput, match="damaged"):
        copies.read_metadata(originals.PNG()[:20] + b"x" * 50, name="a")
    with pytest.raises(BadInput, match="damaged"):
        copies.read_metadata(b"%PDF-1.4\nx", name="a")


REAL = {
    "jpeg": originals.JPEG, "webp": originals.WEBP, "tiff": originals.TIFF, "avif": lambda: originals._saved("AVIF"),
    "pdf": originals.PDF, "attached": originals.attached_pdf, **originals.OFFICE,
    "html": lambda: b"<!doctype html><meta charset=windows-1251><p>isi",
    "mail": lambda: "From: =?koi8-r?b?8NLJ18XU?=\r\nMIME-Version: 1.0\r\n\r\nisi \xe9".encode("latin-1"),
    "text": lambda: "isi".encode("utf-16"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REAL)
def test_the_confined_worker_makes_the_same_copy_and_tells_the_same_facts(kind, monkeypatch):
    content = REAL[kind]()
    one, facts = make(content), copies.read_metadata(content, name="a")
    monkeypatch.undo()
    assert one.kind != "none"
    assert make(content) == one
    assert copies.read_metadata(content, name="a") == facts


def test_a_heavy_pdf_ends_early_and_says_where(monkeypatch):
    monkeypatch.setattr("telusur.evidence.copies.paper._SECONDS", 0.0)
    assert "can be drawn" in make(originals.PDF(pages=2)).why.en


def test_a_page_like_a_photograph_is_packed_like_one():
    kept = io.BytesIO()
    Image.effect_noise((300, 300), 90).convert("RGB").save(kept, "PDF")
    assert make(kept.getvalue()).pages[0].media_type == "image/jpeg"


@pytest.mark.parametrize("box", ["0 0", "1e30 1e30", "100000 0.001"])
def test_a_page_of_no_size_is_not_drawn(box):
    page = hostile.PAGE.replace("200 200", box)
    assert make(hostile.pdf(hostile.ONE, page, stream=b"q Q")).kind in {"none", "pictures"}


REFUSED = [
    ("18 office", "laughs", "declarations of entities"),
    ("18 office", "declarations in utf-16", "not written in UTF-8"),
    ("18 office", "declarations in utf-7", "not written in UTF-8"),
    ("18 office", "document of nothing", "is damaged or made"),
    ("18 office", "no document", "no docx, xlsx or pptx"),
    ("4 names", "../../x", "is refused"),
    ("15 pictures", "just too many", "more than 40 megapixels"),
    ("15 pictures", "cut jpeg", "damaged or truncated"),
    ("10 scripts in pictures", "png magic alone", "ambiguous"),
    ("17 pdf", "no page", "PDF"),
    ("12 pages", "many parts", "more than 300 parts"),
    ("12 pages", "deeply nested mail", "nested too deep"),
]


@pytest.mark.parametrize(("kind", "name", "why"), REFUSED)
def test_what_is_refused_is_refused_for_its_own_reason(kind, name, why):
    made = make(hostile.CLASSES[kind][name]())
    assert made.kind == "none"
    assert why in made.why.en


def test_a_long_workbook_and_document_are_cut_and_that_is_told(monkeypatch):
    monkeypatch.setattr("telusur.evidence.copies.office_words._ROWS", 1)
    made = make(originals.OFFICE["xlsx"]())
    assert "2: satu" not in made.text
    assert "first 1 rows" in notes(made)
    monkeypatch.setattr("telusur.evidence.copies.office_words._SLIDES", 0)
    assert "first 0 slides" in notes(make(originals.OFFICE["pptx"]()))


def signed_pdf(covered):
    field = (
        f"5 0 obj <</FT/Sig/T(a)/V<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 10 20 {covered}]/Contents<00>>>>> endobj"
    )
    return hostile.pdf(hostile.ONE, hostile.PAGE, field, tail="/AcroForm<</Fields[5 0 R]/SigFlags 3>>", stream=b"q Q")


def test_a_pdf_that_was_changed_after_it_was_signed_says_so():
    whole = signed_pdf(1000)
    rest = len(whole) - 20 - (4 - len(str(len(whole) - 20)))
    for covered, changed in ((rest, False), (100, True)):
        said = notes(make(signed_pdf(covered)))
        assert "1 electronic signatures; they are not verified here" in said
        assert ("changed or added to after it was signed" in said) == changed


def test_a_pdf_with_scripts_says_that_none_was_run():
    assert "1 scripts; none was run" in notes(make(hostile.CLASSES["17 pdf"]["scripts"]()))


def test_headers_and_notes_of_a_document_are_shown():
    document = docx.Document(io.BytesIO(originals.OFFICE["docx"]()))
    document.sections[0].header.paragraphs[0].text = "kop surat"
    kept = io.BytesIO()
    document.save(kept)
    assert "[header1]\nkop surat" in make(kept.getvalue()).text


def test_bytes_that_are_no_text_are_told():
    made = make(b"isi " * 100 + b"\x81")
    assert "shown as U+FFFD" in notes(made)


def test_pictures_that_are_not_bare_in_other_ways():
    jpeg = originals.JPEG()
    assert not is_bare(jpeg[:20] + b"\0" + jpeg[21:], "image/jpeg")
    assert not is_bare(jpeg.replace(b"JFIF", b"JFXX"), "image/jpeg")
    assert not is_bare(jpeg[:-2] + b"\xff\xe1\xff\xd9", "image/jpeg")
    assert not is_bare(jpeg[:200] + b"\xff\xd9", "image/jpeg")
    assert not is_bare(b"apa saja", "image/png")
