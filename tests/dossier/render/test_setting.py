"""What is promised of any words set on paper."""

import io
from datetime import date

import pypdf
import pytest
import typst

from telusur.dossier import set_pdf

TEMPLATE = b"""
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: data.language, font: ("Noto Sans", "Noto Emoji"))
= #data.title
#for line in data.lines [#line #parbreak()]
"""
DAY = date(2024, 2, 14)


def made(*lines, title="Surat"):
    return set_pdf(TEMPLATE, {"title": title, "language": "id", "lines": lines}, DAY)


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_same_words_give_the_same_bytes_and_other_words_others():
    assert made("satu") == made("satu") != made("dua")


def test_its_date_is_the_day_it_bears():
    assert pypdf.PdfReader(io.BytesIO(made())).metadata["/CreationDate"].startswith("D:20240214")


def test_it_is_for_archives_and_for_ears():
    metadata = pypdf.PdfReader(io.BytesIO(made())).trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


@pytest.mark.parametrize("words", ['#panic("x")', "$x^2$ <label> @ref", "*bold* _it_ `raw` #{1+1}", '\\ " // /* */'])
def test_words_are_never_read_as_typst(words):
    assert words in text_of(made(words, title=words))


def test_what_hides_itself_or_has_no_letter_is_written_as_its_number_wherever_it_stands():
    text = text_of(made("\u202ekepada", "가", title="\x07"))
    assert {"‹U+202E›kepada", "‹U+AC00›", "‹U+0007›"} <= set(text.split())


def test_a_template_that_asks_for_what_is_not_there_is_refused():
    with pytest.raises(typst.TypstError):
        set_pdf(TEMPLATE, {"title": "Surat", "language": "id"}, DAY)
