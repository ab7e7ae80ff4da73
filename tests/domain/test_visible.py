"""What hostile text looks like."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.visible import visible


@pytest.mark.parametrize(
    "ordinary", ["", "Dukung penuh! 🙏", "ꦲꦏ꧀ꦱꦫ", "بسم الله", "👨‍👩‍👧 ❤️ 🇮🇩", "a\tb\nc", "\U0001fae8"]
)
def test_ordinary_text_stays(ordinary):
    assert visible(ordinary) == ordinary


@pytest.mark.parametrize(
    "number",
    [
        0x00,
        0x07,
        0x7F,
        0x85,
        0xAD,
        0x061C,
        0x200B,
        0x200E,
        0x2028,
        0x202E,
        0x2066,
        0xD800,
        0xE000,
        0xFEFF,
        0xFFFE,
        0xFDD0,
        0x1FFFF,
        0xE0041,
        0x10FFFF,
    ],
)
def test_what_hides_or_steers_is_written_as_its_number(number):
    assert visible(f"a{chr(number)}b") == f"a‹U+{number:04X}›b"


def test_line_ends_become_plain_ones():
    assert visible("a\r\nb\rc") == "a\nb‹U+000D›c"


@given(st.text(st.characters(exclude_categories=())))
def test_what_comes_out_can_be_written_and_steers_nothing(text):
    shown = visible(text)
    shown.encode()
    assert {unicodedata.category(c) for c in shown if c not in "\n\t\u200c\u200d"}.isdisjoint(
        {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    )
    assert visible(shown) == shown
