"""The picture of a procedure shows every stage and every move, to eyes and to ears."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from telusur.dossier.render.procedures import picture
from telusur.process import procedures

EACH = [(one, language) for one in procedures() for language in ("id", "en")]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(name, language):
    return ET.fromstring(picture(procedures()[name], language))


def said(tree):
    return " ".join("".join(one.itertext()) for one in tree.iter(f"{SVG}text"))


@pytest.mark.parametrize(("name", "language"), EACH)
def test_every_stage_and_move_is_named_in_the_description(name, language):
    made = procedures()[name]
    described = drawn(name, language).find(f"{SVG}desc").text
    for stage in made.stages.values():
        assert f"{stage.title.in_language(language)}:" in described
    for move in made.moves.values():
        if not move.clears:
            goal = made.stage(move.to).title.in_language(language)
            assert described.count(f"{move.title.in_language(language)} → {goal}") >= len(move.origins)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_nothing_that_is_written_in_it_is_cut(name, language):
    words = said(drawn(name, language))
    assert "…" not in words
    for stage in procedures()[name].stages.values():
        assert stage.title.in_language(language) in words


@pytest.mark.parametrize(("name", "language"), EACH)
def test_everything_lies_within_the_picture(name, language):
    tree = drawn(name, language)
    _, _, width, height = map(float, tree.get("viewBox").split())
    for one in tree.iter():
        for x, y in (("x", "y"), ("x1", "y1"), ("x2", "y2"), ("cx", "cy")):
            assert 0 <= float(one.get(x, 0)) <= width
            assert 0 <= float(one.get(y, 0)) <= height


@pytest.mark.parametrize("name", procedures())
def test_a_diamond_stands_at_every_way_to_a_sanction_and_a_ring_at_every_vote(name):
    made = procedures()[name]
    tree = drawn(name, "en")
    diamonds = [one for one in tree.iter(f"{SVG}path") if one.get("class") == "f-mark"]
    # One more of each stands in the key.
    assert len(diamonds) == 1 + sum(len(move.origins) for move in made.moves.values() if move.sanction)
    rings = [one for one in tree.iter(f"{SVG}circle") if "f-paper" in one.get("class")]
    votes = {(origin, move.clears or move.id) for move in made.moves.values() if move.ballot for origin in move.origins}
    assert len(rings) == 1 + len(votes)


@pytest.mark.parametrize("name", procedures())
def test_an_arrow_leads_into_every_stage_that_a_move_leads_to(name):
    made = procedures()[name]
    goals = {move.to for move in made.moves.values() if not move.clears}
    tree = drawn(name, "en")
    assert sum(one.get("class") == "f-soft" for one in tree.iter(f"{SVG}path")) == len(goals)


@pytest.mark.parametrize("name", procedures())
def test_lanes_do_not_run_into_each_other(name):
    lanes = [
        [*sorted((float(one.get("y1")), float(one.get("y2")))), one.get("x1")]
        for one in drawn(name, "en").iter(f"{SVG}line")
        if one.get("x1") == one.get("x2")
    ]
    for i, (first, last, x) in enumerate(lanes):
        assert not any(x == at and first <= end and start <= last for start, end, at in lanes[i + 1 :])


def test_it_brings_nothing_that_a_strict_page_refuses():
    for name, language in EACH:
        text = picture(procedures()[name], language)
        assert not re.search(r"<script|<style|style=|href|url\(|onload", text)
        assert 'role="img"' in text


def test_pictures_of_two_languages_may_stand_on_one_page():
    ids = [
        one for name, language in EACH for one in re.findall(r' id="([^"]+)"', picture(procedures()[name], language))
    ]
    assert len(ids) == len(set(ids))
