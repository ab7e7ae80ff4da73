"""What reaches the terminal."""

import pytest

from telusur.cli import console


def test_foreign_words_cannot_steer_the_terminal(capsys):
    console.out.print("a\x1b[31mb\u202ec\ud800", markup=False)
    console.complain("x\x1b]0;y\x07 \udcff\nz")
    said = capsys.readouterr()
    assert said.out == "a‹U+001B›[31mb‹U+202E›c‹U+D800›\n"
    assert said.err == "telusur: x‹U+001B›]0;y‹U+0007› ‹U+DCFF› z\n"


@pytest.fixture
def narrow(monkeypatch):
    monkeypatch.setattr(
        console, "out", console._Console(highlight=False, soft_wrap=True, width=60, force_terminal=True)
    )


def test_a_long_line_goes_on_further_in_and_breaks_no_word_on_a_terminal(narrow, capsys):
    line = "    Penelusuran: " + "kata-kata evidence/x-archive.zip " * 6
    console.say(line)
    first, *further = capsys.readouterr().out.splitlines()
    assert first.startswith("    Penelusuran: kata-kata")
    assert all(one.startswith(" " * 8) and not one.startswith(" " * 9) for one in further)
    assert all(len(one) <= 60 for one in (first, *further))
    assert " ".join([first, *further]).split() == line.split()


def test_a_short_line_stays_as_it_is_on_a_terminal(narrow, capsys):
    console.say("  pendek  saja")
    assert capsys.readouterr().out == "  pendek  saja\n"


def test_a_long_line_stays_whole_where_no_terminal_reads_it(capsys):
    console.say("kata " * 60)
    assert capsys.readouterr().out == "kata " * 60 + "\n"
