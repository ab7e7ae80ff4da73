"""What reaches the terminal."""

from telusur.cli import console


def test_foreign_words_cannot_steer_the_terminal(capsys):
    console.out.print("a\x1b[31mb\u202ec\ud800", markup=False)
    console.complain("x\x1b]0;y\x07 \udcff\nz")
    said = capsys.readouterr()
    assert said.out == "a‹U+001B›[31mb‹U+202E›c‹U+D800›\n"
    assert said.err == "telusur: x‹U+001B›]0;y‹U+0007› ‹U+DCFF› z\n"
