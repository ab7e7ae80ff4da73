"""What YAML with marks promises."""

from pathlib import Path

import pytest

import telusur
from telusur.domain.errors import BadInput
from telusur.domain.marked_yaml import dotted, parse, unmarked

OURS = sorted(Path(telusur.__file__).parent.rglob("*.yaml"))


def test_every_value_knows_its_line():
    read = parse("id: K\nacts:\n- at: 2024-01-20T09:35+07:00\n  text: a\n", "case.yaml")
    assert read.line(("acts", 0, "text")) == 4
    assert read.line(("acts", 0, "url")) == 3
    assert read.line(("nowhere",)) == 1
    assert str(read.problem(("acts", 0, "text"), "is wrong")) == "case.yaml:4: acts[0].text: is wrong"
    assert dotted(()) == ""


def test_times_stay_as_they_were_written():
    assert parse("at: 2024-01-20T09:35+07:00\non: 2024-01-20", "f").value == {
        "at": "2024-01-20T09:35+07:00",
        "on": "2024-01-20",
    }


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_the_fast_reader_gives_the_values_of_the_careful_one(path):
    text = path.read_text("utf-8")
    assert unmarked(text) == parse(text, path.name).value


def test_an_empty_document_is_nothing():
    assert parse("", "f").value is None


def test_a_character_that_json_writes_in_halves_is_one_character():
    assert parse('{"text": "\\ud83d\\ude00 é"}', "f").value == {"text": "😀 é"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: *x", 2, "alias"),
        ("a: &x 1\nb: *x", 2, "alias"),
        ("a: 1\na: 2", 2, "'a' stands twice"),
        ("a: 1\nb: !!bool perhaps", 2, "tag"),
        ("a: !!timestamp perhaps", 1, "tag"),
        ("a: !!python/object:os.system x", 1, "tag"),
        ("a: 1\nb: \x01", 2, "U\\+0001"),
        ("a: \ud800", 1, "U\\+D800"),
        ('a: 1\nb: "\\ud800"', 2, "half a character"),
        ('"\\ud800": 1', 1, "half a character"),
        ("a: [1", 1, "not YAML"),
        ("? [a]\n: b", 1, "one word"),
        ("a: 1\n---\nb: 2", 2, "not YAML"),
        ("[" * 100, 1, "nested too deep"),
        ("a: 1\nb: " + "9" * 5000, 2, "not YAML"),
        ("a: 1\nb: 0x" + "f" * 5000, 2, "a number this long"),
        ('a: 1\nb: "\\Uffffffff"', 2, "not YAML"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_line(text, line, words):
    with pytest.raises(BadInput, match=words) as caught:
        parse(text, "f")
    assert caught.value.line == line
    assert caught.value.where == "f"
