"""What the PDF promises."""

import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pypdf
import pytest

from dossier.render import example
from telusur.domain.text import Text
from telusur.dossier.render import render_html, render_pdf


def pages(pdf):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf):
    return " ".join(" ".join(pages(pdf)).split())


@pytest.fixture(scope="module", params=["id", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def pdf(language):
    return render_pdf(example.assessment(), language)


def test_the_same_assessment_gives_the_same_bytes_in_another_process(pdf, language):
    assert render_pdf(example.assessment(), language) == pdf
    code = (
        "import sys; from dossier.render import example; from telusur.dossier.render import render_pdf;"
        f"sys.stdout.buffer.write(render_pdf(example.assessment(), {language!r}))"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONHASHSEED": "5",
        "TZ": "Asia/Tokyo",
    }
    made = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True).stdout
    assert made == pdf


def test_it_is_for_archives_and_for_ears(pdf, language):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_its_date_is_the_day_of_the_report_and_its_title_names_nobody(pdf, language):
    found = pypdf.PdfReader(io.BytesIO(pdf)).metadata
    assert found["/CreationDate"].startswith("D:20231210")
    assert found["/ModDate"].startswith("D:20231210")
    assert found.title == {"id": "Berkas C-001", "en": "Dossier C-001"}[language]
    assert "/Author" not in found


def test_it_has_an_outline_and_the_case_on_every_page(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))

    def flat(outline):
        return [each for part in outline for each in (flat(part) if isinstance(part, list) else [part])]

    assert len(flat(reader.outline)) > 8
    for number, page in enumerate(pages(pdf), start=1):
        assert "C-001" in page
        assert f"{number} / {len(reader.pages)}" in page


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("id", ["berkas ini tidak memutus", "Akun diambil alih", "+2,90 ban", "8 Desember 2023 pukul 06.08 WIB"]),
        ("en", ["it gives no verdict", "The account was taken over", "+2.90 ban", "8 December 2023, 06:08 WIB"]),
    ],
)
def test_it_says_the_key_sentences(language, sentences):
    text = text_of(render_pdf(example.assessment(), language)).replace("\xa0", " ")
    for sentence in [*sentences, "a" * 64, "SKB-CONTOH/D6"]:
        assert sentence in text


def test_it_says_what_the_page_says(pdf, language):
    page = render_html(example.assessment(), language)
    headings = [re.sub("<.*?>", "", found) for found in re.findall(r"<h[234][^>]*>(.*?)</h[234]>", page)]
    text = text_of(pdf)
    places = [text.rfind(heading) for heading in headings]
    assert -1 not in places
    assert len(headings) > 15


def test_hostile_text_stands_there_literally():
    hostile = '#set page(fill: red) $x^2$ @ref <label> \\ " // /* *bold* _it_ `raw` #{1+1} {{x}} \u202e\x07\ud800'
    made = example.assessment(text=hostile, name=hostile, id="C-1#[x]", notes=(Text("w" * 3000, "w" * 3000),))
    text = text_of(render_pdf(made))
    assert '#set page(fill: red) $x^2$ @ref <label> \\ " // /* *bold* _it_ `raw` #{1+1} {{x}}' in text
    assert "‹U+202E›‹U+0007›‹U+D800›" in text
    assert "Berkas C-1#[x]" in text


def test_emoji_and_the_scripts_of_the_archipelago_are_letters_not_boxes():
    words = "🙏 ❤️ 🇮🇩 👨‍👩‍👧 ꦲꦏ꧀ꦱꦫ ᬩᬮᬶ ᮞᮥᮔ᮪ᮓ ᨅᨔ ᯅᯖᯂ᯲ بسم 𝗣𝗿 ①"
    pdf = render_pdf(example.assessment(text=words))
    text = text_of(pdf)
    assert "‹U+" not in text
    # Javanese is shaped, so that its letters are drawn in another order than they are written in.
    assert set("🙏❤🇮🇩👨ꦲꦏꦱꦫᬩᬮᮞᮔᨅᯅ𝗣①") <= set(text)
    assert {"NotoEmoji", "NotoSansJavanese"} <= {name.split("-")[0].split("+")[-1] for name in used_fonts(pdf)}


def used_fonts(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return {
        font.get_object()["/BaseFont"].lstrip("/")
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }


def test_what_no_font_can_show_is_written_as_its_number():
    assert "‹U+AC00›" in text_of(render_pdf(example.assessment(text="가")))


@pytest.mark.parametrize("made", [example.empty, example.without_account])
def test_a_case_that_holds_little_still_prints(made, language):
    assert render_pdf(made(), language).startswith(b"%PDF-")


def test_a_full_case_prints_within_three_seconds():
    made = example.assessment(posts=200)
    render_pdf(made)
    start = time.process_time()
    render_pdf(made)
    assert time.process_time() - start < 3


def test_ten_thousand_posts_still_print():
    assert len(render_pdf(example.assessment(posts=10_000))) < 1_000_000


def test_a_very_long_text_breaks_over_pages():
    made = example.assessment(
        statement=example.Statement(True, (), "kata " * 8000, None), notes=(Text("x " * 9000, "x " * 9000),)
    )
    assert len(pages(render_pdf(made))) > 12
