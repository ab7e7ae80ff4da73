"""What is promised of the PDF of every letter."""

import io

import pypdf
import pytest

from office.letters import example
from telusur.office import letters

ALL = [(text, language) for text in letters.texts() for language in ("id", "en")]


def pages(pdf):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize(("text", "language"), ALL)
def test_each_letter_is_set_for_archives_and_ears_with_case_hash_and_page_at_its_foot(text, language):
    made = example.made(text, language)
    pdf = letters.render(made)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.metadata["/CreationDate"].startswith("D:20240212")
    found = pages(pdf)
    of = {"id": "Halaman {n} dari {m}", "en": "Page {n} of {m}"}[language]
    for number, page in enumerate(found, 1):
        assert "2024/0007" in page
        assert made.content_sha256 in page
        assert of.format(n=number, m=len(found)) in page
    assert "INSPEKTORAT KABUPATEN MISAL" in found[0]
    assert made.number in found[0]


@pytest.mark.parametrize("text", ["summons", "decision", "minutes-hearing"])
def test_the_same_letter_gives_the_same_bytes(text):
    assert letters.render(example.made(text)) == letters.render(example.made(text))


def test_its_title_names_nobody():
    for text, language in ALL:
        assert example.PERSON.name not in example.made(text, language).title


def test_a_draft_says_on_every_page_that_it_is_one():
    found = pages(letters.render(example.made("decision", draft=True)))
    assert all("KONSEP" in page for page in found)
    assert "KONSEP" not in " ".join(pages(letters.render(example.made("decision"))))


def test_what_was_typed_is_never_read_as_typst():
    hostile = '#panic("x") $x^2$ *bold* <label> @ref'
    found = " ".join(pages(letters.render(example.made("notice", typed={"measure": hostile, "number": hostile}))))
    assert found.count(hostile) >= 2


def test_a_long_record_breaks_over_pages():
    found = pages(letters.render(example.made("minutes-hearing", typed={"questions": "T: Apa?\nJ: Itu.\n" * 200})))
    assert len(found) > 4
