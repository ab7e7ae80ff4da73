"""What the bundled fonts can show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.dossier.render import fonts, speech


def test_the_fonts_are_free_and_light():
    assert "SIL OPEN FONT LICENSE" in (fonts.FOLDER / "OFL.txt").read_text("utf-8")
    assert sum(path.stat().st_size for path in fonts.FOLDER.iterdir()) < 4_000_000


@pytest.mark.parametrize(
    "script",
    [
        "Aa0+−×✓✗←→≥“”–—…·ban",
        "🙏😀❤🇮🇩⚽🕌",
        "ꦲꦤꦕꦫꦏ꧀",
        "ᬅᬓᬱᬭ",
        "ᮃᮊ᮪ᮞᮛ",
        "ᨒᨚᨈᨑ",
        "ᯅᯖᯂ᯲",
        "بسم الله",
        "𝐀𝗔𝟘",
        "①②★☆▲●◆",
        "₹€Rp",
    ],
)
def test_they_hold(script):
    assert fonts.printable(script) == script


def test_they_hold_every_word_of_the_dossier():
    for key, text in speech.words().items():
        assert fonts.printable(text.id + text.en) == text.id + text.en, key


def test_what_they_lack_is_written_as_its_number():
    assert fonts.printable("a가\U000fe4e5") == "a‹U+AC00›\U000fe4e5"
    assert fonts.printable("ascii") == "ascii"


@given(st.text())
def test_what_comes_out_is_covered(text):
    covered = fonts.covered()
    assert all(ord(c) in covered or c in "\n\t \u200c\u200d\ufe0e\ufe0f" or c.isascii() for c in fonts.printable(text))


def test_the_count_of_glyphs_is_that_of_the_fonts():
    assert len(fonts.covered()) > 7000
    assert {0x41, 0x1F64F, 0xA994} <= fonts.covered()
    assert 0xAC00 not in fonts.covered()
