"""Ways of writing that moved a weight, shown so that everybody can read them."""

from dataclasses import replace

import pytest

from dossier.render import example
from telusur.dossier.render.parts import features
from telusur.dossier.render.speech import Speech
from telusur.tracing import Feature

SAY = Speech("en")


def shown(*several):
    return list(features.blocks(1, replace(example.items()[0], features=several), SAY, name="f"))


def labels(*several):
    _, table = shown(*several)
    return ["".join(run.text for run in row[0][0]) for row in table.rows]


@pytest.mark.parametrize(
    ("label", "kind", "said"),
    [
        ("😂", "setting", "[😂] (face with tears of joy)"),
        ("a 🙏🏽", "setting", "[a 🙏🏽] (person with folded hands)"),
        ("❤\ufe0f😂", "setting", "[❤\ufe0f😂] (heavy black heart, face with tears of joy)"),
        ("😂😂", "setting", "[😂😂] (face with tears of joy)"),
        ("\U0001fae9", "setting", "[\U0001fae9] (U+1FAE9)"),
        ("wkwk", "word", "wkwk"),
        ("a...", "setting", "[a...]"),
        ("~ ©", "setting", "[~ ©]"),
    ],
)
def test_a_pictograph_is_named_since_a_machine_may_have_no_font_for_it(label, kind, said):
    assert labels(Feature(label, 0.3, kind)) == [said]
    figure, _ = shown(Feature(label, 0.3, kind))
    assert said.split(" (")[-1] in figure.wide


def test_pictures_fall_back_to_fonts_of_emoji():
    figure, _ = shown(Feature("😂", 0.3, "setting"))
    family = figure.narrow.split('font-family="')[1].split('"')[0]
    assert family.index("sans-serif") < family.index("Noto Color Emoji")


def test_an_item_that_names_no_features_shows_nothing():
    assert shown() == []
