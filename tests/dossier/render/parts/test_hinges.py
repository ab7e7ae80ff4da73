"""How it is said what an answer hangs on, and what moved a weight."""

from dataclasses import replace

import pytest

from dossier.render import example
from dossier.render.example import words
from telusur.dossier.render.blocks import Bullets, Figure, Note, Table
from telusur.dossier.render.parts import features, hinges
from telusur.dossier.render.speech import Speech
from telusur.tracing import Feature, Tracing, leaving_out
from telusur.tracing.bearing import table
from telusur.tracing.combined import combine

SAY = Speech("en")


def weighed(items):
    counted = table().discounted(items)
    return Tracing(counted, combine(counted), None, (), (), leaving_out.each(items, table()))


def blocks(items):
    return list(hinges.blocks(weighed(items), SAY, name="h", act="act A1"))


def test_the_items_without_which_the_answer_changes_are_named_in_words():
    found = blocks(example.items())
    said = words([b for b in found if isinstance(b, Bullets)])
    assert "Without “1. New device “Twitter Web App”, 2 days before the act” no proposition leads." in said
    assert "Writing of 14 posts" not in said


def test_another_proposition_that_would_lead_is_named():
    strong, weak = example.items()[0], example.items()[2]
    p = next(iter(weak.weights))
    rest = replace(weak, weights={p: example.weight(0.9, 0.1)})
    said = words(blocks((strong, rest)))
    assert "the proposition that leads is “" in said


def test_where_nothing_decides_alone_it_says_so():
    one = example.items()[2]
    said = words(blocks((one, replace(one, group="document"))))
    assert "No single item or group decides alone" in said


def test_where_nobody_leads_either_way_it_says_so():
    even = replace(example.items()[0], weights={})
    said = words(blocks((even,)))
    assert "still no proposition that leads" in said


def test_a_tracing_without_items_hangs_on_nothing():
    assert blocks(()) == []


def test_the_table_holds_every_item_and_the_picture_marks_those_that_change_the_answer():
    found = blocks(example.items())
    (table_,) = [b for b in found if isinstance(b, Table)]
    (figure,) = [b for b in found if isinstance(b, Figure)]
    assert sum("the answer changes" in words([row]) for row in table_.rows) == 1
    # One diamond for the one item: shape, not colour.
    assert figure.wide.count("<path") == 1
    assert figure.wide.count("<rect") == len(table_.rows) - any("others" in words([r]) for r in table_.rows)
    assert any(isinstance(b, Note) for b in found)


def shown(*bans):
    item = replace(example.items()[1], features=tuple(Feature(f"bgt{i}", b) for i, b in enumerate(bans)))
    return list(features.blocks(2, item, SAY, name="f"))


def test_what_moved_a_weight_of_style_is_shown_on_its_side():
    figure, table_ = shown(0.3, -0.2, 0.0)
    assert isinstance(figure, Figure)
    assert [row[2][0][0].text for row in table_.rows] == ["untypical", "typical"]
    assert "“bgt0”" in figure.wide
    assert "bgt2" not in figure.wide


def test_an_item_without_features_shows_nothing():
    assert shown() == []
    assert shown(0.0) == []


def test_only_the_strongest_of_either_side_are_shown():
    _, table_ = shown(*(i / 100 for i in range(-30, 31)))
    assert len(table_.rows) == 20
    assert "bgt60" in words([table_.rows[0]])
    assert "bgt0" in words([table_.rows[-1]])


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "\u202eabc"])
def test_a_hostile_piece_of_text_stays_text(label):
    item = replace(example.items()[1], features=(Feature(label, 0.4),))
    figure, table_ = features.blocks(2, item, SAY, name="f")
    assert "<script" not in figure.wide
    assert "\u202e" not in figure.wide
    assert table_.rows[0][0][0][0].style == "case"
