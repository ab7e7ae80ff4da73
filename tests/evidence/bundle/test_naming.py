"""Whatever a file was called, its name in a bundle is plain, and its own."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from telusur.evidence.bundle.naming import safe_names

_ODD = ["../../etc/passwd", "C:\\x", "a/b.txt", "CON", "nul.txt", ".hidden", "-rf", "a\nb", "\u202egpj.exe", "x" * 300,
        "=cmd()", "", ".", "..", "caf\u00e9.txt", "cafe\u0301.txt", "a.", "\ud800", "laporan (1).pdf"]  # fmt: skip


def test_a_plain_name_stays_what_it_is() -> None:
    assert safe_names(["tangkapan.png", "WA0001.jpg", "x"]) == ["tangkapan.png", "WA0001.jpg", "x"]


def test_odd_names_become_harmless() -> None:
    found = safe_names(_ODD)
    assert found[0].startswith("etc_passwd-")
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}", name) for name in found)
    assert not any(re.fullmatch(r"(?i)(con|nul)(\..*)?", name) or name.endswith(".") for name in found)


def test_names_that_differ_by_capitals_or_not_at_all_stay_apart() -> None:
    found = safe_names(["A.txt", "a.txt", "a.txt", "A.TXT"])
    assert found[0] == "A.txt"
    assert len({name.lower() for name in found}) == 4


@given(st.lists(st.one_of(st.text(), st.sampled_from(_ODD)), max_size=12))
def test_no_two_names_are_the_same(names: list[str]) -> None:
    found = safe_names(names)
    assert len({name.lower() for name in found}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}", name) for name in found)
    assert safe_names(names) == found
