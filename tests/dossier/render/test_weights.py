"""What the picture of the weights shows."""

import re
import xml.etree.ElementTree as ET

import pytest

from dossier.render import example
from telusur.domain.evidence import Grade
from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.domain.text import Text
from telusur.dossier.render import weights
from telusur.dossier.render.speech import Speech
from telusur.tracing.combined import combine
from telusur.tracing.item import Item

SVG = "{http://www.w3.org/2000/svg}"
SAY = Speech("id")


def drawn(items, width=720):
    drawn = weights.draw(items, combine(items), SAY, name="w", widths=(width,), act="perbuatan A1")
    return [picture for (picture,) in drawn]


def texts(picture):
    return [element.text for element in ET.fromstring(picture).iter(f"{SVG}text")]


def many(count):
    weight = example.weight(1.0)
    words = Text("butir dengan penjelasan yang agak panjang", "item with words that run on a little")
    return [
        Item("x", "session", words, Grade.C, words, dict.fromkeys(ALTERNATIVES, weight), words) for _ in range(count)
    ]


@pytest.mark.parametrize("width", [720, 340])
def test_every_item_has_its_number_and_all_together_stand_last(width):
    words = texts(drawn(example.items(), width)[0])
    assert [word[:2] for word in words if re.match(r"\d\. ", word)] == ["1.", "2.", "3."]
    assert words.index("Semua bersama-sama") > next(i for i, word in enumerate(words) if word.startswith("3."))


def test_numbers_stand_beside_the_rows_where_there_is_room():
    assert "+1,30" in texts(drawn(example.items())[0])
    assert "+1,30" not in texts(drawn(example.items(), 340)[0])


def test_judgement_is_hollow_and_data_filled():
    circles = list(ET.fromstring(drawn(example.items())[0]).iter(f"{SVG}circle"))
    assert [("f-paper" in c.attrib["class"]) for c in circles] == [True, True, False, False, True, True]


def test_a_dot_lies_on_its_interval_and_the_interval_in_its_cap():
    root = ET.fromstring(drawn(example.items())[0])
    lines = [e for e in root.iter(f"{SVG}line") if e.attrib["stroke-width"] == "3"]
    dots = list(root.iter(f"{SVG}circle"))
    for line, dot in zip(lines, dots, strict=False):
        assert float(line.attrib["x1"]) <= float(dot.attrib["cx"]) <= float(line.attrib["x2"])


def test_support_for_another_lies_right_of_zero():
    root = ET.fromstring(drawn(example.items())[0])
    xs = [float(c.attrib["cx"]) for c in root.iter(f"{SVG}circle")]
    zero = next(float(e.attrib["x"]) for e in root.iter(f"{SVG}text") if e.text == "0")
    assert [x > zero for x in xs] == [True, True, True, True, False, False]


def test_many_items_are_split_over_pictures_that_fit_a_page():
    pictures = drawn(many(12))
    assert len(pictures) > 1
    for picture in pictures:
        # 174 mm wide and 255 mm high is what A4 leaves: caption and heading need some of it.
        assert float(ET.fromstring(picture).attrib["viewBox"].split()[3]) < 900
    numbers = [word.split(".")[0] for picture in pictures for word in texts(picture) if re.match(r"\d+\. ", word)]
    assert numbers == [str(n) for n in range(1, 13)]
    assert "1 dari" in ET.fromstring(pictures[0])[0].text


def test_the_words_of_the_scale_stand_above():
    assert {"lemah", "sedang"} <= set(texts(drawn(example.items())[0]))


def test_items_without_weights_are_left_out_and_nothing_says_so():
    item = Item("x", "statement", Text("butir", "item"), Grade.E, Text("", ""), {}, Text("", ""))
    words = texts(drawn([item])[0])
    assert "tidak ada bobot" in words
    assert not [word for word in words if word.startswith("1.")]


def test_only_the_propositions_that_an_item_touches_are_drawn():
    items = [
        Item(
            "x",
            "session",
            Text("b", "i"),
            Grade.C,
            Text("", ""),
            {Proposition.LINKED_APP: example.weight(1)},
            Text("", ""),
        )
    ]
    words = texts(drawn(items)[0])
    assert words.count("aplikasi tersambung") == 2
    assert "diambil alih" not in words


def test_every_width_is_split_at_the_same_items():
    parts = weights.draw(many(12), combine(many(12)), SAY, name="w", widths=(720, 340), act="perbuatan A1")
    for wide, narrow in parts:
        assert texts(wide)
        assert [w.split()[0] for w in texts(wide) if re.match(r"\d+\. ", w)] == [
            w.split()[0] for w in texts(narrow) if re.match(r"\d+\. ", w)
        ]
